"""Speed and memory: `python tests/benchmarks/speed.py ASKCLAIMS_FOLDER [--sizes 10000 100000 1000000]`.

Databases beyond the real claims are recombined from halves of real claims (seed fixed). One question at a time, in
process, everything included from raw text to decision; a WRatio scan in the same run is the baseline: read the ratio.
Each size runs in a process of its own, so that its memory is its own.
"""

import argparse
import random
import resource
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench import asker_over, table
from claim_pairs import read_askclaims
from rapidfuzz import fuzz, process

from bot.model import Claim, Outcome


def recombined(texts: list[str], size: int) -> Iterator[str]:
    """Yield `size` texts: the real ones, then first halves joined to second halves of others."""
    yield from texts[:size]
    chance = random.Random(7)
    for _ in range(size - len(texts)):
        head, tail = chance.choice(texts).split(), chance.choice(texts).split()
        yield " ".join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])


def measure(folder: Path, size: int) -> list[object]:
    """Return one row of the table for a database of `size` claims."""
    claims, questions = read_askclaims(folder)
    ids = list(claims)
    texts = list(recombined(list(claims.values()), size))
    named = (Claim(text=t, external_id=ids[n] if n < len(ids) else f"made-{n}") for n, t in enumerate(texts))
    asker = asker_over(named)
    begun = time.perf_counter()
    asker.ask("ready?")
    ready = time.perf_counter() - begun
    chosen = random.Random(3).sample(questions, 400)
    times, matches, right = [], 0, 0
    for question in chosen:
        begun = time.perf_counter()
        answer = asker.ask(str(question["q"]))
        times.append(time.perf_counter() - begun)
        matches += answer.outcome is Outcome.MATCH
        right += answer.outcome is Outcome.MATCH and answer.hits[0].claim.external_id in question["gold"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scans = []
    for question in chosen[: 12 if size <= 100_000 else 3]:
        begun = time.perf_counter()
        process.extractOne(str(question["q"]), texts, scorer=fuzz.WRatio)
        scans.append(time.perf_counter() - begun)
    median, scan = statistics.median(times), statistics.median(scans)
    slow = sorted(times)[int(0.99 * len(times))]
    return [
        f"{size:,}", f"{1000 * median:.2f}", f"{1000 * slow:.1f}", f"{1000 * scan:.0f}", f"{scan / median:.0f}",
        f"{ready:.1f}", f"{memory:.0f}", f"{right}/{matches}",
    ]  # fmt: skip


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    arguments = parser.parse_args()
    rows: list[list[object]] = [
        ["claims", "median ms", "p99 ms", "WRatio ms", "times faster", "index s", "peak MB", "right/match"]
    ]
    for size in arguments.sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows.append(pool.submit(measure, arguments.folder, size).result())
    table(rows)


if __name__ == "__main__":
    main()
