#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Does each test that Documentation/security.rst names exist?

In brackets there stand a selftest and, after a colon, a name in it, or a folder
or file of tests/fuzz/.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = TOP / "Documentation/security.rst"


def missing(reference):
    """Return why a reference leads nowhere, or nothing."""
    name, _, title = reference.partition(": ")
    if not name.endswith(".sh"):
        path = TOP / "tests/fuzz" / name
        return "" if path.exists() else f"no {name} in tests/fuzz/"
    path = TOP / "tests/selftests" / name
    if not path.exists():
        return f"no selftest {name}"
    if title not in path.read_text(encoding="utf-8"):
        return f"{name} has no test {title!r}"
    return ""


def main():
    """Print each reference that leads nowhere."""
    text = DOCUMENT.read_text(encoding="utf-8")
    references = [" ".join(found.split()) for found in
                  re.findall(r"\[([^]]+)\]", text)]
    wrong = [why for why in map(missing, references) if why]
    for why in wrong:
        print(f"security.rst: {why}")
    if not references:
        print("security.rst names no test")
    sys.exit(bool(wrong) or not references)


if __name__ == "__main__":
    main()
