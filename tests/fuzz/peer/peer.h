/* SPDX-License-Identifier: GPL-2.0 */
#ifndef PEER_H
#define PEER_H

#include <linux/types.h>
#include <stdbool.h>
#include <stdio.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#define RULES_MAX	60
#define CONDS_MAX	7
#define VALUES_MAX	3
#define PORTS		2
#define FRAME_MAX	320
#define FRAMES_MAX	300
#define SETS_MAX	64

/* Wide enough for an address of IPv6. */
struct wide {
	__u64 hi, lo;
};

enum field_id {
	F_PORT, F_MARK, F_VLAN, F_INNER_VLAN, F_MAC_SRC, F_MAC_DST, F_TYPE,
	F_ARP_OP, F_ARP_SENDER_IP, F_ARP_TARGET_IP, F_ARP_SENDER_MAC,
	F_ARP_TARGET_MAC, F_IPV4_SRC, F_IPV4_DST, F_IPV6_SRC, F_IPV6_DST,
	F_DSCP, F_ECN, F_TTL, F_FRAG, F_PROTO, F_SPORT, F_DPORT, F_TCP_FLAGS,
	F_ICMP_TYPE, F_ICMP_CODE, F_ND_TARGET,
	FIELDS,
};

/* How values are written. */
enum kind { KIND_PORT, KIND_NUMBER, KIND_BITS, KIND_MAC, KIND_IPV4, KIND_IPV6,
	    KIND_RAW };

/* What a frame must have for a field to be there. */
enum needs {
	NEEDS_IP = 1, NEEDS_IPV4 = 2, NEEDS_IPV6 = 4, NEEDS_ARP = 8,
	NEEDS_PORTS = 16, NEEDS_TCP = 32, NEEDS_ICMP = 64, NEEDS_ND = 128,
};

enum frag { FRAG_NONE, FRAG_FIRST, FRAG_LATER };

/* The few values that frames have, so that rules meet them. */
struct universe {
	unsigned int n;
	struct wide of[10];
};

/**
 * struct field - a field of a frame, for both
 * @words: as vsctl has it
 * @nft: as nft has it
 * @nft6: as nft has it of IPv6, if that is another
 * @kind: how its values are written
 * @bits: its width
 * @needs: what has it, enum needs
 * @seen: what frames have there
 */
struct field {
	const char *words, *nft, *nft6;
	enum kind kind;
	unsigned int bits, needs;
	const struct universe *seen;
};

/* A range; or with @is_masked of its condition a value and a mask. */
struct value {
	struct wide first, last;
};

/* @set: vsctl is given a set with this number that has the values, or 0 */
struct cond {
	enum field_id field;
	bool except;		/* must be none of these */
	bool is_masked;
	unsigned int set;
	unsigned int n;
	struct value values[VALUES_MAX];
};

/* @about: the only condition that it was made for, or NULL */
struct rule {
	unsigned int prio, n, needs;
	bool drop;
	struct cond conds[CONDS_MAX];
	const struct cond *about;
};

/* In the order in which they decide. */
struct rules {
	unsigned int n;
	struct rule of[RULES_MAX];
};

struct frame {
	unsigned int port, len;
	__u8 data[FRAME_MAX];
};

enum side { SIDE_VSWITCH, SIDE_NFT, SIDES };

/* Each is sent twice, the second time by a flow that is known. @passed: a bit
 * for each time.
 */
struct frames {
	unsigned int n;
	struct frame of[FRAMES_MAX];
	__u8 passed[SIDES][FRAMES_MAX];
};

#define TIMES	2

/* By field, without and with "not". */
struct seen {
	unsigned long rules, matched, passed_over;
};

/* main.c */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
__u32 below(__u32 n);

/* fields.c */
extern const struct field fields[FIELDS];
extern const struct universe macs_src, macs_dst, vids, types, ops, ips, ip6s;
extern const struct universe dscps, ecns, ttls, protos, ports, flags;
extern const struct universe icmp_types, icmp_codes;
struct wide some(const struct universe *u);
struct wide ones(unsigned int bits);
int wide_cmp(struct wide a, struct wide b);
void print_value(FILE *to, const struct field *f, struct wide value);

/* rules.c */
void rules_make(struct rules *rules, bool is_tags);

/* words.c, nft.c: a set of rules as text. @turned: the rule whose verdict the
 * peer turns round, or -1
 */
void words_write(FILE *to, const struct rules *rules);
void words_sets(FILE *to, const struct rules *rules, bool is_filled);
void words_rule(FILE *to, const struct rule *rule);
void nft_rule(FILE *to, const struct rules *rules, unsigned int i, bool drop);
void nft_open(void);
void nft_mark(void);
void nft_load(const struct rules *rules, int turned);

/* frames.c */
void frames_make(struct frames *frames, bool is_tags);

/* rig.c */
const char *rig_open(void);
void rig_load(const struct rules *rules);
void rig_counts(const struct rules *rules, unsigned long *counts);
void rig_send(struct frames *frames);
const char *rig_port(enum side side, unsigned int port);
void rig_trace(const struct frame *frame);

/* round.c */
struct round {
	struct rules rules;
	struct frames frames;
	unsigned long counts[RULES_MAX];
};

extern struct seen seen[FIELDS][2];
void round_make(struct round *r, bool is_tags);
unsigned int round_differs(const struct round *r);
bool round_turned(struct round *r, unsigned long *told);

/* report.c */
void report(struct round *r);

#endif /* PEER_H */
