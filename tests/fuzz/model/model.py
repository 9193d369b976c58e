# SPDX-License-Identifier: GPL-2.0
"""What a switch does, as its documentation has it.

A model in plain terms, to hold the module against: no table is fast, no lock
is held, no byte is shared. It is written from vswitch(7), vsctl(8), uapi.rst
and the netlink specification, not from the module's code.

Each public method of Switch that changes something is a step: it returns
whether the switch does it, or refuses. frame() returns what leaves.
"""

from answer import answer
from frames import (HEADER, Q_TAG, Drop, Packet, ethertype, is_group,
                    is_reserved, is_station, is_tagged, put_tag)
from ports import MTU, Device, Port, Vlan
from rewrite import Rewriter
from rules import GROUP_MAX
from table import Table

ZONES = 4096                    # of connections: one for each VLAN
ZONE_MAX = 61440


class Switch:
    """A switch, with the devices that are or may become its ports."""

    def __init__(self, host, host_mac, devices, aware=True, limit=131072):
        self.host, self.aware, self.limit = host, aware, limit
        self.devs = {name: Device(up=True) for name in devices}
        self.devs[host] = Device(carrier=False, mac=host_mac)
        self.ports = {}
        self.fdb = {}           # (address, VLAN): (port's name, type)
        self.table = Table(self.ports)
        self.rewriter = Rewriter(aware)
        self.refused = 0
        self.drops = {}
        self.mtu_set = self.capture = False
        self.policy = 'permit'
        self.zone = ZONES       # no other switch has it, nor the host
        self.out = []
        self._attach(host, 'host', Vlan().full())

    # Configuration

    def _attach(self, name, kind, vlan):
        taken = {port.number for port in self.ports.values()}
        number = next(n for n in range(len(taken) + 1) if n not in taken)
        self.ports[name] = Port(name, kind, self.devs[name], vlan, number)
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

    def port_set(self, name, vlan, policy=None, group=None):
        """Change a port's VLANs, its policy, the group of its rules."""
        port = self.ports.get(name)
        if not port or (vlan, policy, group) == (Vlan(), None, None) or \
                len(group or '') > GROUP_MAX:
            return False
        if vlan != Vlan() and not self._join(port, self._vlan(vlan, None)):
            return False
        port.policy = policy or port.policy
        port.group = port.group if group is None else group
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

    def rule_add(self, rule):
        """Make a rule."""
        return self.table.add(rule)

    def rule_del(self, prio, band):
        """Remove all rules with a prio in a band."""
        return self.table.delete(prio, band)

    def rule_flush(self):
        """Remove all rules."""
        return self.table.flush()

    def rule_replace(self, rules):
        """These take the place of all."""
        return self.table.replace(rules)

    def _judge(self, pkt):
        """The first rule that matches decides, and may lead to more of them.

        Without one the policy does.
        """
        band = 0
        while band is not None:
            one = self.table.find(pkt, pkt.vid if self.aware else None, band)
            if not one:
                if self._policy_of(pkt.port) == 'drop':
                    raise Drop('policy')
                return
            self._count(one.hits, pkt.length())
            band = self._do(pkt, one.rule.actions)

    def _policy_of(self, port):
        return self.policy if port.policy == 'switch' else port.policy

    def _do(self, pkt, actions):
        """Does what a rule says; the band that is next, or None."""
        for name, value in actions:
            if name == 'goto':
                return value
            if name == 'drop':
                raise Drop('rule')
            if name == 'reject':
                self._answer(pkt)
                raise Drop('reject')
            if name == 'output':
                pkt.outs = (pkt.outs or []) + [value]
            elif name == 'mirror':
                self._copy(pkt, value)
            elif name == 'mark':
                pkt.mark = pkt.mark & ~value[1] | value[0]
            elif name != 'permit':
                self.rewriter.change(pkt, name, value)
        return None

    def _copy(self, pkt, target):
        """Send a copy to where a rule says, or count why not."""
        port = self.table.port_at(target)
        reason = 'same-port' if port is pkt.port else None
        if not port:
            reason = 'output-gone'
        if reason:
            self._count_drop(pkt.port, reason)
        else:
            self._send(pkt, port)

    def _answer(self, pkt):
        """Tell the sender of a frame, if it is his, that it is rejected."""
        frame = None if pkt.changed else answer(pkt.frame)
        if frame:
            self._send(Packet(pkt.port, frame, vid=pkt.vid, prio=pkt.prio),
                       pkt.port)

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
        self._count(port.rx, pkt.length())
        try:
            self._parse(pkt)
            self._admit(pkt)
            pkt.came = pkt.frame[6:12], pkt.vid
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
        mac, vid = pkt.came
        name, kind = self._lookup(mac, vid)
        if kind == 'local' and name != pkt.port.name:
            raise Drop('src-local')
        if kind in ('local', 'static'):
            return
        if kind is None and self.learned() >= self.limit:
            self.refused += 1
            return
        self.fdb[mac, vid] = (pkt.port.name, 'learned')

    def _forward(self, pkt):
        """To where a rule says, where the destination is, or to all."""
        if pkt.outs is not None:
            self._output(pkt)
            return
        mac = pkt.frame[:6]
        name = None if is_group(mac) else self._lookup(mac, pkt.vid)[0]
        if name == pkt.port.name:
            raise Drop('same-port')
        outs = [self.ports[name]] if name else \
            [p for p in self.ports.values() if p is not pkt.port and
             p.is_up() and pkt.vid in self._members(p)]
        self._show(pkt, outs)
        if not outs:
            raise Drop('no-receiver')
        for port in outs:
            self._send(pkt, port)

    def _output(self, pkt):
        """To where rules say, each copy for itself."""
        outs = [self.table.port_at(one) for one in pkt.outs]
        if any(port not in (None, pkt.port) for port in outs):
            self._show(pkt, outs)
        for target in pkt.outs:
            self._copy(pkt, target)

    def _show(self, pkt, outs):
        """A capture sees what the host does not get, nor has sent."""
        host = self.ports[self.host]
        gets = host in outs and not self._why_not(pkt, host)
        if self.capture and host.dev.up and host is not pkt.port and not gets:
            self.out.append(('capture', self._as_sent(pkt, host)))

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
        self._count(port.tx, pkt.length())
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
            'rules': self.table.state(),
            'drops': {'': self.drops, **{p.name: p.drops
                                           for p in self.ports.values()}},
        }

    def _port_state(self, port):
        vlan = (port.vlan.mode, port.vlan.pvid,
                tuple(sorted(set(port.vlan.tagged) - {port.vlan.pvid})))
        return {'type': port.kind, 'vlan': vlan if self.aware else None,
                'policy': port.policy, 'group': port.group,
                'up': int(port.is_up()), 'rx': tuple(port.rx),
                'tx': tuple(port.tx), 'drops': sum(port.drops.values())}
