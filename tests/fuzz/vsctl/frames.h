/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a hostile kernel sends, as the bytes of a fuzz input:
 *
 *   which command is run, its options, and how many receives go right first,
 *   one byte each; then frames: two bytes of length, and as many bytes that
 *   one receive gives. A length from %FRAME_ERRNO on is an error instead.
 *
 * In a frame sequence numbers and port ids are less by what would be right, so
 * that zero is right and the bytes do not depend on what was asked before.
 */
#ifndef FUZZ_FRAMES_H
#define FUZZ_FRAMES_H

#include <stddef.h>
#include <linux/types.h>
#include <sys/types.h>

#define FRAMES_HEAD	3
#define FRAME_HEAD	2
#define FRAME_ERRNO	0xff00

#define OPTION_JSON	1
#define OPTION_PRETTY	2
#define OPTION_STATS	4
#define OPTION_DETAILS	8
#define OPTION_COLOR	16
/* When there are no more frames, the true answers come. */
#define OPTION_HONEST	32
/* Who the module is, is answered truly. */
#define OPTION_FAMILY	64

#define SKIP_MASK	15

extern const char *const frames_commands[];
extern const unsigned int frames_n_commands;

/* Stands in for recv(2): @answer of @len is what a true kernel says. */
typedef ssize_t (*frames_recv)(void *buf, size_t size, const void *answer,
			       size_t len);

size_t frames_len(const __u8 *p);
void frames_rebase(void *buf, size_t len, __u32 seq, __u32 pid);
void frames_run(__u8 command, __u8 options, frames_recv recv);

#endif /* FUZZ_FRAMES_H */
