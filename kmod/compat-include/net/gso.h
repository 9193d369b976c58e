/* SPDX-License-Identifier: GPL-2.0 */
/* What 6.4 put there was in <linux/skbuff.h> before. */
#ifdef VSW_HAVE_NET_GSO_H
#include_next <net/gso.h>
#else
#include <linux/skbuff.h>
#endif
