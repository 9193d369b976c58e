/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FF_H
#define FF_H

#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/prandom.h>
#include <linux/skbuff.h>

#include "ff_abi.h"

/**
 * struct ff_frame - a frame as it is to be, before there is an skb of it
 * @buf: the bytes, tags that are beside the frame left out
 * @len: how many
 * @tagged: there is a tag beside it
 * @tag_proto: that tag's protocol
 * @tag_tci: its priority and VID
 * @gso_type: to be segmented if not 0
 * @gso_size: into pieces of this size
 * @hdr_len: length of all headers of a frame to be segmented
 * @l3, @l4: offsets of its headers, the inner ones of a tunnel
 * @outer_l3, @outer_l4: those of the outer ones, or 0
 * @sum_at: offset of the checksum from @l4, if a protocol was recognised
 */
struct ff_frame {
	u8	*buf;
	u32	len;
	bool	tagged;
	__be16	tag_proto;
	u16	tag_tci;
	u32	gso_type;
	u16	gso_size;
	u16	hdr_len;
	u16	l3;
	u16	l4;
	u16	outer_l3;
	u16	outer_l4;
	u16	sum_at;
};

/**
 * struct ff_ref - the frame that is on its way, for the sinks to compare with
 * @task: who sends it, and does nothing else meanwhile
 * @id: its number
 * @req: what it was made for
 * @buf: its bytes, all tags in it
 * @len: how many
 * @scratch: of the same size, for the sinks
 * @ip_summed, @sum_from_end, @csum_offset: its checksum's state
 * @gso_type, @gso_size, @gso_segs: its segmentation's
 * @copies: how many sinks saw it
 */
struct ff_ref {
	struct task_struct	*task;
	u64			id;
	const struct ff_inject	*req;
	u8			*buf;
	u32			len;
	u8			*scratch;
	u8			ip_summed;
	u32			sum_from_end;
	u16			csum_offset;
	u32			gso_type;
	u16			gso_size;
	u16			gso_segs;
	u32			copies;
};

extern struct ff_ref ff_ref;

/* A number below @n. */
static inline u32 ff_below(struct rnd_state *rnd, u32 n)
{
	return prandom_u32_state(rnd) % n;
}

static inline bool ff_chance(struct rnd_state *rnd, u32 percent)
{
	return ff_below(rnd, 100) < percent;
}

/* One bit of a mask that has some. */
static inline u32 ff_one_of(struct rnd_state *rnd, u32 mask)
{
	u32 n = ff_below(rnd, hweight32(mask));

	while (n--)
		mask &= mask - 1;
	return mask & -mask;
}

void ff_content(struct ff_frame *f, const struct ff_inject *req,
		struct rnd_state *rnd);

struct sk_buff *ff_skb_build(const struct ff_frame *f,
			     const struct ff_inject *req, u32 geo,
			     struct rnd_state *rnd);

int ff_inject(struct net *net, struct ff_inject *req);
int ff_inject_init(void);
void ff_inject_exit(void);

int ff_sink_set(struct net *net, struct ff_sink *req);
int ff_sink_get(struct net *net, struct ff_sink *req);
int ff_sink_init(void);
void ff_sink_exit(void);

int ff_watch_set(struct net *net, const struct ff_watch *req);
void ff_watch_get(struct ff_watch *req);
void ff_watch_exit(void);

#endif /* FF_H */
