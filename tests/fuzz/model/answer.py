# SPDX-License-Identifier: GPL-2.0
"""What a rejected frame's sender is told: a reset of TCP, or an ICMP error.

An answer is the kernel's, as its netfilter makes it: RFCs leave open its TTL,
ID and how much it quotes, and say of what there is none.
"""

import struct

import checksum
from frames import HEADER, is_group, ethertype
from rules import (AUTH, ICMP, ICMP6, IPV4, IPV6, SCTP, TCP, UDPLITE, ip_of,
                   number)

TTL = 64
QUOTED4, QUOTED6 = 536, 1220    # bytes of the packet at most
UNREACHABLE = {IPV4: bytes((3, 3)), IPV6: bytes((1, 4))}
ERRORS = (3, 4, 5, 11, 12)      # of ICMP, RFC 1122, 3.2.2.1 and others
REDIRECT6 = 137
RST, ACK = 4, 16
UNSUMMED = (SCTP, UDPLITE, AUTH) # of which the checksum is not looked at


def answer(frame):
    """The frame that answers one, or None."""
    kind = ethertype(frame)
    if is_group(frame[:6]) or kind not in (IPV4, IPV6):
        return None
    packet = whole(frame[HEADER:], kind)
    found = packet and ip_of(packet, kind)
    if not found or not has_one_sender(packet, kind) or found.frag == 2 or \
            not may_be_answered(packet, kind, found):
        return None
    data = reset(packet, kind, found) if found.proto == TCP else \
        unreachable(packet, kind)
    return data and frame[6:12] + frame[:6] + frame[12:14] + data


def whole(data, kind):
    """The packet without what is behind it, or None if it is cut."""
    found = ip_of(data, kind)
    if not found:
        return None
    if kind == IPV4:
        length = number(data[2:4])
        if length < (data[0] & 15) * 4:
            return None
    else:
        length = 40 + number(data[4:6])
    return data[:length] if length <= len(data) else None


def has_one_sender(packet, kind):
    """Is it from one host, to one? RFC 1122, 3.2.2; RFC 4443, 2.4, (e)."""
    if kind == IPV4:
        source, to = packet[12:16], packet[16:20]
        return source[0] not in (0, 127) and \
            not any(one[0] >> 4 == 14 or one == b'\xff' * 4
                    for one in (source, to))
    source, to = packet[8:24], packet[24:40]
    return 0xff not in (source[0], to[0]) and \
        source not in (bytes(16), bytes(15) + b'\1')


def may_be_answered(packet, kind, found):
    """An error is not answered, nor what its checksum says is broken."""
    data = packet[found.l4:]
    if found.proto == (ICMP if kind == IPV4 else ICMP6):
        if not data:
            return False
        error = data[0] in ERRORS if kind == IPV4 else \
            data[0] < 128 or data[0] == REDIRECT6
        if error:
            return False
    if kind == IPV4 and checksum.add(packet[:found.l4]) != 0xffff:
        return False
    return found.proto in UNSUMMED or \
        checksum.is_right(packet, kind, found.proto, found.l4)


def header(packet, kind, proto, length):
    """Of IP, back to where the packet came from."""
    if kind == IPV6:
        return struct.pack('!IHBB', 6 << 28, length, proto, TTL) + \
            packet[24:40] + packet[8:24]
    return checksum.filled_in(
        struct.pack('!BBHHHBBH', 0x45, 0, 20 + length, 0, 0x4000, TTL, proto,
                    0) + packet[16:20] + packet[12:16], None)


def summed(head, kind, proto, data):
    """The packet of these, with the checksum of what is behind IP."""
    at = checksum.PSEUDO.get(proto, 2)
    over = (checksum.pseudo(head, kind, proto, len(data)), data) \
        if proto in checksum.PSEUDO else (data,)
    return head + data[:at] + checksum.of(*over) + data[at + 2:]


def reset(packet, kind, found):
    """RFC 9293, 3.5.2; a reset is not answered."""
    tcp = packet[found.l4:]
    if len(tcp) < 20 or tcp[13] & RST:
        return None
    sport, dport, seq, ack = struct.unpack('!HHII', tcp[:12])
    flags = tcp[13]
    if flags & ACK:
        seq, ack, flags = ack, 0, RST
    else:
        ack = seq + (flags >> 1 & 1) + (flags & 1) + len(tcp) - \
            (tcp[12] >> 4) * 4
        seq, flags = 0, RST | ACK
    data = struct.pack('!HHIIBBHHH', dport, sport, seq, ack & 0xffffffff,
                       0x50, flags, 0, 0, 0)
    return summed(header(packet, kind, TCP, len(data)), kind, TCP, data)


def unreachable(packet, kind):
    """RFC 792 and RFC 4443: the port is."""
    proto = ICMP if kind == IPV4 else ICMP6
    quoted = packet[:QUOTED4 if kind == IPV4 else QUOTED6]
    data = UNREACHABLE[kind] + bytes(6) + quoted
    return summed(header(packet, kind, proto, len(data)), kind, proto, data)
