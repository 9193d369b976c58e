/* SPDX-License-Identifier: GPL-2.0 */
/* Before 6.3 openvswitch and act_ct each had a nf_ct_nat() of their own. */
#ifndef VSW_COMPAT_NET_NETFILTER_NF_NAT_H
#define VSW_COMPAT_NET_NETFILTER_NF_NAT_H

#include_next <net/netfilter/nf_nat.h>

#ifndef VSW_HAVE_NF_CT_NAT
#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/ipv6.h>

#if IS_ENABLED(CONFIG_NF_NAT)
#define CONFIG_NF_NAT_OVS	1
#endif

/* Translates what an error quotes. Returns false if it is no error. */
static inline bool vsw_nat_icmp(struct sk_buff *skb, struct nf_conn *ct,
				enum ip_conntrack_info ctinfo, int hooknum,
				int *verdict)
{
	u8 nexthdr;
	__be16 frag_off;
	int hdrlen;
	bool ok;

	if (skb->protocol == htons(ETH_P_IP) &&
	    ip_hdr(skb)->protocol == IPPROTO_ICMP) {
		ok = nf_nat_icmp_reply_translation(skb, ct, ctinfo, hooknum);
	} else if (IS_ENABLED(CONFIG_IPV6) &&
		   skb->protocol == htons(ETH_P_IPV6)) {
		nexthdr = ipv6_hdr(skb)->nexthdr;
		hdrlen = ipv6_skip_exthdr(skb, sizeof(struct ipv6hdr),
					  &nexthdr, &frag_off);
		if (hdrlen < 0 || nexthdr != IPPROTO_ICMPV6)
			return false;
		ok = nf_nat_icmpv6_reply_translation(skb, ct, ctinfo, hooknum,
						     hdrlen);
	} else {
		return false;
	}
	*verdict = ok ? NF_ACCEPT : NF_DROP;
	return true;
}

static inline int vsw_nat_execute(struct sk_buff *skb, struct nf_conn *ct,
				  enum ip_conntrack_info ctinfo,
				  const struct nf_nat_range2 *range,
				  enum nf_nat_manip_type manip)
{
	int hooknum = manip == NF_NAT_MANIP_SRC ? NF_INET_LOCAL_IN :
						  NF_INET_LOCAL_OUT;
	int verdict = NF_ACCEPT;

	switch (ctinfo) {
	case IP_CT_RELATED:
	case IP_CT_RELATED_REPLY:
		if (vsw_nat_icmp(skb, ct, ctinfo, hooknum, &verdict))
			return verdict;
		fallthrough;
	case IP_CT_NEW:
		if (nf_nat_initialized(ct, manip))
			break;
		verdict = range && range->flags & NF_NAT_RANGE_MAP_IPS ?
			  nf_nat_setup_info(ct, range, manip) :
			  nf_nat_alloc_null_binding(ct, hooknum);
		if (verdict != NF_ACCEPT)
			return verdict;
		break;
	case IP_CT_ESTABLISHED:
	case IP_CT_ESTABLISHED_REPLY:
		break;
	default:
		return NF_DROP;
	}
	return nf_nat_packet(ct, ctinfo, hooknum, skb);
}

/* @skb begins at its packet, and its protocol says which. */
static inline int nf_ct_nat(struct sk_buff *skb, struct nf_conn *ct,
			    enum ip_conntrack_info ctinfo, int *action,
			    const struct nf_nat_range2 *range, bool commit)
{
	bool is_reply = CTINFO2DIR(ctinfo) == IP_CT_DIR_REPLY;
	enum nf_nat_manip_type manip;
	int err;

	if (!nf_ct_is_confirmed(ct) && !nf_ct_nat_ext_add(ct))
		return NF_DROP;
	if (ctinfo != IP_CT_NEW && ct->status & IPS_NAT_MASK &&
	    (ctinfo != IP_CT_RELATED || commit))
		manip = !!(ct->status & IPS_SRC_NAT) != is_reply ?
			NF_NAT_MANIP_SRC : NF_NAT_MANIP_DST;
	else if (*action & BIT(NF_NAT_MANIP_SRC))
		manip = NF_NAT_MANIP_SRC;
	else if (*action & BIT(NF_NAT_MANIP_DST))
		manip = NF_NAT_MANIP_DST;
	else
		return NF_ACCEPT;
	err = vsw_nat_execute(skb, ct, ctinfo, range, manip);
	if (err != NF_ACCEPT || !(ct->status & IPS_DST_NAT))
		return err;
	if (ct->status & IPS_SRC_NAT)
		return vsw_nat_execute(skb, ct, ctinfo, range, !manip);
	if (!is_reply)
		return vsw_nat_execute(skb, ct, ctinfo, NULL,
				       NF_NAT_MANIP_SRC);
	return err;
}
#endif

#endif
