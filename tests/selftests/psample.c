// SPDX-License-Identifier: GPL-2.0
/*
 * psample - print each sample that the kernel's psample gives on a line of its
 * own: "IFINDEX GROUP RATE LENGTH BYTES", where LENGTH is that of the frame.
 *
 * Prints "ready" once it listens; ends with its standard input.
 */
#include <errno.h>
#include <linux/psample.h>
#include <poll.h>
#include <stdio.h>
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

int main(void)
{
	static char buf[65536] __aligned(8);
	struct pollfd fds[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .events = POLLIN },
	};
	const struct nlmsghdr *nlh;
	struct genl nl;
	ssize_t len;

	genl_open_family(&nl, PSAMPLE_GENL_NAME, 0);
	genl_join(&nl, PSAMPLE_NL_MCGRP_SAMPLE_NAME);
	fds[1].fd = nl.fd;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("ready\n");
	while (poll(fds, 2, -1) > 0 && !fds[0].revents) {
		len = recv(nl.fd, buf, sizeof(buf), 0);
		if (len < 0)
			die("recv: %s", strerror(errno));
		for (nlh = (void *)buf; NLMSG_OK(nlh, len);
		     nlh = NLMSG_NEXT(nlh, len))
			print_sample(nlh);
	}
	return 0;
}
