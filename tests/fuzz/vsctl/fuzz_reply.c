// SPDX-License-Identifier: GPL-2.0
/*
 * Any answers to any kind of command: vsctl asks, and a hostile kernel says
 * what the input has (frames.h).
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <sanitizer/asan_interface.h>
#include <string.h>

#include "fake.h"
#include "frames.h"
#include "harness.h"

/**
 * struct hostile - what is still to be sent
 * @next: the next frame
 * @end: the end of the input
 * @skip: so many receives go right before
 * @options: of the input
 * @seq: sequence number of the last request that was answered
 * @pid: the port id that is right
 */
static struct hostile {
	const __u8 *next;
	const __u8 *end;
	unsigned int skip;
	__u8 options;
	__u32 seq;
	__u32 pid;
} hostile;

static ssize_t give(void *buf, size_t size, const void *from, size_t len)
{
	if (len > size)
		len = size;
	memcpy(buf, from, len);
	return len;
}

static ssize_t give_truth(void *buf, size_t size, const void *answer,
			  size_t len)
{
	errno = ECONNRESET;
	return len ? give(buf, size, answer, len) : -1;
}

static ssize_t give_frame(void *buf, size_t size)
{
	static const int errors[] = { EINTR, ENOBUFS, ECONNRESET, ENOSPC };
	size_t len = frames_len(hostile.next);
	ssize_t n;

	hostile.next += FRAME_HEAD;
	if (len >= FRAME_ERRNO) {
		errno = errors[len % 4];
		return -1;
	}
	if (len > (size_t)(hostile.end - hostile.next))
		len = hostile.end - hostile.next;
	n = give(buf, size, hostile.next, len);
	hostile.next += len;
	frames_rebase(buf, n, hostile.seq, hostile.pid);
	return n;
}

static bool is_true(const struct nlmsghdr *answer, size_t len)
{
	if (hostile.skip) {
		hostile.skip--;
		return true;
	}
	return len && hostile.options & OPTION_FAMILY &&
	       answer->nlmsg_type == GENL_ID_CTRL && answer->nlmsg_seq;
}

static ssize_t hostile_recv(void *buf, size_t size, const void *answer,
			    size_t len)
{
	const struct nlmsghdr *nlh = answer;
	ssize_t n;

	/* What is behind the answer is none of it, though there is room. */
	__asan_unpoison_memory_region(buf, size);
	if (len) {
		hostile.seq = nlh->nlmsg_seq;
		hostile.pid = nlh->nlmsg_pid;
	}
	if (is_true(answer, len))
		n = give_truth(buf, size, answer, len);
	else if (hostile.end - hostile.next >= FRAME_HEAD)
		n = give_frame(buf, size);
	else
		n = give_truth(buf, size, answer,
			       hostile.options & OPTION_HONEST ? len : 0);
	if (n >= 0)
		__asan_poison_memory_region((char *)buf + n, size - n);
	return n;
}

int fuzz_one(const __u8 *data, size_t size)
{
	if (size < FRAMES_HEAD)
		return 0;
	hostile = (struct hostile){
		.next = data + FRAMES_HEAD,
		.end = data + size,
		.skip = data[2] & SKIP_MASK,
		.options = data[1],
	};
	fake = (struct fake){};
	frames_run(data[0], data[1], hostile_recv);
	return 0;
}
