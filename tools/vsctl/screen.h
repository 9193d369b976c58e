/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A terminal's whole screen, drawn anew again and again, and left as it was.
 */
#ifndef VSCTL_SCREEN_H
#define VSCTL_SCREEN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

bool screen_is(FILE *f);
void screen_size(FILE *f, unsigned int *rows, unsigned int *columns);
int screen_enter(FILE *f);
void screen_leave(void);
int screen_wait(uint32_t msec);
void screen_draw(FILE *f, const char *text, unsigned int rows,
		 unsigned int columns);

#endif /* VSCTL_SCREEN_H */
