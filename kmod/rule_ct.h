/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_CT_H
#define VSW_RULE_CT_H

#include "vsw.h"

struct vsw_action;

int vsw_ct_init(void);
void vsw_ct_exit(void);
void vsw_ct_track(struct vsw_pkt *pkt);
enum vsw_drop vsw_ct_commit(struct vsw_pkt *pkt);
enum vsw_drop vsw_ct_nat(struct vsw_pkt *pkt);
enum vsw_drop vsw_ct_nat_commit(struct vsw_pkt *pkt,
				const struct vsw_action *action);
void vsw_ct_forget(struct sk_buff *skb);

#endif /* VSW_RULE_CT_H */
