// SPDX-License-Identifier: GPL-2.0
/*
 * unpriv - give a command fewer rights.
 *
 * usage: unpriv user COMMAND...	as a user without any capability
 *        unpriv userns COMMAND...	as root of a user and a network
 *					namespace that such a user made
 *
 * Exits 4 if the kernel lets no such user make a namespace.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <unistd.h>

#define NOBODY		65534
#define KSFT_SKIP	4

static void die(const char *what)
{
	fprintf(stderr, "unpriv: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

static void become_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		die("change of user");
	/* Or else /proc/self is not this user's. */
	prctl(PR_SET_DUMPABLE, 1);
}

static void make_namespaces(void)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET)) {
		perror("unpriv: unshare");
		exit(KSFT_SKIP);
	}
	put("/proc/self/setgroups", "deny");
	put("/proc/self/uid_map", "0 65534 1");
	put("/proc/self/gid_map", "0 65534 1");
	if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
		die("change of user");
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: unpriv user|userns COMMAND...\n");
		return 1;
	}
	become_nobody();
	if (!strcmp(argv[1], "userns"))
		make_namespaces();
	execvp(argv[2], argv + 2);
	die(argv[2]);
	return 1;
}
