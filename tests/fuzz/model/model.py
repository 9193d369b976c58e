# SPDX-License-Identifier: GPL-2.0
"""What a switch does, as its documentation has it.

A model in plain terms, to hold the module against: no table is fast, no lock
is held, no byte is shared. It is written from vswitch(7), vsctl(8), uapi.rst
and the netlink specification, not from the module's code.

Each public method of Switch that changes something is a step: it returns
whether the switch does it, or refuses. frame() returns what leaves.
"""

from dataclasses import dataclass, field

from rules import MASKED, fields_of

HEADER = 14                     # an Ethernet header
Q_TAG, S_TAG = 0x8100, 0x88a8   # types of tags; the latter is payload
VIDS = range(1, 4095)
ZONES = 4096                    # of connections: one for each VLAN
ZONE_MAX = 61440
MTU = 1500


class Drop(Exception):
    """Why a frame is dropped on its way in."""


def ethertype(frame):
    """The type or length in a frame's header."""
    return int.from_bytes(frame[12:14], 'big')


def is_tagged(frame):
    """Does the frame begin with a tag, of either type?"""
    return ethertype(frame) in (Q_TAG, S_TAG)


def put_tag(frame, tci, proto=Q_TAG):
    """The frame with one more tag."""
    return (frame[:12] + proto.to_bytes(2, 'big') + tci.to_bytes(2, 'big') +
            frame[12:])


def is_group(mac):
    """Is it an address of many?"""
    return bool(mac[0] & 1)


def is_station(mac):
    """Is it an address that one station can have?"""
    return not is_group(mac) and any(mac)


def is_reserved(mac):
    """01:80:c2:00:00:00 to 0f, which no bridge forwards."""
    return mac[:5] == bytes.fromhex('0180c20000') and mac[5] < 16


@dataclass(eq=False)
class Device:
    """What the kernel says of a network device."""
    up: bool = False
    carrier: bool = True
    mtu: int = MTU
    mac: bytes = bytes(6)


@dataclass
class Vlan:
    """VLANs of a port. None: a command does not say, and the default holds."""
    mode: str = None
    pvid: int = None
    tagged: tuple = None

    def full(self):
        """With all defaults filled in, or None if no port can be like that."""
        if (self.mode or 'access') == 'access':
            pvid = 1 if self.pvid is None else self.pvid
            good = self.tagged is None and pvid in VIDS
            return Vlan('access', pvid, ()) if good else None
        pvid = self.pvid or 0
        good = (self.tagged is not None and
                all(vid in VIDS for vid in self.tagged))
        return Vlan('trunk', pvid, self.tagged) if good else None

    def members(self):
        """All VLANs, the one without tags included."""
        return {*self.tagged, self.pvid} - {0}


@dataclass
class Port:
    """A port of the switch."""
    name: str
    kind: str
    dev: Device
    vlan: Vlan
    policy: str = 'switch'
    rx: list = field(default_factory=lambda: [0, 0])    # packets, bytes
    tx: list = field(default_factory=lambda: [0, 0])
    drops: dict = field(default_factory=dict)

    def is_up(self):
        """The host port's own carrier says something about the others."""
        return self.dev.up and (self.dev.carrier or self.kind == 'host')


@dataclass
class Counted:
    """A rule that is there, and its counters."""
    rule: object        # with the devices that it names
    number: int         # those made before have a lower one
    hits: list = field(default_factory=lambda: [0, 0])  # packets, bytes

    def order(self):
        """The lowest decides."""
        return -self.rule.prio, self.number


@dataclass
class Packet:
    """A frame on its way: without the tag that the switch understands."""
    port: Port
    frame: bytes
    hidden: int         # bytes that the device keeps beside the frame
    vid: int = 0
    prio: int = 0       # priority and drop eligibility, where a tag has them


class Switch:
    """A switch, with the devices that are or may become its ports."""

    def __init__(self, host, host_mac, devices, aware=True, limit=131072):
        self.host, self.aware, self.limit = host, aware, limit
        self.devs = {name: Device(up=True) for name in devices}
        self.devs[host] = Device(carrier=False, mac=host_mac)
        self.ports = {}
        self.fdb = {}           # (address, VLAN): (port's name, type)
        self.rules = []         # Counted
        self.rules_made = 0
        self.refused = 0
        self.drops = {}
        self.mtu_set = self.capture = False
        self.policy = 'permit'
        self.zone = ZONES       # no other switch has it, nor the host
        self.out = []
        self._attach(host, 'host', Vlan().full())

    # Configuration

    def _attach(self, name, kind, vlan):
        self.ports[name] = Port(name, kind, self.devs[name], vlan)
        if kind != 'netdev':
            self.set_mac(name, self.devs[name].mac)
        self._ports_changed()

    def _ports_changed(self):
        """What the host port's device shows of the others."""
        others = [p for p in self.ports.values() if p.kind != 'host']
        dev = self.devs[self.host]
        dev.carrier = any(p.is_up() for p in others)
        if not self.mtu_set:
            dev.mtu = min((p.dev.mtu for p in others), default=MTU)

    def _vlan(self, vlan, default):
        """The VLANs that a command asks for, or None."""
        if vlan == Vlan():
            return default
        return vlan.full() if self.aware else None

    def _members(self, port):
        return port.vlan.members() if self.aware else {0}

    def port_add(self, name, vlan):
        """Attach a device."""
        vlan = self._vlan(vlan, Vlan().full())
        if not vlan or name in self.ports or name not in self.devs:
            return False
        self._attach(name, 'netdev', vlan)
        return True

    def internal_add(self, name, vlan, mac):
        """Make an internal port: a device that gets an address of its own."""
        vlan = self._vlan(vlan, Vlan().full())
        if not vlan or name in self.devs:
            return False
        self.devs[name] = Device(mac=mac)
        self._attach(name, 'internal', vlan)
        return True

    def port_del(self, name):
        """Detach a device, or remove an internal port with its device."""
        port = self.ports.get(name)
        if not port or port.kind == 'host':
            return False
        self._forget(lambda entry: entry[1] == name, learned_only=False)
        del self.ports[name]
        if port.kind == 'internal':
            del self.devs[name]
        self._ports_changed()
        return True

    def port_set(self, name, vlan, policy=None):
        """Change a port's VLANs, its policy, or both."""
        port = self.ports.get(name)
        if not port or (vlan == Vlan() and policy is None):
            return False
        if vlan != Vlan() and not self._join(port, self._vlan(vlan, None)):
            return False
        port.policy = policy or port.policy
        return True

    def _join(self, port, vlan):
        """A port leaves its VLANs for others, or for None: for no good."""
        if not vlan:
            return False
        if port.kind != 'netdev' and not self._claim(port.dev.mac,
                                                     vlan.members()):
            return False
        port.vlan = vlan
        self._forget(lambda entry: entry[1] == port.name and
                     entry[0][1] not in vlan.members())
        return True

    def link(self, name, is_up):
        """Set a device up or down."""
        return self._change(name, lambda dev: setattr(dev, 'up', is_up))

    def carrier(self, name, is_on):
        """Give a device carrier, or take it away."""
        return self._change(name, lambda dev: setattr(dev, 'carrier', is_on))

    def mtu(self, name, mtu):
        """Set a device's MTU."""
        if name == self.host and self.devs[name].mtu != mtu:
            self.mtu_set = True
        return self._change(name, lambda dev: setattr(dev, 'mtu', mtu))

    def _change(self, name, change):
        if name not in self.devs:
            return False
        change(self.devs[name])
        port = self.ports.get(name)
        if port and not port.is_up():
            self._forget(lambda entry: entry[1] == name)
        self._ports_changed()
        return True

    def set_capture(self, is_on):
        """Capture on the switch's own device, in promiscuous mode."""
        self.capture = is_on
        return True

    def set_limit(self, limit):
        """Change how many addresses may be learned."""
        self.limit = limit
        return True

    def set_policy(self, policy):
        """What becomes of a frame that no rule matches."""
        self.policy = policy
        return True

    def set_zone(self, zone):
        """Where zones of connections begin."""
        if zone > ZONE_MAX:
            return False
        self.zone = zone
        return True

    # MAC table

    def _local(self, mac):
        """The port whose device has the address, of host and internal ones."""
        return next((p for p in self.ports.values()
                     if p.kind != 'netdev' and p.dev.mac == mac), None)

    def _claim(self, mac, vids):
        """Nobody else has an adapter's address in the adapter's VLANs."""
        rivals = [(mac, vid) for vid in vids if (mac, vid) in self.fdb]
        if any(self.fdb[key][1] == 'static' for key in rivals):
            return False
        for key in rivals:
            del self.fdb[key]
        return True

    def set_mac(self, name, mac):
        """Give a host or internal port's device an address."""
        port = self.ports.get(name)
        if not port or not is_station(mac):
            return False
        if self._local(mac) not in (None, port):
            return False
        if not self._claim(mac, self._members(port)):
            return False
        port.dev.mac = mac
        return True

    def _lookup(self, mac, vid):
        """(name of the port, type) of an address, or (None, None)."""
        local = self._local(mac)
        if local and vid in self._members(local):
            return local.name, 'local'
        return self.fdb.get((mac, vid), (None, None))

    def _forget(self, which, learned_only=True):
        """Remove entries; which() is asked for each (key, port, type)."""
        self.fdb = {key: (port, kind) for key, (port, kind) in self.fdb.items()
                    if (learned_only and kind != 'learned') or
                    not which((key, port, kind))}

    def _own_vid(self, port, vid):
        """The VLAN that a command on an address means, or None."""
        if not self.aware:
            return 0 if vid is None else None
        return (port.vlan.pvid if port and vid is None else vid) or None

    def _static(self, name, mac, vid):
        """What a command on a static entry is about: a key, or None."""
        port = self.ports.get(name)
        vid = self._own_vid(port, vid)
        if not port or not is_station(mac) or vid is None:
            return None
        return (mac, vid) if vid in self._members(port) else None

    def fdb_add(self, name, mac, vid):
        """Make a static entry."""
        key = self._static(name, mac, vid)
        if not key or self._local(mac) or \
                self.fdb.get(key, (None, None))[1] == 'static':
            return False
        self.fdb[key] = (name, 'static')
        return True

    def fdb_set(self, name, mac, vid):
        """Move a static entry to another port."""
        key = self._static(name, mac, vid)
        if not key or self.fdb.get(key, (None, None))[1] != 'static':
            return False
        self.fdb[key] = (name, 'static')
        return True

    def fdb_del(self, mac, vid):
        """Remove a static or learned entry."""
        return bool(self.fdb.pop((mac, self._own_vid(None, vid)), None))

    def fdb_flush(self, name, vid):
        """Forget what was learned: of a port, of a VLAN; None: of all."""
        if (name and name not in self.ports) or (vid and not self.aware):
            return False
        self._forget(lambda entry: name in (None, entry[1]) and
                     vid in (None, entry[0][1]))
        return True

    def learned(self):
        """How many addresses are learned."""
        return sum(kind == 'learned' for _, kind in self.fdb.values())

    # Rules

    def _checked(self, rule):
        """The rule with devices for their names, or None if it is refused."""
        values = rule.match + rule.excepts
        if not rule.is_possible() or \
                any(value not in self.ports for name, value in values
                    if name == 'port') or \
                any(value[0] > value[1] for name, value in values
                    if name != 'port' and name not in MASKED):
            return None
        match, excepts = (
            tuple((name, self.devs[value] if name == 'port' else value)
                  for name, value in some)
            for some in (rule.match, rule.excepts))
        return type(rule)(rule.prio, match, excepts, rule.drop)

    def _made(self, rule):
        self.rules_made += 1
        return Counted(rule, self.rules_made)

    def rule_add(self, rule):
        """Make a rule."""
        rule = self._checked(rule)
        if not rule:
            return False
        self.rules.append(self._made(rule))
        return True

    def rule_del(self, prio):
        """Remove all rules with a prio."""
        left = [one for one in self.rules if one.rule.prio != prio]
        done = len(left) < len(self.rules)
        self.rules = left
        return done

    def rule_flush(self):
        """Remove all rules."""
        self.rules = []
        return True

    def rule_replace(self, rules):
        """These take the place of all; who says the same has the counters."""
        rules = [self._checked(rule) for rule in rules]
        if None in rules:
            return False
        new, old = [], sorted(self.rules, key=Counted.order)
        for rule in rules:
            made = self._made(rule)
            same = [one for one in old if one.rule == rule]
            if same:
                old.remove(same[0])
                made.hits = same[0].hits
            new.append(made)
        self.rules = new
        return True

    def _judge(self, pkt):
        """The first rule that matches decides; without one the policy."""
        seen = fields_of(pkt.frame, pkt.vid if self.aware else None)
        seen['port'] = pkt.port.dev
        for one in sorted(self.rules, key=Counted.order):
            if one.rule.matches(seen):
                self._count(one.hits, len(pkt.frame) - pkt.hidden)
                if one.rule.drop:
                    raise Drop('rule')
                return
        if self._policy_of(pkt.port) == 'drop':
            raise Drop('policy')

    def _policy_of(self, port):
        return self.policy if port.policy == 'switch' else port.policy

    # A frame's way

    def frame(self, name, data, beside=False):
        """A frame comes in; returns what leaves, as (port's name, bytes).

        beside: a device has taken the first tag off and keeps it beside the
        frame, as all but host and internal ports' devices do.
        """
        port = self.ports[name]
        self.out = []
        if port.kind == 'netdev' and is_reserved(data[:6]):
            return self.out
        pkt = Packet(port, data, 4 if beside and is_tagged(data) else 0)
        self._count(port.rx, len(data) - pkt.hidden)
        try:
            self._parse(pkt)
            self._admit(pkt)
            self._judge(pkt)
            self._learn(pkt)
            self._forward(pkt)
        except Drop as drop:
            self._count_drop(port, str(drop))
        return self.out

    def _count(self, counter, length):
        counter[0] += 1
        counter[1] += length

    def _count_drop(self, port, reason):
        for drops in (port.drops, self.drops):
            drops[reason] = drops.get(reason, 0) + 1

    def _parse(self, pkt):
        """Take the tag off that the switch understands."""
        tci = 0
        if self.aware and ethertype(pkt.frame) == Q_TAG:
            if not pkt.hidden and len(pkt.frame) < HEADER + 6:
                raise Drop('malformed')
            tci = int.from_bytes(pkt.frame[14:16], 'big')
            pkt.frame = pkt.frame[:12] + pkt.frame[16:]
        if self.aware:
            pkt.hidden = 0
        pkt.vid, pkt.prio = tci & 0xfff, tci & 0xf000
        if not is_station(pkt.frame[6:12]):
            raise Drop('src-invalid')

    def _admit(self, pkt):
        """Which VLAN is it in, and may it come in there?"""
        vlan = pkt.port.vlan
        if is_reserved(pkt.frame[:6]):
            raise Drop('dst-reserved')
        if not self.aware:
            return
        if vlan.mode == 'access' and (pkt.vid or
                                      ethertype(pkt.frame) == Q_TAG):
            raise Drop('vlan-tagged')
        pkt.vid = pkt.vid or vlan.pvid
        if not pkt.vid:
            raise Drop('vlan-untagged')
        if pkt.vid not in vlan.members():
            raise Drop('vlan-ingress')

    def _learn(self, pkt):
        """Remember where the source is."""
        mac = pkt.frame[6:12]
        name, kind = self._lookup(mac, pkt.vid)
        if kind == 'local' and name != pkt.port.name:
            raise Drop('src-local')
        if kind in ('local', 'static'):
            return
        if kind is None and self.learned() >= self.limit:
            self.refused += 1
            return
        self.fdb[mac, pkt.vid] = (pkt.port.name, 'learned')

    def _forward(self, pkt):
        """To where the destination is, or to all."""
        mac = pkt.frame[:6]
        name = None if is_group(mac) else self._lookup(mac, pkt.vid)[0]
        if name == pkt.port.name:
            raise Drop('same-port')
        outs = [self.ports[name]] if name else \
            [p for p in self.ports.values() if p is not pkt.port and
             p.is_up() and pkt.vid in self._members(p)]
        host = self.ports[self.host]
        gets = host in outs and not self._why_not(pkt, host)
        if self.capture and host.dev.up and host is not pkt.port and not gets:
            self.out.append(('capture', self._as_sent(pkt, host)))
        if not outs:
            raise Drop('no-receiver')
        for port in outs:
            self._send(pkt, port)

    def _why_not(self, pkt, port):
        """Why one copy does not leave by one port, or None."""
        if pkt.vid not in self._members(port):
            return 'vlan-egress'
        if not port.is_up():
            return 'port-down'
        if len(pkt.frame) > port.dev.mtu + HEADER + 4 * is_tagged(pkt.frame):
            return 'too-big'
        return None

    def _send(self, pkt, port):
        """One copy by one port."""
        reason = self._why_not(pkt, port)
        if reason:
            self._count_drop(port, reason)
            return
        self._count(port.tx, len(pkt.frame) - pkt.hidden)
        self.out.append((port.name, self._as_sent(pkt, port)))

    def _as_sent(self, pkt, port):
        """The frame with the tag that it has where it leaves."""
        if not self.aware or pkt.vid == port.vlan.pvid:
            return pkt.frame
        return put_tag(pkt.frame, pkt.prio | pkt.vid)

    # What can be seen from outside

    def state(self):
        """All that the commands that show something show."""
        fdb = {**self.fdb, **{(p.dev.mac, 0): (p.name, 'local')
                              for p in self.ports.values()
                              if p.kind != 'netdev'}}
        host = self.devs[self.host]
        return {
            'switch': {'vlan-aware': int(self.aware), 'fdb-limit': self.limit,
                       'fdb-count': len(fdb), 'fdb-learned': self.learned(),
                       'fdb-refused': self.refused,
                       'port-count': len(self.ports),
                       'policy': self.policy, 'ct-zone': self.zone},
            'device': {'mtu': host.mtu, 'carrier': host.up and host.carrier},
            'ports': {p.name: self._port_state(p)
                      for p in self.ports.values()},
            'fdb': fdb,
            'rules': [(one.rule.prio, one.rule.drop, *one.hits)
                      for one in sorted(self.rules, key=Counted.order)],
            'drops': {'': self.drops, **{p.name: p.drops
                                           for p in self.ports.values()}},
        }

    def _port_state(self, port):
        vlan = (port.vlan.mode, port.vlan.pvid,
                tuple(sorted(set(port.vlan.tagged) - {port.vlan.pvid})))
        return {'type': port.kind, 'vlan': vlan if self.aware else None,
                'policy': port.policy, 'up': int(port.is_up()),
                'rx': tuple(port.rx), 'tx': tuple(port.tx),
                'drops': sum(port.drops.values())}
