/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Generic netlink, raw: these tests send what no library would.
 */
#ifndef GENL_H
#define GENL_H

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

#include "spec_policy.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define __printf(f, a)	__attribute__((__format__(printf, f, a)))
#define __noreturn	__attribute__((__noreturn__))
#define __aligned(n)	__attribute__((__aligned__(n)))

#define MSG_MAX		8192
#define SENTENCE_MAX	256

/* A request that is being built. */
struct msg {
	union {
		struct nlmsghdr nlh;
		char buf[MSG_MAX];
	};
};

/* A whole answer, or refusal. */
struct answer {
	int err;			/* 0 or a positive errno */
	char sentence[SENTENCE_MAX];	/* empty if there is none */
	__u32 offset;			/* of the attribute at fault, or 0 */
	__u32 miss_type;		/* of the attribute missing, or 0 */
	bool interrupted;		/* some message had DUMP_INTR */
	unsigned int messages;		/* but for the last */
	char *data;			/* their bytes, if they are kept */
	size_t len;
};

struct genl {
	int fd;
	const char *name;		/* of the family */
	__u16 family;
	__u32 seq;
	size_t rcvlen;			/* of one recv(), 0: ample */
	bool keep;			/* keep what is answered */
};

struct nlattr_ref {
	__u16 type;
	__u16 len;
	const void *data;
};

__printf(1, 2) __noreturn void die(const char *fmt, ...);

void genl_open_family(struct genl *nl, const char *name, size_t rcvlen);
void genl_open(struct genl *nl, size_t rcvlen);
void genl_join(struct genl *nl, const char *group);

void msg_init(struct msg *m, __u16 family, __u8 cmd, __u16 flags);
struct nlattr *msg_put(struct msg *m, __u16 type, const void *data,
		       size_t len);
void msg_put_u8(struct msg *m, __u16 type, __u8 val);
void msg_put_u16(struct msg *m, __u16 type, __u16 val);
void msg_put_u32(struct msg *m, __u16 type, __u32 val);
void msg_put_str(struct msg *m, __u16 type, const char *val);

void genl_send(struct genl *nl, struct msg *m);
bool genl_recv(struct genl *nl, struct answer *a);
void genl_talk(struct genl *nl, struct msg *m, struct answer *a);

bool attr_next(const void **pos, const void *end, struct nlattr_ref *attr);
__u32 attr_u32(const struct nlattr_ref *attr);
__u64 attr_number(const struct nlattr_ref *attr);

const struct spec_op *spec_op(__u8 id);
const struct spec_attr *spec_attr(const struct spec_set *set, __u16 id);

__printf(2, 3) void result(bool ok, const char *fmt, ...);
bool answer_ok(const struct answer *a);

#endif /* GENL_H */
