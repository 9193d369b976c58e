// SPDX-License-Identifier: GPL-2.0
/*
 * What a rule does: words to values and back, by one table.
 */
#include <arpa/inet.h>
#include <string.h>

#include "action.h"
#include "match_value.h"
#include "out.h"
#include "parse.h"
#include "vsctl.h"

/* How the value of an action is given. */
enum kind {
	KIND_FLAG,	/* not at all */
	KIND_PORT,	/* a device */
	KIND_NUMBER,
	KIND_NAME,	/* of something that the switch has */
	KIND_VALUE,	/* as that of a field */
	KIND_SAMPLE,	/* by words of its own */
	KIND_NAT,	/* addresses and ports */
};

/* The longest value in words: two addresses of IPv6, and two ports. */
#define VALUE_STRLEN	128

/* Words of an action before its value. */
#define WORDS_MAX	4

/**
 * struct verb - an action
 * @words: its words, up to NULL
 * @attr: which it is in the ABI; one with two kinds of value has two lines
 * @kind: how its value is given
 * @len: bytes of its value in the ABI; of %KIND_NAME as many as it has
 * @min: the smallest number
 * @max: the greatest number
 * @value: of %KIND_VALUE: of which kind of field; its mask is left out of what
 *	is longer than @len
 */
static const struct verb {
	const char *words[WORDS_MAX + 1];
	uint16_t attr;
	enum kind kind;
	uint8_t len;
	uint32_t min, max;
	const struct match_kind *value;
} verbs[] = {
	{ { "permit" }, VSW_A_ACTION_PERMIT, KIND_FLAG, 0, 0, 0, NULL },
	{ { "drop" }, VSW_A_ACTION_DROP, KIND_FLAG, 0, 0, 0, NULL },
	{ { "reject" }, VSW_A_ACTION_REJECT, KIND_FLAG, 0, 0, 0, NULL },
	{ { "output" }, VSW_A_ACTION_OUTPUT, KIND_PORT, 4, 0, 0, NULL },
	{ { "goto" }, VSW_A_ACTION_GOTO, KIND_NUMBER, 1, 1, VSW_BANDS - 1,
	  NULL },
	{ { "mirror" }, VSW_A_ACTION_MIRROR, KIND_PORT, 4, 0, 0, NULL },
	{ { "ct", "commit", "nat", "src" }, VSW_A_ACTION_CT_NAT_IPV4_SRC,
	  KIND_NAT, sizeof(struct vsw_nat_ipv4), 0, 0, NULL },
	{ { "ct", "commit", "nat", "src" }, VSW_A_ACTION_CT_NAT_IPV6_SRC,
	  KIND_NAT, sizeof(struct vsw_nat_ipv6), 0, 0, NULL },
	{ { "ct", "commit", "nat", "dst" }, VSW_A_ACTION_CT_NAT_IPV4_DST,
	  KIND_NAT, sizeof(struct vsw_nat_ipv4), 0, 0, NULL },
	{ { "ct", "commit", "nat", "dst" }, VSW_A_ACTION_CT_NAT_IPV6_DST,
	  KIND_NAT, sizeof(struct vsw_nat_ipv6), 0, 0, NULL },
	{ { "ct", "nat" }, VSW_A_ACTION_CT_NAT, KIND_FLAG, 0, 0, 0, NULL },
	{ { "ct", "commit" }, VSW_A_ACTION_CT_COMMIT, KIND_FLAG, 0, 0, 0,
	  NULL },
	{ { "police" }, VSW_A_ACTION_POLICE, KIND_NAME, 0, 0, 0, NULL },
	{ { "sample" }, VSW_A_ACTION_SAMPLE, KIND_SAMPLE, 12, 0, 0, NULL },
	{ { "mark" }, VSW_A_ACTION_MARK, KIND_VALUE, 8, 0, UINT32_MAX,
	  &match_masked },
	{ { "set", "vlan" }, VSW_A_ACTION_VLAN_SET, KIND_NUMBER, 2, 1, VID_MAX,
	  NULL },
	{ { "push", "vlan" }, VSW_A_ACTION_VLAN_PUSH, KIND_NUMBER, 2, 1,
	  VID_MAX, NULL },
	{ { "pop", "vlan" }, VSW_A_ACTION_VLAN_POP, KIND_FLAG, 0, 0, 0, NULL },
	{ { "set", "mac", "src" }, VSW_A_ACTION_MAC_SRC, KIND_VALUE, 6, 0, 0,
	  &match_mac },
	{ { "set", "mac", "dst" }, VSW_A_ACTION_MAC_DST, KIND_VALUE, 6, 0, 0,
	  &match_mac },
	{ { "set", "ip", "src" }, VSW_A_ACTION_IPV4_SRC, KIND_VALUE, 4, 0, 0,
	  &match_ipv4 },
	{ { "set", "ip", "src" }, VSW_A_ACTION_IPV6_SRC, KIND_VALUE, 16, 0, 0,
	  &match_ipv6 },
	{ { "set", "ip", "dst" }, VSW_A_ACTION_IPV4_DST, KIND_VALUE, 4, 0, 0,
	  &match_ipv4 },
	{ { "set", "ip", "dst" }, VSW_A_ACTION_IPV6_DST, KIND_VALUE, 16, 0, 0,
	  &match_ipv6 },
	{ { "set", "sport" }, VSW_A_ACTION_SPORT, KIND_NUMBER, 2, 0, 65535,
	  NULL },
	{ { "set", "dport" }, VSW_A_ACTION_DPORT, KIND_NUMBER, 2, 0, 65535,
	  NULL },
	{ { "set", "ip", "ttl" }, VSW_A_ACTION_TTL, KIND_NUMBER, 1, 1, 255,
	  NULL },
	{ { "dec", "ip", "ttl" }, VSW_A_ACTION_TTL_DEC, KIND_FLAG, 0, 0, 0,
	  NULL },
	{ { "set", "ip", "dscp" }, VSW_A_ACTION_DSCP, KIND_NUMBER, 1, 0, 63,
	  NULL },
};

/* Words of a sample, in the order of their values in the ABI. */
static const struct {
	const char *word;
	uint32_t min;
} sample_words[] = {
	{ "rate", 1 },
	{ "group", 0 },
	{ "trunc", 1 },
};

#define SAMPLE_TRUNC	2

static unsigned int count_words(const struct verb *verb)
{
	unsigned int n = 0;

	while (verb->words[n])
		n++;
	return n;
}

/* How many words of an action come next; all of them: it is that. */
static unsigned int same_words(const struct verb *verb, const struct words *w)
{
	unsigned int n = 0;

	while (verb->words[n] && (int)n < w->argc &&
	       !strcmp(verb->words[n], w->argv[n]))
		n++;
	return n;
}

static const struct verb *find_verb(const struct words *w, bool *is_begun)
{
	const struct verb *verb;

	*is_begun = false;
	for (verb = verbs; verb < verbs + ARRAY_SIZE(verbs); verb++) {
		unsigned int n = same_words(verb, w);

		if (n == count_words(verb))
			return verb;
		*is_begun |= n;
	}
	return NULL;
}

static int add(struct vsctl *v, struct actions *to, const struct verb *verb,
	       const void *data, const char *word)
{
	struct action *action = &to->list[to->n];

	if (to->n == VSW_ACTIONS_MAX)
		return err_usage(v, "a rule has at most %u actions",
				 VSW_ACTIONS_MAX);
	to->n++;
	action->attr = verb->attr;
	action->len = verb->len;
	memcpy(action->data, data, verb->len);
	action->word = word;
	return 0;
}

/* "DEV[,DEV...]"; to mirror to several is one action for each. */
static int take_ports(struct vsctl *v, struct actions *to,
		      const struct verb *verb, char *word)
{
	uint32_t ifindex;
	char *next;
	int rc = 0;

	for (; !rc && word; word = next) {
		next = strchr(word, ',');
		if (next)
			*next++ = '\0';
		rc = names_index(v, word, &ifindex);
		if (!rc)
			rc = add(v, to, verb, &ifindex, word);
	}
	return rc;
}

static int take_number(struct vsctl *v, struct actions *to,
		       const struct verb *verb, const char *word)
{
	uint32_t val;
	uint16_t val16;
	uint8_t val8;

	if (!parse_number(word, verb->min, verb->max, &val))
		return err_usage(v,
				 "expected a number from %u to %u, not \"%s\"",
				 verb->min, verb->max, word);
	val16 = val;
	val8 = val;
	return add(v, to, verb, verb->len == 1 ? (void *)&val8 : &val16, word);
}

static int take_name(struct vsctl *v, struct actions *to,
		     const struct verb *verb, const char *word)
{
	struct action *action = &to->list[to->n];
	const char *name;
	int rc;

	if (!parse_group(word, &name))
		return err_usage(v,
				 "expected a name of 1 to 31 characters, not \"%s\"",
				 word);
	rc = add(v, to, verb, "", word);
	if (rc)
		return rc;
	action->len = strlen(name) + 1;
	memcpy(action->data, name, action->len);
	return 0;
}

/* One value, without a mask. */
static bool parse_value(const struct verb *verb, const char *word,
			uint8_t data[MATCH_VALUE_LEN])
{
	if (verb->value != &match_masked && strchr(word, '/'))
		return false;
	return verb->value->parse(word, NULL, verb->max, data);
}

static int take_value(struct vsctl *v, struct actions *to,
		      const struct verb *verb, const char *word)
{
	uint8_t data[MATCH_VALUE_LEN];

	if (parse_value(verb, word, data))
		return add(v, to, verb, data, word);
	if (verb->value == &match_ipv4) {
		if (parse_value(verb + 1, word, data))
			return add(v, to, verb + 1, data, word);
		return err_usage(v, "expected an IP address, not \"%s\"", word);
	}
	return err_usage(v, "expected %s, not \"%s\"", verb->value->expect,
			 word);
}

/* Ends the first of "FIRST[-LAST]". Returns the last, or the first if it is
 * alone.
 */
static char *cut_range(char *range)
{
	char *last = strchr(range, '-');

	if (!last)
		return range;
	*last = '\0';
	return last + 1;
}

/* Ends the addresses of "ADDRESSES[:PORTS]", or of "[ADDRESSES][:PORTS]" where
 * they have colons of their own. Returns the ports; NULL: it is neither.
 */
static char *cut_ports(char **addresses, int family)
{
	char *end;

	if (family == AF_INET) {
		end = strchr(*addresses, ':');
	} else if (**addresses == '[') {
		end = strchr(++*addresses, ']');
		if (!end)
			return NULL;
		*end++ = '\0';
	} else {
		end = NULL;
	}
	if (!end || !*end)
		return *addresses + strlen(*addresses);
	if (*end != ':' || !end[1])
		return NULL;
	*end = '\0';
	return end + 1;
}

static bool parse_nat_ports(char *range, uint16_t ports[2])
{
	const char *last = cut_range(range);
	uint32_t min, max;

	if (!parse_number(range, 1, UINT16_MAX, &min) ||
	    !parse_number(last, 1, UINT16_MAX, &max))
		return false;
	ports[0] = min;
	ports[1] = max;
	return true;
}

/* "ADDRESS[-ADDRESS][:PORT[-PORT]]", of IPv6 with ports "[...]:PORT[-PORT]". */
static bool parse_nat(const char *word, int family, uint8_t *data)
{
	size_t len = family == AF_INET ? sizeof(struct in_addr) :
					 sizeof(struct in6_addr);
	char copy[VALUE_STRLEN], *first = copy, *ports_word;
	uint16_t ports[2] = {};
	const char *last;

	if (strlen(word) >= sizeof(copy))
		return false;
	strcpy(copy, word);
	ports_word = cut_ports(&first, family);
	if (!ports_word || (*ports_word && !parse_nat_ports(ports_word, ports)))
		return false;
	last = cut_range(first);
	if (inet_pton(family, first, data) != 1 ||
	    inet_pton(family, last, data + len) != 1)
		return false;
	memcpy(data + 2 * len, ports, sizeof(ports));
	return true;
}

/* Of two lines with the same words the second is that of IPv6. */
static int take_nat(struct vsctl *v, struct actions *to,
		    const struct verb *verb, const char *word)
{
	uint8_t data[ACTION_LEN];

	if (parse_nat(word, AF_INET, data))
		return add(v, to, verb, data, word);
	if (parse_nat(word, AF_INET6, data))
		return add(v, to, verb + 1, data, word);
	return err_usage(v,
			 "expected ADDRESS[-ADDRESS][:PORT[-PORT]], not \"%s\"",
			 word);
}

/* Which word of a sample comes next, or none. */
static unsigned int find_sample_word(const struct words *w)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sample_words); i++) {
		if (words_is(w, sample_words[i].word))
			break;
	}
	return i;
}

/* "rate N group N [ trunc N ]", in any order, as tc(8) takes it. */
static int take_sample(struct vsctl *v, struct words *w, struct actions *to,
		       const struct verb *verb)
{
	uint32_t values[ARRAY_SIZE(sample_words)] = {};
	bool has[ARRAY_SIZE(sample_words)] = {};
	const char *word = NULL;
	unsigned int i;

	while ((i = find_sample_word(w)) < ARRAY_SIZE(sample_words)) {
		if (has[i])
			return err_usage(v, "\"%s\" is given twice",
					 sample_words[i].word);
		words_next(w);
		word = words_next(w);
		if (!word || !parse_number(word, sample_words[i].min,
					   UINT32_MAX, &values[i]))
			return err_usage(v,
					 "\"%s\": expected a number from %u to 4294967295, not \"%s\"",
					 sample_words[i].word,
					 sample_words[i].min, word ?: "");
		has[i] = true;
	}
	for (i = 0; i < SAMPLE_TRUNC; i++) {
		if (!has[i])
			return err_usage(v,
					 "\"sample\" must be followed by '%s' and a number",
					 sample_words[i].word);
	}
	return add(v, to, verb, values, NULL);
}

static int take_one(struct vsctl *v, struct words *w, const struct verb *verb,
		    struct actions *to)
{
	unsigned int i, n = count_words(verb);
	const char *word = NULL;

	for (i = 0; i < n; i++)
		words_next(w);
	if (verb->kind == KIND_FLAG)
		return add(v, to, verb, "", NULL);
	if (verb->kind == KIND_SAMPLE)
		return take_sample(v, w, to, verb);
	word = words_next(w);
	if (!word)
		return err_usage(v, "what follows \"%s\" is missing",
				 verb->words[n - 1]);
	if (verb->kind == KIND_PORT)
		return take_ports(v, to, verb, (char *)word);
	if (verb->kind == KIND_NUMBER)
		return take_number(v, to, verb, word);
	if (verb->kind == KIND_NAME)
		return take_name(v, to, verb, word);
	if (verb->kind == KIND_NAT)
		return take_nat(v, to, verb, word);
	return take_value(v, to, verb, word);
}

/**
 * actions_parse - take the words of what a rule does
 * @v: the run
 * @w: the words, up to one that is not of it
 * @to: where to put it
 *
 * Return: 0, or an exit code after a message
 */
int actions_parse(struct vsctl *v, struct words *w, struct actions *to)
{
	const struct verb *verb;
	bool is_begun = false;
	int rc = 0;

	to->n = 0;
	while (!rc && w->argc && (verb = find_verb(w, &is_begun)))
		rc = take_one(v, w, verb, to);
	if (rc)
		return rc;
	if (is_begun && w->argc)
		return err_usage(v, "'%s' must be followed by what to %s",
				 *w->argv, *w->argv);
	if (!to->n)
		return err_usage(v,
				 "expected an action such as 'permit' or 'drop', not \"%s\"",
				 w->argc ? *w->argv : "");
	return 0;
}

static enum out_color color_of(uint16_t attr)
{
	switch (attr) {
	case VSW_A_ACTION_PERMIT:
		return OUT_GOOD;
	case VSW_A_ACTION_DROP:
	case VSW_A_ACTION_REJECT:
		return OUT_BAD;
	}
	return OUT_PLAIN;
}

static void format_nat(const struct verb *verb, const struct action *action,
		       char buf[VALUE_STRLEN])
{
	bool is_ipv4 = verb->len == sizeof(struct vsw_nat_ipv4);
	size_t len = is_ipv4 ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	char first[INET6_ADDRSTRLEN], last[INET6_ADDRSTRLEN];
	int family = is_ipv4 ? AF_INET : AF_INET6;
	bool is_range = memcmp(action->data, action->data + len, len);
	uint16_t ports[2];
	bool is_open;

	inet_ntop(family, action->data, first, sizeof(first));
	inet_ntop(family, action->data + len, last, sizeof(last));
	memcpy(ports, action->data + 2 * len, sizeof(ports));
	is_open = ports[0] && !is_ipv4;
	snprintf(buf, VALUE_STRLEN, "%s%s%s%s%s", is_open ? "[" : "", first,
		 is_range ? "-" : "", is_range ? last : "",
		 is_open ? "]" : "");
	buf += strlen(buf);
	if (ports[0] && ports[0] != ports[1])
		snprintf(buf, sizeof(":65535-65535"), ":%u-%u", ports[0],
			 ports[1]);
	else if (ports[0])
		snprintf(buf, sizeof(":65535"), ":%u", ports[0]);
}

static void format_value(const struct verb *verb, const struct action *action,
			 char buf[VALUE_STRLEN])
{
	uint8_t masked[MATCH_VALUE_LEN];
	uint32_t val32 = 0;
	uint16_t val16 = 0;

	if (verb->kind == KIND_PORT) {
		memcpy(&val32, action->data, sizeof(val32));
		snprintf(buf, VALUE_STRLEN, "%s", names_name(val32));
	} else if (verb->kind == KIND_NUMBER) {
		memcpy(&val16, action->data, sizeof(val16));
		snprintf(buf, VALUE_STRLEN, "%u",
			 verb->len == 1 ? action->data[0] : val16);
	} else if (verb->kind == KIND_NAME) {
		snprintf(buf, VALUE_STRLEN, "%.*s", action->len,
			 (const char *)action->data);
	} else if (verb->kind == KIND_NAT) {
		format_nat(verb, action, buf);
	} else {
		memset(masked, 0xff, sizeof(masked));
		memcpy(masked, action->data, verb->len);
		verb->value->format(masked, NULL, buf);
	}
}

static void print_words(struct out *o, const struct verb *verb)
{
	unsigned int i;

	for (i = 0; verb->words[i]; i++)
		out_word(o, color_of(verb->attr), verb->words[i]);
}

static void print_sample(struct out *o, const struct action *action)
{
	uint32_t values[ARRAY_SIZE(sample_words)];
	unsigned int i;

	memcpy(values, action->data, sizeof(values));
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		if (i != SAMPLE_TRUNC || values[i])
			out_num(o, sample_words[i].word, sample_words[i].word,
				values[i]);
	}
}

/* In JSON by the words with dashes between them. */
static void print_one(struct out *o, const struct verb *verb,
		      const struct action *action)
{
	char value[VALUE_STRLEN] = "", name[40] = "";
	unsigned int i;

	if (verb->kind != KIND_FLAG && verb->kind != KIND_SAMPLE)
		format_value(verb, action, value);
	if (!o->json) {
		print_words(o, verb);
		if (verb->kind == KIND_SAMPLE)
			print_sample(o, action);
		else if (verb->kind != KIND_FLAG)
			out_word(o, verb->kind == KIND_PORT ||
				 verb->kind == KIND_NAME ? OUT_NAME :
							   OUT_PLAIN,
				 value);
		return;
	}
	for (i = 0; verb->words[i]; i++)
		snprintf(name + strlen(name), sizeof(name) - strlen(name),
			 "%s%s", i ? "-" : "", verb->words[i]);
	out_object_begin(o, NULL);
	out_str(o, OUT_PLAIN, "action", NULL, name);
	if (verb->kind == KIND_SAMPLE)
		print_sample(o, action);
	else if (verb->kind != KIND_FLAG)
		out_str(o, OUT_PLAIN, "value", NULL, value);
	out_object_end(o);
}

/**
 * actions_print - write what a rule does
 * @o: where to
 * @actions: what it does; what came later than this program is left out
 */
void actions_print(struct out *o, const struct actions *actions)
{
	const struct action *action;
	const struct verb *verb;

	out_array_begin(o, "actions");
	for (action = actions->list; action < actions->list + actions->n;
	     action++) {
		for (verb = verbs; verb < verbs + ARRAY_SIZE(verbs); verb++) {
			if (verb->attr == action->attr &&
			    (verb->kind == KIND_NAME ||
			     verb->len == action->len))
				print_one(o, verb, action);
		}
	}
	out_array_end(o);
}
