// SPDX-License-Identifier: GPL-2.0
/*
 * nl_strict - send what a careless or hostile program might, and see that each
 * is refused with a sentence, that the attribute at fault is named, and that
 * nothing was changed.
 *
 * usage: nl_strict SWITCH PORT TRUNK FREE UNAWARE UNAWARE_PORT
 *
 * SWITCH has ports PORT (access, VLAN 1) and TRUNK (VLANs 10-20, native 10)
 * and for 02:00:00:00:00:99 in VLAN 1 a static entry at PORT; FREE is an
 * Ethernet device that is no port; UNAWARE is a switch that is not VLAN-aware,
 * with one port.
 */
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nl_strict.h"

/* The longest attribute in a nest of a request, and one byte. */
#define NEST_LEN	33
#define DO		0
#define DUMP		1

static struct genl nl;
__u32 sw, port, spare;
static __u32 trunk, unaware, unaware_port;

static const __u8 mac_static[MAC_LEN] = { 2, 0, 0, 0, 0, 0x99 };
static const __u8 mac_new[MAC_LEN] = { 2, 0, 0, 0, 0, 0x98 };
static const __u8 mac_group[MAC_LEN] = { 1, 0, 0x5e, 0, 0, 1 };
static const __u8 mac_zero[MAC_LEN];
static const struct nlattr permit = { NLA_HDRLEN, VSW_A_ACTION_PERMIT };
__u8 vlans[VLANS_LEN];

/* What a refusal must be like. */
struct refusal {
	int err;			/* 0: any */
	const struct nlattr *at;	/* the attribute at fault, or NULL */
	__u16 missing;			/* the attribute that is, or 0 */
};

static bool subcase_ok;
static unsigned int subcases;

static __u32 offset_of(const struct msg *m, const struct nlattr *attr)
{
	return attr ? (const char *)attr - m->buf : 0;
}

/*
 * One message that must be refused. An older kernel has no room for an offset
 * in the refusal of a dump.
 */
static void refuse(struct msg *m, const struct refusal *r, const char *what)
{
	bool is_dump = (m->nlh.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	__u32 offset = offset_of(m, r->at);
	struct answer a;

	subcases++;
	genl_talk(&nl, m, &a);
	if (a.err && (!r->err || a.err == r->err) && a.sentence[0] &&
	    (a.offset == offset || (is_dump && !a.offset)) &&
	    a.miss_type == r->missing)
		return;
	subcase_ok = false;
	printf("%s: error %d (expected %d), \"%s\", offset %u (%u), ", what,
	       a.err, r->err, a.sentence, a.offset, offset);
	printf("missing %u (%u)\n", a.miss_type, r->missing);
}

static void begin(void)
{
	subcase_ok = true;
	subcases = 0;
}

static void end(const char *what, const struct spec_op *op, int kind)
{
	result(subcase_ok && subcases, "%s: %s %s, %u messages", what,
	       op->name, kind == DO ? "do" : "dump", subcases);
}

static __u16 flags_of(int kind)
{
	return kind == DO ? NLM_F_ACK : NLM_F_DUMP;
}

#define NUMBER(_cmd, _attr, _number) \
	{ .cmd = VSW_CMD_##_cmd, .attr = VSW_A_##_attr, .number = (_number) }
#define BYTES(_cmd, _attr, _data, _len) \
	{ .cmd = VSW_CMD_##_cmd, .attr = VSW_A_##_attr, .data = (_data), \
	  .len = (_len) }

struct valid_attr {
	__u8 cmd;
	__u16 attr;
	__u32 number;
	const void *data;
	size_t len;
};

/*
 * A request that would be granted, so that it is refused only for what is
 * then added. Without @leave_out.
 */
static void put_valid(struct msg *m, const struct spec_op *op, int kind,
		      __u16 leave_out)
{
	const struct valid_attr valid[] = {
		NUMBER(SWITCH_GET, SWITCH_IFINDEX, sw),
		BYTES(SWITCH_NEW, SWITCH_NAME, "nlnew", 6),
		NUMBER(SWITCH_SET, SWITCH_IFINDEX, sw),
		NUMBER(SWITCH_SET, SWITCH_AGEING, 300),
		NUMBER(SWITCH_DEL, SWITCH_IFINDEX, unaware),
		NUMBER(PORT_GET, PORT_IFINDEX, port),
		NUMBER(PORT_NEW, PORT_IFINDEX, spare),
		NUMBER(PORT_NEW, PORT_SWITCH, sw),
		NUMBER(PORT_SET, PORT_IFINDEX, port),
		NUMBER(PORT_DEL, PORT_IFINDEX, port),
		NUMBER(FDB_GET, FDB_SWITCH, sw),
		BYTES(FDB_GET, FDB_MAC, mac_static, MAC_LEN),
		NUMBER(FDB_NEW, FDB_PORT, port),
		BYTES(FDB_NEW, FDB_MAC, mac_new, MAC_LEN),
		NUMBER(FDB_SET, FDB_PORT, port),
		BYTES(FDB_SET, FDB_MAC, mac_static, MAC_LEN),
		NUMBER(FDB_DEL, FDB_SWITCH, sw),
		BYTES(FDB_DEL, FDB_MAC, mac_static, MAC_LEN),
		NUMBER(FDB_FLUSH, FDB_SWITCH, sw),
		NUMBER(RULE_GET, RULE_SWITCH, sw),
		NUMBER(RULE_GET, RULE_ID, 1),
		NUMBER(RULE_NEW, RULE_SWITCH, sw),
		BYTES(RULE_NEW, RULE_ACTIONS | NLA_F_NESTED, &permit,
		      sizeof(permit)),
		NUMBER(RULE_DEL, RULE_SWITCH, sw),
		NUMBER(RULE_DEL, RULE_ID, 1),
		NUMBER(RULE_FLUSH, RULE_SWITCH, sw),
		NUMBER(RULE_BEGIN, RULE_SWITCH, sw),
		NUMBER(RULE_COMMIT, RULE_SWITCH, sw),
		NUMBER(RULE_ABORT, RULE_SWITCH, sw),
		NUMBER(POLICER_GET, POLICER_SWITCH, sw),
		BYTES(POLICER_GET, POLICER_NAME, "none", 5),
		NUMBER(POLICER_NEW, POLICER_SWITCH, sw),
		BYTES(POLICER_NEW, POLICER_NAME, "nlnew", 6),
		NUMBER(POLICER_NEW, POLICER_PPS, 1),
		NUMBER(POLICER_SET, POLICER_SWITCH, sw),
		BYTES(POLICER_SET, POLICER_NAME, "none", 5),
		NUMBER(POLICER_SET, POLICER_PPS, 1),
		NUMBER(POLICER_DEL, POLICER_SWITCH, sw),
		BYTES(SET_GET, SET_NAME, "none", 5),
		BYTES(SET_NEW, SET_NAME, "nlnew", 6),
		BYTES(SET_DEL, SET_NAME, "none", 5),
		BYTES(SET_FLUSH, SET_NAME, "none", 5),
	};
	size_t i;

	msg_init(m, nl.family, op->id, flags_of(kind));
	for (i = 0; kind == DO && i < ARRAY_SIZE(valid); i++) {
		if (valid[i].cmd != op->id ||
		    (valid[i].attr & NLA_TYPE_MASK) == leave_out)
			continue;
		if (valid[i].data)
			msg_put(m, valid[i].attr, valid[i].data, valid[i].len);
		else
			msg_put_u32(m, valid[i].attr, valid[i].number);
	}
}

static void refuse_attr(const struct spec_op *op, int kind, __u16 type,
			const void *data, size_t len, int err,
			const char *what)
{
	struct refusal r = { .err = err };
	struct msg m;
	char buf[64];

	put_valid(&m, op, kind, 0);
	r.at = msg_put(&m, type, data, len);
	snprintf(buf, sizeof(buf), "%s %u", what, type & NLA_TYPE_MASK);
	refuse(&m, &r, buf);
}

/* Attributes that the command does not name. */
static void test_foreign(const struct spec_op *op, int kind)
{
	__u32 taken = kind == DO ? op->do_attrs : op->dump_attrs;
	const struct spec_attr *s;
	__u64 one = 1;
	__u16 i;

	begin();
	for (i = 1; i <= op->set->max + 1; i++) {
		s = spec_attr(op->set, i);
		if (s && taken & SPEC_BIT(i))
			continue;
		refuse_attr(op, kind, i, &one, s ? s->size : sizeof(__u32), 0,
			    "foreign attribute");
	}
	refuse_attr(op, kind, 0x3fff, &one, sizeof(__u32), 0,
		    "unknown attribute");
	end("what is not named", op, kind);
}

static void put_number(__u8 *buf, size_t len, __u64 val)
{
	__u16 v16 = val;
	__u32 v32 = val;
	__u8 v8 = val;

	if (len == sizeof(v8))
		memcpy(buf, &v8, len);
	else if (len == sizeof(v16))
		memcpy(buf, &v16, len);
	else if (len == sizeof(v32))
		memcpy(buf, &v32, len);
	else
		memcpy(buf, &val, len);
}

/* An attribute in a nest that is refused for what is in it. */
static void refuse_inner(const struct spec_op *op, __u16 nest, __u16 type,
			 const void *data, size_t len, int err,
			 const char *what)
{
	struct refusal r = { .err = err };
	struct nlattr *outer;
	struct msg m;
	char buf[64];

	put_valid(&m, op, DO, nest);
	outer = msg_put(&m, nest | NLA_F_NESTED, NULL, 0);
	r.at = msg_put(&m, type, data, len);
	outer->nla_len += NLA_ALIGN(NLA_HDRLEN + len);
	snprintf(buf, sizeof(buf), "%u: %s %u", nest, what, type);
	refuse(&m, &r, buf);
}

static void test_nest(const struct spec_op *op, __u16 nest,
		      const struct spec_set *set)
{
	const struct spec_attr *s;
	__u8 buf[NEST_LEN] = {};
	size_t len;
	__u16 i;

	for (i = 1; i <= set->max; i++) {
		s = spec_attr(set, i);
		len = s->size ?: s->max;
		/* A string that does not end, or numbers that are 0. */
		memset(buf, s->type == NL_ATTR_TYPE_STRING ? 'x' : 0,
		       sizeof(buf));
		refuse_inner(op, nest, i, buf, len + 1, 0, "longer");
		if (len)
			refuse_inner(op, nest, i, buf, len - 1, 0, "shorter");
		if (s->size && s->min)
			refuse_inner(op, nest, i, buf, len, ERANGE, "below");
	}
	memset(buf, 0, sizeof(buf));
	refuse_inner(op, nest, i, buf, sizeof(__u32), 0, "unknown");
	refuse_attr(op, DO, nest, &permit, sizeof(permit), 0, "no nest");
}

/* Lengths and values out of bounds. */
static void test_bounds(const struct spec_op *op, int kind)
{
	__u32 taken = kind == DO ? op->do_attrs : op->dump_attrs;
	__u8 buf[ATTR_LEN + 1];
	const struct spec_attr *s;
	size_t len;
	__u16 i;

	if (!taken)
		return;
	begin();
	for (i = 1; i <= op->set->max; i++) {
		if (!(taken & SPEC_BIT(i)))
			continue;
		s = spec_attr(op->set, i);
		if (s->nest) {
			test_nest(op, i, s->nest);
			continue;
		}
		memset(buf, 'x', sizeof(buf));
		len = s->size ?: s->max;
		if (len > ATTR_LEN)
			die("%s: attribute %u may be too long", op->name, i);
		refuse_attr(op, kind, i, buf, len + 1, 0, "longer");
		if (s->type == NL_ATTR_TYPE_STRING) {
			refuse_attr(op, kind, i, buf, 0, 0, "empty");
			continue;
		}
		refuse_attr(op, kind, i, buf, (s->size ?: s->min) - 1, 0,
			    "shorter");
		refuse_attr(op, kind, i, buf, 0, 0, "empty");
		if (!s->size)
			continue;
		put_number(buf, len, s->min);
		refuse_attr(op, kind, i | NLA_F_NESTED, buf, len, 0, "nest");
		put_number(buf, len, s->max + 1);
		if (len == sizeof(__u64) || s->max + 1 < 1ULL << (8 * len))
			refuse_attr(op, kind, i, buf, len, ERANGE, "above");
		put_number(buf, len, s->min - 1);
		if (s->min)
			refuse_attr(op, kind, i, buf, len, ERANGE, "below");
	}
	end("lengths and bounds", op, kind);
}

/* Messages that are broken as a whole. */
static void test_broken(const struct spec_op *op, int kind)
{
	struct refusal r = { .err = EINVAL };
	struct genlmsghdr *genl;
	struct nlattr *attr;
	__u32 one = 1;
	struct msg m;
	int i;

	begin();
	for (i = 1; i < NLA_HDRLEN; i++) {
		put_valid(&m, op, kind, 0);
		memset(m.buf + m.nlh.nlmsg_len, 0xff, i);
		m.nlh.nlmsg_len += i;
		refuse(&m, &r, "trailing bytes");
	}
	for (i = 0; i < 2; i++) {
		put_valid(&m, op, kind, 0);
		attr = msg_put(&m, 1, &one, sizeof(one));
		attr->nla_len = i ? attr->nla_len + 1 : NLA_HDRLEN - 1;
		refuse(&m, &r, "attribute longer or shorter than possible");
	}
	put_valid(&m, op, kind, 0);
	genl = NLMSG_DATA(&m.nlh);
	genl->reserved = 1;
	refuse(&m, &r, "reserved field");
	put_valid(&m, op, kind, 0);
	m.nlh.nlmsg_flags |= NLM_F_APPEND;
	refuse(&m, &r, "reserved flag");
	if (kind == DO) {
		put_valid(&m, op, kind, 0);
		m.nlh.nlmsg_flags |= NLM_F_ROOT;
		refuse(&m, &r, "half of a dump flag");
	}
	end("broken messages", op, kind);
}

/* Each attribute that a command cannot do without. */
static void test_missing(const struct spec_op *op)
{
	struct refusal r = { .err = EINVAL };
	struct msg full, m;
	const void *pos, *stop;
	struct nlattr_ref attr;

	begin();
	put_valid(&full, op, DO, 0);
	pos = full.buf + NLMSG_LENGTH(GENL_HDRLEN);
	stop = full.buf + full.nlh.nlmsg_len;
	while (attr_next(&pos, stop, &attr)) {
		/* That is a change, of which there might be another. */
		if (op->id == VSW_CMD_SWITCH_SET &&
		    attr.type == VSW_A_SWITCH_AGEING)
			continue;
		if ((op->id == VSW_CMD_POLICER_NEW ||
		     op->id == VSW_CMD_POLICER_SET) &&
		    attr.type == VSW_A_POLICER_PPS)
			continue;
		put_valid(&m, op, DO, attr.type);
		r.missing = attr.type;
		refuse(&m, &r, "attribute left out");
	}
	end("what is missing", op, DO);
}

/* The data of which @inner is a part: it is the first in its nest, or the
 * second of two without data.
 */
static const struct nlattr *inner_of(const struct semantic *s)
{
	int i;

	for (i = 0; i < ATTRS_MAX; i++) {
		const struct nlattr *data = s->attrs[i].data;

		if (data && (s->inner == data || s->inner == data + 1))
			return data;
	}
	return NULL;
}

void test_semantic(const struct semantic *s)
{
	struct refusal r = { .err = s->err, .missing = s->missing };
	struct nlattr *attr;
	__u8 buf[4];
	struct msg m;
	int i;

	begin();
	memset(vlans, 0, sizeof(vlans));
	vlans[s->vid / 8] = 1 << s->vid % 8;
	msg_init(&m, nl.family, s->cmd, s->dump ? NLM_F_DUMP : NLM_F_ACK);
	for (i = 0; i < ATTRS_MAX && s->attrs[i].type; i++) {
		if (!s->attrs[i].data)
			put_number(buf, s->attrs[i].len, s->attrs[i].number);
		attr = msg_put(&m, s->attrs[i].type, s->attrs[i].data ?: buf,
			       s->attrs[i].len);
		if (s->attrs[i].type == s->at)
			r.at = attr;
		if (s->inner && s->attrs[i].data == inner_of(s))
			r.at = attr + 1 + (s->inner - inner_of(s));
	}
	refuse(&m, &r, spec_op(s->cmd)->name);
	result(subcase_ok, "%s", s->name);
}

static void test_switch_semantics(void)
{
	const struct semantic cases[] = {
		{ "get a switch that is none", ENODEV, VSW_CMD_SWITCH_GET,
		  .at = VSW_A_SWITCH_IFINDEX,
		  .attrs = { U32(VSW_A_SWITCH_IFINDEX, NO_INDEX) } },
		{ "get a port as if it were a switch", 0, VSW_CMD_SWITCH_GET,
		  .at = VSW_A_SWITCH_IFINDEX,
		  .attrs = { U32(VSW_A_SWITCH_IFINDEX, port) } },
		{ "make a switch of a name that is taken", EEXIST,
		  VSW_CMD_SWITCH_NEW, .at = VSW_A_SWITCH_NAME,
		  .attrs = { STR(VSW_A_SWITCH_NAME, "lo") } },
		{ "make a switch of an impossible name", EINVAL,
		  VSW_CMD_SWITCH_NEW, .at = VSW_A_SWITCH_NAME,
		  .attrs = { STR(VSW_A_SWITCH_NAME, "a/b") } },
		{ "make a switch of an empty name", EINVAL,
		  VSW_CMD_SWITCH_NEW, .at = VSW_A_SWITCH_NAME,
		  .attrs = { STR(VSW_A_SWITCH_NAME, "") } },
		{ "set a switch that is none", 0, VSW_CMD_SWITCH_SET,
		  .at = VSW_A_SWITCH_IFINDEX,
		  .attrs = { U32(VSW_A_SWITCH_IFINDEX, spare),
			     U32(VSW_A_SWITCH_AGEING, 10) } },
		{ "delete a switch that is none", 0, VSW_CMD_SWITCH_DEL,
		  .at = VSW_A_SWITCH_IFINDEX,
		  .attrs = { U32(VSW_A_SWITCH_IFINDEX, spare) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_port_semantics(void)
{
	const struct semantic cases[] = {
		{ "get a port that is none", 0, VSW_CMD_PORT_GET,
		  .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, spare) } },
		{ "add a port to a switch that is none", 0, VSW_CMD_PORT_NEW,
		  .at = VSW_A_PORT_SWITCH,
		  .attrs = { U32(VSW_A_PORT_SWITCH, port),
			     U32(VSW_A_PORT_IFINDEX, spare) } },
		{ "add a device that does not exist", ENODEV,
		  VSW_CMD_PORT_NEW, .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_IFINDEX, NO_INDEX) } },
		{ "add loopback", EINVAL, VSW_CMD_PORT_NEW,
		  .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_IFINDEX, 1) } },
		{ "add a port twice", EBUSY, VSW_CMD_PORT_NEW,
		  .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_IFINDEX, port) } },
		{ "name a device that is there already", EINVAL,
		  VSW_CMD_PORT_NEW, .at = VSW_A_PORT_NAME,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_IFINDEX, spare),
			     STR(VSW_A_PORT_NAME, "nlnew") } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_internal_semantics(void)
{
	const struct semantic cases[] = {
		{ "make an internal port of a device", EINVAL,
		  VSW_CMD_PORT_NEW, .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_TYPE, 2),
			     U32(VSW_A_PORT_IFINDEX, spare),
			     STR(VSW_A_PORT_NAME, "nlnew") } },
		{ "make an internal port without a name", EINVAL,
		  VSW_CMD_PORT_NEW, .missing = VSW_A_PORT_NAME,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_TYPE, 2) } },
		{ "make an internal port of a name that is taken", EEXIST,
		  VSW_CMD_PORT_NEW, .at = VSW_A_PORT_NAME,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_TYPE, 2),
			     STR(VSW_A_PORT_NAME, "lo") } },
		{ "set a port that is none", 0, VSW_CMD_PORT_SET,
		  .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, spare),
			     U16(VSW_A_PORT_PVID, 2) } },
		{ "delete a port that is none", 0, VSW_CMD_PORT_DEL,
		  .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, spare) } },
		{ "delete the host port", 0, VSW_CMD_PORT_DEL,
		  .at = VSW_A_PORT_IFINDEX,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, sw) } },
		{ "dump the ports of a switch that is none", 0,
		  VSW_CMD_PORT_GET, .dump = true, .at = VSW_A_PORT_SWITCH,
		  .attrs = { U32(VSW_A_PORT_SWITCH, spare) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_vlan_semantics(void)
{
	const struct semantic cases[] = {
		{ "access port without a VLAN", EINVAL, VSW_CMD_PORT_SET,
		  .at = VSW_A_PORT_PVID,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, port),
			     U16(VSW_A_PORT_PVID, 0) } },
		{ "tagged VLANs on an access port", EINVAL, VSW_CMD_PORT_SET,
		  .vid = 5, .at = VSW_A_PORT_VLANS,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, port), VLANS } },
		{ "trunk without VLANs", EINVAL, VSW_CMD_PORT_SET,
		  .missing = VSW_A_PORT_VLANS,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, port),
			     U32(VSW_A_PORT_VLAN_MODE, 1) } },
		{ "trunk with VLAN 0", EINVAL, VSW_CMD_PORT_SET,
		  .at = VSW_A_PORT_VLANS, .vid = 0,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, port),
			     U32(VSW_A_PORT_VLAN_MODE, 1), VLANS } },
		{ "trunk with VLAN 4095", EINVAL, VSW_CMD_PORT_SET,
		  .at = VSW_A_PORT_VLANS, .vid = 4095,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, port),
			     U32(VSW_A_PORT_VLAN_MODE, 1), VLANS } },
		{ "new port that is a trunk with VLAN 4095", EINVAL,
		  VSW_CMD_PORT_NEW, .at = VSW_A_PORT_VLANS, .vid = 4095,
		  .attrs = { U32(VSW_A_PORT_SWITCH, sw),
			     U32(VSW_A_PORT_IFINDEX, spare),
			     U32(VSW_A_PORT_VLAN_MODE, 1), VLANS } },
		{ "VLAN of a port that knows none", 0, VSW_CMD_PORT_SET,
		  .at = VSW_A_PORT_PVID,
		  .attrs = { U32(VSW_A_PORT_IFINDEX, unaware_port),
			     U16(VSW_A_PORT_PVID, 5) } },
		{ "mode of a port that knows no VLAN", 0, VSW_CMD_PORT_NEW,
		  .at = VSW_A_PORT_VLAN_MODE,
		  .attrs = { U32(VSW_A_PORT_SWITCH, unaware),
			     U32(VSW_A_PORT_IFINDEX, spare),
			     U32(VSW_A_PORT_VLAN_MODE, 0) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_fdb_semantics(void)
{
	const struct semantic cases[] = {
		{ "get an entry that is none", ENOENT, VSW_CMD_FDB_GET,
		  .at = VSW_A_FDB_MAC,
		  .attrs = { U32(VSW_A_FDB_SWITCH, sw),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "get an entry of a switch that is none", 0, VSW_CMD_FDB_GET,
		  .at = VSW_A_FDB_SWITCH,
		  .attrs = { U32(VSW_A_FDB_SWITCH, spare),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "add an entry twice", EEXIST, VSW_CMD_FDB_NEW,
		  .at = VSW_A_FDB_MAC,
		  .attrs = { U32(VSW_A_FDB_PORT, port),
			     MAC(VSW_A_FDB_MAC, mac_static),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "add an entry at a port that is none", 0, VSW_CMD_FDB_NEW,
		  .at = VSW_A_FDB_PORT,
		  .attrs = { U32(VSW_A_FDB_PORT, spare),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "add an entry in a VLAN that the port is not in", EINVAL,
		  VSW_CMD_FDB_NEW, .at = VSW_A_FDB_VID,
		  .attrs = { U32(VSW_A_FDB_PORT, port),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 10) } },
		{ "add a group address", EINVAL, VSW_CMD_FDB_NEW,
		  .at = VSW_A_FDB_MAC,
		  .attrs = { U32(VSW_A_FDB_PORT, port),
			     MAC(VSW_A_FDB_MAC, mac_group) } },
		{ "add the zero address", EINVAL, VSW_CMD_FDB_NEW,
		  .at = VSW_A_FDB_MAC,
		  .attrs = { U32(VSW_A_FDB_PORT, port),
			     MAC(VSW_A_FDB_MAC, mac_zero) } },
		{ "add an entry with a VLAN where there is none", EINVAL,
		  VSW_CMD_FDB_NEW, .at = VSW_A_FDB_VID,
		  .attrs = { U32(VSW_A_FDB_PORT, unaware_port),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "move an entry that is none", ENOENT, VSW_CMD_FDB_SET,
		  .at = VSW_A_FDB_MAC,
		  .attrs = { U32(VSW_A_FDB_PORT, port),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "move an entry out of its VLAN", EINVAL, VSW_CMD_FDB_SET,
		  .at = VSW_A_FDB_VID,
		  .attrs = { U32(VSW_A_FDB_PORT, trunk),
			     MAC(VSW_A_FDB_MAC, mac_static),
			     U16(VSW_A_FDB_VID, 1) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

static void test_scope_semantics(void)
{
	const struct semantic cases[] = {
		{ "delete an entry that is none", ENOENT, VSW_CMD_FDB_DEL,
		  .at = VSW_A_FDB_MAC,
		  .attrs = { U32(VSW_A_FDB_SWITCH, sw),
			     MAC(VSW_A_FDB_MAC, mac_new),
			     U16(VSW_A_FDB_VID, 1) } },
		{ "flush a port of another switch", 0, VSW_CMD_FDB_FLUSH,
		  .at = VSW_A_FDB_PORT,
		  .attrs = { U32(VSW_A_FDB_SWITCH, sw),
			     U32(VSW_A_FDB_PORT, unaware_port) } },
		{ "dump the entries of a port of another switch", 0,
		  VSW_CMD_FDB_GET, .dump = true, .at = VSW_A_FDB_PORT,
		  .attrs = { U32(VSW_A_FDB_SWITCH, sw),
			     U32(VSW_A_FDB_PORT, unaware_port) } },
		{ "dump the drops of a switch that is none", 0,
		  VSW_CMD_DROP_GET, .dump = true, .at = VSW_A_DROP_SWITCH,
		  .attrs = { U32(VSW_A_DROP_SWITCH, spare) } },
		{ "dump the drops of a port that is none", 0,
		  VSW_CMD_DROP_GET, .dump = true, .at = VSW_A_DROP_PORT,
		  .attrs = { U32(VSW_A_DROP_PORT, spare) } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		test_semantic(&cases[i]);
}

/* All that can be asked for, as one piece of memory. */
static void snapshot(struct answer *all)
{
	const __u8 cmds[] = { VSW_CMD_SWITCH_GET, VSW_CMD_PORT_GET,
			      VSW_CMD_FDB_GET, VSW_CMD_RULE_GET };
	struct nlmsghdr *nlh;
	struct answer a;
	struct msg m;
	size_t i, len;

	memset(all, 0, sizeof(*all));
	nl.keep = true;
	for (i = 0; i < ARRAY_SIZE(cmds); i++) {
		msg_init(&m, nl.family, cmds[i], NLM_F_DUMP);
		genl_talk(&nl, &m, &a);
		if (a.err)
			die("dump: %s", strerror(a.err));
		len = a.len;
		for (nlh = (void *)a.data; NLMSG_OK(nlh, len);
		     nlh = NLMSG_NEXT(nlh, len)) {
			nlh->nlmsg_seq = 0;
			nlh->nlmsg_flags = 0;
		}
		all->data = realloc(all->data, all->len + a.len);
		if (!all->data)
			die("out of memory");
		memcpy(all->data + all->len, a.data, a.len);
		all->len += a.len;
		free(a.data);
	}
	nl.keep = false;
}

static __u32 index_of(const char *name)
{
	__u32 ifindex = if_nametoindex(name);

	if (!ifindex)
		die("no device %s", name);
	return ifindex;
}

int main(int argc, char **argv)
{
	struct answer before, after;
	const struct spec_op *op;
	size_t i;

	if (argc != 7)
		die("wrong number of arguments");
	sw = index_of(argv[1]);
	port = index_of(argv[2]);
	trunk = index_of(argv[3]);
	spare = index_of(argv[4]);
	unaware = index_of(argv[5]);
	unaware_port = index_of(argv[6]);
	genl_open(&nl, 0);

	snapshot(&before);
	for (i = 0; i < ARRAY_SIZE(spec_ops); i++) {
		op = &spec_ops[i];
		if (op->has_do) {
			test_foreign(op, DO);
			test_bounds(op, DO);
			test_broken(op, DO);
			test_missing(op);
		}
		if (op->has_dump) {
			test_foreign(op, DUMP);
			test_bounds(op, DUMP);
			test_broken(op, DUMP);
		}
	}
	test_switch_semantics();
	test_port_semantics();
	test_internal_semantics();
	test_vlan_semantics();
	test_fdb_semantics();
	test_scope_semantics();
	test_rule_semantics();
	snapshot(&after);
	result(before.len == after.len &&
	       !memcmp(before.data, after.data, before.len),
	       "nothing of it changed anything");
	return 0;
}
