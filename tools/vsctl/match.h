/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a rule matches: words to values and back.
 */
#ifndef VSCTL_MATCH_H
#define VSCTL_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/vswitch.h>

struct out;
struct vsctl;
struct words;

/* Values that one rule may have: the most that the kernel takes. */
#define MATCH_VALUES_MAX	256
#define MATCH_VALUE_LEN		32

/**
 * struct match_value - one value that a field may have
 * @attr: the field, &enum vsw_a_match
 * @except: it may not have it
 * @len: bytes of @data
 * @data: the value, as in the ABI
 * @word: as it was given, or NULL
 */
struct match_value {
	uint16_t attr;
	bool except;
	uint8_t len;
	uint8_t data[MATCH_VALUE_LEN];
	const char *word;
};

/**
 * struct match - what a rule matches
 * @n: how many values
 * @values: they
 */
struct match {
	unsigned int n;
	struct match_value values[MATCH_VALUES_MAX];
};

int match_parse(struct vsctl *v, struct words *w, struct match *m);
const char *match_name(const struct match_value *val);
bool match_is_one(const struct match_value *val);
void match_print(struct out *o, const struct match *m);

#endif /* VSCTL_MATCH_H */
