// SPDX-License-Identifier: GPL-2.0
/*
 * Fields, as both sides call them, and the values that frames have.
 */
#include <arpa/inet.h>

#include "peer.h"

#define MAC(last)	{ 0, 0x020000000000ULL | (last) }
#define IP(last)	{ 0, 0x0a000000ULL | (last) }

const struct universe macs_src = { 5, {
	MAC(1), MAC(2), MAC(3), MAC(4), MAC(0x101),
} };

/* Nobody has these, so that both flood. */
const struct universe macs_dst = { 6, {
	MAC(0xf01), MAC(0xf02), MAC(0xf03),
	{ 0, 0x01005e000001ULL }, { 0, 0x333300000001ULL },
	{ 0, 0xffffffffffffULL },
} };

const struct universe vids = { 5, {
	{ 0, 1 }, { 0, 2 }, { 0, 5 }, { 0, 10 }, { 0, 4094 },
} };

static const struct universe inner_vids = { 5, {
	{ 0, 0 }, { 0, 1 }, { 0, 2 }, { 0, 5 }, { 0, 10 },
} };

const struct universe types = { 4, {
	{ 0, 0x0800 }, { 0, 0x0806 }, { 0, 0x86dd }, { 0, 0x88b5 },
} };

const struct universe ops = { 3, { { 0, 1 }, { 0, 2 }, { 0, 3 } } };

const struct universe ips = { 6, {
	IP(1), IP(2), IP(3), IP(9), IP(0x10001), { 0, 0xc0a80001 },
} };

const struct universe ip6s = { 6, {
	{ 0x20010db800000000ULL, 1 }, { 0x20010db800000000ULL, 2 },
	{ 0x20010db800000000ULL, 3 }, { 0x20010db800000001ULL, 1 },
	{ 0x20010db8ffff0000ULL, 0x1000000000000001ULL },
	{ 0xfe80000000000000ULL, 1 },
} };

const struct universe dscps = { 4, {
	{ 0, 0 }, { 0, 10 }, { 0, 46 }, { 0, 63 },
} };

const struct universe ecns = { 3, { { 0, 0 }, { 0, 1 }, { 0, 3 } } };

const struct universe ttls = { 4, {
	{ 0, 1 }, { 0, 2 }, { 0, 64 }, { 0, 255 },
} };

static const struct universe frags = { 3, {
	{ 0, FRAG_NONE }, { 0, FRAG_FIRST }, { 0, FRAG_LATER },
} };

const struct universe protos = { 8, {
	{ 0, 6 }, { 0, 6 }, { 0, 17 }, { 0, 17 }, { 0, 132 }, { 0, 136 },
	{ 0, 99 }, { 0, 59 },
} };

const struct universe ports = { 6, {
	{ 0, 53 }, { 0, 80 }, { 0, 443 }, { 0, 1000 }, { 0, 1023 },
	{ 0, 40000 },
} };

const struct universe flags = { 6, {
	{ 0, 0x002 }, { 0, 0x010 }, { 0, 0x012 }, { 0, 0x004 }, { 0, 0x102 },
	{ 0, 0xa11 },
} };

const struct universe icmp_types = { 4, {
	{ 0, 0 }, { 0, 8 }, { 0, 135 }, { 0, 136 },
} };

const struct universe icmp_codes = { 3, { { 0, 0 }, { 0, 1 }, { 0, 3 } } };

static const struct universe port_numbers = { PORTS, { { 0, 0 }, { 0, 1 } } };

/* As rig.c marks frames. */
static const struct universe marks = { 3, {
	{ 0, 0 }, { 0, 0x11 }, { 0, 0x32 },
} };

const struct field fields[FIELDS] = {
	[F_PORT] = { "port", "iifname", NULL, KIND_PORT, 1, 0, &port_numbers },
	[F_MARK] = { "mark", "meta mark", NULL, KIND_BITS, 32, 0, &marks },
	[F_VLAN] = { "vlan", "@ll,116,12", NULL, KIND_NUMBER, 12, 0, &vids },
	[F_INNER_VLAN] = { "inner-vlan", "@nh,4,12", NULL, KIND_NUMBER, 12, 0,
			   &inner_vids },
	[F_MAC_SRC] = { "mac src", "ether saddr", NULL, KIND_MAC, 48, 0,
			&macs_src },
	[F_MAC_DST] = { "mac dst", "ether daddr", NULL, KIND_MAC, 48, 0,
			&macs_dst },
	[F_TYPE] = { "type", NULL, NULL, KIND_NUMBER, 16, 0, &types },
	[F_ARP_OP] = { "arp op", "arp operation", NULL, KIND_NUMBER, 16,
		       NEEDS_ARP, &ops },
	[F_ARP_SENDER_IP] = { "arp sender-ip", "arp saddr ip", NULL, KIND_IPV4,
			      32, NEEDS_ARP, &ips },
	[F_ARP_TARGET_IP] = { "arp target-ip", "arp daddr ip", NULL, KIND_IPV4,
			      32, NEEDS_ARP, &ips },
	[F_ARP_SENDER_MAC] = { "arp sender-mac", "arp saddr ether", NULL,
			       KIND_MAC, 48, NEEDS_ARP, &macs_src },
	[F_ARP_TARGET_MAC] = { "arp target-mac", "arp daddr ether", NULL,
			       KIND_MAC, 48, NEEDS_ARP, &macs_src },
	[F_IPV4_SRC] = { "ip src", "ip saddr", NULL, KIND_IPV4, 32,
			 NEEDS_IP | NEEDS_IPV4, &ips },
	[F_IPV4_DST] = { "ip dst", "ip daddr", NULL, KIND_IPV4, 32,
			 NEEDS_IP | NEEDS_IPV4, &ips },
	[F_IPV6_SRC] = { "ip src", NULL, "ip6 saddr", KIND_IPV6, 128,
			 NEEDS_IP | NEEDS_IPV6, &ip6s },
	[F_IPV6_DST] = { "ip dst", NULL, "ip6 daddr", KIND_IPV6, 128,
			 NEEDS_IP | NEEDS_IPV6, &ip6s },
	[F_DSCP] = { "ip dscp", "ip dscp", "ip6 dscp", KIND_NUMBER, 6,
		     NEEDS_IP, &dscps },
	[F_ECN] = { "ip ecn", "ip ecn", "ip6 ecn", KIND_NUMBER, 2, NEEDS_IP,
		    &ecns },
	[F_TTL] = { "ip ttl", "ip ttl", "ip6 hoplimit", KIND_NUMBER, 8,
		    NEEDS_IP, &ttls },
	[F_FRAG] = { "ip frag", NULL, NULL, KIND_NUMBER, 2, NEEDS_IP, &frags },
	[F_PROTO] = { "ip proto", "ip protocol", "meta l4proto", KIND_NUMBER,
		      8, NEEDS_IP, &protos },
	[F_SPORT] = { "sport", "@th,0,16", "@th,0,16", KIND_NUMBER, 16,
		      NEEDS_IP | NEEDS_PORTS, &ports },
	[F_DPORT] = { "dport", "@th,16,16", "@th,16,16", KIND_NUMBER, 16,
		      NEEDS_IP | NEEDS_PORTS, &ports },
	[F_TCP_FLAGS] = { "tcp-flags", "@th,100,12", "@th,100,12", KIND_BITS,
			  12, NEEDS_IP | NEEDS_TCP, &flags },
	[F_ICMP_TYPE] = { "type", "@th,0,8", "@th,0,8", KIND_NUMBER, 8,
			  NEEDS_IP | NEEDS_ICMP, &icmp_types },
	[F_ICMP_CODE] = { "code", "@th,8,8", "@th,8,8", KIND_NUMBER, 8,
			  NEEDS_IP | NEEDS_ICMP, &icmp_codes },
	[F_ND_TARGET] = { "nd target", "@th,64,128", "@th,64,128", KIND_RAW,
			  128, NEEDS_IP | NEEDS_ICMP | NEEDS_ND, &ip6s },
};

struct wide some(const struct universe *u)
{
	return u->of[below(u->n)];
}

/* So many bits, all set. */
struct wide ones(unsigned int bits)
{
	struct wide w = { 0, ~0ULL };

	if (bits < 64)
		w.lo >>= 64 - bits;
	else if (bits > 64)
		w.hi = ~0ULL >> (128 - bits);
	if (!bits)
		w.lo = 0;
	return w;
}

int wide_cmp(struct wide a, struct wide b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	return a.lo == b.lo ? 0 : a.lo < b.lo ? -1 : 1;
}

static void print_mac(FILE *to, __u64 mac)
{
	int i;

	for (i = 40; i >= 0; i -= 8)
		fprintf(to, "%02x%s", (unsigned int)(mac >> i & 0xff),
			i ? ":" : "");
}

static void print_ip6(FILE *to, struct wide value)
{
	char buf[INET6_ADDRSTRLEN];
	__u8 addr[16];
	int i;

	for (i = 0; i < 8; i++) {
		addr[i] = value.hi >> (56 - 8 * i);
		addr[8 + i] = value.lo >> (56 - 8 * i);
	}
	fputs(inet_ntop(AF_INET6, addr, buf, sizeof(buf)), to);
}

/* A value as both sides write it; of KIND_RAW as nft does. */
void print_value(FILE *to, const struct field *f, struct wide value)
{
	char buf[INET_ADDRSTRLEN];
	struct in_addr addr;

	switch (f->kind) {
	case KIND_MAC:
		print_mac(to, value.lo);
		break;
	case KIND_IPV4:
		addr.s_addr = htonl(value.lo);
		fputs(inet_ntop(AF_INET, &addr, buf, sizeof(buf)), to);
		break;
	case KIND_IPV6:
		print_ip6(to, value);
		break;
	case KIND_RAW:
		fprintf(to, "0x%016llx%016llx", (unsigned long long)value.hi,
			(unsigned long long)value.lo);
		break;
	case KIND_BITS:
		fprintf(to, "0x%llx", (unsigned long long)value.lo);
		break;
	case KIND_PORT:
	case KIND_NUMBER:
		fprintf(to, "%llu", (unsigned long long)value.lo);
		break;
	}
}
