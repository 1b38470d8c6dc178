"""Weighs what the words say against what the cross-encoder says: how probably a claim is the one asked about.

A logistic regression over a dozen numbers (`joined` in tables/weights.json), learned by
tests/benchmarks/train_joined.py on pairs and headlines that the cross-encoder has not seen. A
difference that the checks found counts by its kind and strength: it may be none, and the cross-encoder knows.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from bot.matching.conflicts import Conflict
from bot.matching.cross_encoder import Opinion
from bot.matching.judge import Line, learned_line
from bot.matching.matcher import Found
from bot.matching.trees import squash

KINDS = (
    "number", "amount", "date", "name", "claimant", "negation", "antonym", "direction", "scope", "thing", "modality",
    "order",
)  # fmt: skip
JOINED = (
    "log odds by the words", "score of the wording", "share of the question on record", "heaviest word missing",
    "nothing missing", "log odds that the texts say the same", "log odds that the claim's own text does",
    "log odds that they contradict", *(f"difference in {kind}" for kind in KINDS),
)  # fmt: skip
_FARTHEST = 8.0
"""Log odds beyond which a probability tells nothing more."""


class Read(NamedTuple):
    """What the cross-encoder says of the claim's own text, and of the wording that fits best."""

    text: Opinion
    best: Opinion


def weighed(values: Sequence[float]) -> float:
    """Return the probability (0 to 1) that a claim is meant, from the values of JOINED."""
    return squash(learned_joined().log_odds(values))


def learned_joined() -> Line:
    """Return the weights that ship with the bot."""
    return learned_line("joined", JOINED)


def joined_values(chance: float, found: Found, conflicts: Sequence[Conflict], read: Read) -> tuple[float, ...]:
    """Return the values of JOINED; `chance`: the probability (0 to 1) by the words alone."""
    strongest = {conflict.kind: conflict.strength for conflict in sorted(conflicts, key=lambda c: c.strength)}
    return (
        log_odds(chance), found.score, found.share, found.missing, float(found.whole),
        log_odds(read.best.same), log_odds(read.text.same), log_odds(read.best.conflict),
        *(strongest.get(kind, 0.0) for kind in KINDS),
    )  # fmt: skip


def log_odds(chance: float) -> float:
    """Return the log odds of a probability, kept within bounds."""
    return max(-_FARTHEST, min(_FARTHEST, log((chance + 1e-9) / (1 - chance + 1e-9))))
