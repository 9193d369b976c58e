// SPDX-License-Identifier: GPL-2.0
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>

#include "box.h"
#include "fake.h"
#include "frames.h"
#include "harness.h"
#include "vsctl.h"

#define WORDS_MAX	32

const char *const frames_commands[] = {
	"switch show",
	"switch show vsw0",
	"port show",
	"port show vsw1 switch vsw0",
	"fdb show",
	"drops show",
	"drops show vsw0 port tap1",
	"monitor",
	"monitor fdb",
	"graph",
	"graph vsw0",
	"graph svg lab.svg",
	"switch add vsw9 ageing 5 fdb-limit 10 vlan-aware off",
	"switch set vsw0 ageing 5 fdb-limit 10",
	"switch del vsw0",
	"port add vsw0 tap1 vlan trunk 10,20 native 5",
	"port set tap1 vlan access 10",
	"port del tap1",
	"fdb add 02:00:00:00:00:09 vlan 10 port tap1 switch vsw0",
	"fdb del 02:00:00:00:00:09",
	"fdb flush vsw0 port tap1",
	"rule show",
	"-s rule show vsw0",
	"monitor rule",
	"rule add vsw0 prio 5 match ip src 10.0.0.0/8 dport not 80 action drop",
	"rule del vsw0 id 3",
	"rule flush vsw0",
	"rule replace vsw0 lab.batch",
	"-b lab.batch",
	"-force -b -",
	"trace vsw0 port tap1 ip src 10.0.0.1 tcp dport 80",
	"trace vsw0 port tap1 hex 02000000000202000000000188b5",
	"top count 2",
	"top vsw0",
	"set show",
	"-j set show web",
	"set add web ip 10.0.0.1,2001:db8::/32",
	"set del web",
	"rule add vsw0 match ip src @web,@db dst not @web action drop",
};

const unsigned int frames_n_commands = ARRAY_SIZE(frames_commands);

/* Several requests wait for their answers at the same time. */
static const char batch[] =
	"fdb add 02:00:00:00:00:01 vlan 10 port tap1 switch vsw0\n"
	"fdb set 02:00:00:00:00:02 vlan 11 port eth1 switch vsw0\n"
	"fdb del 02:00:00:00:00:03\n"
	"fdb del 02:00:00:00:00:06 vlan 10\n"
	"fdb add 02:00:00:00:00:04 port t-red\n"
	"port show tap1\n"
	"monitor\n"
	"rule add vsw0 match port tap1 tcp action permit\n"
	"fdb add 02:00:00:00:00:05 port t-red\n";

/**
 * frames_len - the length before a frame
 * @p: the frame
 *
 * Return: it
 */
size_t frames_len(const __u8 *p)
{
	return p[0] | p[1] << 8;
}

/**
 * frames_rebase - add to all sequence numbers and port ids
 * @buf: messages, as far as they are some
 * @len: their length
 * @seq: what is added to sequence numbers
 * @pid: what is added to port ids
 */
void frames_rebase(void *buf, size_t len, __u32 seq, __u32 pid)
{
	struct nlmsghdr *nlh;
	size_t off = 0;

	while (off + sizeof(*nlh) <= len) {
		nlh = (struct nlmsghdr *)((char *)buf + off);
		nlh->nlmsg_seq += seq;
		nlh->nlmsg_pid += pid;
		if (nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len > len)
			break;
		off += NLMSG_ALIGN(nlh->nlmsg_len);
	}
}

/**
 * frames_run - run a command
 * @command: which, by its place in frames_commands
 * @options: its options
 * @recv: what it receives
 */
void frames_run(__u8 command, __u8 options, frames_recv recv)
{
	static const char *const letters[] = { "-j", "-p", "-s", "-d", "-c" };
	const char *words[WORDS_MAX];
	unsigned int n = 0, flags = 0, i;
	char line[128], *next = line;

	for (i = 0; i < ARRAY_SIZE(letters); i++) {
		if (options & 1 << i)
			words[n++] = letters[i];
	}
	snprintf(line, sizeof(line), "%s",
		 frames_commands[command % frames_n_commands]);
	while (next && n < WORDS_MAX)
		words[n++] = strsep(&next, " ");
	if (options & OPTION_JSON)
		flags = HARNESS_JSON;
	else if (options & OPTION_COLOR)
		flags = HARNESS_COLOR;
	/* Without a file to write to, a picture is text. */
	if (strstr(frames_commands[command % frames_n_commands], "graph"))
		flags &= ~HARNESS_COLOR;
	box_file(batch, sizeof(batch) - 1);
	fake.recv = recv;
	harness_run(words, n, flags);
}
