// SPDX-License-Identifier: GPL-2.0
/*
 * What is done in one round: who sends what, and what must be so at its end.
 * Each starts from devices made anew.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz.h"

#define NOBODY		65534
#define TOGETHER	4
#define SETTLE		(100 * SEC)

static const bool *replay_keep;
static bool replay_verbose;

/* Starts a process that goes when this one does. */
static pid_t start(void)
{
	pid_t parent = getpid(), pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		die("no process");
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	return 0;
}

static void wait_for(pid_t pid, const char *who)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		die("no %s to wait for", who);
	if (status)
		finding("%s ended with status %#x", who, status);
}

/* What was made lately, of each kind of object: so it can be changed or
 * removed.
 */
#define LATELY		8
static struct lately {
	struct fz_msg m[LATELY];
	unsigned int n;
} lately[7];

static struct lately *lately_of(const struct spec_op *op)
{
	static const char *const kinds[] = { "switch", "port", "fdb", "rule",
					     "set", "policer" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds) && !op_is_of(op, kinds[i]); i++)
		;
	return &lately[i];
}

static void note_made(const struct client *c, const struct fz_msg *m)
{
	const struct answer *a = &c->answers[0];
	struct lately *l;

	if (!answer_granted(a) || !strstr(a->op->name, "-new"))
		return;
	l = lately_of(a->op);
	l->m[l->n++ % LATELY] = *m;
}

static void some_msg(struct rng *r, struct fz_msg *m)
{
	const struct spec_op *op;
	struct lately *l;

	if (shm->corpus_n && chance(r, 4)) {
		*m = shm->corpus[rnd(r, shm->corpus_n)];
		gen_mutate(r, m);
		return;
	}
	gen_any(r, m);
	op = spec_op(m->cmd);
	l = op ? lately_of(op) : NULL;
	if (l && l->n && chance(r, 2))
		gen_like(r, m, &l->m[rnd(r, l->n < LATELY ? l->n :
					 LATELY)]);
}

/* One send: a message or several. True if it is a single one, *m. */
static bool next_wire(struct rng *r, struct wire *w, struct fz_msg *m)
{
	__u32 n = chance(r, 3) ? 2 + rnd(r, BATCH_MAX - 1) : 1, i;

	wire_init(w);
	for (i = 0; i < n || !w->len; i++) {
		some_msg(r, m);
		wire_add(w, m);
	}
	return i == 1;
}

static void remember(const struct fz_msg *m)
{
	__u32 n = shm->corpus_n;

	if (n == CORPUS_MAX)
		return;
	shm->corpus[n] = *m;
	shm->corpus_n++;
}

/* False if the log is full, which ends the round. */
static bool step(struct client *c, struct wire *w)
{
	bool room = log_add(w);

	client_step(c, w);
	return room;
}

/* A command cut off at each byte, with a header that knows it or does not. */
static void truncate_each(struct client *c, struct rng *r,
			  const struct spec_op *op, bool dump)
{
	static struct fz_msg m;
	static struct wire w;
	__u32 i, len;

	gen_valid(r, op, dump, &m);
	wire_init(&w);
	wire_add(&w, &m);
	len = w.len - NLMSG_HDRLEN;
	for (i = 0; i < 2 * len; i++) {
		m.cut = 1 + i / 2;
		m.keep_len = i % 2;
		wire_init(&w);
		wire_add(&w, &m);
		if (!step(c, &w))
			return;
	}
}

static void truncate_some(struct client *c, struct rng *r)
{
	const struct spec_op *op;

	do {
		op = &ops[rnd(r, OPS)];
	} while (op->group);
	truncate_each(c, r, op, op->has_dump && (!op->has_do || chance(r, 2)));
}

static void send_many(struct client *c, struct rng *r, __u64 deadline)
{
	static struct fz_msg m;
	static struct wire w;
	unsigned int i;
	bool single, new;

	for (i = 0; i < ROUND_STEPS; i++) {
		if (i % 32 == 0 && now_ns() > deadline)
			return;
		if (chance(r, 64)) {
			gen_frame(r, &w);
			if (!step(c, &w))
				return;
		}
		single = next_wire(r, &w, &m);
		if (!log_add(&w))
			return;
		cover_start();
		client_step(c, &w);
		new = cover_stop();
		if (single && new)
			remember(&m);
		if (single)
			note_made(c, &m);
	}
}

/* All that was made goes, and then all is as it was. */
static void end_as_begun(struct client *c, const struct state *begin)
{
	struct state end = {};
	const char *line;

	world_empty(c);
	state_take(c, &end, true);
	line = state_diff(begin, &end);
	if (line)
		finding("without switches it is not as before them: %s", line);
	state_free(&end);
}

static void begin(struct client *c, struct state *state)
{
	world_enter(c->tap);
	client_open(c, true);
	c->alone = true;
	c->check_every = 6;
	state_take(c, state, true);
	world_fill(c);
}

/* One client, and nobody else: what is refused changes nothing. */
void round_alone(__u64 seed, __u64 deadline)
{
	struct rng r = { .s = seed };
	struct client c = {};
	struct state state = {};

	log_reset();
	begin(&c, &state);
	cover_open();
	truncate_some(&c, &r);
	send_many(&c, &r, deadline);
	end_as_begun(&c, &state);
	client_close(&c);
	state_free(&state);
}

void replay_select(const bool *keep, bool verbose)
{
	replay_keep = keep;
	replay_verbose = verbose;
}

void round_replay(__u64 seed __attribute__((__unused__)),
		  __u64 deadline __attribute__((__unused__)))
{
	struct client c = {};
	struct state state = {};
	static struct wire w;
	__u32 i;

	begin(&c, &state);
	c.check_every = 1;
	c.verbose = replay_verbose;
	for (i = 0; i < shm->log_n; i++) {
		if (replay_keep && !replay_keep[i])
			continue;
		log_get(i, &w);
		if (replay_verbose)
			wire_print(&w);
		client_step(&c, &w);
	}
	end_as_begun(&c, &state);
}

/* A dump of which some is read, and then nobody listens any more. */
static void dump_half(struct client *c, struct rng *r, const struct spec_op *op)
{
	struct client half = {};
	struct sockaddr_nl from;
	static struct fz_msg m;
	static struct wire w;
	unsigned char *buf;

	client_open(&half, chance(r, 2));
	memcpy(half.index, c->index, sizeof(half.index));
	nl_socket_set_buffer_size(half.sk, 4096, 4096);
	gen_valid(r, op, true, &m);
	wire_init(&w);
	wire_add(&w, &m);
	client_send(&half, &w);
	if (chance(r, 2) && nl_recv(half.sk, &from, &buf, NULL) > 0)
		free(buf);
	client_close(&half);
}

/* Ports come and go from outside, too. */
static void flap(const struct client *c, struct rng *r)
{
	unsigned int name = rnd(r, N_NAMES);
	struct ifreq ifr = {};
	int fd;

	if (!c->index[name])
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	snprintf(ifr.ifr_name, IFNAMSIZ, "%s", names[name]);
	/* It may have gone meanwhile. */
	if (!ioctl(fd, SIOCGIFFLAGS, &ifr)) {
		ifr.ifr_flags ^= IFF_UP;
		ioctl(fd, SIOCSIFFLAGS, &ifr);
	}
	close(fd);
}

static void one_of_many(struct client *c, struct rng *r, __u64 deadline)
{
	static struct fz_msg m;
	static struct wire w;
	unsigned int i;
	bool single;

	for (i = 0; i < ROUND_STEPS; i++) {
		if (i % 32 == 0) {
			if (now_ns() > deadline)
				return;
			c->names_stale = true;
		}
		if (chance(r, 64)) {
			gen_frame(r, &w);
			client_step(c, &w);
		}
		if (chance(r, 64))
			dump_half(c, r, &ops[rnd(r, OPS)]);
		if (chance(r, 128))
			flap(c, r);
		if (chance(r, 256)) {
			client_close(c);
			client_open(c, chance(r, 2));
		}
		single = next_wire(r, &w, &m);
		client_step(c, &w);
		if (single)
			note_made(c, &m);
	}
}

/* Several at once, on sockets of their own; none knows what is refused. */
void round_together(__u64 seed, __u64 deadline)
{
	struct client c = {}, own = {};
	struct state state = {};
	pid_t pids[TOGETHER];
	struct rng r;
	int i;

	log_reset();
	begin(&c, &state);
	for (i = 0; i < TOGETHER; i++) {
		pids[i] = start();
		if (pids[i])
			continue;
		r.s = mix(seed, i);
		memcpy(own.tap, c.tap, sizeof(own.tap));
		client_open(&own, i % 2);
		one_of_many(&own, &r, deadline);
		_exit(0);
	}
	for (i = 0; i < TOGETHER; i++)
		wait_for(pids[i], "one of several");
	/* What the others' changes were is not this client's to know. */
	client_forget(&c);
	end_as_begun(&c, &state);
	client_close(&c);
	state_free(&state);
}

static void become_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		die("change of user");
	/* Or else /proc/self is not this user's. */
	prctl(PR_SET_DUMPABLE, 1);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die("%s", path);
	close(fd);
}

static void new_userns(int flags)
{
	if (unshare(CLONE_NEWUSER | flags))
		die("no user namespace: %s", strerror(errno));
	put("/proc/self/setgroups", "deny");
	put("/proc/self/uid_map", "0 65534 1");
	put("/proc/self/gid_map", "0 65534 1");
	if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
		die("change of user");
}

/*
 * Runs @child beside a namespace that has all there can be, and in which
 * nothing may change.
 */
static void beside(__u64 seed, __u64 deadline,
		   void (*child)(struct client *c, __u64 seed, __u64 deadline))
{
	struct client c = {};
	struct state state = {};
	pid_t pid;

	log_reset();
	begin(&c, &state);
	client_watch(&c, true);
	pid = start();
	if (!pid) {
		child(&c, seed, deadline);
		_exit(0);
	}
	wait_for(pid, "one without rights");
	client_watch(&c, false);
	end_as_begun(&c, &state);
	client_close(&c);
	state_free(&state);
}

/* On a socket that root opened, and on one of its own. */
static void send_without_rights(struct client *c, __u64 seed, __u64 deadline)
{
	struct rng r = { .s = seed };
	struct client own = {};

	own.no_rights = true;
	own.tap[0] = -1;
	own.tap[1] = -1;
	client_open(&own, false);
	if (seed % 2) {
		nl_socket_free(own.sk);
		own.sk = c->sk;
	}
	send_many(&own, &r, deadline);
}

static void as_user(struct client *c, __u64 seed, __u64 deadline)
{
	become_nobody();
	send_without_rights(c, seed, deadline);
}

void round_user(__u64 seed, __u64 deadline)
{
	beside(seed, deadline, as_user);
}

static void in_userns(struct client *c, __u64 seed, __u64 deadline)
{
	become_nobody();
	new_userns(0);
	send_without_rights(c, seed, deadline);
}

void round_userns(__u64 seed, __u64 deadline)
{
	beside(seed, deadline, in_userns);
}

static void in_own_ns(struct client *c __attribute__((__unused__)),
		      __u64 seed, __u64 deadline)
{
	become_nobody();
	new_userns(CLONE_NEWNET);
	round_alone(seed, deadline);
}

void round_own_ns(__u64 seed, __u64 deadline)
{
	beside(seed, deadline, in_own_ns);
}

/* Runs a round in a process of its own; false if it found something. */
bool round_run(round_fn *fn, __u64 seed, __u64 deadline)
{
	__u64 end = now_ns() + SETTLE;
	int status = -1;
	pid_t pid;

	if (end < deadline + SETTLE)
		end = deadline + SETTLE;
	shm->finding[0] = 0;
	pid = start();
	if (!pid) {
		fn(seed, deadline);
		_exit(0);
	}
	while (!waitpid(pid, &status, WNOHANG)) {
		if (now_ns() > end) {
			snprintf(shm->finding, FINDING_MAX,
				 "a round does not come to its end");
			kill(pid, SIGKILL);
			return false;
		}
		usleep(2000);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		_exit(2);
	if (status && !shm->finding[0])
		snprintf(shm->finding, FINDING_MAX,
			 "a round ended with status %#x", status);
	return !shm->finding[0];
}
