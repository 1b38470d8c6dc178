"""Boosted trees: many small questions about the signals ("is more than 0.9 of the question on record?"), added up.

They see what a weighted sum cannot: that a far rival is good news only where nothing is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.weights import learned_part


@dataclass(frozen=True, slots=True)
class Fork:
    """One question: is the value at `at` more than `bar`? Either way leads to another fork, or to log odds."""

    at: int
    bar: float
    low: "Fork | float"
    high: "Fork | float"

    def log_odds(self, values: Sequence[float]) -> float:
        """Return what the tree says of these values."""
        way = self.high if values[self.at] > self.bar else self.low
        return way.log_odds(values) if isinstance(way, Fork) else way


class _Row(NamedTuple):
    """All forks of all trees in one row, so that every tree is walked at once, one step at a time."""

    roots: NDArray[np.int32]
    at: NDArray[np.int32]
    bar: NDArray[np.float64]
    ways: NDArray[np.int32]
    """For each place the next two: where the value is not more than the bar, where it is. A leaf leads to itself."""
    odds: NDArray[np.float64]
    depth: int


@dataclass(frozen=True)
class Trees:
    """Trees whose log odds add up."""

    forks: tuple[Fork, ...]

    @cached_property
    def _row(self) -> _Row:
        steps: list[tuple[int, float, int, int, float]] = []
        roots = [_lay(fork, steps) for fork in self.forks]
        at, bar, low, high, odds = zip(*steps, strict=True)
        ways = np.array([low, high], np.int32).T.ravel()
        depth = max(map(_depth, self.forks))
        return _Row(np.array(roots, np.int32), np.array(at, np.int32), np.array(bar), ways, np.array(odds), depth)

    def log_odds(self, values: Sequence[float]) -> float:
        """Return the log odds for the values of the signals."""
        return self.all_log_odds([values])[0]

    def all_log_odds(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the log odds for each row of values."""
        row, signals = self._row, np.array(rows)
        each = np.arange(len(rows))[:, None]
        place = np.broadcast_to(row.roots, (len(rows), len(row.roots)))
        for _ in range(row.depth):
            place = row.ways[2 * place + (signals[each, row.at[place]] > row.bar[place])]
        return [float(odds) for odds in row.odds[place].sum(1)]


def _lay(way: Fork | float, steps: list[tuple[int, float, int, int, float]]) -> int:
    """Lay a tree into the row; return where it begins."""
    here = len(steps)
    if not isinstance(way, Fork):
        steps.append((0, 0.0, here, here, way))
        return here
    steps.append((0, 0.0, here, here, 0.0))
    steps[here] = (way.at, way.bar, _lay(way.low, steps), _lay(way.high, steps), 0.0)
    return here


def _depth(way: Fork | float) -> int:
    return 1 + max(_depth(way.low), _depth(way.high)) if isinstance(way, Fork) else 0


def squash(log_odds: float) -> float:
    """Return the probability for log odds."""
    return 1 / (1 + exp(-max(-40.0, min(40.0, log_odds))))


def read_tree(table: Any, names: Sequence[str]) -> Any:
    """Read a fork written as [signal, bar, low, high]; a number is itself."""
    if not isinstance(table, list):
        return float(table)
    name, bar, low, high = table
    return Fork(names.index(name), bar, read_tree(low, names), read_tree(high, names))


def learned_trees(part: str, names: Sequence[str]) -> Trees:
    """Return the trees of a part of weights.json; `names`: of the values that they look at, in their order."""
    return Trees(tuple(read_tree(tree, names) for tree in learned_part(part)))
