# SPDX-License-Identifier: GPL-2.0
"""The Internet checksum: RFC 1071, and 1624 where a part of it changes."""

import struct

from rules import IPV6, TCP, UDP, UDPLITE, ICMP6, behind_tags, ip_of

# Where the checksum is in a header that also covers addresses.
PSEUDO = {TCP: 16, UDP: 6, UDPLITE: 6, ICMP6: 2}


def add(*parts):
    """The sum of 16 bit words, with carry."""
    total = 0
    for part in parts:
        part += bytes(len(part) % 2)
        total += sum(struct.unpack(f'!{len(part) // 2}H', part))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


def inverted(data):
    """Its complement."""
    return bytes(byte ^ 0xff for byte in data)


def of(*parts):
    """The checksum of what these are the parts of."""
    return inverted(add(*parts).to_bytes(2, 'big'))


def changed(checksum, old, new):
    """RFC 1624, equation 3: HC' = ~(~HC + ~m + m')."""
    return inverted(add(inverted(checksum), inverted(old), new)
                    .to_bytes(2, 'big'))


def pseudo(packet, kind, proto, length):
    """What a header behind IP covers of that: RFC 793, RFC 8200, 8.1."""
    addresses = packet[8:40] if kind == IPV6 else packet[12:20]
    return addresses + struct.pack('!II', length, proto)


def completed(frame):
    """A frame of which a device was to work out TCP's checksum."""
    at, kind, _ = behind_tags(frame, None)
    packet = ip_of(frame[at:], kind)
    head, tcp = frame[:at + packet.l4], frame[at + packet.l4:]
    if packet.proto != TCP or len(tcp) < 20:
        raise AssertionError(f'an open checksum: {frame.hex()}')
    bare = tcp[:16] + bytes(2) + tcp[18:]
    return head + tcp[:16] + \
        of(pseudo(frame[at:], kind, TCP, len(tcp)), bare) + tcp[18:]


def is_right(packet, kind, proto, at):
    """Is that of the header at an offset in the packet right?

    Of UDP none is right, too. What has none that covers all of it is not
    looked at; of what is not known it is taken to be as with ICMP.
    """
    data = packet[at:]
    if proto == UDP and data[6:8] == bytes(2):
        return True
    if kind == IPV6 or proto in (UDP, TCP):
        return add(pseudo(packet, kind, proto, len(data)), data) == 0xffff
    return add(data) == 0xffff


def filled_in(packet, kind):
    """The packet with all checksums right."""
    packet = bytearray(packet)
    found = ip_of(packet, kind)
    if kind != IPV6:
        packet[10:12] = bytes(2)
        packet[10:12] = of(bytes(packet[:(packet[0] & 15) * 4]))
    if not found or found.frag:
        return bytes(packet)
    at = found.l4 + PSEUDO.get(found.proto, 2)
    if at + 2 <= len(packet):
        packet[at:at + 2] = bytes(2)
        data = bytes(packet[found.l4:])
        over = (data,)
        if kind == IPV6 or found.proto in (UDP, TCP, UDPLITE):
            over = (pseudo(bytes(packet), kind, found.proto, len(data)), data)
        packet[at:at + 2] = of(*over)
    return bytes(packet)
