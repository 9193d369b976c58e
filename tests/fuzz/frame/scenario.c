// SPDX-License-Identifier: GPL-2.0
/*
 * Switches, and frames from the module into their ports.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"

#define FRAMES		400	/* of a round, at most */
#define MIN_ROUNDS	3

static int tap_fd;

static const __u16 vids[] = { 1, 10, 20, 30 };

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000;
}

static struct ff_inject any_request(const struct port *in)
{
	struct ff_inject req = {
		.seed = rnd(), .ifindex = in->ifindex,
		.count = 20 + below(FRAMES - 20),
		.dst = some_of(FF_DST_ALL), .src = some_of(FF_SRC_ALL),
		.geo = some_of(FF_GEO_ALL) | 1 << below(3),
		.sum = some_of(FF_SUM_ALL), .tag = some_of(FF_TAG_ALL),
		.flags = rig.aware ? FF_FLAG_AWARE : 0,
		.min_len = 14, .max_len = FF_LEN_MAX,
	};

	memcpy(req.vids, vids, sizeof(req.vids));
	get_mac(rig.ports[0].name, req.local);
	if (below(2))
		req.flags |= FF_FLAG_MANGLE;
	if (in->adapter) {
		req.flags |= FF_FLAG_XMIT;
		req.sum &= ~FF_SUM_COMPLETE;
		req.sum = req.sum ?: FF_SUM_NONE;
	}
	return req;
}

static void inject(struct ff_inject *req)
{
	if (ioctl(rig.fd, FF_IOC_INJECT, req))
		die("%s: frames: %s", now_at, strerror(errno));
}

/* Goes on until the time is over, and did something in any case. */
bool go_on(long end_ms, int *round)
{
	return (*round)++ < MIN_ROUNDS || now_ms() < end_ms;
}

static int round_of(struct ff_inject *req, const struct port *in,
		    enum rule rule)
{
	start_round();
	inject(req);
	return check_round(req, in, rule);
}

/* Access, trunk with and without native VLAN, with some VLANs or all. */
static void any_vlans(const struct port *port)
{
	switch (below(4)) {
	case 0:
		set_access(port, vids[below(4)]);
		break;
	case 1:
		set_trunk(port, 0, vids, 4);
		break;
	case 2:
		set_trunk(port, vids[below(4)], vids, 4);
		break;
	case 3:
		set_trunk(port, vids[below(4)], vids, below(4));
		break;
	}
}

/* What may be changed at any time without a frame having two ends. */
static void any_change(void)
{
	struct port *port = &rig.ports[1 + below(rig.n_ports - 1)];

	switch (below(7)) {
	case 0:
	case 1:
		if (rig.aware)
			any_vlans(port);
		break;
	case 2:
		set_fdb(1 + below(40), 1 + below(3));
		break;
	case 3:
		flush_fdb();
		break;
	case 4:
		set_static(port, below(8), rig.aware ? vids[below(4)] : 0);
		break;
	case 5:
		set_mtu(port, below(2) ? BIG_MTU : 100 + below(1500));
		break;
	case 6:
		set_up(port, false);
		usleep(1000);
		set_up(port, true);
		break;
	}
}

/* A process that changes the switch while frames pass it. */
static pid_t start_changing(void)
{
	__u64 seed = rnd();
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	rnd_seed(seed);
	genl_open(&rig.nl, 0);
	for (;;) {
		any_change();
		usleep(below(30000));
	}
}

/* 0, or 1 if it had died by itself. */
static int stop_changing(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return 0;
	return mismatch("who changed the switch ended with %#x", status);
}

static int two_ports(bool aware, long end_ms)
{
	struct port *in, *ports;
	struct ff_inject req;
	int round = 0, bad = 0;
	pid_t pid;

	rig_make(aware);
	ports = rig_add_sinks(2);
	pid = start_changing();
	while (go_on(end_ms, &round)) {
		in = &ports[below(2)];
		req = any_request(in);
		req.flags |= FF_FLAG_CHANGING;
		bad += round_of(&req, in, RULE_ONE_COPY);
	}
	bad += stop_changing(pid);
	rig_remove();
	return bad;
}

static int run_aware(long end_ms)
{
	return two_ports(true, end_ms);
}

static int run_unaware(long end_ms)
{
	return two_ports(false, end_ms);
}

static int run_software(long end_ms)
{
	struct port *ports, *in;
	struct ff_inject req;
	int i, round = 0, bad = 0;

	rig_make(below(2));
	ports = rig_add_sinks(2);
	while (go_on(end_ms, &round)) {
		for (i = 0; i < 2; i++) {
			set_sink(&ports[i], FF_MODE_TAKE,
				 below(3) ? below(FF_CAN_ALL + 1) : 0);
			set_mtu(&ports[i], below(2) ? BIG_MTU : 1500);
			if (rig.aware)
				any_vlans(&ports[i]);
		}
		in = &ports[below(2)];
		req = any_request(in);
		bad += round_of(&req, in, RULE_ONE_COPY);
	}
	rig_remove();
	return bad;
}

/* What a stopped queue took leaves it when it is woken. */
static void drain(struct port *port)
{
	set_sink(port, FF_MODE_QUEUED, FF_CAN_ALL);
	usleep(50000);
}

static int run_refusing(long end_ms)
{
	struct port *ports, *in, *out;
	struct ff_inject req;
	int which, round = 0, bad = 0;

	rig_make(below(2));
	ports = rig_add_sinks(2);
	if (try_cmd("tc qdisc add dev %s root pfifo limit 32", ports[1].name))
		return mismatch("tc failed");
	while (go_on(end_ms, &round)) {
		which = below(2);
		in = &ports[which];
		out = &ports[!which];
		set_sink(in, FF_MODE_TAKE, FF_CAN_ALL);
		set_sink(out, which ? FF_MODE_REFUSE : FF_MODE_STOP,
			 FF_CAN_ALL);
		req = any_request(in);
		start_round();
		inject(&req);
		if (!which)
			drain(out);
		bad += check_round(&req, in, RULE_ONE_COPY);
	}
	rig_remove();
	return bad;
}

static int run_flood(long end_ms)
{
	struct port *ports, *in;
	struct ff_inject req;
	int i, round = 0, bad = 0;

	rig_make(true);
	ports = rig_add_sinks(5);
	while (go_on(end_ms, &round)) {
		int how = below(3);

		for (i = 0; i < 5; i++) {
			set_mtu(&ports[i], below(4) ? BIG_MTU :
					   100 + below(1500));
			if (how == 0)
				set_access(&ports[i], 10);
			else
				set_trunk(&ports[i], how == 1 ? 0 :
						     vids[below(4)], vids, 4);
		}
		in = &ports[below(5)];
		req = any_request(in);
		req.dst = some_of(FF_DST_FLOOD);
		req.fanout = 4;
		bad += round_of(&req, in, RULE_FANOUT);
	}
	rig_remove();
	return bad;
}

/* Learning, moves, ageing, a limit that is reached, entries of all types. */
static int run_learning(long end_ms)
{
	struct port *ports, *in;
	struct ff_inject req;
	int i, round = 0, bad = 0;

	rig_make(below(4));
	ports = rig_add_sinks(5);
	for (i = 0; i < 8; i++)
		set_static(&ports[i % 5], i, rig.aware ? vids[i % 4] : 0);
	while (go_on(end_ms, &round)) {
		if (!below(4))
			flush_fdb();
		if (!below(2))
			set_fdb(1 + below(200), 1 + below(2));
		/* All in the same VLANs, so that each flood is one of four. */
		for (i = 0; rig.aware && i < 5; i++)
			set_trunk(&ports[i], vids[below(4)], vids, 4);
		in = &ports[below(5)];
		req = any_request(in);
		req.fanout = 4;
		/* What is too big would be dropped four times. */
		req.max_len = BIG_MTU;
		bad += round_of(&req, in, RULE_SEEN);
	}
	rig_remove();
	return bad;
}

/* Makes a port of a device of some kind, if this kernel has it. */
static void add_kind(const char *name, const char *args)
{
	if (try_cmd("ip link add %s type %s 2>/dev/null", name, args)) {
		printf("# this kernel has no %s\n", args);
		return;
	}
	rig_add(name);
	printf("# port %s: %s\n", name, args);
}

/* Nobody reads what is sent to the tap: its queue runs full. */
static void make_all_kinds(void)
{
	struct port *port;
	int i;

	rig_make(below(2));
	rig_add_sinks(2);
	run_ip("link add v0 type veth peer name v0p\nlink set v0p up\n");
	rig_add("v0");
	tap_fd = open_tap("t0", 0);
	rig_add("t0");
	rig_add_internal("i0");
	add_kind("d0", "dummy");
	add_kind("b0", "bridge");
	add_kind("o0", "bond");
	set_up(&rig.ports[0], true);
	for (i = 0; i < 8; i++)
		set_static(&rig.ports[1 + below(rig.n_ports - 1)], i,
			   rig.aware);
	for (i = 1; i < rig.n_ports; i++) {
		port = &rig.ports[i];
		if (port->sink)
			set_mtu(port, 1500);
	}
}

/* How many ports a flooded frame reaches: those that are up, but for one. */
static __u32 count_up(void)
{
	struct answer a;
	const struct nlmsghdr *nlh;
	struct nlattr_ref attr;
	const void *pos, *end;
	__u32 up = 0;
	struct msg m;
	int left;

	msg_init(&m, rig.nl.family, VSW_CMD_PORT_GET, NLM_F_DUMP);
	rig.nl.keep = true;
	genl_talk(&rig.nl, &m, &a);
	rig.nl.keep = false;
	nlh = (const struct nlmsghdr *)a.data;
	for (left = a.len; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		pos = (const char *)NLMSG_DATA(nlh) + GENL_HDRLEN;
		end = (const char *)nlh + nlh->nlmsg_len;
		while (attr_next(&pos, end, &attr))
			if (attr.type == VSW_A_PORT_UP)
				up += attr_number(&attr);
	}
	free(a.data);
	return up;
}

static bool is_up(const struct port *port)
{
	char path[64], state[16] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/sys/class/net/%s/carrier", port->name);
	f = fopen(path, "r");
	if (f) {
		if (!fgets(state, sizeof(state), f))
			state[0] = 0;
		fclose(f);
	}
	return state[0] == '1';
}

/* All kinds of ports at once: in at any, out by any. */
static int run_kinds(long end_ms)
{
	struct ff_inject req;
	struct port *in;
	enum rule rule;
	int round = 0, bad = 0;

	make_all_kinds();
	while (go_on(end_ms, &round)) {
		in = &rig.ports[below(rig.n_ports)];
		if (in->adapter || !below(4))
			set_watch(&rig.ports[in == rig.ports ? 5 : 0]);
		req = any_request(in);
		req.min_len = 32;
		rule = below(2) ? RULE_FANOUT : RULE_ONE_COPY;
		req.dst = rule == RULE_FANOUT ? some_of(FF_DST_FLOOD) :
						FF_DST_STATIC | FF_DST_LOCAL;
		req.fanout = count_up() - is_up(in);
		bad += round_of(&req, in, rule);
	}
	rig_remove();
	close(tap_fd);
	return bad;
}

/* Frames of which each gets through the switch. */
static struct ff_inject sound_request(struct port *port)
{
	struct ff_inject req = any_request(port);

	req.dst = FF_DST_BROADCAST;
	req.src = FF_SRC_FEW;
	req.tag = FF_TAG_NONE;
	return req;
}

/* A frame too many and a byte that differs: both have to be found, and nothing
 * where there is nothing.
 */
static int run_planted(long end_ms)
{
	static const __u32 plants[] = { FF_FLAG_PLANT_LOSS,
					FF_FLAG_PLANT_BYTE };
	struct totals before = totals;
	struct port *ports;
	struct ff_inject req;
	unsigned int i;
	int found = 0;

	(void)end_ms;
	rig_make(true);
	ports = rig_add_sinks(2);
	quiet = true;
	for (i = 0; i < ARRAY_SIZE(plants); i++) {
		req = sound_request(ports);
		req.flags |= plants[i];
		found += round_of(&req, ports, RULE_ONE_COPY) > 0;
	}
	quiet = false;
	totals = before;
	req = sound_request(ports);
	if (round_of(&req, ports, RULE_ONE_COPY))
		found = 0;
	rig_remove();
	return found == ARRAY_SIZE(plants) ? 0 :
	       mismatch("%d of %zu planted differences found", found,
			ARRAY_SIZE(plants));
}

const struct scenario scenarios[] = {
	{ "planted differences are found", run_planted, 0 },
	{ "two ports, VLANs, changes meanwhile", run_aware, 4 },
	{ "two ports, no VLANs, changes meanwhile", run_unaware, 3 },
	{ "egress devices that can do little", run_software, 3 },
	{ "egress devices that refuse frames", run_refusing, 1 },
	{ "flooding to five ports", run_flood, 3 },
	{ "learning, ageing, limit, static entries", run_learning, 3 },
	{ "ports of all kinds, host and internal ones", run_kinds, 3 },
	{ "packet sockets with hostile headers", run_packet, 2 },
	{ "taps with hostile headers", run_tap, 2 },
	{ 0 }
};
