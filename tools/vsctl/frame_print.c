// SPDX-License-Identifier: GPL-2.0
/*
 * Frames as they are shown: their bytes, and what is in them in the words of a
 * rule's match, so that what was seen can be given to 'vsctl trace' and 'vsctl
 * rule add'.
 */
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "match.h"
#include "out.h"
#include "parse.h"
#include "vsctl.h"

/* Bytes in a line. */
#define LINE_BYTES	16

#define TAG_LEN		4
#define TYPE_IPV4	0x0800
#define TYPE_ARP	0x0806
#define TYPE_TAG	0x8100
#define TYPE_IPV6	0x86dd

/* IANA: Assigned Internet Protocol Numbers. */
#define PROTO_ICMP	1
#define PROTO_TCP	6
#define PROTO_UDP	17
#define PROTO_ICMP6	58
#define PROTO_SCTP	132

/**
 * struct reader - a frame that is being read
 * @p: what is still to be read
 * @len: bytes of it
 * @m: where to put what is read
 */
struct reader {
	const uint8_t *p;
	size_t len;
	struct match *m;
};

static uint16_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static void skip(struct reader *r, size_t len)
{
	r->p += len;
	r->len -= len;
}

static struct match_value *add(struct match *m, uint16_t attr, size_t len)
{
	struct match_value *val = &m->values[m->n++];

	memset(val, 0, sizeof(*val));
	val->attr = attr;
	val->len = len;
	return val;
}

static void add_number(struct match *m, uint16_t attr, uint32_t number)
{
	struct vsw_range range = { number, number };

	memcpy(add(m, attr, sizeof(range))->data, &range, sizeof(range));
}

/* An address, and a mask of all its bits. */
static void add_address(struct match *m, uint16_t attr, const uint8_t *from,
			size_t len)
{
	struct match_value *val = add(m, attr, 2 * len);

	memcpy(val->data, from, len);
	memset(val->data + len, 0xff, len);
}

/* RFC 9293, 3.1: those that a rule can name. */
static void add_flags(struct match *m, uint16_t flags)
{
	uint32_t val[2] = { flags & 0x1ff, flags & 0x1ff };

	if (val[0])
		memcpy(add(m, VSW_A_MATCH_TCP_FLAGS, sizeof(val))->data, val,
		       sizeof(val));
}

static void read_l4(struct reader *r, uint8_t proto)
{
	add_number(r->m, VSW_A_MATCH_PROTO, proto);
	switch (proto) {
	case PROTO_TCP:
	case PROTO_UDP:
	case PROTO_SCTP:
		if (r->len < 4)
			break;
		add_number(r->m, VSW_A_MATCH_SPORT, get16(r->p));
		add_number(r->m, VSW_A_MATCH_DPORT, get16(r->p + 2));
		if (proto == PROTO_TCP && r->len >= 14)
			add_flags(r->m, get16(r->p + 12));
		break;
	case PROTO_ICMP:
	case PROTO_ICMP6:
		if (r->len < 2)
			break;
		add_number(r->m, VSW_A_MATCH_ICMP_TYPE, r->p[0]);
		add_number(r->m, VSW_A_MATCH_ICMP_CODE, r->p[1]);
		break;
	}
}

/* RFC 791, 3.1 */
static bool read_ipv4(struct reader *r)
{
	size_t head = r->len ? 4 * (r->p[0] & 15) : 0;
	uint16_t frag;
	uint8_t proto;

	if (r->len < 20 || r->p[0] >> 4 != 4 || head < 20)
		return false;
	add_address(r->m, VSW_A_MATCH_IPV4_SRC, r->p + 12, 4);
	add_address(r->m, VSW_A_MATCH_IPV4_DST, r->p + 16, 4);
	frag = get16(r->p + 6) & 0x3fff;
	proto = r->p[9];
	if (frag)
		add_number(r->m, VSW_A_MATCH_FRAG, frag & 0x1fff ?
			   VSW_FRAG_LATER : VSW_FRAG_FIRST);
	skip(r, head < r->len ? head : r->len);
	if (frag & 0x1fff)
		add_number(r->m, VSW_A_MATCH_PROTO, proto);
	else
		read_l4(r, proto);
	return true;
}

/* RFC 8200, 3; what is behind extension headers is too far in. */
static bool read_ipv6(struct reader *r)
{
	uint8_t proto;

	if (r->len < 40 || r->p[0] >> 4 != 6)
		return false;
	add_address(r->m, VSW_A_MATCH_IPV6_SRC, r->p + 8, 16);
	add_address(r->m, VSW_A_MATCH_IPV6_DST, r->p + 24, 16);
	proto = r->p[6];
	skip(r, 40);
	read_l4(r, proto);
	return true;
}

/* RFC 826, for IPv4 over Ethernet */
static void read_arp(struct reader *r)
{
	static const uint8_t head[] = { 0, 1, 8, 0, 6, 4 };

	if (r->len < 28 || memcmp(r->p, head, sizeof(head)))
		return;
	add_number(r->m, VSW_A_MATCH_ARP_OP, get16(r->p + 6));
	add_address(r->m, VSW_A_MATCH_ARP_SENDER_IP, r->p + 14, 4);
	add_address(r->m, VSW_A_MATCH_ARP_TARGET_IP, r->p + 24, 4);
}

/* Up to two tags, of which the first may be known already. */
static void read_tags(struct reader *r, bool has_vlan)
{
	uint16_t vid;
	int n;

	for (n = has_vlan; n < 2; n++) {
		if (r->len < TAG_LEN + 2 || get16(r->p) != TYPE_TAG)
			break;
		vid = get16(r->p + 2) & 0x0fff;
		add_number(r->m, n ? VSW_A_MATCH_INNER_VID : VSW_A_MATCH_VID,
			   vid);
		skip(r, TAG_LEN);
	}
}

/**
 * frame_to_match - read a frame
 * @data: the frame from its Ethernet header on, or its first bytes
 * @len: how many
 * @vid: the VLAN it is in, if its tag is not in it; 0: none
 * @m: set to what it has, one value for each field
 */
void frame_to_match(const uint8_t *data, size_t len, uint16_t vid,
		    struct match *m)
{
	struct reader r = { data, len, m };
	bool known = false;
	uint16_t type;

	m->n = 0;
	if (vid)
		add_number(m, VSW_A_MATCH_VID, vid);
	if (len < VSW_TRACE_FRAME_MIN)
		return;
	add_address(m, VSW_A_MATCH_MAC_DST, data, MAC_LEN);
	add_address(m, VSW_A_MATCH_MAC_SRC, data + MAC_LEN, MAC_LEN);
	skip(&r, 2 * MAC_LEN);
	read_tags(&r, vid);
	type = get16(r.p);
	skip(&r, 2);
	if (type == TYPE_IPV4)
		known = read_ipv4(&r);
	else if (type == TYPE_IPV6)
		known = read_ipv6(&r);
	/* An address of IP says the type. */
	if (!known)
		add_number(m, VSW_A_MATCH_ETHERTYPE, type);
	if (type == TYPE_ARP)
		read_arp(&r);
}

/**
 * frame_print_bytes - write the bytes of a frame
 * @o: where to; in text, lines of their own
 * @data: the bytes
 * @len: how many, at most a frame that is traced, and a tag
 */
void frame_print_bytes(struct out *o, const uint8_t *data, size_t len)
{
	char hex[2 * FRAME_SHOWN_MAX + 1], text[3 * LINE_BYTES + 1];
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", data[i]);
	if (o->json) {
		hex[2 * len] = '\0';
		out_str(o, OUT_PLAIN, "frame", NULL, hex);
		return;
	}
	for (i = 0; i < len; i++) {
		snprintf(text + i % LINE_BYTES * 3, 4, "%02x ", data[i]);
		if (i % LINE_BYTES != LINE_BYTES - 1 && i != len - 1)
			continue;
		text[i % LINE_BYTES * 3 + 2] = '\0';
		out_line(o, 4);
		out_word(o, OUT_PLAIN, text);
	}
}
