// SPDX-License-Identifier: GPL-2.0
/*
 * nl_event - join multicast groups and print each event on a line of its own,
 * "NAME ATTRIBUTE=VALUE ...", by the names of the netlink specification.
 *
 * usage: nl_event GROUP...
 *
 * Prints "ready" once it listens; ends with its standard input.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "genl.h"

#define VLANS_LEN	512

static void print_bytes(const struct nlattr_ref *attr)
{
	const __u8 *p = attr->data;
	int vid, i, first = -1;

	if (attr->len == 6) {
		printf("%02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3],
		       p[4], p[5]);
		return;
	}
	if (attr->len != VLANS_LEN) {
		for (i = 0; i < attr->len; i++)
			printf("%02x", p[i]);
		return;
	}
	/* A set of VLANs, as ranges, each followed by a comma. */
	for (vid = 0; vid <= 8 * attr->len; vid++) {
		if (vid < 8 * attr->len && p[vid / 8] & 1 << vid % 8) {
			if (first < 0)
				first = vid;
		} else if (first >= 0) {
			printf("%d-%d,", first, vid - 1);
			first = -1;
		}
	}
}

static void print_attr(const struct spec_attr *s,
		       const struct nlattr_ref *attr)
{
	__u64 value, i;

	if (s->type == NL_ATTR_TYPE_INVALID || s->type == NL_ATTR_TYPE_NESTED)
		return;
	printf(" %s=", s->name);
	if (s->type == NL_ATTR_TYPE_STRING) {
		printf("%.*s", (int)attr->len, (const char *)attr->data);
		return;
	}
	if (s->type == NL_ATTR_TYPE_BINARY) {
		print_bytes(attr);
		return;
	}
	value = attr_number(attr);
	if (s->names) {
		for (i = 0; s->names[i] && i < value; i++)
			;
		printf("%s", s->names[i] ?: "?");
		return;
	}
	printf("%llu", value);
}

static void print_event(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	const void *end = (const char *)nlh + nlh->nlmsg_len;
	const void *pos = (const char *)genl + GENL_HDRLEN;
	const struct spec_op *op = spec_op(genl->cmd);
	const struct spec_attr *s;
	struct nlattr_ref attr;

	if (!op || !op->group) {
		printf("unknown event %u\n", genl->cmd);
		return;
	}
	printf("%s", op->name);
	while (attr_next(&pos, end, &attr)) {
		s = spec_attr(op->set, attr.type);
		if (s)
			print_attr(s, &attr);
		else
			printf(" unknown-%u", attr.type);
	}
	printf("\n");
}

int main(int argc, char **argv)
{
	static char buf[65536] __aligned(8);
	struct pollfd fds[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .events = POLLIN },
	};
	const struct nlmsghdr *nlh;
	struct genl nl;
	ssize_t len;
	int i;

	genl_open(&nl, 0);
	for (i = 1; i < argc; i++)
		genl_join(&nl, argv[i]);
	fds[1].fd = nl.fd;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("ready\n");
	while (poll(fds, 2, -1) > 0 && !fds[0].revents) {
		len = recv(nl.fd, buf, sizeof(buf), 0);
		if (len < 0)
			die("recv: %s", strerror(errno));
		for (nlh = (void *)buf; NLMSG_OK(nlh, len);
		     nlh = NLMSG_NEXT(nlh, len))
			print_event(nlh);
	}
	return 0;
}
