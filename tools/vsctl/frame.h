/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Frames to be traced: from words, hexadecimal digits, or a capture.
 */
#ifndef VSCTL_FRAME_H
#define VSCTL_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include <linux/vswitch.h>

struct match;
struct vsctl;

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

#endif /* VSCTL_FRAME_H */
