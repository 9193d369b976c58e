/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a rule does: words to values and back.
 */
#ifndef VSCTL_ACTION_H
#define VSCTL_ACTION_H

#include <stddef.h>
#include <stdint.h>

#include <linux/vswitch.h>

struct out;
struct vsctl;
struct words;

/* The longest: addresses of IPv6 and ports. */
#define ACTION_LEN	sizeof(struct vsw_nat_ipv6)

/**
 * struct action - one thing that a rule does
 * @attr: which, &enum vsw_a_action
 * @len: bytes of @data
 * @data: as in the ABI
 * @word: its value as it was given, or NULL
 */
struct action {
	uint16_t attr;
	uint8_t len;
	uint8_t data[ACTION_LEN];
	const char *word;
};

/**
 * struct actions - what a rule does, in order
 * @n: how many
 * @list: they
 */
struct actions {
	unsigned int n;
	struct action list[VSW_ACTIONS_MAX];
};

int actions_parse(struct vsctl *v, struct words *w, struct actions *to);
void actions_print(struct out *o, const struct actions *actions);

#endif /* VSCTL_ACTION_H */
