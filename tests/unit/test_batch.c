// SPDX-License-Identifier: GPL-2.0
/* Lines of a batch into words. */
#include <stdio.h>
#include <string.h>

#include "tap.h"

#define MAX	4

/* The words with a bar behind each, or what is wrong. */
static const char *split(const char *text)
{
	static char joined[256];
	char line[256], *argv[MAX];
	const char *why = NULL;
	int i, argc;

	snprintf(line, sizeof(line), "%s", text);
	argc = batch_split(line, argv, MAX, &why);
	if (argc < 0)
		return why;
	*joined = '\0';
	for (i = 0; i < argc; i++) {
		strcat(joined, argv[i]);
		strcat(joined, "|");
	}
	return joined;
}

int main(void)
{
	tap_str(split("fdb add x"), "fdb|add|x|", "words");
	tap_str(split(""), "", "empty line");
	tap_str(split(" \t\r\n"), "", "blank line");
	tap_str(split("\t a  b\t\n"), "a|b|", "space around words");
	tap_str(split("a b\r\n"), "a|b|", "line end of DOS");
	tap_str(split("# a b"), "", "comment");
	tap_str(split("a # b"), "a|", "comment behind a command");
	tap_str(split("a#b c"), "a#b|c|", "# within a word");
	tap_str(split("'# a' b"), "# a|b|", "# in quotation marks");
	tap_str(split("a 'b c' \"d e\""), "a|b c|d e|", "quotation marks");
	tap_str(split("'a\"b' \"c'd\""), "a\"b|c'd|", "one within the other");
	tap_str(split("'' a"), "|a|", "an empty word");
	tap_str(split("a'b c'"), "a'b|c'|", "quotation mark within a word");
	tap_str(split("'a b"), "a quotation mark has no partner",
		"no second quotation mark");
	tap_str(split("'a'b"), "no space after a quotation mark",
		"word goes on after a quotation mark");
	tap_str(split("a b c d"), "a|b|c|d|", "as many words as fit");
	tap_str(split("a b c d # e"), "a|b|c|d|", "and a comment");
	tap_str(split("a b c d e"), "too many words", "one word more");
	return tap_done();
}
