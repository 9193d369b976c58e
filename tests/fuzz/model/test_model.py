# SPDX-License-Identifier: GPL-2.0
"""The model by itself: what it says about a few frames, without a kernel."""

import os
import sys
import unittest

from model import S_TAG, Switch, Vlan, put_tag

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
