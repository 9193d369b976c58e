# SPDX-License-Identifier: GPL-2.0
"""Rules: what they match, in plain terms, and random ones.

A rule has, for each field that it names, values of which the frame's must be
one, and values of which it must be none. A value is a range (first, last) or,
of addresses, flags and marks, (value, mask), as whole numbers.
"""

import struct
from dataclasses import dataclass

TAGS = (0x8100, 0x88a8)
IPV4, IPV6, ARP = 0x0800, 0x86dd, 0x0806
HOP, ROUTING, FRAGMENT, AUTH, DESTINATION = 0, 43, 44, 51, 60
# Extension headers that are looked behind, RFC 8200 and 4302.
EXTENSIONS = (HOP, ROUTING, FRAGMENT, AUTH, DESTINATION)
EXTENSIONS_MAX = 8
TCP, UDP, UDPLITE, SCTP, ICMP, ICMP6 = 6, 17, 136, 132, 1, 58

# Bytes of fields that are given with a mask; all others are ranges.
MASKED = {'mac-src': 6, 'mac-dst': 6, 'ipv4-src': 4, 'ipv4-dst': 4,
          'ipv6-src': 16, 'ipv6-dst': 16, 'tcp-flags': 0, 'mark': 0,
          'arp-sender-ip': 4, 'arp-target-ip': 4, 'arp-sender-mac': 6,
          'arp-target-mac': 6, 'nd-target': 16}
LIMITS = {'vid': 4095, 'inner-vid': 4095, 'ethertype': 65535, 'proto': 255,
          'sport': 65535, 'dport': 65535, 'dscp': 63, 'ecn': 3, 'ttl': 255,
          'frag': 2, 'icmp-type': 255, 'icmp-code': 255, 'arp-op': 65535}
FIELDS = ('port', *LIMITS, *MASKED)

# So that things meet: few addresses, few numbers.
IPS = tuple(bytes((10, 0, 0, n)) for n in (1, 2, 3, 9))
IP6S = tuple(bytes.fromhex('20010db8') + bytes(11) + bytes((n,))
             for n in (1, 2, 3))
PORTS = (53, 80, 443, 1000, 40000)
# Fields that no frame has together: a rule with them is refused.
KINDS = {'ip4': ('ipv4-src', 'ipv4-dst'), 'ip6': ('ipv6-src', 'ipv6-dst'),
         'ip': ('proto', 'dscp', 'ecn', 'ttl', 'frag'),
         'arp': tuple(f for f in FIELDS if f.startswith('arp')),
         'ports': ('sport', 'dport'), 'tcp': ('tcp-flags',),
         'icmp': ('icmp-type', 'icmp-code'), 'nd': ('nd-target',)}
APART = (('ip4', 'ip6'), ('icmp', 'ports'), ('icmp', 'tcp'), ('nd', 'ports'),
         ('nd', 'tcp'), ('nd', 'ip4'),
         *(('arp', kind) for kind in KINDS if kind != 'arp'))


@dataclass(frozen=True)
class Rule:
    """A rule: match and excepts are tuples of (field, value)."""
    prio: int
    match: tuple
    excepts: tuple
    drop: bool

    def names(self):
        """The fields that it names."""
        return {name for name, _ in self.match + self.excepts}

    def is_possible(self):
        """Can a frame have all of these fields?"""
        kinds = {kind for kind, fields in KINDS.items()
                 if self.names() & set(fields)}
        return not any(kinds >= set(pair) for pair in APART)

    def matches(self, frame):
        """Does it match a frame of which these are the fields?"""
        return all(frame.get(name) is not None and
                   self._is_one(name, self.match, frame) is not False and
                   not self._is_one(name, self.excepts, frame)
                   for name in self.names())

    @staticmethod
    def _is_one(name, values, frame):
        """Is the field one of those given? None: none is."""
        mine = [value for field, value in values if field == name]
        if not mine:
            return None
        return any(is_value(name, value, frame[name]) for value in mine)


def is_value(name, value, seen):
    """Does a field have a value?"""
    if name == 'port':
        return seen is value
    if name in MASKED:
        return seen & value[1] == value[0]
    return value[0] <= seen <= value[1]


def number(data):
    """Bytes as a whole number."""
    return int.from_bytes(data, 'big')


def fields_of(data, vid):
    """The fields of a frame; vid: of the switch's tag, which is off, or None.

    What a frame does not have is not in it, nor what is cut off.
    """
    out = {'mac-dst': number(data[:6]), 'mac-src': number(data[6:12]),
           'mark': 0}
    vids = [] if vid is None else [vid]
    at, kind = 14, number(data[12:14])
    while kind in TAGS and len(vids) < 3 and len(data) >= at + 4:
        vids.append(number(data[at:at + 2]) & 0xfff)
        kind = number(data[at + 2:at + 4])
        at += 4
    vids += [0, 0]
    out.update({'vid': vids[0], 'inner-vid': vids[1], 'ethertype': kind})
    read = {IPV4: read_ipv4, IPV6: read_ipv6, ARP: read_arp}.get(kind)
    if read:
        read(data[at:], out)
    return out


def read_ipv4(data, out):
    """RFC 791."""
    if len(data) < 20 or data[0] >> 4 != 4 or data[0] & 15 < 5:
        return
    offset = number(data[6:8])
    frag = 2 if offset & 0x1fff else 1 if offset & 0x2000 else 0
    out.update({'dscp': data[1] >> 2, 'ecn': data[1] & 3, 'ttl': data[8],
                'proto': data[9], 'frag': frag,
                'ipv4-src': number(data[12:16]),
                'ipv4-dst': number(data[16:20])})
    if frag != 2:
        read_l4(data[(data[0] & 15) * 4:], out)


def read_ipv6(data, out):
    """RFC 8200."""
    if len(data) < 40 or data[0] >> 4 != 6:
        return
    traffic = number(data[:2]) >> 4 & 0xff
    out.update({'dscp': traffic >> 2, 'ecn': traffic & 3, 'ttl': data[7],
                'ipv6-src': number(data[8:24]),
                'ipv6-dst': number(data[24:40]), 'frag': 0})
    proto, data = data[6], data[40:]
    for _ in range(EXTENSIONS_MAX):
        if proto not in EXTENSIONS or len(data) < 8:
            break
        length = 8 * (data[1] + 1)
        if proto == FRAGMENT:
            length, offset = 8, number(data[2:4])
            out['frag'] = 2 if offset & 0xfff8 else 1 if offset & 1 else 0
        elif proto == AUTH:
            length = 4 * (data[1] + 2)
        proto, data = data[0], data[length:]
        if out['frag'] == 2:
            break
    out['proto'] = proto
    if out['frag'] != 2:
        read_l4(data, out)


def read_l4(data, out):
    """What is behind IP."""
    proto = out['proto']
    if proto in (TCP, UDP, UDPLITE, SCTP) and len(data) >= 4:
        out.update({'sport': number(data[:2]), 'dport': number(data[2:4])})
    if proto == TCP and len(data) >= 20:
        out['tcp-flags'] = number(data[12:14]) & 0xfff
    if proto in (ICMP, ICMP6) and len(data) >= 2:
        out.update({'icmp-type': data[0], 'icmp-code': data[1]})
    if proto == ICMP6 and data[:1] in (b'\x87', b'\x88') and len(data) >= 24:
        out['nd-target'] = number(data[8:24])


def read_arp(data, out):
    """RFC 826, of Ethernet and IPv4."""
    if len(data) < 28 or data[:6] != bytes.fromhex('000108000604'):
        return
    out.update({'arp-op': number(data[6:8]),
                'arp-sender-mac': number(data[8:14]),
                'arp-sender-ip': number(data[14:18]),
                'arp-target-mac': number(data[18:24]),
                'arp-target-ip': number(data[24:28])})


# Random frames and rules


def payload(rng, kind):
    """What is behind a type that has a meaning, at times cut off."""
    make = {IPV4: ipv4, IPV6: ipv6, ARP: arp}[kind]
    data = make(rng)
    return data[:rng.randrange(8, len(data))] if rng.random() < 0.05 else data


def l4(rng, proto):
    """A header of a protocol."""
    if proto in (ICMP, ICMP6):
        return bytes((rng.choice((0, 8, 135, 136)), rng.randrange(2))) + \
            bytes(6) + rng.choice(IP6S)
    return struct.pack('!HHIIHHHH', rng.choice(PORTS), rng.choice(PORTS), 0, 0,
                       0x5000 | rng.choice((2, 0x10, 0x12, 4)), 0, 0, 0)


def ipv4(rng):
    """A packet, its checksum wrong: no host answers."""
    proto = rng.choice((TCP, UDP, ICMP, SCTP, UDPLITE, 99))
    options = rng.choice((0, 0, 0, 1, 10))
    return struct.pack('!BBHHHBBH', 0x45 + options, rng.choice((0, 0xb8, 3)),
                       40, 1, rng.choice((0, 0, 0x4000, 0x2000, 0x2001, 1)),
                       rng.choice((1, 64)), proto, 0) + \
        rng.choice(IPS) + rng.choice(IPS) + bytes(4 * options) + l4(rng, proto)


def ipv6(rng):
    """A packet with extension headers, at times more than are looked at."""
    proto = rng.choice((TCP, UDP, ICMP6, ICMP6, 59))
    data = l4(rng, proto)
    for _ in range(rng.choice((0, 0, 1, 2, 8, 9))):
        kind = rng.choice((*EXTENSIONS, DESTINATION))
        rest = bytes((0, 0, 0, 0, 0, 0))
        if kind == FRAGMENT:
            rest = struct.pack('!HI', rng.choice((0, 1, 8)), 7)
        data = bytes((proto, 0)) + rest + data
        proto = kind
    return struct.pack('!IHBB', 0x60000000 | rng.choice((0, 0xb8, 3)) << 20,
                       len(data), proto, rng.choice((1, 64))) + \
        rng.choice(IP6S) + rng.choice(IP6S) + data


def arp(rng):
    """A request or a reply."""
    macs = [bytes((2, 0, 0, 0, 0, rng.randint(1, 3))) for _ in range(2)]
    return bytes.fromhex(rng.choice(('0001', '0001', '0006')) + '08000604') + \
        struct.pack('!H', rng.choice((1, 2))) + macs[0] + rng.choice(IPS) + \
        macs[1] + rng.choice(IPS)


def some_value(rng, name, ports):
    """A value that a field of some frame may have, or one of many."""
    if name == 'port':
        return rng.choice(ports)
    if name in MASKED:
        return masked_value(rng, name)
    seen = {'vid': (0, 1, 2, 5, 10, 64), 'inner-vid': (0, 1, 2, 5, 10),
            'ethertype': (IPV4, IPV6, ARP, 0x88b5, *TAGS),
            'proto': (TCP, UDP, ICMP, ICMP6, SCTP, 99), 'sport': PORTS,
            'dport': PORTS, 'dscp': (0, 46), 'ttl': (1, 64),
            'icmp-type': (0, 8, 135)}
    first = rng.choice(seen.get(name, (0, 1, 2)))
    if rng.random() < 0.7:
        return first, first
    last = rng.randint(first, LIMITS[name])
    return (last, first) if rng.random() < 0.02 else (first, last)


def masked_value(rng, name):
    """A value and a mask."""
    if name == 'tcp-flags':
        mask = rng.choice((2, 0x12, 0xfff))
        return rng.choice((2, 0x10, 0x12)) & mask, mask
    if name == 'mark':
        return rng.choice(((0, 0xffffffff), (1, 1)))
    size = MASKED[name]
    data = rng.choice({4: IPS, 16: IP6S}.get(size, tuple(
        bytes((2, 0, 0, 0, 0, n)) for n in range(1, 7))))
    ones = (1 << 8 * size) - 1
    mask = rng.choice((ones, ones, ones & ~1, ones << 8 & ones, 0, 3))
    return number(data) & mask, mask


def some_rule(rng, ports):
    """A rule, of which now and then a part makes no sense."""
    kinds = rng.sample(list(KINDS), 2)
    names = [name for kind in kinds for name in KINDS[kind]] + \
        ['port', 'vid', 'inner-vid', 'mac-src', 'mac-dst', 'ethertype',
         'mark']
    match, excepts = [], []
    for name in rng.sample(names, rng.choice((0, 1, 1, 2, 2, 3))):
        to = excepts if rng.random() < 0.15 else match
        to += [(name, some_value(rng, name, ports))
               for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    return Rule(rng.choice((0, 10, 10, 20, 65535)), tuple(match),
                tuple(excepts), rng.random() < 0.5)
