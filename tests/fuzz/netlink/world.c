// SPDX-License-Identifier: GPL-2.0
/*
 * The devices of a round, in a network namespace of its own, and switches to
 * begin with.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fuzz.h"

/* Nobody is to send anything by itself. */
static void no_ipv6(void)
{
	static const char *const files[] = {
		"/proc/sys/net/ipv6/conf/all/disable_ipv6",
		"/proc/sys/net/ipv6/conf/default/disable_ipv6",
	};
	size_t i;
	int fd;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		fd = open(files[i], O_WRONLY);
		if (fd < 0)
			continue;
		if (write(fd, "1", 1) != 1)
			die("%s", files[i]);
		close(fd);
	}
}

/* The peers go elsewhere: as ports, both ends of a cable would be a loop. */
static void make_veths(int far)
{
	struct nl_sock *sk = nl_socket_alloc();
	struct rtnl_link *link, *peer;
	unsigned int i;
	int err;

	if (!sk || nl_connect(sk, NETLINK_ROUTE))
		die("no rtnetlink socket");
	for (i = FIRST_VETH; i < FIRST_VETH + N_VETHS; i++) {
		link = rtnl_link_veth_alloc();
		if (!link)
			die("no memory for a veth");
		peer = rtnl_link_veth_get_peer(link);
		rtnl_link_set_name(link, names[i]);
		rtnl_link_set_flags(link, IFF_UP);
		rtnl_link_set_name(peer, names[i]);
		rtnl_link_set_ns_fd(peer, far);
		err = rtnl_link_add(sk, link, NLM_F_CREATE | NLM_F_EXCL);
		if (err)
			die("no veth: %s", nl_geterror(err));
		rtnl_link_put(peer);
		rtnl_link_put(link);
	}
	nl_socket_free(sk);
}

static void set_up(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_UP };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	snprintf(ifr.ifr_name, IFNAMSIZ, "%s", name);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr))
		die("%s does not come up", name);
	close(fd);
}

static int make_tap(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);

	/* Who is not root may not be let to it, and does without. */
	if (fd < 0 && errno == EACCES)
		return -1;
	snprintf(ifr.ifr_name, IFNAMSIZ, "%s", name);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr))
		die("no tap: %s", strerror(errno));
	set_up(name);
	return fd;
}

static int new_netns(void)
{
	int fd;

	if (unshare(CLONE_NEWNET))
		die("no network namespace: %s", strerror(errno));
	no_ipv6();
	fd = open("/proc/self/ns/net", O_RDONLY);
	if (fd < 0)
		die("/proc/self/ns/net");
	return fd;
}

/* Enters a network namespace that holds ports to be. */
void world_enter(int tap[N_TAPS])
{
	int far = new_netns(), near = new_netns(), i;

	make_veths(far);
	if (setns(far, CLONE_NEWNET))
		die("no way to the peers");
	for (i = 0; i < N_VETHS; i++)
		set_up(names[FIRST_VETH + i]);
	if (setns(near, CLONE_NEWNET))
		die("no way back from the peers");
	/* The peers' goes with the last who has it open, so that stays. */
	close(near);
	for (i = 0; i < N_TAPS; i++)
		tap[i] = make_tap(names[FIRST_TAP + i]);
}

/* Adds to a message the number @val, or the index of the device @name. */
static void put(struct fz_msg *m, __u16 type, __u16 len, __u64 val, __u8 name)
{
	struct fz_attr *a = &m->attrs[m->n++];
	__u16 v16 = val;
	__u32 v32 = val;
	__u8 v8 = val;

	a->type = type;
	a->len = len;
	a->name = name;
	memcpy(a->data, len == 1 ? (void *)&v8 : len == 2 ? (void *)&v16 :
	       (void *)&v32, len);
}

/* A message that must be granted. */
static void grant(struct client *c, struct fz_msg *m, __u8 cmd)
{
	static struct wire w;

	m->cmd = cmd;
	m->flags = NLM_F_REQUEST | NLM_F_ACK;
	m->version = SPEC_VERSION;
	wire_init(&w);
	wire_add(&w, m);
	client_step(c, &w);
	if (c->answers[0].err)
		finding("%s is refused, error %d", spec_op(cmd)->name,
			c->answers[0].err);
}

static void new_switch(struct client *c, __u8 name, bool vlan_aware)
{
	struct fz_msg m = {};

	put(&m, VSW_A_SWITCH_VLAN_AWARE, 1, vlan_aware, NO_NAME);
	m.attrs[m.n].type = VSW_A_SWITCH_NAME;
	m.attrs[m.n].name = NO_NAME;
	m.attrs[m.n].len = strlen(names[name]) + 1;
	memcpy(m.attrs[m.n].data, names[name], m.attrs[m.n].len);
	m.n++;
	grant(c, &m, VSW_CMD_SWITCH_NEW);
}

static void new_port(struct client *c, __u8 sw, __u8 port)
{
	struct fz_msg m = {};

	put(&m, VSW_A_PORT_SWITCH, sizeof(__u32), 0, sw);
	put(&m, VSW_A_PORT_IFINDEX, sizeof(__u32), 0, port);
	grant(c, &m, VSW_CMD_PORT_NEW);
}

static void new_entry(struct client *c, __u8 port, __u8 last)
{
	struct fz_msg m = {};

	put(&m, VSW_A_FDB_PORT, sizeof(__u32), 0, port);
	put(&m, VSW_A_FDB_MAC, sizeof(__u32), 0, NO_NAME);
	m.attrs[1].len = 6;
	memset(m.attrs[1].data, 0, 6);
	m.attrs[1].data[0] = 2;
	m.attrs[1].data[5] = last;
	grant(c, &m, VSW_CMD_FDB_NEW);
}

static void new_set(struct client *c, const char *name)
{
	struct fz_msg m = {};

	put(&m, VSW_A_SET_NAME, sizeof(__u32), 0, NO_NAME);
	m.attrs[0].len = strlen(name) + 1;
	memcpy(m.attrs[0].data, name, m.attrs[0].len);
	grant(c, &m, VSW_CMD_SET_NEW);
}

/* Switches, ports, entries and a set for messages to name. */
void world_fill(struct client *c)
{
	new_switch(c, 0, true);
	new_switch(c, 1, true);
	new_switch(c, 2, false);
	new_port(c, 0, FIRST_VETH);
	if (c->tap[0] >= 0)
		new_port(c, 0, FIRST_TAP);
	new_port(c, 1, FIRST_VETH + 1);
	if (c->tap[1] >= 0)
		new_port(c, 1, FIRST_TAP + 1);
	new_port(c, 2, FIRST_VETH + 2);
	new_entry(c, FIRST_VETH, 1);
	new_entry(c, FIRST_VETH + 2, 1);
	new_set(c, names[FIRST_INTERNAL]);
}

/* A change, whatever there is in the world as it was filled. */
void world_change(struct client *c)
{
	new_entry(c, FIRST_VETH, 3);
}

static void del_set(struct client *c, const char *name)
{
	struct fz_msg m = {};

	put(&m, VSW_A_SET_NAME, sizeof(__u32), 0, NO_NAME);
	m.attrs[0].len = strlen(name) + 1;
	memcpy(m.attrs[0].data, name, m.attrs[0].len);
	grant(c, &m, VSW_CMD_SET_DEL);
}

/* Removes each switch there is, whatever its name, and then each set, which no
 * rule names any more.
 */
void world_empty(struct client *c)
{
	struct state now = {};
	struct fz_msg m;
	size_t i;

	state_take(c, &now, false);
	for (i = 0; i < now.n; i++) {
		if (!now.lines[i].switch_index)
			continue;
		memset(&m, 0, sizeof(m));
		put(&m, VSW_A_SWITCH_IFINDEX, sizeof(__u32),
		    now.lines[i].switch_index, NO_NAME);
		grant(c, &m, VSW_CMD_SWITCH_DEL);
	}
	/* Those with many addresses have more lines, one behind the other. */
	for (i = 0; i < now.n; i++) {
		if (*now.lines[i].set && (!i || strcmp(now.lines[i].set,
						       now.lines[i - 1].set)))
			del_set(c, now.lines[i].set);
	}
	state_free(&now);
}
