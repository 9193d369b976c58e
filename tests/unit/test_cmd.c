// SPDX-License-Identifier: GPL-2.0
/* Whole commands, from their words to requests and from answers to output. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"
#include "nl.h"
#include "parse.h"
#include "tap.h"

#define WORDS	32
/* To be traced. */
#define FRAME	"02000000000202000000000188b5"

static struct vsctl v;
static int status;

static void close_all(void)
{
	nl_free(v.nl);
	nl_free(v.route);
	names_forget(&v);
	v = (struct vsctl){};
	fake = (struct fake){};
}

/* Do a command with options, as letters. */
static const char *run(const char *options, const char *command)
{
	char line[256], *argv[WORDS];
	struct words w = { argv, 0 };
	const char *why;

	v.stats = strchr(options, 's');
	v.details = strchr(options, 'd');
	tap_out(&v.out, strchr(options, 'j'), strchr(options, 'p'),
		strchr(options, 'c') && !strchr(options, 'j'));
	snprintf(line, sizeof(line), "%s", command);
	w.argc = batch_split(line, argv, WORDS, &why);
	*fake.log = '\0';
	status = vsctl_dispatch(&v, &w, NULL);
	return tap_out_text(&v.out);
}

/* Whether a command says the same with some options as with others. */
static bool same(const char *options, const char *others, const char *command)
{
	char *out = strdup(run(options, command));
	bool is_same = !strcmp(out, run(others, command));

	free(out);
	return is_same;
}

/* Whether output has some text in it. */
static void has(const char *out, const char *text, const char *name)
{
	tap_ok(strstr(out, text), "%s", name);
}

/* What is asked of the module: command number, attributes. */
static void requests(void)
{
	static const char *const cases[][2] = {
		{ "port add vsw0 tap1", "9 3=4 1=5\n" },
		{ "port add vsw0 int0 type internal vlan access 10",
		  "9 3=4 2=69..00(5) 4=2 5=00..00(4) 6=10\n" },
		{ "port add vsw0 tap1 rules web policy drop vlan access 10",
		  "9 3=4 1=5 5=00..00(4) 6=10 11=6448503 10=1\n" },
		{ "port add vsw0 tap1 policy switch rules none",
		  "9 3=4 1=5 11=0 10=2\n" },
		{ "port set vsw1 vlan access 10", "10 1=8 5=00..00(4) 6=10\n" },
		{ "port set vsw1 switch vsw0 vlan access 10",
		  "10 1=8 3=4 5=00..00(4) 6=10\n" },
		{ "port set vsw1 vlan trunk 8-15 native 5 switch vsw0",
		  "10 1=8 3=4 5=1 6=5 7=00..00(512)\n" },
		{ "port del vsw1", "11 1=8\n" },
		{ "port del vsw1 switch vsw0", "11 1=8 3=4\n" },
		{ "port show vsw1", "8 1=8\n" },
		{ "port show vsw1 switch vsw0", "8 1=8 3=4\n" },
		{ "port show switch vsw0 vsw1", "8 1=8 3=4\n" },
		{ "port show switch vsw0", "8* 3=4\n" },
		{ "port show", "8*\n" },
		{ "fdb add 02:00:00:00:00:09 port tap1",
		  "16 2=5 3=02..09(6)\n" },
		{ "fdb add 02:00:00:00:00:09 port vsw1 switch vsw0 vlan 7",
		  "16 1=4 2=8 4=7 3=02..09(6)\n" },
		{ "fdb set 02:00:00:00:00:09 switch vsw0 port vsw1",
		  "17 1=4 2=8 3=02..09(6)\n" },
		{ "fdb del 02:00:00:00:00:09 switch vsw0",
		  "18 1=4 3=02..09(6)\n" },
		{ "fdb show vsw0 port vsw1 vlan 7", "15* 1=4 2=8 4=7\n" },
		{ "fdb flush vsw0 port vsw1", "19 1=4 2=8\n" },
		{ "drops show vsw0 port vsw1", "23* 1=4 2=8\n" },
		{ "set add web-1", "43 1=77..00(6)\n" },
		{ "set add web-1 ip 10.0.0.1,2001:db8::/32",
		  "43 1=77..00(6) 2=0c..00(48)\n" },
		{ "set del web-1 ip 10.0.0.0/8",
		  "44 1=77..00(6) 2=0c..00(12)\n" },
		{ "set del web-1", "44 1=77..00(6)\n" },
		{ "set flush web-1", "45 1=77..00(6)\n" },
		{ "set show", "42*\n" },
		{ "set show web-1", "42* 1=77..00(6)\n" },
		{ "police add vsw0 web-1 rate 10mbit burst 9999 pps 7 pburst 8",
		  "36 1=4 2=77..00(6) 4=80..00(8) 5=9999 6=7 7=8\n" },
		{ "police set vsw0 web-1 pps 7", "37 1=4 2=77..00(6) 6=7\n" },
		{ "police del vsw0 web-1", "38 1=4 2=77..00(6)\n" },
		{ "police show vsw0", "35* 1=4\n" },
		{ "switch del vsw0", "4 1=4\n" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		run("", cases[i][0]);
		tap_str(fake.log, cases[i][1], "asks: %s", cases[i][0]);
		tap_ok(!status, "... and is done");
	}
}

static void show_switches(void)
{
	tap_str(run("", "switch show vsw0"),
		"vsw0: vlan-aware on ageing 300 fdb 10/1000 ports 4\n",
		"switch show");
	tap_str(run("s", "switch show vsw0"),
		"vsw0: vlan-aware on ageing 300 fdb 10/1000 ports 4\n"
		"    FDB:       entries    refused\n"
		"                    12          3\n", "-s switch show");
	tap_str(run("d", "switch show vsw0"),
		"vsw0: ifindex 4 vlan-aware on ageing 300 fdb 10/1000 ports 4\n",
		"-d switch show");
	tap_str(run("c", "switch show vsw0"),
		"\033[36mvsw0:\033[0m vlan-aware on ageing 300 fdb 10/1000 ports 4\n",
		"-c switch show");
	tap_str(run("j", "switch show vsw0"),
		"[{\"name\":\"vsw0\",\"ifindex\":4,\"vlan-aware\":true,\"ageing\":300,\"fdb-learned\":10,\"fdb-limit\":1000,\"port-count\":4}]\n",
		"-j switch show");
	tap_ok(strstr(run("js", "switch show vsw0"),
		      ",\"fdb-count\":12,\"fdb-refused\":3}]\n"),
	       "-j -s switch show");
	tap_ok(strstr(run("jp", "switch show vsw0"),
		      "[\n    {\n        \"name\": \"vsw0\",\n"),
	       "-j -p switch show");
	tap_ok(strstr(run("", "switch show"), "\nvsw1: "), "all switches");
}

static void show_ports(void)
{
	tap_str(run("", "port show tap1"),
		"tap1:     switch vsw0   type netdev   up   vlan access 10\n",
		"port show");
	tap_ok(strstr(run("s", "port show tap1"), "\n    RX:"),
	       "-s port show");
	tap_str(run("d", "port show tap1"),
		"tap1:     ifindex 5 switch vsw0   ifindex 4 type netdev   up   vlan access 10\n",
		"-d port show");
	tap_str(run("c", "port show tap1"),
		"\033[36mtap1:\033[0m     switch \033[36mvsw0\033[0m   type netdev   \033[32mup\033[0m   vlan access 10\n",
		"-c port show");
	tap_ok(strstr(run("js", "port show tap1"), "\"stats\":{"),
	       "-j -s port show");
	tap_ok(strstr(run("", "port show vsw1 switch vsw0"), "type netdev"),
	       "one of a device's two ports");
	tap_ok(strstr(run("", "port show vsw1 switch vsw1"), "type host"),
	       "... and the other");
}

static void show_entries(void)
{
	const char *out;

	tap_str(run("", "fdb show"),
		"02:00:00:00:00:09 vlan 10   port tap1     switch vsw0   static\n"
		"02:00:00:00:00:0a vlan 10   port tap1     switch vsw0   learned\n",
		"fdb show");
	tap_str(run("", "fdb show 02:00:00:00:00:09"),
		"02:00:00:00:00:09 vlan 10   port tap1     switch vsw0   static\n",
		"fdb show MAC");
	tap_ok(strstr(run("s", "fdb show"), "learned age 1.500\n"),
	       "-s fdb show");
	out = run("d", "fdb show");
	tap_ok(strstr(out, "learned age 1.500\n") && strstr(out, "ifindex 5"),
	       "-d fdb show");
	tap_ok(strstr(run("c", "fdb show"),
		      "\033[33m02:00:00:00:00:09\033[0m vlan 10"),
	       "-c fdb show");
	tap_ok(strstr(run("jd", "fdb show"), "\"age\":1500}"),
	       "-j -d fdb show");
	tap_ok(!strstr(run("j", "fdb show"), "\"age\""), "-j fdb show");
}

static void show_policers(void)
{
	tap_str(run("", "police show"),
		"dns: switch vsw0 rate 1500kbit burst 131072\n"
		"web: switch vsw0 rate 1500kbit burst 131072 pps 1000 pburst 128\n",
		"police show");
	tap_str(run("s", "police show"),
		"dns: switch vsw0 rate 1500kbit burst 131072 rules 2\n"
		"    Passed:          bytes    packets\n"
		"                       720         12\n"
		"    Dropped:         bytes    packets\n"
		"                       180          3\n"
		"web: switch vsw0 rate 1500kbit burst 131072 pps 1000 pburst 128 rules 2\n"
		"    Passed:          bytes    packets\n"
		"                       720         12\n"
		"    Dropped:         bytes    packets\n"
		"                       180          3\n",
		"-s police show");
	has(run("j", "police show"),
	    "{\"name\":\"dns\",\"switch\":\"vsw0\",\"rate\":1500000,\"burst\":131072,\"rules\":2,\"passed-bytes\":720,\"passed-packets\":12,\"dropped-bytes\":180,\"dropped-packets\":3}",
	    "-j police show");
}

static void show_sets(void)
{
	tap_str(run("", "set show"),
		"none\n"
		"web ip 10.0.0.1,10.0.0.2,2001:db8::/32\n"
		"web ip 10.0.0.3,2001:db8::/32\n",
		"set show");
	tap_str(run("s", "set show"),
		"none addresses 4 rules 1\n"
		"web ip 10.0.0.1,10.0.0.2,2001:db8::/32 addresses 4 rules 1\n"
		"web ip 10.0.0.3,2001:db8::/32 addresses 4 rules 1\n",
		"-s set show");
	tap_str(run("j", "set show"),
		"[{\"name\":\"none\",\"addresses\":4,\"rules\":1,\"ip\":[]},{\"name\":\"web\",\"addresses\":4,\"rules\":1,\"ip\":[\"10.0.0.1\",\"10.0.0.2\",\"2001:db8::/32\",\"10.0.0.3\",\"2001:db8::/32\"]}]\n",
		"-j set show: one object for a set");
}

/* To its end, however long it is. */
static bool advises(const char *out)
{
	static const char key[] = "\"advice\":\"";
	unsigned int n = 0;
	const char *end;

	for (; (out = strstr(out, key)); n++) {
		out += strlen(key);
		end = strchr(out, '"');
		if (!end || end[-1] != '.')
			return false;
	}
	return n > 20;
}

static void show_drops(void)
{
	const char *out;

	tap_str(run("", "drops show"),
		"switch vsw0: all ports\n"
		"    vlan-untagged    3\n"
		"        An untagged frame came in at a trunk that has no native VLAN.\n"
		"    no-receiver      3\n"
		"        The destination is unknown or a group, and no other port of the VLAN is\n"
		"        up.\n"
		"        See the ports, their VLANs and whether they are up: 'vsctl port show'.\n"
		"    new-reason       3\n"
		"    201              3\n"
		"port tap1: switch vsw0\n"
		"    vlan-untagged    3\n"
		"        Send tagged, or name a native VLAN:\n"
		"        'vsctl port set tap1 vlan trunk LIST native VID'.\n"
		"port $(id): switch vsw0\n"
		"    vlan-untagged    3\n"
		"        Send tagged, or name a native VLAN:\n"
		"        'vsctl port set DEV vlan trunk LIST native VID'.\n",
		"drops show");
	tap_ok(same("s", "", "drops show"), "-s drops show");
	out = run("d", "drops show");
	tap_ok(strstr(out, "port t-red: ifindex 7 switch vsw0 ifindex 4\n") &&
	       strstr(out, "    queue-full       0\n"), "-d drops show");
	tap_ok(strstr(run("c", "drops show"), "\033[31mno-receiver\033[0m"),
	       "-c drops show");
	out = run("j", "drops show");
	has(out,
	    "{\"port\":\"tap1\",\"port-ifindex\":5,\"switch\":\"vsw0\",\"switch-ifindex\":4,\"counters\":[{\"reason\":\"vlan-untagged\",\"packets\":3,\"meaning\":\"An untagged frame came in at a trunk that has no native VLAN.\",\"advice\":\"Send tagged, or name a native VLAN: 'vsctl port set tap1 vlan trunk LIST native VID'.\"}]}",
	    "-j drops show");
	tap_ok(strstr(out, "{\"reason\":\"new-reason\",\"packets\":3}"),
	       "-j drops show: a reason that vsctl does not know");
	out = run("jd", "drops show");
	tap_ok(strstr(out, "\"queue-full\",\"packets\":0"),
	       "-j -d drops show");
	tap_ok(advises(out), "-j -d drops show: all that can be done");
}

static void show_trace(void)
{
	const char *out = run("", "trace vsw0 port tap1 hex " FRAME);

	tap_str(out, "receive: port tap1\n"
		"rule: vsw0 id 12 prio 100 match vlan 10-20 action drop\n"
		"rule: ct related id 77 gone since\n"
		"rule: none matches\n"
		"learn: the source is new, and refused: the table is full\n",
		"trace");
	tap_str(strchr(fake.log, '\n') + 1,
		"24 1=4 2=12\n24 1=4 2=77\n", "... asks for the rules");
	has(run("s", "trace vsw0 port tap1 hex " FRAME),
	    " action drop packets 5 bytes 300\n", "-s trace");
	out = run("j", "trace vsw0 port tap1 hex " FRAME);
	has(out,
	    "{\"step\":\"rule\",\"rule\":12,\"definition\":{\"switch\":\"vsw0\",\"id\":12,\"band\":0,\"prio\":100,\"match\":{",
	    "-j trace");
	has(out,
	    "{\"step\":\"rule\",\"ct\":\"related\",\"rule\":77,\"gone\":true},{\"step\":\"rule\"},{\"step\":\"learn\",\"refused\":true}",
	    "... a rule that is gone, and none");
	fake.fail = 1;
	fake.err = -EPERM;
	tap_stderr();
	out = run("", "trace vsw0 port tap1 hex " FRAME);
	tap_stderr_text();
	tap_ok(status == EXIT_REFUSED && !*out, "... that is refused");
}

static void show_events(void)
{
	const char *out;

	tap_stderr();
	run("", "monitor");
	tap_str(tap_stderr_text(),
		"vsctl: monitor: the vswitch module was unloaded\n",
		"monitor ends with the module");
	tap_ok(status == EXIT_REFUSED, "... which is exit code 1");
	tap_stderr();
	out = run("", "monitor");
	tap_ok(!strstr(out, "switch-del"), "... and shows nothing more");
	tap_ok(strstr(out, "switch-set vsw0: vlan-aware") == out &&
	       strstr(out, "\nport-new   tap1:     switch vsw0") &&
	       strstr(out, "\nfdb-del    02:00:00:00:00:0a vlan 10"),
	       "monitor");
	out = run("", "monitor config");
	tap_ok(!strstr(out, "fdb-del") && strstr(out, "port-new"),
	       "monitor config");
	out = run("", "monitor fdb");
	tap_ok(strstr(out, "fdb-del") == out, "monitor fdb");
	out = run("s", "monitor");
	tap_ok(strstr(out, "FDB:") && strstr(out, "RX:") &&
	       strstr(out, "age 1.500"), "-s monitor");
	out = run("d", "monitor");
	tap_ok(strstr(out, "tap1:     ifindex 5 ") &&
	       strstr(out, "age 1.500"), "-d monitor");
	out = run("c", "monitor");
	tap_ok(!strstr(out, "\nport-new") &&
	       strstr(out, "\033[32mport-new\033[0m   \033[36mtap1:\033[0m") &&
	       strstr(out, "\033[31mfdb-del\033[0m    \033[33m02:00"),
	       "-c monitor");
	out = run("j", "monitor");
	has(out, "{\"event\":\"switch-set\",\"name\":\"vsw0\"", "-j monitor");
	has(out, "}\n{\"event\":\"port-new\",\"name\":\"tap1\"",
	    "... with a line for each event");
	tap_ok(strstr(run("jp", "monitor"), "{\n    \"event\": \"switch-set\""),
	       "-j -p monitor");
	tap_stderr_text();
}

/* What follows the time in the line, counted from 0. */
static const char *behind_time(const char *out, unsigned int line)
{
	static char text[256];

	for (; out && line; line--) {
		out = strchr(out, '\n');
		out = out ? out + 1 : NULL;
	}
	if (!out || strspn(out, "0123456789:.") != strlen("01:02:03.123456"))
		return "no time";
	snprintf(text, sizeof(text), "%s", out + sizeof("01:02:03.123456"));
	text[strcspn(text, "\n")] = '\0';
	return text;
}

static void watch_drops(void)
{
	const char *out;

	tap_stderr();
	out = run("", "drops watch");
	tap_str(tap_stderr_text(),
		"vsctl: drops watch: the vswitch module was unloaded\n",
		"drops watch ends with the module");
	tap_str(behind_time(out, 0),
		"vsw0 in tap1 vlan-tagged vlan 10 mac src 02:00:00:00:00:01 dst 02:00:00:00:00:02 ip src 10.0.0.1 dst 10.0.0.2 udp bytes 100",
		"drops watch");
	has(out, "\n        A tagged frame came in at an access port",
	    "... says what a reason means");
	tap_str(behind_time(out, 5),
		"missed 12 drops, of all switches: there were more than are told in a second",
		"... what was not told");
	tap_str(behind_time(out, 6),
		"vsw1 in tap1 out $(id) new-reason vlan 10",
		"... a reason that vsctl does not know, and no frame");
	tap_str(behind_time(out, 8),
		"vsw0 in tap1 out t-red vlan-tagged vlan 10",
		"... and says each reason's meaning once");
	tap_stderr();
	out = run("", "drops watch vsw1");
	tap_ok(strstr(out, " vsw1 in ") && !strstr(out, " vsw0 in ") &&
	       strstr(strstr(out, "missed 12 ") + 1, "missed 12 "),
	       "drops watch of one switch, and all that was not told");
	out = run("d", "drops watch vsw0");
	has(out, " vsw0 ifindex 4 in tap1 ifindex 5 ", "-d drops watch");
	has(out, "\n    02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00\n",
	    "... has the bytes");
	out = run("j", "drops watch");
	has(out, "{\"event\":\"drop\",\"time\":\"20", "-j drops watch");
	has(out,
	    "\"switch\":\"vsw0\",\"switch-ifindex\":4,\"in\":\"tap1\",\"in-ifindex\":5,\"reason\":\"vlan-tagged\",\"match\":{\"vlan\":\"10\",",
	    "... a drop");
	has(out,
	    "\"length\":100,\"frame\":\"020000000002020000000001080045",
	    "... its bytes");
	has(out, "\"out\":\"t-red\",\"out-ifindex\":7,",
	    "... the way out");
	has(out, "Z\",\"packets\":12}\n", "... what was not told");
	tap_stderr_text();
}

static void show_graph(void)
{
	const char *out = run("j", "graph");

	tap_ok(!status, "-j graph");
	has(out, "\"port-count\":4,\"ports\":[{\"name\":\"vsw0\",",
	    "... has switches and their ports");
	has(out,
	    "\"pvid\":10,\"fdb-learned\":1,\"kind\":\"tun\"}",
	    "... a port with nothing known behind it");
	has(out,
	    "\"fdb-learned\":0,\"kind\":\"veth\",\"peer\":{\"name\":\"eth0\",\"ifindex\":2,\"netnsid\":3}}",
	    "... a peer in another namespace");
	has(out,
	    "\"pvid\":20,\"fdb-learned\":0,\"kind\":\"vswitch\",\"peer\":{\"name\":\"vsw1\",\"ifindex\":8,\"switch\":\"vsw1\"}}",
	    "... a switch behind a port");
	has(out,
	    "\"pvid\":1,\"fdb-learned\":0,\"kind\":\"vswitch\",\"peer\":{\"name\":\"vsw1\",\"ifindex\":8,\"switch\":\"vsw0\"}}",
	    "... and seen from that one");
	has(out,
	    "\"vlans\":[{\"first\":10,\"last\":11}]",
	    "... a trunk");
	tap_ok(!strstr(out, "\"stats\"") &&
	       strstr(run("js", "graph"), "\"stats\":{\"rx-bytes\":1100"),
	       "-j -s graph");
	tap_ok(strstr(run("jp", "graph"), "\"ports\": [\n            {\n"),
	       "-j -p graph");
	out = run("", "graph");
	tap_ok(strstr(out, "graph vswitch {") == out &&
	       !strstr(out, ">received<") && !strstr(out, ">ifindex<") &&
	       strstr(out, "s4:e8:e -- s8:w8:w"), "graph");
	tap_ok(same("c", "", "graph") && same("p", "", "graph"),
	       "-c and -p graph");
	tap_ok(strstr(run("s", "graph"), ">received<"), "-s graph");
	tap_ok(strstr(run("d", "graph"), ">ifindex<"), "-d graph");
}

/* Commands that change something say nothing, whatever the options. */
static void silent(void)
{
	static const char *const commands[] = {
		"switch add s", "switch set vsw0 ageing 5", "switch del vsw0",
		"port add vsw0 tap1", "port set tap1 vlan access 1",
		"port del tap1", "fdb add 02:00:00:00:00:09 port tap1",
		"fdb set 02:00:00:00:00:09 port tap1",
		"fdb del 02:00:00:00:00:09 switch vsw0", "fdb flush vsw0",
	};
	static const char options[][2] = { "j", "p", "s", "d", "c" };
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		for (j = 0; j < ARRAY_SIZE(options); j++) {
			tap_str(run(options[j], commands[i]), "", "-%s %s",
				options[j], commands[i]);
		}
	}
}

/* What the module refuses, and answers that make no sense. */
static void refusals(void)
{
	static const char *const shows[] = {
		"switch show", "port show", "fdb show", "drops show", "graph",
		"switch show vsw0", "port show tap1",
		"fdb del 02:00:00:00:00:09",
	};
	unsigned int i;

	fake = (struct fake){ .fail = 1, .err = -EINVAL, .attr = 1,
		.msg = "The device is a port of two switches: say of which" };
	tap_stderr();
	run("", "port del vsw1");
	tap_str(tap_stderr_text(),
		"vsctl: port del: The device is a port of two switches: say of which (\"vsw1\")\n",
		"a refusal and its word");
	tap_ok(status == EXIT_REFUSED, "... is exit code 1");
	fake = (struct fake){ .fail = 1, .err = -EPERM };
	tap_stderr();
	run("", "port del tap1");
	tap_str(tap_stderr_text(),
		"vsctl: port del: Operation not permitted\n",
		"a refusal without a sentence");
	fake = (struct fake){};
	tap_stderr();
	run("", "port show -j");
	tap_str(tap_stderr_text(),
		"vsctl: port show: there is no such device (\"-j\"): options stand before the object\n",
		"an option behind the command");
	fake = (struct fake){ .garble = true };
	for (i = 0; i < ARRAY_SIZE(shows); i++) {
		tap_stderr();
		run("j", shows[i]);
		tap_ok(strstr(tap_stderr_text(), ": malformed answer\n") &&
		       status == EXIT_REFUSED, "malformed: %s", shows[i]);
	}
	tap_stderr();
	tap_str(run("", "monitor"), "", "malformed events are not shown");
	tap_ok(strstr(tap_stderr_text(), "monitor: malformed event\n"),
	       "... but told of");
	fake = (struct fake){};
}

/* Behind each answer, or each event, a message as long as no buffer is. */
static ssize_t huge(void *buf, size_t size, const void *answer, size_t len,
		    bool event)
{
	static const struct nlmsghdr more = { .nlmsg_len = 0xfffffff0 };

	errno = ECONNRESET;
	if (!len || len + sizeof(more) > size)
		return -1;
	memcpy(buf, answer, len);
	if (!((const struct nlmsghdr *)answer)->nlmsg_seq != event)
		return len;
	memcpy((char *)buf + len, &more, sizeof(more));
	return len + sizeof(more);
}

static ssize_t huge_answer(void *buf, size_t size, const void *answer,
			   size_t len)
{
	return huge(buf, size, answer, len, false);
}

static ssize_t huge_event(void *buf, size_t size, const void *answer,
			  size_t len)
{
	return huge(buf, size, answer, len, true);
}

static void huge_lengths(void)
{
	fake = (struct fake){ .recv = huge_answer };
	tap_stderr();
	run("", "fdb flush vsw0");
	tap_str(tap_stderr_text(),
		"vsctl: fdb flush: netlink: Bad message\n",
		"a message too long behind an answer is not read");
	fake = (struct fake){ .recv = huge_event };
	tap_stderr();
	run("", "monitor");
	tap_str(tap_stderr_text(),
		"vsctl: monitor: the vswitch module was unloaded\n",
		"a message too long behind events is not read");
	fake = (struct fake){};
}

/* No switch, no port: the end of each dump is all there is of it. */
static ssize_t only_ends(void *buf, size_t size, const void *answer,
			 size_t len)
{
	const struct nlmsghdr *nlh = answer;
	int left = len;

	errno = ECONNRESET;
	while (mnl_nlmsg_ok(nlh, left) && nlh->nlmsg_type != NLMSG_DONE)
		nlh = mnl_nlmsg_next(nlh, &left);
	if (left <= 0 || (size_t)left > size)
		return -1;
	memcpy(buf, nlh, left);
	return left;
}

static void nothing_there(void)
{
	fake = (struct fake){ .recv = only_ends };
	tap_ok(strstr(run("", "graph"), "graph vswitch {") && !status,
	       "graph of nothing");
	tap_str(run("j", "graph"), "[]\n", "-j graph of nothing");
	tap_str(run("", "port show"), "", "port show of nothing");
	tap_str(run("j", "port show"), "[]\n", "-j port show of nothing");
	fake = (struct fake){};
}

static int run_batch(const char *text, size_t len, bool force)
{
	char path[] = "/tmp/vsctl-test-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		return -1;
	close(fd);
	tap_out(&v.out, false, false, false);
	v.force = force;
	*fake.log = '\0';
	status = batch_run(&v, path, vsctl_dispatch, NULL);
	v.force = false;
	v.batch = false;
	names_forget(&v);
	tap_out_text(&v.out);
	unlink(path);
	return status;
}

#define BATCH(text, force)	run_batch(text, sizeof(text) - 1, force)
#define ADD(n)			"fdb add 02:00:00:00:00:0" #n " port tap1\n"

static void batches(void)
{
	const char *err;

	fake = (struct fake){ .fail = 2, .err = -EEXIST, .attr = 3 };
	tap_stderr();
	BATCH("# one\n" ADD(1) ADD(2) ADD(3), false);
	err = tap_stderr_text();
	has(err, ":2: fdb add: File exists (\"02:00:00:00:00:01\")\n",
	    "a line that was refused is named, with its word");
	has(err, ":3: fdb add: File exists (\"02:00:00:00:00:02\")\n",
	    "... so is another");
	tap_ok(!strstr(err, ":4: ") && status == EXIT_REFUSED,
	       "... but none that was done");

	fake = (struct fake){ .fail = 1, .err = -EEXIST };
	tap_stderr();
	BATCH(ADD(1) "foo\n" ADD(2), false);
	err = tap_stderr_text();
	tap_ok(strstr(err, ":1: fdb add: File exists\n") &&
	       strstr(err, ":2: unknown object \"foo\"") &&
	       status == EXIT_REFUSED,
	       "a refusal before a mistake is the first failure");

	fake = (struct fake){ .fail = 1, .err = -EEXIST };
	tap_stderr();
	BATCH(ADD(1) "fdb del 02:00:00:00:00:02 switch vsw0\nport show tap1\n",
	      true);
	tap_stderr_text();
	tap_ok(status == EXIT_REFUSED &&
	       strstr(fake.log, "18 1=4") && strstr(fake.log, "8 1=5"),
	       "-force goes on after a refusal");

	fake = (struct fake){};
	tap_stderr();
	BATCH("switch help\nswitch show\0 foo\n", false);
	tap_ok(strstr(tap_stderr_text(), ":2: the line has a zero byte") &&
	       status == EXIT_USAGE, "a zero byte");
}

int main(void)
{
	requests();
	show_switches();
	show_ports();
	show_entries();
	show_policers();
	show_sets();
	show_drops();
	watch_drops();
	show_trace();
	show_events();
	show_graph();
	silent();
	refusals();
	huge_lengths();
	nothing_there();
	batches();
	close_all();
	return tap_done();
}
