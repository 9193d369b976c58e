// SPDX-License-Identifier: GPL-2.0
/*
 * Messages as bytes: encoded, logged, printed and read again.
 */
#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

void wire_init(struct wire *w)
{
	w->kind = WIRE_MESSAGES;
	w->len = 0;
	w->n_fixes = 0;
}

static void fix(struct wire *w, __u32 at, __u8 name)
{
	if (w->n_fixes == FIXES_MAX)
		return;
	w->fixes[w->n_fixes].at = at;
	w->fixes[w->n_fixes++].name = name;
}

static void put_attr(struct nl_msg *msg, struct wire *w, __u32 start,
		     const struct fz_attr *a)
{
	__u32 known = a->len < DATA_MAX ? a->len : DATA_MAX;
	struct nlattr *nla = nla_reserve(msg, a->type, a->len);
	char *data;

	if (!nla)
		die("no room for an attribute of %u bytes", a->len);
	data = nla_data(nla);
	memcpy(data, a->data, known);
	memset(data + known, 'x', a->len - known);
	if (a->name != NO_NAME && a->len == sizeof(__u32))
		fix(w, start + (data - (char *)nlmsg_hdr(msg)), a->name);
}

/* What no library would do to a message. */
static void spoil(struct nlmsghdr *nlh, const struct fz_msg *m,
		  const __u32 *attr_at)
{
	struct genlmsghdr *genl = nlmsg_data(nlh);
	struct nlattr *nla;
	__u32 at;

	genl->reserved = m->reserved;
	if (m->lie_at && m->lie_at <= m->n) {
		nla = (struct nlattr *)((char *)nlh + attr_at[m->lie_at - 1]);
		nla->nla_len = m->lie;
	}
	at = NLMSG_HDRLEN + m->poke_at - 1;
	if (m->poke_at && at < nlh->nlmsg_len)
		((__u8 *)nlh)[at] = m->poke;
}

/* Drops what is cut off, with the places in it that were to be filled in. */
static void cut(struct wire *w, __u32 start, __u32 len)
{
	__u32 i, n = 0;

	w->len = start + len;
	for (i = 0; i < w->n_fixes; i++)
		if (w->fixes[i].at + sizeof(__u32) <= w->len)
			w->fixes[n++] = w->fixes[i];
	w->n_fixes = n;
}

/* Adds a message to what is to be sent at once, if there is room. */
void wire_add(struct wire *w, const struct fz_msg *m)
{
	__u32 i, need = NLMSG_HDRLEN + GENL_HDRLEN, attr_at[ATTRS_MAX];
	__u32 len, start = NLMSG_ALIGN(w->len);
	struct nl_msg *msg;
	struct nlmsghdr *nlh;

	for (i = 0; i < m->n; i++)
		need += NLA_HDRLEN + NLA_ALIGN(m->attrs[i].len);
	if (start + need > WIRE_MAX)
		return;
	msg = nlmsg_alloc_size(need);
	if (!msg || !genlmsg_put(msg, NL_AUTO_PORT, 0, m->family, 0, m->flags,
				 m->cmd, m->version))
		die("no memory for a message");
	if (!m->family)
		fix(w, start + offsetof(struct nlmsghdr, nlmsg_type),
		    NAME_FAMILY);
	for (i = 0; i < m->n; i++) {
		attr_at[i] = nlmsg_hdr(msg)->nlmsg_len;
		put_attr(msg, w, start, &m->attrs[i]);
	}
	nlh = nlmsg_hdr(msg);
	spoil(nlh, m, attr_at);
	len = nlh->nlmsg_len;
	memset(w->data + w->len, 0, start - w->len);
	memcpy(w->data + start, nlh, len);
	nlmsg_free(msg);
	/* Some of the header stays: without, it is no message at all. */
	if (m->cut) {
		len -= m->cut < len - NLMSG_HDRLEN ? m->cut :
						     len - NLMSG_HDRLEN;
		nlh = (struct nlmsghdr *)(w->data + start);
		if (!m->keep_len)
			nlh->nlmsg_len = len;
	}
	cut(w, start, len);
}

/* One line: the bytes, then where the index of which device goes. */
void wire_print(const struct wire *w)
{
	const char *name;
	__u32 i;

	printf("# %s ", w->kind == WIRE_FRAME ? "frame" : "send");
	for (i = 0; i < w->len; i++)
		printf("%02x", w->data[i]);
	for (i = 0; i < w->n_fixes; i++) {
		name = w->fixes[i].name == NAME_FAMILY ? "family" :
							 NULL;
		if (!name)
			name = names[w->fixes[i].name];
		printf(" %u=%s", w->fixes[i].at, name);
	}
	printf("\n");
}

static bool parse_fix(struct wire *w, const char *word)
{
	unsigned int at, i;
	char name[32];

	if (sscanf(word, "%u=%31s", &at, name) != 2 ||
	    (w->kind == WIRE_MESSAGES && at + sizeof(__u16) > w->len))
		return false;
	if (!strcmp(name, "family")) {
		fix(w, at, NAME_FAMILY);
		return true;
	}
	for (i = 0; i < N_NAMES; i++) {
		if (!strcmp(name, names[i])) {
			fix(w, at, i);
			return true;
		}
	}
	return false;
}

/* A line of wire_print(), with or without its "# ". */
bool wire_parse(struct wire *w, const char *line)
{
	char *copy = strdup(line), *pos = copy, *word;
	unsigned int byte;

	wire_init(w);
	word = strtok_r(copy, "\n ", &pos);
	if (word && !strcmp(word, "#"))
		word = strtok_r(NULL, "\n ", &pos);
	if (!word || (strcmp(word, "send") && strcmp(word, "frame")))
		goto no;
	w->kind = strcmp(word, "frame") ? WIRE_MESSAGES : WIRE_FRAME;
	word = strtok_r(NULL, "\n ", &pos);
	for (; word && *word && w->len < WIRE_MAX; word += 2) {
		if (sscanf(word, "%2x", &byte) != 1)
			goto no;
		w->data[w->len++] = byte;
	}
	while ((word = strtok_r(NULL, "\n ", &pos)))
		if (!parse_fix(w, word))
			goto no;
	free(copy);
	return true;
no:
	free(copy);
	return false;
}

/* The log of a round, for whoever looks into what it found. */
void log_reset(void)
{
	shm->log_n = 0;
	shm->log_len = 0;
}

/* Adds to the log; false if it is full. */
bool log_add(const struct wire *w)
{
	__u32 head = offsetof(struct wire, data), len = head + w->len;
	__u32 at = NLMSG_ALIGN(shm->log_len);

	if (shm->log_n == LOG_ENTRIES || at + len > LOG_MAX)
		return false;
	memcpy(shm->log + at, w, len);
	shm->log_at[shm->log_n++] = at;
	shm->log_len = at + len;
	return true;
}

void log_get(__u32 i, struct wire *w)
{
	const __u8 *from = shm->log + shm->log_at[i];

	memcpy(w, from, offsetof(struct wire, data));
	memcpy(w->data, from + offsetof(struct wire, data), w->len);
}
