# SPDX-License-Identifier: GPL-2.0
"""Frames: their header and tags, and one on its way through the switch."""

from dataclasses import dataclass

HEADER = 14                     # an Ethernet header
Q_TAG, S_TAG = 0x8100, 0x88a8   # types of tags; the latter is payload


class Drop(Exception):
    """Why a frame is dropped on its way in."""


def ethertype(frame):
    """The type or length in a frame's header."""
    return int.from_bytes(frame[12:14], 'big')


def is_tagged(frame):
    """Does the frame begin with a tag, of either type?"""
    return ethertype(frame) in (Q_TAG, S_TAG)


def put_tag(frame, tci, proto=Q_TAG):
    """The frame with one more tag."""
    return (frame[:12] + proto.to_bytes(2, 'big') + tci.to_bytes(2, 'big') +
            frame[12:])


def take_tag(frame):
    """(tag, the frame without it)."""
    return int.from_bytes(frame[14:16], 'big'), frame[:12] + frame[16:]


def is_group(mac):
    """Is it an address of many?"""
    return bool(mac[0] & 1)


def is_station(mac):
    """Is it an address that one station can have?"""
    return not is_group(mac) and any(mac)


def is_reserved(mac):
    """01:80:c2:00:00:00 to 0f, which no bridge forwards."""
    return mac[:5] == bytes.fromhex('0180c20000') and mac[5] < 16


@dataclass
class Packet:
    """A frame on its way: without the tag that the switch understands."""
    port: object        # at which it came in
    frame: bytes
    hidden: int = 0     # bytes that the device keeps beside the frame
    vid: int = 0
    prio: int = 0       # priority and drop eligibility, where a tag has them
    mark: int = 0       # of the kernel's packet
    came: tuple = None  # address and VLAN with which it came
    outs: list = None   # where a rule sends it; None: none does
    changed: bool = False

    def length(self):
        """As counters have it."""
        return len(self.frame) - self.hidden
