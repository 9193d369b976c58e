// SPDX-License-Identifier: GPL-2.0
/*
 * nl_policy - hold the policy that the kernel enforces against the netlink
 * specification: commands, who may give them, and of each the attributes that
 * it takes, with their types and bounds. Prints a line of result for each
 * command.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "genl.h"

#define MAX_OPS		256
#define MAX_POLICIES	64
#define MAX_ATTRS	64
#define NO_POLICY	(-1)

struct attr_policy {
	bool there;
	__u32 type;
	__u64 min, max;
	bool has_min, has_max;
	int nest;
};

/* What the kernel says. */
static struct {
	bool there;
	__u32 flags;
	int policy[2];
} live_ops[MAX_OPS];
static struct attr_policy policies[MAX_POLICIES][MAX_ATTRS];
static __u32 version;

enum { DO, DUMP };

static const char *const kinds[] = { "do", "dump" };

static const void *end_of(const struct nlattr_ref *attr)
{
	return (const char *)attr->data + attr->len;
}

static void parse_attr_policy(struct attr_policy *p,
			      const struct nlattr_ref *attr)
{
	const void *pos = attr->data;
	struct nlattr_ref a;

	p->there = true;
	p->nest = NO_POLICY;
	while (attr_next(&pos, end_of(attr), &a)) {
		switch (a.type) {
		case NL_POLICY_TYPE_ATTR_TYPE:
			p->type = attr_u32(&a);
			break;
		case NL_POLICY_TYPE_ATTR_POLICY_IDX:
			p->nest = attr_u32(&a);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
		case NL_POLICY_TYPE_ATTR_MIN_LENGTH:
			p->has_min = true;
			p->min = attr_number(&a);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
		case NL_POLICY_TYPE_ATTR_MAX_LENGTH:
			p->has_max = true;
			p->max = attr_number(&a);
			break;
		}
	}
}

static void parse_policies(const struct nlattr_ref *nest)
{
	const void *pos = nest->data, *inner;
	struct nlattr_ref policy, attr;

	while (attr_next(&pos, end_of(nest), &policy)) {
		inner = policy.data;
		while (attr_next(&inner, end_of(&policy), &attr)) {
			if (policy.type >= MAX_POLICIES ||
			    attr.type >= MAX_ATTRS)
				die("policy %u, attribute %u: too many",
				    policy.type, attr.type);
			parse_attr_policy(&policies[policy.type][attr.type],
					  &attr);
		}
	}
}

/* Newer kernels give all that can only be dumped the command number 0: these
 * are their policies.
 */
static int nameless[MAX_POLICIES], n_nameless;

static void parse_op_policies(const struct nlattr_ref *nest)
{
	const void *pos = nest->data, *inner;
	struct nlattr_ref op, attr;

	while (attr_next(&pos, end_of(nest), &op)) {
		inner = op.data;
		while (attr_next(&inner, end_of(&op), &attr)) {
			if (attr.type == CTRL_ATTR_POLICY_DO)
				live_ops[op.type].policy[DO] = attr_u32(&attr);
			if (attr.type != CTRL_ATTR_POLICY_DUMP)
				continue;
			live_ops[op.type].policy[DUMP] = attr_u32(&attr);
			if (!op.type && n_nameless < MAX_POLICIES)
				nameless[n_nameless++] = attr_u32(&attr);
		}
	}
}

static void parse_ops(const struct nlattr_ref *nest)
{
	const void *pos = nest->data, *inner;
	struct nlattr_ref op, attr;
	__u32 id, flags;

	while (attr_next(&pos, end_of(nest), &op)) {
		id = 0;
		flags = 0;
		inner = op.data;
		while (attr_next(&inner, end_of(&op), &attr)) {
			if (attr.type == CTRL_ATTR_OP_ID)
				id = attr_u32(&attr);
			if (attr.type == CTRL_ATTR_OP_FLAGS)
				flags = attr_u32(&attr);
		}
		live_ops[id % MAX_OPS].there = true;
		live_ops[id % MAX_OPS].flags = flags;
	}
}

static void parse_answer(const struct answer *a)
{
	const struct nlmsghdr *nlh = (void *)a->data;
	const void *pos, *end;
	struct nlattr_ref attr;
	size_t len = a->len;

	for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
		pos = (const char *)NLMSG_DATA(nlh) + GENL_HDRLEN;
		end = (const char *)nlh + nlh->nlmsg_len;
		while (attr_next(&pos, end, &attr)) {
			if (attr.type == CTRL_ATTR_OPS)
				parse_ops(&attr);
			if (attr.type == CTRL_ATTR_VERSION)
				version = attr_u32(&attr);
			if (attr.type == CTRL_ATTR_OP_POLICY)
				parse_op_policies(&attr);
			if (attr.type == CTRL_ATTR_POLICY)
				parse_policies(&attr);
		}
	}
}

static void read_live(void)
{
	struct answer a;
	struct genl nl;
	struct msg m;
	int i;

	for (i = 0; i < MAX_OPS; i++) {
		live_ops[i].policy[DO] = NO_POLICY;
		live_ops[i].policy[DUMP] = NO_POLICY;
	}
	genl_open(&nl, 0);
	nl.keep = true;

	msg_init(&m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	msg_put_u16(&m, CTRL_ATTR_FAMILY_ID, nl.family);
	genl_talk(&nl, &m, &a);
	parse_answer(&a);
	free(a.data);

	msg_init(&m, GENL_ID_CTRL, CTRL_CMD_GETPOLICY, NLM_F_DUMP);
	msg_put_u16(&m, CTRL_ATTR_FAMILY_ID, nl.family);
	genl_talk(&nl, &m, &a);
	if (a.err)
		die("no policy: %s", strerror(a.err));
	parse_answer(&a);
	free(a.data);
}

static bool check_attr(const struct spec_attr *s, const struct attr_policy *p);

/* All attributes of a set, in the policy of a nest. */
static bool check_nest(const struct spec_attr *s, int index)
{
	const struct spec_attr *inner;
	bool ok = true;
	int i;

	if (index == NO_POLICY) {
		printf("%s: no policy\n", s->name);
		return false;
	}
	for (i = 1; i < MAX_ATTRS; i++) {
		inner = spec_attr(s->nest, i);
		if (!inner != !policies[index][i].there) {
			printf("%s: attribute %d\n", s->name, i);
			ok = false;
		} else if (inner && !check_attr(inner, &policies[index][i])) {
			ok = false;
		}
	}
	return ok;
}

static bool check_attr(const struct spec_attr *s, const struct attr_policy *p)
{
	__u32 type = p->type;
	bool ok = true;

	/* Two spellings of one thing. */
	if (type == NL_ATTR_TYPE_NUL_STRING)
		type = NL_ATTR_TYPE_STRING;
	if (type != s->type) {
		printf("%s: type %u, not %u\n", s->name, p->type, s->type);
		ok = false;
	}
	if (s->nest)
		return check_nest(s, p->nest) && ok;
	if ((p->has_min ? p->min : 0) != s->min) {
		printf("%s: at least %llu, not %llu\n", s->name, p->min,
		       s->min);
		ok = false;
	}
	if ((p->has_max ? p->max : 0) != s->max) {
		printf("%s: at most %llu, not %llu\n", s->name, p->max,
		       s->max);
		ok = false;
	}
	return ok;
}

/*
 * A kernel without split operations has one policy for a command's do and
 * dump: then it takes what either does, and the command itself must refuse
 * the rest, which nl_strict tests.
 */
static __u32 taken(const struct spec_op *op, int kind)
{
	const int *policy = live_ops[op->id].policy;

	if (op->has_do && op->has_dump && policy[DO] == policy[DUMP])
		return op->do_attrs | op->dump_attrs;
	return kind == DO ? op->do_attrs : op->dump_attrs;
}

static bool check_index(const struct spec_op *op, int kind, int index)
{
	__u32 attrs = taken(op, kind);
	const struct attr_policy *p;
	const struct spec_attr *s;
	bool ok = true;
	int i;

	for (i = 1; i < MAX_ATTRS; i++) {
		p = &policies[index][i];
		s = spec_attr(op->set, i);
		if (!s || !(attrs & SPEC_BIT(i))) {
			if (p->there) {
				printf("%s takes attribute %d\n", kinds[kind],
				       i);
				ok = false;
			}
			continue;
		}
		if (!p->there) {
			printf("%s does not take %s\n", kinds[kind], s->name);
			ok = false;
		} else if (!check_attr(s, p)) {
			ok = false;
		}
	}
	return ok;
}

static bool check_policy(const struct spec_op *op, int kind)
{
	int index = live_ops[op->id].policy[kind];
	int i;

	if (index != NO_POLICY)
		return check_index(op, kind, index);
	for (i = 0; !op->has_do && i < n_nameless; i++) {
		if (check_index(op, kind, nameless[i]))
			return true;
	}
	printf("%s has no policy\n", kinds[kind]);
	return false;
}

static bool check_flag(const struct spec_op *op, __u32 flag, bool expected,
		       const char *what)
{
	if (!!(live_ops[op->id].flags & flag) == expected)
		return true;
	printf("%s: %s, against the specification\n", what,
	       expected ? "no" : "yes");
	return false;
}

static bool check_op(const struct spec_op *op)
{
	bool ok = true;

	if (op->group) {
		if (live_ops[op->id].there)
			printf("an event, and yet it can be asked for\n");
		return !live_ops[op->id].there;
	}
	if (!live_ops[op->id].there) {
		printf("no such command\n");
		return false;
	}
	ok &= check_flag(op, GENL_UNS_ADMIN_PERM, op->admin, "uns-admin-perm");
	ok &= check_flag(op, GENL_ADMIN_PERM, false, "admin-perm");
	ok &= check_flag(op, GENL_CMD_CAP_DO, op->has_do, "do");
	ok &= check_flag(op, GENL_CMD_CAP_DUMP, op->has_dump, "dump");
	ok &= check_flag(op, GENL_CMD_CAP_HASPOL, true, "has a policy");
	if (op->has_do)
		ok &= check_policy(op, DO);
	if (op->has_dump)
		ok &= check_policy(op, DUMP);
	return ok;
}

int main(void)
{
	bool ok = true;
	size_t i;

	read_live();
	result(version == SPEC_VERSION, "version of the family");
	for (i = 0; i < ARRAY_SIZE(spec_ops); i++)
		result(check_op(&spec_ops[i]), "policy of %s",
		       spec_ops[i].name);
	for (i = 0; i < MAX_OPS; i++) {
		if (!live_ops[i].there || spec_op(i))
			continue;
		printf("command %zu\n", i);
		ok = false;
	}
	result(ok, "no command that is not in the specification");
	return 0;
}
