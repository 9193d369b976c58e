/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What must hold for all that vsctl writes, whatever it was given.
 */
#ifndef FUZZ_CHECK_H
#define FUZZ_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* Each returns NULL, or what is wrong. */
const char *check_text(const char *text, size_t len, bool color);
const char *check_json(const char *text);

#endif /* FUZZ_CHECK_H */
