/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the unit tests share: test points in TAP, and a look at what vsctl
 * would have written.
 */
#ifndef UNIT_TAP_H
#define UNIT_TAP_H

#include <linux/types.h>
#include <stdbool.h>

#include "vsctl.h"

void tap_ok(bool good, const char *fmt, ...) __printf(2, 3);
void tap_str(const char *got, const char *want, const char *fmt, ...)
	__printf(3, 4);
int tap_done(void);

/* What goes to standard error between these two, or to a writer. */
void tap_stderr(void);
const char *tap_stderr_text(void);
void tap_out(struct out *o, bool json, bool pretty, bool color);
const char *tap_out_text(struct out *o);

#endif /* UNIT_TAP_H */
