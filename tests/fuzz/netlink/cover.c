// SPDX-License-Identifier: GPL-2.0
/*
 * What of the module a message reaches, by KCOV, where the kernel has it. A
 * command runs in the task that sends it, so that nothing remote is needed.
 */
#include <fcntl.h>
#include <linux/kcov.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

#define KCOV		"/sys/kernel/debug/kcov"
#define COVER_LEN	(64 << 10)

static unsigned long *cover;

/* Of this task, until it ends. */
void cover_open(void)
{
	int fd = open(KCOV, O_RDWR);

	if (fd < 0)
		return;
	if (ioctl(fd, KCOV_INIT_TRACE, COVER_LEN))
		die("KCOV_INIT_TRACE");
	cover = mmap(NULL, COVER_LEN * sizeof(*cover), PROT_READ | PROT_WRITE,
		     MAP_SHARED, fd, 0);
	if (cover == MAP_FAILED || ioctl(fd, KCOV_ENABLE, KCOV_TRACE_PC))
		die("KCOV_ENABLE");
	shm->kcov_tasks++;
}

void cover_start(void)
{
	if (cover)
		__atomic_store_n(&cover[0], 0, __ATOMIC_RELAXED);
}

/* Did something happen that had not happened before? */
bool cover_stop(void)
{
	unsigned long i, n, pc, last = 0;
	bool new = false;
	__u32 edge;

	if (!cover)
		return false;
	n = __atomic_load_n(&cover[0], __ATOMIC_RELAXED);
	for (i = 1; i <= n && i < COVER_LEN; i++) {
		pc = cover[i];
		edge = mix(last, pc) % EDGES;
		last = pc;
		if (shm->edge[edge])
			continue;
		shm->edge[edge] = 1;
		shm->edges++;
		new = true;
	}
	return new;
}
