// SPDX-License-Identifier: GPL-2.0
/*
 * A round: a set of rules and frames, given to both.
 */
#include <string.h>

#include "peer.h"

struct seen seen[FIELDS][2];

/* A field has matched if a rule about nothing else decided a frame, and has not
 * if a later rule decided one.
 */
static void note_seen(const struct round *r)
{
	unsigned long behind = 0;
	const struct cond *c;
	unsigned int i;

	for (i = r->rules.n; i--; behind += r->counts[i]) {
		c = r->rules.of[i].about;
		if (!c)
			continue;
		seen[c->field][c->except].rules++;
		seen[c->field][c->except].matched += r->counts[i];
		seen[c->field][c->except].passed_over += behind;
	}
}

/* How often frames passed one and not the other. */
unsigned int round_differs(const struct round *r)
{
	unsigned int i, n = 0;

	for (i = 0; i < r->frames.n; i++)
		n += __builtin_popcount(r->frames.passed[SIDE_VSWITCH][i] ^
					r->frames.passed[SIDE_NFT][i]);
	return n;
}

void round_make(struct round *r, bool is_tags)
{
	rules_make(&r->rules, is_tags);
	frames_make(&r->frames, is_tags);
	rig_load(&r->rules);
	nft_load(&r->rules, -1);
	rig_send(&r->frames);
	rig_counts(&r->rules, r->counts);
	note_seen(r);
}

/* Turns the verdict of one rule round, in the peer. Then the frames that the
 * rule decided differ, all of them and no others.
 */
bool round_turned(struct round *r, unsigned long *told)
{
	unsigned int i, at = below(r->rules.n);

	for (i = 0; i < r->rules.n && !r->counts[at]; i++)
		at = (at + 1) % r->rules.n;
	nft_load(&r->rules, at);
	rig_send(&r->frames);
	*told = round_differs(r);
	return *told == r->counts[at];
}
