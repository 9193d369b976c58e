// SPDX-License-Identifier: GPL-2.0
/*
 * One bug of each kind, for a debug kernel to see: what it does not report of
 * these it would not report of vswitch either. Writing a bug's name to the
 * module's parameter "bug" sets it off, on a small scale that a machine
 * survives.
 */
#include <linux/debugobjects.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>

static DEFINE_SPINLOCK(outer);
static DEFINE_SPINLOCK(inner);
static int __rcu *guarded;
static int shared;

/*
 * The compiler is not to see through any of this, nor to complain:
 * OPTIMIZER_HIDE_VAR() takes from it what it knows.
 */

static void use_after_free(void)
{
	int *p = kmalloc(sizeof(*p), GFP_KERNEL);
	int *freed = p;

	OPTIMIZER_HIDE_VAR(freed);
	kfree(p);
	if (freed)
		WRITE_ONCE(*freed, 1);
}

static void double_free(void)
{
	void *p = kmalloc(64, GFP_KERNEL);
	void *freed = p;

	OPTIMIZER_HIDE_VAR(freed);
	kfree(p);
	kfree(freed);
}

static void out_of_bounds(void)
{
	size_t behind = 13;
	u8 *p = kmalloc(behind, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(behind);
	if (p)
		WRITE_ONCE(p[behind], 1);
	kfree(p);
}

static void out_of_bounds_vmalloc(void)
{
	size_t behind = PAGE_SIZE - 3;
	u8 *p = vmalloc(behind);

	OPTIMIZER_HIDE_VAR(behind);
	if (p)
		WRITE_ONCE(p[behind], 1);
	vfree(p);
}

static void out_of_bounds_stack(void)
{
	u8 array[13];
	size_t behind = sizeof(array);

	OPTIMIZER_HIDE_VAR(behind);
	WRITE_ONCE(array[behind], 1);
}

static void bad_shift(void)
{
	unsigned int bits = 32;

	OPTIMIZER_HIDE_VAR(bits);
	WRITE_ONCE(shared, 1 << bits);
}

static void leak(void)
{
	void *p = kmalloc(512, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(p);
}

static void sleep_in_atomic(void)
{
	spin_lock(&outer);
	kfree(kmalloc(64, GFP_KERNEL));
	spin_unlock(&outer);
}

static void rcu_misuse(void)
{
	(void)READ_ONCE(*rcu_dereference(guarded));
}

static void lock_inversion(void)
{
	spin_lock(&outer);
	spin_lock(&inner);
	spin_unlock(&inner);
	spin_unlock(&outer);
	spin_lock(&inner);
	spin_lock(&outer);
	spin_unlock(&outer);
	spin_unlock(&inner);
}

static void nothing_to_do(struct timer_list *timer)
{
}

static void freed_timer(void)
{
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return;
	timer_setup(timer, nothing_to_do, 0);
	mod_timer(timer, jiffies + HZ);
	/* What checks the object stops the timer, too. */
	kfree(timer);
}

static void refcount(void)
{
	refcount_t ref = REFCOUNT_INIT(0);

	refcount_inc(&ref);
}

static void no_rtnl(void)
{
	ASSERT_RTNL();
}

static int racer(void *unused)
{
	unsigned long end = jiffies + HZ;

	while (time_before(jiffies, end)) {
		barrier();
		shared++;
		cond_resched();
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void unmarked_race(void)
{
	struct task_struct *task[2];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(task); i++)
		task[i] = kthread_run(racer, NULL, "racer");
	msleep(1200);
	for (i = 0; i < ARRAY_SIZE(task); i++)
		if (!IS_ERR(task[i]))
			kthread_stop(task[i]);
}

static const struct {
	const char	*name;
	void		(*set_off)(void);
} bugs[] = {
	{ "use_after_free", use_after_free },
	{ "double_free", double_free },
	{ "out_of_bounds", out_of_bounds },
	{ "out_of_bounds_vmalloc", out_of_bounds_vmalloc },
	{ "out_of_bounds_stack", out_of_bounds_stack },
	{ "bad_shift", bad_shift },
	{ "leak", leak },
	{ "sleep_in_atomic", sleep_in_atomic },
	{ "rcu_misuse", rcu_misuse },
	{ "lock_inversion", lock_inversion },
	{ "freed_timer", freed_timer },
	{ "refcount", refcount },
	{ "no_rtnl", no_rtnl },
	{ "unmarked_race", unmarked_race },
};

static int set_bug(const char *name, const struct kernel_param *kp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bugs); i++) {
		if (sysfs_streq(name, bugs[i].name)) {
			bugs[i].set_off();
			return 0;
		}
	}
	return -EINVAL;
}

static const struct kernel_param_ops bug_ops = {
	.set = set_bug,
};

module_param_cb(bug, &bug_ops, NULL, 0200);
MODULE_PARM_DESC(bug, "name of the bug to set off");

static int __init planted_init(void)
{
	static int value;

	RCU_INIT_POINTER(guarded, &value);
	return 0;
}

static void __exit planted_exit(void)
{
}

module_init(planted_init);
module_exit(planted_exit);
MODULE_DESCRIPTION("Bugs for the detectors of debug kernels");
MODULE_LICENSE("GPL");
