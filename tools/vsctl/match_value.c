// SPDX-License-Identifier: GPL-2.0
/*
 * Values of the fields of a frame.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match_value.h"
#include "parse.h"
#include "vsctl.h"

/* Room for one part of a word. */
#define PART_LEN	64

/* The parts of a word before and behind the first @sep; false: too long. The
 * second is empty if there is none.
 */
static bool split(const char *word, char sep, char first[PART_LEN],
		  char second[PART_LEN])
{
	const char *at = strchr(word, sep);
	size_t len = at ? (size_t)(at - word) : strlen(word);

	second[0] = '\0';
	if (len >= PART_LEN || (at && strlen(at + 1) >= PART_LEN) ||
	    (at && !at[1]))
		return false;
	memcpy(first, word, len);
	first[len] = '\0';
	if (at)
		strcpy(second, at + 1);
	return len;
}

/* A decimal number, one with 0x in front, or a name. */
static bool number(const char *word, const struct match_name *names,
		   uint32_t max, uint32_t *to)
{
	unsigned long long val;
	char *end;

	for (; names && names->name; names++) {
		if (!strcmp(names->name, word)) {
			*to = names->number;
			return true;
		}
	}
	if (strncmp(word, "0x", 2))
		return parse_number(word, 0, max, to);
	val = strtoull(word + 2, &end, 16);
	if (!word[2] || *end || strlen(word) > 10 || word[2] == '-' ||
	    word[2] == '+' || val > max)
		return false;
	*to = val;
	return true;
}

static bool parse_range(const char *word, const struct match_name *names,
			uint32_t max, void *to)
{
	char first[PART_LEN], last[PART_LEN];
	struct vsw_range range;

	/* A name may have a dash. */
	if (number(word, names, max, &range.min)) {
		range.max = range.min;
	} else {
		if (!split(word, '-', first, last) || !*last ||
		    !number(first, names, max, &range.min) ||
		    !number(last, names, max, &range.max) ||
		    range.min > range.max)
			return false;
	}
	memcpy(to, &range, sizeof(range));
	return true;
}

static void put_number(uint32_t val, const struct match_name *names,
		       char *buf, size_t size)
{
	for (; names && names->name; names++) {
		if (names->number == val) {
			snprintf(buf, size, "%s", names->name);
			return;
		}
	}
	snprintf(buf, size, "%u", val);
}

static void format_range(const void *from, const struct match_name *names,
			 char buf[MATCH_VALUE_STRLEN])
{
	struct vsw_range range;
	size_t len;

	memcpy(&range, from, sizeof(range));
	put_number(range.min, names, buf, MATCH_VALUE_STRLEN);
	if (range.min == range.max)
		return;
	len = strlen(buf);
	buf[len++] = '-';
	put_number(range.max, names, buf + len, MATCH_VALUE_STRLEN - len);
}

static bool parse_masked(const char *word, const struct match_name *names,
			 uint32_t max, void *to)
{
	char first[PART_LEN], mask[PART_LEN];
	uint32_t val[2] = { 0, max };

	if (!split(word, '/', first, mask) ||
	    !number(first, names, max, &val[0]) ||
	    (*mask && !number(mask, names, max, &val[1])))
		return false;
	val[0] &= val[1];
	memcpy(to, val, sizeof(val));
	return true;
}

static void format_masked(const void *from, const struct match_name *names,
			  char buf[MATCH_VALUE_STRLEN])
{
	uint32_t val[2];

	(void)names;
	memcpy(val, from, sizeof(val));
	if (val[1] == UINT32_MAX)
		snprintf(buf, MATCH_VALUE_STRLEN, "%#x", val[0]);
	else
		snprintf(buf, MATCH_VALUE_STRLEN, "%#x/%#x", val[0], val[1]);
}

/* +NAME: set; -NAME: not set. */
static bool parse_flags(const char *word, const struct match_name *names,
			uint32_t max, void *to)
{
	uint32_t val[2] = {}, flag;
	char name[PART_LEN];
	size_t len;
	bool set;

	while (*word) {
		if (*word != '+' && *word != '-')
			return false;
		set = *word++ == '+';
		len = strcspn(word, "+-");
		if (len >= sizeof(name))
			return false;
		memcpy(name, word, len);
		name[len] = '\0';
		if (!number(name, names, max, &flag))
			return false;
		val[1] |= flag;
		if (set)
			val[0] |= flag;
		word += len;
	}
	memcpy(to, val, sizeof(val));
	return val[1];
}

static void format_flags(const void *from, const struct match_name *names,
			 char buf[MATCH_VALUE_STRLEN])
{
	uint32_t val[2];
	size_t len = 0;

	memcpy(val, from, sizeof(val));
	buf[0] = '\0';
	for (; names->name; names++) {
		if (!(val[1] & names->number))
			continue;
		len += snprintf(buf + len, MATCH_VALUE_STRLEN - len, "%c%s",
				val[0] & names->number ? '+' : '-',
				names->name);
		val[1] &= ~names->number;
	}
	if (val[1])
		snprintf(buf + len, MATCH_VALUE_STRLEN - len, "+%#x-%#x",
			 val[0] & val[1], ~val[0] & val[1]);
}

/* Bits of a value outside its mask mean nothing: 10.0.0.1/8 is 10.0.0.0/8. */
static void apply_mask(uint8_t *to, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		to[i] &= to[len + i];
}

/* How long a mask's prefix is, or -1 if it is none. */
static int prefix_len(const uint8_t *mask, size_t len)
{
	unsigned int n = 0, i;

	while (n < len * 8 && mask[n / 8] & 0x80 >> n % 8)
		n++;
	for (i = n; i < len * 8; i++) {
		if (mask[i / 8] & 0x80 >> i % 8)
			return -1;
	}
	return n;
}

static bool parse_masked_mac(const char *word, const struct match_name *names,
			     uint32_t max, void *to)
{
	char mac[PART_LEN], mask[PART_LEN];
	uint8_t *bytes = to;

	(void)names;
	(void)max;
	memset(bytes + MAC_LEN, 0xff, MAC_LEN);
	if (!split(word, '/', mac, mask) || !parse_mac(mac, bytes) ||
	    (*mask && !parse_mac(mask, bytes + MAC_LEN)))
		return false;
	apply_mask(bytes, MAC_LEN);
	return true;
}

static void format_masked_mac(const void *from, const struct match_name *names,
			      char buf[MATCH_VALUE_STRLEN])
{
	const uint8_t *bytes = from;

	(void)names;
	format_mac(bytes, buf);
	if (prefix_len(bytes + MAC_LEN, MAC_LEN) == MAC_LEN * 8)
		return;
	buf[MAC_STRLEN - 1] = '/';
	format_mac(bytes + MAC_LEN, buf + MAC_STRLEN);
}

/* An address; or ADDRESS/LENGTH; or ADDRESS/MASK. */
static bool parse_ip(const char *word, int family, size_t len, uint8_t *to)
{
	char addr[PART_LEN], mask[PART_LEN];
	uint32_t n = len * 8, i;

	if (!split(word, '/', addr, mask) || inet_pton(family, addr, to) != 1)
		return false;
	if (*mask && inet_pton(family, mask, to + len) == 1) {
		apply_mask(to, len);
		return true;
	}
	if (*mask && !parse_number(mask, 0, len * 8, &n))
		return false;
	memset(to + len, 0, len);
	for (i = 0; i < n; i++)
		to[len + i / 8] |= 0x80 >> i % 8;
	apply_mask(to, len);
	return true;
}

static void format_ip(const uint8_t *from, int family, size_t len, char *buf)
{
	int n = prefix_len(from + len, len);
	size_t used;

	inet_ntop(family, from, buf, INET6_ADDRSTRLEN);
	used = strlen(buf);
	if (n < 0) {
		buf[used++] = '/';
		inet_ntop(family, from + len, buf + used, INET6_ADDRSTRLEN);
	} else if (n < (int)len * 8) {
		snprintf(buf + used, MATCH_VALUE_STRLEN - used, "/%d", n);
	}
}

static bool parse_ipv4(const char *word, const struct match_name *names,
		       uint32_t max, void *to)
{
	(void)names;
	(void)max;
	return parse_ip(word, AF_INET, sizeof(struct in_addr), to);
}

static void format_ipv4(const void *from, const struct match_name *names,
			char buf[MATCH_VALUE_STRLEN])
{
	(void)names;
	format_ip(from, AF_INET, sizeof(struct in_addr), buf);
}

static bool parse_ipv6(const char *word, const struct match_name *names,
		       uint32_t max, void *to)
{
	(void)names;
	(void)max;
	return parse_ip(word, AF_INET6, sizeof(struct in6_addr), to);
}

static void format_ipv6(const void *from, const struct match_name *names,
			char buf[MATCH_VALUE_STRLEN])
{
	(void)names;
	format_ip(from, AF_INET6, sizeof(struct in6_addr), buf);
}

/* "@NAME" */
static bool parse_set(const char *word, const struct match_name *names,
		      uint32_t max, void *to)
{
	size_t len = strlen(word);

	(void)names;
	(void)max;
	if (*word != '@' || len < 2 || len > VSW_NAME_MAX + 1)
		return false;
	memcpy(to, word + 1, len);
	return true;
}

static void format_set(const void *from, const struct match_name *names,
		       char buf[MATCH_VALUE_STRLEN])
{
	(void)names;
	snprintf(buf, MATCH_VALUE_STRLEN, "@%s", (const char *)from);
}

const struct match_kind match_range = {
	"a number or a range such as 1000-2000", sizeof(struct vsw_range),
	parse_range, format_range,
};

const struct match_kind match_masked = {
	"a number, or one and a mask such as 0x10/0xf0", 8,
	parse_masked, format_masked,
};

const struct match_kind match_flags = {
	"flags that are set or not, such as +syn-ack", 8,
	parse_flags, format_flags,
};

const struct match_kind match_mac = {
	"a MAC address, or one and a mask", 2 * MAC_LEN,
	parse_masked_mac, format_masked_mac,
};

const struct match_kind match_ipv4 = {
	"an IPv4 address or prefix", 8, parse_ipv4, format_ipv4,
};

const struct match_kind match_ipv6 = {
	"an IPv6 address or prefix", 32, parse_ipv6, format_ipv6,
};

const struct match_kind match_set = {
	"a set of addresses as @NAME", 0, parse_set, format_set,
};
