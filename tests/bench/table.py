# SPDX-License-Identifier: GPL-2.0
"""What is measured: SUBJECTS and SCENARIOS; no other place names any of them.

Read by the machine that measures and by the host that reports.
"""

from collections import namedtuple
from ipaddress import ip_address, ip_network

# What a subject has to switch: ports, pairs of an address and the port that it
# is behind, and for a subject that looks at no address pairs of a port and
# those by which what it receives leaves.
Rig = namedtuple("Rig", "name ports known paths")
# A device, how it is a member of its VLAN, and how many VLANs up to that it is a
# member of, 1 being that one alone.
Port = namedtuple("Port", "dev vid tagged vlans", defaults=(1,))

OVS_VLAN = "eth_type(0x8100),vlan(vid={vid},pcp=0),encap({inner})"
ETHERNET_TYPES = ("eth_type(0x0800),ipv4(frag=no)", "eth_type(0x0806),arp()")
OVS_IPV4 = f"eth(),{ETHERNET_TYPES[0]}"
# How many masks there are where there are many rules, and networks of the
# generator's new flows.
MASKS = 20
# Addresses in the frames; the source is the first of many.
SRC_IP, DST_IP = "192.0.2.1", "192.0.2.2"
# Rules permit frames from an IPv4 network to another.
Rule = namedtuple("Rule", "src dst")
# More than any scenario has, and longer than any takes.
MANY_MACS = 2097152
SECONDS = 36000


def vids(port):
    """Return the VLANs of a port, as the tools want them."""
    return port.vid if port.vlans == 1 else f"1-{port.vlans}"


def setup_null(rig):
    """Free what comes in."""
    for port, _ in rig.paths:
        yield "handler", f"null {port.dev}"


def setup_redirect(rig):
    """Send what comes in by the other port, by an rx_handler of one line."""
    for port, (out,) in rig.paths:
        yield "handler", f"redirect {port.dev} {out.dev}"


def setup_tc(rig):
    """Do the same by tc."""
    for port, (out,) in rig.paths:
        yield "tc", f"qdisc add dev {port.dev} clsact"
        yield "tc", (f"filter add dev {port.dev} ingress matchall"
                     f" action mirred egress redirect dev {out.dev}")


def setup_vswitch(rig):
    """Switch, learn and count, aware of VLANs."""
    yield "vsctl", (f"switch add {rig.name} ageing {SECONDS}"
                    f" fdb-limit {MANY_MACS}")
    for port in rig.ports:
        kind = "trunk" if port.tagged else "access"
        yield "vsctl", (f"port add {rig.name} {port.dev}"
                        f" vlan {kind} {vids(port)}")
    for mac, port in rig.known:
        yield "vsctl", f"fdb add {mac} vlan {port.vid} port {port.dev} static"


def setup_bridge(rig):
    """Bridge without VLANs."""
    yield "ip", (f"link add {rig.name} type bridge vlan_default_pvid 0"
                 f" ageing_time {SECONDS * 100}")
    yield "ip", f"link set {rig.name} up"
    for port in rig.ports:
        yield "ip", f"link set {port.dev} master {rig.name}"
    for mac, port in rig.known:
        yield "bridge", f"fdb add {mac} dev {port.dev} master static"


def setup_bridge_vlan(rig):
    """Bridge with VLANs."""
    yield "ip", (f"link add {rig.name} type bridge vlan_filtering 1"
                 f" vlan_default_pvid 0 ageing_time {SECONDS * 100}")
    yield "ip", f"link set {rig.name} up"
    for port in rig.ports:
        yield "ip", f"link set {port.dev} master {rig.name}"
    for port in rig.ports:
        how = "" if port.tagged else " pvid untagged"
        yield "bridge", f"vlan add dev {port.dev} vid {vids(port)}{how}"
    for mac, port in rig.known:
        yield "bridge", (f"fdb add {mac} dev {port.dev} master static"
                         f" vlan {port.vid}")


def setup_ovs(rig):
    """Let the kernel's datapath have the flows that a daemon would give it."""
    yield "ovs-dpctl", f"add-dp {rig.name}"
    yield "ovs-dpctl", " ".join(["add-if", rig.name] + [
        f"{port.dev},port_no={n}" for n, port in enumerate(rig.ports, 1)])
    for port, outs in rig.paths:
        actions = [str(rig.ports.index(out) + 1) for out in outs]
        if port.tagged and not outs[0].tagged:
            actions.insert(0, "pop_vlan")
        if outs[0].tagged and not port.tagged:
            actions.insert(0, f"push_vlan(vid={outs[0].vid},pcp=0)")
        for inner in ETHERNET_TYPES:
            key = f"in_port({rig.ports.index(port) + 1}),eth(),"
            key += (OVS_VLAN.format(vid=port.vid, inner=inner)
                    if port.tagged else inner)
            yield "ovs-dpctl", f"add-flow {rig.name} {key} {','.join(actions)}"


def no_rules(_rig, _rules):
    """Give rules to a subject that has none."""
    return ()


def rules_vswitch(rig, made):
    """Permit."""
    for _, line in replace_vswitch(rig, made):
        yield "vsctl", f"rule add {rig.name} {line}"


def replace_vswitch(rig, made):
    """Permit, by rules that all come at one moment."""
    for n, rule in enumerate(made):
        yield f"vsctl rule replace {rig.name}", (
            f"prio {n % MASKS} match ip src {rule.src} dst {rule.dst}"
            " action permit")


def rules_tc(rig, made):
    """Send on what is permitted, before all else is."""
    (port, (out,)), = rig.paths
    for n, rule in enumerate(made):
        yield "tc", (f"filter add dev {port.dev} ingress protocol ip"
                     f" pref {MASKS - n % MASKS} flower"
                     f" src_ip {rule.src} dst_ip {rule.dst}"
                     f" action mirred egress redirect dev {out.dev}")


def rules_ovs(rig, made):
    """Have a flow for each in place of those that permit all."""
    if made:
        yield "ovs-dpctl", f"del-flows {rig.name}"
    for rule in made:
        src, dst = (ip_network(net, strict=False).with_netmask
                    for net in rule)
        yield f"ovs-dpctl add-flows {rig.name}", (
            f"in_port(1),eth(),eth_type(0x0800),ipv4("
            f"src={src},dst={dst},frag=no) 2")


def rules_nft(rig, made):
    """Accept, where the bridge forwards."""
    yield "nft", f"add table bridge {rig.name}"
    yield "nft", (f"add chain bridge {rig.name} forward"
                  " { type filter hook forward priority 0; }")
    for rule in made:
        yield "nft", (f"add rule bridge {rig.name} forward"
                      f" ip saddr {rule.src} ip daddr {rule.dst} accept")


# How it is set up, and gets rules, as pairs of a tool and a line. Of a subject
# that learns also, as such pairs, how addresses are forgotten, one is added, a port is
# added and removed, and the command that shows all addresses. Of one that has
# rules, the command that shows them, such a pair that removes all of them, and how
# it gets them at one moment. Of one that knows connections, pairs by which frames
# from the first port pass only where they answer what came by the other.
Subject = namedtuple("Subject", "setup rules flush mac port unport macs"
                     " shown unrule replace ct",
                     defaults=(no_rules,) + (None,) * 9)

BRIDGE = {
    "flush": ("ip", "link set {name} type bridge fdb_flush"),
    "port": ("ip", "link set {dev} master {name}"),
    "unport": ("ip", "link set {dev} nomaster"),
    "macs": "bridge fdb show br {name}",
}

SUBJECTS = {
    "null": Subject(setup_null),
    "redirect": Subject(setup_redirect),
    "tc": Subject(
        setup_tc, rules_tc, shown="tc filter show dev {into} ingress",
        unrule=("tc", "filter del dev {into} ingress")),
    "vswitch": Subject(
        setup_vswitch, rules_vswitch,
        flush=("vsctl", "fdb flush {name}"),
        mac=("vsctl", "fdb add {mac} vlan 1 port {dev} static"),
        port=("vsctl", "port add {name} {dev}"),
        unport=("vsctl", "port del {dev}"),
        macs="vsctl fdb show {name}", shown="vsctl rule show {name}",
        unrule=("vsctl", "rule flush {name}"), replace=replace_vswitch,
        ct=(("vsctl", "switch set {name} policy drop"),
            ("vsctl", "rule add {name} match ct established action permit"),
            ("vsctl", "rule add {name} match port {out} ct new"
                      " action ct commit permit"))),
    "bridge": Subject(
        setup_bridge, rules_nft,
        mac=("bridge", "fdb add {mac} dev {dev} master static"),
        shown="nft list table bridge {name}",
        unrule=("nft", "delete table bridge {name}"),
        ct=(("nft", "add table bridge {name}"),
            ("nft", "add chain bridge {name} forward {{ type filter"
                    " hook forward priority 0; policy drop; }}"),
            ("nft", "add rule bridge {name} forward"
                    " ct state established accept"),
            ("nft", "add rule bridge {name} forward"
                    " iifname {out} ct state new accept")),
        **BRIDGE),
    "bridge-vlan": Subject(
        setup_bridge_vlan,
        mac=("bridge", "fdb add {mac} dev {dev} master static vlan 1"),
        **BRIDGE),
    # The zone is for it not to know what the bridge knows.
    "ovs": Subject(
        setup_ovs, rules_ovs, shown="ovs-dpctl dump-flows {name}",
        unrule=("ovs-dpctl", "del-flows {name}"),
        ct=(("ovs-dpctl", "del-flows {name}"),
            ("ovs-dpctl", "add-flow {name} recirc_id(0),in_port(2)," + OVS_IPV4
             + " ct(commit,zone=1),1"),
            ("ovs-dpctl", "add-flow {name} recirc_id(0),in_port(1)," + OVS_IPV4
             + " ct(zone=1),recirc(1)"),
            ("ovs-dpctl", "add-flow {name} recirc_id(1),in_port(1),"
             "ct_state(+est+trk)," + OVS_IPV4 + " 2"))),
}

LEARNING = ("vswitch", "bridge", "bridge-vlan")
SWITCHES = LEARNING + ("ovs",)
VLANS = ("vswitch", "bridge-vlan", "ovs")
ALL = ("redirect", "tc") + SWITCHES
RULES = ("tc", "vswitch", "ovs")
CT = tuple(name for name, subject in SUBJECTS.items() if subject.ct)
# What a cost is told as the difference to.
BASE = "null"

# machine: which of the three it is measured in; how: the function of
# measure.py; subjects: which; rounds: how often each, in turns; title: what it
# is; args: of that function.
Scenario = namedtuple("Scenario",
                      "machine unit how subjects rounds title args")


def insn(subjects, title, **args):
    """Return a scenario whose cost is counted in instructions."""
    return Scenario("icount", "insn", "frames", (BASE,) + subjects, 5, title,
                    args)


def macs(title, number):
    """Return a scenario with so many addresses."""
    return Scenario("native", "ns", "frames", (BASE,) + LEARNING, 6, title,
                    {"macs": number, "frames": max(number, 200000),
                     "outs": 2})


def vlans(title, number):
    """Return a scenario with so many VLANs on each port."""
    return insn(("vswitch", "bridge-vlan"), title, vid=number, vlans=number,
                tag_in=True, tag_out=True)


def rules(title, made, flows, **args):
    """Return a scenario with rules."""
    return insn(RULES, title, made=made, flows=flows,
                frames=max(flows, 4096), **args)


def rules_n(title, number):
    """Return a scenario with so many rules, and as many flows."""
    return rules(title, rules_by_host(number), max(number, 1), rules=number)


def load(subjects, title, how):
    """Return a scenario in which 10,000 rules are loaded."""
    return Scenario("smp", "s", "rules", subjects, 1, title,
                    {"made": rules_by_host(10000), "how": how})


def rules_by_host(number):
    """Return a rule for each of so many sources, of up to 20 masks."""
    first = ip_address(SRC_IP)
    return [Rule(f"{first + n}/32", f"{DST_IP}/{13 + n % MASKS}")
            for n in range(number)]


def rules_by_network():
    """Return a rule for each network of new flows, all but two of one mask.

    There is one more: the first source is not the first of its network. The
    last mask is for nobody, but makes each source another flow to a cache.
    """
    first = ip_address(SRC_IP)
    made = [Rule(f"{first + (n << 19)}/13",
                 f"{DST_IP}/{13 + min(n, MASKS - 2)}")
            for n in range(MASKS + 1)]
    return made + [Rule("10.0.0.1/32", f"{DST_IP}/32")]


SCENARIOS = {
    "l2-unicast": insn(ALL, "known unicast to a dummy"),
    "l2-unicast-veth": insn(ALL, "known unicast to a veth", sink="veth"),
    "l2-flood8": insn(SWITCHES, "flood to 8 ports, per copy", outs=8,
                      known=False),
    "l2-vlan-push": insn(VLANS, "from access port to trunk", vid=10,
                         tag_out=True),
    "l2-vlan-pop": insn(VLANS, "from trunk to access port", vid=10,
                        tag_in=True),
    "l2-vlans-1": vlans("trunk to trunk, 1 VLAN", 1),
    "l2-vlans-100": vlans("trunk to trunk, 100 VLANs", 100),
    "l2-vlans-4k": vlans("trunk to trunk, 4,094 VLANs", 4094),
    "l2-learn": insn(LEARNING, "first sight of a source", learn=True),
    "rules-0": rules_n("no rule", 0),
    "rules-1": rules_n("1 rule", 1),
    "rules-10": rules_n("10 rules with 10 masks, 10 flows", 10),
    "rules-100": rules_n("100 rules with 20 masks, 100 flows", 100),
    "rules-1k": rules_n("1,000 rules with 20 masks, 1,000 flows", 1000),
    "rules-10k": rules_n("10,000 rules with 20 masks, 10,000 flows", 10000),
    "rules-worst": rules("20 masks, each frame a new flow",
                         rules_by_network(), 0),
    "rules-ct": insn(CT, "of an established connection", ct=True),
    "l2-macs-1": macs("1 MAC", 1),
    "l2-macs-10k": macs("10,000 MACs, in no order", 10000),
    "l2-macs-1m": macs("1,000,000 MACs, in no order", 1000000),
    "l2-tcp-veth": Scenario("native", "bit/s", "tcp", ALL, 6,
                            "TCP, veth to veth", {"kind": "veth"}),
    "l2-tcp-tap": Scenario("native", "bit/s", "tcp", ALL, 6,
                           "TCP, tap to tap", {"kind": "tap"}),
    "l2-latency": Scenario("native", "ns", "latency", ALL, 9,
                           "half a round trip, veth to veth",
                           {"kind": "veth", "count": 4000}),
    "mem-mac": Scenario("native", "B", "memory", LEARNING, 1,
                        "memory of a MAC, of 1,000,000",
                        {"macs": 1000000, "frames": 100000}),
    "mem-rule": Scenario("native", "B", "rule_memory", RULES, 3,
                         "memory of a rule, of 10,000",
                         {"made": rules_by_host(10000), "flows": 10000,
                          "frames": 10000}),
    "l2-scale-2cpu": Scenario("smp", "ratio", "scale", VLANS, 6,
                              "frames by two CPUs, by one: 1",
                              {"frames": 32768}),
    "ctl-fdb-100k": Scenario("smp", "s", "fdb", LEARNING, 2,
                             "100,000 static MACs in a batch",
                             {"number": 100000}),
    "ctl-ports-1k": Scenario("smp", "s", "ports", ("vswitch", "bridge"), 1,
                             "1,000 ports added in a batch",
                             {"number": 1000, "what": "add"}),
    "ctl-ports-1k-del": Scenario("smp", "s", "ports", ("vswitch", "bridge"),
                                 1, "1,000 ports removed in a batch",
                                 {"number": 1000, "what": "del"}),
    "ctl-rules-10k": load(RULES + ("bridge",), "10,000 rules in a batch",
                          "rules"),
    "ctl-rules-10k-replace": load(("vswitch",), "10,000 rules at one moment",
                                  "replace"),
}

# Kernel, and options of the VM runner, of each machine.
MACHINES = {
    "icount": ("6.1", "--icount --mem 1G"),
    "native": ("6.1-umlbench", "--mem 2G"),
    "smp": ("6.1", "--smp 2 --mem 2G"),
}
