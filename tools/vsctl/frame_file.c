// SPDX-License-Identifier: GPL-2.0
/*
 * Frames as they are: hexadecimal digits, and captures.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "vsctl.h"

/* draft-ietf-opsawg-pcap, 4 and 5: in the order of bytes of who wrote it. */
#define PCAP_MAGIC	0xa1b2c3d4
#define PCAP_MAGIC_NS	0xa1b23c4d
#define PCAP_ETHERNET	1

struct pcap_header {
	uint32_t magic;
	uint16_t major;
	uint16_t minor;
	uint32_t reserved[2];
	uint32_t snaplen;
	uint32_t linktype;
};

struct pcap_record {
	uint32_t sec;
	uint32_t fraction;
	uint32_t len;
	uint32_t wire_len;
};

static int hex_digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' :
					   tolower((unsigned char)c) - 'a' + 10;
}

static int check_len(struct vsctl *v, const char *what, size_t len)
{
	if (len >= VSW_TRACE_FRAME_MIN && len <= VSW_TRACE_FRAME_MAX)
		return 0;
	return err_usage(v, "%s has %zu bytes: a frame has %u to %u", what, len,
			 VSW_TRACE_FRAME_MIN, VSW_TRACE_FRAME_MAX);
}

/**
 * frame_from_hex - a frame of hexadecimal digits
 * @v: the run
 * @word: the digits; blanks and colons between bytes are skipped
 * @f: set to the frame
 *
 * Return: 0, or an exit code after a message
 */
int frame_from_hex(struct vsctl *v, const char *word, struct frame *f)
{
	const char *p;
	size_t n = 0;

	f->mark = 0;
	for (p = word; *p; p++) {
		if (!(n % 2) && strchr(" :\n", *p))
			continue;
		if (!isxdigit((unsigned char)*p))
			return err_usage(v,
					 "expected hexadecimal digits, not \"%s\"",
					 word);
		if (n / 2 < sizeof(f->data))
			f->data[n / 2] = n % 2 ? f->data[n / 2] << 4 |
						 hex_digit(*p) : hex_digit(*p);
		n++;
	}
	if (n % 2)
		return err_usage(v, "half a byte is left over in \"%s\"", word);
	f->len = n / 2;
	return check_len(v, "what is given", f->len);
}

static uint32_t swap(uint32_t val, bool swapped)
{
	return swapped ? __builtin_bswap32(val) : val;
}

/* Returns 0, or 1 if there is no such record, or a message's exit code. */
static int read_record(struct vsctl *v, FILE *file, const char *path,
		       uint32_t number, struct frame *f)
{
	struct pcap_header header;
	struct pcap_record record;
	bool swapped;
	uint32_t len;

	if (fread(&header, sizeof(header), 1, file) != 1)
		return err_fail(v, "%s: not a capture", path);
	swapped = header.magic == swap(PCAP_MAGIC, true) ||
		  header.magic == swap(PCAP_MAGIC_NS, true);
	if (!swapped && header.magic != PCAP_MAGIC &&
	    header.magic != PCAP_MAGIC_NS)
		return err_fail(v, "%s: not a capture in pcap format", path);
	if ((swap(header.linktype, swapped) & 0xffff) != PCAP_ETHERNET)
		return err_fail(v, "%s: not a capture of Ethernet", path);
	while (fread(&record, sizeof(record), 1, file) == 1) {
		len = swap(record.len, swapped);
		if (len > INT32_MAX)
			break;
		if (--number) {
			if (fseek(file, len, SEEK_CUR))
				break;
			continue;
		}
		if (len < swap(record.wire_len, swapped))
			return err_fail(v,
					"%s: only the beginning of the frame was captured",
					path);
		f->len = len;
		if (check_len(v, "the frame in the capture", len))
			return EXIT_REFUSED;
		if (fread(f->data, len, 1, file) != 1)
			break;
		return 0;
	}
	return err_fail(v, "%s: the capture has fewer frames", path);
}

/**
 * frame_from_pcap - a frame of a capture
 * @v: the run
 * @path: the file
 * @number: which, 1 being the first
 * @f: set to the frame
 *
 * Return: 0, or an exit code after a message
 */
int frame_from_pcap(struct vsctl *v, const char *path, uint32_t number,
		    struct frame *f)
{
	FILE *file = fopen(path, "rb");
	int rc;

	if (!file)
		return err_fail(v, "%s: %s", path, strerror(errno));
	f->mark = 0;
	rc = read_record(v, file, path, number, f);
	fclose(file);
	return rc;
}
