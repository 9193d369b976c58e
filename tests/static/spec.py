#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The uapi header says what the netlink spec says, no more and no less.

Every name that the spec implies is given to the compiler with the value that
it must have in the header; every name of the header must be one of those.
"""

import os
import re
import subprocess
import sys

import yaml

TOP = os.path.join(os.path.dirname(os.path.realpath(__file__)), "../..")
SPEC = "Documentation/netlink/specs/vswitch.yaml"
HEADER = "include/uapi/linux/vswitch.h"
NAMES = "kmod/stats.c"


def c_name(*parts):
    """Return the C name of a name in the spec."""
    return "".join(parts).upper().replace("-", "_")


def entry_name(entry):
    """Return the name of a list entry, in its short or its long form."""
    return entry["name"] if isinstance(entry, dict) else entry


def enum(prefix, enum_name, names, first):
    """Yield (C name, value) of an enum's entries and of its end."""
    value = first - 1
    for name in names:
        value = name.get("value", value + 1) \
            if isinstance(name, dict) else value + 1
        yield c_name(prefix, entry_name(name)), value
    if enum_name:
        yield c_name(enum_name, "-max"), value
        yield "__" + c_name(enum_name, "-max"), value + 1


def definitions(spec):
    """Yield (C name, value) of the constants and enums."""
    for item in spec.get("definitions", []):
        if item["type"] == "const":
            yield c_name(item["name"]), item["value"]
        elif item["type"] in ("enum", "flags"):
            yield from enum(item["name-prefix"], item.get("enum-name"),
                            item["entries"], item.get("value-start", 0))
        elif item["type"] != "struct":
            sys.exit(f"{SPEC}: {item['type']} is not known to {__file__}")


def expected(spec):
    """Return {C name: value} for all that the spec implies."""
    names = dict(definitions(spec))
    for attrs in spec["attribute-sets"]:
        if "subset-of" not in attrs:
            names.update(enum(attrs["name-prefix"], attrs["enum-name"],
                              attrs["attributes"], 1))
    ops = spec["operations"]
    names.update(enum(ops["name-prefix"], ops["enum-name"], ops["list"], 1))
    names[c_name(spec["c-version-name"])] = spec["version"]
    names[c_name(spec["c-family-name"])] = spec["name"]
    for group in spec["mcast-groups"]["list"]:
        names[c_name("vsw-mcgrp-", group["name"])] = group["name"]
    return names


def actual(text):
    """Return all names that a header defines, comments taken out."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    names = set(re.findall(r"^#\s*define\s+(\w+)[ \t]+\S", text, re.M))
    for body in re.findall(r"enum\s+\w*\s*\{(.*?)\}", text, re.S):
        names.update(re.findall(r"(?:^|,)\s*(\w+)", body))
    return names


def wrong_values(names):
    """Yield what the compiler says of each name and its value."""
    lines = ["#include <linux/vswitch.h>"]
    for name, value in names.items():
        if isinstance(value, str):
            test = f'__builtin_strcmp({name}, "{value}") == 0'
        else:
            test = f"{name} == {value}"
        lines.append(f'_Static_assert({test}, "{name}: spec: {value}");')
    run = subprocess.run(
        ["gcc", "-fsyntax-only", "-x", "c", "-", "-I",
         os.path.join(TOP, "include/uapi")],
        input="\n".join(lines), text=True, stderr=subprocess.PIPE,
        check=False)
    for line in run.stderr.splitlines():
        if "error" in line:
            yield f"{HEADER}: {line.split('error:')[1].strip()}"


def wrong_types(spec, text):
    """Yield attributes whose comment in the header says another type."""
    said = dict(re.findall(r"^ \* @(VSW_A_\w+):\s+(\w+)", text, re.M))
    for attrs in spec["attribute-sets"]:
        for attr in attrs["attributes"]:
            name = c_name(attrs.get("name-prefix", ""), attr["name"])
            want = {"pad": "padding"}.get(attr.get("type"), attr.get("type"))
            if "subset-of" not in attrs and said.get(name) != want:
                yield (f"{HEADER}: {name} is said to be {said.get(name)},"
                       f" spec: {want}")


def wrong_lists(spec):
    """Yield operations that name an attribute their set does not have."""
    sets = {attrs["name"]: {attr["name"] for attr in attrs["attributes"]}
            for attrs in spec["attribute-sets"]}
    groups = {group["name"] for group in spec["mcast-groups"]["list"]}
    for oper in spec["operations"]["list"]:
        known = sets.get(oper.get("attribute-set"), set())
        parts = [oper.get("event", {})]
        for way in ("do", "dump"):
            parts += (oper.get(way) or {}).values()
        for part in parts:
            for name in set(part.get("attributes", [])) - known:
                yield f"{SPEC}: {oper['name']}: no attribute {name}"
        if oper.get("mcgrp", None) not in groups | {None}:
            yield f"{SPEC}: {oper['name']}: no group {oper['mcgrp']}"


def wrong_reasons(spec):
    """Yield drop reasons whose name in the module is not the spec's."""
    with open(os.path.join(TOP, NAMES), encoding="utf-8") as source:
        named = dict(re.findall(r'\[(VSW_DROP_\w+)\]\s*=\s*"([^"]*)"',
                                source.read()))
    drop = next(d for d in spec["definitions"] if d["name"] == "drop")
    for entry in drop["entries"]:
        name = c_name(drop["name-prefix"], entry)
        if named.get(name) != entry:
            yield f"{NAMES}: {name} is {named.get(name)}, spec: {entry}"


def main():
    """Print all that differs."""
    with open(os.path.join(TOP, SPEC), encoding="utf-8") as source:
        spec = yaml.safe_load(source)
    with open(os.path.join(TOP, HEADER), encoding="utf-8") as source:
        text = source.read()
    names = expected(spec)
    extra = actual(text) - set(names)
    wrong = [*wrong_values(names), *wrong_types(spec, text),
             *wrong_lists(spec), *wrong_reasons(spec)]
    wrong += [f"{HEADER}: {name} is not in the spec"
              for name in sorted(extra)]
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
