# SPDX-License-Identifier: GPL-2.0
"""Random steps: what a person may do to a switch, and frames.

A step is the name of a method that model and machine have, and its arguments.
All choices are from small sets, so that things meet: a dozen addresses, a few
VLANs.
"""

from machine import ATTACHABLE, BESIDE, HOST, INTERNALS, TAPS
from frames import HEADER, Q_TAG, S_TAG, ethertype, put_tag
from ports import MTU, Vlan
from rules import ARP, IPV4, IPV6
from samples import payload, some_rule

STATIONS = [bytes([2, 0, 0, 0, 0, n]) for n in range(1, 7)]
ADAPTERS = [bytes([2, 0, 0, 0, 1, n]) for n in range(1, 4)]
GROUPS = [bytes.fromhex(mac) for mac in (
    'ffffffffffff', '01005e000001', '333300000001', '0180c2000010')]
RESERVED = [bytes.fromhex(mac) for mac in (
    '0180c2000000', '0180c200000e', '0180c200000f')]
NOBODY = bytes(6)
TYPES = (0x88b5, 0x9000, 0x0800, 0x0800, 0x0800, 0x86dd, 0x86dd, 0x0806,
         0x0026, 0x0000)
VIDS = (1, 2, 5, 6, 10, 63, 64, 65, 511, 512, 4093, 4094)

# All that may be ports.
PORTS = ATTACHABLE + INTERNALS + (HOST,)

# How often what is done to the configuration.
WEIGHTS = {'port_add': 4, 'internal_add': 3, 'port_del': 2, 'port_set': 6,
           'link': 4, 'mtu': 3, 'set_mac': 3, 'set_capture': 1,
           'set_limit': 2, 'fdb_add': 4, 'fdb_set': 2, 'fdb_del': 2,
           'fdb_flush': 2, 'carrier': 0.1, 'rule_add': 8, 'rule_del': 2,
           'rule_replace': 2, 'rule_flush': 1, 'set_policy': 1,
           'set_zone': 0.5}


class Steps:
    """Random steps for one switch, out of a random.Random."""

    def __init__(self, rng):
        self.rng = rng
        self.aware = rng.random() < 0.8
        self.limit = rng.choice((131072, 131072, 5, 2, 1))
        self.vids = rng.sample(VIDS, 4)
        self.mtus = rng.sample((68, 100, 500, 1496, 1504, 2000), 2) + [MTU]
        self.macs = STATIONS + ADAPTERS
        self.rules = []

    def first(self):
        """Steps that make a switch with something in it."""
        rng = self.rng
        for name in rng.sample(ATTACHABLE, rng.randint(2, len(ATTACHABLE))):
            yield ('port_add', name, self._good_vlan())
        for name in (*rng.sample(INTERNALS, rng.randint(0, 2)), HOST):
            if name != HOST:
                yield ('internal_add', name, self._good_vlan())
            elif self.aware:
                yield ('port_set', name, self._good_vlan())
            yield ('set_mac', name, rng.choice(ADAPTERS))
            yield ('link', name, rng.random() < 0.9)
        for _ in range(rng.randrange(4)):
            yield ('rule_add', self._rule())

    def any(self):
        """One step: mostly a frame."""
        if self.rng.random() < 0.85:
            return self._frame()
        kind, = self.rng.choices(list(WEIGHTS), WEIGHTS.values())
        return (kind, *getattr(self, '_' + kind)())

    # Configuration

    def _good_vlan(self):
        """VLANs that a port can have; none said in a switch without VLANs."""
        rng = self.rng
        if not self.aware or rng.random() < 0.1:
            return Vlan()
        if rng.random() < 0.4:
            return Vlan(rng.choice(('access', None)), rng.choice(self.vids))
        tagged = rng.sample(self.vids, rng.randint(0, 4))
        if rng.random() < 0.02:
            tagged = range(1, 4095)
        return Vlan('trunk', rng.choice((None, 0, *self.vids)), tuple(tagged))

    def _vlan(self):
        """VLANs, of which a part is such as no port can have."""
        rng = self.rng
        if rng.random() < 0.9:
            return self._good_vlan()
        return Vlan(rng.choice((None, 'access', 'trunk')),
                    rng.choice((None, 0, 1)),
                    rng.choice((None, (), (0,), (4095,), (1, 2))))

    def _vid(self):
        vid = self.rng.choice((None, *self.vids))
        return vid if self.aware or self.rng.random() < 0.1 else None

    def _mac(self):
        if self.rng.random() < 0.05:
            return self.rng.choice(GROUPS + [NOBODY])
        return self.rng.choice(self.macs)

    def _port_add(self):
        return self.rng.choice(ATTACHABLE), self._vlan()

    def _internal_add(self):
        return self.rng.choice(INTERNALS), self._vlan()

    def _port_del(self):
        return (self.rng.choice(PORTS),)

    def _port_set(self):
        """VLANs, what becomes of frames without a rule, whose rules."""
        rng = self.rng
        policy = rng.choice((None, None, 'permit', 'drop', 'switch'))
        group = rng.choice((None, None, '', 'a', 'b', 'b'))
        vlan = Vlan() if rng.random() < 0.4 else self._vlan()
        return rng.choice(PORTS), vlan, policy, group

    def _link(self):
        return self.rng.choice(PORTS), self.rng.random() < 0.7

    def _mtu(self):
        return self.rng.choice(PORTS), self.rng.choice(self.mtus)

    def _set_mac(self):
        return self.rng.choice(INTERNALS + (HOST,)), self._mac()

    def _set_capture(self):
        return (self.rng.random() < 0.7,)

    def _set_limit(self):
        return (self.rng.choice((1, 2, 3, 5, 131072)),)

    def _set_policy(self):
        return (self.rng.choice(('permit', 'permit', 'drop')),)

    def _set_zone(self):
        return (self.rng.choice((0, 1, 4096, 61440, 61441)),)

    def _fdb_add(self):
        return self.rng.choice(PORTS), self._mac(), self._vid()

    _fdb_set = _fdb_add

    def _fdb_del(self):
        return self._mac(), self._vid()

    def _fdb_flush(self):
        return self.rng.choice((None, *PORTS)), self._vid()

    def _carrier(self):
        return self.rng.choice(TAPS), self.rng.random() < 0.7

    def _rule(self):
        return some_rule(self.rng, PORTS, self.vids)

    def _rule_add(self):
        return (self._rule(),)

    def _rule_del(self):
        return (self.rng.choice((0, 10, 20, 65535)),
                self.rng.choice((0, 0, 1, 2)))

    def _rule_replace(self):
        """Some of what may be there, and some that is not."""
        rng = self.rng
        if len(self.rules) > 12:
            self.rules = rng.sample(self.rules, 6)
        self.rules += [self._rule() for _ in range(rng.randrange(4))]
        return (tuple(rng.sample(self.rules, rng.randint(0,
                                                         len(self.rules)))),)

    @staticmethod
    def _rule_flush():
        return ()

    # Frames

    def _tci(self):
        rng = self.rng
        return rng.choice((0, 4095, *self.vids, *self.vids)) | \
            rng.choice((0, 0, rng.randrange(16))) << 12

    def _tags(self):
        """The frame's tags, first to last."""
        rng = self.rng
        count = rng.choices((0, 1, 2, 3), (40, 45, 12, 3))[0]
        return [(rng.choices((Q_TAG, S_TAG), (5, 1))[0], self._tci())
                for _ in range(count)]

    def _payload(self, tags):
        """As short as can be, as long as some MTU, or a little."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.15:
            return rng.randbytes(max(0, rng.choice(self.mtus) + 4 -
                                     rng.randrange(0, 14)))
        if kind < 0.2 and len(tags) < 2:
            return rng.randbytes(rng.randrange(8))
        return rng.randbytes(rng.randrange(8, 60))

    def _destination(self):
        kind = self.rng.random()
        if kind < 0.25:
            return self.rng.choice(GROUPS)
        if kind < 0.28:
            return self.rng.choice(RESERVED + [NOBODY])
        return self.rng.choice(self.macs)

    def _source(self):
        if self.rng.random() < 0.03:
            return self.rng.choice(GROUPS + [NOBODY])
        return self.rng.choice(self.macs)

    def _frame(self):
        rng = self.rng
        name = rng.choice(PORTS)
        tags = self._tags()
        beside = name in ATTACHABLE
        if name == INTERNALS[0] and rng.random() < 0.3:
            proto = rng.choice(list(BESIDE))
            tags = [(proto, BESIDE[proto][1])] + tags[:1]
            beside = True
        kind = rng.choice(TYPES)
        data = self._destination() + self._source() + kind.to_bytes(2, 'big')
        if kind in (IPV4, IPV6, ARP) and rng.random() < 0.8:
            data += payload(rng, kind)
        else:
            data += self._payload(tags)
        for proto, tci in reversed(tags):
            data = put_tag(data, tci, proto)
        if rng.random() < 0.01 and len(tags) == 1:
            # It has an Ethernet header, also if the tag is beside it.
            shortest = HEADER + 4 * (beside and name in INTERNALS)
            data = data[:rng.randrange(shortest, HEADER + 6)]
        return ('frame', name, data, beside)


def vlan_words(vlan):
    """VLANs as vsctl takes them; None if it does not."""
    if vlan == Vlan():
        return ''
    if not vlan.full():
        return f' vlan {vlan}'
    if (vlan.mode or 'access') == 'access':
        return f' vlan access {vlan.full().pvid}'
    tagged = ','.join(map(str, sorted(vlan.tagged))) or 'none'
    if len(vlan.tagged) == 4094:
        tagged = 'all'
    return f' vlan trunk {tagged}' + \
        (f' native {vlan.pvid}' if vlan.pvid else '')


def words(step):
    """A step as a person would type it."""
    kind, *args = step
    name = args[0] if args else None
    form = FORMS[kind]
    if kind == 'frame':
        data = args[1]
        how = ' (first tag beside it)' if args[2] and name in INTERNALS else ''
        return f'frame {name} {data.hex()}{how}   # {picture(data)}'
    if kind in ('port_add', 'internal_add', 'port_set'):
        return form.format(name) + vlan_words(args[1]) + \
            (f' policy {args[2]}' if args[2:] and args[2] else '') + \
            (f' rules {args[3] or "none"}'
             if args[3:] and args[3] is not None else '')
    if kind in ('fdb_add', 'fdb_set'):
        return form.format(args[1].hex(':'), name, _vid_words(args[2]))
    if kind == 'fdb_del':
        return form.format(args[0].hex(':'), _vid_words(args[1]))
    if kind == 'fdb_flush':
        return form + (f' port {name}' if name else '') + _vid_words(args[1])
    if kind == 'rule_replace':
        return form + ': ' + '; '.join(map(str, name))
    if kind == 'set_mac':
        return form.format(name, args[1].hex(':'))
    return form.format(*(ON[arg] if isinstance(arg, bool) else arg
                         for arg in args))


ON = {True: 'up', False: 'down'}
FORMS = {
    'frame': '', 'port_add': f'vsctl port add {HOST} {{}}',
    'internal_add': f'vsctl port add {HOST} {{}} type internal',
    'port_del': 'vsctl port del {}', 'port_set': 'vsctl port set {}',
    'link': 'ip link set {} {}', 'carrier': 'carrier of {} {}',
    'mtu': 'ip link set {} mtu {}', 'set_mac': 'ip link set {} address {}',
    'set_capture': f'promiscuous capture on {HOST} {{}}',
    'set_limit': f'vsctl switch set {HOST} fdb-limit {{}}',
    'set_policy': f'vsctl switch set {HOST} policy {{}}',
    'set_zone': f'vsctl switch set {HOST} ct-zone {{}}',
    'fdb_add': 'vsctl fdb add {} port {}{}',
    'fdb_set': 'vsctl fdb set {} port {}{}',
    'rule_add': f'vsctl rule add {HOST}: {{}}',
    'rule_del': f'vsctl rule del {HOST} prio {{}} band {{}}',
    'rule_replace': f'vsctl rule replace {HOST}',
    'rule_flush': f'vsctl rule flush {HOST}',
    'fdb_del': 'vsctl fdb del {}{}', 'fdb_flush': f'vsctl fdb flush {HOST}',
}


def _vid_words(vid):
    return '' if vid is None else f' vlan {vid}'


def picture(data):
    """A frame's header in short."""
    text = f'{data[6:12].hex(":")} > {data[:6].hex(":")}'
    length = len(data)
    while len(data) >= HEADER + 2 and ethertype(data) in (Q_TAG, S_TAG):
        kind = 'C' if ethertype(data) == Q_TAG else 'S'
        tci = int.from_bytes(data[14:16], 'big')
        text += f' {kind} {tci & 0xfff} prio {tci >> 12:#x}'
        data = data[:12] + data[16:]
        if len(data) < HEADER:
            return f'{text} ends in its tag, length {length}'
    return f'{text} type {ethertype(data):#06x} length {length}'
