/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the netlink fuzzer share.
 *
 * A message is made (gen.c) from the tables that gen_policy.py makes of the
 * specification, as a list of attributes (struct fz_msg), so that it can be
 * mutated with a notion of what it is. Encoded (wire.c) it is the bytes of one
 * send, with a list of places where the index of a named device goes: so it
 * means the same in another round or in a replay, where indices differ. A
 * client (client.c) sends it and holds what comes back against what must.
 */
#ifndef NETLINK_FUZZ_H
#define NETLINK_FUZZ_H

#include <linux/netlink.h>
#include <linux/types.h>
#include <netlink/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "spec_policy.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define __printf(f, a)	__attribute__((__format__(printf, f, a)))
#define __noreturn	__attribute__((__noreturn__))

#define OPS		ARRAY_SIZE(spec_ops)
#define SEC		1000000000ULL

/* Names that messages refer to, see names[]. */
#define N_SWITCHES	6
#define N_INTERNALS	6
#define N_VETHS		6
#define N_TAPS		2
#define FIRST_INTERNAL	N_SWITCHES
#define FIRST_VETH	(FIRST_INTERNAL + N_INTERNALS)
#define FIRST_TAP	(FIRST_VETH + N_VETHS)
#define NAME_LO		(FIRST_TAP + N_TAPS)
#define N_NAMES		(NAME_LO + 1)
#define NAME_FAMILY	N_NAMES		/* no index: the family's number */
#define NO_NAME		255

extern const char *const names[N_NAMES];

/* A device that is nowhere. */
#define NO_INDEX	0x7ffffff0

#define ATTRS_MAX	10
#define DATA_MAX	600
#define BATCH_MAX	8
#define WIRE_MAX	70000
#define FIXES_MAX	64
#define FINDING_MAX	4096

/* What is longer than its data goes on with 'x'. */
struct fz_attr {
	__u16 type;
	__u16 len;
	__u8 name;		/* whose index is the value, or NO_NAME */
	__u8 data[DATA_MAX];
};

struct fz_msg {
	__u16 family;		/* 0: the switch's */
	__u16 flags;
	__u16 reserved;
	__u8 cmd;
	__u8 version;
	__u32 n;
	struct fz_attr attrs[ATTRS_MAX];
	/* done to the bytes at last */
	__u16 cut;		/* so many off the end */
	bool keep_len;		/* ... and the header still claims them */
	__u16 lie_at;		/* 1 + attribute whose length is ... */
	__u16 lie;		/* ... this */
	__u16 poke_at;		/* byte behind the header, 0: none ... */
	__u8 poke;		/* ... which becomes this */
};

enum wire_kind { WIRE_MESSAGES, WIRE_FRAME };

/* One send, or one frame that a tap receives. */
struct wire {
	__u32 kind;
	__u32 len;
	__u32 n_fixes;
	struct {
		__u32 at;
		__u32 name;
	} fixes[FIXES_MAX];
	__u8 data[WIRE_MAX] __attribute__((__aligned__(4)));
};

/* What all processes of the fuzzer see. */
#define LOG_MAX		(24U << 20)
#define LOG_ENTRIES	65536
#define CORPUS_MAX	1024
#define EDGES		65536

struct shared {
	__u64 messages;
	__u64 dumps_compared;
	__u64 events;
	__u32 granted[OPS];
	__u32 refused[OPS];
	__u32 edges;
	__u32 corpus_n;
	__u64 kcov_tasks;
	char finding[FINDING_MAX];
	__u32 log_n;
	__u32 log_len;
	__u32 log_at[LOG_ENTRIES];
	__u8 edge[EDGES];
	struct fz_msg corpus[CORPUS_MAX];
	__u8 log[LOG_MAX];
};

extern struct shared *shm;

/* Random numbers: xorshift64*, so that a seed means the same everywhere. */
struct rng {
	__u64 s;
};

__u32 rnd(struct rng *r, __u32 below);
bool chance(struct rng *r, __u32 one_in);
__u64 mix(__u64 seed, __u64 n);
__u64 now_ns(void);

__printf(1, 2) __noreturn void die(const char *fmt, ...);
/* Notes the finding for the process that started this one, which ends. */
__printf(1, 2) __noreturn void finding(const char *fmt, ...);

/* spec.c */
extern const struct spec_op *const ops;
const struct spec_op *spec_op(__u8 cmd);
const struct spec_op *spec_op_named(const char *name);
bool op_is_of(const struct spec_op *op, const char *set);
const struct spec_attr *spec_attr(const struct spec_set *set, __u16 id);
bool spec_is_index(const struct spec_attr *s);

/* gen.c */
void gen_valid(struct rng *r, const struct spec_op *op, bool dump,
	       struct fz_msg *m);
void gen_any(struct rng *r, struct fz_msg *m);
void gen_like(struct rng *r, struct fz_msg *m, const struct fz_msg *other);
void gen_boundary(struct rng *r, const struct spec_set *set,
		  struct fz_attr *a);
void gen_frame(struct rng *r, struct wire *w);

/* mutate.c */
void gen_mutate(struct rng *r, struct fz_msg *m);

/* wire.c */
void wire_init(struct wire *w);
void wire_add(struct wire *w, const struct fz_msg *m);
void wire_print(const struct wire *w);
bool wire_parse(struct wire *w, const char *line);
void log_reset(void);
bool log_add(const struct wire *w);
void log_get(__u32 i, struct wire *w);

/* reply.c: NULL, or what is wrong with a message of the family */
const char *reply_check(const struct nlmsghdr *nlh);

/* state.c */
#define LINE_MAX_	512

struct state_line {
	char text[LINE_MAX_];
	__u32 switch_index;	/* of the line of a switch, else 0 */
	char set[32];		/* name, in the line of a set, else empty */
	bool mortal;		/* may go by itself */
	__u64 safe;		/* a learned entry cannot go before */
};

struct state {
	struct state_line *lines;
	size_t n, room;
	__u64 taken;
};

struct client;
void state_take(struct client *c, struct state *s, bool all);
bool state_is_timeout(const struct spec_op *op, const struct spec_attr *s);
const char *state_diff(const struct state *old, const struct state *new);
void state_free(struct state *s);

/* What a message is to be answered with, and what came. */
struct answer {
	__u32 seq;
	__u16 type, flags, len;	/* of the request */
	const struct spec_op *op;	/* NULL: no command of the family */
	bool dump;
	bool busy;		/* a dump before it in the send is under way */
	bool header_ok;		/* nothing in it that the core refuses */
	unsigned int finals, data;
	int err;
	bool sentence;
	bool has_offset;
	__u32 offset;
};

/* client.c */
struct client {
	struct nl_sock *sk;
	struct nl_sock *mon;	/* joined to all groups, or NULL */
	int family;
	__u32 seq;
	__u32 index[N_NAMES];
	bool names_stale;
	bool alone;		/* nobody else changes anything */
	bool no_rights;		/* no change may be granted */
	bool verbose;
	int tap[N_TAPS];
	struct state state;	/* as of the last change, if that is known */
	bool state_known;
	unsigned int steps;
	unsigned int check_every;	/* steps */
	/* of the last send */
	struct answer answers[BATCH_MAX];
	int n_answers;
	__u64 events;		/* SPEC_BIT() of each there was */
	const struct spec_op *told;	/* event that a command made */
};

void client_open(struct client *c, bool monitor);
void client_close(struct client *c);
void client_step(struct client *c, struct wire *w);
void client_send(struct client *c, struct wire *w);
void client_names(struct client *c);
void client_forget(struct client *c);
void client_watch(struct client *c, bool begin);
bool client_is_switch(const struct client *c, __u32 index);

/* answer.c */
void answers_expect(struct client *c, struct wire *w);
void answer_take(struct answer *a, const struct nlmsghdr *nlh);
bool answer_granted(const struct answer *a);
const char *answer_check(const struct client *c, const struct answer *a);

/* world.c */
void world_enter(int tap[N_TAPS]);
void world_fill(struct client *c);
void world_change(struct client *c);
void world_empty(struct client *c);

/* cover.c */
void cover_open(void);
void cover_start(void);
bool cover_stop(void);

/* rounds.c */
#define ROUND_STEPS	3000

typedef void round_fn(__u64 seed, __u64 deadline);

round_fn round_alone, round_together, round_user, round_userns,
	 round_own_ns;
/* Sends what is in the log, or what of it is selected. */
void round_replay(__u64 seed, __u64 deadline);
void replay_select(const bool *keep, bool verbose);
/* Runs a round in a process of its own; false: it found something. */
bool round_run(round_fn *fn, __u64 seed, __u64 deadline);

/* selfcheck.c: NULL, or what was planted and not found */
const char *selfcheck(void);

#endif /* NETLINK_FUZZ_H */
