# SPDX-License-Identifier: GPL-2.0
"""Rules: what they match and do, in plain terms.

A rule has, for each field that it names, values of which the frame's must be
one, and values of which it must be none. A value is a range (first, last) or,
of addresses, flags and marks, (value, mask), as whole numbers. What it does
is a tuple of (action, value): rewrite.py has what becomes of a frame then.
"""

from dataclasses import dataclass
from math import prod

from frames import HEADER, is_station

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
IPS = (*(bytes((10, 0, 0, n)) for n in (1, 2, 3, 9)),
       bytes((224, 0, 0, 1)))
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

BANDS, ACTIONS_MAX, GROUP_MAX = 16, 32, 31
TERMS_MAX, EXCEPTS_MAX = 1024, 63
# What becomes of a frame, and what does not make another one of it.
ENDS = ('permit', 'drop', 'reject', 'output', 'goto')
LEAVE_IT = ('mirror', 'mark')
ACTION_RANGES = {'vlan-set': (1, 4094), 'vlan-push': (1, 4094),
                 'ttl': (1, 255), 'dscp': (0, 63), 'sport': (0, 65535),
                 'dport': (0, 65535)}


@dataclass(frozen=True)
class Rule:
    """A rule: match and excepts are tuples of (field, value)."""
    prio: int
    match: tuple
    excepts: tuple
    actions: tuple      # of (action, value)
    band: int = 0
    group: str = ''     # of ports; empty: it is for all

    def __str__(self):
        parts = [f'prio {self.prio} band {self.band}']
        parts += [f'group {self.group}'] if self.group else []
        for title, values in (('match', self.match), ('not', self.excepts),
                              ('action', self.actions)):
            parts += [title] if values else []
            parts += [in_words(*one) for one in values]
        return ' '.join(parts)

    def names(self):
        """The fields that it names."""
        return {name for name, _ in self.match + self.excepts}

    def is_possible(self):
        """Can a frame have all of these fields?"""
        kinds = {kind for kind, fields in KINDS.items()
                 if self.names() & set(fields)}
        return not any(kinds >= set(pair) for pair in APART)

    def is_small(self):
        """Is it no more than so many combinations of values, and exceptions?

        A range is as many values as prefixes make it up.
        """
        matched = [sum(pieces(field, value) for field, value in self.match
                       if field == name)
                   for name in {name for name, _ in self.match}]
        excepted = sum(pieces(*one) for one in self.excepts)
        return prod(matched) <= TERMS_MAX and excepted <= EXCEPTS_MAX

    def can_be_done(self):
        """Do its actions make sense, in this order?"""
        names = [name for name, _ in self.actions]
        ends = [name for name in names if name in ENDS]
        if not ends or names[-len(ends):] != ends or \
                (len(ends) > 1 and set(ends) != {'output'}):
            return False
        if ends == ['reject'] and set(names) - {'reject', *LEAVE_IT}:
            return False
        return len(names) <= ACTIONS_MAX and \
            all(self._can_do(name, value) for name, value in self.actions)

    def _can_do(self, name, value):
        """Does one action make sense?"""
        if name == 'goto':
            return self.band < value < BANDS
        if name == 'mac-src':
            return is_station(value)
        if name == 'mark':
            return not value[0] & ~value[1]
        if name in ACTION_RANGES:
            first, last = ACTION_RANGES[name]
            return first <= value <= last
        return True

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


def pieces(name, value):
    """How many prefixes make up a range, or one value."""
    if name == 'port' or name in MASKED:
        return 1
    first, last = value
    count = 0
    while first <= last:
        size = first & -first or 1 << 17
        while first + size - 1 > last:
            size >>= 1
        first, count = first + size, count + 1
    return count


def in_words(name, value):
    """A field or an action with its value."""
    if value is None:
        return name
    if isinstance(value, tuple):
        form = '#x' if name in MASKED else ''
        return f'{name} ' + '/'.join(format(one, form) for one in value)
    return f'{name} {value.hex(":") if isinstance(value, bytes) else value}'


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


def behind_tags(data, vid):
    """(where it begins, type, VLANs) of what is behind a frame's tags.

    vid: of the switch's tag, which is off, or None if no tag is.
    """
    vids = [] if vid is None else [vid]
    at, kind = HEADER, number(data[12:14])
    while kind in TAGS and len(vids) < 3 and len(data) >= at + 4:
        vids.append(number(data[at:at + 2]) & 0xfff)
        kind = number(data[at + 2:at + 4])
        at += 4
    return at, kind, vids


@dataclass(frozen=True)
class Ip:
    """What an IP header says of itself and of what is behind it."""
    proto: int
    frag: int           # none, first, later
    l4: int             # where the next header begins; None: in no fragment
                        # but the first
    is_routed: bool = False     # by way of others that are still ahead


def ip_of(data, kind):
    """The Ip of a packet, None if it is none."""
    return {IPV4: ipv4_of, IPV6: ipv6_of}.get(kind, lambda data: None)(data)


def ipv4_of(data):
    """RFC 791."""
    if len(data) < 20 or data[0] >> 4 != 4 or data[0] & 15 < 5:
        return None
    offset = number(data[6:8])
    frag = 2 if offset & 0x1fff else 1 if offset & 0x2000 else 0
    return Ip(data[9], frag, None if frag == 2 else (data[0] & 15) * 4)


def ipv6_of(data):
    """RFC 8200."""
    if len(data) < 40 or data[0] >> 4 != 6:
        return None
    proto, at, frag, is_routed = data[6], 40, 0, False
    for _ in range(EXTENSIONS_MAX):
        if proto not in EXTENSIONS or len(data) < at + 8:
            break
        length = 8 * (data[at + 1] + 1)
        if proto == FRAGMENT:
            length, offset = 8, number(data[at + 2:at + 4])
            frag = 2 if offset & 0xfff8 else 1 if offset & 1 else 0
        elif proto == AUTH:
            length = 4 * (data[at + 1] + 2)
        elif proto == ROUTING:
            is_routed |= data[at + 3] > 0
        proto, at = data[at], at + length
        if frag == 2:
            break
    return Ip(proto, frag, None if frag == 2 else at, is_routed)


def fields_of(data, vid, mark=0):
    """The fields of a frame; vid: of the switch's tag, which is off, or None.

    What a frame does not have is not in it, nor what is cut off.
    """
    at, kind, vids = behind_tags(data, vid)
    vids += [0, 0]
    out = {'mac-dst': number(data[:6]), 'mac-src': number(data[6:12]),
           'mark': mark, 'vid': vids[0], 'inner-vid': vids[1],
           'ethertype': kind}
    data = data[at:]
    packet = ip_of(data, kind)
    if packet:
        out.update(frag=packet.frag, proto=packet.proto)
        (read_ipv4 if kind == IPV4 else read_ipv6)(data, out)
        if packet.l4 is not None:
            read_l4(data[packet.l4:], out)
    elif kind == ARP:
        read_arp(data, out)
    return out


def read_ipv4(data, out):
    """RFC 791."""
    out.update({'dscp': data[1] >> 2, 'ecn': data[1] & 3, 'ttl': data[8],
                'ipv4-src': number(data[12:16]),
                'ipv4-dst': number(data[16:20])})


def read_ipv6(data, out):
    """RFC 8200."""
    traffic = number(data[:2]) >> 4 & 0xff
    out.update({'dscp': traffic >> 2, 'ecn': traffic & 3, 'ttl': data[7],
                'ipv6-src': number(data[8:24]),
                'ipv6-dst': number(data[24:40])})


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
