# SPDX-License-Identifier: GPL-2.0
"""Hold the module against the model, with random switches and frames.

FUZZ_SECONDS says how long, FUZZ_SEED which: a run with the seed of another
does the same. A difference is shrunk to the fewest steps that show it. Before
that, models with faults of our own show that differences are found.
"""

import os
import random
import sys
import time
from dataclasses import dataclass, field

import plant
from machine import ATTACHABLE, HOST, VETHS, Machine
from model import Switch
from steps import ON, Steps, picture, words

STEPS = 400         # of one switch
IDLE = 'refused'    # or, if it is a frame, not sent
LOOK_EVERY = 100    # steps, at the whole state
SHRINK_SECONDS = 90
PLANT_STEPS = 60    # of one switch, where a fault is planted
PLANT_SECONDS = 60  # to find it
MODEL_MAC = bytes((2, 0, 0, 0, 1, 1))
FEW = 12            # steps to which a case with a planted fault shrinks
LONG = 300          # seconds, from which on a run is a long one
FLOOR = 3           # frames a second, on the slowest of machines


@dataclass
class Case:
    """A switch and what happens to it."""
    aware: bool
    limit: int
    steps: list
    idle: set = field(default_factory=set)  # numbers of steps without effect


@dataclass
class Difference:
    """Where model and module part, in words."""
    expected: str
    seen: str


def compare(expected, seen, path=''):
    """Lines of what is different within two states."""
    if isinstance(expected, dict) and isinstance(seen, dict):
        for key in sorted({*expected, *seen}, key=str):
            yield from compare(expected.get(key), seen.get(key),
                               f'{path} {name_of(key)}')
    elif expected != seen:
        yield (f'{path.strip()}: {expected}', f'{path.strip()}: {seen}')


def name_of(key):
    """A key of a state in words."""
    if isinstance(key, tuple):
        return f'{key[0].hex(":")} vlan {key[1]}'
    return key or 'all'


def frames_text(out):
    """What left, in words."""
    return '; '.join(f'{name} {data.hex()} ({picture(data)})'
                     for name, data in out) or 'nothing'


class Run:
    """Runs cases on the machine and on a model."""

    def __init__(self, machine):
        self.machine = machine
        self.frames = self.configs = 0

    def step(self, model, step):
        """One step for both; what each says to it, as text."""
        kind, *args = step
        seen = getattr(self.machine, kind)(*args)
        if kind == 'frame':
            return self.frame(model, args) if seen else (IDLE, IDLE)
        if kind == 'internal_add' and seen:
            args.append(self.machine.kernel.mac(args[0]))
        elif kind == 'internal_add':
            args.append(bytes(6))
        expected = getattr(model, kind)(*args)
        if bool(expected) != bool(seen):
            return tuple('done' if one else IDLE + self.machine.why
                         for one in (expected, seen))
        return ('done', 'done') if seen else (IDLE, IDLE)

    def frame(self, model, args):
        """A frame was sent; what was to leave, and what did.

        Only what has not come is waited for: too much is seen now or later.
        But what comes in by a veth may come in later than it is sent.
        """
        self.frames += 1
        expected = sorted(model.frame(*args))
        seen = sorted(self.machine.collect(sure=args[0] in VETHS))
        if expected != seen:
            seen = sorted(seen + self.machine.collect(sure=True))
        if expected == seen:
            return '', ''
        return frames_text(expected), frames_text(seen)

    def state(self, model):
        """Both states, where they differ, as text."""
        late = self.machine.collect(sure=True)
        if late:
            return frames_text([]), frames_text(late)
        lines = list(compare(model.state(), self.machine.state()))
        return tuple('\n'.join(line[i] for line in lines) for i in (0, 1))

    def case(self, make_model, case, steps):
        """Runs steps, which are put into the case; the difference, or None."""
        mac = self.machine.start(case.aware, case.limit)
        model = make_model(HOST, mac, ATTACHABLE, case.aware, case.limit)
        self.configs += 1
        case.steps, case.idle = [], set()
        try:
            for step in steps:
                case.steps.append(step)
                expected, seen = self.step(model, step)
                if expected == seen == IDLE:
                    case.idle.add(len(case.steps) - 1)
                if expected == seen and len(case.steps) % LOOK_EVERY == 0:
                    expected, seen = self.state(model)
                if expected != seen:
                    return Difference(expected, seen)
            expected, seen = self.state(model)
            if expected != seen:
                return Difference(expected, seen)
            return None
        except (AssertionError, OSError) as err:
            return Difference('no error', repr(err))
        finally:
            self.machine.stop()

    def shorter(self, make_model, case, steps):
        """Does a case show a difference with these steps, too?"""
        less = Case(case.aware, case.limit, [])
        found = self.case(make_model, less, steps)
        if found:
            case.steps, case.idle = less.steps, less.idle
        return found

    def shrink(self, make_model, case, enough=0):
        """Leaves out what is not needed: first many steps, at last single.

        Once there are no more steps than are enough, that is it.
        """
        end = time.monotonic() + SHRINK_SECONDS
        best = self.shorter(make_model, case, busy_steps(case)) or \
            self.shorter(make_model, case, case.steps)
        best = self.shorter(make_model, case, last_frame(case)) or best
        size = len(case.steps) // 2 if best else 0
        while size and time.monotonic() < end:
            start, before = 0, len(case.steps)
            if before <= enough:
                break
            while start < len(case.steps) and time.monotonic() < end:
                found = self.shorter(make_model, case, case.steps[:start] +
                                     case.steps[start + size:])
                best = found or best
                start += 0 if found else size
            if size > 1 or len(case.steps) == before:
                size //= 2
        return best

    def search(self, rng, end):
        """Random cases until one differs or time is over."""
        while time.monotonic() < end:
            source = Steps(rng)
            case = Case(source.aware, source.limit, [])
            found = self.case(Switch, case, some(source, STEPS))
            if found:
                return case, found
        return None, None


def some(source, count):
    """The steps of one random case."""
    yield from source.first()
    for _ in range(count):
        yield source.any()


def busy_steps(case):
    """Those that had an effect, and the last."""
    last = len(case.steps) - 1
    return [step for number, step in enumerate(case.steps)
            if number not in case.idle or number == last]


def last_frame(case):
    """All steps but the frames; of these, the last."""
    frames = [step for step in case.steps if step[0] == 'frame']
    return [step for step in case.steps
            if step[0] != 'frame' or step is frames[-1]]


def report(case, found):
    """Print a difference and how to get it."""
    aware = 'on' if case.aware else 'off'
    print(f'# vsctl switch add {HOST} vlan-aware {aware} '
          f'fdb-limit {case.limit}')
    print(f'# ip link set {" ".join(ATTACHABLE)} {ON[True]}')
    for step in case.steps:
        print(f'# {words(step)}')
    for title in ('expected', 'seen'):
        for line in getattr(found, title).split('\n'):
            print(f'#   {title}: {line}')


def alone(make_model, case):
    """What a model makes of a case, without a machine."""
    model = make_model(HOST, MODEL_MAC, ATTACHABLE, case.aware, case.limit)
    said = []
    for kind, *args in case.steps:
        if kind == 'frame' and args[0] not in model.ports:
            continue
        if kind == 'internal_add':
            args.append(bytes(6))
        answer = getattr(model, kind)(*args)
        said.append(sorted(answer) if kind == 'frame' else bool(answer))
    return said, model.state()


def search_plant(run, fault, rng):
    """A case in which a fault shows, of those in which the models differ.

    Of some faults that is one of hundreds, for which no machine has the time.
    """
    end = time.monotonic() + PLANT_SECONDS
    while time.monotonic() < end:
        source = Steps(rng)
        case = Case(source.aware, source.limit,
                    list(some(source, PLANT_STEPS)))
        if alone(fault, case) != alone(Switch, case) and \
                run.case(fault, case, case.steps):
            return case
    return None


def check_plant(run, fault, seed):
    """Does a planted fault show, in few steps, and only by the fault?"""
    case = search_plant(run, fault, random.Random(seed))
    shrunk = case and run.shrink(fault, case, FEW)
    print(f'# planted {fault.__name__}: '
          f'{len(case.steps) if shrunk else "no"} steps show it', flush=True)
    return bool(shrunk and len(case.steps) <= FEW and
                not run.shorter(Switch, case, case.steps))


def check_plants(run, seed, seconds):
    """All planted faults in a long run, one in a short; which are missed?"""
    faults = plant.FAULTS
    if seconds < LONG:
        faults = random.Random(seed).sample(faults, 1)
    missed = [fault.__name__ for fault in faults
              if not check_plant(run, fault, seed)]
    print(f'{"not ok" if missed else "ok"} 1 - {len(faults)} planted faults, '
          f'{len(missed)} missed {" ".join(missed)}'.rstrip(), flush=True)
    return missed


def check_module(run, seed, end):
    """Hold the module against the model until the end."""
    run.frames = run.configs = 0
    start = time.monotonic()
    case, found = run.search(random.Random(seed), end)
    took = time.monotonic() - start
    done = f'{run.frames} frames in {run.configs} configurations'
    few = not found and run.frames < FLOOR * took
    print(f'# {run.frames / took:.0f} frames a second')
    if found:
        shrunk = run.shrink(Switch, case)
        if not shrunk:
            print('# it does not happen again; all that was done:')
        report(case, shrunk or found)
    print(f'{"not ok" if found or few else "ok"} 2 - {done}'
          f'{", too few" if few else ""}')
    return found or few


def main():
    """The two tests."""
    seed = int(os.environ.get('FUZZ_SEED') or random.randrange(1 << 32))
    seconds = float(os.environ.get('FUZZ_SECONDS') or 20)
    print(f'TAP version 13\n1..2\n# FUZZ_SEED={seed} FUZZ_SECONDS={seconds:g}',
          flush=True)
    begin = time.monotonic()
    run = Run(Machine())
    bad = check_plants(run, seed, seconds)
    end = max(begin + seconds, time.monotonic() + seconds / 2)
    bad = check_module(run, seed, end) or bad
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
