// SPDX-License-Identifier: GPL-2.0
/*
 * psample - print each sample that the kernel's psample gives on a line of its
 * own: "IFINDEX GROUP RATE LENGTH BYTES", where LENGTH is that of the frame.
 *
 * usage: psample [groups]
 *
 * Prints "ready" once it listens; ends with its standard input. With "groups"
 * it prints the number of each group that there is in this namespace instead.
 */
#include <errno.h>
#include <linux/psample.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "genl.h"

static void print_sample(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	const void *end = (const char *)nlh + nlh->nlmsg_len;
	const void *pos = (const char *)genl + GENL_HDRLEN;
	__u64 number[PSAMPLE_ATTR_DATA] = {};
	struct nlattr_ref attr, data = {};
	int i;

	while (attr_next(&pos, end, &attr)) {
		if (attr.type < PSAMPLE_ATTR_DATA)
			number[attr.type] = attr_number(&attr);
		else if (attr.type == PSAMPLE_ATTR_DATA)
			data = attr;
	}
	printf("%llu %llu %llu %llu ", number[PSAMPLE_ATTR_IIFINDEX],
	       number[PSAMPLE_ATTR_SAMPLE_GROUP],
	       number[PSAMPLE_ATTR_SAMPLE_RATE],
	       number[PSAMPLE_ATTR_ORIGSIZE]);
	for (i = 0; i < data.len; i++)
		printf("%02x", ((const __u8 *)data.data)[i]);
	printf("\n");
}

static void print_groups(struct genl *nl)
{
	const struct nlmsghdr *nlh;
	struct nlattr_ref attr;
	const void *pos, *end;
	struct answer a;
	struct msg m;
	int len;

	msg_init(&m, nl->family, PSAMPLE_CMD_GET_GROUP, NLM_F_DUMP);
	nl->keep = true;
	genl_talk(nl, &m, &a);
	if (!answer_ok(&a))
		die("no groups");
	len = a.len;
	for (nlh = (void *)a.data; NLMSG_OK(nlh, len);
	     nlh = NLMSG_NEXT(nlh, len)) {
		pos = (const char *)NLMSG_DATA(nlh) + GENL_HDRLEN;
		end = (const char *)nlh + nlh->nlmsg_len;
		while (attr_next(&pos, end, &attr)) {
			if (attr.type == PSAMPLE_ATTR_SAMPLE_GROUP)
				printf("%u\n", attr_u32(&attr));
		}
	}
	free(a.data);
}

static void listen_for_samples(struct genl *nl)
{
	static char buf[65536] __aligned(8);
	struct pollfd fds[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .events = POLLIN },
	};
	const struct nlmsghdr *nlh;
	ssize_t len;

	genl_join(nl, PSAMPLE_NL_MCGRP_SAMPLE_NAME);
	fds[1].fd = nl->fd;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("ready\n");
	while (poll(fds, 2, -1) > 0 && !fds[0].revents) {
		len = recv(nl->fd, buf, sizeof(buf), 0);
		if (len < 0)
			die("recv: %s", strerror(errno));
		for (nlh = (void *)buf; NLMSG_OK(nlh, len);
		     nlh = NLMSG_NEXT(nlh, len))
			print_sample(nlh);
	}
}

int main(int argc, char **argv)
{
	struct genl nl;

	genl_open_family(&nl, PSAMPLE_GENL_NAME, 0);
	if (argc > 1 && !strcmp(argv[1], "groups"))
		print_groups(&nl);
	else
		listen_for_samples(&nl);
	return 0;
}
