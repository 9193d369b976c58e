// SPDX-License-Identifier: GPL-2.0
/*
 * peer - the same rules to vswitch and to nftables on a Linux bridge, the same
 * frames through both: does each pass both or neither?
 *
 * From the environment: FUZZ_SECONDS, how long to go on; FUZZ_SEED, the number
 * that all chance comes from. Needs root, vswitch, vsctl, the bridge, and
 * nftables with its library.
 *
 * A set of rules and its frames are made from a few values, so that they meet.
 * Each frame is sent twice, since vswitch remembers flows. It is in two ways
 * that this cannot pass by doing nothing: a rule whose verdict is turned round
 * in the peer alone must be told by as many frames as vswitch counted for it;
 * and there must have been frames that each field, with "not" and without,
 * matched, and such that it did not match, where it was a rule's only one.
 *
 * What vswitch and nftables mean alike is said in the same words; what they do
 * not, so:
 *
 * - vswitch's fields of IP are of IPv4 and of IPv6. They are a rule for each.
 * - A field of vswitch is there if all of the header that it is in is, down to
 *   TCP's 20 bytes, ARP's 28 and those of the two ports. nftables wants no
 *   more than the field. The peer's rules ask for the header's last byte.
 * - vswitch takes what has a version or header length that cannot be, or ARP
 *   of other than Ethernet and IPv4, for what has no such header. nftables
 *   reads the bytes. The peer's rules ask for these first.
 * - "type" and "inner-vlan" look behind up to three tags, nftables at one
 *   place. Each is a rule for one place, in sets of rules of their own, as
 *   nftables does not look for IP there either.
 * - A later fragment has nothing behind IP's header. nftables reads what is
 *   there if it is four bytes or less. The peer's rules ask for others.
 * - ICMP's and ND's fields go by the protocol's number, whatever the version
 *   of IP; nftables' words for them do not. The peer has them by their place.
 *
 * Left out of the frames, since they differ:
 *
 * - lengths in IP's header that are not the packet's. nftables takes one that
 *   says more than there is, or less than its headers are, for one without
 *   ports; vswitch goes by what is there, since to look would cost each frame
 *   (Documentation/architecture.rst). Bytes behind the packet are fine.
 * - extension headers that are cut off, more than eight, and one that a later
 *   fragment names: nftables has no protocol there, vswitch has the last that
 *   it could read.
 * - authentication headers: nftables takes one for the protocol, vswitch looks
 *   behind it.
 * - two headers of a fragment: nftables has the first, vswitch the last.
 * - a service tag in front: behind it a bridge's hook does not find the place.
 * - types below 0x600, which are lengths: the kernel gives them a type of its
 *   own.
 * - switches that are not VLAN-aware, for which the model (../model) is there.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"

/* Each so many rounds a verdict is turned round. */
#define TURN_EVERY	8

/* So many times the seconds may it take until all fields were seen. */
#define PATIENCE	4

static __u64 random_state;

static struct {
	unsigned long rounds, rules, frames, passed, turned, told;
} totals;

void die(const char *fmt, ...)
{
	va_list ap;

	printf("Bail out! ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	exit(1);
}

__u32 below(__u32 n)
{
	__u64 z = random_state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return ((z ^ z >> 31) >> 32) % n;
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static bool all_seen(void)
{
	unsigned int i, except;

	for (i = 0; i < FIELDS; i++) {
		for (except = 0; except < 2; except++) {
			if (!seen[i][except].matched ||
			    !seen[i][except].passed_over)
				return false;
		}
	}
	return true;
}

static void note_round(const struct round *r)
{
	unsigned int i;

	totals.rounds++;
	totals.rules += r->rules.n;
	totals.frames += r->frames.n * TIMES;
	for (i = 0; i < r->frames.n; i++)
		totals.passed +=
			__builtin_popcount(r->frames.passed[SIDE_VSWITCH][i]);
}

/* Until time is over and all was seen, or something is wrong. */
static bool go_on(struct round *r, double seconds, bool *turned)
{
	double begin = now();
	unsigned long told;

	while (now() < begin + seconds ||
	       (!all_seen() && now() < begin + seconds * PATIENCE)) {
		round_make(r, totals.rounds % 4 == 3);
		if (round_differs(r))
			return false;
		note_round(r);
		if (totals.rounds % TURN_EVERY != 1)
			continue;
		*turned = round_turned(r, &told);
		totals.turned++;
		totals.told += told;
		if (!*turned)
			return true;
	}
	return true;
}

static void print_seen(void)
{
	unsigned int i, except;

	printf("# rules about one field, frames they matched, and not:\n");
	for (i = 0; i < FIELDS; i++) {
		for (except = 0; except < 2; except++) {
			const struct seen *s = &seen[i][except];

			printf("#   %s%s: %lu, %lu, %lu\n", fields[i].words,
			       except ? " not" : "", s->rules, s->matched,
			       s->passed_over);
		}
	}
}

static const char *ok(bool is_ok)
{
	return is_ok ? "ok" : "not ok";
}

int main(void)
{
	const char *s = getenv("FUZZ_SEED"), *why;
	__u64 seed = s && *s ? strtoull(s, NULL, 0) :
			(__u64)time(NULL) ^ getpid() << 16;
	static struct round round;
	bool same, turned = false;
	double seconds;

	s = getenv("FUZZ_SECONDS");
	seconds = s && *s ? strtod(s, NULL) : 20;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 13\n# FUZZ_SEED=%llu FUZZ_SECONDS=%g\n",
	       (unsigned long long)seed, seconds);
	random_state = seed;
	why = rig_open();
	if (why) {
		printf("1..0 # SKIP %s\n", why);
		return 0;
	}
	printf("1..3\n");
	same = go_on(&round, seconds, &turned);
	if (!same)
		report(&round);
	print_seen();
	printf("%s 1 - %lu sets, %lu rules: of %lu frames %lu passed both\n",
	       ok(same), totals.rounds, totals.rules, totals.frames,
	       totals.passed);
	printf("%s 2 - %lu verdicts turned round, %lu frames told\n",
	       ok(turned && totals.told), totals.turned, totals.told);
	printf("%s 3 - each field matched, and did not\n", ok(all_seen()));
	return !(same && turned && totals.told && all_seen());
}
