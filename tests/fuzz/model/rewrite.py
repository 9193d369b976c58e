# SPDX-License-Identifier: GPL-2.0
"""What actions of rules make of a frame.

A checksum changes by what changed under it, so that a wrong one stays wrong;
of UDP, and of UDP-Lite where it is wrong, none stays none.
"""

import checksum
from frames import Q_TAG, Drop, ethertype, is_tagged, put_tag, take_tag
from rules import (ICMP6, IPV4, IPV6, TCP, UDP, UDPLITE, behind_tags, ip_of,
                   number)

# (type, first byte in the header, length) of the addresses of IP.
ADDRESSES = {'ipv4-src': (IPV4, 12, 4), 'ipv4-dst': (IPV4, 16, 4),
             'ipv6-src': (IPV6, 8, 16), 'ipv6-dst': (IPV6, 24, 16)}
MACS = {'mac-dst': 0, 'mac-src': 6}
# How much of a header has to be there for it to be changed.
WHOLE = {TCP: 20, UDP: 8, UDPLITE: 8, ICMP6: 8}


def put(data, at, new):
    """The bytes with others from there on."""
    return data[:at] + new + data[at + len(new):]


class Rewriter:
    """Changes frames of a switch that is VLAN-aware, or is not."""

    def __init__(self, aware):
        self.aware = aware
        self.summed = checksum.changed

    def change(self, pkt, name, value):
        """Does one action to a frame on its way."""
        if name in MACS:
            pkt.frame = put(pkt.frame, MACS[name], value)
        elif name.startswith('vlan'):
            (self._vlan if self.aware else self._tag)(pkt, name, value)
        elif name in ADDRESSES:
            self._address(pkt, name, value)
        elif name in ('sport', 'dport'):
            self._port(pkt, 0 if name == 'sport' else 2, value)
        else:
            self._byte(pkt, name, value)
        pkt.changed = True

    # VLANs

    @staticmethod
    def _vlan(pkt, name, value):
        """The tag that the switch understands is not in the frame."""
        if name == 'vlan-push':
            pkt.frame = put_tag(pkt.frame, pkt.prio | pkt.vid)
        if name != 'vlan-pop':
            pkt.vid = value
        elif ethertype(pkt.frame) == Q_TAG:
            tci, pkt.frame = take_tag(pkt.frame)
            # One that says no VLAN says a priority only.
            pkt.vid = tci & 0xfff or pkt.port.vlan.pvid
            pkt.prio = tci & 0xf000
            if not pkt.vid:
                raise Drop('vlan-untagged')
            if pkt.vid not in pkt.port.vlan.members():
                raise Drop('vlan-ingress')

    @staticmethod
    def _tag(pkt, name, value):
        """All tags are payload: the first one is meant, of either type.

        The kernel keeps it beside the frame where it was put or is the next.
        """
        kind = ethertype(pkt.frame)
        if name == 'vlan-push':
            pkt.frame = put_tag(pkt.frame, value)
            pkt.hidden = 4
        elif is_tagged(pkt.frame):
            tci, pkt.frame = take_tag(pkt.frame)
            if name == 'vlan-set':
                pkt.frame = put_tag(pkt.frame, tci & 0xf000 | value, kind)
            else:
                pkt.hidden = 4 * is_tagged(pkt.frame)

    # IP

    def _packet(self, pkt):
        """(offset of the packet, its type, what it is) behind all tags."""
        at, kind, _ = behind_tags(pkt.frame, pkt.vid if self.aware else None)
        return at, kind, ip_of(pkt.frame[at:], kind)

    def _l4(self, pkt):
        """(offset, protocol) of a header that is there, or (None, None)."""
        at, kind, packet = self._packet(pkt)
        if not packet or packet.l4 is None or \
                (packet.proto == ICMP6 and kind != IPV6):
            return None, None
        length = number(pkt.frame[at + 2:at + 4]) if kind == IPV4 else \
            40 + number(pkt.frame[at + 4:at + 6])
        end = min(at + length, len(pkt.frame))
        start = at + packet.l4
        if start + WHOLE.get(packet.proto, len(pkt.frame)) > end:
            return None, None
        return start, packet.proto

    def _put(self, pkt, at, new, *sums):
        """Puts bytes there, and changes the checksums at these offsets."""
        old = pkt.frame[at:at + len(new)]
        pkt.frame = put(pkt.frame, at, new)
        for where in sums:
            pkt.frame = put(pkt.frame, where, self.summed(
                pkt.frame[where:where + 2], old, new))

    def _address(self, pkt, name, value):
        of_kind, where, _ = ADDRESSES[name]
        at, kind, packet = self._packet(pkt)
        if not packet or kind != of_kind:
            return
        sums = [at + 10] if kind == IPV4 else []
        # RFC 8200, 8.1: until the last stop the sum has that of the last.
        covered = name != 'ipv6-dst' or not packet.is_routed
        self._put_below(pkt, at + where, value, sums, covered)

    def _port(self, pkt, where, value):
        start, proto = self._l4(pkt)
        if start and proto != ICMP6:
            self._put_below(pkt, start + where, value.to_bytes(2, 'big'))

    def _put_below(self, pkt, where, new, sums=(), covered=True):
        """Puts bytes there that the next header's checksum covers."""
        start, proto = self._l4(pkt)
        if not start or not covered:
            self._put(pkt, where, new, *sums)
            return
        at = start + checksum.PSEUDO[proto]
        may_lack = proto in (UDP, UDPLITE)
        if may_lack and pkt.frame[at:at + 2] == bytes(2):
            self._put(pkt, where, new, *sums)
            return
        self._put(pkt, where, new, *sums, at)
        if may_lack and pkt.frame[at:at + 2] == bytes(2):
            pkt.frame = put(pkt.frame, at, b'\xff\xff')     # RFC 768

    def _byte(self, pkt, name, value):
        """TTL or DSCP, each within a word of IPv4's header."""
        at, kind, packet = self._packet(pkt)
        if not packet:
            return
        if name == 'dscp' and kind == IPV6:
            word = number(pkt.frame[at:at + 2]) & ~0xfc0 | value << 6
            self._put(pkt, at, word.to_bytes(2, 'big'))
            return
        where = at + (1 if name == 'dscp' else 8 if kind == IPV4 else 7)
        old = pkt.frame[where]
        if name == 'dscp':
            new = value << 2 | old & 3
        else:
            new = old - 1 if name == 'ttl-dec' else value
        if new < 1 and name == 'ttl-dec':
            raise Drop('ttl')
        even = where - (where - at) % 2
        word = put(pkt.frame, where, bytes([new]))[even:even + 2]
        self._put(pkt, even, word, *([at + 10] if kind == IPV4 else []))
