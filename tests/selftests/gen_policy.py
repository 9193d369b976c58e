#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Make spec_numbers.h, spec_sets.h and spec_policy.h, the specification as C.

The tests of the netlink family need what the specification says, and nothing
else: with these tables they build without the family's uapi header.

usage: gen_policy.py [--check] [SPEC]

--check writes nothing and fails if a file is not what it should be.
"""

import argparse
import pathlib
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
SPEC = HERE / '../../Documentation/netlink/specs/vswitch.yaml'

TYPES = {
    'u8': ('U8', 8),
    'u16': ('U16', 16),
    'u32': ('U32', 32),
    'u64': ('U64', 64),
    'string': ('STRING', 0),
    'binary': ('BINARY', 0),
    'nest': ('NESTED', 0),
    'flag': ('FLAG', 0),
    'pad': ('INVALID', 0),
}

TOP = '''\
/* SPDX-License-Identifier: GPL-2.0 */
/* Made from the netlink specification by gen_policy.py: do not edit. */
#ifndef {guard}
#define {guard}
'''

STRUCTS = '''\
#include <linux/netlink.h>
#include <linux/types.h>

#include "spec_numbers.h"

#define SPEC_BIT(n)	(1U << (n))

/*
 * struct spec_attr - an attribute
 * @size: of a number, in bytes; 0 for all else
 * @min, @max: bounds of a number, or of a length; @max 0: no bound
 * @multi: may be there more than once
 * @nest: the set of a nest
 * @names: of the values of an enum, up to NULL
 */
struct spec_attr {
	const char *name;
	__u16 id;
	__u16 type;
	__u16 size;
	__u16 multi;
	__u64 min;
	__u64 max;
	const struct spec_set *nest;
	const char *const *names;
};

struct spec_set {
	const char *name;
	__u16 max;
	const struct spec_attr *attrs;
};

/*
 * struct spec_op - a command, or an event if it has a group
 * @do_attrs, @dump_attrs: SPEC_BIT() of each attribute that a request takes
 * @reply_attrs: ... of each that a reply may have, or the event itself
 */
struct spec_op {
	const char *name;
	__u8 id;
	const char *group;
	int has_do, has_dump, admin;
	const struct spec_set *set;
	__u32 do_attrs;
	__u32 dump_attrs;
	__u32 reply_attrs;
};
'''


def c_name(*words):
    """A C identifier of the words."""
    return '_'.join(words).replace('-', '_')


class Spec:
    """The specification, with what the tables need of it."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as f:
            self.doc = yaml.safe_load(f)
        self.enums = {d['name']: d['entries']
                      for d in self.doc['definitions']
                      if d['type'] == 'enum'}
        self.sets = {s['name']: s for s in self.doc['attribute-sets']}
        self.ops = {o['name']: o
                    for o in self.doc['operations']['list']}

    def attr_macro(self, set_name, attr_name):
        """The name of an attribute in C."""
        prefix = self.sets[set_name]['name-prefix']
        return c_name(prefix + attr_name).upper()

    def cmd_macro(self, op_name):
        """The name of a command in C."""
        prefix = self.doc['operations']['name-prefix']
        return c_name(prefix + op_name).upper()

    def sets_inner_first(self):
        """The attribute sets, each after those nested in it."""
        done = []

        def visit(aset):
            if aset in done:
                return
            for attr in aset['attributes']:
                if 'nested-attributes' in attr:
                    visit(self.sets[attr['nested-attributes']])
            done.append(aset)

        for aset in self.sets.values():
            visit(aset)
        return done


def bounds(attr):
    """Smallest and largest value, or length, of an attribute."""
    checks = attr.get('checks', {})
    if 'exact-len' in checks:
        return checks['exact-len'], checks['exact-len']
    if 'max-len' in checks or 'min-len' in checks:
        return checks.get('min-len', 0), checks.get('max-len', 0)
    bits = TYPES[attr['type']][1]
    low, high = checks.get('min', 0), checks.get('max', 0)
    if bits and 'max' not in checks:
        high = (1 << bits) - 1
    return low, high


def number(value):
    """A number as C has it: large ones in hex, so that they can be read."""
    if value >= 1 << 32:
        return f'{value:#x}ULL'
    if value >= 1 << 31:
        return f'{value:#x}U'
    return str(value)


def wrap(fields):
    """The fields on as few lines as have room for them, in 80 columns."""
    lines = [fields[0]]
    for field in fields[1:]:
        # A tab and two blanks come before, a comma or " }," behind.
        if 10 + len(f'{lines[-1]}, {field} }},') <= 80:
            lines[-1] += f', {field}'
        else:
            lines.append(field)
    return lines


def gen_enums(spec):
    """Numbers of attributes and commands."""
    for aset in spec.sets.values():
        yield ''
        yield f'/* {aset["enum-name"]} */'
        yield 'enum {'
        for i, attr in enumerate(aset['attributes']):
            start = ' = 1' if i == 0 else ''
            yield f'\t{spec.attr_macro(aset["name"], attr["name"])}{start},'
        yield '};'
    yield ''
    yield f'/* {spec.doc["operations"]["enum-name"]} */'
    yield 'enum {'
    for i, name in enumerate(spec.ops):
        start = ' = 1' if i == 0 else ''
        yield f'\t{spec.cmd_macro(name)}{start},'
    yield '};'


def gen_names(spec):
    """Names of values."""
    for name, entries in spec.enums.items():
        yield ''
        yield f'static const char *const spec_names_{c_name(name)}[] = {{'
        for entry in entries:
            yield f'\t"{entry}",'
        yield '\tNULL'
        yield '};'


def gen_sets(spec):
    """A table of each attribute set."""
    for aset in spec.sets_inner_first():
        name = c_name(aset['name'])
        yield ''
        yield f'static const struct spec_attr spec_attrs_{name}[] = {{'
        for attr in aset['attributes']:
            low, high = bounds(attr)
            kind, bits = TYPES[attr['type']]
            macro = spec.attr_macro(aset['name'], attr['name'])
            yield f'\t{{ .name = "{attr["name"]}", .id = {macro},'
            fields = [f'.type = NL_ATTR_TYPE_{kind}']
            if bits:
                fields.append(f'.size = {bits // 8}')
            if low:
                fields.append(f'.min = {number(low)}')
            if high:
                fields.append(f'.max = {number(high)}')
            lines = wrap(fields)
            if attr.get('multi-attr'):
                lines.append('.multi = 1')
            if 'nested-attributes' in attr:
                nest = c_name(attr['nested-attributes'])
                lines.append(f'.nest = &spec_set_{nest}')
            if 'enum' in attr:
                lines.append(f'.names = spec_names_{c_name(attr["enum"])}')
            yield '\t  ' + ',\n\t  '.join(lines) + ' },'
        yield '};'
        yield ''
        yield f'static const struct spec_set spec_set_{name} = {{'
        yield f'\t.name = "{aset["name"]}",'
        yield f'\t.max = {len(aset["attributes"])},'
        yield f'\t.attrs = spec_attrs_{name},'
        yield '};'


def gen_bits(spec, set_name, field, names):
    """SPEC_BIT() of each name, one on a line."""
    lines = [f'SPEC_BIT({spec.attr_macro(set_name, n)})' for n in names]
    if lines:
        yield f'\t\t.{field} = ' + ' |\n\t\t\t'.join(lines) + ','


def gen_ops(spec):
    """The table of commands."""
    yield ''
    yield 'static const struct spec_op spec_ops[] = {'
    for name, op in spec.ops.items():
        base = spec.ops[op['notify']] if 'notify' in op else op
        yield '\t{'
        yield f'\t\t.name = "{name}",'
        yield f'\t\t.id = {spec.cmd_macro(name)},'
        yield f'\t\t.set = &spec_set_{c_name(base["attribute-set"])},'
        if 'mcgrp' in op:
            yield f'\t\t.group = "{op["mcgrp"]}",'
        for kind in ('do', 'dump'):
            if kind in op:
                attrs = op[kind].get('request', {}).get('attributes', [])
                yield f'\t\t.has_{kind} = 1,'
                yield from gen_bits(spec, op['attribute-set'],
                                    f'{kind}_attrs', attrs)
        for kind in ('do', 'dump'):
            if 'reply' in base.get(kind, {}):
                attrs = base[kind]['reply']['attributes']
                yield from gen_bits(spec, base['attribute-set'],
                                    'reply_attrs', attrs)
                break
        if 'event' in op:
            yield from gen_bits(spec, op['attribute-set'], 'reply_attrs',
                                op['event']['attributes'])
        if 'uns-admin-perm' in op.get('flags', []):
            yield '\t\t.admin = 1,'
        yield '\t},'
    yield '};'


def file(name, lines):
    """The text of a header with these lines in it."""
    guard = name.replace('.', '_').upper()
    return '\n'.join([TOP.format(guard=guard).rstrip('\n'), *lines, '',
                      f'#endif /* {guard} */']) + '\n'


def generate(spec):
    """Yield (name, text) of each file."""
    yield 'spec_numbers.h', file('spec_numbers.h', [
        '',
        f'#define SPEC_FAMILY\t"{spec.doc["name"]}"',
        f'#define SPEC_VERSION\t{spec.doc["version"]}',
        *gen_enums(spec), *gen_names(spec)])
    yield 'spec_sets.h', file('spec_sets.h', [
        '', STRUCTS.rstrip('\n'), *gen_sets(spec)])
    yield 'spec_policy.h', file('spec_policy.h', [
        '', '#include "spec_sets.h"', *gen_ops(spec)])


def main():
    """Write the files, or hold them against the specification."""
    parser = argparse.ArgumentParser()
    parser.add_argument('--check', action='store_true')
    parser.add_argument('spec', nargs='?', default=SPEC)
    args = parser.parse_args()
    stale = 0
    for name, text in generate(Spec(args.spec)):
        out = HERE / name
        if not args.check:
            out.write_text(text, encoding='utf-8')
        elif not out.exists() or out.read_text(encoding='utf-8') != text:
            print(f'{name} is not what gen_policy.py makes of the'
                  ' specification', file=sys.stderr)
            stale = 1
    return stale


if __name__ == '__main__':
    sys.exit(main())
