/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vswitch

#if !defined(VSW_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VSW_TRACE_H

#include <linux/if_ether.h>
#include <linux/skbuff.h>
#include <linux/tracepoint.h>

#include "stats.h"

TRACE_EVENT(vsw_receive,
	TP_PROTO(const struct vsw_port *port, const struct sk_buff *skb),
	TP_ARGS(port, skb),
	TP_STRUCT__entry(
		__array(char, sw, IFNAMSIZ)
		__array(char, port, IFNAMSIZ)
		__field(const void *, skbaddr)
		__field(unsigned int, len)
		__field(u16, tci)
		__field(bool, tagged)
	),
	TP_fast_assign(
		strscpy(__entry->sw, port->sw->dev->name, IFNAMSIZ);
		strscpy(__entry->port, port->dev->name, IFNAMSIZ);
		__entry->skbaddr = skb;
		__entry->len = skb->len + ETH_HLEN;
		__entry->tagged = skb_vlan_tag_present(skb);
		__entry->tci = skb_vlan_tag_get(skb);
	),
	TP_printk("switch=%s port=%s skbaddr=%p len=%u tagged=%d tci=%#x",
		  __entry->sw, __entry->port, __entry->skbaddr,
		  __entry->len, __entry->tagged, __entry->tci)
);

TRACE_EVENT(vsw_forward,
	TP_PROTO(const struct vsw_pkt *pkt, const struct vsw_port *out,
		 const struct sk_buff *skb),
	TP_ARGS(pkt, out, skb),
	TP_STRUCT__entry(
		__array(char, sw, IFNAMSIZ)
		__array(char, in, IFNAMSIZ)
		__array(char, out, IFNAMSIZ)
		__field(const void *, skbaddr)
		__field(unsigned int, len)
		__field(u16, vid)
		__array(u8, dst, ETH_ALEN)
		__array(u8, src, ETH_ALEN)
	),
	TP_fast_assign(
		strscpy(__entry->sw, pkt->sw->dev->name, IFNAMSIZ);
		strscpy(__entry->in, pkt->in->dev->name, IFNAMSIZ);
		strscpy(__entry->out, out->dev->name, IFNAMSIZ);
		__entry->skbaddr = skb;
		__entry->len = skb->len;
		__entry->vid = pkt->vid;
		memcpy(__entry->dst, eth_hdr(skb)->h_dest, ETH_ALEN);
		memcpy(__entry->src, eth_hdr(skb)->h_source, ETH_ALEN);
	),
	TP_printk("switch=%s in=%s out=%s skbaddr=%p len=%u vid=%u dst=%pM src=%pM",
		  __entry->sw, __entry->in, __entry->out,
		  __entry->skbaddr, __entry->len, __entry->vid,
		  __entry->dst, __entry->src)
);

TRACE_EVENT(vsw_drop,
	TP_PROTO(const struct vsw_port *port, const struct vsw_pkt *pkt,
		 const struct sk_buff *skb, enum vsw_drop reason),
	TP_ARGS(port, pkt, skb, reason),
	TP_STRUCT__entry(
		__array(char, sw, IFNAMSIZ)
		__array(char, port, IFNAMSIZ)
		__array(char, in, IFNAMSIZ)
		__field(const void *, skbaddr)
		__field(u16, vid)
		__field(u8, reason)
		__array(char, name, 16)
	),
	TP_fast_assign(
		strscpy(__entry->sw, port->sw->dev->name, IFNAMSIZ);
		strscpy(__entry->port, port->dev->name, IFNAMSIZ);
		strscpy(__entry->in, pkt->in->dev->name, IFNAMSIZ);
		__entry->skbaddr = skb;
		__entry->vid = pkt->vid;
		__entry->reason = reason;
		strscpy(__entry->name, vsw_drop_names[reason], 16);
	),
	TP_printk("switch=%s port=%s in=%s skbaddr=%p vid=%u reason=%s",
		  __entry->sw, __entry->port, __entry->in,
		  __entry->skbaddr, __entry->vid, __entry->name)
);

#endif /* VSW_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
