// SPDX-License-Identifier: GPL-2.0
/*
 * Both switches, in a namespace of their own, and a way in and out of each.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "peer.h"

#define ETH_HLEN	14
#define VLAN_HLEN	4
#define WAIT_MS		10000
#define RULES_FILE	"/tmp/peer.rules"

static const char *const names[SIDES][PORTS] = {
	[SIDE_VSWITCH] = { "v1", "v2" },
	[SIDE_NFT] = { "b1", "b2" },
};

static int fds[SIDES][PORTS];

const char *rig_port(enum side side, unsigned int port)
{
	return names[side][port];
}

static int open_tap(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	strcpy(ifr.ifr_name, name);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr))
		die("tap %s: %s", name, strerror(errno));
	return fd;
}

/* Lines for a command that takes many at a time. */
static FILE *begin(const char *command)
{
	FILE *to = popen(command, "w");

	if (!to)
		die("%s: %s", command, strerror(errno));
	return to;
}

static void end(FILE *to)
{
	if (pclose(to))
		die("a batch of commands failed");
}

/* The bridge gives a frame without a tag that of its port, and lets it keep
 * it: so its forward hook can tell the VLAN of each frame.
 */
static void make_bridge(void)
{
	unsigned int side, port, i;
	FILE *to;

	to = begin("ip -batch -");
	fputs("link add br0 type bridge vlan_filtering 1 ", to);
	fputs("vlan_default_pvid 0 mcast_snooping 0\n", to);
	fputs("link set br0 up\n", to);
	for (side = 0; side < SIDES; side++) {
		for (port = 0; port < PORTS; port++)
			fprintf(to, "link set %s up\n", names[side][port]);
	}
	for (port = 0; port < PORTS; port++)
		fprintf(to, "link set %s master br0\n", names[SIDE_NFT][port]);
	end(to);
	to = begin("bridge -batch -");
	for (port = 0; port < PORTS; port++) {
		for (i = 0; i < vids.n; i++)
			fprintf(to, "vlan add dev %s vid %u%s\n",
				names[SIDE_NFT][port],
				(unsigned int)vids.of[i].lo,
				vids.of[i].lo == 1 ? " pvid" : "");
	}
	end(to);
}

static void make_vswitch(void)
{
	FILE *to = begin("vsctl -b -");
	unsigned int port;

	fputs("switch add vsw0\n", to);
	for (port = 0; port < PORTS; port++)
		fprintf(to, "port add vsw0 %s vlan trunk all native 1\n",
			names[SIDE_VSWITCH][port]);
	end(to);
}

/* No host is to send anything unasked; without IPv6 there is nothing to say. */
static void be_quiet(const char *path)
{
	FILE *to = fopen(path, "w");

	if (!to)
		return;
	fputs("1", to);
	fclose(to);
}

/* All of it, or why it cannot be. */
const char *rig_open(void)
{
	unsigned int side, port;

	if (system("modprobe -aq tun bridge nf_tables nft_meta_bridge"))
		return "no bridge or no nftables for it";
	if (unshare(CLONE_NEWNET))
		die("unshare: %s", strerror(errno));
	be_quiet("/proc/sys/net/ipv6/conf/all/disable_ipv6");
	be_quiet("/proc/sys/net/ipv6/conf/default/disable_ipv6");
	for (side = 0; side < SIDES; side++) {
		for (port = 0; port < PORTS; port++)
			fds[side][port] = open_tap(names[side][port]);
	}
	make_bridge();
	make_vswitch();
	nft_open();
	nft_mark();
	return NULL;
}

/* The counters of a rule that was there before are to be 0 as well. Sets are
 * filled when the rules are there.
 */
void rig_load(const struct rules *rules)
{
	FILE *to = fopen(RULES_FILE, "w");

	if (!to)
		die("%s: %s", RULES_FILE, strerror(errno));
	words_write(to, rules);
	fclose(to);
	to = begin("vsctl -b - || { sed 's/^/# /' " RULES_FILE "; false; }");
	fputs("rule flush vsw0\n", to);
	words_sets(to, rules, false);
	fputs("rule replace vsw0 " RULES_FILE "\n", to);
	words_sets(to, rules, true);
	end(to);
}

/* How many frames each rule decided; they are shown as they decide. */
void rig_counts(const struct rules *rules, unsigned long *counts)
{
	FILE *from = popen("vsctl -s rule show vsw0", "r");
	unsigned int n = 0;
	char line[4096], *at;

	if (!from)
		die("vsctl: %s", strerror(errno));
	while (fgets(line, sizeof(line), from)) {
		at = strstr(line, " packets ");
		if (!at || n > rules->n)
			die("vsctl rule show: %s", line);
		/* The first is that for the end of a batch. */
		if (n)
			counts[n - 1] = strtoul(at + 9, NULL, 10);
		n++;
	}
	if (pclose(from) || n != rules->n + 1)
		die("vsctl rule show: %u rules", n);
}

/* The frame without a tag of VLAN 1 or none: the bridge sends such frames with
 * one, vswitch without, and both mean the same.
 */
static void plain(struct frame *f)
{
	unsigned int vid = (f->data[14] & 0x0f) << 8 | f->data[15];

	if (f->len < ETH_HLEN + VLAN_HLEN || f->data[12] != 0x81 ||
	    f->data[13] || vid > 1)
		return;
	f->len -= VLAN_HLEN;
	memmove(f->data + 12, f->data + 12 + VLAN_HLEN, f->len - 12);
}

static void send_one(enum side side, const struct frame *f)
{
	if (write(fds[side][f->port], f->data, f->len) != (ssize_t)f->len)
		die("send %u bytes to %s: %s", f->len, names[side][f->port],
		    strerror(errno));
}

/* What ends a batch: no set of rules keeps it. */
static void make_last(struct frame *f, unsigned int port)
{
	static const __u8 head[] = {
		0x02, 0, 0, 0, 0x0f, 0xff, 0x02, 0, 0, 0, 0, 0xfe, 0x88, 0xb6,
	};
	static __u32 number;

	f->port = port;
	f->len = sizeof(head) + sizeof(number);
	memcpy(f->data, head, sizeof(head));
	number++;
	memcpy(f->data + sizeof(head), &number, sizeof(number));
}

static void receive_one(enum side side, unsigned int port, struct frame *f)
{
	struct pollfd p = { .fd = fds[side][port], .events = POLLIN };
	ssize_t len;

	do {
		if (poll(&p, 1, WAIT_MS) <= 0)
			die("%s: the last frame did not come out",
			    names[side][port]);
		len = read(p.fd, f->data, sizeof(f->data));
	} while (len < 0 && errno == EAGAIN);
	if (len < 0)
		die("%s: %s", names[side][port], strerror(errno));
	f->port = !port;
	f->len = len;
	if (side == SIDE_NFT)
		plain(f);
}

static bool same(const struct frame *a, const struct frame *b)
{
	return a->port == b->port && a->len == b->len &&
	       !memcmp(a->data, b->data, a->len);
}

/* Each frame that comes out is one that was sent, the next of its kind. */
static void note_passed(struct frames *frames, const struct frame *sent,
			enum side side, const struct frame *f,
			unsigned int time, unsigned int *from)
{
	__u8 *passed = frames->passed[side];
	unsigned int i, at;

	for (i = 0; i < frames->n; i++) {
		at = (*from + i) % frames->n;
		if (passed[at] & 1 << time || !same(&sent[at], f))
			continue;
		passed[at] |= 1 << time;
		*from = at + 1;
		return;
	}
	die("%s: a frame of %u bytes came out that nobody sent",
	    names[side][!f->port], f->len);
}

static void send_all(struct frames *frames, const struct frame *sent,
		     enum side side, unsigned int time)
{
	unsigned int i, port, from;
	struct frame last, f;

	for (i = 0; i < frames->n; i++)
		send_one(side, &frames->of[i]);
	for (port = 0; port < PORTS; port++) {
		make_last(&last, !port);
		send_one(side, &last);
		from = 0;
		receive_one(side, port, &f);
		while (!same(&f, &last)) {
			note_passed(frames, sent, side, &f, time, &from);
			receive_one(side, port, &f);
		}
	}
}

/* All frames into both switches, and which come out. */
void rig_send(struct frames *frames)
{
	static struct frame sent[FRAMES_MAX];
	unsigned int i, side, time;

	memset(frames->passed, 0, sizeof(frames->passed));
	memcpy(sent, frames->of, frames->n * sizeof(*sent));
	for (i = 0; i < frames->n; i++)
		plain(&sent[i]);
	for (side = 0; side < SIDES; side++) {
		for (time = 0; time < TIMES; time++)
			send_all(frames, sent, side, time);
	}
}

/* What vswitch says of a frame. */
void rig_trace(const struct frame *frame)
{
	char line[2 * FRAME_MAX + 128];
	unsigned int i, at;

	at = sprintf(line, "vsctl trace vsw0 port %s hex ",
		     names[SIDE_VSWITCH][frame->port]);
	for (i = 0; i < frame->len; i++)
		at += sprintf(line + at, "%02x", frame->data[i]);
	printf("# %s\n", line);
	fflush(stdout);
	strcpy(line + at, " | sed 's/^/#   /'");
	if (system(line))
		printf("#   it cannot be traced\n");
}
