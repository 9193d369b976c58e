# SPDX-License-Identifier: GPL-2.0
"""Models with a fault each, which the module must be seen not to have."""

from frames import Drop, Q_TAG, ethertype, put_tag
from model import Switch
from rules import ENDS


class NativeTagged(Switch):
    """The native VLAN leaves with a tag."""

    def _as_sent(self, pkt, port):
        if not self.aware or port.vlan.mode == 'access':
            return pkt.frame
        return put_tag(pkt.frame, pkt.prio | pkt.vid)


class PriorityLost(Switch):
    """Tags leave without the priority that they came with."""

    def _as_sent(self, pkt, port):
        pkt.prio = 0
        return super()._as_sent(pkt, port)


class TagBehindTag(Switch):
    """The tag is put behind one that was there."""

    def _as_sent(self, pkt, port):
        sent = super()._as_sent(pkt, port)
        if sent == pkt.frame or ethertype(sent[4:]) != Q_TAG:
            return sent
        return sent[:12] + sent[16:20] + sent[12:16] + sent[20:]


class LearnsEarly(Switch):
    """An address is learned though the frame is not let in."""

    def _admit(self, pkt):
        try:
            super()._admit(pkt)
        except Drop:
            pkt.came = pkt.frame[6:12], pkt.vid
            self._learn(pkt)
            raise


class LimitOff(Switch):
    """One address more than the limit is learned."""

    def _learn(self, pkt):
        self.limit += 1
        super()._learn(pkt)
        self.limit -= 1


class OldestDecides(Switch):
    """The first rule that was made decides, whatever its prio."""

    def _judge(self, pkt):
        old = self.table.rules
        self.table.rules = sorted(old, key=lambda one: one.number)[:1]
        try:
            super()._judge(pkt)
        finally:
            self.table.rules = old


class PolicyIgnored(Switch):
    """A frame without a rule passes, whatever the policy."""

    def _policy_of(self, port):
        return 'permit'


class GotoIgnored(Switch):
    """What is to be judged in another band passes."""

    def _do(self, pkt, actions):
        super()._do(pkt, actions)


class WrongBand(Switch):
    """A frame is judged by the rules of the band behind the right one."""

    def _do(self, pkt, actions):
        band = super()._do(pkt, actions)
        return band and band + 1


class GroupIgnored(Switch):
    """A group's rules are for the frames of all ports."""

    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.table.is_for = lambda rule, port: True


class ChecksumForgotten(Switch):
    """What is rewritten has the checksum of what was there."""

    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.rewriter.summed = lambda check, old, new: check


class LearnsRewritten(Switch):
    """What is learned is what rules made of a frame."""

    def _learn(self, pkt):
        pkt.came = pkt.frame[6:12], pkt.vid
        super()._learn(pkt)


class MirrorLate(Switch):
    """A copy has changes that come after it."""

    def _do(self, pkt, actions):
        def order(action):
            return (action[0] in ENDS) * 2 + (action[0] == 'mirror')
        return super()._do(pkt, sorted(actions, key=order))


class OutputAnywhere(Switch):
    """A rule sends frames also to ports that are not in their VLAN."""

    def _copy(self, pkt, target):
        port = self.table.port_at(target)
        here = pkt.vid
        if port and self.aware and here not in port.vlan.members():
            pkt.vid = port.vlan.pvid or here
        super()._copy(pkt, target)
        pkt.vid = here


class RejectsSilently(Switch):
    """Nobody is told that his frame is rejected."""

    def _answer(self, pkt):
        pass


FAULTS = (NativeTagged, PriorityLost, TagBehindTag, LearnsEarly, LimitOff,
          OldestDecides, PolicyIgnored, GotoIgnored, WrongBand, GroupIgnored,
          ChecksumForgotten, LearnsRewritten, MirrorLate, OutputAnywhere,
          RejectsSilently)
