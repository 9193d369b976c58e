/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes each allocation of a command, or of a frame's way, fail in turn.
 */
#ifndef FAULT_H
#define FAULT_H

#include <libmnl/libmnl.h>
#include <linux/types.h>
#include <linux/vswitch.h>
#include <stdbool.h>
#include <stddef.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define __printf(f, a)	__attribute__((__format__(printf, f, a)))
#define __noreturn	__attribute__((__noreturn__))

/* Addresses that a test gives begin like this; others are random. */
#define MAC_PREFIX	"\x02\xfa\x17"

/* In whose code was the allocation that failed? */
enum place {
	PLACE_UNKNOWN,	/* allocations with __GFP_NOWARN leave no trace */
	PLACE_CORE,
	PLACE_OURS,
};

/* What became of a command, or of a frame. */
struct outcome {
	int err;		/* 0 or a positive errno */
	bool acked;		/* the kernel's word; else that of the call */
	char sentence[256];
	bool injected;
	enum place place;
};

/* inject.c */
bool inject_open(void);
void inject_close(void);
void inject_arm(unsigned int n);
bool inject_armed(void);
void inject_begin(void);
void inject_end(struct outcome *o);
const char *inject_trace(void);
void inject_noise(unsigned int percent);
unsigned long inject_noise_end(void);
void write_file(const char *path, const char *text);

/* nl.c: all of it exits if the test itself is at fault */
struct nlmsghdr *msg_vsw(__u8 cmd, __u16 flags);
struct nlmsghdr *msg_link(__u16 type, __u16 flags, const char *dev);
void nl_init(void);
void nl_forget(void);
void nl_one_socket(bool on);
void nl_talk(struct nlmsghdr *nlh, struct outcome *o);
void nl_dump(struct nlmsghdr *nlh, struct outcome *o, mnl_cb_t cb, void *arg);
void nl_must(struct nlmsghdr *nlh);
void events_join(struct outcome *o);
int events_drain(void);
void drops_listen(bool on);
int drops_drain(void);
unsigned int index_of(const char *dev);
void enter_namespace(int fd);	/* -1: a new one */
void add_attr(struct nlmsghdr *nlh, __u16 type, const char *dev);

/* state.c */
#define TEXT_LINES	2048
#define TEXT_WIDTH	128

struct text {
	char line[TEXT_LINES][TEXT_WIDTH];
	size_t n;
};

void state_take(struct text *t);
bool state_same(const struct text *a, const struct text *b);
void state_diff(const struct text *a, const struct text *b);
void text_sort(struct text *t);
void text_switches(struct text *t, struct outcome *o, const char *sw);
void text_ports(struct text *t, struct outcome *o, const char *sw,
		const char *port);
void text_fdb(struct text *t, struct outcome *o, const char *sw,
	      const char *port, __u16 vid);
void text_entry(struct text *t, struct outcome *o, const char *sw,
		const char *mac, __u16 vid);
void text_rules(struct text *t, struct outcome *o, const char *sw);
void text_sets(struct text *t, struct outcome *o);
void text_drops(struct text *t, struct outcome *o, const char *sw,
		const char *port);

/* Counters of one port: the switch's and those of its device. */
struct counters {
	__u64 rx, tx;
	__u64 drop[__VSW_DROP_MAX];
	__u64 dev_dropped;
};

void counters_get(const char *port, struct counters *c);

struct switch_numbers {
	__u32 count, learned;
	__u64 refused;
};

void switch_numbers(const char *sw, struct switch_numbers *n);
unsigned int fdb_count(const char *sw);

/* bench.c: what all of it happens on */
void bench_make(void);
void bench_free(void);
int tap_open(const char *name);
void link_up(const char *dev, bool up);
void link_mtu(const char *dev, __u32 mtu);
void link_del(const char *dev);
void link_netns(const char *dev, int fd);
void veth_add(const char *dev, const char *peer);
void switch_add(const char *sw);
void switch_del(const char *sw);
void port_add(const char *sw, const char *dev);
void port_internal(const char *sw, const char *dev);
void port_trunk(const char *dev, const char *vlans, __u16 pvid);
void port_del(const char *dev);
void fdb_add(const char *port, const char *mac, __u16 vid);
void fdb_del(const char *sw, const char *mac, __u16 vid);
void put_vlans(struct nlmsghdr *nlh, const char *list);
void learn(int tap, const char *mac);
int raw_open(const char *dev);
int raw_promisc(const char *dev);
int ethtool(const char *dev, __u32 cmd, void *data);
extern int bench_tap[5];		/* of t0, t1, ... */

/* Static addresses behind t1 and v0, and one that was learned at t0. */
#define MAC_T1		MAC_PREFIX "\x01\x01\x01"
#define MAC_V0		MAC_PREFIX "\x01\x01\x02"
#define MAC_T0		MAC_PREFIX "\x01\x01\x03"

/* main.c */
struct sweep {
	const char *name;
	void (*run)(struct outcome *o);
	void (*undo)(void);	/* NULL: it changes nothing */
	bool no_sentence;	/* the kernel has no place for one */
	int want;		/* errno it has without injection */
};

__printf(1, 2) __noreturn void die(const char *fmt, ...);
__printf(2, 3) void tap_result(bool ok, const char *fmt, ...);
__printf(1, 2) void note(const char *fmt, ...);
void sweep(const struct sweep *s);

/* The sweeps, by file. */
void commands(void);
void reads(void);
void rules(void);
void sets(void);
void links(void);
void packets(void);
void load_module(void);
void load_hooked(void);
void look_for_leaks(void);
void make_namespaces(bool thorough);
void workers(bool thorough);

#endif /* FAULT_H */
