#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Print this machine's Debian package sources, turned to other suites.

usage: aptsources.py SUITE

The mirrors, options and keys a machine already uses are kept; only the
suite changes. SUITE is a release (bookworm: its main, updates and security
suites) or another suite of the main archive (bookworm-backports). The
output is in deb822 form whatever form the input has.
"""

import glob
import re
import sys


def host_codename():
    """Return the release that the host's own sources name."""
    with open("/etc/os-release", encoding="utf-8") as release:
        match = re.search(r"^VERSION_CODENAME=(\S+)", release.read(), re.M)
    return match.group(1).strip('"') if match else "stable"


def deb822_stanzas(text):
    """Yield each stanza of a .sources file as a dict of lower-case keys."""
    for block in re.split(r"\n\s*\n", text):
        stanza, key = {}, None
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line[:1].isspace() and key:
                stanza[key] += "\n" + line
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                stanza[key] = value.strip()
        if stanza.get("enabled", "yes").lower() != "no":
            yield stanza


def oneline_stanzas(text):
    """Yield each deb line of a .list file as a deb822 dict."""
    pattern = r"^\s*deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#\n]*)"
    for options, uri, suite, comps in re.findall(pattern, text, re.M):
        stanza = {"types": "deb", "uris": uri, "suites": suite,
                  "components": comps.strip()}
        for option in options.split():
            key, _, value = option.partition("=")
            if key in ("signed-by", "trusted"):
                stanza[key] = value
        yield stanza


def host_stanzas():
    """Yield all stanzas of the host, whichever form they have."""
    for name in sorted(glob.glob("/etc/apt/sources.list.d/*.sources")):
        with open(name, encoding="utf-8") as source:
            yield from deb822_stanzas(source.read())
    for name in ["/etc/apt/sources.list",
                 *sorted(glob.glob("/etc/apt/sources.list.d/*.list"))]:
        try:
            with open(name, encoding="utf-8") as source:
                yield from oneline_stanzas(source.read())
        except FileNotFoundError:
            pass


def turned(stanza, codename, suite):
    """Return the suites that this stanza is to have, or none."""
    suites = stanza.get("suites", "").split()
    if ("deb" not in stanza.get("types", "").split()
            or "main" not in stanza.get("components", "").split()):
        return []
    names = (codename, "stable")
    wanted = []
    if any(name in suites for name in names):
        wanted.append(suite)
        if "-" not in suite:
            wanted.append(suite + "-updates")
    if any(name + "-security" in suites for name in names):
        if "-" not in suite:
            wanted.append(suite + "-security")
    return wanted


def main():
    """Write one deb822 stanza for each Debian source of the host."""
    suite, codename = sys.argv[1], host_codename()
    for stanza in host_stanzas():
        wanted = turned(stanza, codename, suite)
        if not wanted:
            continue
        stanza["suites"] = " ".join(wanted)
        stanza["types"] = "deb"
        stanza["components"] = "main"
        for key in ("types", "uris", "suites", "components",
                    "signed-by", "trusted"):
            if key in stanza:
                print(f"{key.title()}: {stanza[key]}")
        print()


if __name__ == "__main__":
    main()
