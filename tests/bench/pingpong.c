// SPDX-License-Identifier: GPL-2.0
/*
 * pingpong ADDRESS COUNT - how long a frame takes there
 *
 * Sends echo requests, each when the reply to the one before is there, and
 * prints how many came back and the nanoseconds of half a round trip, the
 * median one. It is the other side's kernel that replies, so that no program
 * has to be woken there: that would take longer than any switch.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

static long long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* Returns false if there is no reply within a second. */
static int ping(int fd)
{
	struct icmphdr echo = { .type = ICMP_ECHO }, reply;

	return send(fd, &echo, sizeof(echo), 0) == sizeof(echo) &&
	       recv(fd, &reply, sizeof(reply), 0) == sizeof(reply);
}

static int by_number(const void *a, const void *b)
{
	return *(const long long *)a < *(const long long *)b ? -1 : 1;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct timeval second = { .tv_sec = 1 };
	long count = argc == 3 ? atol(argv[2]) : 0, back = 0, i;
	long long *times;
	int fd;

	if (count < 1 || !inet_aton(argv[1], &to.sin_addr))
		errx(2, "usage: pingpong ADDRESS COUNT");
	/* The kernel fills in what tells replies apart, and the checksum. */
	fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second)))
		err(1, "socket");
	times = calloc(count, sizeof(*times));
	if (!times)
		err(1, "%ld", count);
	for (i = 0; i < count; i++) {
		times[i] = now_ns();
		back += ping(fd);
		times[i] = now_ns() - times[i];
	}
	qsort(times, count, sizeof(*times), by_number);
	printf("%ld %lld\n", back, times[count / 2] / 2);
	return 0;
}
