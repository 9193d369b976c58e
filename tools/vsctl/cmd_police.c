// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl police
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

/* Of the highest rate; and room for one and its unit. */
#define RATE_DIGITS	13
#define RATE_WORD_LEN	32

static const char help[] =
	"vsctl police add SWITCH NAME [ rate RATE [ burst BYTES ] ]\n"
	"                 [ pps N [ pburst N ] ]\n"
	"vsctl police set SWITCH NAME [ rate RATE ] [ burst BYTES ]\n"
	"                 [ pps N ] [ pburst N ]\n"
	"vsctl police del SWITCH NAME\n"
	"vsctl police show [ SWITCH ]\n"
	"where  RATE := NUMBER[ bit | kbit | mbit | gbit | tbit |\n"
	"                       kibit | mibit | gibit | tibit ]\n";

/* Larger ones first; of two that fit, that in powers of ten is shown. */
static const struct {
	const char *name;
	uint64_t bits;
} units[] = {
	{ "tbit", 1000000000000 },
	{ "gbit", 1000000000 },
	{ "mbit", 1000000 },
	{ "kbit", 1000 },
	{ "bit", 1 },
	{ "", 1 },
	{ "kibit", 1ULL << 10 },
	{ "mibit", 1ULL << 20 },
	{ "gibit", 1ULL << 30 },
	{ "tibit", 1ULL << 40 },
};

/* As tc(8) takes them, but for bytes a second. */
static bool parse_rate(const char *word, void *to)
{
	size_t n = strspn(word, "0123456789");
	uint64_t number;
	unsigned int i;

	if (!n || n > RATE_DIGITS)
		return false;
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (!strcasecmp(word + n, units[i].name))
			break;
	}
	if (i == ARRAY_SIZE(units))
		return false;
	number = strtoull(word, NULL, 10);
	if (number > VSW_POLICER_RATE_MAX / units[i].bits)
		return false;
	*(uint64_t *)to = number * units[i].bits;
	return *(uint64_t *)to >= VSW_POLICER_RATE_MIN;
}

static bool parse_count(const char *word, void *to)
{
	return parse_number(word, 1, UINT32_MAX, to);
}

static const struct value_type type_name = {
	"NAME", "a name of 1 to 31 characters", parse_group,
};

static const struct value_type type_rate = {
	"RATE", "a rate from 8bit to 1tbit, as 10mbit", parse_rate,
};

static const struct value_type type_count = {
	"N", "a number from 1 to 4294967295", parse_count,
};

static void print_rate(struct out *o, uint64_t rate)
{
	char word[RATE_WORD_LEN];
	unsigned int i;

	out_num(o, "rate", OUT_JSON_ONLY, rate);
	if (o->json)
		return;
	for (i = 0; rate % units[i].bits; i++)
		;
	snprintf(word, sizeof(word), "%llu%s",
		 (unsigned long long)(rate / units[i].bits), units[i].name);
	out_word(o, OUT_PLAIN, "rate");
	out_word(o, OUT_PLAIN, word);
}

/**
 * police_print - write the fields of a policer
 * @v: the run
 * @policer: the policer
 */
void police_print(struct vsctl *v, const struct nl_policer *policer)
{
	const struct out_col passed[] = {
		{ "passed-bytes", "bytes", policer->passed_bytes },
		{ "passed-packets", "packets", policer->passed_packets },
	};
	const struct out_col dropped[] = {
		{ "dropped-bytes", "bytes", policer->dropped_bytes },
		{ "dropped-packets", "packets", policer->dropped_packets },
	};
	struct out *o = &v->out;

	out_title(o, "name", policer->name);
	out_str(o, OUT_NAME, "switch", "switch", names_name(policer->sw));
	if (policer->has & BIT(VSW_A_POLICER_RATE)) {
		print_rate(o, policer->rate);
		out_num(o, "burst", "burst", policer->burst);
	}
	if (policer->has & BIT(VSW_A_POLICER_PPS)) {
		out_num(o, "pps", "pps", policer->pps);
		out_num(o, "pburst", "pburst", policer->pburst);
	}
	if (!v->stats && !o->json)
		return;
	out_num(o, "rules", "rules", policer->rules);
	out_table(o, "Passed: ", passed, ARRAY_SIZE(passed));
	out_table(o, "Dropped:", dropped, ARRAY_SIZE(dropped));
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	struct nl_policer policer;
	struct vsctl *v = data;

	if (nl_parse_policer(nlh, &policer))
		return -1;
	out_object_begin(&v->out, NULL);
	police_print(v, &policer);
	out_object_end(&v->out);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	const char *name = NULL;
	struct arg args[] = {
		{ .type = &type_dev, .to = &name },
	};
	uint32_t sw;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && name)
		rc = names_index(v, name, &sw);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_POLICER_GET);
	if (name)
		nl_put_u32(v->nl, VSW_A_POLICER_SWITCH, sw, name);
	out_list_begin(&v->out);
	rc = nl_dump(v->nl, show_one, v);
	out_list_end(&v->out);
	return rc;
}

/* Begins a request about one policer. */
static int begin(struct vsctl *v, uint8_t cmd, const char *sw_name,
		 const char *name)
{
	uint32_t sw;
	int rc;

	rc = nl_open(v);
	if (!rc)
		rc = names_index(v, sw_name, &sw);
	if (rc)
		return rc;
	nl_request(v->nl, cmd);
	nl_put_u32(v->nl, VSW_A_POLICER_SWITCH, sw, sw_name);
	nl_put_str(v->nl, VSW_A_POLICER_NAME, name, name);
	return 0;
}

/* What a policer is to let pass, of a new one or of one that is there. */
static int change(struct vsctl *v, struct words *w, uint8_t cmd)
{
	const char *sw, *name;
	uint64_t rate;
	uint32_t burst, pps, pburst;
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &sw,
		  .needed = true },
		{ .type = &type_name, .to = &name, .needed = true },
		{ .key = "rate", .type = &type_rate, .to = &rate },
		{ .key = "burst", .type = &type_count, .to = &burst },
		{ .key = "pps", .type = &type_count, .to = &pps },
		{ .key = "pburst", .type = &type_count, .to = &pburst },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc && !args[2].word && !args[3].word && !args[4].word &&
	    !args[5].word)
		rc = err_usage(v,
			       "what may pass is missing: 'rate' or 'pps' must follow \"%s\"",
			       name);
	if (!rc)
		rc = begin(v, cmd, sw, name);
	if (rc)
		return rc;
	if (args[2].word)
		nl_put_bin(v->nl, VSW_A_POLICER_RATE, &rate, sizeof(rate),
			   args[2].word);
	if (args[3].word)
		nl_put_u32(v->nl, VSW_A_POLICER_BURST, burst, args[3].word);
	if (args[4].word)
		nl_put_u32(v->nl, VSW_A_POLICER_PPS, pps, args[4].word);
	if (args[5].word)
		nl_put_u32(v->nl, VSW_A_POLICER_PBURST, pburst, args[5].word);
	return nl_queue(v->nl);
}

static int cmd_add(struct vsctl *v, struct words *w)
{
	return change(v, w, VSW_CMD_POLICER_NEW);
}

static int cmd_set(struct vsctl *v, struct words *w)
{
	return change(v, w, VSW_CMD_POLICER_SET);
}

static int cmd_del(struct vsctl *v, struct words *w)
{
	const char *sw, *name;
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &sw,
		  .needed = true },
		{ .type = &type_name, .to = &name, .needed = true },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = begin(v, VSW_CMD_POLICER_DEL, sw, name);
	return rc ? rc : nl_queue(v->nl);
}

static const struct command commands[] = {
	{ "add", cmd_add, true },
	{ "set", cmd_set, true },
	{ "del", cmd_del, true },
	{ "show", cmd_show, false },
	{},
};

const struct object object_police = { "police", help, commands, NULL };
