/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Frames: to be traced, from words, hexadecimal digits, or a capture; and such
 * as the switch tells of, as they are shown.
 */
#ifndef VSCTL_FRAME_H
#define VSCTL_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include <linux/vswitch.h>

struct match;
struct out;
struct vsctl;

/* A frame that was traced may leave with a tag more. */
#define FRAME_SHOWN_MAX	(VSW_TRACE_FRAME_MAX + 4)

/**
 * struct frame - a frame
 * @len: bytes of @data
 * @mark: its mark
 * @data: the frame from its Ethernet header on
 */
struct frame {
	size_t len;
	uint32_t mark;
	uint8_t data[VSW_TRACE_FRAME_MAX];
};

int frame_from_match(struct vsctl *v, const struct match *m, struct frame *f);
int frame_from_hex(struct vsctl *v, const char *word, struct frame *f);
int frame_from_pcap(struct vsctl *v, const char *path, uint32_t number,
		    struct frame *f);

/* frame_print.c */
void frame_to_match(const uint8_t *data, size_t len, uint16_t vid,
		    struct match *m);
void frame_print_bytes(struct out *o, const uint8_t *data, size_t len);

#endif /* VSCTL_FRAME_H */
