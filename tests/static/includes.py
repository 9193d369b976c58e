#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Dependencies point downward only.

A file of the module may include headers of its own layer and of those below
it. Libmnl is known to vsctl's nl*.c alone.
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from files import TOP, project_files  # noqa: E402 pylint: disable=C0413

# Top to bottom. A name ending in _ stands for all that begin so. A file's
# layer is that of the longest name that it is or begins with.
LAYERS = (
    "main",
    "netlink nl_",
    "switch switch_",
    "datapath",
    "port_",
    "port action policer reject rewrite rule rule_ sample sfc sfc_ tunnel tunnel_",
    "fdb fdb_ vlan nsh parse event",
    "stats drop trace",
    "vsw",
)


def layer_of(stem):
    """Return the layer's number, counted from the top, or None."""
    known = [(len(name), number)
             for number, names in enumerate(LAYERS)
             for name in names.split()
             if stem == name or (name.endswith("_")
                                 and stem.startswith(name))]
    return max(known)[1] if known else None


def includes(name):
    """Yield (line number, header) of each #include in a file."""
    with open(os.path.join(TOP, name), encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            match = re.match(r'\s*#\s*include\s*(["<][^">]+)', line)
            if match:
                yield number, match.group(1)


def check_module():
    """Yield what is wrong in kmod/."""
    for name in project_files(r"^kmod/[^/]+\.[ch]$"):
        mine = layer_of(re.sub(r".*/|\.[ch]$", "", name))
        if mine is None:
            yield f"{name}: in no layer of {__file__}"
            continue
        for number, header in includes(name):
            if not header.startswith('"'):
                continue
            other = layer_of(re.sub(r'.*/|^"|\.h$', "", header))
            if other is None:
                yield f"{name}:{number}: {header[1:]} is in no layer"
            elif other < mine:
                yield f"{name}:{number}: {header[1:]} is of a layer above"


def check_tool():
    """Yield where libmnl is known that should not know it."""
    for name in project_files(r"^tools/vsctl/.*\.[ch]$"):
        if not name.startswith("tools/vsctl/nl"):
            for number, header in includes(name):
                if "libmnl" in header:
                    yield f"{name}:{number}: only nl*.c may know libmnl"


def main():
    """Print all that is wrong."""
    wrong = [*check_module(), *check_tool()]
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
