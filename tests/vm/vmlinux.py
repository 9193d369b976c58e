#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Take the ELF kernel out of a bzImage: vmlinux.py BZIMAGE VMLINUX.

QEMU starts an ELF kernel with a PVH note directly, without firmware and
without the kernel's own decompressor, which saves seconds under emulation.
The boot protocol's header says where the payload is, its first bytes how it
is packed, and its last four bytes are its unpacked length. The image of another
architecture is copied as it is.
"""

import lzma
import struct
import subprocess
import sys
import zlib


def by_tool(*command):
    """Return a decompressor that pipes through a command."""
    return lambda data: subprocess.run(
        command, input=data, stdout=subprocess.PIPE, check=True).stdout


PACKERS = (
    (b"\x1f\x8b", lambda data: zlib.decompressobj(31).decompress(data)),
    (b"\xfd7zXZ\0", lambda data: lzma.LZMADecompressor().decompress(data)),
    (b"\x28\xb5\x2f\xfd", by_tool("zstd", "-dcq")),
    (b"\x02\x21\x4c\x18", by_tool("lz4", "-dcq")),
    (b"\x7fELF", lambda data: data),
)


def elf_of(data):
    """Return the ELF kernel inside a bzImage."""
    setup_sects = data[0x1f1] or 4
    offset, length = struct.unpack_from("<II", data, 0x248)
    start = (setup_sects + 1) * 512 + offset
    payload = data[start:start + length]
    for magic, unpack in PACKERS:
        if payload.startswith(magic):
            kernel = unpack(payload[:-4])
            break
    else:
        sys.exit(f"{sys.argv[1]}: unknown packing {payload[:6]!r}")
    if not kernel.startswith(b"\x7fELF"):
        sys.exit(f"{sys.argv[1]}: no ELF kernel inside")
    return kernel


def main():
    """Unpack one kernel."""
    with open(sys.argv[1], "rb") as image:
        data = image.read()
    if data[0x202:0x206] == b"HdrS":
        data = elf_of(data)
    with open(sys.argv[2], "wb") as output:
        output.write(data)


if __name__ == "__main__":
    main()
