/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Netlink: requests, answers and events. nl*.c alone know libmnl.
 */
#ifndef VSCTL_NL_H
#define VSCTL_NL_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <linux/vswitch.h>

#include "action.h"
#include "match.h"

struct nlattr;
struct nlmsghdr;
struct vsctl;

/* Requests that a batch sends before it waits for their answers. */
#define NL_WINDOW	128

/* Drop counters of one port or switch that vsctl has room for. */
#define NL_COUNTERS_MAX	256

#define NL_MAC_LEN	6

/* Events besides those of switches and ports, as bits. */
#define NL_EVENTS_FDB	0x1
#define NL_EVENTS_RULE	0x2
#define NL_EVENTS_DROP	0x4

/* Room for a drop reason's name. */
#define NL_REASON_LEN	32

/**
 * struct nl_error - what an answer says of a request
 * @err: 0, or a negative error
 * @msg: the kernel's sentence, or NULL
 * @offs: offset of the attribute at fault in the request, 0 if there is none
 */
struct nl_error {
	int err;
	const char *msg;
	uint32_t offs;
};

enum nl_type {
	NL_U8,
	NL_U16,
	NL_U32,
	NL_U64,
	NL_STRING,
	NL_BINARY,
	NL_NEST,
};

/**
 * struct nl_field - an attribute that vsctl reads
 * @attr: which
 * @type: what it must be
 * @bit: bit in the object's flags, its first member, that tells it was there;
 *	0: @attr
 * @off: where its place in the object is
 * @len: room there, for strings and binaries
 * @nest: takes a nest, or a binary of no fixed length; returns 0, or -1 if it
 *	is malformed
 */
struct nl_field {
	uint16_t attr;
	enum nl_type type;
	uint16_t bit;
	size_t off;
	size_t len;
	int (*nest)(const struct nlattr *attr, void *obj);
};

#define NL_NUM(s, member, a, t) \
	{ .attr = (a), .type = (t), .off = offsetof(s, member) }

#define NL_BYTES(s, member, n, a, t) \
	{ .attr = (a), .type = (t), .off = offsetof(s, member), .len = (n) }

#define NL_NESTED(a, fn) \
	{ .attr = (a), .type = NL_NEST, .nest = (fn) }

/*
 * In each of these, @has tells by BIT(VSW_A_...) which attributes were there.
 */
struct nl_switch {
	uint32_t has;
	uint32_t ifindex;
	char name[IF_NAMESIZE];
	uint8_t vlan_aware;
	uint32_t ageing;
	uint32_t fdb_limit;
	uint32_t fdb_count;
	uint32_t fdb_learned;
	uint64_t fdb_refused;
	uint32_t port_count;
	uint32_t policy;
	uint16_t ct_zone;
};

struct nl_stats {
	uint32_t has;
	uint64_t rx_packets;
	uint64_t rx_bytes;
	uint64_t tx_packets;
	uint64_t tx_bytes;
	uint64_t drops;
};

struct nl_port {
	uint32_t has;
	uint32_t ifindex;
	char name[IF_NAMESIZE];
	uint32_t sw;
	uint32_t type;
	uint32_t vlan_mode;
	uint16_t pvid;
	uint8_t vlans[VSW_VLANS_LEN];
	uint8_t up;
	uint32_t policy;
	char rules[VSW_NAME_MAX + 1];
	struct nl_stats stats;
};

struct nl_fdb {
	uint32_t has;
	uint32_t sw;
	uint32_t port;
	uint8_t mac[NL_MAC_LEN];
	uint16_t vid;
	uint32_t type;
	uint32_t age;
};

struct nl_counter {
	uint32_t has;
	uint32_t reason;
	char name[NL_REASON_LEN];
	uint64_t packets;
};

struct nl_drops {
	uint32_t has;
	uint32_t sw;
	uint32_t port;
	unsigned int n;
	struct nl_counter counters[NL_COUNTERS_MAX];
};

struct nl_rule {
	uint32_t has;
	uint32_t sw;
	uint32_t id;
	uint32_t prio;
	uint8_t band;
	char group[VSW_NAME_MAX + 1];
	uint32_t idle;
	uint32_t hard;
	uint32_t shadow;
	struct match match;
	struct actions actions;
	uint64_t packets;
	uint64_t bytes;
	uint32_t used;
};

/**
 * struct nl_address - an address of a set, or a prefix
 * @attr: &enum vsw_a_set_address
 * @len: bytes of @data
 * @data: as in the ABI
 * @word: as it was given, or NULL
 */
struct nl_address {
	uint16_t attr;
	uint8_t len;
	uint8_t data[MATCH_VALUE_LEN];
	const char *word;
};

struct nl_set {
	uint32_t has;
	char name[VSW_NAME_MAX + 1];
	uint32_t count;
	uint32_t rules;
	unsigned int n;
	struct nl_address addresses[VSW_SET_CHANGES_MAX];
};

struct nl_policer {
	uint32_t has;
	uint32_t sw;
	char name[VSW_NAME_MAX + 1];
	uint64_t rate;
	uint32_t burst;
	uint32_t pps;
	uint32_t pburst;
	uint64_t passed_packets;
	uint64_t passed_bytes;
	uint64_t dropped_packets;
	uint64_t dropped_bytes;
	uint32_t rules;
};

struct nl_step {
	uint32_t has;
	uint32_t step;
	uint32_t port;
	uint16_t vid;
	uint32_t fdb_type;
	uint8_t fdb_full;
	uint32_t rule;
	uint32_t ct;
	uint32_t reason;
	char reason_name[NL_REASON_LEN];
	uint32_t sample_rate;
	uint32_t sample_group;
	unsigned int len;
	uint8_t frame[VSW_TRACE_FRAME_MAX + 4];
};

struct nl_drop_event {
	uint32_t has;
	uint32_t sw;
	uint32_t in;
	uint32_t out;
	uint32_t reason;
	char reason_name[NL_REASON_LEN];
	uint16_t vid;
	uint32_t length;
	unsigned int frame_len;
	uint8_t frame[VSW_DROP_FRAME_MAX];
	uint64_t missed;
};

/**
 * typedef nl_cb - takes one message
 * @nlh: the message
 * @data: the caller's
 *
 * Return: 0, or to have no further message an exit code, or -1 if this one is
 *	malformed
 */
typedef int (*nl_cb)(const struct nlmsghdr *nlh, void *data);

/**
 * typedef nl_attr_cb - takes one attribute
 * @type: which
 * @data: its bytes
 * @len: how many
 * @obj: the caller's
 *
 * Return: 0, or -1 if it is malformed
 */
typedef int (*nl_attr_cb)(uint16_t type, const void *data, size_t len,
			  void *obj);

struct nl *nl_new(struct vsctl *v);
void nl_free(struct nl *nl);
int nl_connect(struct nl *nl, int bus);
int nl_open(struct vsctl *v);

void *nl_begin(struct nl *nl, uint16_t type, size_t hdrlen);
void nl_request(struct nl *nl, uint8_t cmd);
void nl_put_bin(struct nl *nl, uint16_t attr, const void *val, size_t len,
		const char *word);

static inline void nl_put_u8(struct nl *nl, uint16_t attr, uint8_t val,
			     const char *word)
{
	nl_put_bin(nl, attr, &val, sizeof(val), word);
}

static inline void nl_put_u16(struct nl *nl, uint16_t attr, uint16_t val,
			      const char *word)
{
	nl_put_bin(nl, attr, &val, sizeof(val), word);
}

static inline void nl_put_u32(struct nl *nl, uint16_t attr, uint32_t val,
			      const char *word)
{
	nl_put_bin(nl, attr, &val, sizeof(val), word);
}

static inline void nl_put_str(struct nl *nl, uint16_t attr, const char *val,
			      const char *word)
{
	nl_put_bin(nl, attr, val, strlen(val) + 1, word);
}

struct nlattr *nl_nest_begin(struct nl *nl, uint16_t attr);
void nl_nest_end(struct nl *nl, struct nlattr *nest);
int nl_do(struct nl *nl);
int nl_queue(struct nl *nl);
int nl_flush(struct nl *nl);
int nl_get(struct nl *nl, nl_cb cb, void *data);
int nl_dump(struct nl *nl, nl_cb cb, void *data);
int nl_try(struct nl *nl, nl_cb cb, void *data);
int nl_try_dump(struct nl *nl, nl_cb cb, void *data);
int nl_open_events(struct vsctl *v, unsigned int events, struct nl **ev);
int nl_events(struct nl *nl, nl_cb cb, void *data);

/* Answers. They check all they read: what comes in may be anything. */
int nl_feed(struct nl *nl, const void *buf, size_t len);
uint8_t nl_command(const struct nlmsghdr *nlh);
int nl_parse_error(const struct nlmsghdr *nlh, struct nl_error *e);
int nl_take_nest(const struct nlattr *attr, const struct nl_field *fields,
		 unsigned int n, void *obj);
int nl_each(const struct nlattr *attr, nl_attr_cb cb, void *obj);
int nl_take(const struct nlmsghdr *nlh, size_t hdrlen,
	    const struct nl_field *fields, unsigned int n, void *obj);

/* reply.c */
int nl_parse_switch(const struct nlmsghdr *nlh, struct nl_switch *sw);
int nl_parse_port(const struct nlmsghdr *nlh, struct nl_port *port);
int nl_parse_fdb(const struct nlmsghdr *nlh, struct nl_fdb *fdb);
int nl_parse_rule(const struct nlmsghdr *nlh, struct nl_rule *rule);
int nl_parse_set(const struct nlmsghdr *nlh, struct nl_set *set);
int nl_parse_policer(const struct nlmsghdr *nlh, struct nl_policer *policer);
int nl_parse_step(const struct nlmsghdr *nlh, struct nl_step *step);
int nl_parse_drops(const struct nlmsghdr *nlh, struct nl_drops *drops);
int nl_parse_drop_event(const struct nlmsghdr *nlh, struct nl_drop_event *e);

#endif /* VSCTL_NL_H */
