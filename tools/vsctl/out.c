// SPDX-License-Identifier: GPL-2.0
/*
 * The writer of text and JSON.
 */
#include <errno.h>
#include <string.h>

#include "out.h"

#define INDENT	4

static const char *const colors[] = {
	[OUT_PLAIN]	= "",
	[OUT_NAME]	= "\033[36m",
	[OUT_MAC]	= "\033[33m",
	[OUT_GOOD]	= "\033[32m",
	[OUT_BAD]	= "\033[31m",
};

/**
 * out_init - make a writer
 * @o: the writer
 * @f: where it writes
 * @json: write JSON
 * @pretty: indent JSON
 * @color: use colours in text
 */
void out_init(struct out *o, FILE *f, bool json, bool pretty, bool color)
{
	memset(o, 0, sizeof(*o));
	o->f = f;
	o->json = json;
	o->pretty = pretty;
	o->color = color;
	o->bol = true;
}

/*
 * How many bytes at @s are one character of UTF-8 that may be shown: 0 for a
 * control character or something that is not UTF-8.
 */
static size_t char_len(const unsigned char *s)
{
	uint32_t c = s[0];
	size_t len, i;

	if (c < 0x80)
		return c >= 0x20 && c != 0x7f;
	len = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	if (c < 0xc2 || c > 0xf4)
		return 0;
	c &= 0x7f >> len;
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	/* Overlong, a surrogate, beyond Unicode, or a control character. */
	if ((len == 3 && c < 0x800) || (len == 4 && c < 0x10000) ||
	    (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff || c < 0xa0)
		return 0;
	return len;
}

/* How many bytes at @s need no second look. */
static size_t plain_len(const char *s)
{
	size_t len = 0;

	while (s[len] >= 0x20 && s[len] < 0x7f && s[len] != '\\' &&
	       s[len] != '"')
		len++;
	return len;
}

/* Take one character of @s so that a terminal shows it: 1 to 4 bytes. */
static size_t safe_char(const char **s, char buf[5])
{
	size_t len = char_len((const unsigned char *)*s);

	if (!len)
		sprintf(buf, "\\x%02x", (unsigned char)**s);
	else if (**s == '\\')
		memcpy(buf, "\\\\", 3);
	else
		snprintf(buf, len + 1, "%s", *s);
	*s += len ? len : 1;
	return strlen(buf);
}

/**
 * out_safe - copy text so that it can be shown on a terminal
 * @buf: where to
 * @size: its size; what does not fit is left off
 * @s: the text; control characters and what is not UTF-8 become \xNN
 *
 * Return: the length of what is in @buf
 */
size_t out_safe(char *buf, size_t size, const char *s)
{
	size_t n = 0, len;
	char c[5];

	while (*s) {
		len = safe_char(&s, c);
		if (n + len >= size)
			break;
		memcpy(buf + n, c, len);
		n += len;
	}
	buf[n] = '\0';
	return n;
}

static void json_string(struct out *o, const char *s)
{
	size_t len;

	fputc('"', o->f);
	while (*s) {
		len = plain_len(s);
		if (!len) {
			len = char_len((const unsigned char *)s);
			if (*s == '"' || *s == '\\')
				fputc('\\', o->f);
		}
		if (len)
			fwrite(s, 1, len, o->f);
		else
			fprintf(o->f, "\\u%04x", (unsigned char)*s);
		s += len ? len : 1;
	}
	fputc('"', o->f);
}

static void json_newline(struct out *o)
{
	if (o->pretty)
		fprintf(o->f, "\n%*s", o->depth * INDENT, "");
}

/* Comma, line and key before a value. */
static void json_key(struct out *o, const char *key)
{
	if (o->depth) {
		if (o->filled[o->depth - 1])
			fputc(',', o->f);
		o->filled[o->depth - 1] = true;
		json_newline(o);
		if (o->is_array[o->depth - 1])
			key = NULL;
	}
	if (key) {
		json_string(o, key);
		fputc(':', o->f);
		if (o->pretty)
			fputc(' ', o->f);
	}
}

static void json_open(struct out *o, const char *key, bool array)
{
	json_key(o, o->depth ? key : NULL);
	fputc(array ? '[' : '{', o->f);
	if (o->depth < OUT_DEPTH_MAX) {
		o->is_array[o->depth] = array;
		o->filled[o->depth++] = false;
	}
}

static void json_close(struct out *o)
{
	bool array = o->is_array[--o->depth];

	if (o->filled[o->depth])
		json_newline(o);
	fputc(array ? ']' : '}', o->f);
	if (!o->depth)
		fputc('\n', o->f);
}

/**
 * out_list_begin - begin what a "show" shows: a JSON array of objects
 * @o: the writer
 */
void out_list_begin(struct out *o)
{
	if (o->json)
		json_open(o, NULL, true);
}

/**
 * out_list_end - end it
 * @o: the writer
 */
void out_list_end(struct out *o)
{
	if (o->json)
		json_close(o);
}

/**
 * out_object_begin - begin an object
 * @o: the writer
 * @key: its JSON key if it is in another object
 *
 * In text the outermost object, and it alone, is lines of its own.
 */
void out_object_begin(struct out *o, const char *key)
{
	if (o->json)
		json_open(o, key, false);
	else if (!o->depth++)
		out_line(o, 0);
}

/**
 * out_object_end - end the innermost object
 * @o: the writer
 */
void out_object_end(struct out *o)
{
	if (o->json)
		json_close(o);
	else if (!--o->depth)
		out_line(o, 0);
}

/**
 * out_array_begin - begin an array in an object; text does not show it
 * @o: the writer
 * @key: its JSON key
 */
void out_array_begin(struct out *o, const char *key)
{
	if (o->json)
		json_open(o, key, true);
}

/**
 * out_array_end - end the array
 * @o: the writer
 */
void out_array_end(struct out *o)
{
	if (o->json)
		json_close(o);
}

/**
 * out_line - text: go to a new line, unless at the beginning of one
 * @o: the writer
 * @indent: how far the line is indented
 */
void out_line(struct out *o, unsigned int indent)
{
	if (o->json)
		return;
	if (!o->bol)
		fputc('\n', o->f);
	o->bol = true;
	o->pad = indent;
}

/* The space before the next word, and what was left of the last one's width. */
static void text_gap(struct out *o)
{
	unsigned int gap = o->pad + !o->bol;

	while (gap--)
		fputc(' ', o->f);
	o->pad = 0;
	o->bol = false;
}

static void text_put(struct out *o, enum out_color color, const char *s,
		     const char *after)
{
	bool on = o->color && color != OUT_PLAIN;
	size_t len;
	char c[5];

	if (on)
		fputs(colors[color], o->f);
	while (*s) {
		len = plain_len(s);
		fwrite(s, 1, len, o->f);
		s += len;
		if (*s) {
			safe_char(&s, c);
			fputs(c, o->f);
		}
	}
	fputs(after, o->f);
	if (on)
		fputs("\033[0m", o->f);
}

/**
 * out_width - text: the field before this one is at least so wide
 * @o: the writer
 * @width: the width
 * @shown: what that field showed
 *
 * Pads before the next field, so that no line ends with spaces.
 */
void out_width(struct out *o, unsigned int width, const char *shown)
{
	size_t len = strlen(shown);

	o->pad = len < width ? width - len : 0;
}

/**
 * out_word - text: a word that is no field
 * @o: the writer
 * @color: its colour
 * @word: the word
 */
void out_word(struct out *o, enum out_color color, const char *word)
{
	if (o->json)
		return;
	text_gap(o);
	text_put(o, color, word, "");
}

/**
 * out_right - text: a word that is no field, at the right edge of a column
 * @o: the writer
 * @width: the column's width
 * @word: the word
 */
void out_right(struct out *o, unsigned int width, const char *word)
{
	size_t len = strlen(word);

	o->pad += len < width ? width - len : 0;
	out_word(o, OUT_PLAIN, word);
}

/**
 * out_title - the name that begins an object's line
 * @o: the writer
 * @key: JSON key
 * @name: the name
 */
void out_title(struct out *o, const char *key, const char *name)
{
	if (o->json) {
		json_key(o, key);
		json_string(o, name);
		return;
	}
	text_gap(o);
	text_put(o, OUT_NAME, name, ":");
}

/* Whether the value's turn has come in text, after its label. */
static bool text_label(struct out *o, const char *label)
{
	if (label == OUT_JSON_ONLY)
		return false;
	text_gap(o);
	if (label)
		fprintf(o->f, "%s ", label);
	return true;
}

/**
 * out_str - a field that is text
 * @o: the writer
 * @color: the value's colour
 * @key: JSON key
 * @label: word before the value in text; NULL: none, or %OUT_JSON_ONLY
 * @val: the value
 */
void out_str(struct out *o, enum out_color color, const char *key,
	     const char *label, const char *val)
{
	if (o->json) {
		json_key(o, key);
		json_string(o, val);
	} else if (text_label(o, label)) {
		text_put(o, color, val, "");
	}
}

/* How long the next word is; a command in quotation marks is one. */
static size_t fold_len(const char *text)
{
	const char *end = *text == '\'' ? strchr(text + 1, '\'') : NULL;

	if (!end)
		end = text;
	return end - text + strcspn(end, " ");
}

/**
 * out_folded - a field that is a sentence, or some
 * @o: the writer
 * @key: JSON key
 * @indent: text: how far its lines are indented
 * @text: the sentences, with single blanks, at which text folds them
 */
void out_folded(struct out *o, const char *key, unsigned int indent,
		const char *text)
{
	size_t column = OUT_COLUMNS, len;
	char word[256];

	if (o->json) {
		out_str(o, OUT_PLAIN, key, NULL, text);
		return;
	}
	for (; *text; text += len + (text[len] == ' ')) {
		len = fold_len(text);
		if (indent + len > OUT_COLUMNS)
			len = strcspn(text, " ");
		if (column + 1 + len > OUT_COLUMNS) {
			out_line(o, indent);
			column = indent + len;
		} else {
			column += 1 + len;
		}
		snprintf(word, sizeof(word), "%.*s", (int)len, text);
		out_word(o, OUT_PLAIN, word);
	}
}

/**
 * out_num - a field that is a number
 * @o: the writer
 * @key: JSON key
 * @label: word before the value in text; NULL: none, or %OUT_JSON_ONLY
 * @val: the value
 */
void out_num(struct out *o, const char *key, const char *label, uint64_t val)
{
	if (o->json)
		json_key(o, key);
	else if (!text_label(o, label))
		return;
	fprintf(o->f, "%llu", (unsigned long long)val);
}

/**
 * out_num_after - a field that is a number, joined to the one before it
 * @o: the writer
 * @key: JSON key
 * @glue: what is between them in text
 * @val: the value
 */
void out_num_after(struct out *o, const char *key, const char *glue,
		   uint64_t val)
{
	if (o->json)
		json_key(o, key);
	else
		fputs(glue, o->f);
	fprintf(o->f, "%llu", (unsigned long long)val);
}

/**
 * out_msec - a field that is a time
 * @o: the writer
 * @key: JSON key
 * @label: word before the value in text
 * @msec: the time in milliseconds, as JSON has it; text has seconds
 */
void out_msec(struct out *o, const char *key, const char *label,
	      uint32_t msec)
{
	if (o->json)
		out_num(o, key, NULL, msec);
	else if (text_label(o, label))
		fprintf(o->f, "%u.%03u", msec / 1000, msec % 1000);
}

/**
 * out_updown - a field that is the state of a link
 * @o: the writer
 * @key: JSON key
 * @up: the state
 */
void out_updown(struct out *o, const char *key, bool up)
{
	if (o->json)
		out_bool(o, key, NULL, up, "", "");
	else
		out_word(o, up ? OUT_GOOD : OUT_BAD, up ? "up" : "down");
}

/**
 * out_bool - a field that is true or false
 * @o: the writer
 * @key: JSON key
 * @label: word before the value in text; NULL: none, or %OUT_JSON_ONLY
 * @val: the value
 * @yes: what text shows if it is true
 * @no: what text shows if it is not
 */
void out_bool(struct out *o, const char *key, const char *label, bool val,
	      const char *yes, const char *no)
{
	if (o->json) {
		json_key(o, key);
		fputs(val ? "true" : "false", o->f);
	} else if (text_label(o, label)) {
		fputs(val ? yes : no, o->f);
	}
}

/**
 * out_table - numbers below their headings, as "ip -s link" has them
 * @o: the writer
 * @title: text before the headings
 * @cols: the columns
 * @n: how many
 */
void out_table(struct out *o, const char *title, const struct out_col *cols,
	       unsigned int n)
{
	unsigned int i;

	if (o->json) {
		for (i = 0; i < n; i++)
			out_num(o, cols[i].key, NULL, cols[i].val);
		return;
	}
	out_line(o, INDENT);
	text_gap(o);
	fputs(title, o->f);
	for (i = 0; i < n; i++)
		fprintf(o->f, " %*s", i ? 10 : 13, cols[i].label);
	out_line(o, INDENT);
	text_gap(o);
	fprintf(o->f, "%*s", (int)strlen(title), "");
	for (i = 0; i < n; i++)
		fprintf(o->f, " %*llu", i ? 10 : 13,
			(unsigned long long)cols[i].val);
}

/**
 * out_failed - whether something could not be written
 * @o: the writer
 *
 * Return: true if there is no use in going on
 */
bool out_failed(const struct out *o)
{
	return ferror(o->f);
}

/**
 * out_finish - write what is still held back
 * @o: the writer
 *
 * Return: 0, or the error that kept something from being written
 */
int out_finish(struct out *o)
{
	errno = 0;
	if (!fflush(o->f) && !ferror(o->f))
		return 0;
	return errno ? errno : EIO;
}
