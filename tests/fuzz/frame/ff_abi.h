/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the program and the module say to each other, by ioctl() on
 * /proc/frame_fuzz.
 */
#ifndef FF_ABI_H
#define FF_ABI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The longest frame: 64 KiB behind the Ethernet header. */
#define FF_LEN_MAX	(65536 + 14)

/* Destinations. UNKNOWN is nobody's source, STATION and STATIC are unicast. */
#define FF_DST_BROADCAST	0x01
#define FF_DST_MULTICAST	0x02
#define FF_DST_RESERVED		0x04
#define FF_DST_UNKNOWN		0x08
#define FF_DST_STATION		0x10
#define FF_DST_STATIC		0x20
#define FF_DST_LOCAL		0x40
#define FF_DST_ZERO		0x80
#define FF_DST_FLOOD	(FF_DST_BROADCAST | FF_DST_MULTICAST | FF_DST_UNKNOWN)
#define FF_DST_ALL		0xff

/* Sources. */
#define FF_SRC_FEW		0x01
#define FF_SRC_MANY		0x02
#define FF_SRC_RANDOM		0x04
#define FF_SRC_GROUP		0x08
#define FF_SRC_ZERO		0x10
#define FF_SRC_LOCAL		0x20
#define FF_SRC_ALL		0x3f

/* Geometries; the last two go with any of the others. */
#define FF_GEO_LINEAR		0x01
#define FF_GEO_FRAGS		0x02
#define FF_GEO_FRAG_LIST	0x04
#define FF_GEO_GSO		0x08
#define FF_GEO_SHARED		0x10
#define FF_GEO_CLONED		0x20
#define FF_GEO_ALL		0x3f

/* States of the checksum; HOSTILE lies in the Ethernet header or in a tag. */
#define FF_SUM_NONE		0x01
#define FF_SUM_UNNECESSARY	0x02
#define FF_SUM_PARTIAL		0x04
#define FF_SUM_RANDOM		0x08
#define FF_SUM_HOSTILE		0x10
#define FF_SUM_COMPLETE		0x20
#define FF_SUM_ALL		0x3f

/* Tags, in the frame and beside it. */
#define FF_TAG_NONE		0x01
#define FF_TAG_FRAME		0x02
#define FF_TAG_BESIDE		0x04
#define FF_TAG_ALL		0x07

#define FF_FLAG_AWARE		0x01	/* the switch is VLAN-aware */
#define FF_FLAG_XMIT		0x02	/* the host sends it, else: received */
#define FF_FLAG_MANGLE		0x04	/* mutate and truncate */
#define FF_FLAG_PLANT_LOSS	0x08	/* count one frame that is not sent */
#define FF_FLAG_PLANT_BYTE	0x10	/* expect another byte than is sent */
#define FF_FLAG_CHANGING	0x20	/* MTUs change meanwhile */

/**
 * struct ff_inject - frames for a port
 * @seed: of all that is random
 * @ifindex: the port
 * @count: how many
 * @dst, @src, @geo, @sum, @tag, @flags: what may be chosen from
 * @vids: VLANs that are used more often than chance would
 * @min_len, @max_len: bounds of the length with Ethernet header
 * @local: address of an adapter of the switch
 * @frames: how many the switch was to get
 * @bytes: what it was to count for them
 * @passed: frames that the port's device keeps
 * @lost: frames that the core drops before, for they end within their tag
 * @no_memory: frames that could not be built
 * @seen: frames that some sink saw
 * @copies: how often, over all sinks
 * @changed: frames whose other users saw them change
 * @odd: frames that not 0, 1 or @fanout sinks saw
 * @fanout: sinks that a flooded frame reaches
 */
struct ff_inject {
	__u64 seed;
	__u32 ifindex;
	__u32 count;
	__u32 dst;
	__u32 src;
	__u32 geo;
	__u32 sum;
	__u32 tag;
	__u32 flags;
	__u16 vids[4];
	__u32 min_len;
	__u32 max_len;
	__u8 local[8];
	__u64 frames;
	__u64 bytes;
	__u64 passed;
	__u64 lost;
	__u64 no_memory;
	__u64 seen;
	__u64 copies;
	__u64 changed;
	__u64 odd;
	__u32 fanout;
	__u32 pad;
};

/* What a sink can do itself. */
#define FF_CAN_SG		0x01
#define FF_CAN_FRAG_LIST	0x02
#define FF_CAN_SUM		0x04
#define FF_CAN_GSO		0x08
#define FF_CAN_TAG		0x10
#define FF_CAN_ALL		0x1f

enum ff_mode {
	FF_MODE_TAKE,
	FF_MODE_REFUSE,		/* some, at random */
	FF_MODE_STOP,		/* the queue; needs a queueing discipline */
	FF_MODE_QUEUED,		/* take what is late, and do not compare it */
};

/**
 * struct ff_sink - a sink
 * @ifindex: which
 * @mode: &enum ff_mode
 * @can: its features
 * @frames: how many were handed to it and taken, segments each for itself
 * @bytes: their length
 * @originals: frames of those that were sent, however many segments
 * @bad: frames that were not as they should be
 * @what: the first of them: what was wrong, in words
 */
struct ff_sink {
	__u32 ifindex;
	__u32 mode;
	__u32 can;
	__u32 pad;
	__u64 frames;
	__u64 bytes;
	__u64 originals;
	__u64 bad;
	char what[240];
};

/**
 * struct ff_watch - what the host receives at a device
 * @ifindex: which; 0 to watch none any more
 * @frames: how many
 * @bytes: their length with Ethernet header and tag
 * @bad: those whose checksum is said to be known, and is another
 */
struct ff_watch {
	__u32 ifindex;
	__u32 pad;
	__u64 frames;
	__u64 bytes;
	__u64 bad;
};

#define FF_PATH			"/proc/frame_fuzz"
#define FF_IOC_INJECT		_IOWR('F', 1, struct ff_inject)
#define FF_IOC_SINK_SET		_IOWR('F', 2, struct ff_sink)
#define FF_IOC_SINK_GET		_IOWR('F', 3, struct ff_sink)
#define FF_IOC_WATCH_SET	_IOWR('F', 4, struct ff_watch)
#define FF_IOC_WATCH_GET	_IOWR('F', 5, struct ff_watch)

#endif /* FF_ABI_H */
