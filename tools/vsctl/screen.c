// SPDX-License-Identifier: GPL-2.0
/*
 * A terminal's whole screen. Signals that end or stop vsctl wait until the
 * terminal is as it was, and so does exit(3): there is no way out without that.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "rate.h"
#include "screen.h"
#include "vsctl.h"

/* The other screen that terminals have for such use: what is on it goes. */
#define OTHER_ON	"\033[?1049h"
#define OTHER_OFF	"\033[?1049l"
#define HOME		"\033[H"
#define CLEAR_LINE	"\033[K"
#define CLEAR_REST	"\033[J"
#define PLAIN		"\033[0m"

#define NSEC_PER_MSEC	1000000

/**
 * struct screen - what there is to be restored
 * @f: the terminal, NULL: nothing
 * @keys: keys are read as they are hit
 * @tty: how the terminal was before that
 * @mask: signals that were blocked before
 * @signals: tells that one waits
 */
static struct screen {
	FILE *f;
	bool keys;
	struct termios tty;
	sigset_t mask;
	int signals;
} screen;

/**
 * screen_is - whether it is a terminal's
 * @f: what is written to
 *
 * Return: whether it is
 */
bool screen_is(FILE *f)
{
	return isatty(fileno(f));
}

/**
 * screen_size - how much fits
 * @f: the terminal
 * @rows: where its lines go
 * @columns: where their length goes
 */
void screen_size(FILE *f, unsigned int *rows, unsigned int *columns)
{
	struct winsize size = {};

	ioctl(fileno(f), TIOCGWINSZ, &size);
	*rows = size.ws_row ? size.ws_row : 24;
	*columns = size.ws_col ? size.ws_col : OUT_COLUMNS;
}

static int hold_signals(void)
{
	static const int which[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP,
	};
	unsigned int i;
	sigset_t set;

	sigemptyset(&set);
	for (i = 0; i < ARRAY_SIZE(which); i++)
		sigaddset(&set, which[i]);
	screen.signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (screen.signals < 0)
		return -1;
	sigprocmask(SIG_BLOCK, &set, &screen.mask);
	return 0;
}

/**
 * screen_enter - take the screen, unless it is taken
 * @f: the terminal
 *
 * Return: 0, or -1 with errno
 */
int screen_enter(FILE *f)
{
	static bool registered;
	struct termios tty;

	if (screen.f)
		return 0;
	if (hold_signals())
		return -1;
	if (!registered)
		atexit(screen_leave);
	registered = true;
	screen.f = f;
	screen.keys = !tcgetattr(STDIN_FILENO, &screen.tty);
	if (screen.keys) {
		tty = screen.tty;
		tty.c_lflag &= ~(ICANON | ECHO);
		tcsetattr(STDIN_FILENO, TCSANOW, &tty);
	}
	fputs(OTHER_ON, f);
	fflush(f);
	return 0;
}

/**
 * screen_leave - give the screen back, if it is taken
 *
 * Signals that wait do here what they do.
 */
void screen_leave(void)
{
	FILE *f = screen.f;

	if (!f)
		return;
	screen.f = NULL;
	fputs("\n" OTHER_OFF, f);
	fflush(f);
	if (screen.keys)
		tcsetattr(STDIN_FILENO, TCSANOW, &screen.tty);
	close(screen.signals);
	sigprocmask(SIG_SETMASK, &screen.mask, NULL);
}

/* Whether the key that was hit ends it; so does a terminal that is gone. */
static bool is_quit(void)
{
	char key;

	return read(STDIN_FILENO, &key, 1) != 1 || key == 'q' || key == 'Q';
}

/* Let a signal act; whoever goes on after it wants to see the screen. */
static int take_signal(void)
{
	FILE *f = screen.f;

	screen_leave();
	return screen_enter(f);
}

/**
 * screen_wait - let time pass
 * @msec: how much, in milliseconds
 *
 * Return: 0 if it has passed, or vsctl was stopped and goes on; 1 if a key
 *	ends it; -1 with errno
 */
int screen_wait(uint32_t msec)
{
	struct pollfd fds[] = {
		{ .fd = screen.signals, .events = POLLIN },
		{ .fd = STDIN_FILENO, .events = POLLIN },
	};
	uint64_t end = rate_now() + (uint64_t)msec * NSEC_PER_MSEC, now;
	int n, count = screen.f ? 1 + screen.keys : 0;

	for (now = rate_now(); now < end; now = rate_now()) {
		n = poll(fds, count, (end - now - 1) / NSEC_PER_MSEC + 1);
		if (!n)
			break;
		if (n < 0 && errno != EINTR)
			return -1;
		if (n < 0)
			continue;
		if (fds[0].revents)
			return take_signal();
		if (is_quit())
			return 1;
	}
	return 0;
}

/* Length of the switching of a colour at @s, which takes no place. */
static size_t color_len(const char *s)
{
	const char *end = *s == '\033' ? strchr(s, 'm') : NULL;

	return end ? end + 1 - s : 0;
}

/* Write what of a line fits; returns where the line ends. */
static const char *draw_line(FILE *f, const char *s, unsigned int columns)
{
	bool cut = false, color = false;
	unsigned int column = 0;
	size_t len;

	for (; *s && *s != '\n'; s += len) {
		len = color_len(s);
		if (!len) {
			/* A character of UTF-8 is no more than one. */
			for (len = 1; (s[len] & 0xc0) == 0x80; len++)
				;
			cut = column++ >= columns;
		} else {
			color = true;
		}
		if (!cut)
			fwrite(s, 1, len, f);
	}
	if (cut && color)
		fputs(PLAIN, f);
	return s;
}

/**
 * screen_draw - fill the screen
 * @f: the terminal
 * @text: lines without control characters, but those that switch colours
 * @rows: how many lines there are
 * @columns: how long they are; what does not fit is left off
 */
void screen_draw(FILE *f, const char *text, unsigned int rows,
		 unsigned int columns)
{
	unsigned int row;

	fputs(HOME, f);
	for (row = 0; row < rows && *text; row++) {
		fputs(row ? "\n" CLEAR_LINE : CLEAR_LINE, f);
		text = draw_line(f, text, columns);
		text += *text == '\n';
	}
	if (row < rows)
		fputs(row ? "\n" CLEAR_REST : CLEAR_REST, f);
	fflush(f);
}
