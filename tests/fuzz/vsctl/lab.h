/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A topology that has one of everything, as a kernel would tell it: seeds that
 * the unit tests' module does not give.
 */
#ifndef FUZZ_LAB_H
#define FUZZ_LAB_H

#include <stddef.h>
#include <linux/types.h>

/* Each makes messages, until lab_take() takes all that were made. */
void lab_switch(void);
void lab_ports(void);
void lab_links(void);
void lab_nsid(__u32 id);
void lab_peer(void);
void lab_ack(const char *msg);
void lab_done(__u16 flags);
size_t lab_take(void *to);

#endif /* FUZZ_LAB_H */
