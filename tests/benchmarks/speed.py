"""Speed and memory: `python tests/benchmarks/speed.py ASKCLAIMS_FOLDER [--sizes 10000 100000 1000000]`.

Databases beyond the real claims are recombined from halves of real claims (seed fixed). One question at a time, in
process, as chat asks, everything included from raw text to decision; a WRatio scan in the same process is the
baseline: read the ratio. Each start is a process of its own, so that its time and memory are its own. `--keep FOLDER`
keeps the databases for the next run.
"""

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from bench import table
from claim_pairs import read_askclaims
from rapidfuzz import fuzz, process

from bot.ask import Asker
from bot.matching.cachefile import beside
from bot.model import Answer, Claim, Outcome, Wish
from bot.store import Change, Store, Trace

QUESTIONS = 400
TRACE = Trace("benchmark", "import")
_AT_ONCE = 10_000


class Start(NamedTuple):
    """What one process measured."""

    ready: float
    """Seconds until the first question could be answered."""
    times: list[float]
    """Seconds for each question."""
    scans: list[float]
    """Seconds for each WRatio scan."""
    edits: list[float]
    """Seconds from a saved edit to the answer that has it."""
    memory: float
    """Megabytes at most, before the scans."""
    matches: int
    right: int


def recombined(texts: list[str], size: int) -> Iterator[str]:
    """Yield `size` texts: the real ones, then first halves joined to second halves of others."""
    yield from texts[:size]
    chance = random.Random(7)
    for _ in range(size - len(texts)):
        head, tail = chance.choice(texts).split(), chance.choice(texts).split()
        yield " ".join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])


def fill(folder: Path, size: int, path: Path) -> None:
    """Make the database, unless it is there."""
    if path.exists():
        return
    claims, _ = read_askclaims(folder)
    ids = list(claims)
    texts = recombined(list(claims.values()), size)
    named = (Claim(text=t, external_id=ids[n] if n < len(ids) else f"made-{n}") for n, t in enumerate(texts))
    with Store.creating(path, "empty") as store:
        while changes := [Change(None, claim, "import") for _, claim in zip(range(_AT_ONCE), named, strict=False)]:
            store.save_many(changes, TRACE)


def timed(what: Callable[[], object]) -> float:
    """Return how many seconds it takes."""
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def start(folder: Path, path: Path, *, full: bool) -> Start:
    """Start on the database and, if `full`, ask, edit and scan."""
    claims, questions = read_askclaims(folder)
    with Store.open(path) as store:
        asker = Asker(store)
        ready = timed(lambda: asker.ask("Is this ready?"))
        chosen = random.Random(3).sample(questions, QUESTIONS if full else 1)
        answers: list[Answer] = []
        times = [timed(partial(_ask, asker, str(question["q"]), answers)) for question in chosen]
        edits = [_edit(store, asker, number) for number in list(claims)[: 20 if full else 0]]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = [(a, q) for a, q in zip(answers, chosen, strict=True) if a.outcome is Outcome.MATCH]
        right = sum(answer.hits[0].claim.external_id in question["gold"] for answer, question in found)
        size = store.count()
    texts = list(recombined(list(claims.values()), size)) if full else []
    scanned = chosen[: 12 if size <= 100_000 else 3] if full else []
    scans = [timed(partial(process.extractOne, str(q["q"]), texts, scorer=fuzz.WRatio)) for q in scanned]
    return Start(ready, times, scans, edits, memory, len(found), right)


def _ask(asker: Asker, question: str, answers: list[Answer]) -> None:
    answers.append(asker.ask(question, wish=Wish.OUTCOME))


def _edit(store: Store, asker: Asker, number: str) -> float:
    """Change a claim, time the next answer, and change it back."""
    before = store.get_many([number])[0]
    after = replace(before, text=f"{before.text} Quinquireme {number}")
    store.save(before, after, TRACE)
    seconds = timed(lambda: asker.ask(after.text))
    if not any(hit.claim == after for hit in asker.ask(after.text).candidates):
        raise RuntimeError(f"the edit of {number} is not in the next answer")
    store.save(after, before, TRACE)
    return seconds


def alone(function: Callable[..., object], *arguments: object, **options: object) -> object:
    """Run a function in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **options).result()


def measure(folder: Path, size: int, kept: Path) -> list[object]:
    """Return one row of the table for a database of `size` claims."""
    path = kept / f"facts-{size}.db"
    alone(fill, folder, size, path)
    beside(path).unlink(missing_ok=True)
    first = alone(start, folder, path, full=True)
    again = alone(start, folder, path, full=False)
    assert isinstance(first, Start)
    assert isinstance(again, Start)
    median, scan = statistics.median(first.times), statistics.median(first.scans)
    slow = sorted(first.times)[int(0.99 * len(first.times))]
    return [
        f"{size:,}", f"{1000 * median:.2f}", f"{1000 * slow:.1f}", f"{1000 * scan:.0f}", f"{scan / median:.0f}",
        f"{first.ready:.1f}", f"{again.ready:.2f}", f"{1000 * max(first.edits):.0f}", f"{first.memory:.0f}",
        f"{again.memory:.0f}", f"{first.right}/{first.matches}",
    ]  # fmt: skip


HEAD = (
    "claims", "median ms", "p99 ms", "WRatio ms", "times faster", "ready s", "with cache s", "after an edit, most ms",
    "peak MB", "with cache MB", "right/match",
)  # fmt: skip


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="folder for the databases")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = arguments.keep or Path(folder)
        table([HEAD, *(measure(arguments.folder, size, kept) for size in arguments.sizes)])


if __name__ == "__main__":
    main()
