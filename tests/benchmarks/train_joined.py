"""Learns how to weigh words against the cross-encoder: `python tests/benchmarks/train_joined.py ASKCLAIMS CLEF`.

From the pairs and headlines that the cross-encoder has not learned from (`unseen` in encoder_pairs.py): each question
is asked of a database with all claims of its kind, and each claim that would be read is one example. Prints what a
five-fold cross-validation by question says, and writes `joined` of weights.json. Ten minutes.
"""

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from bench import store_over, table, wilson
from claim_pairs import read_material
from encoder_pairs import groups, held, unseen
from fitting import fit_line, named, write_weights
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits
from turns import turned

from bot.keeper import Keeper
from bot.matching.cross_encoder import Reader
from bot.matching.first_look import first_look
from bot.matching.judge import Line
from bot.matching.openings import opening_of
from bot.matching.second_look import read_by, worth_reading
from bot.matching.trees import squash
from bot.matching.weighing import JOINED, joined_values
from bot.model import GLOBAL, Claim

A_FEW = 9
"""Claims of a small database."""
_APART = 100_000
HEADLINES = 2_000
"""Headlines that are asked at most, half of them with their claims taken out."""
EVERY = 4
"""One of how many written questions is asked: of the 55,000 or so that the cross-encoder has not learned from."""


class Case(NamedTuple):
    """One claim that was read beside a question."""

    values: tuple[float, ...]
    right: bool
    kind: str
    question: int


class Asked(NamedTuple):
    """A question, its kind, and the ids of the claims that are a right `match`."""

    kind: str
    text: str
    gold: frozenset[str]


def cases(claims: Sequence[Claim], asked: Sequence[Asked]) -> list[Case]:
    """Return what the cross-encoder reads for questions over a database of `claims`, on one processor."""
    threadpool_limits(1)
    keeper = Keeper(store_over(claims))
    current = keeper.current()
    fetch = partial(keeper.fetch, current=current)
    found: list[Case] = []
    for number, (kind, text, gold) in enumerate(asked):
        reader = Reader()
        first = first_look(text, current.matcher, fetch, [GLOBAL])
        for sighting in worth_reading(first.sightings) if first else []:
            if read := read_by(reader, text, sighting.found, sighting.claim):
                values = joined_values(sighting.probability, sighting.found, sighting.conflicts, read)
                found.append(Case(values, sighting.claim.external_id in gold, kind, number))
    return found


def few() -> list[Case]:
    """Return what is read over small databases: the claims that were written together, of one article or field."""
    every = groups()
    found: list[Case] = []
    for start in range(0, len(every), A_FEW):
        told = cases(*written(every[start : start + A_FEW]))
        found += [case._replace(question=case.question + _APART * (1 + start)) for case in told]
    return found


def written(some: Sequence[dict[str, Any]] = ()) -> tuple[list[Claim], list[Asked]]:
    """Return the claims of written pairs (unless said otherwise, of all) and what is asked of the new ones."""
    claims: list[Claim] = []
    asked: list[Asked] = []
    new = unseen()
    for at, group in enumerate(some or groups()):
        name, _, role = group["claimant"].partition(", ")
        claims.append(Claim(text=group["claim"], external_id=f"w{at}", claimant=name, claimant_role=role))
        if group["claim"] in new:
            asked += list(_asked_of(group, frozenset({f"w{at}"})))[at % EVERY :: EVERY]
    return claims, asked


def _asked_of(group: dict[str, Any], right: frozenset[str]) -> Iterator[Asked]:
    """Yield what is asked of one claim; what the words alone decide about (opening_of) is not among it."""
    nothing: frozenset[str] = frozenset()
    yield from (Asked("rewording", text, right) for text in group["same"])
    yield from (Asked("conflict", text, nothing) for _, text in group["conflict"])
    yield from (Asked("other", text, nothing) for text in group["other"])
    yield from (Asked("turned", text, nothing) for text, _ in turned(group["claim"], group["same"], group["conflict"]))
    for answered, text in group.get("open", []):
        if not opening_of(text):
            yield Asked("answered", text, right) if answered == "yes" else Asked("unanswered", text, nothing)


def headlines(askclaims: Path, clef: Path) -> tuple[list[Claim], list[Asked]]:
    """Return all claims but those of every second headline that is held back, and these headlines."""
    material = read_material(askclaims, clef)
    closed = {question.group for question in material.questions if question.answerable is not None}
    chosen = [q for q in material.questions if q.group not in closed and held(q.text)][:HEADLINES]
    gone = frozenset().union(*(question.gold for question in chosen[1::2]))
    claims = [Claim(text=text, external_id=number) for number, text in material.claims.items() if number not in gone]
    return claims, [Asked("gone" if q.gold <= gone else "headline", q.text, q.gold - gone) for q in chosen]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("askclaims", type=Path)
    parser.add_argument("clef", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="only say how good it would be")
    arguments = parser.parse_args()
    material = [written(), headlines(arguments.askclaims, arguments.clef)]
    with ProcessPoolExecutor() as pool:
        small = pool.submit(few)
        found = [*pool.map(cases, *zip(*material, strict=True)), small.result()]
    for asked, told in zip([asked for _, asked in (*material, material[0])], found, strict=True):
        _report(asked, told)
    if not arguments.dry_run:
        write_weights(joined=named(fit(found)))


def fit(each: Sequence[Sequence[Case]]) -> Line:
    """Fit the regression; each kind of material counts as much as any other, however many its cases."""
    every = [case for told in each for case in told]
    counts = [len(every) / len(each) / len(told) for told in each for _ in told]
    return fit_line(JOINED, [case.values for case in every], [case.right for case in every], counts)


def _report(asked: Sequence[Asked], told: Sequence[Case]) -> None:
    """Print what a cross-validation by question would `match`, by kind and least probability."""
    chances = np.zeros(len(told))
    groups = [case.question for case in told]
    for learned, tried in GroupKFold(5).split(groups, groups=groups):
        line = fit([[told[at] for at in learned]])
        chances[tried] = [squash(line.log_odds(told[at].values)) for at in tried]
    kinds = list(dict.fromkeys(one.kind for one in asked))
    rows: list[list[object]] = [["least probability", *kinds, "of all right", "Wilson"]]
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        matched = [case for case, chance in zip(told, chances, strict=True) if chance >= least]
        counts = [f"{sum(c.kind == kind for c in matched)} of {sum(a.kind == kind for a in asked)}" for kind in kinds]
        right = sum(case.right for case in matched)
        low, high = wilson(right, len(matched))
        rows.append([least, *counts, f"{right} of {len(matched)}", f"{low:.3f} to {high:.3f}"])
    table(rows)


if __name__ == "__main__":
    main()
