/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of nl_strict share: requests that must be refused for what
 * only the command itself can tell.
 */
#ifndef NL_STRICT_H
#define NL_STRICT_H

#include "genl.h"

#define MAC_LEN		6
#define VLANS_LEN	512
/* No attribute that is no nest has more. */
#define ATTR_LEN	1522
#define NO_INDEX	0x7ffffff0

#define U8(attr, val)	{ .type = (attr), .len = 1, .number = (val) }
#define U16(attr, val)	{ .type = (attr), .len = 2, .number = (val) }
#define U32(attr, val)	{ .type = (attr), .len = 4, .number = (val) }
#define STR(attr, val)	{ .type = (attr), .len = sizeof(val), .data = (val) }
#define MAC(attr, val)	{ .type = (attr), .len = MAC_LEN, .data = (val) }
#define VLANS		{ .type = VSW_A_PORT_VLANS, .len = VLANS_LEN, \
			  .data = vlans }
#define ATTRS_MAX	5

struct semantic {
	const char *name;
	int err;
	__u8 cmd;
	bool dump;
	int vid;		/* in the set of VLANs */
	__u16 at;		/* attribute at fault */
	const struct nlattr *inner; /* or that in the data of another */
	__u16 missing;
	struct {
		__u16 type;
		__u16 len;
		__u32 number;
		const void *data;
	} attrs[ATTRS_MAX];
};

/* Devices: a switch, a port of it, and one that is no port. */
extern __u32 sw, port, spare;
extern __u8 vlans[VLANS_LEN];

void test_semantic(const struct semantic *s);

/* nl_strict_rule.c */
void test_rule_semantics(void);

#endif /* NL_STRICT_H */
