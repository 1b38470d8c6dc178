"""Learns to tell that two things changed places: `python tests/benchmarks/train_turned.py`; three minutes.

From the written groups that are not held back (nor newer than what the cross-encoder learned from): texts in which two
things were exchanged (turns.py), and rewordings, in which no two have changed places. Prints, for those held back, in
how many a difference is told, by least probability and by kind of text, and writes `turned` of weights.json.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from bench import table
from encoder_pairs import LEARNED, groups, held
from fitting import fit_trees, fork_table, write_weights
from turns import Turn, turned

from bot.matching.conflicts.pairing import pair_up
from bot.matching.conflicts.reading import read
from bot.matching.conflicts.reordered import is_reordered
from bot.matching.conflicts.shared import shared
from bot.matching.conflicts.turned import SIGNS, SURE, possible_turns, written
from bot.matching.trees import squash

TURNED, SAME = "turned", "rewording"
NATURAL = frozenset(("role", "direction", "order", "part", "comparison"))
"""Kinds of written conflicts of which some turn two things round."""
LEAST = (0.5, SURE, 0.7, 0.8, 0.9)
TREES, DEPTH = 80, 3


class Case(NamedTuple):
    """A text beside a claim: the values for each two things, and which of them were exchanged."""

    kind: str
    held: bool
    rows: tuple[tuple[float, ...], ...]
    exchanged: tuple[bool, ...]


def cases(group: dict[str, Any]) -> list[Case]:
    """Return what one group gives."""
    return [_case(kind, group["claim"], text, turn) for kind, text, turn in _texts(group)]


def _texts(group: dict[str, Any]) -> Iterator[tuple[str, str, Turn | None]]:
    conflict = [(kind, text) for kind, text in group["conflict"]]
    yield from ((TURNED, text, turn) for text, turn in turned(group["claim"], group["same"], conflict))
    yield from ((SAME, text, None) for text in group["same"])
    if held(group["claim"]):
        yield from ((kind, text, None) for kind, text in conflict if kind in NATURAL)


def _case(kind: str, claim: str, text: str, turn: Turn | None) -> Case:
    pair = pair_up(read(text), read(claim))
    both = shared(pair)
    found = [one for one in possible_turns(pair, both) if not is_reordered(pair, both, one.one, one.other)]
    things = [(written(both.record, one.one), written(both.record, one.other)) for one in found]
    exchanged = tuple(turn is not None and _are(turn, each) for each in things)
    return Case(kind, held(claim), tuple(one.values for one in found), exchanged)


def _are(turn: Turn, things: tuple[str, str]) -> bool:
    """Whether these two things are those that were exchanged."""
    one, other = (_words(each) for each in turn)
    first, second = (_words(each) for each in things)
    straight = bool(first & one) and bool(second & other) and not first & other and not second & one
    crossed = bool(first & other) and bool(second & one) and not first & one and not second & other
    return straight or crossed


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def main() -> None:
    """Run from the command line."""
    with ProcessPoolExecutor() as pool:
        every = [case for told in pool.map(cases, groups()[:LEARNED], chunksize=50) for case in told]
    rows, right = [], []
    for case in every:
        for values, exchanged in zip(case.rows, case.exchanged, strict=True):
            if not case.held and (exchanged or case.kind == SAME):
                rows.append(values)
                right.append(exchanged)
    trees = fit_trees(SIGNS, *_evened(rows, right), count=TREES, depth=DEPTH)
    chances = defaultdict(list)
    for case in every:
        if case.held:
            odds = trees.all_log_odds(case.rows) if case.rows else [-9.0]
            chances[case.kind].append(squash(max(odds)))
    table([["held back", "texts", *LEAST], *([kind, len(each), *_told(each)] for kind, each in chances.items())])
    write_weights(turned=[fork_table(fork, SIGNS) for fork in trees.forks])


def _told(chances: list[float]) -> list[str]:
    return [f"{np.mean(np.array(chances) >= bar):.3f}" for bar in LEAST]


def _evened(rows: list[tuple[float, ...]], right: list[bool]) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Repeat the exchanged ones until they are as many as the others: the bar is set by what is held back."""
    rng = random.Random(0)
    some = [row for row, is_right in zip(rows, right, strict=True) if is_right]
    more = rng.choices(some, k=max(0, len(rows) - 2 * len(some)))
    return rows + more, right + [True] * len(more)


if __name__ == "__main__":
    main()
