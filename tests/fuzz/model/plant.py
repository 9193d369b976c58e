# SPDX-License-Identifier: GPL-2.0
"""Models with a fault each, which the module must be seen not to have."""

from model import Drop, Q_TAG, Switch, ethertype, put_tag


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
        old = self.rules
        self.rules = sorted(old, key=lambda one: one.number)[:1]
        super()._judge(pkt)
        self.rules = old


class PolicyIgnored(Switch):
    """A frame without a rule passes, whatever the policy."""

    def _policy_of(self, port):
        return 'permit'


FAULTS = (NativeTagged, PriorityLost, TagBehindTag, LearnsEarly, LimitOff,
          OldestDecides, PolicyIgnored)
