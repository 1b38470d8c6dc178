"""What words mean: how near they stand in WordNet and in a language model; a claim told in other words is known again.

`meanings.npy` holds one vector for each word of `meanings.txt` (tests/benchmarks/make_meanings.py). A word without one
(a name, a number) is near to nothing but itself.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.words import table_lines

FROM_WORDNET = 96
"""So many of a vector's numbers come from WordNet; the rest come from a language model."""
Amounts = NDArray[np.float32]


class Nearness(NamedTuple):
    """How near two texts are as wholes (-1 to 1), and each word of either to the nearest of the other (0 to 1)."""

    whole: float
    asked: list[float]
    said: list[float]


class Meanings:
    """The vectors of words."""

    def __init__(self, words: Sequence[str], vectors: NDArray[np.int8]) -> None:
        """Take one row of `vectors` for each of `words`; the row behind the last one stands for all other words."""
        self._rows = {word: row for row, word in enumerate(words)}
        self._table = np.vstack([vectors, np.zeros_like(vectors[:1])])
        parts = np.split(self._table, [FROM_WORDNET], axis=1)
        squares = np.stack([np.einsum("ij,ij->i", part, part, dtype=np.float32) for part in parts], axis=1)
        self._halves = 1 / np.sqrt(np.maximum(squares, 1.0))
        self._scales = 1 / np.sqrt(np.maximum(squares.sum(1), 1.0))[:, None]
        self._asked: tuple[tuple[tuple[str, float], ...], _Side] = ((), self._side({}))

    def compared(self, asked: Mapping[str, float], said: Mapping[str, float]) -> Nearness:
        """Compare two texts, each given as its words and their weights."""
        one, other = self._question(asked), self._side(said)
        near = np.maximum(0.0, one.vectors @ other.vectors.T)
        shared = float(one.whole @ other.whole)
        shared += sum(x * other.lone[word] for word, x in one.lone.items() if word in other.lone)
        whole = shared / max(1e-9, (one.square * other.square) ** 0.5)
        return Nearness(float(whole), near.max(1).tolist(), near.max(0).tolist())

    def same(self, first: str, second: str) -> float:
        """Return how near two words are in both sources alike (-1 to 1): the lesser of the two; 0 for unknown ones."""
        one, other = (self._rows.get(word, -1) for word in (first, second))
        if min(one, other) < 0:
            return 0.0
        products = np.add.reduceat(self._table[one].astype(np.float32) * self._table[other], [0, FROM_WORDNET])
        return float((products * self._halves[one] * self._halves[other]).min())

    def _question(self, asked: Mapping[str, float]) -> "_Side":
        """Return the side of a question, kept for the next claim that it is compared with."""
        words = tuple(asked.items())
        known, side = self._asked
        if known != words:
            side = self._side(asked)
            self._asked = words, side
        return side

    def _side(self, words: Mapping[str, float]) -> "_Side":
        rows = [self._rows.get(word, -1) for word in words]
        vectors: Amounts = self._table[rows] * self._scales[rows]
        whole = np.fromiter(words.values(), np.float32, len(words)) @ vectors
        lone = {word: x for (word, x), row in zip(words.items(), rows, strict=True) if row < 0}
        return _Side(vectors, whole, lone, float(whole @ whole) + sum(x * x for x in lone.values()))


class _Side(NamedTuple):
    """One text: its words' vectors (length 1, or 0 where there is none), their weighted sum, and words without one."""

    vectors: Amounts
    whole: Amounts
    lone: dict[str, float]
    square: float


@cache
def learned_meanings() -> Meanings:
    """Return the vectors that ship with the bot."""
    with as_file(files(__package__) / "tables" / "meanings.npy") as stored:
        return Meanings(list(table_lines("meanings.txt")), np.load(stored))
