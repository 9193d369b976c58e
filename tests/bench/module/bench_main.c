// SPDX-License-Identifier: GPL-2.0
/*
 * vsw_bench - for tests only: hands frames to a device as its driver would, and
 * says how long it took until they were where they were to go.
 *
 * In debugfs, folder vsw_bench:
 *   handler  takes "null DEV": free what DEV receives;
 *                  "redirect DEV OUT": send it by OUT, and do nothing else;
 *                  "off DEV"
 *   run      takes a line for each generator, see bench_gen.c, and returns when
 *            they have ended; then gives a line for each
 * Devices are those of the writer's network namespace.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "bench.h"

#define MAX_WRITE	16384

static DEFINE_MUTEX(bench_mutex);
static struct dentry *bench_dir;
static char bench_answer[128];

static ssize_t handler_write(struct file *file, const char __user *buf,
			     size_t count, loff_t *ppos)
{
	char *line;
	int err;

	if (count > MAX_WRITE)
		return -EMSGSIZE;
	line = memdup_user_nul(buf, count);
	if (IS_ERR(line))
		return PTR_ERR(line);
	err = bench_handler_set(current->nsproxy->net_ns, line);
	kfree(line);
	return err ?: count;
}

static ssize_t run_write(struct file *file, const char __user *buf,
			 size_t count, loff_t *ppos)
{
	char *lines;
	int err;

	if (count > MAX_WRITE)
		return -EMSGSIZE;
	lines = memdup_user_nul(buf, count);
	if (IS_ERR(lines))
		return PTR_ERR(lines);
	mutex_lock(&bench_mutex);
	err = bench_gen_run(current->nsproxy->net_ns, lines, bench_answer,
			    sizeof(bench_answer));
	mutex_unlock(&bench_mutex);
	kfree(lines);
	return err ?: count;
}

static ssize_t run_read(struct file *file, char __user *buf, size_t count,
			loff_t *ppos)
{
	ssize_t ret;

	mutex_lock(&bench_mutex);
	ret = simple_read_from_buffer(buf, count, ppos, bench_answer,
				      strlen(bench_answer));
	mutex_unlock(&bench_mutex);
	return ret;
}

static const struct file_operations handler_fops = {
	.owner	= THIS_MODULE,
	.write	= handler_write,
};

static const struct file_operations run_fops = {
	.owner	= THIS_MODULE,
	.read	= run_read,
	.write	= run_write,
};

static int __init bench_init(void)
{
	int err;

	err = bench_handler_init();
	if (err)
		return err;
	bench_dir = debugfs_create_dir("vsw_bench", NULL);
	debugfs_create_file("handler", 0200, bench_dir, NULL, &handler_fops);
	debugfs_create_file("run", 0600, bench_dir, NULL, &run_fops);
	return 0;
}

static void __exit bench_exit(void)
{
	debugfs_remove(bench_dir);
	bench_handler_exit();
}

module_init(bench_init);
module_exit(bench_exit);

MODULE_DESCRIPTION("What a frame costs on its way through a switch");
MODULE_LICENSE("GPL");
