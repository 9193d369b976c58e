# SPDX-License-Identifier: GPL-2.0
"""Netlink, as much of it as the switch and its devices need.

Attributes and commands of the family are those of its specification, which the
Makefile leaves here as JSON.
"""

import json
import os
import pathlib
import socket
import struct

AF_NETLINK, NETLINK_ROUTE, NETLINK_GENERIC = 16, 0, 16
SOL_NETLINK, NETLINK_CAP_ACK, NETLINK_EXT_ACK = 270, 10, 11
NLMSG_ERROR, NLMSG_DONE = 2, 3
NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLM_F_DUMP_INTR, NLM_F_CAPPED, NLM_F_ACK_TLVS = 0x10, 0x100, 0x200
NLM_F_CREATE, NLM_F_EXCL = 0x400, 0x200
NLMSGERR_ATTR_MSG = 1
NLA_F_NESTED = 0x8000

GENL_ID_CTRL, CTRL_CMD_GETFAMILY = 16, 3
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 1, 2

RTM_NEWLINK = 16
IFLA_IFNAME, IFLA_LINK, IFLA_LINKINFO = 3, 5, 18
IFLA_INFO_KIND, IFLA_INFO_DATA = 1, 2
VETH_INFO_PEER = 1
IFLA_VLAN_ID, IFLA_VLAN_PROTOCOL = 1, 5

# Sets of which the attributes mean something by their order.
ORDERED = ('action',)
NUMBERS = {'u8': '=B', 'u16': '=H', 'u32': '=I', 'u64': '=Q'}


class Refused(Exception):
    """The kernel refuses a request."""

    def __init__(self, errno, sentence):
        super().__init__(f'{os.strerror(errno)}: {sentence}')
        self.errno = errno


def attr(number, value):
    """One attribute: its value is bytes, or text."""
    if isinstance(value, str):
        value = value.encode() + b'\0'
    padding = bytes(-len(value) % 4)
    return struct.pack('=HH', 4 + len(value), number) + value + padding


def nest(number, *attrs):
    """An attribute of attributes."""
    return attr(number | NLA_F_NESTED, b''.join(attrs))


def attrs_in(data):
    """(number, value) of each attribute."""
    while len(data) >= 4:
        length, number = struct.unpack_from('=HH', data)
        yield number & 0x3fff, data[4:length]
        data = data[(length + 3) & ~3:]


def error_in(flags, payload):
    """What an acknowledgement tells: None, or the refusal."""
    error, = struct.unpack_from('=i', payload)
    if not error:
        return None
    sentence = ''
    if flags & NLM_F_ACK_TLVS:
        length, = struct.unpack_from('=I', payload, 4)
        skip = 4 + (16 if flags & NLM_F_CAPPED else (length + 3) & ~3)
        sentence = dict(attrs_in(payload[skip:])).get(NLMSGERR_ATTR_MSG, b'')
        sentence = sentence.rstrip(b'\0').decode()
    return Refused(-error, sentence)


class Netlink:
    """A socket for requests, one at a time."""

    def __init__(self, protocol):
        self.sock = socket.socket(AF_NETLINK, socket.SOCK_RAW, protocol)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_CAP_ACK, 1)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_EXT_ACK, 1)
        self.sock.bind((0, 0))
        self.seq = 0

    def request(self, kind, flags, payload):
        """Returns the payloads of the replies, or raises Refused."""
        self.seq += 1
        self.sock.send(struct.pack('=IHHII', 16 + len(payload), kind,
                                   flags | NLM_F_REQUEST, self.seq, 0) +
                       payload)
        replies = []
        while not self._take(replies, bool(flags & NLM_F_DUMP == NLM_F_DUMP)):
            pass
        return replies

    def _take(self, replies, dumping):
        """Take one datagram; True if it was the last."""
        data = self.sock.recv(1 << 18)
        while data:
            length, kind, flags, seq = struct.unpack_from('=IHHI', data)
            payload, data = data[16:length], data[(length + 3) & ~3:]
            if seq != self.seq:
                raise AssertionError('a reply to another request')
            if kind == NLMSG_ERROR:
                error = error_in(flags, payload)
                if error:
                    raise error
                return True
            if dumping and flags & NLM_F_DUMP_INTR:
                raise AssertionError('a dump that nothing disturbed says so')
            if kind == NLMSG_DONE:
                return True
            replies.append(payload)
        return False


class Family(Netlink):
    """The switch's family of generic netlink."""

    def __init__(self):
        super().__init__(NETLINK_GENERIC)
        path = pathlib.Path(__file__).with_name('spec.json')
        spec = json.loads(path.read_text(encoding='utf-8'))
        self.sets = {s['name']: s['attributes']
                     for s in spec['attribute-sets']}
        self.enums = {d['name']: d['entries'] for d in spec['definitions']
                      if d['type'] == 'enum'}
        ops = spec['operations']['list']
        self.ops = {op['name']: (number, op.get('attribute-set'))
                    for number, op in enumerate(ops, 1)}
        payload = struct.pack('=BBH', CTRL_CMD_GETFAMILY, 1, 0) + \
            attr(CTRL_ATTR_FAMILY_NAME, spec['name'])
        reply, = self.request(GENL_ID_CTRL, NLM_F_ACK, payload)
        family = dict(attrs_in(reply[4:]))[CTRL_ATTR_FAMILY_ID]
        self.family, = struct.unpack('=H', family)
        self.version = spec['version']

    def _encode(self, aset, values):
        """Attributes by their names, where the value is not None.

        Of a nest the value is its bytes.
        """
        out = b''
        for number, one in enumerate(self.sets[aset], 1):
            value = values.get(one['name'].replace('-', '_'))
            if value is None:
                continue
            if 'enum' in one:
                value = self.enums[one['enum']].index(value)
            if one['type'] in NUMBERS:
                value = struct.pack(NUMBERS[one['type']], value)
            nested = NLA_F_NESTED if one['type'] == 'nest' else 0
            out += attr(number | nested, value)
        return out

    def number(self, aset, name):
        """The number of an attribute in its set."""
        names = [one['name'] for one in self.sets[aset]]
        return names.index(name) + 1

    def _decode(self, aset, data):
        """The values by their names."""
        values = {}
        for number, value in attrs_in(data):
            one = self.sets[aset][number - 1]
            name = one['name']
            if one['type'] in NUMBERS:
                value, = struct.unpack(NUMBERS[one['type']], value)
            elif one['type'] == 'string':
                value = value.rstrip(b'\0').decode()
            elif one['type'] == 'nest' and one['nested-attributes'] in ORDERED:
                value = self._decode_list(one['nested-attributes'], value)
            elif one['type'] == 'nest':
                value = self._decode(one['nested-attributes'], value)
            if 'enum' in one:
                value = self.enums[one['enum']][value]
            if one.get('multi-attr'):
                values.setdefault(name, []).append(value)
            else:
                values[name] = value
        return values

    def encode_list(self, aset, values):
        """Attributes in the order of (name, value); None: it is a flag."""
        types = {one['name']: one['type'] for one in self.sets[aset]}
        return b''.join(
            attr(self.number(aset, name), b'' if value is None else
                 struct.pack(NUMBERS[types[name]], value)
                 if types[name] in NUMBERS else value)
            for name, value in values)

    def _decode_list(self, aset, data):
        out = []
        for number, value in attrs_in(data):
            one = self.sets[aset][number - 1]
            if one['type'] in NUMBERS:
                value, = struct.unpack(NUMBERS[one['type']], value)
            out.append((one['name'],
                        None if one['type'] == 'flag' else value))
        return out

    def _ask(self, op, flags, values):
        number, aset = self.ops[op]
        payload = struct.pack('=BBH', number, self.version, 0) + \
            self._encode(aset, values)
        return [self._decode(aset, reply[4:])
                for reply in self.request(self.family, flags, payload)]

    def do(self, op, **values):
        """A command; its reply, if it has one."""
        replies = self._ask(op, NLM_F_ACK, values)
        return replies[0] if replies else None

    def dump(self, op, **values):
        """All replies to a command that shows many objects."""
        return self._ask(op, NLM_F_DUMP, values)


class Route(Netlink):
    """Makes devices."""

    def __init__(self):
        super().__init__(NETLINK_ROUTE)

    def _add(self, name, kind, data, link=None):
        payload = bytes(16) + attr(IFLA_IFNAME, name)
        if link:
            payload += attr(IFLA_LINK, struct.pack('=I', link))
        payload += nest(IFLA_LINKINFO, attr(IFLA_INFO_KIND, kind),
                        nest(IFLA_INFO_DATA, data))
        self.request(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
                     payload)

    def add_veth(self, name, peer):
        """A pair."""
        self._add(name, 'veth', nest(VETH_INFO_PEER, bytes(16),
                                     attr(IFLA_IFNAME, peer)))

    def add_vlan(self, name, link, proto, vid):
        """A VLAN device on the device of the index."""
        self._add(name, 'vlan', attr(IFLA_VLAN_ID, struct.pack('=H', vid)) +
                  attr(IFLA_VLAN_PROTOCOL, struct.pack('!H', proto)), link)
