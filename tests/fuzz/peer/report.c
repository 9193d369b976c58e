// SPDX-License-Identifier: GPL-2.0
/*
 * A difference: made smaller, and printed as commands.
 */
#include <string.h>

#include "peer.h"

static bool still_differs(struct round *r)
{
	rig_load(&r->rules);
	nft_load(&r->rules, -1);
	rig_send(&r->frames);
	return round_differs(r);
}

static void remove_rules(struct rules *rules, unsigned int at, unsigned int n)
{
	memmove(&rules->of[at], &rules->of[at + n],
		(rules->n - at - n) * sizeof(rules->of[0]));
	rules->n -= n;
}

/* Leaves out rules as long as the frame differs. */
static void shrink(struct round *r)
{
	unsigned int size = r->rules.n / 2 ?: 1, at;
	static struct rules before;

	for (; size && r->rules.n > 1; size /= 2) {
		for (at = 0; at + size <= r->rules.n && r->rules.n > size;) {
			before = r->rules;
			remove_rules(&r->rules, at, size);
			if (still_differs(r))
				continue;
			r->rules = before;
			at += size;
		}
	}
}

/* One of the frames that differ, alone. */
static void pick_frame(struct frames *frames)
{
	unsigned int i = 0;

	while (frames->passed[SIDE_VSWITCH][i] == frames->passed[SIDE_NFT][i])
		i++;
	frames->of[0] = frames->of[i];
	frames->n = 1;
}

static void print_verdict(const struct frames *frames, enum side side,
			  const char *name)
{
	static const char *const words[] = {
		"dropped it", "passed it the first time only",
		"passed it the second time only", "passed it",
	};

	printf("# %s %s\n", name, words[frames->passed[side][0]]);
}

/* What a person needs to see it again. */
void report(struct round *r)
{
	static struct round small;
	unsigned int i;

	small = *r;
	pick_frame(&small.frames);
	if (still_differs(&small))
		shrink(&small);
	else
		printf("# it does not differ alone; with all rules:\n");
	still_differs(&small);
	printf("# vswitch has:\n");
	for (i = 0; i < small.rules.n; i++) {
		fputs("#   ", stdout);
		words_rule(stdout, &small.rules.of[i]);
	}
	printf("# nftables has, each on one line or more:\n");
	for (i = 0; i < small.rules.n; i++)
		nft_rule(stdout, &small.rules, i, small.rules.of[i].drop);
	print_verdict(&small.frames, SIDE_VSWITCH, "vswitch");
	print_verdict(&small.frames, SIDE_NFT, "nftables");
	rig_trace(&small.frames.of[0]);
}
