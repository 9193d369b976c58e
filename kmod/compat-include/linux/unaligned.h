/* SPDX-License-Identifier: GPL-2.0 */
/* Where 6.12 moved it to. */
#ifdef VSW_HAVE_LINUX_UNALIGNED_H
#include_next <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif
