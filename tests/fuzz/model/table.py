# SPDX-License-Identifier: GPL-2.0
"""The rules of a switch: which there are, and which decides."""

from dataclasses import dataclass, field, replace

from rules import BANDS, GROUP_MAX, MASKED, fields_of


@dataclass
class Counted:
    """A rule that is there, and its counters."""
    rule: object        # with the devices that it names
    number: int         # those made before have a lower one
    hits: list = field(default_factory=lambda: [0, 0])  # packets, bytes

    def order(self):
        """Band by band, the lowest decides."""
        return self.rule.band, -self.rule.prio, self.number

    def state(self):
        """What is shown of it."""
        rule = self.rule
        actions = tuple((name, value[0] if name in ('output', 'mirror')
                         else value) for name, value in rule.actions)
        return (rule.band, rule.prio, rule.group, actions, *self.hits)


class Table:
    """The rules of a switch, which names the ports."""

    def __init__(self, ports):
        self.ports = ports      # of the switch, by name
        self.rules = []         # Counted
        self.made = 0

    def _checked(self, rule):
        """The rule with devices for their names, or None if it is refused."""
        values = rule.match + rule.excepts
        named = [value for name, value in (*values, *rule.actions)
                 if name in ('port', 'output', 'mirror')]
        if not rule.is_possible() or not rule.can_be_done() or \
                rule.band >= BANDS or len(rule.group) > GROUP_MAX or \
                any(name not in self.ports for name in named) or \
                any(value[0] > value[1] for name, value in values
                    if name != 'port' and name not in MASKED) or \
                not rule.is_small():
            return None
        match, excepts = (
            tuple((name, self.ports[value].dev if name == 'port' else value)
                  for name, value in some)
            for some in (rule.match, rule.excepts))
        return replace(rule, match=match, excepts=excepts, actions=tuple(
            (name, self._target(value) if name in ('output', 'mirror')
             else value) for name, value in rule.actions))

    def _target(self, name):
        """A port to send to: name, device and number."""
        port = self.ports[name]
        return name, port.dev, port.number

    def port_at(self, target):
        """The port that a rule sends to, or None if it is gone."""
        name, dev, number = target
        port = self.ports.get(name)
        return port if port and (port.dev, port.number) == (dev, number) \
            else None

    def _made(self, rule):
        self.made += 1
        return Counted(rule, self.made)

    def add(self, rule):
        """Make a rule."""
        rule = self._checked(rule)
        if not rule:
            return False
        self.rules.append(self._made(rule))
        return True

    def delete(self, prio, band):
        """Remove all rules with a prio in a band."""
        left = [one for one in self.rules
                if (one.rule.prio, one.rule.band) != (prio, band)]
        done = len(left) < len(self.rules)
        self.rules = left
        return done

    def flush(self):
        """Remove all rules."""
        self.rules = []
        return True

    def replace(self, rules):
        """These take the place of all; who says the same has the counters."""
        rules = [self._checked(rule) for rule in rules]
        if None in rules:
            return False
        new, old = [], sorted(self.rules, key=Counted.order)
        for rule in rules:
            made = self._made(rule)
            same = [one for one in old if one.rule == rule]
            if same:
                old.remove(same[0])
                made.hits = same[0].hits
            new.append(made)
        self.rules = new
        return True

    def is_for(self, rule, port):
        """Is it for frames from a port?"""
        return rule.group in ('', port.group)

    def find(self, pkt, vid, band):
        """The first rule in a band that matches, or None."""
        seen = fields_of(pkt.frame, vid, pkt.mark)
        seen['port'] = pkt.port.dev
        for one in sorted(self.rules, key=Counted.order):
            if one.rule.band == band and self.is_for(one.rule, pkt.port) and \
                    one.rule.matches(seen):
                return one
        return None

    def state(self):
        """All rules, in the order in which they decide."""
        return [one.state() for one in sorted(self.rules, key=Counted.order)]
