// SPDX-License-Identifier: GPL-2.0
/*
 * frame - send crafted frames, and hold what arrives against what should,
 * byte by byte.
 *
 * usage: frame [-g MS] [-w MS] [-P IF]... [-o IF]... OP... [next OP...]...
 *
 * One step is a list of operations; "next" ends it. All frames of a step are
 * sent in the order given. Then each frame that was announced must arrive
 * (within -w, 2000 ms), each exactly as often as it was announced, and for a
 * while (-g, 30 ms) nothing else may, at any interface that the step names
 * with rx, rxgso, rxseg, rxgen, out or none.
 *
 *   tx IF FRAME		send FRAME at IF, as it stands
 *   txgso IF MSS FRAME		send TCP/IPv4 with its checksum left to the
 *				device, to be cut into segments of MSS bytes
 *				(0: it is one segment)
 *   txsum IF OFFSET FRAME	send IPv4 with an open checksum of all behind 20
 *				bytes of header, to be put at OFFSET there
 *   gen IF N FRAME		send FRAME N times, counting its source up
 *   rx IF FRAME		FRAME arrives at IF
 *   rxgso IF MSS FRAME		the frame of txgso arrives as it was sent
 *   rxseg IF MSS FRAME		its segments arrive, checksums complete
 *   rxgen IF N FRAME		the frames of gen arrive
 *   out IF FRAME		FRAME is seen to leave by IF
 *   none IF			nothing arrives at IF
 *
 * FRAME is hex; blanks and colons are skipped, "00*46" is 46 bytes of 00. The
 * lengths and checksums of txgso, rxgso and rxseg are filled in here.
 *
 * A tag that the kernel keeps beside the frame is put back where it belongs.
 * Interfaces are opened promiscuous, but for those given with -P. What leaves
 * by an interface counts only if it is given with -o or in "out". Exits 0, or 1
 * after telling on stderr what differs, or 2 if a frame could not be sent or an
 * argument was wrong.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/types.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define MAX_IFS		64
#define MAX_LEN		(68 * 1024)
#define BATCH		64
#define TAG_LEN		4
#define IP_MIN_LEN	20
#define TCP_MIN_LEN	20
#define TCP_FIN_PSH	0x09
#define TCP_CWR		0x80

struct iface {
	const char *name;
	int ifindex;
	int fd;
	int tx_fd;		/* its own if it sees what leaves */
	bool receives;		/* opened to receive, by whatever step */
	bool listed;		/* by the present step */
	bool sees_out;
	bool no_promisc;
};

struct frame {
	__u8 *data;
	size_t len;
	bool gso;		/* checksum left open */
	__u16 mss;
	bool open;		/* any checksum left open */
	__u16 sum_at;		/* where it is to be put */
};

struct expect {
	struct iface *iface;
	struct frame frame;
	bool out;
	bool seen;
};

static struct iface ifaces[MAX_IFS];
static int nifaces;
static struct expect *expects;
static size_t nexpects, first_unseen;
static struct expect *strays;
static size_t nstrays;
static int step = 1;
static int wait_ms = 2000, grace_ms = 30;

static void die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "frame: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

static void *xrealloc(void *p, size_t len)
{
	p = realloc(p, len);
	if (!p)
		die("out of memory");
	return p;
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static struct frame parse_frame(const char *s)
{
	static __u8 buf[MAX_LEN];
	struct frame f = { .data = buf };
	unsigned long n;
	char *end;

	while (*s) {
		if (*s == ' ' || *s == ':' || *s == '\n' || *s == '\t') {
			s++;
			continue;
		}
		if (hex_digit(s[0]) < 0 || hex_digit(s[1]) < 0)
			die("not hex: %.20s", s);
		n = 1;
		if (s[2] == '*')
			n = strtoul(s + 3, &end, 10);
		if (f.len + n > MAX_LEN)
			die("frame too long");
		memset(f.data + f.len, hex_digit(s[0]) << 4 | hex_digit(s[1]),
		       n);
		f.len += n;
		s = s[2] == '*' ? end : s + 2;
	}
	f.data = xrealloc(NULL, f.len ? f.len : 1);
	memcpy(f.data, buf, f.len);
	return f;
}

/* The Internet checksum, not yet complemented. */
static __u32 sum16(const __u8 *p, size_t len, __u32 sum)
{
	for (; len > 1; p += 2, len -= 2)
		sum += p[0] << 8 | p[1];
	if (len)
		sum += p[0] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static void put16(__u8 *p, __u16 v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static __u32 get32(const __u8 *p)
{
	return (__u32)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static void put32(__u8 *p, __u32 v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

/* Offsets of the IPv4 header, the TCP header and the payload. */
struct offsets {
	size_t ip, tcp, data;
};

static struct offsets tcp_offsets(const struct frame *f)
{
	struct offsets o = { .ip = ETH_HLEN };
	__u16 type;

	for (;; o.ip += TAG_LEN) {
		if (f->len < o.ip + IP_MIN_LEN + TCP_MIN_LEN)
			die("too short for TCP/IPv4");
		type = f->data[o.ip - 2] << 8 | f->data[o.ip - 1];
		if (type != ETH_P_8021Q && type != ETH_P_8021AD)
			break;
	}
	if (type != ETH_P_IP || f->data[o.ip + 9] != IPPROTO_TCP)
		die("not TCP/IPv4");
	o.tcp = o.ip + (f->data[o.ip] & 15) * 4;
	o.data = o.tcp + (f->data[o.tcp + 12] >> 4) * 4;
	if (o.data > f->len)
		die("too short for its TCP header");
	return o;
}

/* Fill in lengths and checksums; TCP's only as far as a device expects. */
static void fix_tcp(struct frame *f, bool complete)
{
	struct offsets o = tcp_offsets(f);
	__u8 *ip = f->data + o.ip, *tcp = f->data + o.tcp;
	size_t tcp_len = f->len - o.tcp;
	__u32 sum;

	put16(ip + 2, f->len - o.ip);
	put16(ip + 10, 0);
	put16(ip + 10, ~sum16(ip, o.tcp - o.ip, 0));

	sum = sum16(ip + 12, 8, IPPROTO_TCP + tcp_len);
	put16(tcp + 16, complete ? 0 : sum);
	if (complete)
		put16(tcp + 16, ~sum16(tcp, tcp_len, sum));
}

static struct iface *get_iface(const char *name)
{
	int i;

	for (i = 0; i < nifaces; i++)
		if (!strcmp(ifaces[i].name, name))
			return &ifaces[i];
	if (nifaces == MAX_IFS)
		die("too many interfaces");
	ifaces[i].name = name;
	ifaces[i].ifindex = if_nametoindex(name);
	if (!ifaces[i].ifindex)
		die("no interface %s", name);
	ifaces[i].fd = -1;
	ifaces[i].tx_fd = -1;
	nifaces++;
	return &ifaces[i];
}

static void set_option(int fd, int level, int opt, const void *val,
		       socklen_t len)
{
	if (setsockopt(fd, level, opt, val, len))
		die("setsockopt %d: %s", opt, strerror(errno));
}

static int open_socket(const struct iface *iface)
{
	int fd, one = 1;

	/* Protocol 0: nothing arrives before all is set. */
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (fd < 0)
		die("socket: %s", strerror(errno));
	set_option(fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one));
	if (!iface->sees_out)
		set_option(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one,
			   sizeof(one));
	return fd;
}

static void bind_socket(const struct iface *iface, int fd, __u16 protocol)
{
	struct sockaddr_ll sll = {
		.sll_family = AF_PACKET,
		.sll_ifindex = iface->ifindex,
		.sll_protocol = htons(protocol),
	};

	if (bind(fd, (struct sockaddr *)&sll, sizeof(sll)))
		die("bind to %s: %s", iface->name, strerror(errno));
}

static void open_iface(struct iface *iface)
{
	struct packet_mreq mreq = {
		.mr_ifindex = iface->ifindex,
		.mr_type = PACKET_MR_PROMISC,
	};
	int one = 1, rcvbuf = 64 << 20;

	iface->fd = open_socket(iface);
	iface->tx_fd = iface->fd;
	/* No socket sees what it sent itself. */
	if (iface->sees_out) {
		iface->tx_fd = open_socket(iface);
		bind_socket(iface, iface->tx_fd, 0);
	}
	if (!iface->receives) {
		bind_socket(iface, iface->fd, 0);
		return;
	}
	set_option(iface->fd, SOL_SOCKET, SO_RCVBUFFORCE, &rcvbuf,
		   sizeof(rcvbuf));
	set_option(iface->fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one));
	bind_socket(iface, iface->fd, ETH_P_ALL);
	if (!iface->no_promisc)
		set_option(iface->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &mreq,
			   sizeof(mreq));
}

static void expect_frame(struct iface *iface, struct frame f, bool out)
{
	expects = xrealloc(expects, (nexpects + 1) * sizeof(*expects));
	expects[nexpects++] = (struct expect) {
		.iface = iface, .frame = f, .out = out,
	};
}

static struct frame copy_frame(const struct frame *f, size_t len)
{
	struct frame copy = *f;

	copy.data = xrealloc(NULL, len);
	copy.len = len;
	memcpy(copy.data, f->data, len);
	return copy;
}

static void expect_segments(struct iface *iface, const struct frame *f,
			    size_t mss)
{
	struct offsets o = tcp_offsets(f);
	size_t at, len, total = f->len - o.data;
	struct frame seg;
	bool last;

	for (at = 0; at < total; at += len) {
		len = total - at;
		if (mss && len > mss)
			len = mss;
		last = at + len == total;
		seg = copy_frame(f, o.data + len);
		memcpy(seg.data + o.data, f->data + o.data + at, len);
		put16(seg.data + o.ip + 4,
		      (get32(seg.data + o.ip + 4) >> 16) + at / (mss ?: 1));
		put32(seg.data + o.tcp + 4, get32(seg.data + o.tcp + 4) + at);
		if (!last)
			seg.data[o.tcp + 13] &= ~TCP_FIN_PSH;
		if (at)
			seg.data[o.tcp + 13] &= ~TCP_CWR;
		fix_tcp(&seg, true);
		expect_frame(iface, seg, false);
	}
}

/* Count up the source address, the last byte first. */
static void next_source(struct frame *f)
{
	int i;

	for (i = 2 * ETH_ALEN - 1; i >= ETH_ALEN && !++f->data[i]; i--)
		;
}

static void expect_generated(struct iface *iface, struct frame f, long n)
{
	while (n-- > 0) {
		expect_frame(iface, copy_frame(&f, f.len), false);
		next_source(&f);
	}
}

static void send_frame(struct iface *iface, struct frame *f)
{
	struct virtio_net_hdr vnet = { 0 };
	struct iovec iov[] = {
		{ .iov_base = &vnet, .iov_len = sizeof(vnet) },
		{ .iov_base = f->data, .iov_len = f->len },
	};
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };
	struct offsets o;

	if (f->gso) {
		fix_tcp(f, false);
		o = tcp_offsets(f);
		vnet.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
		vnet.csum_start = o.tcp;
		vnet.csum_offset = 16;
		vnet.hdr_len = o.data;
		if (f->mss) {
			vnet.gso_type = VIRTIO_NET_HDR_GSO_TCPV4;
			vnet.gso_size = f->mss;
		}
	}
	if (f->open) {
		vnet.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
		vnet.csum_start = ETH_HLEN + IP_MIN_LEN;
		vnet.csum_offset = f->sum_at;
	}
	if (sendmsg(iface->tx_fd, &msg, 0) < 0)
		die("step %d: send %zu bytes at %s: %s", step, f->len,
		    iface->name, strerror(errno));
}

static bool same_frame(const struct frame *a, const struct frame *b)
{
	return a->len == b->len && a->gso == b->gso && a->mss == b->mss &&
	       !memcmp(a->data, b->data, a->len);
}

static void got_frame(struct iface *iface, const struct frame *f, bool out)
{
	size_t i;

	for (i = first_unseen; i < nexpects; i++) {
		struct expect *e = &expects[i];

		if (e->seen || e->iface != iface || e->out != out ||
		    !same_frame(&e->frame, f))
			continue;
		e->seen = true;
		while (first_unseen < nexpects && expects[first_unseen].seen)
			first_unseen++;
		return;
	}
	strays = xrealloc(strays, (nstrays + 1) * sizeof(*strays));
	strays[nstrays++] = (struct expect) {
		.iface = iface, .frame = copy_frame(f, f->len), .out = out,
	};
}

/* Put a tag that came beside the frame back into it. */
static void restore_tag(struct frame *f, struct msghdr *msg)
{
	struct tpacket_auxdata aux;
	struct cmsghdr *c;
	__u16 tpid;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_PACKET ||
		    c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (!(aux.tp_status & TP_STATUS_VLAN_VALID))
			continue;
		tpid = ETH_P_8021Q;
		if (aux.tp_status & TP_STATUS_VLAN_TPID_VALID)
			tpid = aux.tp_vlan_tpid;
		memmove(f->data + 2 * ETH_ALEN + TAG_LEN,
			f->data + 2 * ETH_ALEN, f->len - 2 * ETH_ALEN);
		put16(f->data + 2 * ETH_ALEN, tpid);
		put16(f->data + 2 * ETH_ALEN + 2, aux.tp_vlan_tci);
		f->len += TAG_LEN;
	}
}

static bool take_frame(struct iface *iface)
{
	static __u8 buf[MAX_LEN + TAG_LEN];
	struct virtio_net_hdr vnet;
	struct frame f = { .data = buf };
	struct sockaddr_ll from;
	char control[256];
	struct iovec iov[] = {
		{ .iov_base = &vnet, .iov_len = sizeof(vnet) },
		{ .iov_base = buf, .iov_len = MAX_LEN },
	};
	struct msghdr msg = {
		.msg_name = &from, .msg_namelen = sizeof(from),
		.msg_iov = iov, .msg_iovlen = 2,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t len;

	len = recvmsg(iface->fd, &msg, MSG_DONTWAIT);
	if (len < 0 && errno == EAGAIN)
		return false;
	if (len < (ssize_t)sizeof(vnet))
		die("cannot receive at %s: %s", iface->name, strerror(errno));
	f.len = len - sizeof(vnet);
	restore_tag(&f, &msg);
	f.gso = vnet.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM;
	if (vnet.gso_type != VIRTIO_NET_HDR_GSO_NONE)
		f.mss = vnet.gso_size;
	if (iface->listed)
		got_frame(iface, &f, from.sll_pkttype == PACKET_OUTGOING);
	return true;
}

static void collect(int timeout_ms)
{
	struct pollfd fds[MAX_IFS];
	int i;

	for (i = 0; i < nifaces; i++) {
		fds[i].fd = ifaces[i].receives ? ifaces[i].fd : -1;
		fds[i].events = POLLIN;
		fds[i].revents = 0;
	}
	if (poll(fds, nifaces, timeout_ms) < 0)
		die("poll: %s", strerror(errno));
	for (i = 0; i < nifaces; i++)
		while (fds[i].revents & POLLIN && take_frame(&ifaces[i]))
			;
}

static void generate(struct iface *iface, struct frame f, long n)
{
	struct timespec nap = { .tv_nsec = 1000000 };
	long i;

	f = copy_frame(&f, f.len);
	for (i = 1; i <= n; i++) {
		send_frame(iface, &f);
		next_source(&f);
		if (i % BATCH)
			continue;
		collect(0);
		/* Let a receiver's backlog, 1000 frames long, drain. */
		nanosleep(&nap, NULL);
	}
}

static void print_row(const char *what, const struct frame *f, size_t at)
{
	size_t i;

	fprintf(stderr, "    %-9s%04zx:", what, at);
	for (i = at; i < at + 16 && i < f->len; i++)
		fprintf(stderr, " %02x", f->data[i]);
	fputc('\n', stderr);
}

static void print_frame(const char *what, const struct frame *f)
{
	size_t at;

	for (at = 0; at < f->len && at < 128; at += 16)
		print_row(what, f, at);
}

/* Only the rows that differ, and only the first few. */
static void print_diff(const struct frame *want, const struct frame *got)
{
	size_t at, i, max = want->len > got->len ? want->len : got->len;
	int rows = 0;

	if (want->len != got->len)
		fprintf(stderr, "    length %zu, not %zu\n", got->len,
			want->len);
	if (want->gso != got->gso || want->mss != got->mss)
		fprintf(stderr, "    checksum %s, mss %u, not %s, %u\n",
			got->gso ? "open" : "done", got->mss,
			want->gso ? "open" : "done", want->mss);
	for (at = 0; at < max && rows < 8; at += 16) {
		for (i = at; i < at + 16 && i < max; i++)
			if (i >= want->len || i >= got->len ||
			    want->data[i] != got->data[i])
				break;
		if (i == at + 16 || i == max)
			continue;
		print_row("expected", want, at);
		print_row("got", got, at);
		rows++;
	}
}

static bool report(void)
{
	size_t i, j, told = 0;

	for (i = 0; i < nexpects && told < 8; i++) {
		struct expect *e = &expects[i];

		if (e->seen)
			continue;
		told++;
		for (j = 0; j < nstrays; j++)
			if (!strays[j].seen && strays[j].iface == e->iface)
				break;
		fprintf(stderr, "  step %d: %s: expected %s frame %s\n", step,
			e->iface->name, e->out ? "outgoing" : "incoming",
			j < nstrays ? "differs" : "is missing");
		if (j < nstrays) {
			strays[j].seen = true;
			print_diff(&e->frame, &strays[j].frame);
		} else {
			print_frame("expected", &e->frame);
		}
	}
	for (j = 0; j < nstrays && told < 8; j++) {
		if (strays[j].seen)
			continue;
		told++;
		fprintf(stderr, "  step %d: %s: unexpected %s frame\n", step,
			strays[j].iface->name,
			strays[j].out ? "outgoing" : "incoming");
		print_frame("got", &strays[j].frame);
	}
	return first_unseen == nexpects && !nstrays;
}

static bool finish_step(void)
{
	long end = now_ms() + wait_ms;
	long left;
	bool ok;
	int i;

	while (first_unseen < nexpects) {
		left = end - now_ms();
		if (left <= 0)
			break;
		collect(left);
	}
	end = now_ms() + grace_ms;
	while ((left = end - now_ms()) > 0)
		collect(left);

	ok = report();
	for (i = 0; i < nifaces; i++)
		ifaces[i].listed = false;
	nexpects = 0;
	first_unseen = 0;
	nstrays = 0;
	step++;
	return ok;
}

/* What an operation takes besides its interface: a number? a frame? */
struct op {
	const char *name;
	bool sends, number, frame;
};

static const struct op ops[] = {
	{ "tx",		true,	false,	true },
	{ "txgso",	true,	true,	true },
	{ "txsum",	true,	true,	true },
	{ "gen",	true,	true,	true },
	{ "rx",		false,	false,	true },
	{ "rxgso",	false,	true,	true },
	{ "rxseg",	false,	true,	true },
	{ "rxgen",	false,	true,	true },
	{ "out",	false,	false,	true },
	{ "none",	false,	false,	false },
};

static const struct op *find_op(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ops); i++)
		if (!strcmp(ops[i].name, name))
			return &ops[i];
	die("no operation %s", name);
	return NULL;
}

static int op_len(const struct op *op)
{
	return 2 + op->number + op->frame;
}

static void run_tx(const struct op *op, char **arg)
{
	struct iface *iface = get_iface(arg[1]);
	struct frame f = parse_frame(arg[op_len(op) - 1]);
	long n = op->number ? strtol(arg[2], NULL, 10) : 0;

	if (!strcmp(op->name, "gen")) {
		generate(iface, f, n);
		return;
	}
	if (!strcmp(op->name, "txsum")) {
		f.open = true;
		f.sum_at = n;
	} else {
		f.gso = op->number;
		f.mss = n;
	}
	send_frame(iface, &f);
}

static void run_rx(const struct op *op, char **arg)
{
	struct iface *iface = get_iface(arg[1]);
	long n = op->number ? strtol(arg[2], NULL, 10) : 0;
	struct frame f;

	iface->listed = true;
	if (!op->frame)
		return;
	f = parse_frame(arg[op_len(op) - 1]);
	if (!strcmp(op->name, "rxgso")) {
		f.gso = true;
		f.mss = n;
		fix_tcp(&f, false);
		expect_frame(iface, f, false);
	} else if (!strcmp(op->name, "rxseg")) {
		expect_segments(iface, &f, n);
	} else if (!strcmp(op->name, "rxgen")) {
		expect_generated(iface, f, n);
	} else {
		expect_frame(iface, f, !strcmp(op->name, "out"));
	}
}

/* Run over one step's operations; returns how many arguments it had. */
static int run_step(int argc, char **argv, bool sends)
{
	const struct op *op;
	int i;

	for (i = 0; i < argc && strcmp(argv[i], "next"); i += op_len(op)) {
		op = find_op(argv[i]);
		if (op->sends && sends)
			run_tx(op, argv + i);
		else if (!op->sends && !sends)
			run_rx(op, argv + i);
	}
	return i;
}

/* Sockets serve all steps: to close one waits for a grace period. */
static void open_all(int argc, char **argv)
{
	struct iface *iface;
	const struct op *op;
	int i;

	for (i = 0; i < argc; i += op_len(op)) {
		if (!strcmp(argv[i], "next") && ++i == argc)
			break;
		op = find_op(argv[i]);
		if (i + op_len(op) > argc)
			die("%s: arguments missing", op->name);
		iface = get_iface(argv[i + 1]);
		if (!op->sends)
			iface->receives = true;
		if (!strcmp(op->name, "out"))
			iface->sees_out = true;
	}
	for (i = 0; i < nifaces; i++)
		open_iface(&ifaces[i]);
}

int main(int argc, char **argv)
{
	bool ok = true;
	int opt, n;

	while ((opt = getopt(argc, argv, "+g:w:P:o:")) != -1) {
		switch (opt) {
		case 'g':
			grace_ms = atoi(optarg);
			break;
		case 'w':
			wait_ms = atoi(optarg);
			break;
		case 'P':
			get_iface(optarg)->no_promisc = true;
			break;
		case 'o':
			get_iface(optarg)->sees_out = true;
			break;
		default:
			return 2;
		}
	}
	argc -= optind;
	argv += optind;
	if (!argc)
		die("nothing to do");
	open_all(argc, argv);
	for (; argc > 0; argc -= n, argv += n) {
		run_step(argc, argv, false);
		n = run_step(argc, argv, true);
		if (!finish_step())
			ok = false;
		if (n < argc)
			n++;
	}
	return ok ? 0 : 1;
}
