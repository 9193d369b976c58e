// SPDX-License-Identifier: GPL-2.0
/*
 * Fault injection by the kernel: the N-th allocation that this task makes from
 * here on fails. Where it was is read from the trace that it leaves in the log.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

#include "fault.h"

#define DEBUGFS			"/sys/kernel/debug/"
#define SYSLOG_ACTION_READ		2
#define SYSLOG_ACTION_SIZE_UNREAD	9

#define PRINTK			"/proc/sys/kernel/printk"

static int nth_fd = -1, log_fd = -1;
static unsigned int armed;
static char trace[16384];
static char printk_before[64];

/* What must not be in the log, whatever else fails. */
static const char *const complaints[] = {
	"WARNING:", "BUG:", "kernel BUG", "KASAN", "UBSAN", "ODEBUG",
	"refcount_t:", "suspicious", "possible ", "inconsistent lock",
	"waiting for", "scheduling while", "sleeping function",
	"list_add corruption", "list_del corruption", "Objects remaining",
	"still has objects", "ref_tracker:",
};

/* Tries again: it is needed to end the noise, too. */
void write_file(const char *path, const char *text)
{
	int i, fd, ok = 0;

	for (i = 0; i < 1000 && !ok; i++) {
		fd = open(path, O_WRONLY);
		ok = fd >= 0 && write(fd, text, strlen(text)) >= 0;
		close(fd);
	}
	if (!ok)
		die("%s: cannot be written", path);
}

static void set_both(const char *knob, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), DEBUGFS "failslab/%s", knob);
	write_file(path, value);
	snprintf(path, sizeof(path), DEBUGFS "fail_page_alloc/%s", knob);
	write_file(path, value);
}

/*
 * The console is left to errors: traces of injected failures are expected, and
 * would look like complaints there. What is one is repeated as an error.
 */
static void quiet(void)
{
	int fd = open(PRINTK, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, printk_before,
				       sizeof(printk_before) - 1);

	if (n < 0)
		die("%s: cannot be read", PRINTK);
	close(fd);
	write_file(PRINTK, "4 4");
}

/* False if the kernel cannot inject faults. */
bool inject_open(void)
{
	nth_fd = open("/proc/self/fail-nth", O_RDWR);
	if (nth_fd < 0 || access(DEBUGFS "failslab", F_OK) ||
	    access(DEBUGFS "fail_page_alloc", F_OK))
		return false;
	log_fd = open("/dev/kmsg", O_WRONLY);
	if (log_fd < 0)
		die("/dev/kmsg: cannot be opened");
	quiet();
	set_both("ignore-gfp-wait", "N");
	set_both("probability", "0");
	set_both("verbose", "2");
	write_file(DEBUGFS "failslab/cache-filter", "N");
	write_file(DEBUGFS "fail_page_alloc/min-order", "0");
	/* What was said before is none of ours. */
	while (klogctl(SYSLOG_ACTION_SIZE_UNREAD, NULL, 0) > 0)
		klogctl(SYSLOG_ACTION_READ, trace, sizeof(trace));
	trace[0] = '\0';
	return true;
}

void inject_close(void)
{
	set_both("ignore-gfp-wait", "Y");
	set_both("probability", "0");
	write_file(PRINTK, printk_before);
}

static void set_nth(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(nth_fd, text, len, 0) != len)
		die("fail-nth: cannot be written");
}

/* The next command is to meet a failure of its allocation number @n. */
void inject_arm(unsigned int n)
{
	armed = n;
}

/*
 * What the kernel says of itself: tracing has no memory for a module's events;
 * User Mode Linux walks its mappings, and a namespace that has no memory
 * for its routing tables, outside of any RCU read section.
 */
static bool harmless(const char *text, const char *rest)
{
	static const char *const places[] = {
		"lib/maple_tree.c", "net/ipv4/fib_frontend.c",
	};
	const char *where;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		where = strstr(rest, places[i]);
		if (strstr(text, "suspicious RCU") && where &&
		    where - rest < 200)
			return true;
	}
	return strstr(text, "kernel/trace/trace_events.c");
}

/* @rest: of the log, behind that line */
static void complain(const char *text, const char *rest)
{
	static int follow;
	char line[512];
	size_t i;

	if (follow && follow--)
		note("  %s", text);
	for (i = 0; i < ARRAY_SIZE(complaints); i++)
		if (strstr(text, complaints[i]))
			break;
	/* What begins with a space is on a stack. */
	if (i == ARRAY_SIZE(complaints) || text[0] == ' ' ||
	    strstr(text, "fault: seen:") || harmless(text, rest))
		return;
	/* For who judges the console. */
	snprintf(line, sizeof(line), "<3>fault: seen: %s", text);
	if (write(log_fd, line, strlen(line)) < 0)
		die("/dev/kmsg: cannot be written");
	tap_result(false, "the kernel complains: %s", text);
	follow = 60;
}

/* Level, and if the kernel has it, time. */
static char *skip_prefix(char *line)
{
	char *end;

	if (line[0] == '<' && line[1] && line[2] == '>')
		line += 3;
	end = line[0] == '[' ? strstr(line, "] ") : NULL;
	return end ? end + 2 : line;
}

/* Reads what the kernel has said since the last time. */
static void read_log(bool keep)
{
	static char log[65536];
	size_t used = 0, len;
	char *line, *text, *rest = log;
	int n = 0;

	if (klogctl(SYSLOG_ACTION_SIZE_UNREAD, NULL, 0) > 0)
		n = klogctl(SYSLOG_ACTION_READ, log, sizeof(log) - 1);
	log[n > 0 ? n : 0] = '\0';
	if (keep)
		trace[0] = '\0';
	while ((line = strsep(&rest, "\n"))) {
		text = skip_prefix(line);
		complain(text, rest ?: "");
		len = strlen(text);
		/* Addresses that happen to be on the stack say nothing. */
		if (!keep || strstr(text, "? ") ||
		    used + len + 2 > sizeof(trace))
			continue;
		used += sprintf(trace + used, "%s\n", text);
	}
}

bool inject_armed(void)
{
	return armed;
}

void inject_begin(void)
{
	read_log(false);
	if (armed)
		set_nth(armed);
}

void inject_end(struct outcome *o)
{
	char text[16] = "";

	if (armed) {
		if (pread(nth_fd, text, sizeof(text) - 1, 0) < 1)
			die("fail-nth: cannot be read");
		set_nth(0);
		o->injected = !atoi(text);
	}
	read_log(armed);
	o->place = PLACE_UNKNOWN;
	if (!armed)
		return;
	if (strstr(trace, "[vswitch]"))
		o->place = PLACE_OURS;
	else if (strstr(trace, "forcing a failure"))
		o->place = PLACE_CORE;
}

/* The functions on the stack of the last failure, if it left a trace. */
const char *inject_trace(void)
{
	return trace;
}

/* From now on allocations of all tasks fail at random. */
void inject_noise(unsigned int percent)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", percent);
	set_both("verbose", "0");
	set_both("times", "1000000");
	set_both("probability", text);
}

static unsigned long left(const char *what)
{
	char path[128], text[32] = "";
	int fd;

	snprintf(path, sizeof(path), DEBUGFS "%s/times", what);
	fd = open(path, O_RDONLY);
	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 1)
		die("%s: cannot be read", path);
	close(fd);
	return strtoul(text, NULL, 0);
}

/* No more of that. Returns how many failed. */
unsigned long inject_noise_end(void)
{
	unsigned long n;

	set_both("probability", "0");
	n = 2000000 - left("failslab") - left("fail_page_alloc");
	set_both("verbose", "2");
	return n;
}
