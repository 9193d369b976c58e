// SPDX-License-Identifier: GPL-2.0
/* The writer: one description, text and JSON. */
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "tap.h"

static struct vsctl v;

static const char *safe(const char *s)
{
	static char buf[64];

	out_safe(buf, sizeof(buf), s);
	return buf;
}

static void escapes(void)
{
	char small[6];

	tap_str(safe("tap1"), "tap1", "plain text");
	tap_str(safe("a\033[31m\n\x7f"), "a\\x1b[31m\\x0a\\x7f",
		"control characters");
	tap_str(safe("a\\b"), "a\\\\b", "backslash");
	tap_str(safe("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"),
		"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "UTF-8");
	tap_str(safe("\xff\xc3"), "\\xff\\xc3", "not UTF-8, and cut off");
	tap_str(safe("\xc0\xaf\xed\xa0\x80"), "\\xc0\\xaf\\xed\\xa0\\x80",
		"overlong, and a surrogate");
	tap_str(safe("\xe0\x80\xaf\xf0\x80\x80\xaf"),
		"\\xe0\\x80\\xaf\\xf0\\x80\\x80\\xaf", "overlong, longer");
	tap_str(safe("\xf4\x90\x80\x80\xf8"), "\\xf4\\x90\\x80\\x80\\xf8",
		"beyond Unicode");
	tap_str(safe("\xc2\x9b"), "\\xc2\\x9b", "C1 control character");
	out_safe(small, sizeof(small), "abcdefgh");
	tap_str(small, "abcde", "what does not fit is left off");
	out_safe(small, sizeof(small), "abc\n");
	tap_str(small, "abc", "no part of an escape");
}

static void write_all(struct out *o)
{
	const struct out_col cols[] = {
		{ "n", "count", 7 }, { "m", "more", 18446744073709551615ULL },
	};

	out_list_begin(o);
	out_object_begin(o, NULL);
	out_title(o, "name", "a\"\\\033\xff");
	out_width(o, 3, "ab");
	out_num(o, "idx", OUT_JSON_ONLY, 3);
	out_str(o, OUT_MAC, "s", "label", "x<\xc3\xa4");
	out_bool(o, "b", "flag", true, "on", "off");
	out_num(o, "used", "fdb", 1);
	out_num_after(o, "limit", "/", 2);
	out_msec(o, "age", "age", 12045);
	out_updown(o, "up", false);
	out_array_begin(o, "list");
	out_object_begin(o, NULL);
	out_num(o, "first", OUT_JSON_ONLY, 1);
	out_object_end(o);
	out_array_end(o);
	out_table(o, "T:", cols, 2);
	out_object_end(o);
	out_object_begin(o, NULL);
	out_object_end(o);
	out_list_end(o);
}

static void both(void)
{
	struct out o;

	tap_out(&o, false, false, false);
	write_all(&o);
	tap_str(tap_out_text(&o),
		"a\"\\\\\\x1b\\xff:  label x<\xc3\xa4 flag on fdb 1/2 age 12.045 down\n"
		"    T:         count       more\n"
		"                   7 18446744073709551615\n", "text");
	tap_out(&o, true, false, true);
	write_all(&o);
	tap_str(tap_out_text(&o),
		"[{\"name\":\"a\\\"\\\\\\u001b\\u00ff\",\"idx\":3,\"s\":\"x<\xc3\xa4\",\"b\":true,\"used\":1,\"limit\":2,\"age\":12045,\"up\":false,\"list\":[{\"first\":1}],\"n\":7,\"m\":18446744073709551615},{}]\n",
		"JSON, without colours");
	tap_out(&o, true, true, false);
	out_list_begin(&o);
	out_object_begin(&o, NULL);
	out_num(&o, "a", NULL, 1);
	out_array_begin(&o, "b");
	out_array_end(&o);
	out_object_end(&o);
	out_list_end(&o);
	tap_str(tap_out_text(&o),
		"[\n    {\n        \"a\": 1,\n        \"b\": []\n    }\n]\n",
		"pretty JSON");
	tap_out(&o, false, false, true);
	out_object_begin(&o, NULL);
	out_title(&o, "name", "a");
	out_updown(&o, "up", true);
	out_object_end(&o);
	tap_str(tap_out_text(&o),
		"\033[36ma:\033[0m \033[32mup\033[0m\n", "colours");
	tap_out(&o, true, false, false);
	out_list_begin(&o);
	out_list_end(&o);
	tap_str(tap_out_text(&o), "[]\n", "nothing is an empty array");
}

static const struct nl_switch sw = {
	.ifindex = 4, .name = "vsw0", .vlan_aware = 1, .ageing = 300,
	.fdb_limit = 131072, .fdb_count = 14, .fdb_learned = 12,
	.fdb_refused = 3, .port_count = 5,
};

static const char *print(bool json, bool port_too)
{
	static struct nl_port port = {
		.has = UINT32_MAX, .ifindex = 5, .name = "tap1",
		.sw = 4, .type = VSW_PORT_TYPE_NETDEV,
		.vlan_mode = VSW_VLAN_MODE_TRUNK, .pvid = 1, .up = 1,
		.policy = VSW_POLICY_DROP, .rules = "web",
		.stats = { 0, 1, 2, 3, 4, 5 },
	};

	parse_vlans("10,20,100-199", port.vlans);
	names_learn(4, "vsw0");
	tap_out(&v.out, json, false, false);
	out_object_begin(&v.out, NULL);
	if (port_too)
		port_print(&v, &port);
	else
		switch_print(&v, &sw);
	out_object_end(&v.out);
	return tap_out_text(&v.out);
}

static void objects(void)
{
	tap_str(print(false, false),
		"vsw0: vlan-aware on ageing 300 fdb 12/131072 ports 5\n",
		"a switch");
	tap_str(print(false, true),
		"tap1:     switch vsw0   type netdev   up   vlan trunk 10,20,100-199 native 1 rules web policy drop\n",
		"a port");
	tap_str(print(true, true),
		"{\"name\":\"tap1\",\"ifindex\":5,\"switch\":\"vsw0\",\"switch-ifindex\":4,\"type\":\"netdev\",\"up\":true,\"vlan-mode\":\"trunk\",\"vlans\":[{\"first\":10,\"last\":10},{\"first\":20,\"last\":20},{\"first\":100,\"last\":199}],\"pvid\":1,\"rules\":\"web\",\"policy\":\"drop\"}\n",
		"a port in JSON");
	v.details = true;
	v.stats = true;
	tap_str(print(false, false),
		"vsw0: ifindex 4 vlan-aware on ageing 300 fdb 12/131072 ports 5\n"
		"    FDB:       entries    refused\n"
		"                    14          3\n",
		"a switch with all of it");
	tap_str(strstr(print(true, true), ",\"pvid\""),
		",\"pvid\":1,\"rules\":\"web\",\"policy\":\"drop\",\"stats\":{\"rx-bytes\":2,\"rx-packets\":1,\"drops\":5,\"tx-bytes\":4,\"tx-packets\":3}}\n",
		"a port's counters");
	v.details = false;
	v.stats = false;
}

static const char *print_fdb(struct nl_fdb fdb, bool json)
{
	tap_out(&v.out, json, false, false);
	out_object_begin(&v.out, NULL);
	fdb_print(&v, &fdb);
	out_object_end(&v.out);
	return tap_out_text(&v.out);
}

static void entries(void)
{
	struct nl_fdb fdb = {
		.has = UINT32_MAX, .sw = 4, .port = 5, .vid = 10,
		.mac = { 2, 0, 0, 0, 0, 9 }, .type = VSW_FDB_TYPE_STATIC,
	};

	names_learn(5, "tap1");
	tap_str(print_fdb(fdb, false),
		"02:00:00:00:00:09 vlan 10   port tap1     switch vsw0   static\n",
		"an entry");
	tap_str(print_fdb(fdb, true),
		"{\"mac\":\"02:00:00:00:00:09\",\"vid\":10,\"port\":\"tap1\",\"port-ifindex\":5,\"switch\":\"vsw0\",\"switch-ifindex\":4,\"type\":\"static\"}\n",
		"an entry in JSON");
	fdb.vid = 0;
	fdb.type = 9;
	fdb.port = 2147483647;
	tap_str(print_fdb(fdb, false),
		"02:00:00:00:00:09           port if2147483647 switch vsw0   9\n",
		"unknown device, unknown type, no VLAN");
}

/* What a monitor remembers of devices has an end. */
static void many_names(void)
{
	char name[IF_NAMESIZE];
	unsigned int i;

	for (i = 1 << 30; i < (1 << 30) + 70000; i++) {
		snprintf(name, sizeof(name), "d%u", i);
		names_learn(i, name);
	}
	tap_str(names_name(i - 1), name, "a name learned last");
	tap_str(names_name(1 << 30), "if1073741824", "... and long ago");
}

static const char *fold(const char *text, bool json)
{
	tap_out(&v.out, json, false, false);
	out_object_begin(&v.out, NULL);
	out_word(&v.out, OUT_PLAIN, "x");
	out_folded(&v.out, "t", 60, text);
	out_object_end(&v.out);
	return tap_out_text(&v.out);
}

#define PAD60	"                                                            "

static void folded(void)
{
	tap_str(fold("a b", false), "x\n" PAD60 "a b\n", "a short text");
	tap_str(fold("aaaa bbbb cccc ddddd", false),
		"x\n" PAD60 "aaaa bbbb cccc ddddd\n", "to the last column");
	tap_str(fold("aaaa bbbb cccc dddddd", false),
		"x\n" PAD60 "aaaa bbbb cccc\n" PAD60 "dddddd\n",
		"beyond it");
	tap_str(fold("aaaa bbbb 'cccc ddddd'.", false),
		"x\n" PAD60 "aaaa bbbb\n" PAD60 "'cccc ddddd'.\n",
		"a command stays whole");
	tap_str(fold("the host's own, its ports' too", false),
		"x\n" PAD60 "the host's own, its\n" PAD60 "ports' too\n",
		"what is no quotation mark");
	tap_str(fold("'bbbb cccc dddd eeee ffff'", false),
		"x\n" PAD60 "'bbbb cccc dddd eeee\n" PAD60 "ffff'\n",
		"a command that is too long");
	tap_str(fold("aaaaaaaaaaaaaaaaaaaaaaaaa b", false),
		"x\n" PAD60 "aaaaaaaaaaaaaaaaaaaaaaaaa\n" PAD60 "b\n",
		"a word that is too long");
	tap_str(fold("", false), "x\n", "no text");
	tap_str(fold("aaaa bbbb cccc dddddd", true),
		"{\"t\":\"aaaa bbbb cccc dddddd\"}\n", "JSON is not folded");
}

int main(void)
{
	escapes();
	folded();
	many_names();
	both();
	objects();
	entries();
	names_forget(&v);
	return tap_done();
}
