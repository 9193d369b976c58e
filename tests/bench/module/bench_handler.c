// SPDX-License-Identifier: GPL-2.0
/*
 * The two rx_handlers that the others are measured against: one that does
 * nothing, and one that does the least that brings a frame out of a device.
 */
#include <linux/etherdevice.h>
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "bench.h"

/**
 * struct handler - what a device received is done with
 * @list: in handlers, under RTNL
 * @in: the device
 * @out: where it is sent, or NULL
 */
struct handler {
	struct list_head list;
	struct net_device *in;
	struct net_device *out;
};

static LIST_HEAD(handlers);

static rx_handler_result_t null_rx(struct sk_buff **pskb)
{
	consume_skb(*pskb);
	return RX_HANDLER_CONSUMED;
}

static rx_handler_result_t redirect_rx(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;

	skb->dev = rcu_dereference(skb->dev->rx_handler_data);
	skb_push(skb, ETH_HLEN);
	dev_queue_xmit(skb);
	return RX_HANDLER_CONSUMED;
}

static int add(struct net_device *in, struct net_device *out)
{
	struct handler *handler = kzalloc(sizeof(*handler), GFP_KERNEL);
	int err;

	if (!handler)
		return -ENOMEM;
	err = netdev_rx_handler_register(in, out ? redirect_rx : null_rx, out);
	if (err) {
		kfree(handler);
		return err;
	}
	handler->in = in;
	handler->out = out;
	list_add(&handler->list, &handlers);
	return 0;
}

static void del(struct handler *handler)
{
	netdev_rx_handler_unregister(handler->in);
	list_del(&handler->list);
	kfree(handler);
}

/* Those that have to do with a device; with none, all. */
static int del_all_of(const struct net_device *dev)
{
	struct handler *handler, *next;
	int err = -ENODEV;

	list_for_each_entry_safe(handler, next, &handlers, list) {
		if (dev && handler->in != dev && handler->out != dev)
			continue;
		del(handler);
		err = 0;
	}
	return err;
}

/**
 * bench_handler_set - put a handler on a device, or take it off
 * @net: where the devices are
 * @line: what is to be done, see bench_main.c
 *
 * Context: may sleep.
 * Return: 0 or an error.
 */
int bench_handler_set(struct net *net, const char *line)
{
	char what[16], name_in[IFNAMSIZ], name_out[IFNAMSIZ];
	int n, err = -EINVAL;
	struct net_device *in, *out = NULL;

	n = sscanf(line, BENCH_NAME BENCH_NAME BENCH_NAME, what, name_in,
		   name_out);
	if (n < 2)
		return -EINVAL;
	rtnl_lock();
	in = __dev_get_by_name(net, name_in);
	if (n == 3)
		out = __dev_get_by_name(net, name_out);
	if (!in || (n == 3 && !out))
		err = -ENODEV;
	else if (!strcmp(what, "off"))
		err = del_all_of(in);
	else if (!strcmp(what, out ? "redirect" : "null"))
		err = add(in, out);
	rtnl_unlock();
	return err;
}

static int on_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	if (event == NETDEV_UNREGISTER)
		del_all_of(netdev_notifier_info_to_dev(ptr));
	return NOTIFY_DONE;
}

static struct notifier_block notifier = {
	.notifier_call	= on_event,
};

/**
 * bench_handler_init - be told of devices that go
 *
 * Return: 0 or an error.
 */
int __init bench_handler_init(void)
{
	return register_netdevice_notifier(&notifier);
}

/**
 * bench_handler_exit - take all handlers off
 */
void bench_handler_exit(void)
{
	unregister_netdevice_notifier(&notifier);
	rtnl_lock();
	del_all_of(NULL);
	rtnl_unlock();
}
