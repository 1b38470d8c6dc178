"""The cross-encoder: a small transformer that reads a question and a claim side by side.

Words in common cannot tell "told in other words" from "something else in one respect"; this reads both texts at once
and says how probably they are the same claim, contradict each other, or neither. It is MiniLM (six layers, 384 wide,
Apache 2.0), trained further on pairs by tests/benchmarks/train_cross_encoder.py; `cross_encoder.npz` holds its
weights in whole numbers of eight bits, one factor a row. Plain numpy is enough: 25 ms a pair on one slow core, and no
library of 80 MB to start.
"""

from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.wordpieces import END, START, pieces

MOST_PIECES = 48
"""Word pieces of each of the two texts that are read."""
MOST_READ = 180
"""Word pieces that are read for one message: an answer may not take a tenth of a second."""
MOST_READ_IN_PASSING = 64
"""The same for a message so long that looking its sentences up takes most of that time: one pair of a usual length."""
HEADS = 12
KEPT = 2_000
"""Pairs of which the opinion is kept: several looks at one question come to the same pair."""
_TINY = 1e-12
Numbers = NDArray[np.float32]


class Opinion(NamedTuple):
    """How probably (0 to 1, together 1) two texts say the same, contradict each other, or neither."""

    same: float
    conflict: float
    other: float


def claim_side(text: str, claimant: str = "", role: str = "") -> str:
    """Return how a claim is put to the cross-encoder: who made it, a colon, what it says."""
    who = ", ".join(filter(None, (claimant, role)))
    return f"{who}: {text}" if who else text


class Reader:
    """Reads pairs for one message, until it has read its fill (`most` word pieces)."""

    def __init__(self, most: int = MOST_READ) -> None:
        self._left = most
        self._read: dict[tuple[str, str], Opinion] = {}

    @property
    def can_spare(self) -> bool:
        """Whether a pair of any length may be read, and one of half that length after it."""
        return self._left >= 3 * MOST_PIECES

    def opinion(self, question: str, claim: str) -> Opinion | None:
        """Read a question beside a claim as `claim_side` puts it; None where enough was read for this message."""
        if known := self._read.get((question, claim)):
            return known
        asked, said = tuple(pieces(question, MOST_PIECES)), tuple(pieces(claim, MOST_PIECES))
        if len(asked) + len(said) > self._left:
            return None
        self._left -= len(asked) + len(said)
        found = self._read[question, claim] = opinion(asked, said)
        return found


@lru_cache(maxsize=KEPT)
def opinion(asked: tuple[int, ...], said: tuple[int, ...]) -> Opinion:
    """Read the pieces of a question beside those of a claim."""
    first = len(asked) + 2
    model = learned_encoder()
    read = model.encoded([START, *asked, END, *said, END], first)
    logits = model.judged(read, first)
    odds = np.exp(logits - logits.max())
    return Opinion(*(odds / odds.sum()).tolist())


class Layer(NamedTuple):
    """One layer of the transformer: weights stand as inputs × outputs."""

    attend: Numbers
    attend_bias: Numbers
    gather: Numbers
    gather_bias: Numbers
    gathered_norm: tuple[Numbers, Numbers]
    widen: Numbers
    widen_bias: Numbers
    narrow: Numbers
    narrow_bias: Numbers
    norm: tuple[Numbers, Numbers]

    def __call__(self, x: Numbers) -> Numbers:
        """Return what the layer makes of the pieces (pieces × width)."""
        size, width = x.shape
        mixed = (x @ self.attend + self.attend_bias).reshape(size, 3, HEADS, width // HEADS)
        query, key, value = mixed.transpose(1, 2, 0, 3)
        weights = query @ key.transpose(0, 2, 1)
        weights *= (width // HEADS) ** -0.5
        weights -= weights.max(-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(-1, keepdims=True)
        seen = (weights @ value).transpose(1, 0, 2).reshape(size, width)
        x = _normed(x + (seen @ self.gather + self.gather_bias), *self.gathered_norm)
        wide = _gelu(x @ self.widen + self.widen_bias)
        return _normed(x + (wide @ self.narrow + self.narrow_bias), *self.norm)


class Encoder(NamedTuple):
    """The whole network. Rows of `words` are in whole numbers, to be multiplied by their `scales`."""

    words: NDArray[np.int8]
    scales: Numbers
    places: Numbers
    sides: Numbers
    norm: tuple[Numbers, Numbers]
    layers: tuple[Layer, ...]
    hidden: tuple[Numbers, Numbers]
    out: tuple[Numbers, Numbers]

    def encoded(self, numbers: list[int], first: int) -> Numbers:
        """Return one row for each piece of a pair, the question being the `first` of them."""
        side = (np.arange(len(numbers)) >= first).astype(np.intp)
        x = self.words[numbers] * self.scales[numbers, None] + self.places[: len(numbers)] + self.sides[side]
        x = _normed(x, *self.norm)
        for layer in self.layers:
            x = layer(x)
        return x

    def judged(self, x: Numbers, first: int) -> Numbers:
        """Return the log odds of same, conflict and other from the rows of a pair."""
        asked, said = x[:first].mean(0), x[first:].mean(0)
        pooled = np.concatenate([x[0], (asked + said) / 2, asked * said, np.abs(asked - said)])
        hidden = np.tanh(pooled @ self.hidden[0] + self.hidden[1])
        judged: Numbers = hidden @ self.out[0] + self.out[1]
        return judged


def _normed(x: Numbers, factor: Numbers, shift: Numbers) -> Numbers:
    x = x - x.mean(-1, keepdims=True)
    x *= 1 / np.sqrt((x * x).mean(-1, keepdims=True) + _TINY)
    x *= factor
    x += shift
    return x


def _gelu(x: Numbers) -> Numbers:
    """The Gaussian error linear unit, by its approximation with tanh."""
    bent = x * x
    bent *= 0.044715
    bent += 1
    bent *= x
    bent *= 0.7978845608
    np.tanh(bent, out=bent)
    bent += 1
    bent *= x
    bent *= 0.5
    return bent


@cache
def learned_encoder() -> Encoder:
    """Read the network that ships with the bot: 20 MB on the disk, 50 in memory."""
    with as_file(files(__package__) / "tables" / "cross_encoder.npz") as path, np.load(path) as table:
        stored = dict(table)
    layers = sorted({int(name.split(".")[1]) for name in stored if name.startswith("layers.")})
    return Encoder(
        stored["words"], stored["words.scale"], _plain(stored, "places"), stored["sides"], _two(stored, "norm"),
        tuple(_layer(stored, f"layers.{at}.") for at in layers), _linear(stored, "hidden"), _linear(stored, "out"),
    )  # fmt: skip


Stored = dict[str, NDArray[np.generic]]


def _layer(stored: Stored, name: str) -> Layer:
    names = "attend", "gather", "widen", "narrow"
    (attend, gather, widen, narrow) = (_linear(stored, name + each) for each in names)
    norms = _two(stored, name + "gathered_norm"), _two(stored, name + "norm")
    return Layer(*attend, *gather, norms[0], *widen, *narrow, norms[1])


def _linear(stored: Stored, name: str) -> tuple[Numbers, Numbers]:
    """Return weights (inputs × outputs, by another way of looking at how they are stored) and bias."""
    return _plain(stored, name).T, np.asarray(stored[name + ".bias"], np.float32)


def _two(stored: Stored, name: str) -> tuple[Numbers, Numbers]:
    return np.asarray(stored[name + ".factor"], np.float32), np.asarray(stored[name + ".shift"], np.float32)


def _plain(stored: Stored, name: str) -> Numbers:
    """Return an array that is stored in whole numbers, each row with its factor."""
    weights = np.asarray(stored[name], np.float32)
    weights *= np.asarray(stored[name + ".scale"], np.float32)[:, None]
    return weights
