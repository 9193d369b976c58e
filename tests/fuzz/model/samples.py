# SPDX-License-Identifier: GPL-2.0
"""Random packets and rules, of few addresses and numbers: they meet."""

import struct

import checksum
from rules import (ARP, DESTINATION, EXTENSIONS, FRAGMENT, ICMP, ICMP6, IP6S,
                   IPS, IPV4, IPV6, KINDS, LIMITS, MASKED, PORTS, ROUTING,
                   SCTP, TAGS, TCP, UDP, UDPLITE, Rule, number, pieces)

# As often as they stand here.
BANDS = (0, 0, 0, 0, 1, 1, 2, 15)
GROUPS = ('', '', '', '', 'a', 'b')
MACS = tuple(bytes((2, 0, 0, 0, 0, n)) for n in range(1, 7))
ENDS = ('permit', 'permit', 'permit', 'drop', 'reject', 'output', 'output',
        'goto', 'goto', 'goto')
STEPS = ('mirror', 'mark', 'vlan-set', 'vlan-push', 'vlan-pop', 'vlan-pop',
         'mac-src', 'mac-dst', 'ipv4-src', 'ipv4-dst', 'ipv6-src', 'ipv6-dst',
         'sport', 'dport', 'ttl', 'ttl-dec', 'dscp')


def payload(rng, kind):
    """What is behind a type that has a meaning, at times cut off."""
    make = {IPV4: ipv4, IPV6: ipv6, ARP: arp}[kind]
    data = make(rng)
    if kind != ARP and rng.random() < 0.4:
        data = made_right(data, kind)
        return data + bytes(rng.choice((0, 0, 5)))
    return data[:rng.randrange(8, len(data))] if rng.random() < 0.05 else data


def made_right(data, kind):
    """The packet with the length that it has, and with right checksums."""
    if kind == IPV4:
        data = data[:2] + len(data).to_bytes(2, 'big') + data[4:]
    return checksum.filled_in(data, kind)


def some_sum(rng):
    """A checksum, which is wrong, or none."""
    return rng.choice((0, 0, rng.randrange(1 << 16)))


def l4(rng, proto):
    """A header of a protocol."""
    if proto in (ICMP, ICMP6):
        return bytes((rng.choice((0, 3, 8, 8, 128, 135, 136, 137)),
                      rng.randrange(2))) + \
            some_sum(rng).to_bytes(2, 'big') + bytes(4) + rng.choice(IP6S)
    ports = struct.pack('!HH', rng.choice(PORTS), rng.choice(PORTS))
    if proto in (UDP, UDPLITE):
        return ports + struct.pack('!HH', 20, some_sum(rng)) + bytes(12)
    return ports + struct.pack(
        '!IIHHHH', rng.choice((0, 0xfffffff0)), rng.choice((0, 77)),
        0x5000 | rng.choice((1, 2, 0x10, 0x12, 4)), 0, some_sum(rng), 0)


def ipv4(rng):
    """A packet, its length and checksum wrong."""
    proto = rng.choice((TCP, UDP, ICMP, SCTP, UDPLITE, 99))
    options = rng.choice((0, 0, 0, 1, 10))
    return struct.pack('!BBHHHBBH', 0x45 + options, rng.choice((0, 0xb8, 3)),
                       40, 1, rng.choice((0, 0, 0x4000, 0x2000, 0x2001, 1)),
                       rng.choice((1, 64)), proto, some_sum(rng)) + \
        rng.choice(IPS) + rng.choice(IPS) + bytes(4 * options) + l4(rng, proto)


def ipv6(rng):
    """A packet with extension headers, at times more than are looked at."""
    proto = rng.choice((TCP, UDP, ICMP6, ICMP6, 59))
    data = l4(rng, proto)
    for _ in range(rng.choice((0, 0, 1, 2, 8, 9))):
        kind = rng.choice((*EXTENSIONS, DESTINATION))
        rest = bytes((0, kind == ROUTING and rng.randrange(2), 0, 0, 0, 0))
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
        return rng.choice(((0, 0xffffffff), (1, 1), (0, 2)))
    size = MASKED[name]
    data = rng.choice({4: IPS, 16: IP6S}.get(size, tuple(
        bytes((2, 0, 0, 0, 0, n)) for n in range(1, 7))))
    ones = (1 << 8 * size) - 1
    mask = rng.choice((ones, ones, ones & ~1, ones << 8 & ones, 0, 3))
    return number(data) & mask, mask


def some_rule(rng, ports, vids):
    """A rule, of which now and then a part makes no sense."""
    kinds = rng.sample(list(KINDS), 2)
    names = [name for kind in kinds for name in KINDS[kind]] + \
        ['port', 'vid', 'inner-vid', 'mac-src', 'mac-dst', 'ethertype',
         'mark']
    match, excepts = [], []
    for name in rng.sample(names, rng.choice((0, 0, 1, 1, 2, 3))):
        values = {some_value(rng, name, ports)
                  for _ in range(rng.choice((1, 1, 1, 2, 3)))}
        some = sorted((name, value) for value in values)
        # So few exceptions that how many are too many does not matter.
        if rng.random() < 0.15 and sum(pieces(*one) for one in some) <= 2:
            excepts += some
        else:
            match += some
    band = rng.choice(BANDS)
    return Rule(rng.choice((0, 10, 10, 20, 65535)), tuple(match),
                tuple(excepts), some_actions(rng, ports, vids, band), band,
                rng.choice(GROUPS) if rng.random() < 0.98 else 'g' * 32)


def some_actions(rng, ports, vids, band):
    """What a rule does: now and then what cannot be done."""
    end = rng.choice(ENDS)
    count = rng.choice((0, 0, 1, 1, 2, 3, 6))
    if end == 'reject' and rng.random() < 0.95:
        names = rng.choices(('mirror', 'mark'), k=count // 2)
    else:
        names = rng.choices(STEPS, k=count)
    names += [end] * (rng.choice((1, 2, 3)) if end == 'output' else 1)
    kind = rng.random()
    if kind < 0.02:
        rng.shuffle(names)
    elif kind < 0.03:
        names = ['ttl-dec'] * 32 + names[-1:]
    return tuple((name, action_value(rng, name, ports, vids, band))
                 for name in names)


def action_value(rng, name, ports, vids, band):
    """What an action is about."""
    if name in ('output', 'mirror'):
        return rng.choice(ports)
    if name == 'goto':
        later = [one for one in (1, 2, 15) if one > band]
        return rng.choice(later) if later and rng.random() < 0.97 else 1
    if name == 'mark':
        return rng.choice(((1, 1), (2, 2), (0, 3), (1, 0xffffffff), (1, 2)))
    if name in ('vlan-set', 'vlan-push'):
        return rng.choice((*vids, *vids, *vids, 4094, 4095))
    if name in ('mac-src', 'mac-dst'):
        return rng.choice(MACS + MACS + (b'\xff' * 6,))
    if name.startswith('ip'):
        return rng.choice(IPS if name.startswith('ipv4') else IP6S)
    if name in ('sport', 'dport'):
        return rng.choice(PORTS)
    return {'ttl': rng.choice((1, 64)), 'dscp': rng.choice((0, 46))}.get(name)
