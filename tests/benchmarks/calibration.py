"""What a score is worth: `python tests/benchmarks/calibration.py ASKCLAIMS_FOLDER [--large 100000]`.

A score is to be the probability that the claim is the one asked about, whatever the size of the database. The folder's
questions are asked of databases of 15 claims (each about one thing: a claim and those nearest to it), of the folder,
and of as many as `--large` says (recombined as speed.py does). Printed for each: how often the first claim is right
where its score lies between two bounds, and the expected calibration error (the mean distance between the two, by
questions) beside that of WRatio taken as a probability, in the same run.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import asker_over, plain_claims, table, wilson
from claim_pairs import read_askclaims
from rapidfuzz import fuzz, process, utils
from speed import recombined

from bot.ask import Asker
from bot.model import Wish

BOUNDS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)
"""Where one part of the scores ends and the next begins."""
FEW = 15
SMALL = 60
"""How many databases of FEW claims are asked."""
SCANNED = 200
"""Questions of the folder that the baseline is asked; a quarter of these of the largest, of the small ones all."""
Scored = tuple[float, bool]
"""The score (0 to 1) of the claim that came first, and whether it is the one meant."""
Small = tuple[dict[str, str], list[Mapping[str, Any]]]
"""The claims of a small database by their numbers, and what is asked of it."""


def few(claims: Mapping[str, str], questions: Sequence[Mapping[str, Any]]) -> Iterator[Small]:
    """Yield small databases, each about one thing, and what is asked of them: as much that they answer as not."""
    over, chance = asker_over(plain_claims(claims)), random.Random(5)
    by_claim = {number: question for question in questions for number in question["gold"]}
    for number in chance.sample(sorted(by_claim), SMALL):
        near = [hit.claim.external_id for hit in over.search(claims[number], limit=FEW)]
        asked = [by_claim[one] for one in near if one in by_claim]
        about = over.search(" ".join(str(question["q"]) for question in asked), limit=3 * FEW)
        found = {h.claim.external_id: by_claim[h.claim.external_id] for h in about if h.claim.external_id in by_claim}
        others = [question for question in found.values() if set(question["gold"]).isdisjoint(near)]
        yield {one: claims[one] for one in near}, [*asked, *others[: len(asked)]]


def bot_scores(asker: Asker, questions: Iterable[Mapping[str, Any]]) -> Iterator[Scored]:
    """Yield what the bot says of the claim that it puts first."""
    for question in questions:
        answer = asker.ask(str(question["q"]), wish=Wish.NEAREST)
        first = next(iter((*answer.hits, *answer.candidates)), None)
        yield (first.score, first.claim.external_id in question["gold"]) if first else (0.0, False)


def scan_scores(claims: Mapping[str, str], questions: Iterable[Mapping[str, Any]]) -> Iterator[Scored]:
    """Yield the same of a WRatio scan."""
    for question in questions:
        _, score, number = process.extractOne(
            str(question["q"]), claims, scorer=fuzz.WRatio, processor=utils.default_process
        )
        yield score / 100, number in question["gold"]


def parts(scored: Sequence[Scored]) -> Iterator[tuple[float, float, list[Scored]]]:
    """Yield the bounds of each part of the scores, and what lies between them."""
    for low, high in pairwise(BOUNDS):
        yield low, high, [s for s in scored if low <= s[0] < high or s[0] == high == 1.0]


def error(scored: Sequence[Scored]) -> float:
    """Return the expected calibration error (0 to 1)."""
    distances = (abs(sum(s for s, _ in some) - sum(right for _, right in some)) for *_, some in parts(scored))
    return sum(distances) / len(scored)


def report(name: str, scored: Sequence[Scored], scanned: Sequence[Scored]) -> None:
    """Print one size."""
    errors = f"expected calibration error {error(scored):.3f}; WRatio, of {len(scanned)}, {error(scanned):.3f}"
    print(f"\n{name}: {len(scored)} questions, {errors}")
    rows: list[list[object]] = [["score", "questions", "mean score", "right", "Wilson"]]
    for low, high, some in parts(scored):
        if some:
            right = sum(right for _, right in some)
            least, most = wilson(right, len(some))
            mean = sum(score for score, _ in some) / len(some)
            bounds = f"{low:.2f} to {high:.2f}"
            rows.append([bounds, len(some), mean, right / len(some), f"{least:.3f} to {most:.3f}"])
    table(rows)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--large", type=int, default=100_000)
    arguments = parser.parse_args()
    claims, questions = read_askclaims(arguments.folder)
    small = list(few(claims, questions))
    scored = [one for some, asked in small for one in bot_scores(asker_over(plain_claims(some)), asked)]
    report(f"{SMALL} x {FEW} claims", scored, [one for some, asked in small for one in scan_scores(some, asked)])
    some = random.Random(5).sample(questions, SCANNED)
    report(
        f"{len(claims)} claims",
        list(bot_scores(asker_over(plain_claims(claims)), questions)),
        list(scan_scores(claims, some)),
    )
    numbers = list(claims)
    texts = enumerate(recombined(list(claims.values()), arguments.large))
    many = {numbers[at] if at < len(numbers) else f"made-{at}": text for at, text in texts}
    report(
        f"{len(many)} claims", list(bot_scores(asker_over(plain_claims(many)), questions)),
        list(scan_scores(many, some[: SCANNED // 4])),
    )  # fmt: skip


if __name__ == "__main__":
    main()
