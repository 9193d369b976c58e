# SPDX-License-Identifier: GPL-2.0
"""Ports of a switch, their devices and VLANs."""

from dataclasses import dataclass, field

VIDS = range(1, 4095)
MTU = 1500


@dataclass(eq=False)
class Device:
    """What the kernel says of a network device."""
    up: bool = False
    carrier: bool = True
    mtu: int = MTU
    mac: bytes = bytes(6)


@dataclass
class Vlan:
    """VLANs of a port. None: a command does not say, and the default holds."""
    mode: str = None
    pvid: int = None
    tagged: tuple = None

    def full(self):
        """With all defaults filled in, or None if no port can be like that."""
        if (self.mode or 'access') == 'access':
            pvid = 1 if self.pvid is None else self.pvid
            good = self.tagged is None and pvid in VIDS
            return Vlan('access', pvid, ()) if good else None
        pvid = self.pvid or 0
        good = (self.tagged is not None and
                all(vid in VIDS for vid in self.tagged))
        return Vlan('trunk', pvid, self.tagged) if good else None

    def members(self):
        """All VLANs, the one without tags included."""
        return {*self.tagged, self.pvid} - {0}


@dataclass
class Port:
    """A port of the switch."""
    name: str
    kind: str
    dev: Device
    vlan: Vlan
    number: int = 0     # the first that was free
    policy: str = 'switch'
    group: str = ''     # of rules that are for its frames, too
    rx: list = field(default_factory=lambda: [0, 0])    # packets, bytes
    tx: list = field(default_factory=lambda: [0, 0])
    drops: dict = field(default_factory=dict)

    def is_up(self):
        """The host port's own carrier says something about the others."""
        return self.dev.up and (self.dev.carrier or self.kind == 'host')
