// SPDX-License-Identifier: GPL-2.0
/*
 * Random frames, out of the values that rules ask for.
 */
#include <string.h>

#include "peer.h"

/* Extension headers of RFC 8200, but for fragments. */
static const struct universe ext_headers = { 3, {
	{ 0, 0 }, { 0, 43 }, { 0, 60 },
} };

#define NEXT_FRAGMENT	44
#define EXT_HEADERS	7	/* besides one of a fragment */
#define ICMP_LEN	24	/* as long as has a target */
#define ETH_MIN		60

static void put(struct frame *f, __u64 value, unsigned int bytes)
{
	while (bytes--)
		f->data[f->len++] = value >> 8 * bytes;
}

static void put_ip6(struct frame *f, struct wide value)
{
	put(f, value.hi, 8);
	put(f, value.lo, 8);
}

static void put_some(struct frame *f, const struct universe *u,
		     unsigned int bytes)
{
	put(f, some(u).lo, bytes);
}

static void put_zeroes(struct frame *f, unsigned int bytes)
{
	while (bytes--)
		put(f, 0, 1);
}

static void set16(struct frame *f, unsigned int at, unsigned int value)
{
	f->data[at] = value >> 8;
	f->data[at + 1] = value;
}

static void put_l4(struct frame *f, unsigned int proto)
{
	switch (proto) {
	case 1:
	case 58:
		put_some(f, &icmp_types, 1);
		put_some(f, &icmp_codes, 1);
		put_zeroes(f, 6);
		put_ip6(f, some(&ip6s));
		break;
	case 6:
		put_some(f, &ports, 2);
		put_some(f, &ports, 2);
		put_zeroes(f, 8);
		put(f, 0x5000 | some(&flags).lo, 2);
		put_zeroes(f, 6);
		break;
	case 17:
	case 132:
	case 136:
		put_some(f, &ports, 2);
		put_some(f, &ports, 2);
		put_zeroes(f, 8);
		break;
	default:
		put(f, below(1 << 30), 4);
	}
}

static unsigned int some_proto(unsigned int icmp)
{
	/* That of the other version means the same in the wrong one. */
	if (below(12) == 0)
		return icmp == 1 ? 58 : 1;
	return below(3) ? some(&protos).lo : icmp;
}

/* Each of these returns false if it cut off what it made: to fill that up again
 * would make something else of it.
 */

static bool put_ip4(struct frame *f)
{
	static const unsigned int frags[] = {
		0, 0, 0x4000, 0x2000, 0x2001, 1, 0x1fff, 0x4000,
	};
	unsigned int options = below(4) ? 0 : below(11);
	unsigned int at = f->len, proto = some_proto(1);
	bool is_whole = below(8);

	put(f, 0x45 + options, 1);
	if (!below(40))
		f->data[at] = below(2) ? 0x65 : 0x44;
	put(f, some(&dscps).lo << 2 | some(&ecns).lo, 1);
	put(f, 0, 2);
	put(f, below(1 << 16), 2);
	put(f, frags[below(ARRAY_SIZE(frags))], 2);
	put_some(f, &ttls, 1);
	put(f, proto, 1);
	put(f, 0, 2);
	put_some(f, &ips, 4);
	put_some(f, &ips, 4);
	put_zeroes(f, 4 * options);
	put_l4(f, proto);
	if (!is_whole)
		f->len = at + below(f->len - at);
	if (f->len >= at + 4)
		set16(f, at + 2, f->len - at);
	return is_whole;
}

/* An extension header, of 8 or 16 bytes. */
static void put_ext(struct frame *f, unsigned int kind, unsigned int next)
{
	unsigned int more = below(2);

	put(f, next, 1);
	if (kind == NEXT_FRAGMENT) {
		static const unsigned int frags[] = { 0, 1, 8, 9, 0xfff8 };

		put(f, 0, 1);
		put(f, frags[below(ARRAY_SIZE(frags))], 2);
		put(f, below(1 << 30), 4);
		return;
	}
	put(f, more, 1);
	put_zeroes(f, 6 + 8 * more);
}

static bool is_later(const struct frame *f, unsigned int at)
{
	return f->data[at + 2] || f->data[at + 3] & 0xf8;
}

/* Headers, each of which names the next. Returns where what it carries begins.
 */
static unsigned int put_exts(struct frame *f, unsigned int proto)
{
	unsigned int kinds[EXT_HEADERS + 2], n = 0, i, fragment, at;

	fragment = below(2) ? below(EXT_HEADERS) : EXT_HEADERS;
	if (below(2)) {
		n = below(below(4) ? 3 : EXT_HEADERS + 1);
		for (i = 0; i < n; i++)
			kinds[i] = some(&ext_headers).lo;
	}
	if (below(3) == 0)
		kinds[n++] = NEXT_FRAGMENT;
	if (n > 1 && fragment < n - 1 && kinds[n - 1] == NEXT_FRAGMENT) {
		kinds[n - 1] = kinds[fragment];
		kinds[fragment] = NEXT_FRAGMENT;
	}
	kinds[n] = proto;
	put(f, kinds[0], 1);
	put_some(f, &ttls, 1);
	put_ip6(f, some(&ip6s));
	put_ip6(f, some(&ip6s));
	for (i = 0; i < n; i++) {
		at = f->len;
		put_ext(f, kinds[i], kinds[i + 1]);
		/* Such a header in a later fragment is left out: see main.c. */
		if (kinds[i] == NEXT_FRAGMENT && is_later(f, at)) {
			f->data[at] = proto;
			break;
		}
	}
	return f->len;
}

static bool put_ipv6(struct frame *f)
{
	unsigned int at = f->len, proto = some_proto(58), behind;
	bool is_whole = below(8);

	put(f, (below(40) ? 6ULL : 4ULL) << 28 |
	       some(&dscps).lo << 22 | some(&ecns).lo << 20 |
	       below(1 << 20), 4);
	put(f, 0, 2);
	behind = put_exts(f, proto);
	put_l4(f, proto);
	if (!is_whole) {
		f->len = behind + below(f->len - behind);
		if (!below(4))
			f->len = at + below(40);
	}
	if (f->len >= at + 40)
		set16(f, at + 4, f->len - at - 40);
	return is_whole;
}

static bool put_arp(struct frame *f)
{
	unsigned int at = f->len;
	bool is_whole = below(12);

	put(f, below(20) ? 1 : 6, 2);
	put(f, below(40) ? 0x0800 : 0x0806, 2);
	put(f, below(40) ? 6 : 8, 1);
	put(f, below(40) ? 4 : 6, 1);
	put_some(f, &ops, 2);
	put_some(f, &macs_src, 6);
	put_some(f, &ips, 4);
	put_some(f, &macs_src, 6);
	put_some(f, &ips, 4);
	if (!is_whole)
		f->len = at + below(28);
	return is_whole;
}

static void put_tag(struct frame *f, unsigned int type)
{
	put(f, type, 2);
	put(f, below(8) << 13 | below(2) << 12 |
	       (below(6) ? some(&vids).lo : 0), 2);
}

static bool put_payload(struct frame *f, unsigned int type)
{
	switch (type) {
	case 0x0800:
		return put_ip4(f);
	case 0x86dd:
		return put_ipv6(f);
	case 0x0806:
		return put_arp(f);
	}
	put(f, below(1 << 16), 2);
	return true;
}

static void make_one(struct frame *f, bool is_tags)
{
	unsigned int i, n, type;

	f->len = 0;
	f->port = below(PORTS);
	put_some(f, &macs_dst, 6);
	put_some(f, &macs_src, 6);
	n = is_tags ? below(4) : 0;
	if (n || below(2))
		put_tag(f, 0x8100);
	for (i = 0; i < n; i++)
		put_tag(f, below(2) ? 0x8100 : 0x88a8);
	type = below(8) ? some(&types).lo : 0x0800;
	put(f, type, 2);
	if (!put_payload(f, type) || below(2))
		return;
	while (f->len < ETH_MIN)
		put(f, 0, 1);
}

void frames_make(struct frames *frames, bool is_tags)
{
	unsigned int i;

	frames->n = FRAMES_MAX;
	memset(frames->passed, 0, sizeof(frames->passed));
	for (i = 0; i < frames->n; i++)
		make_one(&frames->of[i], is_tags);
}
