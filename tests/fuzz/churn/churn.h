/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Churn: what the switch is made of comes and goes, by the thousand, while
 * frames pass and tables are dumped.
 */
#ifndef CHURN_H
#define CHURN_H

#include <net/if.h>
#include <stdio.h>
#include <sys/types.h>

#include "genl.h"

#define MAC_LEN		6
#define FRAME_MAX	1500

/* Values of enums, of which the specification's tables have the names only. */
#define PORT_INTERNAL	2
#define VLAN_TRUNK	1
#define FDB_LEARNED	0

/* After so many seconds without an answer the kernel hangs. */
#define HANG		300
/* What goes has to be gone after so many. */
#define GONE		60

/* Sockets in one network namespace. */
struct conn {
	struct genl vsw;
	struct genl rt;
};

/* Random numbers; the same seed gives the same. */
struct rng {
	__u64 state;
};

/* What all processes see. Each worker has counters of its own. */
#define WORKERS_MAX	16

struct shared {
	int stop;
	int hammer;		/* what the hammer is to do */
	int hammering;		/* what it does */
	struct {
		__u64 done;
		__u64 good;
		__u64 bad;	/* findings; each is printed */
	} worker[WORKERS_MAX];
};

extern struct shared *shared;
extern __u64 seed;
extern bool long_form;
extern double fuzz_seconds;

/* churn.c */
__printf(2, 3) void tap(bool ok, const char *fmt, ...);
__printf(1, 2) void tap_info(const char *fmt, ...);
double now(void);
void nap(double seconds);
pid_t start_worker(void (*fn)(unsigned int id), unsigned int id);
bool stopped(void);
bool wait_workers(const pid_t *pids, unsigned int n, double seconds);
bool end_workers(const pid_t *pids, unsigned int n);
bool log_clean(void);

/* net.c */
__u64 rnd(struct rng *rng);
unsigned int pick(struct rng *rng, unsigned int n);
void rng_init(struct rng *rng, __u64 stream);

void conn_open(struct conn *c);
void conn_close(struct conn *c);
__u16 family_number(struct conn *c);
int talk(struct genl *nl, struct msg *m);

int ns_open(void);
int ns_new(void);
void ns_enter(int fd);
void ns_quiet(void);

int tap_open(const char *name);
void tap_leave(int fd);
int link_del(struct conn *c, __u32 ifindex);
int link_up(struct conn *c, __u32 ifindex, bool up);
int link_master(struct conn *c, __u32 ifindex, __u32 master);
int link_move(struct conn *c, __u32 ifindex, int ns);
int link_mac(struct conn *c, __u32 ifindex, const __u8 *mac);
int link_mtu(struct conn *c, __u32 ifindex, __u32 mtu);
int link_name(struct conn *c, __u32 ifindex, const char *name);
int link_veth(struct conn *c, const char *name, const char *peer, int ns);
int link_switch(struct conn *c, const char *name);
unsigned int link_count(struct conn *c);
void link_del_all(struct conn *c);
bool link_is_free(struct conn *c, __u32 ifindex);

int sw_add(struct conn *c, const char *name, bool vlan_aware);
int sw_set(struct conn *c, __u32 sw, __u32 ageing, __u32 limit);
int sw_del(struct conn *c, __u32 sw);
int port_add(struct conn *c, __u32 sw, __u32 ifindex);
int port_internal(struct conn *c, __u32 sw, const char *name);
int port_del(struct conn *c, __u32 ifindex);
int port_access(struct conn *c, __u32 ifindex, __u16 vid);
int port_trunk(struct conn *c, __u32 ifindex, __u16 first, __u16 last);
int fdb(struct conn *c, __u8 cmd, __u32 on, const __u8 *mac, __u16 vid);
int fdb_flush(struct conn *c, __u32 sw, __u32 port, __u16 vid);

void mac_of(__u8 *mac, __u32 number);
size_t frame_make(__u8 *frame, const __u8 *dst, const __u8 *src, __u16 vid,
		  size_t len);
size_t frame_random(struct rng *rng, __u8 *frame);
int packet_open(void);
int packet_send(int fd, __u32 ifindex, const __u8 *frame, size_t len);

/* dump.c */
struct sw_info {
	__u32 sw;
	__u32 ports;		/* as the switch says */
	__u32 count;
	__u32 learned;
	__u64 refused;
	__u32 seen_ports;	/* as the dumps say */
	__u32 seen_count;
	__u32 seen_learned;
};

struct port_info {
	__u32 sw;
	__u32 port;
	__u64 rx;
	__u64 tx;
	__u64 drops;
};

struct view {
	struct sw_info *sw;
	struct port_info *port;
	unsigned int n_sw, n_ports, n_fdb;
	unsigned int strays;	/* entries of ports that are not there */
	bool interrupted;
	int err;
};

bool attr_get(const struct nlmsghdr *nlh, __u16 type, struct nlattr_ref *attr);
__u64 attr_get_number(const struct nlmsghdr *nlh, __u16 type);
bool dump_piece(struct genl *nl, struct answer *a,
		void (*fn)(const struct nlmsghdr *nlh, void *arg), void *arg);
void dump_each(struct genl *nl, struct msg *m, struct answer *a,
	       void (*fn)(const struct nlmsghdr *nlh, void *arg), void *arg);
unsigned int duplicates(__u64 *keys, size_t n);
__u64 fdb_key(const struct nlmsghdr *nlh);
bool dump_begin(struct genl *nl, __u8 cmd);
bool dump_all(struct conn *c);
void view_take(struct conn *c, struct view *v);
void view_free(struct view *v);
bool view_consistent(const struct view *v);
bool consistent(struct conn *c);
bool empty(struct conn *c);

/* The parts; each tells how many tests it has. */
#define LOAD_TESTS	4
#define STEPS_TESTS	2
#define RACE_TESTS	3
#define PORTS_TESTS	4
#define MACS_TESTS	4

void part_load(double seconds);
void part_steps(double seconds);
void part_race(double seconds);
void part_ports(double seconds);
void part_macs(double seconds);

#endif /* CHURN_H */
