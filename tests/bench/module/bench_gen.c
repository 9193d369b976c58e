// SPDX-License-Identifier: GPL-2.0
/*
 * The generator. It makes frames of a template and hands them to the core as a
 * device's driver does from its poll function.
 *
 * A line for each says
 *   DEV CPU FRAMES SRCS DSTS FLOWS TEMPLATE
 * by which device they come in, on which CPU this is done, how many there are,
 * by how many addresses from the template's on the source and destination go
 * around (1: always the same one), by how many the IPv4 source does (0: each
 * frame has one that none had before, in any of the 20 networks of 2^19
 * addresses from there on), and the frame in hexadecimal. The answer is
 *   FRAMES NANOSECONDS MEDIAN
 * without the time in which they were made; the last is what it would have been
 * had all batches taken as long as the median one does.
 */
#include <linux/completion.h>
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/sort.h>
#ifdef BENCH_HAVE_LINUX_HEX_H
#include <linux/hex.h>
#endif

#include "bench.h"

/* As many as a driver polls at a time, and as the backlog, by which a veth's
 * frames reach its peer, is emptied of in one go.
 */
#define BATCH		64
#define MAX_FRAME	1518
/* A large odd number: going around by it leaves no address out for long and has
 * no order that a cache could guess.
 */
#define STRIDE		2654435761U
/* RFC 791, 3.1 */
#define IPV4_SADDR	(ETH_HLEN + 12)

/* Frames of flows that none was of before, of so many that there are. */
static atomic_t new_flows = ATOMIC_INIT(0);
#define NEW_FLOWS	(20 << 19)

/**
 * struct bench_gen - a generator
 * @dev: the device that frames come in by
 * @cpu: where it runs
 * @frames: how many to send; then, how many were
 * @srcs: how many source addresses, taken in turn
 * @dsts: how many destination addresses, in no order
 * @flows: how many IPv4 source addresses, taken in turn; 0: always a new one
 * @len: length of the template
 * @frame: the template
 * @batches: how many batches that is
 * @times: how long each took, in nanoseconds
 * @task: its thread
 * @go: when all may begin
 * @done: when it has ended
 */
struct bench_gen {
	struct net_device *dev;
	unsigned int cpu;
	u32 frames;
	u32 srcs;
	u32 dsts;
	u32 flows;
	unsigned int len;
	u8 frame[MAX_FRAME];
	u32 batches;
	u32 *times;
	struct task_struct *task;
	struct completion *go;
	struct completion done;
};

static void add_to_address(u8 *address, u32 n)
{
	u64_to_ether_addr(ether_addr_to_u64(address) + n, address);
}

/* A tag is where a driver puts it, nearly all of which take it out of the frame
 * by their device's means: in the skb's fields.
 */
static void take_tag(struct sk_buff *skb)
{
	const struct vlan_ethhdr *tagged = (struct vlan_ethhdr *)skb->data;

	if (tagged->h_vlan_proto != htons(ETH_P_8021Q))
		return;
	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q),
			       ntohs(tagged->h_vlan_TCI));
	memmove(skb->data + VLAN_HLEN, skb->data, 2 * ETH_ALEN);
	skb_pull(skb, VLAN_HLEN);
}

/* Next to each other in time is far from each other in number. */
static u32 new_flow(void)
{
	return (u64)atomic_inc_return(&new_flows) * STRIDE % NEW_FLOWS;
}

static struct sk_buff *build(const struct bench_gen *gen, u32 n)
{
	struct sk_buff *skb = netdev_alloc_skb(gen->dev, gen->len);
	struct ethhdr *eth;

	if (!skb)
		return NULL;
	eth = skb_put_data(skb, gen->frame, gen->len);
	add_to_address(eth->h_source, n % gen->srcs);
	add_to_address(eth->h_dest, n * STRIDE % gen->dsts);
	take_tag(skb);
	/* No subject looks at the checksum. */
	if (gen->flows != 1)
		be32_add_cpu((__be32 *)(skb->data + IPV4_SADDR),
			     gen->flows ? n % gen->flows : new_flow());
	skb->protocol = eth_type_trans(skb, gen->dev);
	return skb;
}

/* Returns the nanoseconds that it took. */
static u32 send_batch(struct sk_buff **skbs, int n)
{
	u64 start = ktime_get_ns();
	int i;

	/* Enabled again, they do what was left to the backlog. */
	local_bh_disable();
	for (i = 0; i < n; i++)
		netif_receive_skb(skbs[i]);
	local_bh_enable();
	return ktime_get_ns() - start;
}

static int generate(void *data)
{
	struct sk_buff *skbs[BATCH];
	struct bench_gen *gen = data;
	u32 sent = 0;
	int n;

	wait_for_completion(gen->go);
	while (gen->batches < DIV_ROUND_UP(gen->frames, BATCH)) {
		for (n = 0; n < BATCH && sent + n < gen->frames; n++) {
			skbs[n] = build(gen, sent + n);
			if (!skbs[n])
				break;
		}
		if (!n)
			break;
		gen->times[gen->batches++] = send_batch(skbs, n);
		sent += n;
		cond_resched();
	}
	gen->frames = sent;
	/* The module may go as soon as this is known. */
	kthread_complete_and_exit(&gen->done, 0);
}

static int parse(struct bench_gen *gen, struct net *net, const char *line)
{
	char name[IFNAMSIZ];
	int hex = 0;

	if (sscanf(line, BENCH_NAME " %u %u %u %u %u %n", name, &gen->cpu,
		   &gen->frames, &gen->srcs, &gen->dsts, &gen->flows,
		   &hex) < 6 || !hex)
		return -EINVAL;
	line += hex;
	gen->len = strlen(line) / 2;
	if (gen->len < IPV4_SADDR + 4 || gen->len > MAX_FRAME || !gen->srcs ||
	    !gen->dsts || gen->cpu >= nr_cpu_ids || !cpu_online(gen->cpu) ||
	    hex2bin(gen->frame, line, gen->len))
		return -EINVAL;
	gen->dev = dev_get_by_name(net, name);
	return gen->dev ? 0 : -ENODEV;
}

static void clean_up(struct bench_gen *gen)
{
	kvfree(gen->times);
	dev_put(gen->dev);
}

static int start(struct bench_gen *gen, struct net *net, const char *line,
		 struct completion *go)
{
	int err = parse(gen, net, line);

	if (err)
		return err;
	gen->times = kvcalloc(DIV_ROUND_UP(gen->frames, BATCH),
			      sizeof(*gen->times), GFP_KERNEL);
	gen->task = gen->times ? kthread_create(generate, gen, "vsw_bench/%u",
						gen->cpu) : ERR_PTR(-ENOMEM);
	if (IS_ERR(gen->task)) {
		clean_up(gen);
		return PTR_ERR(gen->task);
	}
	init_completion(&gen->done);
	gen->go = go;
	kthread_bind(gen->task, gen->cpu);
	wake_up_process(gen->task);
	return 0;
}

static int by_number(const void *a, const void *b)
{
	return *(const u32 *)a < *(const u32 *)b ? -1 : 1;
}

static int answer_of(struct bench_gen *gen, char *answer, size_t size)
{
	u64 sum = 0, median = 0;
	u32 i;

	for (i = 0; i < gen->batches; i++)
		sum += gen->times[i];
	sort(gen->times, gen->batches, sizeof(*gen->times), by_number, NULL);
	if (gen->batches)
		median = gen->times[gen->batches / 2];
	return scnprintf(answer, size, "%u %llu %llu\n", gen->frames, sum,
			 median * gen->batches);
}

/**
 * bench_gen_run - let generators run, all at the same time
 * @net: where their devices are
 * @lines: a line for each
 * @answer: what came of it, a line for each
 * @size: how much of that
 *
 * Context: may sleep.
 * Return: 0 or an error.
 */
ssize_t bench_gen_run(struct net *net, char *lines, char *answer, size_t size)
{
	DECLARE_COMPLETION_ONSTACK(go);
	struct bench_gen *gens;
	int i, n, err = 0;
	size_t len = 0;
	char *line;

	gens = kcalloc(BENCH_MAX_GENS, sizeof(*gens), GFP_KERNEL);
	if (!gens)
		return -ENOMEM;
	for (n = 0; !err && (line = strsep(&lines, "\n")) && *line; n += !err)
		err = n < BENCH_MAX_GENS ? start(&gens[n], net, line, &go) :
					   -E2BIG;
	/* Where one was wrong those before it have nothing to do. */
	for (i = 0; err && i < n; i++)
		gens[i].frames = 0;
	complete_all(&go);
	for (i = 0; i < n; i++) {
		wait_for_completion(&gens[i].done);
		len += answer_of(&gens[i], answer + len, size - len);
		clean_up(&gens[i]);
	}
	kfree(gens);
	return err;
}
