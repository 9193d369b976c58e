// SPDX-License-Identifier: GPL-2.0
/*
 * nl_perm - who may do what. Gives each command of the family once.
 *
 * usage: nl_perm unprivileged IFINDEX
 *	  each command that changes something is refused for want of rights,
 *	  all others are not
 *        nl_perm elsewhere IFINDEX
 *	  the caller has all rights in its own namespace, but the device of
 *	  this index is in another: no command finds it
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "genl.h"

/* All u32 attributes that a command takes are indexes, but for these. */
static bool is_index(const struct spec_attr *s)
{
	return s->type == NL_ATTR_TYPE_U32 && !s->names &&
	       s->max == 0x7fffffff;
}

static void ask(struct genl *nl, const struct spec_op *op, bool dump,
		__u32 ifindex, struct answer *a)
{
	static const __u8 mac[6] = { 2, 0, 0, 0, 0, 1 };
	__u32 attrs = dump ? op->dump_attrs : op->do_attrs;
	const struct spec_attr *s;
	struct msg m;
	__u16 i;

	msg_init(&m, nl->family, op->id, dump ? NLM_F_DUMP : NLM_F_ACK);
	for (i = 1; i <= op->set->max; i++) {
		if (!(attrs & SPEC_BIT(i)))
			continue;
		s = spec_attr(op->set, i);
		if (is_index(s))
			msg_put_u32(&m, i, ifindex);
		else if (s->type == NL_ATTR_TYPE_BINARY && s->max == 6)
			msg_put(&m, i, mac, sizeof(mac));
		else if ((op->id == VSW_CMD_SWITCH_NEW || dump) &&
			 s->type == NL_ATTR_TYPE_STRING)
			msg_put_str(&m, i, "nlperm");
	}
	genl_talk(nl, &m, a);
}

static void test(struct genl *nl, const struct spec_op *op, bool dump,
		 __u32 ifindex, bool elsewhere)
{
	struct answer a;
	bool ok;

	/* In its own namespace everyone may make one. */
	if (elsewhere && op->id == VSW_CMD_SWITCH_NEW)
		return;
	/* All switches there are is an answer, too. */
	if (elsewhere && dump && !op->dump_attrs)
		return;
	ask(nl, op, dump, ifindex, &a);
	if (elsewhere)
		ok = a.err == ENODEV || a.err == EINVAL || a.err == ENOENT;
	else
		ok = (a.err == EPERM) == op->admin;
	if (!ok)
		printf("error %d, \"%s\"\n", a.err, a.sentence);
	result(ok, "%s: %s %s", elsewhere ? "elsewhere" : "unprivileged",
	       op->name, dump ? "dump" : "do");
}

int main(int argc, char **argv)
{
	bool elsewhere;
	struct genl nl;
	__u32 ifindex;
	size_t i;

	if (argc != 3)
		die("wrong number of arguments");
	elsewhere = !strcmp(argv[1], "elsewhere");
	ifindex = strtoul(argv[2], NULL, 10);
	genl_open(&nl, 0);
	for (i = 0; i < ARRAY_SIZE(spec_ops); i++) {
		if (spec_ops[i].has_do)
			test(&nl, &spec_ops[i], false, ifindex, elsewhere);
		if (spec_ops[i].has_dump)
			test(&nl, &spec_ops[i], true, ifindex, elsewhere);
	}
	return 0;
}
