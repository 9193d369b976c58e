// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "box.h"

/* Devices from here on have names that a person would not give. */
#define HOSTILE_INDEX	256

/* So often vsctl can wait. */
#define WAITS		3

static const void *file_text = "";
static size_t file_len;
/* Of the namespace opened last, and of the program started last. */
static bool may_enter;
static int dot_status;
static unsigned int waits;

/**
 * box_file - say what there is to be read
 * @text: what a file that vsctl opens has in it, and standard input
 * @len: its length
 */
void box_file(const void *text, size_t len)
{
	file_text = text;
	file_len = len;
}

/**
 * box_stdin - open it as standard input, for a run that begins
 *
 * Return: the file, which is none on a disk
 */
FILE *box_stdin(void)
{
	waits = 0;
	return fmemopen((void *)file_text, file_len, "r");
}

/* A file on a disk, as far as fstat(2) tells. */
FILE *box_fopen(const char *path, const char *mode)
{
	int fd;

	if (!strcmp(path, "missing")) {
		errno = ENOENT;
		return NULL;
	}
	fd = memfd_create("batch", MFD_CLOEXEC);
	if (fd < 0 || write(fd, file_text, file_len) != (ssize_t)file_len ||
	    lseek(fd, 0, SEEK_SET))
		abort();
	return fdopen(fd, mode);
}

/* A namespace: vsctl opens nothing else by its name. */
int box_open(const char *path, int flags, ...)
{
	may_enter = strstr(path, "red");
	if (may_enter || strstr(path, "blue"))
		return open("/dev/null", flags);
	errno = strstr(path, "missing") ? ENOENT : EACCES;
	return -1;
}

int box_setns(int fd, int type)
{
	(void)fd;
	(void)type;
	errno = EPERM;
	return may_enter ? 0 : -1;
}

int box_isatty(int fd)
{
	return fd == STDOUT_FILENO;
}

/* The Makefile fills it with namespaces, some of them with hostile names. */
DIR *box_opendir(const char *path)
{
	(void)path;
	return opendir(FUZZ_NETNS);
}

char *box_if_indextoname(unsigned int index, char *name)
{
	if (index < HOSTILE_INDEX)
		return if_indextoname(index, name);
	memset(name, 0, IF_NAMESIZE);
	memcpy(name, "\033]0;", 4);
	memcpy(name + 4, &index, sizeof(index));
	return name;
}

/* Time passes at once, but not for ever. */
int box_poll(struct pollfd *fds, nfds_t n, int timeout)
{
	(void)fds;
	(void)n;
	(void)timeout;
	errno = ENOMEM;
	return waits++ < WAITS ? 0 : -1;
}

/* Nobody reads the pipe: a picture goes nowhere. */
int box_posix_spawnp(pid_t *pid, const char *file,
		     const posix_spawn_file_actions_t *actions,
		     const posix_spawnattr_t *attr, char *const argv[],
		     char *const envp[])
{
	(void)file;
	(void)actions;
	(void)attr;
	(void)envp;
	*pid = 1;
	dot_status = strstr(argv[3], "unwritable") ? 256 : 0;
	return strstr(argv[3], "missing") ? ENOENT : 0;
}

pid_t box_waitpid(pid_t pid, int *status, int options)
{
	(void)options;
	*status = dot_status;
	return pid;
}
