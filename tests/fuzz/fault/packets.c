// SPDX-License-Identifier: GPL-2.0
/*
 * Each allocation on a frame's way through the switch fails in turn. A frame
 * written to a tap, or sent by the host, passes the switch in the task that
 * writes it, so that injection reaches all of that way.
 *
 * What came in has left, or was dropped under a reason; each copy of it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fault.h"

#define VNET		sizeof(struct virtio_net_hdr)
#define NTH_MAX		200
#define ROUNDS_MAX	8
#define LEARN_NTH_MAX	17
#define LEARN_ROUNDS_MAX	100
#define N_PORTS		5
/* Looks, a millisecond and more apart, after which what left has arrived. */
#define LOOKS_MAX	200

#define BROADCAST	"\xff\xff\xff\xff\xff\xff"
#define UNKNOWN		MAC_PREFIX "\x09\x09\x09"

/* The port of the switch, and where its frames can be counted. */
static const struct {
	const char *name;
	const char *seen_at;	/* by a packet socket; NULL: a tap */
} ports[N_PORTS] = {
	{ "t1" }, { "t2" }, { "v0", "v1" }, { "vsw0", "vsw0" },
	{ "int0", "int0" },
};

enum { T1, T2, V0, HOST, INT0 };

static int seen_fd[N_PORTS], host_fd, internal_fd;
static char mac_host[ETH_ALEN], mac_internal[ETH_ALEN];

struct way {
	const char *name;
	const char *dst;
	unsigned int to;		/* bits of the ports that get it */
	const char *in;			/* port it comes in at; default t0 */
	__u16 tag, tpid;		/* tag in the frame */
	unsigned int len;		/* of what is behind that; default 60 */
	unsigned int gso;		/* segments' payload, if it is TCP */
	bool ipv6;
	bool new_source;		/* an address that is not known yet */
	bool capture;			/* on the port's device */
	bool promisc;			/* on the switch's device */
	unsigned int copies;		/* that a receiver sees; default 1 */
	enum vsw_drop reason;		/* that has to occur */
	enum vsw_drop drops;		/* for which it is dropped, and told */
};

enum { ALL = (1 << N_PORTS) - 1 };

static const struct way ways[] = {
	{ "unicast to a tap", MAC_T1, 1 << T1 },
	{ "unicast to a veth", MAC_V0, 1 << V0 },
	{ "unicast to the host", mac_host, 1 << HOST },
	{ "unicast to an internal port", mac_internal, 1 << INT0 },
	{ "flooded", BROADCAST, ALL, .reason = VSW_DROP_NO_MEMORY },
	{ "flooded, unknown destination", UNKNOWN, ALL,
	  .reason = VSW_DROP_NO_MEMORY },
	{ "from a new source", MAC_T1, 1 << T1, .new_source = true },
	{ "flooded, from a new source", BROADCAST, ALL, .new_source = true,
	  .reason = VSW_DROP_NO_MEMORY },
	{ "tagged", BROADCAST, 1 << V0 | 1 << INT0, "t2", 20, ETH_P_8021Q,
	  .reason = VSW_DROP_NO_MEMORY },
	{ "with a service tag", MAC_T1, 1 << T1, .tag = 5,
	  .tpid = ETH_P_8021AD },
	{ "with a service tag, captured", MAC_T1, 1 << T1, .tag = 5,
	  .tpid = ETH_P_8021AD, .capture = true,
	  .reason = VSW_DROP_NO_MEMORY },
	{ "from the host, tag in the frame, captured", BROADCAST,
	  1 << T2 | 1 << V0, "int0", 20, ETH_P_8021Q, .capture = true,
	  .reason = VSW_DROP_NO_MEMORY },
	{ "from the host", BROADCAST, ALL & ~(1 << HOST), "vsw0",
	  .reason = VSW_DROP_NO_MEMORY },
	{ "captured on the switch", MAC_T1, 1 << T1, .promisc = true },
	{ "with fragments", MAC_T1, 1 << T1, .len = 8000 },
	{ "with fragments, flooded", BROADCAST, ALL, .len = 8000,
	  .reason = VSW_DROP_NO_MEMORY },
	{ "TCP in IPv4, to be segmented, tap", MAC_T1, 1 << T1, .len = 8000,
	  .gso = 1000, .copies = 8 },
	{ "TCP in IPv4, to be segmented, veth", MAC_V0, 1 << V0, .len = 8000,
	  .gso = 1000, .copies = 8, .reason = VSW_DROP_QUEUE_FULL },
	{ "TCP in IPv6, to be segmented, veth", MAC_V0, 1 << V0, .len = 8000,
	  .gso = 1000, .copies = 8, .ipv6 = true,
	  .reason = VSW_DROP_QUEUE_FULL },
	{ "dropped, and told", MAC_T1, 0, .tag = 20, .tpid = ETH_P_8021Q,
	  .drops = VSW_DROP_VLAN_TAGGED },
};

static size_t put_ip(char *p, const struct way *w, unsigned int len)
{
	static const char v4[20] = {
		0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1,
		10, 0, 0, 2,
	};
	__u16 n = htons(w->ipv6 ? len + 20 : len + 40);

	if (w->ipv6) {
		p[0] = 0x60;
		memcpy(p + 4, &n, 2);
		p[6] = 6;
		p[7] = 64;
		p[8] = 0xfd;
		p[24] = 0xfd;
		return 40;
	}
	memcpy(p, v4, sizeof(v4));
	memcpy(p + 2, &n, 2);
	return sizeof(v4);
}

/* Headers of a TCP segment of @len bytes, for the core to take apart. */
static size_t put_tcp(char *frame, char *p, const struct way *w)
{
	struct virtio_net_hdr *vnet = (void *)frame;
	size_t ip = put_ip(p, w, w->len);

	p[ip + 12] = 5 << 4;
	p[ip + 13] = 0x10;
	vnet->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	vnet->gso_type = w->ipv6 ? VIRTIO_NET_HDR_GSO_TCPV6 :
				   VIRTIO_NET_HDR_GSO_TCPV4;
	vnet->gso_size = w->gso;
	vnet->csum_start = ETH_HLEN + ip;
	vnet->csum_offset = 16;
	vnet->hdr_len = ETH_HLEN + ip + 20;
	return ip + 20;
}

static size_t build(const struct way *w, char *frame, const char *src)
{
	__u16 type = htons(w->gso ? w->ipv6 ? ETH_P_IPV6 : ETH_P_IP : 0x88b5);
	__u16 tag[2] = { htons(w->tpid), htons(w->tag) };
	char *p = frame + VNET;

	memset(frame, 0, VNET + 9000);
	((struct virtio_net_hdr *)frame)->hdr_len = w->len ? 64 : 0;
	memcpy(p, w->dst, ETH_ALEN);
	memcpy(p + 6, src, ETH_ALEN);
	p += 12;
	if (w->tpid) {
		memcpy(p, tag, 4);
		p += 4;
	}
	memcpy(p, &type, 2);
	p += 2;
	if (w->gso)
		p += put_tcp(frame, p, w);
	return p - frame + (w->len ?: 60);
}

static int send_one(const struct way *w, const char *frame, size_t len)
{
	int fd = bench_tap[0];
	ssize_t n;

	if (w->in && !strcmp(w->in, "t2"))
		fd = bench_tap[2];
	if (w->in && !strcmp(w->in, "vsw0"))
		fd = host_fd;
	if (w->in && !strcmp(w->in, "int0"))
		fd = internal_fd;
	if (fd == host_fd || fd == internal_fd)
		n = send(fd, frame + VNET, len - VNET, 0);
	else
		n = write(fd, frame, len);
	return n < 0 ? errno : 0;
}

/* Frames that have arrived at the far end of a port. */
static unsigned int arrived(int port)
{
	struct sockaddr_ll ll;
	socklen_t len = sizeof(ll);
	static char buf[16384];
	unsigned int n = 0;

	if (!ports[port].seen_at) {
		while (read(seen_fd[port], buf, sizeof(buf)) > 0)
			n++;
		return n;
	}
	while (recvfrom(seen_fd[port], buf, sizeof(buf), 0, (void *)&ll,
			&len) > 0) {
		n += ll.sll_pkttype != PACKET_OUTGOING;
		len = sizeof(ll);
	}
	return n;
}

/* Frames that the packet socket there had no memory for: a veth's peer receives
 * in the task whose allocations fail.
 */
static unsigned int no_room(int port)
{
	struct tpacket_stats stats = {};
	socklen_t len = sizeof(stats);

	if (ports[port].seen_at)
		getsockopt(seen_fd[port], SOL_PACKET, PACKET_STATISTICS, &stats,
			   &len);
	return stats.tp_drops;
}

/* All counters before and after a frame. */
struct reading {
	struct counters in, out[N_PORTS];
	unsigned int seen[N_PORTS], no_room[N_PORTS];
	struct switch_numbers sw;
	int told;		/* drops, by events; -1: some are missing */
};

static void take(const struct way *w, struct reading *r)
{
	int i;

	counters_get(w->in ?: "t0", &r->in);
	for (i = 0; i < N_PORTS; i++) {
		counters_get(ports[i].name, &r->out[i]);
		r->seen[i] = arrived(i);
		r->no_room[i] = no_room(i);
	}
	switch_numbers("vsw0", &r->sw);
	r->told = w->drops ? drops_drain() : 0;
}

/* Once more, and what has arrived since then besides. */
static void take_again(const struct way *w, struct reading *r)
{
	unsigned int seen[N_PORTS], no_room[N_PORTS];
	int i;

	memcpy(seen, r->seen, sizeof(seen));
	memcpy(no_room, r->no_room, sizeof(no_room));
	take(w, r);
	for (i = 0; i < N_PORTS; i++) {
		r->seen[i] += seen[i];
		r->no_room[i] += no_room[i];
	}
}

static __u64 drops(const struct way *w, const struct counters *a,
		   const struct counters *b, bool *strange)
{
	__u64 n, sum = 0;
	int i;

	for (i = 0; i < __VSW_DROP_MAX; i++) {
		n = b->drop[i] - a->drop[i];
		if (n && i != VSW_DROP_NO_MEMORY &&
		    i != VSW_DROP_QUEUE_FULL && i != (int)w->drops)
			*strange = true;
		sum += n;
	}
	return sum;
}

static const char not_arrived[] =
	"what left did not arrive, and its device does not say why";

/* What is wrong with one copy's counters, or NULL. */
static const char *judge_copy(const struct way *w, int port, bool wanted,
			      const struct reading *a, const struct reading *b)
{
	const struct counters *ca = &a->out[port], *cb = &b->out[port];
	unsigned int copies = w->copies ?: 1;
	__u64 tx = cb->tx - ca->tx, dropped;
	bool strange = false;

	dropped = drops(w, ca, cb, &strange);
	if (w->in && !strcmp(w->in, ports[port].name))
		return tx ? "it came back" : NULL;
	if (strange)
		return "dropped for a reason that is none";
	if (tx + dropped != wanted)
		return "a copy neither left nor was dropped, or both";
	if (b->seen[port] + b->no_room[port] == tx * copies)
		return NULL;
	/* Behind the switch it is for the device to count. */
	if (tx && b->seen[port] < copies && cb->dev_dropped > ca->dev_dropped)
		return NULL;
	return not_arrived;
}

static const char *judge(const struct way *w, const struct outcome *o,
			 const struct reading *a, const struct reading *b)
{
	__u64 rx = b->in.rx - a->in.rx, dropped;
	bool strange = false, gone;
	const char *wrong = NULL;
	int i;

	dropped = drops(w, &a->in, &b->in, &strange);
	/* Lost before it came to the switch: by who made the frame. */
	if (!rx && o->place == PLACE_OURS)
		return "it came to the switch and was not counted";
	if (rx > 1 || dropped > rx || strange)
		return "counted wrongly where it came in";
	if (w->drops && dropped != rx)
		return "it was not dropped";
	if (w->drops && b->told >= 0 && b->told != (int)dropped)
		return "a drop was not told, nor that one is missing";
	if (w->drops && b->told < 0 && !o->injected)
		return "a drop is missing for nothing";
	gone = !rx || dropped;
	for (i = 0; i < N_PORTS && !wrong; i++)
		wrong = judge_copy(w, i, !gone && w->to & 1 << i, a, b);
	return wrong;
}

struct tally {
	unsigned int failed, lost, wrong;
	__u64 reason[__VSW_DROP_MAX];
	__u64 refused;
	unsigned int untold;
};

static void count(const struct way *w, const struct reading *a,
		  const struct reading *b, struct tally *t)
{
	int i, r;

	for (r = 0; r < __VSW_DROP_MAX; r++) {
		t->reason[r] += b->in.drop[r] - a->in.drop[r];
		for (i = 0; i < N_PORTS; i++)
			if (strcmp(w->in ?: "t0", ports[i].name))
				t->reason[r] += b->out[i].drop[r] -
						a->out[i].drop[r];
	}
	t->lost += b->in.rx == a->in.rx;
	t->refused += b->sw.refused - a->sw.refused;
	t->untold += b->told < 0;
}

/* One frame whose allocation @nth fails. False once there is none left. */
static bool one(const struct way *w, unsigned int nth, struct tally *t)
{
	char src[ETH_ALEN] = MAC_PREFIX "\x20";
	static struct reading a, b;
	static unsigned int fresh;
	static char frame[9100];
	struct outcome o = {};
	unsigned int looks;
	const char *wrong;
	size_t len;

	if (w->new_source)
		fresh++;
	src[4] = w->new_source ? 1 + (fresh >> 8) : 0;
	src[5] = w->new_source ? fresh : w - ways;
	len = build(w, frame, src);
	/* What was after the last frame is before this one. */
	if (nth)
		a = b;
	else
		take(w, &a);
	inject_arm(nth);
	inject_begin();
	o.err = send_one(w, frame, len);
	inject_end(&o);
	inject_arm(0);
	take(w, &b);
	/* On a busy host the backlog may be left to a task of the kernel. */
	for (looks = 0; looks < LOOKS_MAX; looks++) {
		wrong = judge(w, &o, &a, &b);
		if (wrong != not_arrived)
			break;
		usleep(1000);
		take_again(w, &b);
	}
	if (!wrong && !nth && o.err)
		wrong = "it does not work without injection";
	count(w, &a, &b, t);
	if (!wrong)
		return o.injected;
	t->wrong++;
	note("%s: allocation %u fails: %s (%s)", w->name, nth, wrong,
	     strerror(o.err));
	note("  %s", strtok((char *)inject_trace(), "\n") ?: "no trace");
	return o.injected;
}

/*
 * What the kernel allocates for itself now and then, a page for a slab say,
 * shifts the count, so that one round can miss an allocation.
 */
static bool missed(const struct way *w, const struct tally *t)
{
	return (w->reason && !t->reason[w->reason]) ||
	       (w->drops && !t->untold);
}

/* A new source needs memory only where its bucket is full, for one in seven or
 * so; it is learned before the frame is copied.
 */
static void sweep_learning(const struct way *w, struct tally *t)
{
	unsigned int nth, round;

	for (round = 0; round < LEARN_ROUNDS_MAX && !t->refused; round++)
		for (nth = 1; nth < LEARN_NTH_MAX && one(w, nth, t); nth++)
			t->failed++;
}

static void sweep_way(const struct way *w)
{
	unsigned int nth, round = 0;
	int fd = -1, promisc = -1;
	struct tally t = {};
	char reasons[64];

	if (w->capture)
		fd = raw_open(w->in ?: "t0");
	if (w->promisc)
		promisc = raw_promisc("vsw0");
	drops_listen(w->drops);
	do {
		one(w, 0, &t);
		for (nth = 1; nth < NTH_MAX && one(w, nth, &t); nth++)
			t.failed++;
	} while (++round < ROUNDS_MAX && missed(w, &t));
	if (w->new_source)
		sweep_learning(w, &t);
	close(fd);
	close(promisc);
	drops_listen(false);
	snprintf(reasons, sizeof(reasons), "%u no-memory, %u queue-full",
		 (unsigned int)t.reason[VSW_DROP_NO_MEMORY],
		 (unsigned int)t.reason[VSW_DROP_QUEUE_FULL]);
	tap_result(!t.wrong && t.failed && nth < NTH_MAX && !missed(w, &t) &&
		   (!w->new_source || t.refused),
		   "frame, %s: %u allocations failed in turn, %u before the switch, %s, %u not learned, %u not told, %u wrong",
		   w->name, t.failed, t.lost, reasons,
		   (unsigned int)t.refused, t.untold, t.wrong);
}

/* Devices that can do nothing for the core: it has to take frames apart. */
static void no_offloads(const char *dev)
{
	static const __u32 off[] = {
		ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_STXCSUM, ETHTOOL_SSG,
	};
	struct ethtool_value value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(off); i++) {
		value.data = 0;
		ethtool(dev, off[i], &value);
	}
}

static void get_mac(const char *dev, char *mac)
{
	struct ifreq ifr = {};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strcpy(ifr.ifr_name, dev);
	if (fd < 0 || ioctl(fd, SIOCGIFHWADDR, &ifr))
		die("%s: %s", dev, strerror(errno));
	memcpy(mac, ifr.ifr_hwaddr.sa_data, ETH_ALEN);
	close(fd);
}

void packets(void)
{
	size_t i;

	for (i = 0; i < N_PORTS; i++)
		seen_fd[i] = ports[i].seen_at ? raw_open(ports[i].seen_at) :
						bench_tap[i + 1];
	host_fd = raw_open("vsw0");
	internal_fd = raw_open("int0");
	no_offloads("v0");
	get_mac("vsw0", mac_host);
	get_mac("int0", mac_internal);
	for (i = 0; i < N_PORTS; i++)
		arrived(i);
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		sweep_way(&ways[i]);
	for (i = 0; i < N_PORTS; i++)
		if (ports[i].seen_at)
			close(seen_fd[i]);
	close(host_fd);
	close(internal_fd);
}
