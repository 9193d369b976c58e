# SPDX-License-Identifier: GPL-2.0
"""The model by itself: what it says about a few frames, without a kernel."""

import os
import sys
import unittest

from frames import S_TAG, put_tag
from model import Switch
from ports import Vlan
from rules import Rule

A, B, C = (bytes([2, 0, 0, 0, 0, n]) for n in (1, 2, 3))
HOST = bytes([2, 0, 0, 0, 1, 1])
ALL = b'\xff' * 6


def frame(dst, src, length=60):
    """An untagged frame."""
    return (dst + src + b'\x88\xb5').ljust(length, b'.')


def tagged(data, vid, prio=0, proto=0x8100):
    """The frame with a tag."""
    return put_tag(data, prio << 13 | vid, proto)


class ModelTest(unittest.TestCase):
    """A switch with three ports and a host port that is down."""

    def setUp(self):
        self.sw = self.make()

    def make(self, **settings):
        """Such a switch."""
        sw = Switch('sw', HOST, ('p', 'q', 'r'), **settings)
        for name in ('p', 'q', 'r'):
            self.assertTrue(sw.port_add(name, Vlan()))
        return sw

    def leaves(self, name, data, *out):
        """A frame comes in at a port: this leaves."""
        self.assertEqual(sorted(self.sw.frame(name, data, True)), sorted(out))

    def drops(self, name, **reasons):
        """These are a port's drop counters."""
        self.assertEqual(self.sw.ports[name].drops,
                         {reason.replace('_', '-'): count
                          for reason, count in reasons.items()})

    def test_flood_then_learn(self):
        """What is not known goes to all others, what is to one."""
        there, back = frame(B, A), frame(A, B)
        self.leaves('p', there, ('q', there), ('r', there))
        self.leaves('q', back, ('p', back))
        self.leaves('p', back)
        self.drops('p', same_port=1)

    def test_move_flush_limit(self):
        """Addresses move, are forgotten, and are not more than the limit."""
        self.sw = self.make(limit=1)
        self.leaves('p', frame(A, A))
        self.leaves('q', frame(A, B), ('p', frame(A, B)))
        self.assertEqual((self.sw.learned(), self.sw.refused), (1, 1))
        self.sw.frame('r', frame(ALL, A))
        self.assertEqual(self.sw.fdb, {(A, 1): ('r', 'learned')})
        self.assertTrue(self.sw.link('r', False))
        self.assertFalse(self.sw.fdb)

    def test_tags(self):
        """Access takes none, a trunk puts one on, with the priority."""
        self.sw.port_set('p', Vlan('trunk', 7, (1, 5)))
        self.sw.port_set('r', Vlan('access', 7))
        data = frame(ALL, A)
        self.leaves('q', data, ('p', tagged(data, 1)))
        self.leaves('q', tagged(data, 0, 3), ('p', tagged(data, 1, 3)))
        self.leaves('q', tagged(data, 1))
        self.leaves('q', tagged(tagged(data, 5), 0))
        self.drops('q', vlan_tagged=2)
        self.leaves('p', tagged(data, 7, 2), ('r', data))
        self.leaves('p', data, ('r', data))
        self.leaves('p', tagged(data, 6))
        self.leaves('p', tagged(data, 5))
        self.drops('p', vlan_ingress=1, no_receiver=1)
        self.sw.port_set('p', Vlan('trunk', None, (5,)))
        self.leaves('p', data)
        self.drops('p', vlan_ingress=1, no_receiver=1, vlan_untagged=1)

    def test_service_tag(self):
        """Is payload, in front of which the other goes."""
        self.sw.port_set('p', Vlan('trunk', None, (1,)))
        data = tagged(frame(ALL, A), 9, proto=S_TAG)
        self.leaves('q', data, ('p', tagged(data, 1)), ('r', data))

    def test_unaware(self):
        """All tags are payload."""
        self.sw = self.make(aware=False)
        data = tagged(frame(ALL, A), 9, 5)
        self.leaves('p', data, ('q', data), ('r', data))
        self.assertFalse(self.sw.port_set('p', Vlan('access', 3)))
        self.assertFalse(self.sw.fdb_add('p', A, 3))
        self.assertTrue(self.sw.fdb_add('p', B, None))

    def test_static(self):
        """Neither moves, nor follows its port out of the VLAN."""
        self.assertTrue(self.sw.fdb_add('q', B, None))
        self.assertFalse(self.sw.fdb_add('r', B, 1))
        self.assertFalse(self.sw.fdb_add('q', C, 2))
        self.leaves('r', frame(A, B), *((p, frame(A, B)) for p in 'pq'))
        self.leaves('p', frame(B, A), ('q', frame(B, A)))
        self.sw.port_set('q', Vlan('access', 2))
        self.leaves('p', frame(B, A))
        self.drops('q', vlan_egress=1)
        self.sw.port_set('q', Vlan('access'))
        self.sw.link('q', False)
        self.leaves('p', frame(B, A))
        self.drops('q', vlan_egress=1, port_down=1)
        self.sw.port_del('q')
        self.assertFalse(self.sw.fdb_del(B, 1))

    def test_local(self):
        """The host's address is the host port's alone."""
        self.sw.link('sw', True)
        self.assertFalse(self.sw.fdb_add('p', HOST, 1))
        self.leaves('p', frame(HOST, A), ('sw', frame(HOST, A)))
        self.leaves('p', frame(A, HOST))
        self.drops('p', src_local=1)
        self.sw.fdb_add('q', C, None)
        self.assertFalse(self.sw.set_mac('sw', C))

    def test_bad_frames(self):
        """No source, no end of the tag, nothing for a bridge, too much."""
        self.leaves('p', frame(B, ALL))
        self.drops('p', src_invalid=1)
        self.leaves('p', frame(bytes.fromhex('0180c2000000'), A))
        self.sw.link('sw', True)
        self.sw.frame('sw', frame(bytes.fromhex('0180c2000000'), A))
        self.sw.frame('sw', tagged(frame(B, A), 1)[:19])
        self.drops('sw', dst_reserved=1, malformed=1)
        self.sw.mtu('q', 100)
        self.assertEqual(self.sw.devs['sw'].mtu, 100)
        data = frame(B, A, 115)
        self.leaves('p', data, ('r', data))
        self.drops('q', too_big=1)
        self.drops('sw', dst_reserved=1, malformed=1, too_big=1)

    def test_policy(self):
        """Of the port, or else of the switch."""
        data = frame(ALL, A)
        self.assertTrue(self.sw.set_policy('drop'))
        self.leaves('p', data)
        self.assertTrue(self.sw.port_set('p', Vlan(), 'permit'))
        self.leaves('p', data, ('q', data), ('r', data))
        self.sw.set_policy('permit')
        self.sw.port_set('p', Vlan('access', 1), 'drop')
        self.leaves('p', data)
        self.drops('p', policy=2)
        self.assertFalse(self.sw.port_set('p', Vlan()))
        self.assertFalse(self.sw.port_set('p', Vlan('access', 0), 'permit'))
        self.assertEqual(self.sw.ports['p'].policy, 'drop')

    def rule(self, *actions, prio=10, match=(), **more):
        """A rule is made, or refused."""
        return self.sw.rule_add(Rule(prio, match, (), actions, **more))

    def test_bands(self):
        """A rule leads to a later band, and a frame is judged there anew."""
        data = frame(ALL, A)
        self.assertTrue(self.rule(('mark', (1, 1)), ('goto', 2)))
        self.assertTrue(self.rule(('drop', None), band=1))
        self.assertTrue(self.rule(('output', 'q'), band=2,
                                  match=(('mark', (1, 1)),)))
        self.assertFalse(self.rule(('goto', 2), band=2))
        self.leaves('p', data, ('q', data))
        self.assertEqual([one[-2:] for one in self.sw.state()['rules']],
                         [(1, 60), (0, 0), (1, 60)])
        self.sw.rule_del(10, 2)
        self.sw.set_policy('drop')
        self.leaves('p', data)
        self.drops('p', policy=1)

    def test_groups(self):
        """A group's rules are for its ports."""
        data = frame(ALL, A)
        self.assertTrue(self.rule(('drop', None), group='g'))
        self.leaves('p', data, ('q', data), ('r', data))
        self.sw.port_set('p', Vlan(), None, 'g')
        self.leaves('p', data)
        self.assertFalse(self.sw.port_set('p', Vlan(), None, 'g' * 32))
        self.sw.port_set('p', Vlan(), None, '')
        self.leaves('p', data, ('q', data), ('r', data))

    def test_rewrite(self):
        """Checksums follow, wrong ones too; what is learned is what came."""
        udp = bytes.fromhex('4500001c00000000401126ce' '0a0000010a000002'
                            '0035003500080000')
        data = B + A + b'\x08\x00' + udp
        self.assertTrue(self.rule(
            ('mirror', 'r'), ('ttl-dec', None), ('ipv4-dst', b'\n\0\0\3'),
            ('mac-src', C), ('vlan-set', 5), ('permit', None)))
        self.sw.port_set('q', Vlan('trunk', None, (5,)))
        new = B + C + b'\x08\x00' + bytes.fromhex(
            '4500001c000000003f1127cd' '0a0000010a000003' '0035003500080000')
        self.leaves('p', data, ('r', data), ('q', tagged(new, 5)))
        self.assertEqual(list(self.sw.fdb), [(A, 1)])
        wrong = data[:24] + bytes(2) + data[26:]
        self.leaves('p', wrong, ('r', wrong),
                    ('q', tagged(new[:24] + b'\x00\xff' + new[26:], 5)))
        self.assertFalse(self.rule(('ttl-dec', None), ('reject', None)))
        self.assertFalse(self.rule(('mac-src', ALL), ('permit', None)))

    def test_tags_of_rules(self):
        """Push makes payload of a tag, pop takes it, within the port's."""
        data = frame(ALL, A)
        self.sw.port_set('p', Vlan('trunk', 1, (7,)))
        self.sw.port_set('r', Vlan('access', 7))
        self.rule(('vlan-push', 7), ('permit', None))
        self.leaves('p', data, ('r', tagged(data, 1)))
        self.sw.rule_flush()
        self.rule(('vlan-pop', None), ('permit', None))
        self.leaves('p', tagged(tagged(data, 7), 1), ('r', data))
        self.leaves('p', tagged(tagged(data, 8), 1))
        self.drops('p', vlan_ingress=1)

    def test_reject(self):
        """A reset, or an ICMP error; not of what is broken, or changed."""
        self.rule(('reject', None))
        udp = bytes.fromhex('4500001c00000000401166cf' '0a0000010a000002'
                            '0035003500080000')
        self.leaves('p', B + A + b'\x08\x00' + udp + bytes(18), (
            'p', A + B + b'\x08\x00' + bytes.fromhex(
                '45000038000040004001' '26c3'
                '0a0000020a000001' '0303fc8a00000000') + udp))
        self.leaves('p', B + A + b'\x08\x00' + udp[:10] + bytes(2) +
                    udp[12:])
        self.leaves('p', frame(B, A))
        self.drops('p', reject=3)

    def test_gone(self):
        """A rule's port that went is not another one of its name."""
        data = frame(ALL, A)
        self.assertTrue(self.sw.internal_add('i', Vlan(), C))
        self.sw.link('i', True)
        self.rule(('output', 'i'), ('output', 'q'))
        self.leaves('p', data, ('i', data), ('q', data))
        self.sw.port_del('i')
        self.sw.internal_add('i', Vlan(), C)
        self.sw.link('i', True)
        self.leaves('p', data, ('q', data))
        self.leaves('q', frame(ALL, B))
        self.drops('p', output_gone=1)
        self.drops('q', output_gone=1, same_port=1)

    def test_capture(self):
        """Sees what passes by, with the tag of the host port."""
        self.sw.link('sw', True)
        self.sw.set_capture(True)
        self.sw.port_set('sw', Vlan('access', 9))
        data = frame(ALL, A)
        self.leaves('p', data, ('q', data), ('r', data),
                    ('capture', tagged(data, 1)))


if __name__ == '__main__':
    sys.path.append(os.path.join(os.path.dirname(__file__), '../../vm'))
    import taptest
    taptest.main()
