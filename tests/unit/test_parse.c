// SPDX-License-Identifier: GPL-2.0
/* Words to values and back. */
#include <string.h>

#include "parse.h"
#include "tap.h"

static void numbers(void)
{
	static const struct {
		const char *word;
		bool good;
		__u32 val;
	} cases[] = {
		{ "1", true, 1 }, { "4294967295", true, 4294967295U },
		{ "300", true, 300 }, { "", false, 0 }, { "0", false, 0 },
		{ "-1", false, 0 }, { "+1", false, 0 }, { " 1", false, 0 },
		{ "1 ", false, 0 }, { "01", false, 0 }, { "0x10", false, 0 },
		{ "1.5", false, 0 }, { "1e3", false, 0 }, { "1s", false, 0 },
		{ "4294967296", false, 0 },
		{ "18446744073709551617", false, 0 },
		{ "99999999999999999999999999999", false, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		__u32 val = 0;
		bool good = parse_number(cases[i].word, 1, UINT32_MAX, &val);

		tap_ok(good == cases[i].good && val == cases[i].val,
		       "number '%s'", cases[i].word);
	}
}

static void bounds(void)
{
	__u32 n = 0;
	__u16 vid;

	tap_ok(parse_number("0", 0, 5, &n) && !n, "0 where it is allowed");
	tap_ok(parse_number("5", 2, 5, &n) && n == 5, "the most");
	tap_ok(parse_number("2", 2, 5, &n) && n == 2, "the least");
	tap_ok(!parse_number("6", 2, 5, &n), "above the most");
	tap_ok(!parse_number("1", 2, 5, &n), "below the least");
	tap_ok(parse_vid("1", &vid) && vid == 1, "VLAN 1");
	tap_ok(parse_vid("4094", &vid) && vid == 4094, "VLAN 4094");
	tap_ok(!parse_vid("0", &vid), "no VLAN 0");
	tap_ok(!parse_vid("4095", &vid), "no VLAN 4095");
	tap_ok(!parse_vid("65537", &vid), "no VLAN 65537");
	tap_ok(parse_ageing("1", &n), "ageing 1");
	tap_ok(parse_ageing("1000000", &n), "ageing 1000000");
	tap_ok(!parse_ageing("0", &n), "no ageing 0");
	tap_ok(!parse_ageing("1000001", &n), "no ageing 1000001");
	tap_ok(parse_fdb_limit("4194304", &n), "fdb-limit 4194304");
	tap_ok(!parse_fdb_limit("4194305", &n), "no fdb-limit 4194305");
	tap_ok(!parse_fdb_limit("0", &n), "no fdb-limit 0");
}

static void vlan_lists(void)
{
	/* word, and what it is written as; NULL: no list */
	static const char *const cases[][2] = {
		{ "10", "10" }, { "10,20,100-199", "10,20,100-199" },
		{ "199,100-198,20,10", "10,20,100-199" }, { "5-5", "5" },
		{ "1-4094", "all" }, { "all", "all" },
		{ "none", "none" }, { "none,1", NULL }, { "1,2", "1-2" },
		{ "1-10,5-15", "1-15" }, { "7,7", "7" },
		{ "4094", "4094" }, { "1-4093", "1-4093" },
		{ "7,8,9,15,16,17", "7-9,15-17" },
		{ "", NULL }, { ",", NULL }, { "10,", NULL }, { ",10", NULL },
		{ "10,,20", NULL }, { "20-10", NULL }, { "0", NULL },
		{ "4095", NULL }, { "1-4095", NULL }, { "-5", NULL },
		{ "5-", NULL }, { "1-2-3", NULL }, { "10 20", NULL },
		{ "10, 20", NULL }, { "ALL", NULL }, { "all,1", NULL },
		{ "a", NULL }, { "1-b", NULL }, { "010", NULL },
	};
	char buf[VLANS_STRLEN];
	__u8 vlans[VSW_VLANS_LEN];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		if (!parse_vlans(cases[i][0], vlans)) {
			tap_ok(!cases[i][1], "VLANs '%s'", cases[i][0]);
			continue;
		}
		format_vlans(vlans, buf);
		if (!cases[i][1])
			tap_ok(false, "VLANs '%s'", cases[i][0]);
		else
			tap_str(buf, cases[i][1], "VLANs '%s'", cases[i][0]);
	}
}

/* The bits are where the kernel looks for them, and any set can be written. */
static void vlan_sets(void)
{
	__u8 vlans[VSW_VLANS_LEN];
	char buf[VLANS_STRLEN];
	unsigned int i;

	tap_ok(parse_vlans("10", vlans) && vlans[1] == 1 << 2,
	       "VLAN 10 is bit 2 of byte 1");
	memset(vlans, 0, sizeof(vlans));
	format_vlans(vlans, buf);
	tap_str(buf, "none", "no VLANs");
	memset(vlans, 0xff, sizeof(vlans));
	format_vlans(vlans, buf);
	tap_str(buf, "0-4095", "reserved VLANs, too");
	memset(vlans, 0, sizeof(vlans));
	for (i = 0; i < VSW_VLANS_LEN * 8; i++) {
		if (i % 3)
			vlans[i / 8] |= 1 << i % 8;
	}
	format_vlans(vlans, buf);
	tap_ok(strlen(buf) < sizeof(buf), "the longest list has room");
	memset(vlans, 0x55, sizeof(vlans));
	format_vlans(vlans, buf);
	tap_ok(strlen(buf) < sizeof(buf), "every second VLAN has room");
}

static void macs(void)
{
	static const struct {
		const char *word;
		bool good;
	} cases[] = {
		{ "02:00:00:00:00:09", true }, { "ff:FF:aA:Bb:0c:D0", true },
		{ "", false }, { "02", false }, { "02:00:00:00:00", false },
		{ "02:00:00:00:00:", false }, { "02:00:00:00:00:9", false },
		{ "02:00:00:00:00:099", false },
		{ "02:00:00:00:00:09:", false },
		{ "02:00:00:00:00:09:0a", false },
		{ "02-00-00-00-00-09", false },
		{ "0200.0000.0009", false }, { "02:00:00:00:00:0g", false },
		{ " 2:00:00:00:00:09", false }, { "02:00:00:00:00: 9", false },
		{ "02:00:00:00:00:09 ", false }, { "+2:00:00:00:00:09", false },
	};
	char buf[MAC_STRLEN];
	__u8 mac[MAC_LEN];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		tap_ok(parse_mac(cases[i].word, mac) == cases[i].good,
		       "MAC '%s'", cases[i].word);
	tap_ok(parse_mac("ff:FF:aA:Bb:0c:D0", mac), "MAC in capitals");
	format_mac(mac, buf);
	tap_str(buf, "ff:ff:aa:bb:0c:d0", "MAC written");
}

static void names(void)
{
	const char *to;
	__u8 on;
	__u32 type;

	tap_ok(parse_dev("a23456789012345", &to), "name of 15 characters");
	tap_ok(!parse_dev("a234567890123456", &to), "no name of 16");
	tap_ok(!parse_dev("", &to), "no empty name");
	tap_ok(!parse_dev(".", &to) && !parse_dev("..", &to), "no dots");
	tap_ok(!parse_dev("a/b", &to), "no slash in a name");
	tap_ok(!parse_dev("a:b", &to), "no colon in a name");
	tap_ok(!parse_dev("a b", &to), "no space in a name");
	tap_ok(!parse_dev("a\nb", &to), "no line end in a name");
	tap_ok(parse_dev("\xc3\xa4#", &to), "other characters in a name");
	tap_ok(parse_onoff("on", &on) && on, "on");
	tap_ok(parse_onoff("off", &on) && !on, "off");
	tap_ok(!parse_onoff("o", &on) && !parse_onoff("On", &on) &&
	       !parse_onoff("1", &on), "neither on nor off");
	tap_ok(parse_port_type("netdev", &type) &&
	       type == VSW_PORT_TYPE_NETDEV, "type netdev");
	tap_ok(parse_port_type("internal", &type) &&
	       type == VSW_PORT_TYPE_INTERNAL, "type internal");
	tap_ok(!parse_port_type("host", &type) && !parse_port_type("", &type),
	       "no other type");
}

int main(void)
{
	numbers();
	bounds();
	vlan_lists();
	vlan_sets();
	macs();
	names();
	return tap_done();
}
