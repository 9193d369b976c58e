/* SPDX-License-Identifier: GPL-2.0 */
#include_next <net/genetlink.h>

#ifndef VSW_COMPAT_NET_GENETLINK_H
#define VSW_COMPAT_NET_GENETLINK_H

/* Before 6.7 a dump had no struct genl_info, only its attributes, which sit in
 * a field of the same name.
 */
#ifndef VSW_HAVE_GENL_INFO_DUMP
#define genl_info_dump(cb)	genl_dumpit_info(cb)
#endif

/* Before 6.7 a group that takes CAP_NET_ADMIN to join had the flag of a command
 * that takes it, which newer kernels do not look for there.
 */
#ifndef GENL_MCAST_CAP_NET_ADMIN
#define GENL_MCAST_CAP_NET_ADMIN	GENL_UNS_ADMIN_PERM
#endif

#endif
