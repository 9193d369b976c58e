// SPDX-License-Identifier: GPL-2.0
/*
 * relay TAP GUEST [TAP GUEST]... - stand in for virtual machines
 *
 * Makes pairs of taps and takes what one sends to the other, with its header of
 * virtio's, as a virtual machine's device does that has all offloads: TAP is
 * for the switch, GUEST is what the guest sees of it. Prints a line when they
 * are there, and goes on until it is killed.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MAX_TAPS	8
/* A whole segment of TCP's, and the headers. */
#define MAX_FRAME	(65536 + 256)

static int open_tap(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR };
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr) ||
	    ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6))
		err(1, "%s", name);
	return fd;
}

/* What the other does not take, since it is not up, is lost. */
static void move(int from, int to)
{
	static char frame[MAX_FRAME];
	ssize_t len;

	while ((len = read(from, frame, sizeof(frame))) > 0)
		if (write(to, frame, len) != len)
			return;
}

int main(int argc, char **argv)
{
	struct pollfd taps[MAX_TAPS];
	int i, n = argc - 1;

	if (n < 2 || n % 2 || n > MAX_TAPS)
		errx(2, "usage: relay TAP GUEST [TAP GUEST]...");
	for (i = 0; i < n; i++)
		taps[i] = (struct pollfd){ .fd = open_tap(argv[i + 1]),
					   .events = POLLIN };
	printf("ready\n");
	fflush(stdout);
	while (poll(taps, n, -1) > 0)
		for (i = 0; i < n; i++)
			if (taps[i].revents & POLLIN)
				move(taps[i].fd, taps[i ^ 1].fd);
	err(1, "poll");
}
