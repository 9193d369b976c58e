// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl drops watch
 *
 * Each frame that is dropped, when it is. The kernel tells of so many a second,
 * and then how many it did not tell of: nothing is passed over in silence.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"
#include "match.h"
#include "nl.h"
#include "parse.h"
#include "vsctl.h"

/* 2026-11-22T01:02:03.123456Z */
#define TIME_LEN	40

/* Bits of struct watch.explained. */
#define REASONS		64

/**
 * struct watch - what is shown, and what was shown already
 * @v: the run
 * @sw: of which switch, 0: of all
 * @explained: by bits, reasons whose text was written
 */
struct watch {
	struct vsctl *v;
	uint32_t sw;
	uint64_t explained;
};

/* Between two events, when all that was to be written is. */
static void stop(int sig)
{
	(void)sig;
	_exit(0);
}

static void allow_stop(bool allow)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigprocmask(allow ? SIG_UNBLOCK : SIG_BLOCK, &set, NULL);
}

/* In text the time of day here, in JSON one that is the same everywhere. */
static void begin_event(struct out *o, const char *event)
{
	char text[TIME_LEN], micro[8];
	struct timeval now;
	struct tm tm;

	gettimeofday(&now, NULL);
	if (o->json)
		gmtime_r(&now.tv_sec, &tm);
	else
		localtime_r(&now.tv_sec, &tm);
	strftime(text, sizeof(text) - sizeof(micro),
		 o->json ? "%Y-%m-%dT%T" : "%T", &tm);
	snprintf(micro, sizeof(micro), ".%06u", (unsigned int)now.tv_usec);
	strcat(text, micro);
	if (o->json)
		strcat(text, "Z");
	out_object_begin(o, NULL);
	if (o->json)
		out_str(o, OUT_PLAIN, "event", NULL, event);
	out_str(o, OUT_PLAIN, "time", NULL, text);
}

static void print_missed(struct out *o, uint64_t missed)
{
	begin_event(o, "missed");
	out_num(o, "packets", "missed", missed);
	out_word(o, OUT_PLAIN,
		 "drops, of all switches: there were more than are told in a second");
	out_object_end(o);
}

static void print_port(struct vsctl *v, const char *key, uint32_t ifindex)
{
	char index_key[16];

	snprintf(index_key, sizeof(index_key), "%s-ifindex", key);
	out_str(&v->out, OUT_NAME, key, key, names_name(ifindex));
	out_num(&v->out, index_key, v->details ? "ifindex" : OUT_JSON_ONLY,
		ifindex);
}

static void print_frame(struct vsctl *v, const struct nl_drop_event *e)
{
	static struct match m;
	struct out *o = &v->out;

	frame_to_match(e->frame, e->frame_len, e->vid, &m);
	out_object_begin(o, "match");
	match_print(o, &m);
	out_object_end(o);
	if (!(e->has & BIT(VSW_A_DROP_EVENT_FRAME)))
		return;
	out_num(o, "length", "bytes", e->length);
	if (o->json || v->details)
		frame_print_bytes(o, e->frame, e->frame_len);
}

/* Text says once what a reason means. */
static void explain(struct watch *w, const struct nl_drop_event *e)
{
	uint64_t bit = e->reason < REASONS ? 1ULL << e->reason : 0;
	bool out = e->has & BIT(VSW_A_DROP_EVENT_OUT);

	if (w->v->out.json || !(w->explained & bit))
		drops_explain(w->v, e->reason,
			      names_name(out ? e->out : e->in));
	w->explained |= bit;
}

static void print_drop(struct watch *w, const struct nl_drop_event *e)
{
	struct vsctl *v = w->v;
	struct out *o = &v->out;

	begin_event(o, "drop");
	out_str(o, OUT_NAME, "switch", NULL, names_name(e->sw));
	out_num(o, "switch-ifindex", v->details ? "ifindex" : OUT_JSON_ONLY,
		e->sw);
	print_port(v, "in", e->in);
	if (e->has & BIT(VSW_A_DROP_EVENT_OUT))
		print_port(v, "out", e->out);
	out_str(o, OUT_BAD, "reason", NULL,
		drops_reason(e->reason, e->reason_name));
	print_frame(v, e);
	explain(w, e);
	out_object_end(o);
}

static void show_drop(struct watch *w, const struct nlmsghdr *nlh)
{
	struct vsctl *v = w->v;
	struct nl_drop_event e;

	if (nl_parse_drop_event(nlh, &e)) {
		err_warn(&v->where, "malformed event");
		return;
	}
	/* They came before this one, and may be of the switch asked for. */
	if (e.has & BIT(VSW_A_DROP_EVENT_MISSED))
		print_missed(&v->out, e.missed);
	if (!w->sw || w->sw == e.sw)
		print_drop(w, &e);
}

static void show_lost(struct vsctl *v)
{
	err_warn(&v->where,
		 "events were lost: they came faster than they were read");
	if (!v->out.json)
		return;
	begin_event(&v->out, "lost");
	out_object_end(&v->out);
}

static int show_event(const struct nlmsghdr *nlh, void *data)
{
	struct watch *w = data;
	struct vsctl *v = w->v;

	allow_stop(false);
	if (!nlh)
		show_lost(v);
	else if (nl_command(nlh) == VSW_CMD_DROP_NTF)
		show_drop(w, nlh);
	else
		monitor_learn(nlh);
	/* Who reads a pipe wants each event when it happens. */
	fflush(v->out.f);
	allow_stop(true);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

static int take_switch(const struct nlmsghdr *nlh, void *unused)
{
	(void)nlh;
	(void)unused;
	return 0;
}

/* The kernel says what is wrong with it. */
static int find_switch(struct vsctl *v, const char *name, uint32_t *ifindex)
{
	int rc = names_index(v, name, ifindex);

	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SWITCH_GET);
	nl_put_u32(v->nl, VSW_A_SWITCH_IFINDEX, *ifindex, name);
	return nl_get(v->nl, take_switch, NULL);
}

/**
 * drops_watch - vsctl drops watch
 * @v: the run
 * @w: its words
 *
 * Return: an exit code, after a message; interrupted it does not return
 */
int drops_watch(struct vsctl *v, struct words *w)
{
	const struct sigaction on_int = { .sa_handler = stop };
	const char *sw = NULL;
	struct arg args[] = {
		{ .type = &type_dev, .to = &sw },
	};
	struct watch watch = { .v = v };
	struct nl *ev = NULL;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && sw)
		rc = find_switch(v, sw, &watch.sw);
	if (!rc)
		rc = nl_open_events(v, NL_EVENTS_DROP, &ev);
	if (!rc)
		rc = monitor_learn_all(v);
	if (!rc) {
		/* What a batch has written before. */
		fflush(v->out.f);
		sigaction(SIGINT, &on_int, NULL);
		rc = nl_events(ev, show_event, &watch);
		signal(SIGINT, SIG_DFL);
	}
	nl_free(ev);
	return rc;
}
