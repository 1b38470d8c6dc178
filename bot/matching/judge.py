"""The judgement: from signals to the probability that a claim is the one asked about.

All of it is in `tables/weights.json`. A logistic regression scores each wording by its signals; a hundred small trees
turn the best one's score, its lead over the next claim and its signals into a probability (both made by
tests/benchmarks/train_matcher.py). A second line, for search, puts claims in order and says no more than which is
nearer (tests/benchmarks/train_order.py), a third weighs all that against the cross-encoder (`weighing.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul

from bot.matching.signals import SIGNALS
from bot.matching.trees import Trees, learned_trees, squash
from bot.matching.weights import learned_part

FAR_BEHIND = -4.0
"""The least score that the next claim counts with: in a small database there is none near, which proves nothing."""
LEAD_SIGNALS = ("score of the wording", "lead over the next claim", "score of the next claim")


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic regression: one weight a signal, and a bias."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def log_odds(self, values: Sequence[float]) -> float:
        """Return the log odds for the values of the signals."""
        return float(self.bias + sum(map(mul, self.weights, values)))

    def pulls(self, values: Sequence[float]) -> list[tuple[str, float, float]]:
        """Return each signal's name, value, and share in the log odds."""
        triples = zip(self.names, values, self.weights, strict=True)
        return [(name, value, value * weight) for name, value, weight in triples]


@dataclass(frozen=True, slots=True)
class Judge:
    """The learned weights: `fit` for one wording, `sure` for the best of all claims, `order` among them."""

    fit: Line
    sure: Trees
    order: Line

    def score(self, values: Sequence[float]) -> float:
        """Return the log odds that a wording with these signals is the claim asked about, by itself."""
        return self.fit.log_odds(values)

    def probabilities(self, rows: Sequence[tuple[Sequence[float], float, float]]) -> list[float]:
        """Return the probability (0 to 1) that each claim is the one asked about.

        `rows`: the values of its signals, its score, the score of the next claim.
        """
        if not rows:
            return []
        values = [(*lead(score, next_score), *signals) for signals, score, next_score in rows]
        return [squash(odds) for odds in self.sure.all_log_odds(values)]


def lead(score: float, next_score: float) -> tuple[float, float, float]:
    """Return the values of LEAD_SIGNALS."""
    behind = max(FAR_BEHIND, next_score)
    return score, score - behind, behind


@cache
def learned_judge() -> Judge:
    """Return the weights that ship with the bot."""
    names = (*LEAD_SIGNALS, *SIGNALS)
    return Judge(learned_line("fit", SIGNALS), learned_trees("sure", names), learned_line("order", SIGNALS))


@cache
def learned_line(which: str, names: tuple[str, ...]) -> Line:
    """Return one of the lines that ship with the bot, its weights in the order of `names`."""
    table = learned_part(which)
    return Line(names, tuple(table[name] for name in names), table["bias"])
