// SPDX-License-Identifier: GPL-2.0
/*
 * nl_dump - dump tables that do not fit into one message through a small
 * buffer. Left alone, each object is told exactly once and NLM_F_DUMP_INTR is
 * never set; changed meanwhile, it is set.
 *
 * usage: nl_dump SWITCH PORT FREE
 *        nl_dump SWITCH PORT
 *
 * With two arguments: what changes when all was told, but the dump has not yet
 * ended. SWITCH is then the last there is, and not VLAN-aware.
 *
 * There must be many switches (at least 100) and many ports (at least 50); FREE
 * is a device that is no port. Entries of the MAC table are made here.
 */
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "genl.h"

#define MAC_LEN		6
#define ENTRIES		2000
#define RULES		300
#define FEW		80
#define SMALL		4096

static struct genl dumper, changer;
static __u32 sw, port, spare;
static bool aware;		/* the switch knows VLANs */

static void change(struct msg *m)
{
	struct answer a;

	genl_talk(&changer, m, &a);
	if (a.err)
		die("%s: %s", strerror(a.err), a.sentence);
}

static void entry(__u8 cmd, __u32 number)
{
	__u8 mac[MAC_LEN] = { 2, 0xd0, 0, number >> 16, number >> 8, number };
	struct msg m;

	msg_init(&m, changer.family, cmd, NLM_F_ACK);
	if (cmd == VSW_CMD_FDB_NEW)
		msg_put_u32(&m, VSW_A_FDB_PORT, port);
	else
		msg_put_u32(&m, VSW_A_FDB_SWITCH, sw);
	msg_put(&m, VSW_A_FDB_MAC, mac, sizeof(mac));
	if (aware)
		msg_put_u16(&m, VSW_A_FDB_VID, 1);
	change(&m);
}

static void change_fdb(int on)
{
	entry(on ? VSW_CMD_FDB_NEW : VSW_CMD_FDB_DEL, ENTRIES);
}

static void change_port(int on)
{
	struct msg m;

	msg_init(&m, changer.family, on ? VSW_CMD_PORT_NEW : VSW_CMD_PORT_DEL,
		 NLM_F_ACK);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, spare);
	if (on)
		msg_put_u32(&m, VSW_A_PORT_SWITCH, sw);
	change(&m);
}

static void change_switch(int on)
{
	struct msg m;

	msg_init(&m, changer.family,
		 on ? VSW_CMD_SWITCH_NEW : VSW_CMD_SWITCH_DEL, NLM_F_ACK);
	if (on)
		msg_put_str(&m, VSW_A_SWITCH_NAME, "nldump");
	else
		msg_put_u32(&m, VSW_A_SWITCH_IFINDEX,
			    if_nametoindex("nldump"));
	change(&m);
}

/* A rule for each of many prios: it permits what has this number as mark. */
static void new_rule(__u32 prio)
{
	const struct nlattr permit = { NLA_HDRLEN, VSW_A_ACTION_PERMIT };
	const struct {
		struct nlattr hdr;
		__u32 value, mask;
	} mark = { { sizeof(mark), VSW_A_MATCH_MARK }, prio, ~0U };
	struct msg m;

	msg_init(&m, changer.family, VSW_CMD_RULE_NEW, NLM_F_ACK);
	msg_put_u32(&m, VSW_A_RULE_SWITCH, sw);
	msg_put_u32(&m, VSW_A_RULE_PRIO, prio);
	msg_put(&m, VSW_A_RULE_MATCH | NLA_F_NESTED, &mark, sizeof(mark));
	msg_put(&m, VSW_A_RULE_ACTIONS | NLA_F_NESTED, &permit, sizeof(permit));
	change(&m);
}

static void change_rule(int on)
{
	struct msg m;

	if (on) {
		new_rule(RULES);
		return;
	}
	msg_init(&m, changer.family, VSW_CMD_RULE_DEL, NLM_F_ACK);
	msg_put_u32(&m, VSW_A_RULE_SWITCH, sw);
	msg_put_u32(&m, VSW_A_RULE_PRIO, RULES);
	change(&m);
}

/* An address in the lower 48 bits, whatever the machine's byte order. */
static __u64 mac_number(const __u8 *mac)
{
	__u64 number = 0;
	int i;

	for (i = 0; i < MAC_LEN; i++)
		number = number << 8 | mac[i];
	return number;
}

/* The key of an object: its index, or address and VLAN. */
static __u64 key_of(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	const void *end = (const char *)nlh + nlh->nlmsg_len;
	const void *pos = (const char *)genl + GENL_HDRLEN;
	struct nlattr_ref attr;
	__u64 key = 0;

	while (attr_next(&pos, end, &attr)) {
		if (genl->cmd == VSW_CMD_RULE_GET) {
			if (attr.type == VSW_A_RULE_ID)
				return attr_u32(&attr);
			continue;
		}
		/* Of switches and ports attribute 1 is their index. */
		if (genl->cmd != VSW_CMD_FDB_NEW_NTF &&
		    genl->cmd != VSW_CMD_FDB_GET) {
			if (attr.type == VSW_A_SWITCH_IFINDEX)
				return attr_u32(&attr);
			continue;
		}
		if (attr.type == VSW_A_FDB_MAC)
			key |= mac_number(attr.data);
		if (attr.type == VSW_A_FDB_VID)
			key |= attr_number(&attr) << 48;
	}
	return key;
}

static int compare(const void *a, const void *b)
{
	const __u64 *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* How many different objects an answer tells of. */
static unsigned int distinct(const struct answer *a)
{
	const struct nlmsghdr *nlh = (void *)a->data;
	unsigned int i, n = 0, found = 0;
	size_t len = a->len;
	__u64 *keys;

	keys = calloc(a->messages, sizeof(*keys));
	if (!keys)
		die("out of memory");
	for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len))
		keys[n++] = key_of(nlh);
	qsort(keys, n, sizeof(*keys), compare);
	for (i = 0; i < n; i++)
		found += !i || keys[i] != keys[i - 1];
	free(keys);
	return found;
}

/* Returns into how many pieces the dump was cut. */
static int dump(__u8 cmd, struct answer *a, void (*meddle)(int on))
{
	int pieces = 1, on = 1;
	struct msg m;

	memset(a, 0, sizeof(*a));
	msg_init(&m, dumper.family, cmd, NLM_F_DUMP);
	if (cmd == VSW_CMD_FDB_GET)
		msg_put_u32(&m, VSW_A_FDB_SWITCH, sw);
	genl_send(&dumper, &m);
	while (genl_recv(&dumper, a)) {
		pieces++;
		if (!meddle)
			continue;
		meddle(on);
		on = !on;
	}
	if (!on)
		meddle(0);
	return pieces;
}

static void test(const char *what, __u8 cmd, unsigned int min,
		 void (*meddle)(int on))
{
	struct answer quiet, changed;
	unsigned int objects;
	int pieces;

	pieces = dump(cmd, &quiet, NULL);
	objects = distinct(&quiet);
	printf("%s: %u objects in %d pieces, error %d\n", what, objects, pieces,
	       quiet.err);
	result(!quiet.err && pieces > 3 && objects >= min &&
	       objects == quiet.messages, "dump of %s tells each once", what);
	result(!quiet.interrupted, "dump of %s, unchanged, is not interrupted",
	       what);

	dump(cmd, &changed, meddle);
	result(!changed.err && changed.interrupted,
	       "dump of %s, changed meanwhile, says so", what);
	free(quiet.data);
	free(changed.data);
}

/* Two pieces hold all: when the first was read, the second is made already. A
 * change is then for the message that ends the dump.
 */
static void test_late(void)
{
	struct answer a = { 0 };
	struct msg m;
	int i;

	for (i = 0; i < FEW; i++)
		entry(VSW_CMD_FDB_NEW, i);
	msg_init(&m, dumper.family, VSW_CMD_FDB_GET, NLM_F_DUMP);
	genl_send(&dumper, &m);
	result(genl_recv(&dumper, &a) && a.messages < FEW,
	       "a part of %d entries is told at once", FEW);
	change_fdb(1);
	i = 1;
	while (genl_recv(&dumper, &a))
		i++;
	result(i == 2 && a.messages >= FEW, "all in %d pieces", i);
	result(!a.err && a.interrupted,
	       "what changed before the end is told at the end");
	change_fdb(0);
	for (i = 0; i < FEW; i++)
		entry(VSW_CMD_FDB_DEL, i);
	free(a.data);
}

/* An unanswered dump must not hold anything when its socket is closed. */
static void test_abandoned(void)
{
	struct answer a = { 0 };
	struct genl nl;
	struct msg m;

	genl_open(&nl, SMALL);
	msg_init(&m, nl.family, VSW_CMD_FDB_GET, NLM_F_DUMP);
	genl_send(&nl, &m);
	result(genl_recv(&nl, &a), "dump that nobody reads to its end");
	shutdown(nl.fd, SHUT_RDWR);
}

int main(int argc, char **argv)
{
	int i;

	if (argc != 3 && argc != 4)
		die("wrong number of arguments");
	sw = if_nametoindex(argv[1]);
	port = if_nametoindex(argv[2]);
	genl_open(&changer, 0);
	genl_open(&dumper, SMALL);
	dumper.keep = true;
	if (argc == 3) {
		test_late();
		return 0;
	}
	aware = true;
	spare = if_nametoindex(argv[3]);
	for (i = 0; i < ENTRIES; i++)
		entry(VSW_CMD_FDB_NEW, i);

	test("the MAC table", VSW_CMD_FDB_GET, ENTRIES, change_fdb);
	test("ports", VSW_CMD_PORT_GET, 50, change_port);
	test("switches", VSW_CMD_SWITCH_GET, 100, change_switch);
	for (i = 0; i < RULES; i++)
		new_rule(i);
	test("rules", VSW_CMD_RULE_GET, RULES, change_rule);
	test_abandoned();
	return 0;
}
