#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""From samples to rows, and what is made of these.

usage: report.py plan PREFIX [MACHINE]
       report.py json SAMPLES JSON KERNEL COMMIT MACHINE
       report.py table JSON
       report.py plots JSON FOLDER
       report.py check JSON FIGURES
       report.py figures JSON
       report.py doc JSON DOCUMENT
"""

import json
import os
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
from table import BASE, MACHINES, SCENARIOS, SUBJECTS  # noqa: E402

# A row may be so much above the figure that it is held against.
TOLERANCE = 0.05
MARK = ".. {} of the table that tests/bench/run.sh --doc writes"
# Behind the point; none makes it an integer.
DIGITS = {"insn": None, "ns": None, "bit/s": None, "s": 3, "B": 1, "ratio": 2}
COSTS = ("insn", "ns")
# Where none of something stands on an axis that is logarithmic.
NONE = 0.1


class Failed(Exception):
    """What there is to tell the user."""


def chosen(prefix, machine=None):
    """Return the names of scenarios that begin so."""
    names = [name for name, scenario in SCENARIOS.items()
             if name.startswith(prefix)
             and machine in (None, scenario.machine)]
    if not names:
        raise Failed(f"no scenario begins with '{prefix}'; there are:\n"
                     + "\n".join(f"  {name:18}{scenario.title}"
                                 for name, scenario in SCENARIOS.items()
                                 if machine in (None, scenario.machine)))
    return names


def plan(prefix, machine=None):
    """Print a line for each machine: name, kernel, options, scenarios."""
    names = chosen(prefix, machine)
    for key, (kernel, options) in MACHINES.items():
        mine = [name for name in names if SCENARIOS[name].machine == key]
        if mine:
            print(key, kernel, options, " ".join(mine), sep="\t")


def values_of(scenario, subject, samples):
    """Return a row's values: a cost is told beyond that of the base."""
    mine = samples[subject]
    if BASE in samples and subject != BASE:
        base = statistics.median(samples[BASE])
        mine = [value - base for value in mine]
        # Of each copy, where there are many.
        outs = 1 if "macs" in scenario.args else scenario.args.get("outs", 1)
        mine = [value / outs for value in mine]
    return mine


def spread(values):
    """Return how far values are apart, in percent of the median."""
    median = statistics.median(values)
    return 100 * (max(values) - min(values)) / abs(median) if median else 0


def rows_of(samples):
    """Return the rows that samples make, in the tables' order."""
    rows = []
    for name, scenario in SCENARIOS.items():
        mine = [sample for sample in samples if sample["scenario"] == name]
        values = {subject: [sample["value"] for sample in mine
                            if sample["subject"] == subject]
                  for subject in scenario.subjects}
        for subject in scenario.subjects:
            if not values[subject]:
                continue
            present = {key: value for key, value in values.items() if value}
            results = values_of(scenario, subject, present)
            rows.append({
                "scenario": name, "subject": subject, "unit": scenario.unit,
                "value": round(statistics.median(results),
                               DIGITS[scenario.unit]),
                "rounds": len(results), "spread": round(spread(results), 2),
                "sink_ok": all(sample["sink_ok"] for sample in mine
                               if sample["subject"] == subject)})
    return rows


def make_json(samples, path, kernel, commit, machine):
    """Write the file of rows; fail if frames were lost."""
    with open(samples, encoding="ascii") as file:
        rows = rows_of([json.loads(line) for line in file])
    head = {"kernel": kernel, "commit": commit, "machine": machine}
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ', "rows": [\n')
        file.write(",\n".join(json.dumps(row) for row in rows) + "\n]}\n")
    lost = [f"{row['scenario']} {row['subject']}" for row in rows
            if not row["sink_ok"]]
    if lost:
        raise Failed("not all frames arrived: " + ", ".join(lost))


def load(path):
    """Return what a file of ours has."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def cell(row):
    """Return a row's value as a person wants it."""
    value = row["value"]
    if row["unit"] == "bit/s":
        return f"{value / 1e9:.2f}e9"
    text = f"{value:,.{DIGITS[row['unit']] or 0}f}"
    return text if row["sink_ok"] else text + " LOST"


def table(report):
    """Return the lines of a table in reStructuredText."""
    subjects = list(SUBJECTS)
    lines = [["scenario", "unit"] + subjects + ["spread"]]
    for name, scenario in SCENARIOS.items():
        rows = {row["subject"]: row for row in report["rows"]
                if row["scenario"] == name}
        if rows:
            widest = max(row["spread"] for row in rows.values())
            lines.append([name, scenario.unit]
                         + [cell(rows[subject]) if subject in rows else "-"
                            for subject in subjects]
                         + [f"{widest:.1f} %"])
    widths = [max(map(len, column)) for column in zip(*lines)]
    rule = "  ".join("=" * width for width in widths)
    text = ["  ".join(word.ljust(width) if n < 2 else word.rjust(width)
                      for n, (word, width) in enumerate(zip(line, widths)))
            for line in lines]
    return [rule, text[0], rule] + text[1:] + [rule]


def show(path):
    """Print the table."""
    print("\n".join(table(load(path))))


def check(path, figures):
    """Hold vswitch's costs against the committed ones; print and count."""
    want = load(figures)
    good = bad = 0
    for row in load(path)["rows"]:
        if row["unit"] != "insn" or row["subject"] != "vswitch":
            continue
        name, value = row["scenario"], row["value"]
        is_good = row["sink_ok"] and (
            name in want and value <= want[name] * (1 + TOLERANCE))
        good, bad = good + is_good, bad + (not is_good)
        print(f"{'ok' if is_good else 'FAIL'}: {name}: {value} {row['unit']},"
              f" committed: {want.get(name, 'none')}")
    print(f"{good} passed, {bad} failed")
    sys.exit(bad > 0 or not good)


def figures_of(path):
    """Print vswitch's exact costs, to be committed."""
    print(json.dumps({row["scenario"]: row["value"]
                      for row in load(path)["rows"]
                      if row["unit"] == "insn"
                      and row["subject"] == "vswitch"}, indent=4))


def document(path, name):
    """Put the table into a document, between its marks."""
    report = load(path)
    with open(name, encoding="utf-8") as file:
        text = file.read()
    begin, end = MARK.format("begin"), MARK.format("end")
    head, rest = text.split(begin + "\n")
    tail = rest[rest.index(end):]
    body = ["", f"Kernel {report['kernel']}, vswitch {report['commit']},"
            f" on {report['machine']}.", ""] + table(report) + ["", ""]
    with open(name, "w", encoding="utf-8") as file:
        file.write(head + begin + "\n" + "\n".join(body) + tail)


def gnuplot(script, out):
    """Draw a picture."""
    head = ('set terminal svg size 1000,500 font "sans,12"'
            ' background "white"\n'
            f'set output "{out}"\nset grid ytics\n'
            'set key outside\nset yrange [0:*]\n')
    subprocess.run(["gnuplot"], input=head + script, encoding="utf-8",
                   check=True)
    print(f"picture: {out}")


def block(name, lines):
    """Return data as gnuplot has it in a script."""
    return "\n".join([f"${name} << END"] + [
        " ".join(json.dumps(word) for word in line)
        for line in lines]) + "\nEND\n"


def plot_costs(rows, folder):
    """Draw the instructions: a bar for each subject of each scenario."""
    cost = {(row["scenario"], row["subject"]): row["value"] for row in rows
            if row["unit"] == "insn" and row["subject"] != BASE}
    names = [name for name in SCENARIOS if any(key[0] == name for key in cost)]
    if not names:
        return
    subjects = [name for name in SUBJECTS
                if any(key[1] == name for key in cost)]
    lines = [["scenario"] + subjects] + [
        [name] + [cost.get((name, subject), "?") for subject in subjects]
        for name in names]
    gnuplot(block("data", lines) + "set datafile missing '\"?\"'\n"
            'set style data histogram\nset style fill solid\n'
            'set ylabel "instructions per frame, beyond a null handler"\n'
            f'plot for [i=2:{len(subjects) + 1}] $data using i:xtic(1)'
            ' title columnheader\n', os.path.join(folder, "costs.svg"))


def plot_number(rows, folder, what, label):
    """Draw how the cost depends on the number of something."""
    numbers = {name: scenario.args[what]
               for name, scenario in SCENARIOS.items()
               if scenario.how == "frames" and what in scenario.args}
    lines = {}
    for row in rows:
        if row["scenario"] in numbers and row["subject"] != BASE:
            unit = row["unit"]
            lines.setdefault(row["subject"], []).append(
                (numbers[row["scenario"]] or NONE, row["value"]))
    if not lines:
        return
    gnuplot("".join(block(f"d{n}", data)
                    for n, data in enumerate(lines.values()))
            + f'set logscale x\nset xlabel "{label}"\n'
            f'set xrange [{(min(numbers.values()) or NONE) / 2}'
            f':{2 * max(numbers.values())}]\n'
            f'set xtics add ("0" {NONE})\n'
            f'set ylabel "{unit} per frame, beyond a null handler"\nplot '
            + ", ".join(f'$d{n} using 1:2 with linespoints title "{subject}"'
                        for n, subject in enumerate(lines)) + "\n",
            os.path.join(folder, f"{what}.svg"))


def plots(path, folder):
    """Draw what there is."""
    rows = load(path)["rows"]
    plot_costs(rows, folder)
    plot_number(rows, folder, "macs", "MACs")
    plot_number(rows, folder, "vlans", "VLANs")
    plot_number(rows, folder, "rules", "rules")


COMMANDS = {"plan": plan, "json": make_json, "table": show, "plots": plots,
            "check": check, "figures": figures_of, "doc": document}


def main():
    """Do what the first word says."""
    if len(sys.argv) < 3 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    try:
        COMMANDS[sys.argv[1]](*sys.argv[2:])
    except Failed as why:
        sys.exit(f"bench: {why}")


if __name__ == "__main__":
    main()
