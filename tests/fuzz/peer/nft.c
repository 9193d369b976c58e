// SPDX-License-Identifier: GPL-2.0
/*
 * A set of rules as nftables has it: a chain on the forward hook of a bridge. A
 * rule that is about packets of IPv4 and of IPv6, or that is told by more than
 * one place in a frame, is several there, one after the other.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

/* Of a bridge all frames have a tag beside them here: that of their port, at
 * least. @ll is with it, @nh is behind it.
 */
#define TAGS		"{ 0x8100, 0x88a8 }"
#define INNER_TAGS	3

/* What a packet is, before anything is asked of it. */
#define IS_IPV4		" meta protocol ip meta length >= 20 @nh,0,4 4 @nh,4,4 >= 5"
#define IS_IPV6		" meta protocol ip6 meta length >= 40 @nh,0,4 6"
#define IS_ARP		" meta protocol arp meta length >= 28 arp htype 1" \
			" arp ptype ip arp hlen 6 arp plen 4"

/* libnftables(3), without its header. */
static struct {
	void *(*new)(__u32 flags);
	int (*run)(void *ctx, const char *commands);
	int (*buffer_error)(void *ctx);
	const char *(*error)(void *ctx);
	void *ctx;
} lib;

static const char *inner_type(unsigned int tags)
{
	static const char *const at[INNER_TAGS] = {
		"@ll,128,16", "@nh,16,16", "@nh,48,16",
	};

	return at[tags];
}

static void print_range(FILE *to, const struct field *f,
			const struct value *v)
{
	print_value(to, f, v->first);
	if (!wide_cmp(v->first, v->last))
		return;
	fputc('-', to);
	print_value(to, f, v->last);
}

/* The values in order, those that overlap made one: nft takes no others. */
static unsigned int merge(const struct cond *c, struct value *to)
{
	struct value sorted[VALUES_MAX];
	unsigned int i, j, n = 0;

	for (i = 0; i < c->n; i++) {
		for (j = i; j && wide_cmp(sorted[j - 1].first,
					  c->values[i].first) > 0; j--)
			sorted[j] = sorted[j - 1];
		sorted[j] = c->values[i];
	}
	for (i = 0; i < c->n; i++) {
		if (!n || wide_cmp(to[n - 1].last, sorted[i].first) < 0)
			to[n++] = sorted[i];
		else if (wide_cmp(to[n - 1].last, sorted[i].last) < 0)
			to[n - 1].last = sorted[i].last;
	}
	return n;
}

static void print_masked(FILE *to, const struct cond *c, const char *name)
{
	const struct field *f = &fields[c->field];

	fprintf(to, " %s & ", name);
	print_value(to, f, c->values[0].last);
	fprintf(to, " %s ", c->except ? "!=" : "==");
	print_value(to, f, c->values[0].first);
}

static void print_cond(FILE *to, const struct cond *c, const char *name)
{
	const struct field *f = &fields[c->field];
	struct value values[VALUES_MAX];
	unsigned int i, n;

	if (c->is_masked) {
		print_masked(to, c, name);
		return;
	}
	fprintf(to, " %s %s", name, c->except ? "!= " : "");
	if (f->kind == KIND_PORT) {
		fprintf(to, "\"%s\"",
			rig_port(SIDE_NFT, c->values[0].first.lo));
		return;
	}
	n = merge(c, values);
	if (n > 1)
		fputs("{ ", to);
	for (i = 0; i < n; i++) {
		if (i)
			fputs(", ", to);
		print_range(to, f, &values[i]);
	}
	if (n > 1)
		fputs(" }", to);
}

/* Does a condition let a value through that is known here? */
static bool lets(const struct cond *c, __u64 value)
{
	bool found = false;
	unsigned int i;

	for (i = 0; i < c->n; i++)
		found |= value >= c->values[i].first.lo &&
			 value <= c->values[i].last.lo;
	return found != c->except;
}

static bool rule_lets(const struct rule *rule, enum field_id field,
		      __u64 value)
{
	unsigned int i;

	for (i = 0; i < rule->n; i++) {
		if (rule->conds[i].field == field &&
		    !lets(&rule->conds[i], value))
			return false;
	}
	return true;
}

static bool asks(const struct rule *rule, enum field_id field)
{
	unsigned int i;

	for (i = 0; i < rule->n; i++) {
		if (rule->conds[i].field == field)
			return true;
	}
	return false;
}

/* What a packet must have behind its header of IP: all of what a field is part
 * of.
 */
static void print_needs(FILE *to, unsigned int needs, const char *proto)
{
	if (needs & NEEDS_PORTS)
		fprintf(to, " %s { 6, 17, 132, 136 } @th,24,8 >= 0", proto);
	if (needs & NEEDS_TCP)
		fprintf(to, " %s 6 @th,152,8 >= 0", proto);
	if (needs & NEEDS_ICMP)
		fprintf(to, " %s { 1, 58 } @th,8,8 >= 0", proto);
	if (needs & NEEDS_ND)
		fprintf(to, " %s 58 @th,0,8 { 135, 136 } @th,184,8 >= 0",
			proto);
}

static const char *name_of(const struct field *f, bool is_ip6)
{
	return is_ip6 && f->nft6 ? f->nft6 : f->nft;
}

/* One rule of the peer: @before, and of the conditions all that it has not
 * said.
 */
static void print_rule(FILE *to, const struct rule *rule, const char *before,
		       bool is_ip6, unsigned int tags, bool drop)
{
	const char *name;
	unsigned int i;

	fputs(before, to);
	print_needs(to, rule->needs,
		    name_of(&fields[F_PROTO], is_ip6));
	for (i = 0; i < rule->n; i++) {
		const struct cond *c = &rule->conds[i];

		name = name_of(&fields[c->field], is_ip6);
		if (c->field == F_TYPE)
			name = inner_type(tags);
		if (c->field == F_FRAG || (c->field == F_INNER_VLAN && !tags))
			continue;
		print_cond(to, c, name);
	}
	fprintf(to, " %s\n", drop ? "drop" : "accept");
}

/* By which part of a packet a frame is, where that is asked for, or where a
 * rule is about what a later fragment does not have.
 */
static void print_ip(FILE *to, const struct rule *rule, bool is_ip6,
		     bool drop)
{
	static const struct {
		enum frag frag;
		bool is_ip6;
		const char *words;
	} parts[] = {
		{ FRAG_NONE, false, " @nh,48,16 & 0x3fff == 0" },
		{ FRAG_FIRST, false, " @nh,48,16 & 0x3fff == 0x2000" },
		{ FRAG_LATER, false, " @nh,48,16 & 0x1fff != 0" },
		{ FRAG_NONE, true, " exthdr frag missing" },
		{ FRAG_NONE, true, " frag frag-off 0 frag more-fragments 0" },
		{ FRAG_FIRST, true, " frag frag-off 0 frag more-fragments 1" },
		{ FRAG_LATER, true, " frag frag-off != 0" },
	};
	const char *is = is_ip6 ? IS_IPV6 : IS_IPV4;
	bool is_l4 = rule->needs & (NEEDS_PORTS | NEEDS_TCP | NEEDS_ICMP);
	char before[256];
	unsigned int i;

	if (!asks(rule, F_FRAG) && !is_l4) {
		print_rule(to, rule, is, is_ip6, 0, drop);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		if (parts[i].is_ip6 != is_ip6 ||
		    (is_l4 && parts[i].frag == FRAG_LATER) ||
		    !rule_lets(rule, F_FRAG, parts[i].frag))
			continue;
		snprintf(before, sizeof(before), "%s%s", is, parts[i].words);
		print_rule(to, rule, before, is_ip6, 0, drop);
	}
}

/* By how many tags a frame has besides that of the switch. */
static void print_tags(FILE *to, const struct rule *rule, bool drop)
{
	static const char *const before[INNER_TAGS] = {
		" @ll,128,16 != " TAGS,
		" @ll,128,16 " TAGS " @nh,16,16 != " TAGS,
		" @ll,128,16 " TAGS " @nh,16,16 " TAGS,
	};
	unsigned int tags;

	for (tags = 0; tags < INNER_TAGS; tags++) {
		if (tags || rule_lets(rule, F_INNER_VLAN, 0))
			print_rule(to, rule, before[tags], false, tags, drop);
	}
}

/* A rule's text. */
void nft_rule(FILE *to, const struct rules *rules, unsigned int i, bool drop)
{
	const struct rule *rule = &rules->of[i];

	if (rule->needs & NEEDS_ARP) {
		if (rule_lets(rule, F_INNER_VLAN, 0))
			print_rule(to, rule, IS_ARP, false, 0, drop);
	} else if (rule->needs & NEEDS_IP) {
		if (!rule_lets(rule, F_INNER_VLAN, 0))
			return;
		if (!(rule->needs & NEEDS_IPV6))
			print_ip(to, rule, false, drop);
		if (!(rule->needs & NEEDS_IPV4))
			print_ip(to, rule, true, drop);
	} else if (asks(rule, F_TYPE) || asks(rule, F_INNER_VLAN)) {
		print_tags(to, rule, drop);
	} else {
		print_rule(to, rule, "", false, 0, drop);
	}
}

static void *symbol(void *handle, const char *name)
{
	void *sym = dlsym(handle, name);

	if (!sym)
		die("%s", dlerror());
	return sym;
}

/* In this process, since starting nft takes longer than all else in a round. */
void nft_open(void)
{
	void *handle = dlopen("libnftables.so.1", RTLD_NOW);

	if (!handle)
		die("%s", dlerror());
	lib.new = symbol(handle, "nft_ctx_new");
	lib.run = symbol(handle, "nft_run_cmd_from_buffer");
	lib.buffer_error = symbol(handle, "nft_ctx_buffer_error");
	lib.error = symbol(handle, "nft_ctx_get_error_buffer");
	lib.ctx = lib.new(0);
	if (!lib.ctx || lib.buffer_error(lib.ctx))
		die("libnftables");
}

static void run(const char *text)
{
	if (lib.run(lib.ctx, text)) {
		fputs(text, stdout);
		die("nft: %s", lib.error(lib.ctx));
	}
}

/* The mark of a frame goes by its source. */
void nft_mark(void)
{
	char *text = NULL;
	unsigned int i;
	size_t len;
	FILE *to;

	to = open_memstream(&text, &len);
	if (!to)
		die("no memory");
	fputs("table netdev marks {\n", to);
	for (i = 0; i < SIDES * PORTS; i++) {
		const char *dev = rig_port(i / PORTS, i % PORTS);

		fprintf(to, "chain %s {\n", dev);
		fputs("type filter hook ingress", to);
		fprintf(to, " device \"%s\" priority 0;\n", dev);
		fputs("ether saddr & 00:00:00:00:00:01 == 00:00:00:00:00:01",
		      to);
		fputs(" meta mark set 0x11\n", to);
		fputs("ether saddr 02:00:00:00:00:02 meta mark set 0x32\n}\n",
		      to);
	}
	fputs("}\n", to);
	fclose(to);
	run(text);
	free(text);
}

void nft_load(const struct rules *rules, int turned)
{
	char *text = NULL;
	unsigned int i;
	size_t len;
	FILE *to;

	to = open_memstream(&text, &len);
	if (!to)
		die("no memory");
	fputs("table bridge peer\nflush table bridge peer\n", to);
	fputs("table bridge peer {\nchain forward {\n", to);
	fputs("type filter hook forward priority 0; policy accept;\n", to);
	fputs("@ll,128,16 0x88b6 accept\n", to);
	for (i = 0; i < rules->n; i++)
		nft_rule(to, rules, i,
			 rules->of[i].drop != ((int)i == turned));
	fputs("}\n}\n", to);
	fclose(to);
	run(text);
	free(text);
}
