/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Words of the command line to values. The parse_*() functions take one whole
 * word and say whether it is what they expect; args_parse() takes a command's
 * words by a table and reports what is wrong with them.
 */
#ifndef VSCTL_PARSE_H
#define VSCTL_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/vswitch.h>

struct vsctl;

#define MAC_LEN		6
#define VID_MAX		4094

/**
 * struct words - the words of a command that are still to be taken
 * @argv: the next word
 * @argc: how many there are
 */
struct words {
	char **argv;
	int argc;
};

/**
 * struct value_type - a kind of value
 * @name: as the usage calls it
 * @expect: what it is, for "expected ..."
 * @parse: takes a word; returns false if it is something else
 */
struct value_type {
	const char *name;
	const char *expect;
	bool (*parse)(const char *word, void *to);
};

/**
 * struct arg - one argument of a command
 * @key: the keyword that comes first; NULL: the value stands alone
 * @name: what the usage calls a value that stands alone, if not by its @type
 * @type: of the value; NULL: the keyword is all there is, @to a bool
 * @to: where the value goes
 * @take: instead of @type: takes the words after the keyword itself
 * @needed: the command is wrong without it; if @key is NULL, it has its fixed
 *	place before all other words, and is never taken for a keyword
 * @word: set by args_parse(): the value as it was given, NULL if it was not
 */
struct arg {
	const char *key;
	const char *name;
	const struct value_type *type;
	void *to;
	int (*take)(struct vsctl *v, struct words *w, struct arg *arg);
	bool needed;
	const char *word;
};

/**
 * struct vlan_arg - the value of "vlan access VID" or "vlan trunk LIST ..."
 * @mode: &enum vsw_vlan_mode
 * @pvid: the access VLAN, or the native VLAN; 0: none
 * @vlans: of a trunk, as in %VSW_A_PORT_VLANS
 * @mode_word: "access" or "trunk"
 * @pvid_word: @pvid as it was given, or @mode_word
 * @vlans_word: the list as it was given
 */
struct vlan_arg {
	uint32_t mode;
	uint16_t pvid;
	uint8_t vlans[VSW_VLANS_LEN];
	const char *mode_word;
	const char *pvid_word;
	const char *vlans_word;
};

bool parse_number(const char *word, uint32_t min, uint32_t max, uint32_t *val);
bool parse_vid(const char *word, void *to);
bool parse_vlans(const char *word, void *to);
bool parse_mac(const char *word, void *to);
bool parse_dev(const char *word, void *to);
bool parse_onoff(const char *word, void *to);
bool parse_ageing(const char *word, void *to);
bool parse_fdb_limit(const char *word, void *to);
bool parse_prio(const char *word, void *to);
bool parse_band(const char *word, void *to);
bool parse_timeout(const char *word, void *to);
bool parse_zone(const char *word, void *to);
bool parse_group(const char *word, void *to);
bool parse_policy(const char *word, void *to);
bool parse_port_policy(const char *word, void *to);
bool parse_rule_id(const char *word, void *to);
bool parse_port_type(const char *word, void *to);

/* How values are written. */
#define MAC_STRLEN	18
/* The worst case: pairs, as 1000-1001, with one VLAN left out between them. */
#define VLANS_STRLEN	(1366 * 10 + 1)

const char *policy_name(uint32_t policy);
void format_mac(const uint8_t *mac, char buf[MAC_STRLEN]);
void format_vlans(const uint8_t *vlans, char buf[VLANS_STRLEN]);
bool vlans_next(const uint8_t *vlans, unsigned int *first, unsigned int *last);

extern const struct value_type type_vid;	/* uint16_t */
extern const struct value_type type_mac;	/* uint8_t[MAC_LEN] */
extern const struct value_type type_dev;	/* const char * */
extern const struct value_type type_file;	/* const char * */
extern const struct value_type type_onoff;	/* uint8_t */
extern const struct value_type type_ageing;	/* uint32_t */
extern const struct value_type type_fdb_limit;	/* uint32_t */
extern const struct value_type type_port_type;	/* uint32_t */
extern const struct value_type type_prio;	/* uint32_t */
extern const struct value_type type_band;	/* uint8_t */
extern const struct value_type type_timeout;	/* uint32_t */
extern const struct value_type type_interval;	/* uint32_t */
extern const struct value_type type_zone;	/* uint16_t */
extern const struct value_type type_group;	/* const char * */
extern const struct value_type type_policy;	/* uint32_t */
extern const struct value_type type_port_policy;	/* uint32_t */
extern const struct value_type type_rule_id;	/* uint32_t */

int take_vlan(struct vsctl *v, struct words *w, struct arg *arg);
int args_parse(struct vsctl *v, struct words *w, struct arg *args,
	       unsigned int n);
bool words_is(const struct words *w, const char *word);
const char *words_next(struct words *w);

#endif /* VSCTL_PARSE_H */
