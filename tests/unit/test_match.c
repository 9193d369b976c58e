// SPDX-License-Identifier: GPL-2.0
/* What a rule matches: words to values and back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match.h"
#include "parse.h"
#include "tap.h"

#define WORDS	32

static struct vsctl v;
static struct match m;

/* Returns what match_parse() does; the words must stay. */
static int parse(char *line, int *left)
{
	static char *argv[WORDS];
	struct words w = { argv, 0 };
	int rc;

	for (argv[w.argc] = strtok(line, " "); argv[w.argc];
	     argv[w.argc] = strtok(NULL, " "))
		w.argc++;
	tap_stderr();
	rc = match_parse(&v, &w, &m);
	*left = w.argc;
	return rc;
}

/* Words, and as what they are shown; NULL: as they are. */
static const char *const good[][2] = {
	{ "port lo", NULL },
	{ "mark 0x10/0xf0", NULL },
	{ "mark 5", "mark 0x5" },
	{ "vlan 10,20-30", NULL }, { "inner-vlan 0", NULL },
	{ "vlan not 10,11", NULL }, { "vlan 1,2 vlan 3", "vlan 1,2,3" },
	{ "vlan 1 vlan not 2", "vlan 1 vlan not 2" },
	{ "mac src 02:00:00:00:00:01", NULL },
	{ "mac src 02:00:00:00:00:01 dst not 02:00:00:00:00:02", NULL },
	{ "mac dst 01:00:00:00:00:00/01:00:00:00:00:00", NULL },
	{ "mac dst ff:ff:ff:ff:ff:ff/01:00:00:00:00:00",
	  "mac dst 01:00:00:00:00:00/01:00:00:00:00:00" },
	{ "type ip", NULL }, { "type 0x800", "type ip" },
	{ "type arp", "arp" }, { "type 2055", NULL },
	{ "arp", NULL }, { "arp op request", NULL }, { "arp op 3", NULL },
	{ "arp sender-ip not 10.0.0.1 target-mac 02:00:00:00:00:01", NULL },
	{ "ip src 10.0.0.0/8", NULL },
	{ "ip src 10.1.2.3/8", "ip src 10.0.0.0/8" },
	{ "ip src 10.0.0.1/32", "ip src 10.0.0.1" },
	{ "ip src 0.0.0.0/0", NULL },
	{ "ip src 10.0.0.1/255.0.0.255", NULL },
	{ "ip src 10.0.0.1 dst 10.0.0.2 ttl 1-5", NULL },
	{ "ip src 2001:db8::/32 dst not 2001:db8::1", NULL },
	{ "ip src 2001:DB8:0::1/128", "ip src 2001:db8::1" },
	{ "ip dscp 46 ecn 0-1 frag later", NULL },
	{ "ip frag 1", "ip frag first" },
	{ "ip proto tcp", "tcp" }, { "ip proto 89", NULL },
	{ "ip proto tcp,udp dport 53", NULL }, { "tcp", NULL },
	{ "tcp dport 80,443", NULL }, { "udp sport 1-65535", NULL },
	{ "tcp ip dst 10.0.0.1 dport 80", "ip dst 10.0.0.1 tcp dport 80" },
	{ "tcp dport 80 tcp sport 1", "tcp sport 1 dport 80" },
	{ "tcp tcp-flags +syn-ack", NULL },
	{ "tcp-flags +syn+0x200", "tcp-flags +syn+0x200-0" },
	{ "icmp type 8 code 0", NULL }, { "icmp6 type 135", NULL },
	{ "icmp", NULL }, { "nd target fe80::1", "icmp6 nd target fe80::1" },
	{ "nd", "icmp6 type 133-137" },
	{ "nd icmp6 type 135", "icmp6 type 135" },
	{ "icmp6 type not 137 nd", "icmp6 type 133-137 type not 137" },
	{ "vlan 5 nd", "vlan 5 icmp6 type 133-137" },
	{ "dport 80 sport not 1", "sport not 1 dport 80" },
	{ "ip src @web", NULL }, { "ip dst @web,@db tcp dport 80", NULL },
	{ "ip src not @a dst @b", NULL },
	{ "ip src 10.0.0.0/8 src not @a", NULL },
	{ "ip src not 10.0.0.1,@a", "ip src not 10.0.0.1 src not @a" },
	{ "arp sender-ip @web", NULL }, { "arp target-ip not @web", NULL },
	{ "nd target @web", "icmp6 nd target @web" },
	{ "ip src @0123456789012345678901234567890", NULL },
	{ "vlan 1 action drop", "vlan 1" },
};

/* Words, and what is said of them. */
static const char *const bad[][2] = {
	{ "action", "what must match is missing" },
	{ "vlan", "must be followed by a number" },
	{ "vlan not", "must be followed by" },
	{ "vlan 4096", "expected a number" },
	{ "vlan 2-1", "expected a number" }, { "vlan 1,", "expected a number" },
	{ "vlan ,1", "expected a number" }, { "vlan 1-", "expected a number" },
	{ "vlan -1", "expected a number" }, { "vlan 0x", "expected a number" },
	{ "vlan 0x-1", "expected a number" },
	{ "vlan 1-2-3", "expected a number" },
	{ "type ipx", "expected a number" },
	{ "ip frag 3", "expected a number" },
	{ "ip src 10.0.0.256", "expected an IP address" },
	{ "ip src 10.0.0.1/33", "expected an IP address" },
	{ "ip src ::1/129", "expected an IP address" },
	{ "ip src 10.0.0.1/", "expected an IP address" },
	{ "ip src 10.0.0.1/ff::", "expected an IP address" },
	{ "arp sender-ip ::1", "expected an IPv4 address" },
	{ "nd target 10.0.0.1", "expected an IPv6 address" },
	{ "mac src 02:00:00:00:00", "expected a MAC address" },
	{ "mac src 02:00:00:00:00:01/8", "expected a MAC address" },
	{ "tcp tcp-flags syn", "expected flags" },
	{ "tcp tcp-flags +", "expected flags" },
	{ "tcp tcp-flags +nonsense", "expected flags" },
	{ "mark 0x100000000", "expected a number" },
	{ "port no-such-dev", "no-such-dev" },
	{ "ip src @", "expected a set of addresses as @NAME" },
	{ "ip src @01234567890123456789012345678901",
	  "expected a set of addresses as @NAME" },
	{ "ip src 10.0.0.1,@web", "not of both" },
	{ "ip src @web,10.0.0.1", "not of both" },
	{ "ip dscp @web", "expected a number" },
	{ "mac src @web", "expected a MAC address" },
};

static void show(const char *words, const char *want)
{
	char *line = strdup(words);
	struct out o;
	int left, rc;

	rc = parse(line, &left);
	tap_stderr_text();
	tap_ok(!rc, "\"%s\" is taken", words);
	tap_out(&o, false, false, false);
	match_print(&o, &m);
	tap_str(tap_out_text(&o), want ? want : words, "\"%s\" is shown",
		words);
	free(line);
}

static void refuse(const char *words, const char *why)
{
	char *line = strdup(words);
	const char *text;
	int left, rc;

	rc = parse(line, &left);
	text = tap_stderr_text();
	tap_ok(rc && strstr(text, why), "\"%s\" is refused: %s", words, text);
	free(line);
}

/* Bytes as the kernel has them. */
static void bytes(void)
{
	static const __u8 want[] = { 10, 0, 0, 0, 255, 0, 0, 0 };
	char line[] = "ip src 10.1.0.0/8 tcp dport not 80-81 action drop";
	struct vsw_range range;
	int left, rc;

	rc = parse(line, &left);
	tap_stderr_text();
	tap_ok(!rc && left == 2 && m.n == 3, "three values, two words left");
	tap_ok(m.values[0].attr == VSW_A_MATCH_IPV4_SRC &&
	       !m.values[0].except && m.values[0].len == 8 &&
	       !memcmp(m.values[0].data, want, sizeof(want)),
	       "address and mask, in network order");
	memcpy(&range, m.values[1].data, sizeof(range));
	tap_ok(m.values[1].attr == VSW_A_MATCH_PROTO && range.min == 6 &&
	       range.max == 6, "what tcp says");
	memcpy(&range, m.values[2].data, sizeof(range));
	tap_ok(m.values[2].attr == VSW_A_MATCH_DPORT && m.values[2].except &&
	       range.min == 80 && range.max == 81, "a range that is excepted");
}

/* One value more than there is room for. */
static void too_many(void)
{
	char line[8 * MATCH_VALUES_MAX] = "vlan 1", again[sizeof(line)];
	unsigned int i;
	int left, rc;

	for (i = 1; i < MATCH_VALUES_MAX; i++)
		strcat(line, ",2");
	snprintf(again, sizeof(again), "%s", line);
	rc = parse(line, &left);
	tap_stderr_text();
	tap_ok(!rc, "as many values as there may be");
	strcat(again, ",2");
	rc = parse(again, &left);
	tap_ok(rc && strstr(tap_stderr_text(), "more than 256 values"),
	       "one more is refused");
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		show(good[i][0], good[i][1]);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		refuse(bad[i][0], bad[i][1]);
	bytes();
	too_many();
	return tap_done();
}
