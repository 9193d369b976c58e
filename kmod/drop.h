/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The drop reasons, once. &enum vsw_drop in the ABI numbers them; what is
 * derived here cannot be out of step with it, since each line names its value.
 */
#ifndef VSW_DROP_H
#define VSW_DROP_H

#include <linux/vswitch.h>

/* X(value, name) */
#define VSW_DROPS(X)						\
	X(VSW_DROP_MALFORMED,		"malformed")		\
	X(VSW_DROP_SRC_INVALID,		"src-invalid")		\
	X(VSW_DROP_SRC_LOCAL,		"src-local")		\
	X(VSW_DROP_DST_RESERVED,	"dst-reserved")		\
	X(VSW_DROP_VLAN_TAGGED,		"vlan-tagged")		\
	X(VSW_DROP_VLAN_UNTAGGED,	"vlan-untagged")	\
	X(VSW_DROP_VLAN_INGRESS,	"vlan-ingress")		\
	X(VSW_DROP_VLAN_EGRESS,		"vlan-egress")		\
	X(VSW_DROP_SAME_PORT,		"same-port")		\
	X(VSW_DROP_NO_RECEIVER,		"no-receiver")		\
	X(VSW_DROP_PORT_DOWN,		"port-down")		\
	X(VSW_DROP_TOO_BIG,		"too-big")		\
	X(VSW_DROP_NO_MEMORY,		"no-memory")		\
	X(VSW_DROP_QUEUE_FULL,		"queue-full")

#endif /* VSW_DROP_H */
