"""Every reader of hostile input: `python -m tests.benchmarks.fuzz_parsers [--inputs 1000000] [--processes 2]`.

Inputs of a fixed seed, spread over processes; what each target reads and promises stands beside it in `fuzz_core`,
`fuzz_chat`, `fuzz_stores` and `fuzz_files`. Printed for each: the inputs, the slowest in processor time, and the
exceptions that no person should see. Ends with 1 when there is one, or when one input takes longer than its target may.
`--only WORDS` runs the targets whose name holds the words; `--show` prints inputs that failed in full.
"""

import argparse
import os
import signal
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, NamedTuple

from adapters.on_slack.team import Malformed
from bot.errors import FactbotError
from bot.store import Store, starter_path
from tests.benchmarks import fuzz_chat, fuzz_core, fuzz_files, fuzz_stores
from tests.benchmarks.bench import table
from tests.benchmarks.hostile import Hostile

TARGETS = {**fuzz_core.TARGETS, **fuzz_chat.TARGETS, **fuzz_stores.TARGETS, **fuzz_files.TARGETS}
HANDLED: tuple[type[Exception], ...] = (FactbotError, Malformed)
_AT_ONCE = 500
_HANGS = 30
"""Seconds after which an input is given up."""
_KEPT = 3
_OURS = ("fuzz_core.py", "fuzz_chat.py", "fuzz_stores.py", "fuzz_files.py")


class Hangs(Exception):
    """An input is not done with after half a minute."""


class Found(NamedTuple):
    """What some inputs of a target came to: how many, refused, the slowest (ms, and what it was), and the failures."""

    target: str
    inputs: int
    refused: int
    slowest: float
    slow: str
    failures: list[tuple[str, str]]


def seeds() -> list[str]:
    """Return the real texts: the claims that ship with the bot, commands, numbers and dates."""
    with Store.open(starter_path(), readonly=True) as store:
        claims = [
            text for claim in store.claims() for text in (claim.text, *claim.phrasings, claim.status_note) if text
        ]
    commands = ['/fact add "a b" --why x status=refuted', "/fact status c1 refuted note='so' tag=a", "is this true?"]
    numbers = ["between 3.5bn and 4 million in 2024", "one in three, 50% or $5 a day on 6 February 1999", "2024-02-06"]
    return [*claims, *commands, *numbers]


def work(name: str, part: int, inputs: int, seed: int) -> Found:
    """Try so many inputs on a target."""
    target, hostile = TARGETS[name], Hostile(f"{seed}:{name}:{part}", seeds())
    signal.signal(signal.SIGALRM, _give_up)
    refused, slowest, slow, failures = 0, 0.0, "", []
    for _ in range(inputs):
        signal.alarm(_HANGS)
        given: Any = "(while the input was made)"
        begun = time.thread_time()
        try:
            given, call = target.make(hostile)
            begun = time.thread_time()
            call()
        except HANDLED:
            refused += 1
        except Exception as error:
            failures.append((_place(error), repr(given)))
        taken = 1000 * (time.thread_time() - begun)
        if taken > slowest:
            slowest, slow = taken, repr(given)
    signal.alarm(0)
    return Found(name, inputs, refused, slowest, slow, failures)


def _give_up(_number: int, _frame: object) -> None:
    raise Hangs


def _place(error: Exception) -> str:
    """Say what happened and where: failures are counted by it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{error!s}: " if isinstance(error, AssertionError) and last.filename.endswith(_OURS) else ""
    return f"{said}{type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119


def parts(inputs: int, only: str) -> list[tuple[str, int, int]]:
    """Return target, number and size of each piece of work, the targets mixed."""
    chosen = {name: target for name, target in TARGETS.items() if only in name}
    whole = sum(target.share for target in chosen.values())
    found = []
    for name, target in chosen.items():
        wanted = -(-inputs * target.share // whole)
        found += [(name, at, min(_AT_ONCE, wanted - at)) for at in range(0, wanted, _AT_ONCE)]
    return sorted(found, key=lambda piece: (piece[1], piece[0]))


def run(given: argparse.Namespace) -> dict[str, list[Found]]:
    """Do the work; show how far it is."""
    todo, done, begun = parts(given.inputs, given.only), 0, time.monotonic()
    results: dict[str, list[Found]] = defaultdict(list)
    with ProcessPoolExecutor(given.processes) as pool:
        waiting = [pool.submit(work, *piece, given.seed) for piece in todo]
        for each in as_completed(waiting):
            found = each.result()
            results[found.target].append(found)
            done += found.inputs
            if sys.stderr.isatty() or done % 50_000 < found.inputs:
                failed = sum(len(one.failures) for all_of in results.values() for one in all_of)
                sys.stderr.write(f"{done:,} inputs, {failed} failures, {time.monotonic() - begun:.0f} s\n")
    return results


def report(results: dict[str, list[Found]], show: bool) -> bool:
    """Print the table and the failures; return whether all is well."""
    rows: list[Sequence[object]] = [("parser", "inputs", "refused", "slowest CPU ms", "may take", "unhandled")]
    well = True
    for name in (name for name in TARGETS if name in results):
        found, most = results[name], TARGETS[name].most
        worst, failed = max(found, key=lambda one: one.slowest), sum(len(one.failures) for one in found)
        counts = sum(one.inputs for one in found), sum(one.refused for one in found)
        rows.append((name, *(f"{count:,}" for count in counts), f"{worst.slowest:.0f}", f"{most:.0f}", failed))
        if failed or worst.slowest > most:
            well = False
    total = sum(one.inputs for found in results.values() for one in found)
    failures = [(name, *one) for name, found in results.items() for each in found for one in each.failures]
    table([*rows, ("all", f"{total:,}", "", "", "", len(failures))])
    for (name, place), count in Counter((name, place) for name, place, _ in failures).most_common():
        print(f"\n{count} × {name}: {place}")
        for text in [text for other, there, text in failures if (other, there) == (name, place)][:_KEPT]:
            print(f"   {text if show else text[:200]}")
    for name, found in results.items():
        worst = max(found, key=lambda one: one.slowest)
        if worst.slowest > TARGETS[name].most:
            print(f"\nslow: {name}: {worst.slowest:.0f} ms: {worst.slow if show else worst.slow[:200]}")
    return well


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--only", default="", help="only targets whose name holds this")
    parser.add_argument("--show", action="store_true", help="inputs in full")
    given = parser.parse_args()
    begun = time.monotonic()
    print(f"seed {given.seed}, {given.inputs:,} inputs, {given.processes} processes", flush=True)
    well = report(run(given), given.show)
    print(f"{time.monotonic() - begun:.0f} s")
    sys.exit(not well)


if __name__ == "__main__":
    main()
