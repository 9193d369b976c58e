#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Print the project's own text files whose path matches: files.py REGEX.

Git knows them, new ones included; without git it is all but build output.
"""

import os
import re
import subprocess
import sys

TOP = os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../..")
BUILT = re.compile(r"(^|/)(build|\.git|__pycache__)(/|$)|\.(o|d|ko|pyc|cmd)$")


def from_git():
    """Return what git lists, or None where there is no usable repository."""
    listing = subprocess.run(
        ["git", "-C", TOP, "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if listing.returncode:
        return None
    return [name.decode() for name in listing.stdout.split(b"\0") if name]


def from_tree():
    """Return all files below the top folder."""
    for folder, _, names in os.walk(TOP):
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), TOP)


def is_text(name):
    """Tell whether a file is there and is text."""
    path = os.path.join(TOP, name)
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as head:
        return b"\0" not in head.read(4096)


def project_files(regex):
    """Return the sorted names of all text files that match."""
    try:
        names = from_git()
    except FileNotFoundError:
        names = None
    if names is None:
        names = from_tree()
    return sorted(name for name in set(names)
                  if re.search(regex, name) and not BUILT.search(name)
                  and is_text(name))


if __name__ == "__main__":
    print("\n".join(project_files(sys.argv[1])))
