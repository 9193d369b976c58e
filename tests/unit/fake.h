/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A module and an rtnetlink that are none: they take the place of libmnl's
 * sockets, note what is asked, and answer with a few switches and ports.
 */
#ifndef UNIT_FAKE_H
#define UNIT_FAKE_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <sys/types.h>

/**
 * struct fake - how the module behaves
 * @fail: so many requests from now on it refuses, 0: none; dumps, too
 * @err: with this error
 * @msg: and this sentence, or NULL
 * @attr: about this attribute of the request, or 0
 * @garble: its answers are malformed
 * @more: frames that each port, rule and reason has counted more than at first
 * @recv: what is received instead, or NULL; told what would be, which is
 *	nothing at the end
 * @log: what was asked, a line for each request, as far as there is room
 */
struct fake {
	unsigned int fail;
	int err;
	const char *msg;
	unsigned int attr;
	bool garble;
	unsigned int more;
	ssize_t (*recv)(void *buf, size_t size, const void *answer,
			size_t len);
	char log[8192];
};

extern struct fake fake;

#endif /* UNIT_FAKE_H */
