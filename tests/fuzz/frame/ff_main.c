// SPDX-License-Identifier: GPL-2.0
/*
 * frame_fuzz - for tests only: frames of any geometry that an skb may have,
 * made in the kernel, into ports of a switch; and netdevices that hold what
 * comes out against what went in.
 */
#include <linux/capability.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/nsproxy.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "ff.h"

/* One injection at a time: there is one frame to compare with. */
static DEFINE_MUTEX(ff_mutex);

union ff_arg {
	struct ff_inject inject;
	struct ff_sink sink;
	struct ff_watch watch;
};

static int run(unsigned int cmd, union ff_arg *arg)
{
	struct net *net = current->nsproxy->net_ns;

	switch (cmd) {
	case FF_IOC_INJECT:
		return ff_inject(net, &arg->inject);
	case FF_IOC_SINK_SET:
		return ff_sink_set(net, &arg->sink);
	case FF_IOC_SINK_GET:
		return ff_sink_get(net, &arg->sink);
	case FF_IOC_WATCH_SET:
		return ff_watch_set(net, &arg->watch);
	case FF_IOC_WATCH_GET:
		ff_watch_get(&arg->watch);
		return 0;
	}
	return -ENOTTY;
}

static long ff_ioctl(struct file *file, unsigned int cmd, unsigned long p)
{
	void __user *user = (void __user *)p;
	union ff_arg *arg;
	int err = -EFAULT;

	if (!capable(CAP_NET_ADMIN))
		return -EPERM;
	if (_IOC_SIZE(cmd) > sizeof(*arg))
		return -ENOTTY;
	arg = kzalloc(sizeof(*arg), GFP_KERNEL);
	if (!arg)
		return -ENOMEM;
	mutex_lock(&ff_mutex);
	if (!copy_from_user(arg, user, _IOC_SIZE(cmd)))
		err = run(cmd, arg);
	mutex_unlock(&ff_mutex);
	if (!err && copy_to_user(user, arg, _IOC_SIZE(cmd)))
		err = -EFAULT;
	kfree(arg);
	return err;
}

static const struct proc_ops ff_proc_ops = {
	.proc_ioctl	= ff_ioctl,
};

static int __init ff_init(void)
{
	int err;

	err = ff_inject_init();
	if (err)
		return err;
	err = ff_sink_init();
	if (err)
		goto err_inject;
	err = -ENOMEM;
	if (!proc_create("frame_fuzz", 0600, NULL, &ff_proc_ops))
		goto err_sink;
	return 0;

err_sink:
	ff_sink_exit();
err_inject:
	ff_inject_exit();
	return err;
}

static void __exit ff_exit(void)
{
	remove_proc_entry("frame_fuzz", NULL);
	ff_watch_exit();
	ff_sink_exit();
	ff_inject_exit();
}

module_init(ff_init);
module_exit(ff_exit);

MODULE_DESCRIPTION("Frames of all geometries into ports of a switch");
MODULE_LICENSE("GPL");
