/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Included ahead of each source file of the module when it is built for fault
 * injection: failslab and fail_page_alloc do not reach what comes out of the
 * per-CPU allocator, and cannot make kvzalloc() fail, which tries twice.
 */
#ifndef FAULT_HOOK_H
#define FAULT_HOOK_H

#ifdef CONFIG_FAULT_INJECTION

#include <linux/fault-inject.h>
#include <linux/mm.h>
#include <linux/percpu.h>

/* Fails when fail-nth of the task says so, never by itself. */
static inline bool fault_hook(void)
{
	static DECLARE_FAULT_ATTR(attr);

	return should_fail(&attr, 1);
}

#undef alloc_percpu_gfp
#define alloc_percpu_gfp(type, gfp)					\
	(fault_hook() ? NULL :						\
	 (typeof(type) __percpu *)__alloc_percpu_gfp(sizeof(type),	\
						     __alignof__(type), gfp))

#undef kvzalloc
#define kvzalloc(size, gfp)						\
	(fault_hook() ? NULL : kvmalloc(size, (gfp) | __GFP_ZERO))

#endif /* CONFIG_FAULT_INJECTION */

#endif /* FAULT_HOOK_H */
