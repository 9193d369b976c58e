/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The world as vsctl sees it. What it opens, starts or enters is made here:
 * nothing of the machine is read or changed, and a run depends on nothing but
 * its input.
 */
#ifndef FUZZ_BOX_H
#define FUZZ_BOX_H

#include <dirent.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/types.h>

/* What a file that vsctl opens has in it, and standard input. */
void box_file(const void *text, size_t len);
FILE *box_stdin(void);

/* The C library's, and what the Makefile has vsctl call instead of them. */
FILE *box_fopen(const char *path, const char *mode);
int box_open(const char *path, int flags, ...);
int box_setns(int fd, int type);
int box_isatty(int fd);
DIR *box_opendir(const char *path);
char *box_if_indextoname(unsigned int index, char *name);
int box_poll(struct pollfd *fds, nfds_t n, int timeout);
int box_posix_spawnp(pid_t *pid, const char *file,
		     const posix_spawn_file_actions_t *actions,
		     const posix_spawnattr_t *attr, char *const argv[],
		     char *const envp[]);
pid_t box_waitpid(pid_t pid, int *status, int options);

#endif /* FUZZ_BOX_H */
