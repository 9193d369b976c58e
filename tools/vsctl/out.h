/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One writer for text and JSON: a command describes its output once, as
 * fields with a JSON key and a text label.
 */
#ifndef VSCTL_OUT_H
#define VSCTL_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Label of a field that only JSON shows. */
#define OUT_JSON_ONLY	((const char *)-1)

/* Text that is folded is as wide as a terminal is everywhere. */
#define OUT_COLUMNS	80

/* The deepest nesting of objects and arrays in JSON. */
#define OUT_DEPTH_MAX	8

enum out_color {
	OUT_PLAIN,
	OUT_NAME,
	OUT_MAC,
	OUT_GOOD,
	OUT_BAD,
};

/**
 * struct out - a writer
 * @f: where to
 * @json: write JSON
 * @pretty: indent JSON
 * @color: use colours in text
 * @depth: JSON: how many objects and arrays are open
 * @filled: JSON: whether the object or array at that depth has a member
 * @pad: text: spaces owed before the next word
 * @bol: text: nothing was written in this line
 * @is_array: JSON: what is open at each depth
 */
struct out {
	FILE *f;
	bool json;
	bool pretty;
	bool color;
	int depth;
	bool filled[OUT_DEPTH_MAX];
	bool is_array[OUT_DEPTH_MAX];
	unsigned int pad;
	bool bol;
};

/**
 * struct out_col - one column of a table of numbers
 * @key: JSON key
 * @label: heading in text
 * @val: the number
 */
struct out_col {
	const char *key;
	const char *label;
	uint64_t val;
};

void out_init(struct out *o, FILE *f, bool json, bool pretty, bool color);
size_t out_safe(char *buf, size_t size, const char *s);

void out_list_begin(struct out *o);
void out_list_end(struct out *o);
void out_object_begin(struct out *o, const char *key);
void out_object_end(struct out *o);
void out_array_begin(struct out *o, const char *key);
void out_array_end(struct out *o);

void out_line(struct out *o, unsigned int indent);
void out_width(struct out *o, unsigned int width, const char *shown);
void out_word(struct out *o, enum out_color color, const char *word);
void out_right(struct out *o, unsigned int width, const char *word);
void out_title(struct out *o, const char *key, const char *name);
void out_str(struct out *o, enum out_color color, const char *key,
	     const char *label, const char *val);
void out_folded(struct out *o, const char *key, unsigned int indent,
		const char *text);
void out_num(struct out *o, const char *key, const char *label, uint64_t val);
void out_num_after(struct out *o, const char *key, const char *glue,
		   uint64_t val);
void out_msec(struct out *o, const char *key, const char *label,
	      uint32_t msec);
void out_updown(struct out *o, const char *key, bool up);
void out_bool(struct out *o, const char *key, const char *label, bool val,
	      const char *yes, const char *no);
void out_table(struct out *o, const char *title, const struct out_col *cols,
	       unsigned int n);
bool out_failed(const struct out *o);
int out_finish(struct out *o);

#endif /* VSCTL_OUT_H */
