// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl fdb
 */
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl fdb add MAC [ vlan VID ] port DEV [ switch SWITCH ] [ static ]\n"
	"vsctl fdb set MAC [ vlan VID ] port DEV [ switch SWITCH ]\n"
	"vsctl fdb del MAC [ vlan VID ] [ switch SWITCH ]\n"
	"vsctl fdb show [ SWITCH ] [ port DEV ] [ vlan VID ] [ MAC ]\n"
	"vsctl fdb flush SWITCH [ port DEV ] [ vlan VID ]\n";

static const char *const types[] = {
	[VSW_FDB_TYPE_LEARNED]	= "learned",
	[VSW_FDB_TYPE_STATIC]	= "static",
	[VSW_FDB_TYPE_LOCAL]	= "local",
};

/* Where there is no VLAN, text has room for one. */
static void print_vid(struct out *o, uint16_t vid)
{
	char text[8];

	if (vid) {
		snprintf(text, sizeof(text), "%u", vid);
		out_num(o, "vid", "vlan", vid);
		out_width(o, 4, text);
	} else {
		out_width(o, sizeof(" vlan 4094") - 1, "");
	}
}

/**
 * fdb_print - write the fields of an entry of the MAC table
 * @v: the run
 * @fdb: the entry
 */
void fdb_print(struct vsctl *v, const struct nl_fdb *fdb)
{
	const char *index = v->details ? "ifindex" : OUT_JSON_ONLY;
	struct out *o = &v->out;
	char mac[MAC_STRLEN];

	format_mac(fdb->mac, mac);
	out_str(o, OUT_MAC, "mac", NULL, mac);
	print_vid(o, fdb->vid);
	out_str(o, OUT_NAME, "port", "port", names_name(fdb->port));
	out_width(o, 8, names_name(fdb->port));
	out_num(o, "port-ifindex", index, fdb->port);
	out_str(o, OUT_NAME, "switch", "switch", names_name(fdb->sw));
	out_width(o, 6, names_name(fdb->sw));
	out_num(o, "switch-ifindex", index, fdb->sw);
	out_str(o, OUT_PLAIN, "type", NULL,
		names_enum(types, ARRAY_SIZE(types), fdb->type));
	if (fdb->has & BIT(VSW_A_FDB_AGE) && (v->stats || v->details))
		out_msec(o, "age", "age", fdb->age);
}

struct filter {
	struct vsctl *v;
	bool mac_given;
	uint8_t mac[MAC_LEN];
};

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	struct filter *filter = data;
	struct vsctl *v = filter->v;
	struct nl_fdb fdb;

	if (nl_parse_fdb(nlh, &fdb))
		return -1;
	if (filter->mac_given && memcmp(filter->mac, fdb.mac, MAC_LEN))
		return 0;
	out_object_begin(&v->out, NULL);
	fdb_print(v, &fdb);
	out_object_end(&v->out);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

/**
 * struct scope - which entries are meant
 * @sw: name of the switch, or NULL
 * @port: name of the port, or NULL
 * @vid: the VLAN, or 0
 * @vid_word: as it was given, or NULL
 */
struct scope {
	const char *sw;
	const char *port;
	uint16_t vid;
	const char *vid_word;
};

/* Begin a request about the entries in @s. */
static int begin_scope(struct vsctl *v, uint8_t cmd, const struct scope *s)
{
	uint32_t sw, port;
	int rc;

	rc = nl_open(v);
	if (!rc && s->sw)
		rc = names_index(v, s->sw, &sw);
	if (!rc && s->port)
		rc = names_index(v, s->port, &port);
	if (rc)
		return rc;
	nl_request(v->nl, cmd);
	if (s->sw)
		nl_put_u32(v->nl, VSW_A_FDB_SWITCH, sw, s->sw);
	if (s->port)
		nl_put_u32(v->nl, VSW_A_FDB_PORT, port, s->port);
	if (s->vid)
		nl_put_u16(v->nl, VSW_A_FDB_VID, s->vid, s->vid_word);
	return 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	struct filter filter = { .v = v };
	struct scope s = {};
	struct arg args[] = {
		{ .key = "port", .type = &type_dev, .to = &s.port },
		{ .key = "vlan", .type = &type_vid, .to = &s.vid },
		{ .type = &type_mac, .to = filter.mac },
		{ .type = &type_dev, .to = &s.sw },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (rc)
		return rc;
	s.vid_word = args[1].word;
	filter.mac_given = args[2].word;
	rc = begin_scope(v, VSW_CMD_FDB_GET, &s);
	if (rc)
		return rc;
	out_list_begin(&v->out);
	rc = nl_dump(v->nl, show_one, &filter);
	out_list_end(&v->out);
	return rc;
}

static int cmd_flush(struct vsctl *v, struct words *w)
{
	struct scope s = {};
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &s.sw,
		  .needed = true },
		{ .key = "port", .type = &type_dev, .to = &s.port },
		{ .key = "vlan", .type = &type_vid, .to = &s.vid },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (rc)
		return rc;
	s.vid_word = args[2].word;
	rc = begin_scope(v, VSW_CMD_FDB_FLUSH, &s);
	return rc ? rc : nl_do(v->nl);
}

/* "fdb add" and "fdb set": MAC, VLAN and the port it is to be at. */
static int place(struct vsctl *v, struct words *w, uint8_t cmd)
{
	bool is_static = false;
	uint8_t mac[MAC_LEN];
	struct scope s = {};
	struct arg args[] = {
		{ .type = &type_mac, .to = mac, .needed = true },
		{ .key = "port", .type = &type_dev, .to = &s.port,
		  .needed = true },
		{ .key = "vlan", .type = &type_vid, .to = &s.vid },
		{ .key = "switch", .type = &type_dev, .to = &s.sw },
		{ .key = "static", .to = &is_static },
	};
	int n = cmd == VSW_CMD_FDB_NEW ? 5 : 4;
	int rc;

	rc = args_parse(v, w, args, n);
	if (rc)
		return rc;
	s.vid_word = args[2].word;
	rc = begin_scope(v, cmd, &s);
	if (rc)
		return rc;
	nl_put_bin(v->nl, VSW_A_FDB_MAC, mac, sizeof(mac), args[0].word);
	return nl_queue(v->nl);
}

static int cmd_add(struct vsctl *v, struct words *w)
{
	return place(v, w, VSW_CMD_FDB_NEW);
}

static int cmd_set(struct vsctl *v, struct words *w)
{
	return place(v, w, VSW_CMD_FDB_SET);
}

static int cmd_del(struct vsctl *v, struct words *w)
{
	uint8_t mac[MAC_LEN];
	uint32_t sw_index;
	struct scope s = {};
	struct arg args[] = {
		{ .type = &type_mac, .to = mac, .needed = true },
		{ .key = "switch", .type = &type_dev, .to = &s.sw },
		{ .key = "vlan", .type = &type_vid, .to = &s.vid },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && !s.sw)
		rc = switch_only(v, &sw_index);
	if (rc)
		return rc;
	s.vid_word = args[2].word;
	rc = begin_scope(v, VSW_CMD_FDB_DEL, &s);
	if (rc)
		return rc;
	if (!s.sw)
		nl_put_u32(v->nl, VSW_A_FDB_SWITCH, sw_index, NULL);
	nl_put_bin(v->nl, VSW_A_FDB_MAC, mac, sizeof(mac), args[0].word);
	return nl_queue(v->nl);
}

static const struct command commands[] = {
	{ "add", cmd_add, true },
	{ "set", cmd_set, true },
	{ "del", cmd_del, true },
	{ "show", cmd_show, false },
	{ "flush", cmd_flush, false },
	{},
};

const struct object object_fdb = { "fdb", help, commands, NULL };
