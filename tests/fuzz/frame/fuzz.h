/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FUZZ_H
#define FUZZ_H

#include <net/if.h>
#include <stdint.h>

#include "ff_abi.h"
#include "genl.h"

#define MAX_PORTS	16
#define MAX_REASONS	32
#define BIG_MTU		65535

struct counts {
	__u64 rx, rx_bytes, tx, tx_bytes, drops;
	__u64 reasons[MAX_REASONS];
};

struct port {
	char name[IFNAMSIZ];
	__u32 ifindex;
	bool sink;
	bool adapter;		/* host or internal */
	__u32 can;		/* a sink's features */
	struct counts was, now, change;
};

/* What is known to hold for the copies of the frames of a round. */
enum rule {
	RULE_ONE_COPY,		/* each frame has one end */
	RULE_FANOUT,		/* each that is not dropped has so many */
	RULE_SEEN,		/* each that no sink saw was dropped once */
};

/* The switch under test; its host port is ports[0]. */
struct rig {
	struct genl nl;
	int fd;			/* of the module */
	bool aware;
	__u32 switch_ifindex;
	struct port ports[MAX_PORTS];
	int n_ports;
	const struct port *watched;
	struct counts sw_was, sw_now, sw_change;
};

struct totals {
	__u64 frames, copies, drops, passed, lost, rounds, failures;
};

extern struct rig rig;
extern struct totals totals;
extern const char *now_at;	/* what is being done, to tell of it */
extern bool quiet;		/* a mismatch is what is wanted */

/* rig.c */
__u64 rnd(void);
__u32 below(__u32 n);
__u32 some_of(__u32 mask);
void rnd_seed(__u64 seed);
void rig_open(void);
void rig_make(bool aware);
struct port *rig_add(const char *name);
struct port *rig_add_sinks(int n);
struct port *rig_add_internal(const char *name);
void rig_remove(void);
void run_ip(const char *fmt, ...) __printf(1, 2);
int try_cmd(const char *fmt, ...) __printf(1, 2);
void set_up(const struct port *port, bool up);
void set_mtu(const struct port *port, int mtu);
void set_access(const struct port *port, __u16 vid);
void set_trunk(const struct port *port, __u16 native, const __u16 *vids,
	       int n);
void set_fdb(__u32 limit, __u32 ageing);
void set_static(const struct port *port, __u8 last, __u16 vid);
void flush_fdb(void);
void set_sink(struct port *port, enum ff_mode mode, __u32 can);
void set_watch(const struct port *port);
void get_mac(const char *name, __u8 mac[6]);

/* account.c */
void start_round(void);
void read_changes(void);
int check_round(const struct ff_inject *req, const struct port *in,
		enum rule rule);
int check_user_round(const struct port *in, __u64 frames, bool exact,
		     bool whole);
int mismatch(const char *fmt, ...) __printf(1, 2);

/* scenario.c */
struct scenario {
	const char *name;
	int (*run)(long end_ms);
	int weight;
};

extern const struct scenario scenarios[];
long now_ms(void);
bool go_on(long end_ms, int *round);

/* user.c */
int open_tap(const char *name, int flags);
int run_packet(long end_ms);
int run_tap(long end_ms);

#endif /* FUZZ_H */
