// SPDX-License-Identifier: GPL-2.0
/*
 * Making a frame of the fields of a rule's match: what is not said is as a host
 * would have it that sends to another.
 */
#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include "frame.h"
#include "match.h"
#include "vsctl.h"

/* IEEE 802.3, 3.2.7, without the check sequence. */
#define FRAME_LEN_MIN	60

/* IEEE 802, 9.2.4: for experiments. */
#define TYPE_LOCAL	0x88b5
#define TYPE_IPV4	0x0800
#define TYPE_IPV6	0x86dd
#define TYPE_ARP	0x0806
#define TYPE_TAG	0x8100

/* IANA: Assigned Internet Protocol Numbers. */
#define PROTO_ICMP	1
#define PROTO_TCP	6
#define PROTO_UDP	17
#define PROTO_FRAGMENT	44
#define PROTO_ICMP6	58
#define PROTO_SCTP	132
#define PROTO_UDPLITE	136

/* RFC 791, 3.1. */
#define MORE_FRAGMENTS	0x2000

static const uint8_t default_src[] = { 0x02, 0, 0, 0, 0, 0x01 };
static const uint8_t default_dst[] = { 0x02, 0, 0, 0, 0, 0x02 };

/**
 * struct given - what is said of a frame
 * @m: the fields
 * @used: by BIT(VSW_A_MATCH_...), those that were put into the frame
 */
struct given {
	const struct match *m;
	uint64_t used;
};

static const struct match_value *find(const struct match *m, uint16_t attr)
{
	unsigned int i;

	for (i = 0; i < m->n; i++) {
		if (m->values[i].attr == attr)
			return &m->values[i];
	}
	return NULL;
}

static bool has(const struct given *g, uint16_t attr)
{
	return find(g->m, attr);
}

static const struct match_value *use(struct given *g, uint16_t attr)
{
	g->used |= 1ULL << attr;
	return find(g->m, attr);
}

/* A number: the lower end of a range, or a value before its mask. */
static uint32_t number(struct given *g, uint16_t attr, uint32_t none)
{
	const struct match_value *val = use(g, attr);
	uint32_t n = none;

	if (val)
		memcpy(&n, val->data, sizeof(n));
	return n;
}

/* The same for an address, which is in the order of the wire. */
static const void *address(struct given *g, uint16_t attr, const void *none)
{
	const struct match_value *val = use(g, attr);

	return val ? val->data : none;
}

static void put(struct frame *f, const void *data, size_t len)
{
	memcpy(f->data + f->len, data, len);
	f->len += len;
}

static void put8(struct frame *f, uint8_t val)
{
	put(f, &val, sizeof(val));
}

static void put16(struct frame *f, uint16_t val)
{
	val = htons(val);
	put(f, &val, sizeof(val));
}

static void put32(struct frame *f, uint32_t val)
{
	val = htonl(val);
	put(f, &val, sizeof(val));
}

static void set16(struct frame *f, size_t at, uint16_t val)
{
	val = htons(val);
	memcpy(f->data + at, &val, sizeof(val));
}

/* RFC 1071 */
static uint32_t sum(const uint8_t *data, size_t len, uint32_t sum)
{
	size_t i;

	for (i = 0; i < len; i++)
		sum += i % 2 ? data[i] : data[i] << 8;
	return sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static uint32_t type_of(struct given *g)
{
	static const struct {
		uint16_t attr;
		uint32_t type;
	} told[] = {
		{ VSW_A_MATCH_IPV4_SRC, TYPE_IPV4 },
		{ VSW_A_MATCH_IPV4_DST, TYPE_IPV4 },
		{ VSW_A_MATCH_IPV6_SRC, TYPE_IPV6 },
		{ VSW_A_MATCH_IPV6_DST, TYPE_IPV6 },
		{ VSW_A_MATCH_ND_TARGET, TYPE_IPV6 },
		{ VSW_A_MATCH_PROTO, TYPE_IPV4 },
		{ VSW_A_MATCH_DSCP, TYPE_IPV4 },
		{ VSW_A_MATCH_ECN, TYPE_IPV4 },
		{ VSW_A_MATCH_TTL, TYPE_IPV4 },
		{ VSW_A_MATCH_FRAG, TYPE_IPV4 },
		{ VSW_A_MATCH_SPORT, TYPE_IPV4 },
		{ VSW_A_MATCH_DPORT, TYPE_IPV4 },
		{ VSW_A_MATCH_TCP_FLAGS, TYPE_IPV4 },
	};
	unsigned int i;

	if (has(g, VSW_A_MATCH_ETHERTYPE))
		return number(g, VSW_A_MATCH_ETHERTYPE, 0);
	if (number(g, VSW_A_MATCH_PROTO, 0) == PROTO_ICMP6)
		return TYPE_IPV6;
	for (i = 0; i < ARRAY_SIZE(told); i++) {
		if (has(g, told[i].attr))
			return told[i].type;
	}
	return TYPE_LOCAL;
}

/* Of IP, if that is not said. */
static uint8_t proto_of(struct given *g)
{
	uint8_t proto = PROTO_UDP;

	if (has(g, VSW_A_MATCH_TCP_FLAGS))
		proto = PROTO_TCP;
	else if (has(g, VSW_A_MATCH_ND_TARGET))
		proto = PROTO_ICMP6;
	return number(g, VSW_A_MATCH_PROTO, proto);
}

/* RFC 9293, 3.1 */
static void put_tcp(struct frame *f, struct given *g)
{
	put16(f, number(g, VSW_A_MATCH_SPORT, 40000));
	put16(f, number(g, VSW_A_MATCH_DPORT, 80));
	put32(f, 1);
	put32(f, 0);
	put16(f, 5 << 12 | number(g, VSW_A_MATCH_TCP_FLAGS, 0x002));
	put16(f, 65535);
	put32(f, 0);
}

/* RFC 768, RFC 3828, and RFC 9260, 3.1, whose checksum is left 0 */
static void put_ports(struct frame *f, struct given *g, uint8_t proto)
{
	put16(f, number(g, VSW_A_MATCH_SPORT, 40000));
	put16(f, number(g, VSW_A_MATCH_DPORT, 80));
	if (proto != PROTO_SCTP) {
		put16(f, 8);
		put16(f, 0);
	} else {
		put32(f, 0);
		put32(f, 0);
	}
}

/* RFC 792 and RFC 4443, 4.1; of neighbour discovery RFC 4861, 4.3 */
static void put_icmp(struct frame *f, struct given *g, uint8_t proto)
{
	const void *target = address(g, VSW_A_MATCH_ND_TARGET, NULL);
	uint32_t type = proto == PROTO_ICMP ? 8 : 128;

	put8(f, number(g, VSW_A_MATCH_ICMP_TYPE, target ? 135 : type));
	put8(f, number(g, VSW_A_MATCH_ICMP_CODE, 0));
	put16(f, 0);
	put32(f, 0);
	if (target)
		put(f, target, 16);
}

/* Where each protocol has its checksum; 0: nowhere that is filled in. */
static size_t checksum_at(uint8_t proto)
{
	switch (proto) {
	case PROTO_TCP:
		return 16;
	case PROTO_UDP:
	case PROTO_UDPLITE:
		return 6;
	case PROTO_ICMP:
	case PROTO_ICMP6:
		return 2;
	}
	return 0;
}

/* @pseudo: sum of the addresses */
static void put_l4(struct frame *f, struct given *g, uint8_t proto,
		   uint32_t pseudo)
{
	size_t at = f->len, checksum = checksum_at(proto);
	uint16_t val;

	if (proto == PROTO_TCP)
		put_tcp(f, g);
	else if (proto == PROTO_UDP || proto == PROTO_UDPLITE ||
		 proto == PROTO_SCTP)
		put_ports(f, g, proto);
	else if (proto == PROTO_ICMP || proto == PROTO_ICMP6)
		put_icmp(f, g, proto);
	if (!checksum)
		return;
	pseudo = proto == PROTO_ICMP ? 0 : pseudo + proto + f->len - at;
	val = fold(sum(f->data + at, f->len - at, pseudo));
	set16(f, at + checksum, val ?: 0xffff);
}

static uint8_t tos_of(struct given *g)
{
	return number(g, VSW_A_MATCH_DSCP, 0) << 2 |
	       number(g, VSW_A_MATCH_ECN, 0);
}

/* RFC 791, 3.1; a later fragment begins at byte 1,480, and has nothing of the
 * header behind.
 */
static void put_ipv4(struct frame *f, struct given *g)
{
	static const uint8_t src[] = { 192, 0, 2, 1 }, dst[] = { 192, 0, 2, 2 };
	uint8_t proto = proto_of(g);
	uint32_t frag = number(g, VSW_A_MATCH_FRAG, VSW_FRAG_NONE);
	size_t at = f->len;

	put8(f, 0x45);
	put8(f, tos_of(g));
	put32(f, 0);
	put16(f, frag == VSW_FRAG_LATER ? 1480 / 8 :
		 frag == VSW_FRAG_FIRST ? MORE_FRAGMENTS : 0);
	put8(f, number(g, VSW_A_MATCH_TTL, 64));
	put8(f, proto);
	put16(f, 0);
	put(f, address(g, VSW_A_MATCH_IPV4_SRC, src), sizeof(src));
	put(f, address(g, VSW_A_MATCH_IPV4_DST, dst), sizeof(dst));
	if (frag != VSW_FRAG_LATER)
		put_l4(f, g, proto, sum(f->data + at + 12, 8, 0));
	set16(f, at + 2, f->len - at);
	set16(f, at + 10, fold(sum(f->data + at, 20, 0)));
}

/* RFC 8200, 3 and 4.5 */
static void put_ipv6(struct frame *f, struct given *g)
{
	static const uint8_t src[] = { 0x20, 1, 0x0d, 0xb8, [15] = 1 };
	static const uint8_t dst[] = { 0x20, 1, 0x0d, 0xb8, [15] = 2 };
	uint8_t proto = proto_of(g);
	uint32_t frag = number(g, VSW_A_MATCH_FRAG, VSW_FRAG_NONE);
	size_t at = f->len;

	put32(f, 6u << 28 | (uint32_t)tos_of(g) << 20);
	put16(f, 0);
	put8(f, frag == VSW_FRAG_NONE ? proto : PROTO_FRAGMENT);
	put8(f, number(g, VSW_A_MATCH_TTL,
		       has(g, VSW_A_MATCH_ND_TARGET) ? 255 : 64));
	put(f, address(g, VSW_A_MATCH_IPV6_SRC, src), sizeof(src));
	put(f, address(g, VSW_A_MATCH_IPV6_DST, dst), sizeof(dst));
	if (frag != VSW_FRAG_NONE) {
		put8(f, proto);
		put8(f, 0);
		put16(f, frag == VSW_FRAG_LATER ? 1448 : 1);
		put32(f, 1);
	}
	if (frag != VSW_FRAG_LATER)
		put_l4(f, g, proto, sum(f->data + at + 8, 32, 0));
	set16(f, at + 4, f->len - at - 40);
}

/* RFC 826 */
static void put_arp(struct frame *f, struct given *g, const uint8_t *src)
{
	static const uint8_t sender[] = { 192, 0, 2, 1 };
	static const uint8_t target[] = { 192, 0, 2, 2 };
	static const uint8_t nobody[6];

	put16(f, 1);
	put16(f, TYPE_IPV4);
	put8(f, 6);
	put8(f, 4);
	put16(f, number(g, VSW_A_MATCH_ARP_OP, 1));
	put(f, address(g, VSW_A_MATCH_ARP_SENDER_MAC, src), 6);
	put(f, address(g, VSW_A_MATCH_ARP_SENDER_IP, sender), 4);
	put(f, address(g, VSW_A_MATCH_ARP_TARGET_MAC, nobody), 6);
	put(f, address(g, VSW_A_MATCH_ARP_TARGET_IP, target), 4);
}

/* A frame has one value of each field. */
static int check(struct vsctl *v, const struct match *m)
{
	const struct match_value *val;
	unsigned int i;

	for (i = 0; i < m->n; i++) {
		val = &m->values[i];
		if (val->except)
			return err_usage(v,
					 "a frame has a value, it cannot be without one: 'not'");
		if (find(m, val->attr) != val &&
		    (find(m, val->attr)->len != val->len ||
		     memcmp(find(m, val->attr)->data, val->data, val->len)))
			return err_usage(v,
					 "a frame has one value of each field: \"%s\" is one more",
					 val->word ?: "it");
		if (!match_is_one(val))
			return err_usage(v,
					 "a frame has one value of each field: \"%s\" is many",
					 val->word ?: "it");
	}
	if (find(m, VSW_A_MATCH_PORT))
		return err_usage(v,
				 "the port at which the frame comes in stands before it");
	return 0;
}

/* What was said of it has to be in it. */
static int check_used(struct vsctl *v, const struct given *g)
{
	unsigned int i;

	for (i = 0; i < g->m->n; i++) {
		if (!(g->used & 1ULL << g->m->values[i].attr))
			return err_usage(v,
					 "such a frame has no \"%s\"",
					 match_name(&g->m->values[i]));
	}
	return 0;
}

/* An inner tag has one before it, if only for its priority. */
static void put_tags(struct frame *f, struct given *g)
{
	bool inner = has(g, VSW_A_MATCH_INNER_VID);

	if (inner || has(g, VSW_A_MATCH_VID)) {
		put16(f, TYPE_TAG);
		put16(f, number(g, VSW_A_MATCH_VID, 0));
	}
	if (inner) {
		put16(f, TYPE_TAG);
		put16(f, number(g, VSW_A_MATCH_INNER_VID, 0));
	}
}

/**
 * frame_from_match - make a frame of a match
 * @v: the run
 * @m: the match, one value for each field
 * @f: set to the frame
 *
 * Return: 0, or an exit code after a message
 */
int frame_from_match(struct vsctl *v, const struct match *m, struct frame *f)
{
	struct given g = { .m = m };
	uint32_t type = type_of(&g);
	const uint8_t *src;
	int rc = check(v, m);

	if (rc)
		return rc;
	f->len = 0;
	f->mark = number(&g, VSW_A_MATCH_MARK, 0);
	put(f, address(&g, VSW_A_MATCH_MAC_DST, default_dst), 6);
	src = address(&g, VSW_A_MATCH_MAC_SRC, default_src);
	put(f, src, 6);
	put_tags(f, &g);
	put16(f, type);
	if (type == TYPE_IPV4)
		put_ipv4(f, &g);
	else if (type == TYPE_IPV6)
		put_ipv6(f, &g);
	else if (type == TYPE_ARP)
		put_arp(f, &g, src);
	if (f->len < FRAME_LEN_MIN) {
		memset(f->data + f->len, 0, FRAME_LEN_MIN - f->len);
		f->len = FRAME_LEN_MIN;
	}
	return check_used(v, &g);
}
