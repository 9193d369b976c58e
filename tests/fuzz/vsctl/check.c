// SPDX-License-Identifier: GPL-2.0
/*
 * What must hold for all that vsctl writes. It is written anew here, and not
 * taken from out.c, so that a mistake there is not made twice.
 */
#include <ctype.h>
#include <string.h>

#include "check.h"
#include "vsctl.h"

#define DEPTH_MAX	16
#define KEYS_MAX	64

/* The Unicode Standard, table 3-7: the second byte depends on the first. */
static const struct {
	unsigned char first, last, low, high;
	size_t len;
} utf8[] = {
	{ 0xc2, 0xc2, 0xa0, 0xbf, 2 },	/* without the C1 controls */
	{ 0xc3, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

static size_t utf8_len(const unsigned char *s)
{
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(utf8); i++) {
		if (*s < utf8[i].first || *s > utf8[i].last)
			continue;
		if (s[1] < utf8[i].low || s[1] > utf8[i].high)
			return 0;
		for (j = 2; j < utf8[i].len; j++) {
			if ((s[j] & 0xc0) != 0x80)
				return 0;
		}
		return utf8[i].len;
	}
	return 0;
}

/* Length of one of the colours that vsctl itself switches on and off. */
static size_t color_len(const char *s)
{
	static const char *const colors[] = {
		"\033[0m", "\033[31m", "\033[32m", "\033[33m", "\033[36m",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(colors); i++) {
		if (!strncmp(s, colors[i], strlen(colors[i])))
			return strlen(colors[i]);
	}
	return 0;
}

/**
 * check_text - look for what must not reach a terminal
 * @text: what was written, with a zero byte behind it
 * @len: its length
 * @color: colours were asked for
 *
 * Return: NULL, or what is wrong
 */
const char *check_text(const char *text, size_t len, bool color)
{
	const char *s = text;
	size_t n;

	while (s < text + len) {
		n = color ? color_len(s) : 0;
		if (!n && ((*s >= 0x20 && *s < 0x7f) || *s == '\n'))
			n = 1;
		if (!n && !(*s & 0x80))
			return "a control character";
		if (!n)
			n = utf8_len((const unsigned char *)s);
		if (!n)
			return "not UTF-8, or a C1 control character";
		s += n;
	}
	return NULL;
}

static const char *json_value(const char *s, unsigned int depth);

static const char *json_space(const char *s)
{
	return s + strspn(s, "\n ");
}

/* Each of these returns what is behind it, or NULL if it is malformed. */
static const char *json_string(const char *s)
{
	if (*s++ != '"')
		return NULL;
	for (; *s != '"'; s++) {
		if ((unsigned char)*s < 0x20)
			return NULL;
		if (*s != '\\')
			continue;
		if (!*++s || !strchr("\"\\/bfnrtu", *s))
			return NULL;
		if (*s == 'u' && strspn(s + 1, "0123456789abcdef") < 4)
			return NULL;
	}
	return s + 1;
}

static const char *json_number(const char *s)
{
	if (*s == '0')
		return s + 1;
	return isdigit((unsigned char)*s) ? s + strspn(s, "0123456789") : NULL;
}

/* Whether the key at @s is one of those before it. */
static bool is_double(const char *s, size_t len, const char **keys,
		      unsigned int n)
{
	while (n--) {
		if (!strncmp(keys[n], s, len))
			return true;
	}
	return false;
}

static const char *json_members(const char *s, char end, unsigned int depth)
{
	const char *keys[KEYS_MAX], *key;
	unsigned int n = 0;

	s = json_space(s + 1);
	if (*s == end)
		return s + 1;
	for (;;) {
		if (end == '}') {
			key = s;
			s = json_string(s);
			if (!s || *s != ':' || n == KEYS_MAX ||
			    is_double(key, s - key, keys, n))
				return NULL;
			keys[n++] = key;
			s = json_space(s + 1);
		}
		s = json_value(s, depth + 1);
		if (!s)
			return NULL;
		s = json_space(s);
		if (*s == end)
			return s + 1;
		if (*s != ',')
			return NULL;
		s = json_space(s + 1);
	}
}

static const char *json_value(const char *s, unsigned int depth)
{
	if (depth == DEPTH_MAX)
		return NULL;
	if (*s == '{')
		return json_members(s, '}', depth);
	if (*s == '[')
		return json_members(s, ']', depth);
	if (*s == '"')
		return json_string(s);
	if (!strncmp(s, "true", 4))
		return s + 4;
	if (!strncmp(s, "false", 5))
		return s + 5;
	return json_number(s);
}

/**
 * check_json - look whether it is JSON, each object or array with a line's end
 * @text: what was written
 *
 * Return: NULL, or what is wrong
 */
const char *check_json(const char *text)
{
	while (*text) {
		if (*text != '[' && *text != '{')
			return "neither a JSON array nor an object";
		text = json_value(text, 0);
		if (!text)
			return "malformed JSON";
		if (*text++ != '\n')
			return "no end of a line after JSON";
	}
	return NULL;
}
