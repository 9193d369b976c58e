// SPDX-License-Identifier: GPL-2.0
/*
 * What a rule matches: words to values and back, by one table.
 *
 * A field is one word (port, vlan) or two (ip src). A word such as ip or tcp
 * opens a group, whose fields may then follow without it; some of these say
 * something themselves (tcp: the protocol is TCP).
 */
#include <net/if.h>
#include <string.h>

#include "match_value.h"
#include "out.h"
#include "parse.h"
#include "vsctl.h"

/* The longest list of values in text. */
#define LIST_LEN	(MATCH_VALUES_MAX * 40)

static const struct match_name type_names[] = {
	{ "ip", 0x0800 },	/* RFC 894 */
	{ "arp", 0x0806 },	/* RFC 826 */
	{ "ipv6", 0x86dd },	/* RFC 2464 */
	{}
};

/* IANA: Assigned Internet Protocol Numbers. */
static const struct match_name proto_names[] = {
	{ "icmp", 1 },
	{ "tcp", 6 },
	{ "udp", 17 },
	{ "icmp6", 58 },
	{ "sctp", 132 },
	{}
};

/* RFC 9293, 3.1, and for ns RFC 3540. */
static const struct match_name flag_names[] = {
	{ "fin", 0x001 }, { "syn", 0x002 }, { "rst", 0x004 },
	{ "psh", 0x008 }, { "ack", 0x010 }, { "urg", 0x020 },
	{ "ece", 0x040 }, { "cwr", 0x080 }, { "ns", 0x100 },
	{}
};

static const struct match_name frag_names[] = {
	{ "none", VSW_FRAG_NONE },
	{ "first", VSW_FRAG_FIRST },
	{ "later", VSW_FRAG_LATER },
	{}
};

static const struct match_name ct_names[] = {
	{ "untracked", VSW_CT_UNTRACKED },
	{ "new", VSW_CT_NEW },
	{ "established", VSW_CT_ESTABLISHED },
	{ "related", VSW_CT_RELATED },
	{ "invalid", VSW_CT_INVALID },
	{}
};

/* RFC 826. */
static const struct match_name arp_names[] = {
	{ "request", 1 },
	{ "reply", 2 },
	{}
};

/* The port is a device: the names of devices are not in a table. */
static const struct match_kind match_port = { "a device", sizeof(uint32_t),
					      NULL, NULL };

/**
 * struct field - a field of a frame
 * @group: the word before, or NULL
 * @name: its own word
 * @attr: which it is in the ABI
 * @kind: of its values
 * @max: the greatest number
 * @names: of numbers
 */
struct field {
	const char *group;
	const char *name;
	uint16_t attr;
	const struct match_kind *kind;
	uint32_t max;
	const struct match_name *names;
};

/* As they are shown. An address of IPv6 is the field behind that of IPv4, and a
 * set of addresses that behind all of these.
 */
static const struct field fields[] = {
	{ NULL, "port", VSW_A_MATCH_PORT, &match_port, 0, NULL },
	{ NULL, "mark", VSW_A_MATCH_MARK, &match_masked, UINT32_MAX, NULL },
	{ NULL, "ct", VSW_A_MATCH_CT, &match_range, VSW_CT_MAX, ct_names },
	{ NULL, "vlan", VSW_A_MATCH_VID, &match_range, 4095, NULL },
	{ NULL, "inner-vlan", VSW_A_MATCH_INNER_VID, &match_range, 4095, NULL },
	{ "mac", "src", VSW_A_MATCH_MAC_SRC, &match_mac, 0, NULL },
	{ "mac", "dst", VSW_A_MATCH_MAC_DST, &match_mac, 0, NULL },
	{ NULL, "type", VSW_A_MATCH_ETHERTYPE, &match_range, 65535,
	  type_names },
	{ "arp", "op", VSW_A_MATCH_ARP_OP, &match_range, 65535, arp_names },
	{ "arp", "sender-ip", VSW_A_MATCH_ARP_SENDER_IP, &match_ipv4, 0, NULL },
	{ "arp", "sender-ip", VSW_A_MATCH_ARP_SENDER_SET, &match_set, 0, NULL },
	{ "arp", "target-ip", VSW_A_MATCH_ARP_TARGET_IP, &match_ipv4, 0, NULL },
	{ "arp", "target-ip", VSW_A_MATCH_ARP_TARGET_SET, &match_set, 0, NULL },
	{ "arp", "sender-mac", VSW_A_MATCH_ARP_SENDER_MAC, &match_mac, 0,
	  NULL },
	{ "arp", "target-mac", VSW_A_MATCH_ARP_TARGET_MAC, &match_mac, 0,
	  NULL },
	{ "ip", "src", VSW_A_MATCH_IPV4_SRC, &match_ipv4, 0, NULL },
	{ "ip", "src", VSW_A_MATCH_IPV6_SRC, &match_ipv6, 0, NULL },
	{ "ip", "src", VSW_A_MATCH_IP_SRC_SET, &match_set, 0, NULL },
	{ "ip", "dst", VSW_A_MATCH_IPV4_DST, &match_ipv4, 0, NULL },
	{ "ip", "dst", VSW_A_MATCH_IPV6_DST, &match_ipv6, 0, NULL },
	{ "ip", "dst", VSW_A_MATCH_IP_DST_SET, &match_set, 0, NULL },
	{ "ip", "dscp", VSW_A_MATCH_DSCP, &match_range, 63, NULL },
	{ "ip", "ecn", VSW_A_MATCH_ECN, &match_range, 3, NULL },
	{ "ip", "ttl", VSW_A_MATCH_TTL, &match_range, 255, NULL },
	{ "ip", "frag", VSW_A_MATCH_FRAG, &match_range, VSW_FRAG_MAX,
	  frag_names },
	{ "ip", "proto", VSW_A_MATCH_PROTO, &match_range, 255, proto_names },
	{ NULL, "sport", VSW_A_MATCH_SPORT, &match_range, 65535, NULL },
	{ NULL, "dport", VSW_A_MATCH_DPORT, &match_range, 65535, NULL },
	{ NULL, "tcp-flags", VSW_A_MATCH_TCP_FLAGS, &match_flags, 0xfff,
	  flag_names },
	{ "icmp", "type", VSW_A_MATCH_ICMP_TYPE, &match_range, 255, NULL },
	{ "icmp", "code", VSW_A_MATCH_ICMP_CODE, &match_range, 255, NULL },
	{ "nd", "target", VSW_A_MATCH_ND_TARGET, &match_ipv6, 0, NULL },
	{ "nd", "target", VSW_A_MATCH_ND_TARGET_SET, &match_set, 0, NULL },
};

/**
 * struct group - a word that fields may follow
 * @name: the word
 * @fields: the group whose fields they are; NULL: they are in none
 * @attr: what the word says itself, or 0: this is
 * @value: that
 */
static const struct group {
	const char *name;
	const char *fields;
	uint16_t attr;
	uint32_t value;
} groups[] = {
	{ "mac", "mac", 0, 0 },
	{ "ip", "ip", 0, 0 },
	{ "arp", "arp", VSW_A_MATCH_ETHERTYPE, 0x0806 },
	{ "tcp", NULL, VSW_A_MATCH_PROTO, 6 },
	{ "udp", NULL, VSW_A_MATCH_PROTO, 17 },
	{ "sctp", NULL, VSW_A_MATCH_PROTO, 132 },
	{ "icmp", "icmp", VSW_A_MATCH_PROTO, 1 },
	{ "icmp6", "icmp", VSW_A_MATCH_PROTO, 58 },
	{ "nd", "nd", VSW_A_MATCH_PROTO, 58 },
};

static bool is_field(const struct field *f, const char *group, const char *word)
{
	if (strcmp(f->name, word))
		return false;
	return !f->group || (group && !strcmp(f->group, group));
}

/* Of two with the same name, the first in the group that is open. */
static const struct field *find_field(const char *group, const char *word)
{
	const struct field *f, *found = NULL;

	for (f = fields; f < fields + ARRAY_SIZE(fields); f++) {
		if (!is_field(f, group, word))
			continue;
		if (f->group)
			return f;
		found = f;
	}
	return found;
}

static const struct group *find_group(const char *word)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(groups); i++) {
		if (!strcmp(groups[i].name, word))
			return &groups[i];
	}
	return NULL;
}

static struct match_value *add_value(struct match *m, uint16_t attr,
				     bool except, const char *word)
{
	struct match_value *val = &m->values[m->n];

	if (m->n == MATCH_VALUES_MAX)
		return NULL;
	memset(val, 0, sizeof(*val));
	val->attr = attr;
	val->except = except;
	val->word = word;
	m->n++;
	return val;
}

/* Does a word such as tcp say anything that was not said? */
static void add_implied(struct match *m, const struct group *g,
			const char *word)
{
	struct vsw_range range = { g->value, g->value };
	struct match_value *val;
	unsigned int i;

	if (!g->attr)
		return;
	for (i = 0; i < m->n; i++) {
		if (m->values[i].attr == g->attr && !m->values[i].except &&
		    !memcmp(m->values[i].data, &range, sizeof(range)))
			return;
	}
	val = add_value(m, g->attr, false, word);
	if (!val)
		return;
	val->len = sizeof(range);
	memcpy(val->data, &range, sizeof(range));
}

/* The field of sets of a field of addresses; that itself if it has none. */
static const struct field *set_field(const struct field *f)
{
	const struct field *at = f;

	while (++at < fields + ARRAY_SIZE(fields) && at->group && f->group &&
	       !strcmp(at->name, f->name) && !strcmp(at->group, f->group)) {
		if (at->kind == &match_set)
			return at;
	}
	return f;
}

/* One value of a list. */
static int take_one(struct vsctl *v, const struct field *f, const char *word,
		    bool except, struct match *m)
{
	struct match_value *val = add_value(m, f->attr, except, word);

	if (!val)
		return err_usage(v,
				 "more than %u values: make more rules of it",
				 MATCH_VALUES_MAX);
	val->len = f->kind->len;
	if (f->kind == &match_port)
		return names_index(v, word, (uint32_t *)val->data);
	if (f->kind->parse(word, f->names, f->max, val->data)) {
		if (f->kind == &match_set)
			val->len = strlen(word);
		return 0;
	}
	if (f->kind == &match_ipv4 && f->group && !strcmp(f->group, "ip")) {
		f++;
		val->attr = f->attr;
		val->len = f->kind->len;
		if (f->kind->parse(word, f->names, f->max, val->data))
			return 0;
		return err_usage(v,
				 "expected an IP address or prefix, not \"%s\"",
				 word);
	}
	return err_usage(v, "expected %s, not \"%s\"", f->kind->expect, word);
}

/* "VALUE[,VALUE...]", or "not" and that. */
static int take_values(struct vsctl *v, struct words *w, const struct field *f,
		       struct match *m)
{
	bool except = words_is(w, "not"), is_set;
	char *word, *next;
	int rc = 0;

	if (except)
		words_next(w);
	word = (char *)words_next(w);
	if (!word)
		return err_usage(v, "\"%s\" must be followed by %s", f->name,
				 f->kind->expect);
	is_set = *word == '@';
	for (; !rc && word; word = next) {
		next = strchr(word, ',');
		if (next)
			*next++ = '\0';
		/* To the kernel they are two fields, and it wants both. */
		if (!except && is_set != (*word == '@'))
			return err_usage(v,
					 "a list is of addresses or of sets, not of both: make two rules of it");
		rc = take_one(v, *word == '@' ? set_field(f) : f, word, except,
			      m);
	}
	return rc;
}

/*
 * Without a target neighbour discovery is its messages, RFC 4861, 4, unless it
 * is said which of them.
 */
static int add_nd(struct vsctl *v, struct match *m, const char *word)
{
	struct vsw_range types = { 133, 137 };
	struct match_value *val;
	unsigned int i;

	if (!word)
		return 0;
	for (i = 0; i < m->n; i++) {
		val = &m->values[i];
		if (val->attr == VSW_A_MATCH_ND_TARGET ||
		    val->attr == VSW_A_MATCH_ND_TARGET_SET ||
		    (val->attr == VSW_A_MATCH_ICMP_TYPE && !val->except))
			return 0;
	}
	val = add_value(m, VSW_A_MATCH_ICMP_TYPE, false, word);
	if (!val)
		return err_usage(v,
				 "more than %u values: make more rules of it",
				 MATCH_VALUES_MAX);
	val->len = sizeof(types);
	memcpy(val->data, &types, sizeof(types));
	return 0;
}

/**
 * match_parse - take the words of what a rule matches
 * @v: the run
 * @w: the words, up to one that is not of it
 * @m: where to put it
 *
 * Return: 0, or an exit code after a message
 */
int match_parse(struct vsctl *v, struct words *w, struct match *m)
{
	const struct group *g = NULL, *other;
	const struct field *f;
	const char *word, *nd = NULL;
	int rc;

	m->n = 0;
	while (w->argc) {
		word = *w->argv;
		f = find_field(g ? g->fields : NULL, word);
		other = f ? NULL : find_group(word);
		if (!f && !other)
			break;
		words_next(w);
		if (other) {
			g = other;
			add_implied(m, g, word);
			if (!strcmp(word, "nd"))
				nd = word;
			continue;
		}
		rc = take_values(v, w, f, m);
		if (rc)
			return rc;
	}
	rc = add_nd(v, m, nd);
	if (rc)
		return rc;
	if (!m->n)
		return err_usage(v,
				 "what must match is missing: a field such as port, vlan, ip or tcp must follow");
	return 0;
}

/**
 * match_name - the name of a value's field
 * @val: the value
 *
 * Return: the name
 */
const char *match_name(const struct match_value *val)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (fields[i].attr == val->attr)
			return fields[i].name;
	}
	return "field";
}

/**
 * match_is_one - is a value one value, and neither a range nor under a mask?
 * @val: the value, of a match that was given in words
 *
 * Return: true if it is. Flags are, whatever they leave open.
 */
bool match_is_one(const struct match_value *val)
{
	const struct match_kind *kind = NULL;
	unsigned int i, half = val->len / 2;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (fields[i].attr == val->attr)
			kind = fields[i].kind;
	}
	if (kind == &match_range)
		return !memcmp(val->data, val->data + half, half);
	if (kind == &match_port || kind == &match_flags)
		return true;
	if (kind == &match_set)
		return false;
	for (i = half; i < val->len; i++) {
		if (val->data[i] != 0xff)
			return false;
	}
	return true;
}

static void format_value(const struct field *f, const struct match_value *val,
			 char buf[MATCH_VALUE_STRLEN])
{
	uint32_t ifindex;

	if (f->kind != &match_port) {
		f->kind->format(val->data, f->names, buf);
		return;
	}
	memcpy(&ifindex, val->data, sizeof(ifindex));
	snprintf(buf, MATCH_VALUE_STRLEN, "%s", names_name(ifindex));
}

/* The length is what the field has, or the string ends in it. */
static bool is_whole(const struct field *f, const struct match_value *val)
{
	if (f->kind->len)
		return val->len == f->kind->len;
	return memchr(val->data, '\0', val->len);
}

/* All values of a field, or all that are excepted: a list. */
static bool format_list(const struct field *f, const struct match *m,
			bool except, char list[LIST_LEN])
{
	char buf[MATCH_VALUE_STRLEN];
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < m->n; i++) {
		if (m->values[i].attr != f->attr ||
		    m->values[i].except != except ||
		    !is_whole(f, &m->values[i]))
			continue;
		format_value(f, &m->values[i], buf);
		len += snprintf(list + len, LIST_LEN - len, "%s%s",
				len ? "," : "", buf);
	}
	return len;
}

/* In text a protocol or type with a word of its own is that word, which opens
 * its group. Returns whether it was one.
 */
static bool print_word(struct out *o, const struct field *f, const char *key,
		       const char *list, const char **group)
{
	const struct group *g = find_group(list);

	if (o->json || !g || g->attr != f->attr)
		return false;
	out_str(o, OUT_PLAIN, key, NULL, list);
	*group = g->fields;
	return true;
}

/* In text as it would be given, in JSON by "GROUP-FIELD", or "-set" behind. */
static void print_field(struct out *o, const struct field *f, bool except,
			const char *list, const char **group)
{
	char key[40], label[40];

	snprintf(key, sizeof(key), "%s%s%s%s%s", except ? "not-" : "",
		 f->group ? f->group : "", f->group ? "-" : "", f->name,
		 f->kind == &match_set ? "-set" : "");
	if (!except && print_word(o, f, key, list, group))
		return;
	if (f->group && (!*group || strcmp(f->group, *group))) {
		snprintf(label, sizeof(label), "%s %s%s", f->group, f->name,
			 except ? " not" : "");
		*group = f->group;
	} else {
		snprintf(label, sizeof(label), "%s%s", f->name,
			 except ? " not" : "");
	}
	out_str(o, OUT_PLAIN, key, label, list);
}

/**
 * match_print - write what a rule matches
 * @o: where to
 * @m: what it matches
 */
void match_print(struct out *o, const struct match *m)
{
	static char list[LIST_LEN];
	const char *group = NULL;
	const struct field *f;

	for (f = fields; f < fields + ARRAY_SIZE(fields); f++) {
		if (format_list(f, m, false, list))
			print_field(o, f, false, list, &group);
		if (format_list(f, m, true, list))
			print_field(o, f, true, list, &group);
	}
}
