#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Measure one scenario: measure.py SCENARIO SAMPLES [SUBJECT...].

Runs in the machine, in a network namespace of its own. Appends a line of JSON
to the file SAMPLES for each round and subject.
"""

import json
import os
import subprocess
import sys
import time

from table import BASE, Port, Rig, SCENARIOS, SUBJECTS

BENCH = "/sys/kernel/debug/vsw_bench/"
# One batch of the generator's is 64.
FRAMES = 4096
# Addresses to which others are added: of the frame, and of the table's.
DST, SRC = "021000000000", "022000000000"
DST2, SRC2 = "023000000000", "024000000000"
# Addresses and ports, from where to where.
ENDS = ("c0000201", "04d2"), ("c0000202", "162e")
# How all addresses of rules_by_host() begin.
NET = b"192.0."
# What TCP sent and the other side had not read when time was up.
MOST_UNDER_WAY = 16 << 20
HERE = os.path.dirname(os.path.abspath(__file__)) + "/"


def tool(name, lines):
    """Run lines of a tool, all in one process if it can."""
    if name == "handler":
        for line in lines:
            with open(BENCH + "handler", "w", encoding="ascii") as file:
                file.write(line)
        return
    if name == "ovs-dpctl":
        for line in lines:
            subprocess.run([name] + line.split(), check=True)
        return
    words = name.split()
    if len(words) == 1:
        words.append({"vsctl": "-b", "nft": "-f"}.get(name, "-batch"))
    subprocess.run(words + ["-"], input="\n".join(lines) + "\n",
                   encoding="ascii", check=True)


def run(commands):
    """Run pairs of a tool and a line, as few processes as will do."""
    group = []
    for name, line in commands:
        if group and group[0] != name:
            tool(group[0], group[1:])
            group = []
        group = group or [name]
        group.append(line)
    if group:
        tool(group[0], group[1:])


def mac(digits):
    """Return an address as the tools want it."""
    return ":".join(digits[i:i + 2] for i in range(0, 12, 2))


def template(dst=DST, src=SRC, vid=None, ends=ENDS):
    """Return a frame of 60 bytes without its tag, UDP in IPv4, as hex."""
    tag = f"8100{vid:04x}" if vid else ""
    (src_ip, src_port), (dst_ip, dst_port) = ends
    ip = "4500002e000000004011f96b" + src_ip + dst_ip
    udp = src_port + dst_port + "001a0000"
    return dst + src + tag + "0800" + ip + udp + 18 * "00"


def generate(*lines):
    """Run generators; return frames, nanoseconds, and those by the median."""
    with open(BENCH + "run", "w", encoding="ascii") as file:
        file.write("\n".join(lines))
    with open(BENCH + "run", encoding="ascii") as file:
        return [tuple(map(int, line.split())) for line in file]


def counters():
    """Return how many frames each device sent."""
    with open("/proc/net/dev", encoding="ascii") as file:
        lines = file.readlines()[2:]
    split = [line.replace(":", " ").split() for line in lines]
    return {words[0]: int(words[10]) for words in split}


def job(dev, number, frame, srcs=1, dsts=1, flows=1, cpu=0):
    """Return the line for a generator."""
    return f"{dev} {cpu} {number} {srcs} {dsts} {flows} {frame}"


class Samples:
    """Where results go."""

    def __init__(self, scenario, path):
        """Of one scenario, to a file."""
        self.scenario = scenario
        self.path = path

    def add(self, subject, value, sink_ok):
        """Append one."""
        with open(self.path, "a", encoding="ascii") as file:
            json.dump({"scenario": self.scenario, "subject": subject,
                       "value": value, "sink_ok": sink_ok}, file)
            file.write("\n")


def make_rigs(subjects, ports_of, rules=(), **args):
    """Return a rig for each subject and set it up, with these rules.

    ports_of makes the ports of one whose devices' names begin so, and returns
    them, with the paths between them and its known addresses.
    """
    rigs = {}
    for n, subject in enumerate(subjects):
        ports, paths, known = ports_of(f"s{n}", **args)
        rigs[subject] = Rig(f"s{n}", ports, known, paths)
        run(SUBJECTS[subject].setup(rigs[subject]))
        if rules:
            run(SUBJECTS[subject].rules(rigs[subject], rules))
    # The last to hear that a device is up do so a little later.
    time.sleep(1)
    return rigs


def make_dummies(names):
    """Make dummies, up."""
    run(("ip", line) for name in names
        for line in (f"link add {name} type dummy", f"link set {name} up"))


def line_ports(name, args):
    """One port in, others out, of dummies or of veths that end in nothing."""
    vid = args.get("vid", 1)
    vlans = args.get("vlans", 1)
    into = Port(f"{name}in", vid, args.get("tag_in", False), vlans)
    outs = [Port(f"{name}out{n}", vid, args.get("tag_out", False), vlans)
            for n in range(args.get("outs", 1))]
    veth = args.get("sink") == "veth"
    make_dummies([into.dev] + [out.dev for out in outs if not veth])
    if veth:
        make_veths((out.dev, out.dev + "p") for out in outs)
        run(("handler", f"null {out.dev}p") for out in outs)
    known = [(mac(DST), outs[0])] if args.get("known", True) else []
    if "macs" in args:
        known = [(mac(SRC), into)]
    return [into] + outs, [(into, outs)], known


def make_veths(names):
    """Make pairs of veths, up."""
    run(("ip", line) for name, peer in names for line in (
        f"link add {name} type veth peer name {peer}",
        f"link set {name} up", f"link set {peer} up"))


def learn(rig, number):
    """Let a switch learn addresses behind the first port out."""
    generate(job(rig.ports[1].dev, number, template(SRC, DST), srcs=number))
    # It may be enlarging its table.
    time.sleep(1)


def connect(subject, rig):
    """Let only answers pass, and send what the frames are to answer."""
    run(filled(pair, **names_of(rig)) for pair in SUBJECTS[subject].ct)
    generate(job(rig.ports[1].dev, 1, template(SRC, DST, ends=ENDS[::-1])))


def frames_once(subject, rig, args):
    """Send one round of frames; return costs of each and if all arrived.

    Instructions are exact; of time, others on the host may take their part.
    """
    outs = rig.ports[1:]
    number = args.get("frames", FRAMES)
    srcs = 1
    if "learn" in args:
        srcs = number
        forget(subject, rig)
    frame = template(vid=rig.ports[0].vid if rig.ports[0].tagged else None)
    before = counters()
    (sent, total, median), = generate(job(rig.ports[0].dev, number, frame,
                                          srcs, args.get("macs", 1),
                                          args.get("flows", 1)))
    after = counters()
    costs = {"insn": total / sent, "ns": median / sent}
    if subject == BASE:
        return costs, sent == number
    arrived = [after[port.dev] - before[port.dev] for port in outs]
    # What is known goes there only.
    want = [number] * len(outs)
    if "macs" in args:
        want[1:] = [0] * (len(outs) - 1)
    if arrived != want:
        print(f"{subject}: {arrived} of {want} frames arrived", flush=True)
    return costs, arrived == want


def frames(scenario, subjects, samples):
    """Measure what a frame costs."""
    args = scenario.args
    rigs = make_rigs(subjects, line_ports, args.get("made", ()), args=args)
    for subject, rig in rigs.items():
        if "macs" in args and subject != BASE:
            learn(rig, args["macs"])
        if "ct" in args and subject != BASE:
            connect(subject, rig)
    # The first round is to warm it up.
    for number in range(scenario.rounds + 1):
        for subject, rig in rigs.items():
            costs, sink_ok = frames_once(subject, rig, args)
            if number:
                samples.add(subject, costs[scenario.unit], sink_ok)


def host_ports(name, kind):
    """Two ports, veths or taps, with a namespace behind each."""
    ports = [Port(f"{name}{side}", 1, False) for side in "ab"]
    if kind == "veth":
        make_veths((port.dev, port.dev + "h") for port in ports)
    else:
        relay = subprocess.Popen(
            [HERE + "relay"] + [word for port in ports
                                for word in (port.dev, port.dev + "h")],
            stdout=subprocess.PIPE)
        relay.stdout.readline()
        run(("ip", f"link set {port.dev} up") for port in ports)
    for n, port in enumerate(ports, 1):
        subprocess.run(["ip", "netns", "add", port.dev], check=True)
        run([("ip", f"link set {port.dev}h netns {port.dev}")])
        subprocess.run(["ip", "-n", port.dev, "-batch", "-"],
                       input=f"addr add 10.0.0.{n}/24 dev {port.dev}h\n"
                             f"link set {port.dev}h up\nlink set lo up\n",
                       encoding="ascii", check=True)
    return ports, [(ports[0], ports[1:]), (ports[1], ports[:1])], []


def inside(port, *command):
    """Run a command in the namespace behind a port; return what it prints."""
    return subprocess.run(["ip", "netns", "exec", port.dev, *command],
                          stdout=subprocess.PIPE, encoding="ascii",
                          check=True).stdout


def tcp(scenario, subjects, samples):
    """Measure how much TCP brings across."""
    rigs = make_rigs(subjects, host_ports, kind=scenario.args["kind"])
    for rig in rigs.values():
        inside(rig.ports[1], "iperf3", "-s", "-D")
    time.sleep(1)
    for number in range(scenario.rounds + 1):
        for subject, rig in rigs.items():
            end = json.loads(inside(rig.ports[0], "iperf3", "-J", "-t", "1",
                                    "-c", "10.0.0.2"))["end"]
            lost = end["sum_sent"]["bytes"] - end["sum_received"]["bytes"]
            if number:
                samples.add(subject, end["sum_received"]["bits_per_second"],
                            0 <= lost < MOST_UNDER_WAY)


def latency(scenario, subjects, samples):
    """Measure how long a frame takes."""
    count = scenario.args["count"]
    rigs = make_rigs(subjects, host_ports, kind=scenario.args["kind"])
    for rig in rigs.values():
        inside(rig.ports[0], "sysctl", "-qw",
               "net.ipv4.ping_group_range=0 0")
    for number in range(scenario.rounds + 1):
        for subject, rig in rigs.items():
            back, nsec = map(int, inside(
                rig.ports[0], HERE + "pingpong", "10.0.0.2",
                str(count)).split())
            if number:
                samples.add(subject, nsec, back == count)


def memory(scenario, subjects, samples):
    """Measure what an address takes, by what is free before and after."""
    number = scenario.args["macs"]
    args = dict(scenario.args, outs=2)
    rigs = make_rigs(subjects, line_ports, args=args)
    for subject, rig in rigs.items():
        before = free_memory()
        learn(rig, number)
        after = free_memory()
        samples.add(subject, (before - after) / number,
                    frames_once(subject, rig, args)[1])


def rule_memory(scenario, subjects, samples):
    """Measure what a rule takes, beyond what the first of them does."""
    made = scenario.args["made"]
    rigs = make_rigs(subjects, line_ports, args=scenario.args)
    for _ in range(scenario.rounds):
        for subject, rig in rigs.items():
            pairs = list(SUBJECTS[subject].rules(rig, made))
            run(pairs[:1 - len(made)])
            time.sleep(1)
            before = free_memory()
            run(pairs[1 - len(made):])
            time.sleep(1)
            after = free_memory()
            samples.add(subject, (before - after) / (len(made) - 1),
                        frames_once(subject, rig, scenario.args)[1]
                        and unload(subject, rig) == len(made))


def free_memory():
    """Return how many bytes nothing uses."""
    with open("/proc/meminfo", encoding="ascii") as file:
        return 1024 * next(int(line.split()[1]) for line in file
                           if line.startswith("MemFree:"))


def double_ports(name):
    """Two pairs of ports, each with an address behind its second."""
    ports = [Port(f"{name}{pair}{side}", 1, False)
             for pair in (0, 1) for side in ("in", "out")]
    make_dummies(port.dev for port in ports)
    return ports, [(ports[0], ports[1:2]), (ports[2], ports[3:])], [
        (mac(DST), ports[1]), (mac(DST2), ports[3])]


def scale_once(rig, jobs, number):
    """Run generators; return frames a second and if all arrived."""
    before = counters()
    results = generate(*jobs)
    after = counters()
    arrived = [after[rig.ports[2 * n + 1].dev] -
               before[rig.ports[2 * n + 1].dev] for n in range(len(jobs))]
    return (sum(sent * 1e9 / median for sent, _, median in results),
            arrived == [number] * len(jobs))


def scale(scenario, subjects, samples):
    """Measure what a second CPU adds."""
    count = scenario.args["frames"]
    rigs = make_rigs(subjects, double_ports)
    for number in range(scenario.rounds + 1):
        for subject, rig in rigs.items():
            jobs = [job(rig.ports[0].dev, count, template()),
                    job(rig.ports[2].dev, count, template(DST2, SRC2), cpu=1)]
            one, one_ok = scale_once(rig, jobs[:1], count)
            two, two_ok = scale_once(rig, jobs, count)
            if number:
                samples.add(subject, two / one, one_ok and two_ok)


def timed(pairs):
    """Run what comes of pairs of a tool and a line; return the seconds."""
    pairs = list(pairs)
    start = time.monotonic()
    run(pairs)
    return time.monotonic() - start


def filled(pair, **names):
    """Return a pair of a tool and a line with names put into the line."""
    return pair[0], pair[1].format(**names)


def names_of(rig):
    """Return what may be put into a line that is about rules."""
    return {"name": rig.name, "into": rig.ports[0].dev,
            "out": rig.ports[1].dev}


def unload(subject, rig):
    """Remove all rules; return how many there were."""
    what = SUBJECTS[subject]
    shown = subprocess.run(what.shown.format(**names_of(rig)).split(),
                           stdout=subprocess.PIPE, check=True).stdout
    run([filled(what.unrule, **names_of(rig))])
    # Each has a source and a destination.
    return shown.count(NET) // 2


def rules(scenario, subjects, samples):
    """Measure how long it takes to load rules."""
    made = scenario.args["made"]
    rigs = make_rigs(subjects, line_ports, args={})
    for _ in range(scenario.rounds):
        for subject, rig in rigs.items():
            how = getattr(SUBJECTS[subject], scenario.args["how"])
            sec = timed(how(rig, made))
            samples.add(subject, sec, unload(subject, rig) == len(made))


def forget(subject, rig):
    """Make a switch forget the addresses that it learned."""
    if SUBJECTS[subject].flush:
        run([filled(SUBJECTS[subject].flush, name=rig.name)])


def fdb(scenario, subjects, samples):
    """Measure how long it takes to add static addresses."""
    number = scenario.args["number"]
    for turn in range(scenario.rounds):
        for subject, rig in make_rigs(
                subjects, lambda name, turn=turn: line_ports(
                    f"t{turn}{name}", {"known": False})).items():
            what = SUBJECTS[subject]
            dev = rig.ports[1].dev
            sec = timed(filled(what.mac, mac=mac(f"02{n:010x}"), dev=dev)
                        for n in range(number))
            shown = subprocess.run(what.macs.format(name=rig.name).split(),
                                   stdout=subprocess.PIPE, check=True).stdout
            samples.add(subject, sec, shown.count(b" static") == number)
            run([("ip", f"link del {rig.name}")])


def bare_ports(_name):
    """No ports."""
    return [], [], []


def ports(scenario, subjects, samples):
    """Measure how long it takes to add or to remove ports."""
    devs = [f"d{n}" for n in range(scenario.args["number"])]
    make_dummies(devs)
    for subject, rig in make_rigs(subjects, bare_ports).items():
        what = SUBJECTS[subject]
        sec, members = {}, {}
        for step, line in (("add", what.port), ("del", what.unport)):
            sec[step] = timed(filled(line, name=rig.name, dev=dev)
                              for dev in devs)
            members[step] = subprocess.run(
                ["ip", "-o", "link", "show", "master", rig.name],
                stdout=subprocess.PIPE, check=True).stdout.count(b": d")
        samples.add(subject, sec[scenario.args["what"]],
                    members == {"add": len(devs), "del": 0})


def main():
    """Do it."""
    name, path, *only = sys.argv[1:]
    scenario = SCENARIOS[name]
    for conf in ("all", "default"):
        with open(f"/proc/sys/net/ipv6/conf/{conf}/disable_ipv6", "w",
                  encoding="ascii") as file:
            file.write("1")
    start = time.monotonic()
    subjects = [subject for subject in scenario.subjects
                if not only or subject in only]
    globals()[scenario.how](scenario, subjects, Samples(name, path))
    print(f"{name}: {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
