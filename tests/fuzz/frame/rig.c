// SPDX-License-Identifier: GPL-2.0
/*
 * The switch under test, in a namespace of its own: making and changing it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if_arp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"

#define SWITCH	"vsw0"

/* As in <linux/vswitch.h>. */
enum { TYPE_NETDEV = 1, TYPE_INTERNAL = 2 };
enum { MODE_ACCESS, MODE_TRUNK };

struct rig rig;
static struct genl listener;

static __u64 rnd_state;

void rnd_seed(__u64 seed)
{
	rnd_state = seed * 0x9e3779b97f4a7c15ULL + 1;
}

__u64 rnd(void)
{
	__u64 z = rnd_state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

__u32 below(__u32 n)
{
	return (rnd() >> 32) % n;
}

/* All of a mask, or one bit, or any of them. */
__u32 some_of(__u32 mask)
{
	__u32 bits;

	if (below(2))
		return mask;
	do {
		bits = rnd() & mask;
	} while (!bits);
	return below(2) ? bits : bits & -bits;
}

int try_cmd(const char *fmt, ...)
{
	char cmd[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(cmd, sizeof(cmd), fmt, ap);
	va_end(ap);
	return system(cmd);
}

/* Lines for ip(8). */
void run_ip(const char *fmt, ...)
{
	FILE *p = popen("ip -batch - >&2", "w");
	va_list ap;

	if (!p)
		die("ip: %s", strerror(errno));
	va_start(ap, fmt);
	vfprintf(p, fmt, ap);
	va_end(ap);
	if (pclose(p))
		die("ip failed: %s", fmt);
}

static void if_ioctl(unsigned long cmd, struct ifreq *ifr)
{
	static int fd = -1;

	if (fd < 0)
		fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (ioctl(fd, cmd, ifr))
		die("%s: ioctl %#lx: %s", ifr->ifr_name, cmd, strerror(errno));
}

static void set_flags(const char *name, bool up)
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if_ioctl(SIOCGIFFLAGS, &ifr);
	if (up)
		ifr.ifr_flags |= IFF_UP;
	else
		ifr.ifr_flags &= ~IFF_UP;
	if_ioctl(SIOCSIFFLAGS, &ifr);
}

void set_up(const struct port *port, bool up)
{
	set_flags(port->name, up);
}

void set_mtu(const struct port *port, int mtu)
{
	struct ifreq ifr = { .ifr_mtu = mtu };

	memcpy(ifr.ifr_name, port->name, IFNAMSIZ);
	if_ioctl(SIOCSIFMTU, &ifr);
}

void get_mac(const char *name, __u8 mac[6])
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if_ioctl(SIOCGIFHWADDR, &ifr);
	memcpy(mac, ifr.ifr_hwaddr.sa_data, 6);
}

static void request(struct msg *m, __u8 cmd)
{
	msg_init(m, rig.nl.family, cmd, NLM_F_ACK);
}

static void command(struct msg *m)
{
	struct answer a;

	genl_talk(&rig.nl, m, &a);
	if (a.err)
		die("%s: %s: %s", now_at, strerror(a.err), a.sentence);
}

static void set_vlan(const struct port *port, __u32 mode, __u16 pvid,
		     const __u8 *vlans)
{
	struct msg m;

	request(&m, VSW_CMD_PORT_SET);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, port->ifindex);
	msg_put_u32(&m, VSW_A_PORT_VLAN_MODE, mode);
	msg_put_u16(&m, VSW_A_PORT_PVID, pvid);
	if (vlans)
		msg_put(&m, VSW_A_PORT_VLANS, vlans, 512);
	command(&m);
}

void set_access(const struct port *port, __u16 vid)
{
	set_vlan(port, MODE_ACCESS, vid, NULL);
}

void set_trunk(const struct port *port, __u16 native, const __u16 *vids, int n)
{
	__u8 vlans[512] = { 0 };
	int i;

	for (i = 0; i < n; i++)
		vlans[vids[i] / 8] |= 1 << vids[i] % 8;
	set_vlan(port, MODE_TRUNK, native, vlans);
}

void set_fdb(__u32 limit, __u32 ageing)
{
	struct msg m;

	request(&m, VSW_CMD_SWITCH_SET);
	msg_put_u32(&m, VSW_A_SWITCH_IFINDEX, rig.switch_ifindex);
	msg_put_u32(&m, VSW_A_SWITCH_FDB_LIMIT, limit);
	msg_put_u32(&m, VSW_A_SWITCH_AGEING, ageing);
	command(&m);
}

/* One of the addresses that frames for FF_DST_STATIC go to. */
void set_static(const struct port *port, __u8 last, __u16 vid)
{
	__u8 mac[] = { 0x02, 0x57, 0, 0, 0, last };
	struct answer a;
	struct msg m;

	request(&m, VSW_CMD_FDB_NEW);
	msg_put_u32(&m, VSW_A_FDB_SWITCH, rig.switch_ifindex);
	msg_put_u32(&m, VSW_A_FDB_PORT, port->ifindex);
	msg_put(&m, VSW_A_FDB_MAC, mac, sizeof(mac));
	if (vid)
		msg_put_u16(&m, VSW_A_FDB_VID, vid);
	/* The port need not be in the VLAN. */
	genl_talk(&rig.nl, &m, &a);
}

void flush_fdb(void)
{
	struct msg m;

	request(&m, VSW_CMD_FDB_FLUSH);
	msg_put_u32(&m, VSW_A_FDB_SWITCH, rig.switch_ifindex);
	command(&m);
}

void set_sink(struct port *port, enum ff_mode mode, __u32 can)
{
	struct ff_sink set = {
		.ifindex = port->ifindex, .mode = mode, .can = can,
	};

	port->can = can;
	if (ioctl(rig.fd, FF_IOC_SINK_SET, &set))
		die("sink %s: %s", port->name, strerror(errno));
}

/* Count what the host receives at an adapter, NULL: at none. */
void set_watch(const struct port *port)
{
	struct ff_watch set = { .ifindex = port ? port->ifindex : 0 };

	rig.watched = port;
	if (ioctl(rig.fd, FF_IOC_WATCH_SET, &set))
		die("watch: %s", strerror(errno));
}

static struct port *remember(const char *name)
{
	struct port *port = &rig.ports[rig.n_ports];

	if (rig.n_ports == MAX_PORTS)
		die("too many ports");
	memset(port, 0, sizeof(*port));
	strncpy(port->name, name, IFNAMSIZ - 1);
	port->ifindex = if_nametoindex(name);
	if (!port->ifindex)
		die("no device %s", name);
	rig.n_ports++;
	return port;
}

/* A device that is there becomes a port, and is up. */
struct port *rig_add(const char *name)
{
	struct port *port = remember(name);
	struct msg m;

	request(&m, VSW_CMD_PORT_NEW);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, port->ifindex);
	msg_put_u32(&m, VSW_A_PORT_SWITCH, rig.switch_ifindex);
	msg_put_u32(&m, VSW_A_PORT_TYPE, TYPE_NETDEV);
	command(&m);
	set_up(port, true);
	return port;
}

struct port *rig_add_internal(const char *name)
{
	struct port *port;
	struct msg m;

	request(&m, VSW_CMD_PORT_NEW);
	msg_put_str(&m, VSW_A_PORT_NAME, name);
	msg_put_u32(&m, VSW_A_PORT_SWITCH, rig.switch_ifindex);
	msg_put_u32(&m, VSW_A_PORT_TYPE, TYPE_INTERNAL);
	command(&m);
	port = remember(name);
	port->adapter = true;
	set_up(port, true);
	return port;
}

/* Returns the first of them; the others follow it. */
struct port *rig_add_sinks(int n)
{
	struct port *port, *first = NULL;
	char lines[1024], name[IFNAMSIZ];
	int i, len = 0;

	for (i = 0; i < n; i++)
		len += sprintf(lines + len,
			       "link add s%d mtu %d type fuzz_sink\n", i,
			       BIG_MTU);
	run_ip("%s", lines);
	for (i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "s%d", i);
		port = rig_add(name);
		port->sink = true;
		port->can = FF_CAN_ALL;
		if (!first)
			first = port;
	}
	return first;
}

void rig_make(bool aware)
{
	struct msg m;

	rig.n_ports = 0;
	rig.aware = aware;
	memset(&rig.sw_now, 0, sizeof(rig.sw_now));
	request(&m, VSW_CMD_SWITCH_NEW);
	msg_put_str(&m, VSW_A_SWITCH_NAME, SWITCH);
	msg_put_u8(&m, VSW_A_SWITCH_VLAN_AWARE, aware);
	command(&m);
	remember(SWITCH)->adapter = true;
	rig.switch_ifindex = rig.ports[0].ifindex;
}

/* The switch, and all devices that were its ports. */
void rig_remove(void)
{
	char lines[1024];
	int i, len;

	set_watch(NULL);
	len = sprintf(lines, "link del %s\n", SWITCH);
	for (i = 1; i < rig.n_ports; i++)
		if (!rig.ports[i].adapter)
			len += sprintf(lines + len, "link del %s\n",
				       rig.ports[i].name);
	run_ip("%s", lines);
	rig.n_ports = 0;
}

void rig_open(void)
{
	rig.fd = open(FF_PATH, O_RDWR | O_CLOEXEC);
	if (rig.fd < 0)
		die("%s: %s", FF_PATH, strerror(errno));
	genl_open(&rig.nl, 0);
	/* Drops are told to a socket, whether or not it has room for them. */
	genl_open(&listener, 0);
	genl_join(&listener, "drop");
}
