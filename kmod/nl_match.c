// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: what a rule matches, from attributes to bits of a key.
 */
#include <linux/log2.h>
#include <linux/unaligned.h>

#include "netlink.h"
#include "rule.h"
#include "rule_set.h"

/* How the value of a field is given, and what it becomes. */
enum kind {
	KIND_NONE,
	KIND_PORT,	/* ifindex */
	KIND_RANGE,	/* struct vsw_range; as many prefixes as it takes */
	KIND_MASK,	/* value and mask */
	KIND_MAC,
	KIND_IPV4,
	KIND_IPV6,
	KIND_SET,	/* name of a set */
};

/**
 * struct field - a field of a frame
 * @kind: how it is given
 * @word: where it is in the key, &enum vsw_key_word
 * @shift: lowest bit there
 * @max: the greatest value
 * @need: what a frame has to have for it to mean something
 */
struct field {
	enum kind	kind;
	u8		word;
	u8		shift;
	u32		max;
	u8		need;
};

#define RANGE(w, s, m, n) \
	{ .kind = KIND_RANGE, .word = VSW_KEY_ ## w, .shift = (s), \
	  .max = (m), .need = (n) }
#define FIELD(k, w, s, n) \
	{ .kind = KIND_ ## k, .word = (w), .shift = (s), .need = (n) }

static const struct field fields[VSW_A_MATCH_MAX + 1] = {
	[VSW_A_MATCH_PORT]	= FIELD(PORT, VSW_KEY_FROM,
					VSW_KEY_PORT_SHIFT, 0),
	[VSW_A_MATCH_VID]	= RANGE(VLAN, VSW_KEY_VID_SHIFT,
					VLAN_VID_MASK, 0),
	[VSW_A_MATCH_INNER_VID]	= RANGE(VLAN, VSW_KEY_INNER_VID_SHIFT,
					VLAN_VID_MASK, 0),
	[VSW_A_MATCH_MAC_SRC]	= FIELD(MAC, VSW_KEY_MAC_SRC, 0, 0),
	[VSW_A_MATCH_MAC_DST]	= FIELD(MAC, VSW_KEY_MAC_DST, 0, 0),
	[VSW_A_MATCH_ETHERTYPE]	= RANGE(KIND, VSW_KEY_TYPE_SHIFT, U16_MAX, 0),
	[VSW_A_MATCH_IPV4_SRC]	= FIELD(IPV4, VSW_KEY_IPV4, 32, VSW_HAS_IPV4),
	[VSW_A_MATCH_IPV4_DST]	= FIELD(IPV4, VSW_KEY_IPV4, 0, VSW_HAS_IPV4),
	[VSW_A_MATCH_IPV6_SRC]	= FIELD(IPV6, VSW_KEY_IPV6_SRC, 0,
					VSW_HAS_IPV6),
	[VSW_A_MATCH_IPV6_DST]	= FIELD(IPV6, VSW_KEY_IPV6_DST, 0,
					VSW_HAS_IPV6),
	[VSW_A_MATCH_PROTO]	= RANGE(KIND, VSW_KEY_PROTO_SHIFT, U8_MAX,
					VSW_HAS_IP),
	[VSW_A_MATCH_SPORT]	= RANGE(L4, VSW_KEY_SPORT_SHIFT, U16_MAX,
					VSW_HAS_PORTS),
	[VSW_A_MATCH_DPORT]	= RANGE(L4, VSW_KEY_DPORT_SHIFT, U16_MAX,
					VSW_HAS_PORTS),
	[VSW_A_MATCH_TCP_FLAGS]	= { .kind = KIND_MASK, .word = VSW_KEY_L4,
				    .shift = VSW_KEY_FLAGS_SHIFT, .max = 0xfff,
				    .need = VSW_HAS_TCP },
	[VSW_A_MATCH_DSCP]	= RANGE(KIND, VSW_KEY_TOS_SHIFT + 2, 63,
					VSW_HAS_IP),
	[VSW_A_MATCH_ECN]	= RANGE(KIND, VSW_KEY_TOS_SHIFT, 3, VSW_HAS_IP),
	[VSW_A_MATCH_TTL]	= RANGE(KIND, VSW_KEY_TTL_SHIFT, U8_MAX,
					VSW_HAS_IP),
	[VSW_A_MATCH_FRAG]	= RANGE(KIND, VSW_KEY_FRAG_SHIFT, VSW_FRAG_MAX,
					VSW_HAS_IP),
	[VSW_A_MATCH_ICMP_TYPE]	= RANGE(L4, VSW_KEY_ICMP_SHIFT + 8, U8_MAX,
					VSW_HAS_ICMP),
	[VSW_A_MATCH_ICMP_CODE]	= RANGE(L4, VSW_KEY_ICMP_SHIFT, U8_MAX,
					VSW_HAS_ICMP),
	[VSW_A_MATCH_ARP_OP]	= RANGE(VLAN, VSW_KEY_ARP_OP_SHIFT, U16_MAX,
					VSW_HAS_ARP),
	[VSW_A_MATCH_ARP_SENDER_IP] = FIELD(IPV4, VSW_KEY_IPV4, 32,
					    VSW_HAS_ARP),
	[VSW_A_MATCH_ARP_TARGET_IP] = FIELD(IPV4, VSW_KEY_IPV4, 0,
					    VSW_HAS_ARP),
	[VSW_A_MATCH_ARP_SENDER_MAC] = FIELD(MAC, VSW_KEY_INNER, 0,
					     VSW_HAS_ARP),
	[VSW_A_MATCH_ARP_TARGET_MAC] = FIELD(MAC, VSW_KEY_INNER + 1, 0,
					     VSW_HAS_ARP),
	[VSW_A_MATCH_ND_TARGET]	= FIELD(IPV6, VSW_KEY_INNER, 0, VSW_HAS_ND),
	[VSW_A_MATCH_CT]	= RANGE(STATE, VSW_KEY_CT_SHIFT, VSW_CT_MAX, 0),
	[VSW_A_MATCH_MARK]	= { .kind = KIND_MASK, .word = VSW_KEY_FROM,
				    .max = U32_MAX },
	[VSW_A_MATCH_IP_SRC_SET] = FIELD(SET, VSW_KEY_SET_SRC, 0, VSW_HAS_IP),
	[VSW_A_MATCH_IP_DST_SET] = FIELD(SET, VSW_KEY_SET_DST, 0, VSW_HAS_IP),
	[VSW_A_MATCH_ARP_SENDER_SET] = FIELD(SET, VSW_KEY_SET_SRC, 0,
					     VSW_HAS_ARP),
	[VSW_A_MATCH_ARP_TARGET_SET] = FIELD(SET, VSW_KEY_SET_DST, 0,
					     VSW_HAS_ARP),
	[VSW_A_MATCH_ND_TARGET_SET] = FIELD(SET, VSW_KEY_SET_ND, 0,
					    VSW_HAS_ND),
};

/* Where values go; without a place they are counted. */
struct values {
	struct vsw_key_alt	*at;
	unsigned int		n;
	u64			sets;	/* that they name */
};

static void put_value(struct values *to, const struct vsw_key_alt *alt)
{
	if (to->at)
		to->at[to->n] = *alt;
	to->n++;
}

static void put_word(struct values *to, const struct field *field, u64 mask,
		     u64 value)
{
	struct vsw_key_alt alt = {
		.part = {{
			.word	= field->word,
			.mask	= mask << field->shift,
			.value	= value << field->shift,
		}},
	};

	put_value(to, &alt);
}

/* The fewest masks and values that together are a range. */
static void put_range(struct values *to, const struct field *field, u32 min,
		      u32 max)
{
	u64 at = min, size, all = roundup_pow_of_two(field->max + 1ULL) - 1;

	while (at <= max) {
		size = at ? at & -at : all + 1;
		while (at + size - 1 > max)
			size /= 2;
		put_word(to, field, all & ~(size - 1), at);
		at += size;
	}
}

static int take_range(struct values *to, const struct field *field,
		      const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	struct vsw_range range;

	memcpy(&range, nla_data(attr), sizeof(range));
	if (range.min > range.max || range.max > field->max) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The range ends before it begins, or beyond what the field can be");
		return -ERANGE;
	}
	put_range(to, field, range.min, range.max);
	return 0;
}

static int bad_mask(const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "The value has bits that its mask does not have");
	return -EINVAL;
}

static int take_mask(struct values *to, const struct field *field,
		     const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	u32 value[2];

	memcpy(value, nla_data(attr), sizeof(value));
	if (value[0] & ~value[1])
		return bad_mask(attr, extack);
	if (value[1] > field->max) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The mask has bits that the field does not have");
		return -ERANGE;
	}
	put_word(to, field, value[1], value[0]);
	return 0;
}

static int take_mac(struct values *to, const struct field *field,
		    const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const u8 *data = nla_data(attr);
	u64 value = ether_addr_to_u64(data);
	u64 mask = ether_addr_to_u64(data + ETH_ALEN);

	if (value & ~mask)
		return bad_mask(attr, extack);
	put_word(to, field, mask, value);
	return 0;
}

static int take_ipv4(struct values *to, const struct field *field,
		     const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	u32 value = get_unaligned_be32(nla_data(attr));
	u32 mask = get_unaligned_be32(nla_data(attr) + sizeof(value));

	if (value & ~mask)
		return bad_mask(attr, extack);
	put_word(to, field, mask, value);
	return 0;
}

static int take_ipv6(struct values *to, const struct field *field,
		     const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const u8 *data = nla_data(attr);
	struct vsw_key_alt alt;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		alt.part[i].word = field->word + i;
		alt.part[i].value = get_unaligned_be64(data + 8 * i);
		alt.part[i].mask = get_unaligned_be64(data + 16 + 8 * i);
		if (alt.part[i].value & ~alt.part[i].mask)
			return bad_mask(attr, extack);
	}
	put_value(to, &alt);
	return 0;
}

/* A port is its ifindex, which no later port has: the rules of one that goes
 * stay, and match nothing.
 */
static int take_port(struct values *to, const struct field *field,
		     const struct nlattr *attr, const struct vsw_switch *sw,
		     struct netlink_ext_ack *extack)
{
	const struct vsw_port *port = vsw_nl_port_of(sw, attr, extack);

	if (IS_ERR(port))
		return PTR_ERR(port);
	put_word(to, field, U32_MAX, port->dev->ifindex);
	return 0;
}

/* A set is its bit in the words of sets, whatever is in it. */
static int take_set(struct values *to, const struct field *field,
		    const struct nlattr *attr, const struct vsw_switch *sw,
		    struct netlink_ext_ack *extack)
{
	const struct vsw_set *set = vsw_set_find(sw->sets, nla_data(attr));

	if (!set) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "No set has this name");
		return -ENOENT;
	}
	put_word(to, field, set->bit, set->bit);
	to->sets |= set->bit;
	return 0;
}

static int take_value(struct values *to, const struct nlattr *attr,
		      const struct vsw_switch *sw,
		      struct netlink_ext_ack *extack)
{
	const struct field *field = &fields[nla_type(attr)];

	switch (field->kind) {
	case KIND_PORT:
		return take_port(to, field, attr, sw, extack);
	case KIND_RANGE:
		return take_range(to, field, attr, extack);
	case KIND_MASK:
		return take_mask(to, field, attr, extack);
	case KIND_MAC:
		return take_mac(to, field, attr, extack);
	case KIND_IPV4:
		return take_ipv4(to, field, attr, extack);
	case KIND_IPV6:
		return take_ipv6(to, field, attr, extack);
	case KIND_SET:
		return take_set(to, field, attr, sw, extack);
	case KIND_NONE:
		break;
	}
	return -EINVAL;
}

/* Takes the values of one field in a nest. */
static int take_field(struct values *to, const struct nlattr *nest, int type,
		      const struct vsw_switch *sw,
		      struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err;

	nla_for_each_nested(attr, nest, rem) {
		if (nla_type(attr) != type)
			continue;
		err = take_value(to, attr, sw, extack);
		if (err)
			return err;
	}
	return 0;
}

/* Which fields a nest names. */
static u64 named_fields(const struct nlattr *nest)
{
	const struct nlattr *attr;
	u64 named = 0;
	int rem;

	if (!nest)
		return 0;
	nla_for_each_nested(attr, nest, rem)
		named |= BIT_ULL(nla_type(attr));
	return named;
}

static int check_needs(u8 need, const struct nlattr *nest,
		       struct netlink_ext_ack *extack)
{
	/* What a frame has one of, at most. */
	static const u8 one_of[][2] = {
		{ VSW_HAS_IPV4, VSW_HAS_IPV6 },
		{ VSW_HAS_ARP, VSW_HAS_IP | VSW_HAS_IPV4 | VSW_HAS_IPV6 |
			       VSW_HAS_PORTS | VSW_HAS_TCP | VSW_HAS_ICMP |
			       VSW_HAS_ND },
		{ VSW_HAS_ICMP | VSW_HAS_ND, VSW_HAS_PORTS | VSW_HAS_TCP },
		{ VSW_HAS_ND, VSW_HAS_IPV4 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(one_of); i++) {
		if (!(need & one_of[i][0]) || !(need & one_of[i][1]))
			continue;
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "No frame has all of these fields");
		return -EINVAL;
	}
	return 0;
}

/* A connection's addresses become others of their own family. */
static int check_nat(u8 need, const struct nlattr *actions,
		     struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	u8 never;
	int rem;

	nla_for_each_nested(attr, actions, rem) {
		switch (nla_type(attr)) {
		case VSW_A_ACTION_CT_NAT_IPV4_SRC:
		case VSW_A_ACTION_CT_NAT_IPV4_DST:
			never = VSW_HAS_IPV6 | VSW_HAS_ND | VSW_HAS_ARP;
			break;
		case VSW_A_ACTION_CT_NAT_IPV6_SRC:
		case VSW_A_ACTION_CT_NAT_IPV6_DST:
			never = VSW_HAS_IPV4 | VSW_HAS_ARP;
			break;
		default:
			continue;
		}
		if (!(need & never))
			continue;
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "No frame that the rule matches has addresses of this family to translate");
		return -EINVAL;
	}
	return 0;
}

/* Takes all that is matched and excepted, or counts it. Returns how many terms
 * it makes, or an error.
 */
static int take_all(struct vsw_rule_cfg *cfg, const struct vsw_switch *sw,
		    struct netlink_ext_ack *extack)
{
	struct values match = { .at = cfg->alts };
	struct values except = { .at = cfg->excepts };
	unsigned int before, terms = 1;
	u64 named;
	int err;

	cfg->n_fields = 0;
	for (named = named_fields(cfg->match); named; named &= named - 1) {
		before = match.n;
		err = take_field(&match, cfg->match, __ffs64(named), sw,
				 extack);
		if (err)
			return err;
		cfg->n_alts[cfg->n_fields] = match.n - before;
		terms *= cfg->n_alts[cfg->n_fields++];
		if (terms > VSW_RULE_TERMS_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, cfg->match,
					    "The values make more than 1024 combinations: make more rules of it");
			return -E2BIG;
		}
	}
	for (named = named_fields(cfg->except); named; named &= named - 1) {
		err = take_field(&except, cfg->except, __ffs64(named), sw,
				 extack);
		if (err)
			return err;
	}
	if (except.n > VSW_RULE_EXCEPTS_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, cfg->except,
				    "More than 63 values are excepted, where a range may be as many as 30");
		return -E2BIG;
	}
	cfg->n_excepts = except.n;
	cfg->sets = match.sets | except.sets;
	return match.n;
}

static int take_needs(struct vsw_rule_cfg *cfg, struct netlink_ext_ack *extack)
{
	u64 named = named_fields(cfg->match) | named_fields(cfg->except);
	u8 need = 0;

	for (; named; named &= named - 1)
		need |= fields[__ffs64(named)].need;
	cfg->need.word = VSW_KEY_KIND;
	cfg->need.mask = (u64)need << VSW_KEY_HAS_SHIFT;
	cfg->need.value = cfg->need.mask;
	return check_needs(need, cfg->match ?: cfg->except, extack) ?:
	       check_nat(need, cfg->action, extack);
}

/**
 * vsw_nl_match - cut what a rule matches into values
 * @cfg: the rule; its @match and @except are set, and were validated
 * @sw: the switch
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0, and @cfg is to be given to vsw_nl_match_free(), or an error.
 */
int vsw_nl_match(struct vsw_rule_cfg *cfg, const struct vsw_switch *sw,
		 struct netlink_ext_ack *extack)
{
	int n;

	cfg->alts = NULL;
	cfg->excepts = NULL;
	n = take_needs(cfg, extack);
	if (!n)
		n = take_all(cfg, sw, extack);
	if (n < 0)
		return n;
	cfg->alts = kvcalloc(n + cfg->n_excepts, sizeof(*cfg->alts),
			     GFP_KERNEL);
	if (!cfg->alts) {
		NL_SET_ERR_MSG(extack, "No memory for the rule");
		return -ENOMEM;
	}
	cfg->excepts = cfg->alts + n;
	take_all(cfg, sw, extack);
	return 0;
}

/**
 * vsw_nl_match_free - undo vsw_nl_match()
 * @cfg: the rule
 */
void vsw_nl_match_free(struct vsw_rule_cfg *cfg)
{
	kvfree(cfg->alts);
}
