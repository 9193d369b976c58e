// SPDX-License-Identifier: GPL-2.0
/*
 * Words to values, and values to words.
 */
#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"
#include "vsctl.h"

#define INTERVAL_MAX	3600

/**
 * parse_number - a decimal number
 * @word: digits and nothing else, without leading zeros
 * @min: the least it may be
 * @max: the most it may be
 * @val: where it goes
 *
 * Return: whether @word is one
 */
bool parse_number(const char *word, uint32_t min, uint32_t max, uint32_t *val)
{
	uint64_t n = 0;
	const char *p;

	if (!*word || (*word == '0' && word[1]))
		return false;
	for (p = word; *p; p++) {
		if (!isdigit((unsigned char)*p))
			return false;
		n = n * 10 + (*p - '0');
		if (n > max)
			return false;
	}
	if (n < min)
		return false;
	*val = n;
	return true;
}

/**
 * parse_vid - a VLAN
 * @word: the word
 * @to: uint16_t
 *
 * Return: whether @word is one
 */
bool parse_vid(const char *word, void *to)
{
	uint32_t n;

	if (!parse_number(word, 1, VID_MAX, &n))
		return false;
	*(uint16_t *)to = n;
	return true;
}

/* "10" or "100-199"; overwrites @item. */
static bool parse_range(char *item, uint8_t *vlans)
{
	char *dash = strchr(item, '-');
	uint16_t first, last, vid;

	if (dash)
		*dash = '\0';
	if (!parse_vid(item, &first))
		return false;
	last = first;
	if (dash && !parse_vid(dash + 1, &last))
		return false;
	for (vid = first; vid <= last; vid++)
		vlans[vid / 8] |= 1 << vid % 8;
	return first <= last;
}

/**
 * parse_vlans - a list of VLANs
 * @word: as 10,20,100-199, or "all", or "none"
 * @to: uint8_t[VSW_VLANS_LEN], the set as the kernel takes it
 *
 * Return: whether @word is one
 */
bool parse_vlans(const char *word, void *to)
{
	char all[] = "1-4094";
	char *list, *next, *item;
	bool ok = true;

	memset(to, 0, VSW_VLANS_LEN);
	if (!strcmp(word, "none"))
		return true;
	if (!strcmp(word, "all"))
		return parse_range(all, to);
	list = strdup(word);
	if (!list)
		return false;
	for (next = list; ok && (item = strsep(&next, ","));)
		ok = parse_range(item, to);
	free(list);
	return ok;
}

/**
 * parse_mac - a MAC address
 * @word: six pairs of hexadecimal digits with colons between
 * @to: uint8_t[MAC_LEN]
 *
 * Return: whether @word is one
 */
bool parse_mac(const char *word, void *to)
{
	uint8_t *mac = to;
	int i;

	for (i = 0; i < MAC_LEN; i++, word += 3) {
		if (!isxdigit((unsigned char)word[0]) ||
		    !isxdigit((unsigned char)word[1]) ||
		    word[2] != (i < MAC_LEN - 1 ? ':' : '\0'))
			return false;
		mac[i] = strtoul(word, NULL, 16);
	}
	return true;
}

/**
 * parse_dev - the name of a network device, by the kernel's rules
 * @word: the word
 * @to: const char \*, set to @word
 *
 * Return: whether @word can be one
 */
bool parse_dev(const char *word, void *to)
{
	const char *p;

	if (!*word || strlen(word) >= IF_NAMESIZE ||
	    !strcmp(word, ".") || !strcmp(word, ".."))
		return false;
	for (p = word; *p; p++) {
		if (*p == '/' || *p == ':' || isspace((unsigned char)*p))
			return false;
	}
	*(const char **)to = word;
	return true;
}

static bool parse_file(const char *word, void *to)
{
	if (!*word)
		return false;
	*(const char **)to = word;
	return true;
}

/**
 * parse_onoff - "on" or "off"
 * @word: the word
 * @to: uint8_t
 *
 * Return: whether @word is one of them
 */
bool parse_onoff(const char *word, void *to)
{
	bool on = !strcmp(word, "on");

	if (!on && strcmp(word, "off"))
		return false;
	*(uint8_t *)to = on;
	return true;
}

/**
 * parse_ageing - an ageing time in seconds
 * @word: the word
 * @to: uint32_t
 *
 * Return: whether @word is one
 */
bool parse_ageing(const char *word, void *to)
{
	return parse_number(word, VSW_AGEING_MIN, VSW_AGEING_MAX, to);
}

/**
 * parse_prio - the prio of a rule
 * @word: the word
 * @to: a uint32_t
 *
 * Return: false if it is something else
 */
bool parse_prio(const char *word, void *to)
{
	return parse_number(word, 0, VSW_RULE_PRIO_MAX, to);
}

/**
 * parse_band - the band of a rule
 * @word: the word
 * @to: the band, u8
 *
 * Return: true if it is one
 */
bool parse_band(const char *word, void *to)
{
	uint32_t val;

	if (!parse_number(word, 0, VSW_BANDS - 1, &val))
		return false;
	*(uint8_t *)to = val;
	return true;
}

/**
 * parse_timeout - when a rule is to go
 * @word: the word
 * @to: seconds, uint32_t
 *
 * Return: true if it is one
 */
bool parse_timeout(const char *word, void *to)
{
	return parse_number(word, 1, VSW_RULE_TIMEOUT_MAX, to);
}

static bool parse_interval(const char *word, void *to)
{
	return parse_number(word, 1, INTERVAL_MAX, to);
}

/**
 * parse_zone - where the zones of connections of a switch begin
 * @word: the word
 * @to: the zone, u16
 *
 * Return: true if it is one
 */
bool parse_zone(const char *word, void *to)
{
	uint32_t val;

	if (!parse_number(word, 0, VSW_CT_ZONE_MAX, &val))
		return false;
	*(uint16_t *)to = val;
	return true;
}

/**
 * parse_group - the name of a group of rules
 * @word: the word
 * @to: const char *
 *
 * Return: true if it can be one
 */
bool parse_group(const char *word, void *to)
{
	size_t len = strlen(word);

	*(const char **)to = word;
	return len && len <= VSW_NAME_MAX;
}

static const char *const policies[] = {
	[VSW_POLICY_PERMIT]	= "permit",
	[VSW_POLICY_DROP]	= "drop",
	[VSW_POLICY_SWITCH]	= "switch",
};

/**
 * policy_name - the name of a policy
 * @policy: &enum vsw_policy
 *
 * Return: the name
 */
const char *policy_name(uint32_t policy)
{
	return names_enum(policies, ARRAY_SIZE(policies), policy);
}

static bool find_policy(const char *word, uint32_t max, void *to)
{
	uint32_t i;

	for (i = 0; i <= max; i++) {
		if (!strcmp(policies[i], word)) {
			*(uint32_t *)to = i;
			return true;
		}
	}
	return false;
}

/**
 * parse_policy - what becomes of a frame that no rule matches
 * @word: the word
 * @to: &enum vsw_policy, uint32_t
 *
 * Return: true if it is one
 */
bool parse_policy(const char *word, void *to)
{
	return find_policy(word, VSW_POLICY_DROP, to);
}

/**
 * parse_port_policy - likewise of a port, which may leave it to the switch
 * @word: the word
 * @to: &enum vsw_policy, uint32_t
 *
 * Return: true if it is one
 */
bool parse_port_policy(const char *word, void *to)
{
	return find_policy(word, VSW_POLICY_SWITCH, to);
}

/**
 * parse_rule_id - the number of a rule
 * @word: the word
 * @to: a uint32_t
 *
 * Return: false if it is something else
 */
bool parse_rule_id(const char *word, void *to)
{
	return parse_number(word, 1, INT32_MAX, to);
}

/**
 * parse_fdb_limit - a number of learned entries
 * @word: the word
 * @to: uint32_t
 *
 * Return: whether @word is one
 */
bool parse_fdb_limit(const char *word, void *to)
{
	return parse_number(word, 1, VSW_FDB_LIMIT_MAX, to);
}

/**
 * parse_port_type - a type of port that a person can make
 * @word: the word
 * @to: uint32_t, &enum vsw_port_type
 *
 * Return: whether @word is one
 */
bool parse_port_type(const char *word, void *to)
{
	bool internal = !strcmp(word, "internal");

	if (!internal && strcmp(word, "netdev"))
		return false;
	*(uint32_t *)to = internal ? VSW_PORT_TYPE_INTERNAL :
				     VSW_PORT_TYPE_NETDEV;
	return true;
}

/**
 * format_mac - write a MAC address
 * @mac: the address
 * @buf: where to
 */
void format_mac(const uint8_t *mac, char buf[MAC_STRLEN])
{
	snprintf(buf, MAC_STRLEN, "%02x:%02x:%02x:%02x:%02x:%02x",
		 mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
}

static bool vlans_test(const uint8_t *vlans, unsigned int vid)
{
	return vlans[vid / 8] & 1 << vid % 8;
}

/**
 * vlans_next - find the next run of VLANs in a set
 * @vlans: the set, of %VSW_VLANS_LEN bytes
 * @first: where to look from; then the run's first VLAN
 * @last: the run's last VLAN
 *
 * Return: whether there is one
 */
bool vlans_next(const uint8_t *vlans, unsigned int *first, unsigned int *last)
{
	unsigned int vid = *first;

	while (vid < VSW_VLANS_LEN * 8 && !vlans_test(vlans, vid))
		vid++;
	if (vid == VSW_VLANS_LEN * 8)
		return false;
	*first = vid;
	while (vid < VSW_VLANS_LEN * 8 && vlans_test(vlans, vid))
		vid++;
	*last = vid - 1;
	return true;
}

/**
 * format_vlans - write a set of VLANs as parse_vlans() takes it
 * @vlans: the set, of %VSW_VLANS_LEN bytes
 * @buf: where to
 */
void format_vlans(const uint8_t *vlans, char buf[VLANS_STRLEN])
{
	unsigned int first = 0, last;
	char *p = buf;

	memcpy(buf, "none", sizeof("none"));
	for (; vlans_next(vlans, &first, &last); first = last + 1) {
		if (first == 1 && last == VID_MAX) {
			memcpy(buf, "all", sizeof("all"));
			return;
		}
		p += sprintf(p, "%s%u", p == buf ? "" : ",", first);
		if (last > first)
			p += sprintf(p, "-%u", last);
	}
}

const struct value_type type_vid = {
	"VID", "a VLAN from 1 to 4094", parse_vid,
};

static const struct value_type type_vlans = {
	"LIST", "VLANs from 1 to 4094 as 10,20,100-199, 'all' or 'none'",
	parse_vlans,
};

const struct value_type type_mac = {
	"MAC", "a MAC address as 02:00:00:00:00:09", parse_mac,
};

const struct value_type type_dev = {
	"DEV", "a device name of 1 to 15 characters", parse_dev,
};

const struct value_type type_file = {
	"FILE", "a file name", parse_file,
};

const struct value_type type_onoff = {
	"on|off", "'on' or 'off'", parse_onoff,
};

const struct value_type type_ageing = {
	"SECONDS", "seconds from 1 to 1000000", parse_ageing,
};

const struct value_type type_band = {
	"NUMBER", "a number from 0 to 15", parse_band,
};

const struct value_type type_timeout = {
	"SECONDS", "seconds from 1 to 86400", parse_timeout,
};

const struct value_type type_zone = {
	"ZONE", "a number from 0 to 61440", parse_zone,
};

const struct value_type type_interval = {
	"SECONDS", "seconds from 1 to 3600", parse_interval,
};

const struct value_type type_group = {
	"GROUP", "a name of 1 to 31 characters", parse_group,
};

const struct value_type type_policy = {
	"permit|drop", "'permit' or 'drop'", parse_policy,
};

const struct value_type type_port_policy = {
	"permit|drop|switch", "'permit', 'drop' or 'switch'", parse_port_policy,
};

const struct value_type type_prio = {
	"NUMBER", "a number from 0 to 65535", parse_prio,
};

const struct value_type type_rule_id = {
	"ID", "the ID of a rule", parse_rule_id,
};

const struct value_type type_fdb_limit = {
	"N", "a number from 1 to 4194304", parse_fdb_limit,
};

const struct value_type type_port_type = {
	"TYPE", "'netdev' or 'internal'", parse_port_type,
};

/**
 * words_is - look at the next word
 * @w: the words
 * @word: what it may be
 *
 * Return: whether there is one, and it is @word
 */
bool words_is(const struct words *w, const char *word)
{
	return w->argc > 0 && !strcmp(*w->argv, word);
}

/**
 * words_next - take the next word
 * @w: the words
 *
 * Return: the word, or NULL if there is none
 */
const char *words_next(struct words *w)
{
	if (w->argc <= 0)
		return NULL;
	w->argc--;
	return *w->argv++;
}

/* The value that comes after the keyword @key. */
static const char *take_value(struct vsctl *v, struct words *w,
			      const char *key, const struct value_type *type,
			      void *to)
{
	const char *word = words_next(w);

	if (word && type->parse(word, to))
		return word;
	if (word)
		err_usage(v, "\"%s\": expected %s, not \"%s\"", key,
			  type->expect, word);
	else
		err_usage(v, "\"%s\": %s must follow", key, type->expect);
	return NULL;
}

/**
 * take_vlan - take what comes after "vlan" where a port is set up
 * @v: the run
 * @w: the words after it
 * @arg: the argument; its value is a &struct vlan_arg
 *
 * Return: 0, or %EXIT_USAGE after a message
 */
int take_vlan(struct vsctl *v, struct words *w, struct arg *arg)
{
	struct vlan_arg *vlan = arg->to;
	const char *word = words_next(w);

	if (!word)
		return err_usage(v,
				 "\"vlan\": 'access' or 'trunk' must follow");
	vlan->mode_word = word;
	if (!strcmp(word, "access")) {
		vlan->mode = VSW_VLAN_MODE_ACCESS;
		vlan->pvid_word = take_value(v, w, word, &type_vid,
					     &vlan->pvid);
		return vlan->pvid_word ? 0 : EXIT_USAGE;
	}
	if (strcmp(word, "trunk"))
		return err_usage(v,
				 "\"vlan\": expected 'access' or 'trunk', not \"%s\"",
				 word);
	vlan->mode = VSW_VLAN_MODE_TRUNK;
	vlan->pvid_word = word;
	vlan->vlans_word = take_value(v, w, word, &type_vlans, vlan->vlans);
	if (!vlan->vlans_word)
		return EXIT_USAGE;
	if (words_is(w, "native")) {
		word = words_next(w);
		vlan->pvid_word = take_value(v, w, word, &type_vid,
					     &vlan->pvid);
	}
	return vlan->pvid_word ? 0 : EXIT_USAGE;
}

static int take_key(struct vsctl *v, struct words *w, struct arg *arg)
{
	const char *key = words_next(w);

	if (arg->word)
		return err_usage(v, "\"%s\" is given twice", key);
	arg->word = key;
	if (arg->take)
		return arg->take(v, w, arg);
	if (!arg->type) {
		*(bool *)arg->to = true;
		return 0;
	}
	arg->word = take_value(v, w, key, arg->type, arg->to);
	return arg->word ? 0 : EXIT_USAGE;
}

/* Say what could stand where @word does. */
static int unknown_word(struct vsctl *v, const char *word,
			const struct arg *args, unsigned int n)
{
	const char *glue = ": expected ";
	char list[256] = "";
	unsigned int i;
	size_t len = 0;

	for (i = 0; i < n && len < sizeof(list); i++) {
		if (args[i].word)
			continue;
		len += snprintf(list + len, sizeof(list) - len,
				args[i].key ? "%s'%s'" : "%s%s", glue,
				args[i].key ? args[i].key :
				args[i].type->expect);
		glue = " or ";
	}
	return err_usage(v, "unknown word \"%s\"%s", word, list);
}

/* A word that is no keyword: the first argument it fits, or none. */
static int take_alone(struct vsctl *v, struct words *w, struct arg *args,
		      unsigned int n)
{
	const char *word = words_next(w);
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (args[i].key || args[i].word)
			continue;
		if (args[i].type->parse(word, args[i].to)) {
			args[i].word = word;
			return 0;
		}
	}
	return unknown_word(v, word, args, n);
}

static int take_needed(struct vsctl *v, struct words *w, struct arg *arg)
{
	const char *word = words_next(w);

	if (!word)
		return err_usage(v, "%s is missing: %s must follow",
				 arg->name ? arg->name : arg->type->name,
				 arg->type->expect);
	if (!arg->type->parse(word, arg->to))
		return err_usage(v, "expected %s, not \"%s\"",
				 arg->type->expect, word);
	arg->word = word;
	return 0;
}

/**
 * args_parse - take all words of a command
 * @v: the run
 * @w: the words
 * @args: what the command takes
 * @n: how many arguments that is
 *
 * Return: 0, or %EXIT_USAGE after a message
 */
int args_parse(struct vsctl *v, struct words *w, struct arg *args,
	       unsigned int n)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; !rc && i < n && args[i].needed && !args[i].key; i++)
		rc = take_needed(v, w, &args[i]);
	while (!rc && w->argc) {
		for (i = 0; i < n; i++) {
			if (args[i].key && words_is(w, args[i].key))
				break;
		}
		rc = i < n ? take_key(v, w, &args[i]) :
			     take_alone(v, w, args, n);
	}
	for (i = 0; !rc && i < n; i++) {
		if (args[i].needed && !args[i].word)
			rc = err_usage(v, "\"%s %s\" is missing", args[i].key,
				       args[i].type->name);
	}
	return rc;
}
