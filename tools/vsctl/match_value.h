/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Values of the fields of a frame: a word to what the ABI has, and back.
 */
#ifndef VSCTL_MATCH_VALUE_H
#define VSCTL_MATCH_VALUE_H

#include "match.h"

/* The longest: two IPv6 addresses. */
#define MATCH_VALUE_STRLEN	96

/**
 * struct match_name - a number that has a name
 * @name: the name
 * @number: the number
 */
struct match_name {
	const char *name;
	uint32_t number;
};

/**
 * struct match_kind - a kind of value
 * @expect: what it is, for "expected ..."
 * @len: how many bytes it has in the ABI; 0: it is a string
 * @parse: takes a word, with the names and the greatest number that the field
 *	has; returns false if it is something else
 * @format: writes it
 */
struct match_kind {
	const char *expect;
	uint8_t len;
	bool (*parse)(const char *word, const struct match_name *names,
		      uint32_t max, void *to);
	void (*format)(const void *from, const struct match_name *names,
		       char buf[MATCH_VALUE_STRLEN]);
};

extern const struct match_kind match_range;
extern const struct match_kind match_masked;
extern const struct match_kind match_flags;
extern const struct match_kind match_mac;
extern const struct match_kind match_ipv4;
extern const struct match_kind match_ipv6;
extern const struct match_kind match_set;

#endif /* VSCTL_MATCH_VALUE_H */
