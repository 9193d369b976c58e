// SPDX-License-Identifier: GPL-2.0
/*
 * Seeds for fuzz_reply and fuzz_parse: what a true module answers to each
 * command, as a frame for each receive. One file has all of them, and further
 * ones have one each, to come after so many that go right. What that module
 * does not have comes from lab.c.
 *
 *   record FOLDER
 */
#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "frames.h"
#include "lab.h"
#include "vsctl.h"

#define ROOM		65536
#define RECEIVES_MAX	64

static __u8 room[ROOM];
static size_t used, begins[RECEIVES_MAX];
static unsigned int receives;

static void put_len(__u16 len)
{
	room[used++] = len & 0xff;
	room[used++] = len >> 8;
}

static ssize_t recorder(void *buf, size_t size, const void *answer, size_t len)
{
	const struct nlmsghdr *nlh = answer;

	errno = ECONNRESET;
	if (!len)
		return -1;
	if (len > size || receives == RECEIVES_MAX ||
	    used + FRAME_HEAD + len > sizeof(room))
		abort();
	begins[receives++] = used;
	put_len(len);
	memcpy(buf, answer, len);
	frames_rebase(buf, len, -nlh->nlmsg_seq, -nlh->nlmsg_pid);
	memcpy(room + used, buf, len);
	used += len;
	memcpy(buf, answer, len);
	return len;
}

static void save(const char *folder, const __u8 head[FRAMES_HEAD],
		 const char *what, size_t from, size_t to)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%02u-%02x-%s-%u", folder, head[0],
		 head[1], what, head[2]);
	f = fopen(path, "w");
	if (!f || fwrite(head, 1, FRAMES_HEAD, f) != FRAMES_HEAD ||
	    fwrite(room + from, 1, to - from, f) != to - from || fclose(f)) {
		perror(path);
		exit(1);
	}
}

static void record(const char *folder, __u8 command, __u8 options,
		   const char *what)
{
	__u8 head[FRAMES_HEAD] = { command, options };
	unsigned int i;

	used = 0;
	receives = 0;
	frames_run(command, options, recorder);
	save(folder, head, what, 0, used);
	head[1] |= OPTION_HONEST;
	for (i = 1; i < receives; i++) {
		head[2] = i;
		save(folder, head, what, begins[i],
		     i + 1 < receives ? begins[i + 1] : used);
	}
}

/* What lab.c made, as a frame. */
static void frame(void)
{
	size_t len = lab_take(room + used + FRAME_HEAD);

	put_len(len);
	used += len;
}

static __u8 find_command(const char *name)
{
	__u8 i = 0;

	while (strcmp(frames_commands[i], name))
		i++;
	return i;
}

/* The frames made, for the command of that name. */
static void lab(const char *folder, const char *name, __u8 options, __u8 skip,
		const char *what)
{
	__u8 head[FRAMES_HEAD] = { find_command(name), options, skip };

	save(folder, head, what, 0, used);
	used = 0;
}

static void one_switch(void)
{
	lab_switch();
	lab_done(0);
	frame();
}

/* What graph asks for, in its order. */
static void graph(void)
{
	unsigned int i;

	one_switch();
	lab_ports();
	lab_done(0);
	frame();
	lab_done(0);
	frame();
	lab_links();
	lab_done(0);
	frame();
	/* More than there are namespaces or veths: what is over is strays. */
	for (i = 0; i < 3; i++) {
		lab_nsid(3);
		lab_ack(NULL);
		frame();
	}
	for (i = 0; i < 3; i++) {
		lab_peer();
		lab_ack(NULL);
		frame();
	}
}

static void record_lab(const char *folder)
{
	const __u8 all = OPTION_STATS | OPTION_DETAILS;

	used = 0;
	graph();
	lab(folder, "graph", OPTION_FAMILY | all, 0, "lab");
	graph();
	lab(folder, "graph", OPTION_FAMILY | OPTION_JSON | all, 0, "lab");
	lab_ports();
	lab_done(NLM_F_DUMP_INTR);
	frame();
	lab(folder, "port show", OPTION_FAMILY, 0, "lab");
	one_switch();
	lab(folder, "fdb del 02:00:00:00:00:09", OPTION_FAMILY | OPTION_HONEST,
	    0, "one-switch");
	one_switch();
	lab(folder, "-b lab.batch", OPTION_FAMILY | OPTION_HONEST, 2,
	    "one-switch");
	lab_ack("It works, but not for long");
	frame();
	lab(folder, "port del tap1", OPTION_FAMILY, 0, "warning");
	/* Events that were lost, after the family and the names. */
	put_len(FRAME_ERRNO + 1);
	lab(folder, "monitor", OPTION_JSON | OPTION_FAMILY | OPTION_HONEST, 3,
	    "lost");
}

int main(int argc, char **argv)
{
	unsigned int i;

	if (argc != 2)
		return 2;
	for (i = 0; i < frames_n_commands; i++) {
		fake = (struct fake){};
		record(argv[1], i, 0, "done");
		record(argv[1], i, OPTION_JSON | OPTION_STATS | OPTION_DETAILS,
		       "done");
		record(argv[1], i, OPTION_STATS | OPTION_DETAILS | OPTION_COLOR,
		       "done");
		fake = (struct fake){ .fail = 1, .err = -EINVAL, .attr = 1,
			.msg = "The device is a port already" };
		record(argv[1], i, 0, "refused");
	}
	record_lab(argv[1]);
	return 0;
}
