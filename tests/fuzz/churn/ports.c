// SPDX-License-Identifier: GPL-2.0
/*
 * Thousands of ports: frames flooded to all, dumps of all, and all removed at
 * once, by the switch, by the namespace, and one by one.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "churn.h"

#define MANY_SHORT	200
#define MANY_LONG	4000
#define FLOODS		20
/* In the short form a slow machine has no more than it makes in some time. */
#define MANY_MIN	64

static const __u8 everybody[MAC_LEN] = { 255, 255, 255, 255, 255, 255 };
static unsigned int many;
static int *fds;

/* Half of them taps, half internal ones; returns how many there are. */
static unsigned int make_ports(struct conn *c, __u32 sw)
{
	char name[IF_NAMESIZE];
	double end = now() + fuzz_seconds / 4;
	unsigned int i, made = 0;
	__u32 ifindex;

	for (i = 0; i < many; i++) {
		if (!long_form && i >= MANY_MIN && !(i % 4) && now() > end)
			many = i;
		if (i == many)
			break;
		snprintf(name, sizeof(name), "p%u", i);
		fds[i] = -1;
		if (i % 2) {
			if (port_internal(c, sw, name))
				break;
		} else {
			fds[i] = tap_open(name);
			if (port_add(c, sw, if_nametoindex(name)))
				break;
		}
		ifindex = if_nametoindex(name);
		if (link_up(c, ifindex, true))
			break;
		made++;
	}
	return made;
}

static void close_taps(bool leave)
{
	unsigned int i;

	for (i = 0; i < many; i++) {
		if (fds[i] >= 0 && leave)
			tap_leave(fds[i]);
		else if (fds[i] >= 0)
			close(fds[i]);
		fds[i] = -1;
	}
}

/* One frame from each tap, then some to all by the first. */
static unsigned int send_frames(void)
{
	__u8 frame[FRAME_MAX], mac[MAC_LEN], known[MAC_LEN];
	unsigned int i, sent = 0;

	memcpy(known, everybody, MAC_LEN);
	for (i = 0; i < many; i++) {
		mac_of(mac, i);
		if (fds[i] < 0)
			continue;
		/* To one that is known, itself known from then on. */
		frame_make(frame, known, mac, 0, 60);
		sent += write(fds[i], frame, 60) == 60;
		memcpy(known, mac, MAC_LEN);
	}
	mac_of(mac, 0);
	frame_make(frame, everybody, mac, 0, 60);
	for (i = 0; i < FLOODS; i++)
		sent += write(fds[0], frame, 60) == 60;
	return sent;
}

static void check_traffic(struct conn *c)
{
	unsigned int i, sent, wrong = 0;
	double start = now();
	__u64 rx = 0, copies = 0, want;
	struct view v;
	__u32 first;

	first = if_nametoindex("p0");
	sent = send_frames();
	view_take(c, &v);
	for (i = 0; i < v.n_ports; i++) {
		rx += v.port[i].rx;
		copies += v.port[i].tx + v.port[i].drops;
		/* Whether it has taken a copy or not, it was to have it. */
		wrong += v.port[i].port != first &&
			 v.port[i].tx + v.port[i].drops < FLOODS;
	}
	/* The first and the last are for all, the others for one. */
	want = (1 + FLOODS) * many + many / 2 - 1;
	tap(sent == many / 2 + FLOODS && rx >= sent && !wrong &&
	    copies == want && v.n_ports == many + 1 && view_consistent(&v),
	    "ports: %u frames sent, %llu received, %d to each of %u ports, dumped, in %.2f s",
	    sent, rx, FLOODS, v.n_ports, now() - start);
	if (copies != want)
		tap_info("%llu copies, should be %llu", copies, want);
	if (wrong)
		tap_info("%u ports did not get what was flooded", wrong);
	view_free(&v);
}

/* Each in its own command, with the others there. */
static void check_one_by_one(struct conn *c)
{
	unsigned int i, removed = 0, some = many / 4;
	char name[IF_NAMESIZE];
	double start = now(), took;

	for (i = 0; i < some; i++) {
		snprintf(name, sizeof(name), "p%u", i);
		removed += !port_del(c, if_nametoindex(name));
	}
	took = now() - start;
	tap(removed == some && consistent(c),
	    "ports: %u removed one by one in %.2f s, %.2f ms each", removed,
	    took, took * 1000 / some);
}

/* A veth's peer elsewhere tells when the namespace is gone. */
static double wait_gone(const char *peer)
{
	double start = now();

	while (if_nametoindex(peer) && now() < start + HANG)
		nap(0.01);
	return now() - start;
}

static bool make_all(struct conn *c, double *took)
{
	double start = now();
	unsigned int made;

	if (sw_add(c, "sw", true))
		return false;
	link_up(c, if_nametoindex("sw"), true);
	made = make_ports(c, if_nametoindex("sw"));
	*took = now() - start;
	if (made != many)
		tap_info("%u of %u ports made", made, many);
	return made == many;
}

void part_ports(double seconds)
{
	int home = ns_open(), ns = ns_new();
	double making = 0, took;
	struct conn c;
	bool made;

	(void)seconds;
	many = long_form ? MANY_LONG : MANY_SHORT;
	fds = calloc(many, sizeof(*fds));
	if (!fds)
		die("out of memory");
	memset(fds, -1, many * sizeof(*fds));
	ns_quiet();
	conn_open(&c);
	made = make_all(&c, &making);
	tap_info("%u ports made in %.2f s", many, making);
	check_traffic(&c);
	check_one_by_one(&c);
	took = now();
	made &= !sw_del(&c, if_nametoindex("sw"));
	took = now() - took;
	tap(made && empty(&c), "ports: a switch of %u removed in %.2f s",
	    many - many / 4, took);
	close_taps(false);

	made = make_all(&c, &making);
	made &= !link_veth(&c, "inside", "churnpeer", home);
	close_taps(true);
	conn_close(&c);
	close(ns);
	ns_enter(home);
	took = wait_gone("churnpeer");
	free(fds);
	close(home);
	tap(made && took < HANG && log_clean(),
	    "ports: a namespace with %u removed in %.2f s", many, took);
}
