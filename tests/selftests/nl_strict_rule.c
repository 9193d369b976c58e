// SPDX-License-Identifier: GPL-2.0
/*
 * Requests about rules that nl_strict sends.
 */
#include <errno.h>

#include "nl_strict.h"

static const struct nlattr permit = { NLA_HDRLEN, VSW_A_ACTION_PERMIT };

#define NEST(attr, val) \
	{ .type = (attr) | NLA_F_NESTED, .len = sizeof(val), .data = &(val) }

static void test_commands(void)
{
	const struct semantic cases[] = {
		{ "rules of a switch that is none", 0, VSW_CMD_RULE_FLUSH,
		  .at = VSW_A_RULE_SWITCH,
		  .attrs = { U32(VSW_A_RULE_SWITCH, spare) } },
		{ "delete by ID and prio", EINVAL, VSW_CMD_RULE_DEL,
		  .at = VSW_A_RULE_PRIO,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     U32(VSW_A_RULE_ID, 1), U32(VSW_A_RULE_PRIO, 1) } },
		{ "delete a prio that no rule has", ENOENT, VSW_CMD_RULE_DEL,
		  .at = VSW_A_RULE_PRIO,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     U32(VSW_A_RULE_PRIO, 1) } },
		{ "delete an ID that no rule has", ENOENT, VSW_CMD_RULE_DEL,
		  .at = VSW_A_RULE_ID,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     U32(VSW_A_RULE_ID, 1) } },
		{ "commit what was not begun", EINVAL, VSW_CMD_RULE_COMMIT,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw) } },
		{ "abort what was not begun", EINVAL, VSW_CMD_RULE_ABORT,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_values(void)
{
	const struct {
		struct nlattr hdr;
		__u32 min, max;
	} reversed = { { 12, VSW_A_MATCH_DPORT }, 2, 1 },
	  beyond = { { 12, VSW_A_MATCH_DSCP }, 64, 64 },
	  outside = { { 12, VSW_A_MATCH_IPV4_SRC }, 1, 0 };
	const struct {
		struct nlattr hdr;
		__u32 ifindex;
	} no_port = { { 8, VSW_A_MATCH_PORT }, spare };
	const struct nlattr two[] = { permit, permit };
	const struct semantic cases[] = {
		{ "a rule that does two things", EINVAL, VSW_CMD_RULE_NEW,
		  .inner = (const struct nlattr *)two + 1,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_ACTIONS, two) } },
		{ "a range that ends before it begins", ERANGE,
		  VSW_CMD_RULE_NEW, .inner = &reversed.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_MATCH, reversed),
			     NEST(VSW_A_RULE_ACTIONS, permit) } },
		{ "a number that a field cannot be", ERANGE,
		  VSW_CMD_RULE_NEW, .inner = &beyond.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_EXCEPT, beyond),
			     NEST(VSW_A_RULE_ACTIONS, permit) } },
		{ "an address with bits outside its mask", EINVAL,
		  VSW_CMD_RULE_NEW, .inner = &outside.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_MATCH, outside),
			     NEST(VSW_A_RULE_ACTIONS, permit) } },
		{ "a port that is none", EINVAL,
		  VSW_CMD_RULE_NEW, .inner = &no_port.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_MATCH, no_port),
			     NEST(VSW_A_RULE_ACTIONS, permit) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_policers(void)
{
	const struct {
		struct nlattr hdr;
		char name[4];
	} police = { { 8, VSW_A_ACTION_POLICE }, "foo" };
	const struct semantic cases[] = {
		{ "a policer without a name", EINVAL, VSW_CMD_POLICER_NEW,
		  .at = VSW_A_POLICER_NAME,
		  .attrs = { U32(VSW_A_POLICER_SWITCH, sw),
			     STR(VSW_A_POLICER_NAME, ""),
			     U32(VSW_A_POLICER_PPS, 1) } },
		{ "a policer that lets all pass", EINVAL, VSW_CMD_POLICER_NEW,
		  .attrs = { U32(VSW_A_POLICER_SWITCH, sw),
			     STR(VSW_A_POLICER_NAME, "foo") } },
		{ "a burst of bytes, and a rate of packets", EINVAL,
		  VSW_CMD_POLICER_NEW, .at = VSW_A_POLICER_BURST,
		  .attrs = { U32(VSW_A_POLICER_SWITCH, sw),
			     STR(VSW_A_POLICER_NAME, "foo"),
			     U32(VSW_A_POLICER_PPS, 1),
			     U32(VSW_A_POLICER_BURST, 10000) } },
		{ "change nothing of a policer", EINVAL, VSW_CMD_POLICER_SET,
		  .attrs = { U32(VSW_A_POLICER_SWITCH, sw),
			     STR(VSW_A_POLICER_NAME, "foo") } },
		{ "delete a policer that is none", ENOENT, VSW_CMD_POLICER_DEL,
		  .at = VSW_A_POLICER_NAME,
		  .attrs = { U32(VSW_A_POLICER_SWITCH, sw),
			     STR(VSW_A_POLICER_NAME, "foo") } },
		{ "one policer as a dump", EINVAL, VSW_CMD_POLICER_GET,
		  .dump = true, .at = VSW_A_POLICER_NAME,
		  .attrs = { U32(VSW_A_POLICER_SWITCH, sw),
			     STR(VSW_A_POLICER_NAME, "foo") } },
		{ "a rule that ends with a policer", EINVAL, VSW_CMD_RULE_NEW,
		  .at = VSW_A_RULE_ACTIONS | NLA_F_NESTED,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_ACTIONS, police) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_samples(void)
{
	const struct {
		struct nlattr hdr;
		__u32 rate, group, trunc;
		struct nlattr permit;
	} sample = {
		{ 16, VSW_A_ACTION_SAMPLE }, 0, 1, 0, { 4, VSW_A_ACTION_PERMIT }
	};
	const struct semantic of_none = {
		"a sample of one in no frames", EINVAL, VSW_CMD_RULE_NEW,
		.inner = &sample.hdr,
		.attrs = { U32(VSW_A_RULE_SWITCH, sw),
			   NEST(VSW_A_RULE_ACTIONS, sample) },
	};

	test_semantic(&of_none);
}

static void test_sets(void)
{
	const struct {
		struct nlattr hdr;
		__u8 addr[4], mask[4];
	} outside = { { 12, VSW_A_SET_ADDRESS_IPV4 }, { 10, 0, 0, 1 },
		      { 255, 255, 255, 0 } },
	  no_prefix = { { 12, VSW_A_SET_ADDRESS_IPV4 }, { 10, 0, 0, 0 },
			{ 255, 0, 255, 0 } };
	const struct {
		struct nlattr hdr;
		char name[4];
	} none = { { 8, VSW_A_MATCH_IP_SRC_SET }, "foo" };
	const struct semantic cases[] = {
		{ "a set without a name", EINVAL, VSW_CMD_SET_NEW,
		  .at = VSW_A_SET_NAME,
		  .attrs = { STR(VSW_A_SET_NAME, "") } },
		{ "a set that is none", ENOENT, VSW_CMD_SET_GET,
		  .at = VSW_A_SET_NAME,
		  .attrs = { STR(VSW_A_SET_NAME, "foo") } },
		{ "a dump of a set that is none", ENOENT, VSW_CMD_SET_GET,
		  .dump = true, .at = VSW_A_SET_NAME,
		  .attrs = { STR(VSW_A_SET_NAME, "foo") } },
		{ "remove a set that is none", ENOENT, VSW_CMD_SET_DEL,
		  .at = VSW_A_SET_NAME,
		  .attrs = { STR(VSW_A_SET_NAME, "foo") } },
		{ "flush a set that is none", ENOENT, VSW_CMD_SET_FLUSH,
		  .at = VSW_A_SET_NAME,
		  .attrs = { STR(VSW_A_SET_NAME, "foo") } },
		{ "an address of a set with bits outside its mask", EINVAL,
		  VSW_CMD_SET_NEW, .inner = &outside.hdr,
		  .attrs = { STR(VSW_A_SET_NAME, "foo"),
			     NEST(VSW_A_SET_ADDRESSES, outside) } },
		{ "a mask that is no prefix's", EINVAL, VSW_CMD_SET_NEW,
		  .inner = &no_prefix.hdr,
		  .attrs = { STR(VSW_A_SET_NAME, "foo"),
			     NEST(VSW_A_SET_ADDRESSES, no_prefix) } },
		{ "a rule of a set that is none", ENOENT, VSW_CMD_RULE_NEW,
		  .inner = &none.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_MATCH, none),
			     NEST(VSW_A_RULE_ACTIONS, permit) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_nat(void)
{
	const struct {
		struct nlattr hdr;
		__u8 min[4], max[4];
		__u16 port_min, port_max;
		struct nlattr permit;
	} addresses = {
		{ 16, VSW_A_ACTION_CT_NAT_IPV4_SRC }, { 10, 0, 1 }, { 10 },
		0, 0, { 4, VSW_A_ACTION_PERMIT }
	}, ports = {
		{ 16, VSW_A_ACTION_CT_NAT_IPV4_DST }, { 10 }, { 10 }, 2, 1,
		{ 4, VSW_A_ACTION_PERMIT }
	}, no_port = {
		{ 16, VSW_A_ACTION_CT_NAT_IPV4_DST }, { 10 }, { 10 }, 0, 1,
		{ 4, VSW_A_ACTION_PERMIT }
	};
	const struct semantic cases[] = {
		{ "the last address before the first", EINVAL,
		  VSW_CMD_RULE_NEW, .inner = &addresses.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_ACTIONS, addresses) } },
		{ "the last port before the first", EINVAL,
		  VSW_CMD_RULE_NEW, .inner = &ports.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_ACTIONS, ports) } },
		{ "ports from 0 on", EINVAL,
		  VSW_CMD_RULE_NEW, .inner = &no_port.hdr,
		  .attrs = { U32(VSW_A_RULE_SWITCH, sw),
			     NEST(VSW_A_RULE_ACTIONS, no_port) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

void test_rule_semantics(void)
{
	test_commands();
	test_values();
	test_policers();
	test_samples();
	test_sets();
	test_nat();
}
