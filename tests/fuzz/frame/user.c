// SPDX-License-Identifier: GPL-2.0
/*
 * Frames that a program sends, by packet sockets and taps, with headers of
 * virtio's that say anything of checksums and segmentation.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <linux/virtio_net.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "fuzz.h"

#define FRAME_MAX	65000
#define PLAIN_MAX	1500
#define FRAMES		200
#define MAX_PARTS	16
#define TAG_LEN		4

struct frame {
	struct virtio_net_hdr vnet;
	__u8 data[FRAME_MAX];
	size_t len;
	bool gso;
};

/* IPv4 and TCP, as far as a guest's frame has to have them. */
static const __u8 tcp_ip[] = {
	0x08, 0x00,
	0x45, 0, 0, 0, 0, 1, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
	0, 1, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x10, 1, 0, 0, 0, 0, 0,
};

static void fill_addresses(__u8 *p)
{
	__u64 r = rnd();

	memcpy(p, &r, 6);
	switch (below(5)) {
	case 0:
		memset(p, 0xff, 6);
		break;
	case 1:
		p[0] = 0x33;
		break;
	case 2:
		memcpy(p, "\x01\x80\xc2\0\0", 5);
		p[5] &= 15;
		break;
	case 3:
		memcpy(p, "\x02\0\0\0\0", 5);
		p[5] &= 7;
		break;
	}
	r = rnd();
	memcpy(p + 6, &r, 6);
	if (below(8))
		memcpy(p + 6, "\x02\0\0\0\0", 5);
}

static size_t fill_tags(__u8 *p)
{
	static const __u16 types[] = { ETH_P_8021Q, ETH_P_8021Q, ETH_P_8021AD };
	size_t n = below(3) ? 0 : 1 + below(3), len;
	__u16 tag[2];

	for (len = 0; n; n--, len += TAG_LEN) {
		tag[0] = htons(types[below(3)]);
		tag[1] = htons(below(2) ? below(65536) : 1);
		memcpy(p + len, tag, sizeof(tag));
	}
	return len;
}

/* What a guest may say: most is plausible in one way and wrong in another. */
static void fill_vnet(struct frame *f, size_t l3)
{
	static const __u8 types[] = {
		VIRTIO_NET_HDR_GSO_TCPV4, VIRTIO_NET_HDR_GSO_TCPV4,
		VIRTIO_NET_HDR_GSO_TCPV6, VIRTIO_NET_HDR_GSO_UDP, 5,
	};
	struct virtio_net_hdr *vnet = &f->vnet;

	memset(vnet, 0, sizeof(*vnet));
	if (f->gso)
		vnet->gso_type = types[below(ARRAY_SIZE(types))] |
				 (below(8) ? 0 : VIRTIO_NET_HDR_GSO_ECN);
	vnet->gso_size = f->gso ? (below(8) ? 1 + below(3000) : rnd()) : 0;
	vnet->hdr_len = below(3) ? l3 + 40 : below(200);
	if (!below(3))
		return;
	vnet->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	vnet->csum_start = l3 + 20;
	vnet->csum_offset = 16;
	switch (below(6)) {
	case 0:
		vnet->csum_start = below(l3);
		break;
	case 1:
		vnet->csum_start = below(f->len + 1);
		vnet->csum_offset = below(64);
		break;
	case 2:
		vnet->csum_start = below(l3);
		vnet->csum_offset = below(64);
		break;
	}
}

static void fill_frame(struct frame *f, bool gso)
{
	size_t at = 12, i;

	f->gso = gso && below(2);
	f->len = 14 + below(f->gso ? (below(8) ? 9000 : FRAME_MAX - 14) :
				     (below(2) ? 60 : PLAIN_MAX - 14));
	for (i = 0; i < 128; i++)
		f->data[i] = rnd();
	fill_addresses(f->data);
	at += fill_tags(f->data + at);
	if (below(4)) {
		memcpy(f->data + at, tcp_ip, sizeof(tcp_ip));
		f->data[at + 4] = (f->len - at - 2) >> 8;
		f->data[at + 5] = f->len - at - 2;
	}
	fill_vnet(f, at + 2);
	if (!below(8))
		f->data[12 + below(80)] = rnd();
}

/* As a device that receives does: is it the switch's? */
static bool for_switch(const struct frame *f)
{
	__u16 type = f->data[12] << 8 | f->data[13];

	if ((type == ETH_P_8021Q || type == ETH_P_8021AD) && f->len < 20)
		return false;
	return memcmp(f->data, "\x01\x80\xc2\0\0", 5) || f->data[5] > 15;
}

static int open_packet(const char *name)
{
	struct sockaddr_ll sll = {
		.sll_family = AF_PACKET,
		.sll_ifindex = if_nametoindex(name),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1, bypass = below(2);

	if (fd < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &bypass,
		       sizeof(bypass)) ||
	    bind(fd, (struct sockaddr *)&sll, sizeof(sll)))
		die("packet socket at %s: %s", name, strerror(errno));
	return fd;
}

/* Sends frames, and returns how many were taken that a switch is to get. */
static __u64 send_frames(int fd, bool gso, bool received, int parts)
{
	static struct frame f;
	struct iovec iov[MAX_PARTS + 1];
	__u64 taken = 0;
	size_t at, len;
	int n, i;

	for (n = 0; n < FRAMES; n++) {
		fill_frame(&f, gso);
		iov[0].iov_base = &f.vnet;
		iov[0].iov_len = sizeof(f.vnet);
		for (i = 1, at = 0; at < f.len && i <= parts; i++, at += len) {
			len = i == parts ? f.len - at : f.len / parts + 1;
			if (len > f.len - at)
				len = f.len - at;
			iov[i].iov_base = f.data + at;
			iov[i].iov_len = len;
		}
		if (writev(fd, iov, i) > 0)
			taken += !received || for_switch(&f);
	}
	return taken;
}

/* Waits for what a backlog or NAPI has not polled yet, by the counter of the
 * port where it is to come in: on a busy host a softirq may take its time.
 */
static void settle(const struct port *in)
{
	int same = 0;
	__u64 rx;

	read_changes();
	while (same < 5) {
		rx = in->change.rx;
		usleep(10000);
		read_changes();
		same = in->change.rx == rx ? same + 1 : 0;
	}
}

/* From packet sockets, at what is a port, or at the peer of one. */
static int packets_at(const char *name, struct port *in, bool host,
		      long end_ms)
{
	bool peer = strcmp(name, in->name), gso;
	__u64 sent;
	int fd, round = 0, bad = 0;

	set_up(&rig.ports[0], host);
	while (go_on(end_ms, &round)) {
		gso = below(2);
		set_sink(&rig.ports[1], FF_MODE_TAKE,
			 below(2) ? FF_CAN_ALL : below(FF_CAN_ALL));
		fd = open_packet(name);
		start_round();
		sent = send_frames(fd, gso, false, 1);
		if (peer)
			settle(in);
		bad += check_user_round(in, sent, !gso && !peer, !gso);
		close(fd);
	}
	return bad;
}

int run_packet(long end_ms)
{
	long third = (end_ms - now_ms()) / 3;
	int bad = 0;

	rig_make(below(2));
	rig_add_sinks(1);
	bad += packets_at(rig.ports[0].name, &rig.ports[0], true,
			  end_ms - 2 * third);
	rig_add_internal("i0");
	bad += packets_at("i0", &rig.ports[2], false, end_ms - third);
	set_up(&rig.ports[2], false);
	run_ip("link add v0 type veth peer name v0p\nlink set v0p up\n");
	rig_add("v0");
	bad += packets_at("v0p", &rig.ports[3], false, end_ms);
	rig_remove();
	return bad;
}

int open_tap(const char *name, int flags)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI | flags };
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr))
		die("tap %s: %s", name, strerror(errno));
	return fd;
}

/* GRO makes one frame of many, so that they cannot be counted. */
static void set_gro(const char *name, bool on)
{
	struct ethtool_value set = { .cmd = ETHTOOL_SGRO, .data = on };
	struct ifreq ifr = { .ifr_data = (void *)&set };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if (ioctl(fd, SIOCETHTOOL, &ifr))
		die("GRO of %s: %s", name, strerror(errno));
	close(fd);
}

static int tap_of(int flags, long end_ms)
{
	bool gso, gro = (flags & IFF_NAPI) && below(2);
	int parts = flags & IFF_NAPI_FRAGS ? MAX_PARTS : 1;
	int fd, round = 0, bad = 0;
	struct port *sink, *tap;
	__u64 sent;

	rig_make(below(2));
	sink = rig_add_sinks(1);
	fd = open_tap("t0", IFF_VNET_HDR | flags);
	set_gro("t0", gro);
	tap = rig_add("t0");
	while (go_on(end_ms, &round)) {
		set_sink(sink, FF_MODE_TAKE,
			 below(2) ? FF_CAN_ALL : below(FF_CAN_ALL));
		start_round();
		gso = below(2);
		sent = send_frames(fd, gso, true, 1 + below(parts));
		if (flags & IFF_NAPI)
			settle(tap);
		bad += check_user_round(tap, sent, !gro, !gso && !gro);
	}
	rig.n_ports--;
	rig_remove();
	close(fd);
	return bad;
}

int run_tap(long end_ms)
{
	long third = (end_ms - now_ms()) / 3;

	return tap_of(0, end_ms - 2 * third) +
	       tap_of(IFF_NAPI, end_ms - third) +
	       tap_of(IFF_NAPI | IFF_NAPI_FRAGS, end_ms);
}
