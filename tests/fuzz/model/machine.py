# SPDX-License-Identifier: GPL-2.0
"""The module's switch, with the steps that the model has.

Taps and veth pairs are made once; a switch, its internal ports and their
devices come and go. No program is started, and frames are handed over in
place: once a frame is sent, all that leaves by a tap is there. What goes
through the CPU's backlog (veths, the host's own devices) is there after a
frame of our own has been through it, since all of it is on one CPU.
"""

import array
import errno
import fcntl
import functools
import os
import select
import socket
import struct
import time

import netlink
from checksum import completed
from frames import HEADER, Q_TAG, S_TAG, ethertype, is_tagged
from ports import MTU
from rules import MASKED

ETH_P_ALL, SOL_PACKET, PACKET_OUTGOING = 3, 263, 4
PACKET_ADD_MEMBERSHIP, PACKET_DROP_MEMBERSHIP, PACKET_AUXDATA = 1, 2, 8
PACKET_IGNORE_OUTGOING = 23
TP_STATUS_CSUMNOTREADY, TP_STATUS_VLAN_VALID = 8, 16

SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCGIFMTU, SIOCSIFMTU = \
    0x8913, 0x8914, 0x8921, 0x8922
SIOCSIFHWADDR, SIOCGIFHWADDR, SIOCETHTOOL = 0x8924, 0x8927, 0x8946
TUNSETIFF, TUNSETCARRIER = 0x400454ca, 0x400454e2
IFF_UP, IFF_RUNNING, IFF_TAP, IFF_NO_PI = 1, 0x40, 2, 0x1000
ETHTOOL_GLINK, ARPHRD_ETHER = 0xa, 1

HOST = 'sw'
TAPS = ('t0', 't1', 't2', 't3')
VETHS = ('v0', 'v1')
ATTACHABLE = TAPS + VETHS
INTERNALS = ('i0', 'i1')
BESIDE = {Q_TAG: ('q0', 5), S_TAG: ('s0', 6)}   # VLAN devices on i0

PEER_MTU = 9000
WAIT = 10       # seconds; nothing takes so long


@functools.lru_cache
def vids_in(bits):
    """The VLANs in a set of them."""
    return tuple(8 * i + bit for i, byte in enumerate(bits) if byte
                 for bit in range(8) if byte >> bit & 1)


class Kernel:
    """Ioctls on devices."""

    def __init__(self):
        self.sock = socket.socket()

    def _call(self, request, name, value=b''):
        ifreq = struct.pack('16s24s', name.encode(), value)
        return fcntl.ioctl(self.sock, request, ifreq)[16:]

    def flags(self, name):
        """Flags of a device."""
        return struct.unpack_from('=H', self._call(SIOCGIFFLAGS, name))[0]

    def set_up(self, name, is_up):
        """Set a device up or down."""
        flags = self.flags(name) & ~IFF_UP | (IFF_UP if is_up else 0)
        self._call(SIOCSIFFLAGS, name, struct.pack('=H', flags))

    def mtu(self, name):
        """A device's MTU."""
        return struct.unpack_from('=i', self._call(SIOCGIFMTU, name))[0]

    def set_mtu(self, name, mtu):
        """Give a device another MTU."""
        self._call(SIOCSIFMTU, name, struct.pack('=i', mtu))

    def mac(self, name):
        """A device's address."""
        return self._call(SIOCGIFHWADDR, name)[2:8]

    def set_mac(self, name, mac):
        """Give a device another address."""
        self._call(SIOCSIFHWADDR, name,
                   struct.pack('=H6s', ARPHRD_ETHER, mac))

    def carrier(self, name):
        """Is a device up, with carrier?"""
        value = array.array('I', [ETHTOOL_GLINK, 0])
        self._call(SIOCETHTOOL, name,
                   struct.pack('@P', value.buffer_info()[0]))
        return bool(value[1])

    def settle(self, name):
        """Wait until a device's queue follows its carrier.

        That is a worker's task: once the flag is right and the lock under
        which the worker runs was free, it is done.
        """
        end = time.monotonic() + WAIT
        while self.flags(name) & IFF_UP and \
                bool(self.flags(name) & IFF_RUNNING) != self.carrier(name):
            if time.monotonic() > end:
                raise AssertionError(f'{name}: carrier never settled')
            time.sleep(0.001)
        self.set_up(name, self.flags(name) & IFF_UP)


class Tap:
    """The far end of a tap."""

    def __init__(self, name):
        self.fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self.fd, TUNSETIFF,
                    struct.pack('16sH22x', name.encode(), IFF_TAP | IFF_NO_PI))

    def fileno(self):
        """For poll()."""
        return self.fd

    def set_carrier(self, is_on):
        """As if a cable was plugged in, or pulled out."""
        fcntl.ioctl(self.fd, TUNSETCARRIER, struct.pack('=i', is_on))

    def send(self, frame):
        """A frame comes in at the tap; False if it does not."""
        try:
            os.write(self.fd, frame)
        except OSError as err:
            if err.errno == errno.EIO:      # it is down
                return False
            raise
        return True

    def recv(self):
        """(frame, was it one that the host sent), or None."""
        try:
            return os.read(self.fd, 1 << 16), False
        except BlockingIOError:
            return None


class Packets:
    """A packet socket on a device, which puts tags back into frames.

    And the checksums that a device was to work out.
    """

    def __init__(self, name, proto=ETH_P_ALL, outgoing=False):
        self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.sock.setblocking(False)
        self.is_promiscuous = False
        self.sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        self.sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING,
                             int(not outgoing))
        self.sock.bind((name, proto))

    def fileno(self):
        """For poll()."""
        return self.sock.fileno()

    def close(self):
        """Nothing is to be received any more."""
        self.sock.close()

    def promiscuous(self, is_on):
        """Have the device in promiscuous mode, or no longer."""
        if is_on == self.is_promiscuous:
            return
        self.is_promiscuous = is_on
        option = PACKET_ADD_MEMBERSHIP if is_on else PACKET_DROP_MEMBERSHIP
        ifindex = socket.if_nametoindex(self.sock.getsockname()[0])
        self.sock.setsockopt(SOL_PACKET, option,
                             struct.pack('=iHH8x', ifindex, 1, 0))

    def send(self, frame):
        """Send a frame by the device; False if it does not take it."""
        try:
            self.sock.send(frame)
        except OSError as err:
            if err.errno in (errno.EMSGSIZE, errno.ENETDOWN, errno.ENXIO):
                return False
            raise
        return True

    def recv(self):
        """(frame, was it one that the host sent), or None."""
        try:
            frame, control, _, addr = self.sock.recvmsg(1 << 16, 64)
        except BlockingIOError:
            return None
        except OSError as err:
            if err.errno == errno.ENETDOWN:     # told once, when it goes down
                return None
            raise
        for level, kind, data in control:
            if (level, kind) == (SOL_PACKET, PACKET_AUXDATA):
                status, tci, proto = struct.unpack('=I12xHH', data[:20])
                if status & TP_STATUS_CSUMNOTREADY:
                    frame = completed(frame)
                if status & TP_STATUS_VLAN_VALID:
                    frame = frame[:12] + struct.pack('!HH', proto, tci) + \
                        frame[12:]
        return frame, addr[2] == PACKET_OUTGOING


class Machine:
    """A switch of the module and what it is connected to."""

    def __init__(self):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        self.route, self.family = netlink.Route(), netlink.Family()
        self.kernel = Kernel()
        self.poll = select.poll()
        self.ends, self.by_fd = {}, {}
        self.ready = {}     # ports that can send: how long a frame
        self.beside = {}        # type of tag: socket that sends it beside
        self.ports, self.dirty = set(), set()
        self.indices = {}
        self.names = {}     # of devices by index, also of those that are gone
        self.aware, self.why = True, ''      # why it refused, last
        for name in TAPS:
            self._watch(name, Tap(name))
            self.kernel.set_up(name, True)
        for name in (*VETHS, 'b0'):
            self.route.add_veth(name, name + 'p')
            self.kernel.set_mtu(name + 'p', PEER_MTU)
            for one in (name, name + 'p'):
                self.kernel.set_up(one, True)
            if name in VETHS:
                self._watch(name, Packets(name + 'p'))
        self.barrier = (Packets('b0'), Packets('b0p'))
        self.barrier[1].sock.settimeout(WAIT)

    def _watch(self, name, end):
        self.ends[name] = end
        self.indices[name] = socket.if_nametoindex(name)
        self.names[self.indices[name]] = name
        self.by_fd[end.fileno()] = name
        self.poll.register(end, select.POLLIN)

    def _unwatch(self, name):
        if name in self.ends:
            end = self.ends.pop(name)
            del self.by_fd[end.fileno()]
            self.poll.unregister(end)
            del self.indices[name]
            end.close()
        if name == INTERNALS[0]:
            while self.beside:
                self.beside.popitem()[1].close()

    # Switches

    def start(self, aware, limit):
        """Make a switch; returns the address of its host port."""
        for name in self.dirty:
            self.kernel.set_mtu(name, MTU)
            self.kernel.set_up(name, True)
            if name in TAPS:
                self.ends[name].set_carrier(True)
            self.kernel.settle(name)
            if name in VETHS:
                self.kernel.settle(name + 'p')
        self.dirty.clear()
        self.aware = aware
        self.family.do('switch-new', name=HOST, vlan_aware=int(aware),
                       fdb_limit=limit)
        self.ports = {HOST}
        self.ready.clear()
        self._watch(HOST, Packets(HOST, outgoing=True))
        return self.kernel.mac(HOST)

    def stop(self):
        """Remove the switch, and what is under way."""
        self.family.do('switch-del', ifindex=self._index(HOST))
        for name in (HOST, *INTERNALS):
            self._unwatch(name)
        self.collect(sure=True)

    # Steps

    def _try(self, op, **values):
        self.ready.clear()
        self.why = ''
        try:
            self.family.do(op, **values)
        except netlink.Refused as err:
            self.why = f': {err}'
            return False
        return True

    def _index(self, name):
        """The index of a device, or one that no device has."""
        return name and self.indices.get(name, 0x7fffffff)

    @staticmethod
    def _vlan(vlan):
        """What a command says of VLANs."""
        bits = None
        if vlan.tagged is not None:
            bits = bytearray(512)
            for vid in vlan.tagged:
                bits[vid // 8] |= 1 << vid % 8
            bits = bytes(bits)
        return {'vlan_mode': vlan.mode, 'pvid': vlan.pvid, 'vlans': bits}

    def port_add(self, name, vlan):
        """Attach a device."""
        done = self._try('port-new', switch=self._index(HOST),
                         ifindex=self._index(name), **self._vlan(vlan))
        self.ports |= {name} if done else set()
        return done

    def internal_add(self, name, vlan):
        """Make an internal port."""
        done = self._try('port-new', switch=self._index(HOST), name=name,
                         type='internal', **self._vlan(vlan))
        if not done:
            return False
        self.ports.add(name)
        self._watch(name, Packets(name))
        if name == INTERNALS[0]:
            for proto, (beside, vid) in BESIDE.items():
                self.route.add_vlan(beside, self._index(name), proto, vid)
                self.beside[proto] = Packets(beside, proto=0)
        return True

    def port_del(self, name):
        """Detach a device, or remove an internal port."""
        done = self._try('port-del', ifindex=self._index(name))
        if done:
            self.ports.discard(name)
        if done and name in INTERNALS:
            self._unwatch(name)
        return done

    def port_set(self, name, vlan, policy=None, group=None):
        """Change a port's VLANs, its policy, the group of its rules."""
        return self._try('port-set', ifindex=self._index(name),
                         policy=policy, rules=group, **self._vlan(vlan))

    def _device(self, name, change, *args):
        self.ready.clear()
        try:
            change(name, *args)
        except OSError as err:
            if err.errno not in (errno.ENODEV, errno.EADDRINUSE,
                                 errno.EADDRNOTAVAIL):
                raise
            return False
        if name in ATTACHABLE:
            self.dirty.add(name)
        return True

    def link(self, name, is_up):
        """Set a device up or down."""
        done = self._device(name, self.kernel.set_up, is_up)
        if name in VETHS:
            self.kernel.settle(name + 'p')
        if name == INTERNALS[0] and self.beside:
            for beside, _ in BESIDE.values():
                self.kernel.settle(beside)
        return done

    def mtu(self, name, mtu):
        """Set a device's MTU."""
        return self._device(name, self.kernel.set_mtu, mtu)

    def set_mac(self, name, mac):
        """Give a device an address."""
        return self._device(name, self.kernel.set_mac, mac)

    def carrier(self, name, is_on):
        """Plug a cable in, or pull it out."""
        self.ready.clear()
        self.ends[name].set_carrier(is_on)
        self.dirty.add(name)
        self.kernel.settle(name)
        return True

    def set_capture(self, is_on):
        """Capture on the switch's own device."""
        self.ends[HOST].promiscuous(is_on)
        return True

    def set_limit(self, limit):
        """Change how many addresses may be learned."""
        return self._try('switch-set', ifindex=self._index(HOST),
                         fdb_limit=limit)

    def set_policy(self, policy):
        """What becomes of a frame that no rule matches."""
        return self._try('switch-set', ifindex=self._index(HOST),
                         policy=policy)

    def set_zone(self, zone):
        """Where zones of connections begin."""
        return self._try('switch-set', ifindex=self._index(HOST),
                         ct_zone=zone)

    def fdb_add(self, name, mac, vid):
        """Make a static entry."""
        return self._try('fdb-new', port=self._index(name), mac=mac, vid=vid)

    def fdb_set(self, name, mac, vid):
        """Move a static entry."""
        return self._try('fdb-set', port=self._index(name), mac=mac, vid=vid)

    def fdb_del(self, mac, vid):
        """Remove an entry."""
        return self._try('fdb-del', switch=self._index(HOST), mac=mac,
                         vid=vid)

    def fdb_flush(self, name, vid):
        """Forget learned addresses."""
        return self._try('fdb-flush', switch=self._index(HOST),
                         port=self._index(name), vid=vid)

    # Rules

    def _values(self, values):
        """What a rule matches, as attributes; None if it is nothing."""
        out = b''
        for name, value in values:
            if name == 'port':
                data = struct.pack('=I', self._index(value))
            elif name in MASKED and MASKED[name]:
                data = b''.join(one.to_bytes(MASKED[name], 'big')
                                for one in value)
            else:
                data = struct.pack('=II', *value)
            out += netlink.attr(self.family.number('match', name), data)
        return out or None

    def rule_add(self, rule):
        """Make a rule."""
        return self._try('rule-new', switch=self._index(HOST),
                         prio=rule.prio, match=self._values(rule.match),
                         actions=self._actions(rule.actions),
                         band=rule.band, group=rule.group or None,
                         **{'except': self._values(rule.excepts)})

    def _actions(self, actions):
        """What a rule does, as attributes."""
        values = []
        for name, value in actions:
            if name in ('output', 'mirror'):
                value = self._index(value)
            elif name == 'mark':
                value = struct.pack('=II', *value)
            values.append((name, value))
        return self.family.encode_list('action', values)

    def _rule_state(self, one):
        """A rule that is shown, as the model has it."""
        actions = []
        for name, value in one['actions']:
            if name in ('output', 'mirror'):
                value = self.names[value]
            elif name == 'mark':
                value = struct.unpack('=II', value)
            actions.append((name, value))
        return (one.get('band', 0), one['prio'], one.get('group', ''),
                tuple(actions), one['packets'], one['bytes'])

    def rule_del(self, prio, band):
        """Remove all rules with a prio in a band."""
        return self._try('rule-del', switch=self._index(HOST), prio=prio,
                         band=band)

    def rule_flush(self):
        """Remove all rules."""
        return self._try('rule-flush', switch=self._index(HOST))

    def rule_replace(self, rules):
        """These take the place of all."""
        switch = {'switch': self._index(HOST)}
        self.family.do('rule-begin', **switch)
        done = all([self.rule_add(rule) for rule in rules])
        self.family.do('rule-commit' if done else 'rule-abort', **switch)
        return done

    # Frames

    def _is_carried(self, name, data):
        """Does the kernel carry the frame to the switch?

        It drops some itself: those that end within a tag, but for what the
        host sends by itself, and what is too long for a veth.
        """
        kernel = self.kernel
        if name not in self.ready:
            if not kernel.carrier(name):
                return False
            kernel.settle(name)
            self.ready[name] = kernel.mtu(name) + HEADER + 4
        if name in VETHS and len(data) > self.ready[name]:
            return False
        if is_tagged(data) and len(data) < HEADER + 6:
            return name not in ATTACHABLE and self.aware and \
                ethertype(data) == Q_TAG
        return True

    def frame(self, name, data, beside):
        """A frame comes in; returns whether it does. Then collect()."""
        if name not in self.ports or not self._is_carried(name, data):
            return False
        end = self.ends[name]
        if beside and name in INTERNALS:
            end = self.beside.get(ethertype(data))
            device, vid = BESIDE.get(ethertype(data), (None, None))
            if not end or not self.kernel.flags(device) & IFF_RUNNING or \
                    data[14:16] != vid.to_bytes(2, 'big'):
                return False
            data = data[:12] + data[16:]
        return end.send(data)

    def collect(self, sure):
        """What has left so far, as (port's name, bytes); if sure, all."""
        for _ in range(2 * sure):   # what comes in by a veth may leave by one
            self.barrier[0].send(bytes(12) + b'\x88\xb5barrier')
            self.barrier[1].sock.recv(64)
        out = []
        ready = self.poll.poll(0)
        while ready:
            for fd, _ in ready:
                name = self.by_fd[fd]
                got = self.ends[name].recv()
                if got:
                    out.append(('capture' if got[1] else name, got[0]))
            ready = self.poll.poll(0)
        return out

    # What can be seen from outside

    def state(self):
        """The same as the model's."""
        sw = self._index(HOST)
        family = self.family
        switch = family.do('switch-get', ifindex=sw)
        ports = family.dump('port-get', switch=sw)
        names = {port['ifindex']: port['name'] for port in ports}
        if switch.pop('name') != HOST or switch.pop('ifindex') != sw:
            raise AssertionError('the wrong switch was shown')
        switch.pop('ageing')
        drops = {names.get(one.get('port'), ''): {
            counter['reason']: counter['packets']
            for counter in one.get('counter', [])}
            for one in family.dump('drop-get', switch=sw)}
        entries = family.dump('fdb-get', switch=sw)
        fdb = {(one['mac'], one['vid']): (names[one['port']], one['type'])
               for one in entries}
        if len(fdb) != len(entries):
            raise AssertionError('an entry was dumped twice')
        rules = [self._rule_state(one)
                 for one in family.dump('rule-get', switch=sw)]
        return {
            'switch': switch, 'fdb': fdb, 'drops': drops, 'rules': rules,
            'device': {'mtu': self.kernel.mtu(HOST),
                       'carrier': self.kernel.carrier(HOST)},
            'ports': {port['name']: self._port_state(port)
                      for port in ports},
        }

    @staticmethod
    def _port_state(port):
        vlan = None
        if 'vlan-mode' in port:
            vlan = (port['vlan-mode'], port['pvid'],
                    vids_in(port.get('vlans', b'')))
        stats = port['stats']
        return {'type': port['type'], 'vlan': vlan, 'up': port['up'],
                'policy': port['policy'], 'group': port.get('rules', ''),
                'rx': (stats['rx-packets'], stats['rx-bytes']),
                'tx': (stats['tx-packets'], stats['tx-bytes']),
                'drops': stats['drops']}
