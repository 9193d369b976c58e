// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl top: rounds of a module that is none, in a time that is none; and a
 * terminal, which is left as it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "fake.h"
#include "nl.h"
#include "parse.h"
#include "screen.h"
#include "tap.h"

#define WORDS		16
#define ROWS		12
#define COLUMNS		40
#define OTHER_ON	"\033[?1049h"
#define OTHER_OFF	"\033[?1049l"
#define REST		"\033[J"

static struct vsctl v;
static int status;
/* Time passes by itself. */
static bool live;
static __u64 msec;
/* How many rounds were waited for, and the one before which that fails. */
static unsigned int round_no, fail_at;

/* The C library's: a frame each 10 ms. */
int poll(struct pollfd *fds, nfds_t n, int timeout)
{
	struct timespec ts = { timeout / 1000, timeout % 1000 * 1000000L };

	if (live)
		return ppoll(fds, n, &ts, NULL);
	if (++round_no == fail_at) {
		errno = ENOMEM;
		return -1;
	}
	msec += timeout;
	fake.more += timeout / 10;
	return 0;
}

/* The C library's. */
int clock_gettime(clockid_t id, struct timespec *ts)
{
	if (live || id != CLOCK_MONOTONIC)
		return syscall(SYS_clock_gettime, id, ts);
	*ts = (struct timespec){ msec / 1000, msec % 1000 * 1000000L };
	return 0;
}

static int dispatch(const char *command)
{
	char line[256], *argv[WORDS];
	struct words w = { argv, 0 };
	const char *why;

	snprintf(line, sizeof(line), "%s", command);
	w.argc = batch_split(line, argv, WORDS, &why);
	return vsctl_dispatch(&v, &w, NULL);
}

/* Do it with options, as letters. */
static const char *run(const char *options, const char *command)
{
	v.stats = strchr(options, 's');
	v.details = strchr(options, 'd');
	tap_out(&v.out, strchr(options, 'j'), strchr(options, 'p'),
		strchr(options, 'c'));
	fake.more = 0;
	round_no = 0;
	*fake.log = '\0';
	status = dispatch(command);
	return tap_out_text(&v.out);
}

static void has(const char *out, const char *text, const char *name)
{
	tap_ok(strstr(out, text), "%s", name);
	if (!strstr(out, text))
		fprintf(stderr, "%s\n", out);
}

static unsigned int times(const char *out, const char *text)
{
	unsigned int n = 0;

	for (; (out = strstr(out, text)); out++)
		n++;
	return n;
}

static void as_text(void)
{
	const char *out = run("", "top count 1");
	char *plain;

	tap_ok(!status && !strncmp(out, "vsw0: ", 6), "a switch");
	has(out,
	    "                   rx p/s          rx    tx p/s          tx   drops/s\n",
	    "headings");
	has(out,
	    "    tap1                   100  80.0kbit/s         0      0bit/s         0\n",
	    "a port");
	has(out, "\nvsw1:    ", "another switch");
	has(out, "\nrules:\n"
	    "         205k  98.3Mbit/s vsw0 id 12 prio 100 match vlan 10-20 action drop\n",
	    "the rule that decides most");
	tap_ok(times(out, " prio 100 ") == 10 && strstr(out, " id 3 ") &&
	       !strstr(out, " id 2 "), "ten rules");
	has(out, "\ndrops/s:\n          100 vsw0 vlan-untagged\n", "reasons");
	has(out, "          100 vsw0 201\n", "a reason without a name");
	has(run("c", "top count 1"), "    \033[36mtap1\033[0m     ", "-c top");
	plain = strdup(run("", "top count 1"));
	tap_str(run("sd", "top count 1"), plain, "-s and -d change nothing");
	free(plain);
	out = run("", "top vsw0 count 3 interval 2");
	tap_ok(times(out, "vsw0:") == 3 && times(out, "\n\nvsw0:") == 2 &&
	       !strstr(out, "vsw1:"), "three rounds of one switch");
	has(out, " 100  80.0kbit/s ", "... of two seconds each");
	tap_str(fake.log, "1*\n8* 3=4\n24* 1=4\n23* 1=4\n"
		"1*\n8* 3=4\n24* 1=4\n23* 1=4\n"
		"1*\n8* 3=4\n24* 1=4\n23* 1=4\n"
		"1*\n8* 3=4\n24* 1=4\n23* 1=4\n", "what is asked");
}

/* Rules have rates as well, if somebody waits for them. */
static void rule_rates(void)
{
	const char *out = run("", "rule show vsw0 interval 2");

	tap_ok(!status && times(out, " rate ") && !strstr(out, " packets "),
	       "rule show interval");
	has(out, " action drop rate 205kp/s 98.3Mbit/s\n", "... in text");
	tap_str(fake.log, "24* 1=4\n24* 1=4\n", "... read twice");
	has(run("s", "rule show vsw0 interval 2"), " rate 205kp/s 98.3Mbit/s\n",
	    "... behind counters");
	has(run("j", "rule show interval 1"),
	    "\"packet-rate\":204800,\"bit-rate\":98304000}",
	    "... in JSON");
	tap_ok(!strstr(run("s", "rule show vsw0"), " rate "),
	       "... and nothing of it otherwise");
	fail_at = 1;
	out = run("", "rule show vsw0 interval 2");
	fail_at = 0;
	tap_ok(status == EXIT_REFUSED && !*out, "... no time passes");
}

static void as_json(void)
{
	const char *out = run("j", "top count 2");

	tap_ok(!status && times(out, "{\"interval\":1000,") == 2 &&
	       times(out, "\n") == 2, "a line for each round");
	has(out,
	    "\"switches\":[{\"name\":\"vsw0\",\"ifindex\":4,\"ports\":[{",
	    "switches");
	has(out,
	    "{\"name\":\"tap1\",\"ifindex\":5,\"rx-packet-rate\":100,\"rx-bit-rate\":80000,\"tx-packet-rate\":0,\"tx-bit-rate\":0,\"drop-rate\":0,\"rx-packets\":111,\"rx-bytes\":11100,\"tx-packets\":22,\"tx-bytes\":2200,\"drops\":5}",
	    "a port");
	has(out,
	    "\"rules\":[{\"packet-rate\":204800,\"bit-rate\":98304000,\"switch\":\"vsw0\",\"id\":12,\"band\":0,\"prio\":100,\"match\":{\"vlan\":\"10-20\"},\"actions\":[{\"action\":\"drop\"}],\"packets\":204801,\"bytes\":12288060},",
	    "a rule");
	has(out,
	    "\"drops\":[{\"packet-rate\":100,\"switch\":\"vsw0\",\"switch-ifindex\":4,\"reason\":\"vlan-untagged\",\"packets\":103},",
	    "a reason");
	has(run("jp", "top count 1"), "{\n    \"interval\": 1000,\n", "-p");
}

/* A device is renamed, and another port goes when a further one comes. */
static ssize_t changed(void *buf, size_t size, const void *answer, size_t len)
{
	char *at = buf, *end = at + len;
	__u32 index = 77;

	errno = ECONNRESET;
	if (!len || len > size)
		return -1;
	memcpy(buf, answer, len);
	while (round_no && (at = memmem(at, end - at, "tap1", 5)))
		memcpy(at, "tap9", 4);
	at = buf;
	/* The name's header is before the name, the index before that. */
	while (round_no && (at = memmem(at, end - at, "t-red", 6))) {
		memcpy(at, "t-new", 5);
		memcpy(at - 8, &index, sizeof(index));
	}
	return len;
}

/* From the first round on there are counters that have begun anew. */
static ssize_t restarted(void *buf, size_t size, const void *answer,
			 size_t len)
{
	fake.more = round_no ? 7 : 1000;
	errno = ECONNRESET;
	if (!len || len > size)
		return -1;
	memcpy(buf, answer, len);
	return len;
}

static void changes(void)
{
	const char *out;

	fake.recv = changed;
	out = run("j", "top count 1");
	has(out, "{\"name\":\"tap9\",\"ifindex\":5,\"rx-packet-rate\":100,",
	    "a port that was renamed");
	has(out, "{\"name\":\"t-new\",\"ifindex\":77,\"rx-packet-rate\":0,",
	    "a port that has come");
	tap_ok(!strstr(out, "t-red") && !strstr(out, "tap1"),
	       "a port that has gone");
	fake.recv = restarted;
	out = run("j", "top count 1");
	has(out, "\"ifindex\":5,\"rx-packet-rate\":18,",
	    "counters that have begun anew");
	fake.recv = NULL;
}

/* The module refuses, or answers nonsense, once or for good. */
static void failures(void)
{
	const char *out;

	fake = (struct fake){ .fail = 1, .err = -EBUSY };
	tap_stderr();
	out = run("j", "top count 1");
	tap_str(tap_stderr_text(), "", "what fails once is asked again");
	has(out, "\"name\":\"tap1\"", "... and shown");
	fake = (struct fake){ .fail = 2, .err = -ENODEV, .msg = "It is gone" };
	tap_stderr();
	run("", "top vsw0 count 1");
	tap_str(tap_stderr_text(), "vsctl: top: It is gone\n",
		"what fails twice is told");
	tap_ok(status == EXIT_REFUSED, "... and exit code 1");
	fake = (struct fake){ .garble = true };
	tap_stderr();
	run("j", "top count 1");
	tap_ok(strstr(tap_stderr_text(), "malformed answer") && status,
	       "malformed answers");
	fake = (struct fake){};
	fail_at = 2;
	tap_stderr();
	out = run("j", "top");
	tap_str(tap_stderr_text(), "vsctl: top: Cannot allocate memory\n",
		"no way to wait");
	tap_ok(status == EXIT_REFUSED && times(out, "\n") == 1,
	       "... after the first round");
	fail_at = 0;
}

static void draw(const char *text, unsigned int rows, unsigned int columns,
		 const char *want, const char *name)
{
	char *got = NULL;
	size_t len;
	FILE *f = open_memstream(&got, &len);

	screen_draw(f, text, rows, columns);
	fclose(f);
	tap_str(got, want, "%s", name);
	free(got);
}

static void screens(void)
{
	draw("one\ntwo\n", 3, 5, "\033[H\033[Kone\n\033[Ktwo\n" REST,
	     "what fits");
	draw("one\ntwo\n", 2, 3, "\033[H\033[Kone\n\033[Ktwo",
	     "what fits exactly");
	draw("one\ntwo\nthree", 2, 2, "\033[H\033[Kon\n\033[Ktw",
	     "what does not");
	draw("a\xc3\xa4\xe2\x82\254b", 2, 3,
	     "\033[H\033[Ka\xc3\xa4\xe2\x82\xac\n" REST,
	     "characters are not cut");
	draw("a\033[31mbcd\033[0m", 2, 2,
	     "\033[H\033[Ka\033[31mb\033[0m\n" REST,
	     "colours take no place, and end");
	draw("", 2, 2, "\033[H" REST, "nothing");
}

/* A child with a terminal of its own does it, until it is told to end. */
static pid_t child(const char *name, const char *command)
{
	pid_t pid;
	int fd;

	fflush(stdout);
	pid = fork();
	if (pid)
		return pid;
	live = true;
	/* A shell has what it starts in the background ignore some. */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	signal(SIGTSTP, SIG_DFL);
	setsid();
	fd = open(name, O_RDWR);
	ioctl(fd, TIOCSCTTY, 0);
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	out_init(&v.out, stdout, false, false, true);
	status = dispatch(command);
	fflush(stdout);
	_exit(status);
}

/* Read what the child writes, until it has written a text so many times. */
static void read_until(int fd, char *out, size_t size, const char *text,
		       unsigned int n)
{
	size_t len = strlen(out);
	ssize_t got;

	while (times(out, text) < n && len < size - 1) {
		got = read(fd, out + len, size - 1 - len);
		if (got <= 0)
			break;
		len += got;
		out[len] = '\0';
	}
}

/*
 * Hit a key when the first round is there, and see how it ends. @again: it is
 * to be another that ends it, after a further round.
 */
static int with_key(const char *command, const char *key, bool again,
		    char *out, size_t size)
{
	struct winsize ws = { .ws_row = ROWS, .ws_col = COLUMNS };
	struct termios before, during, after;
	int fd = posix_openpt(O_RDWR | O_NOCTTY), tty, rc = 0;
	pid_t pid;

	grantpt(fd);
	unlockpt(fd);
	ioctl(fd, TIOCSWINSZ, &ws);
	tty = open(ptsname(fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
	tcgetattr(tty, &before);
	*out = '\0';
	pid = child(ptsname(fd), command);
	read_until(fd, out, size, OTHER_ON, 1);
	read_until(fd, out, size, "vsw0:", 1);
	tcgetattr(tty, &during);
	write(fd, key, 1);
	if (again) {
		read_until(fd, out, size, OTHER_ON, 2);
		read_until(fd, out, size, "vsw0:", 2);
		write(fd, "q", 1);
	}
	waitpid(pid, &rc, 0);
	tcgetattr(tty, &after);
	tap_ok(before.c_lflag & ECHO && !(during.c_lflag & ECHO) &&
	       !(during.c_lflag & ICANON) &&
	       before.c_lflag == after.c_lflag,
	       "%s: the terminal is as it was", command);
	close(tty);
	read_until(fd, out, size, "not written", 1);
	close(fd);
	return rc;
}

/* No line is too long, and there are not too many. */
static bool fits(const char *out)
{
	const char *p = strstr(out, "\033[H"), *end = strstr(out, OTHER_OFF);
	unsigned int row = 1, column = 0;

	for (; p && p < end; p++) {
		if (*p == '\033')
			p += strcspn(p, "HKJm");
		else if (*p == '\n')
			row++, column = 0;
		else if (*p != '\r' && ++column > COLUMNS)
			return false;
	}
	return p && row <= ROWS + 1;
}

static void terminals(void)
{
	char out[16384];
	int rc;

	rc = with_key("top", "q", false, out, sizeof(out));
	tap_ok(WIFEXITED(rc) && !WEXITSTATUS(rc), "q ends it");
	tap_ok(strstr(out, OTHER_ON) && strstr(out, OTHER_OFF) &&
	       strstr(out, REST), "... and the other screen");
	tap_ok(fits(out), "it fits the screen");
	has(out, "\033[36mvsw0:\033[0m", "it has colours");
	rc = with_key("top", "\003", false, out, sizeof(out));
	tap_ok(WIFSIGNALED(rc) && WTERMSIG(rc) == SIGINT, "Ctrl-C ends it");
	has(out, OTHER_OFF, "... and the other screen");
	/* Nobody is there to let it go on: it is not stopped. */
	rc = with_key("top", "\032", true, out, sizeof(out));
	tap_ok(WIFEXITED(rc) && !WEXITSTATUS(rc) &&
	       times(out, OTHER_OFF) == 2,
	       "Ctrl-Z leaves the screen, and comes back");
	rc = with_key("top count 2", "x", false, out, sizeof(out));
	tap_ok(WIFEXITED(rc) && !WEXITSTATUS(rc) &&
	       strstr(strstr(out, OTHER_OFF) ?: "", "vsw0:"),
	       "the last of some rounds stays");
}

int main(void)
{
	as_text();
	rule_rates();
	as_json();
	changes();
	failures();
	screens();
	terminals();
	nl_free(v.nl);
	names_forget(&v);
	return tap_done();
}
