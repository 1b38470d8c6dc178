"""What is learned of single words: how much a word that one side has and the other lacks speaks against a match.

`evidence.txt` holds, per stem, natural-log odds (true pairs against near misses) made by
tests/benchmarks/train_matcher.py; a word that is not in it takes the odds of words of its weight. "photo" is often
left out of a claim that is asked for, "accomplice" hardly ever.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bot.matching.kinship import Strengths
from bot.matching.words import table_lines


class Odds(NamedTuple):
    """Log odds of a word: missing from / shared with the claim (question side), unasked / asked (claim side)."""

    missing: float
    shared: float
    unasked: float
    asked: float


def level(weight: float) -> str:
    """Return the name under which words of this weight stand together: `*0` (common) to `*6` (rare)."""
    return f"*{min(6, int(weight / 1.6))}"


class Evidence:
    """The table of odds, by stem and by level, and the learned pairs of words that stand for one another."""

    def __init__(self, lines: Iterable[str], counterparts: Strengths) -> None:
        """Take lines `stem missing shared unasked asked`, in hundredths; a line is only read when it is needed."""
        self._lines = dict(line.split(" ", 1) for line in lines)
        self._read: dict[str, Odds] = {}
        self.counterparts = counterparts

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def _odds(self, key: str, weight: float) -> Odds:
        if key not in self._lines:
            key = level(weight)
        if key not in self._read:
            self._read[key] = Odds(*(int(number) / 100 for number in self._lines[key].split()))
        return self._read[key]

    def missing(self, key: str, weight: float) -> float:
        """Log odds when the claim lacks this word of the question."""
        return self._odds(key, weight).missing

    def shared(self, key: str, weight: float) -> float:
        """Log odds when the claim has this word of the question."""
        return self._odds(key, weight).shared

    def unasked(self, key: str, weight: float) -> float:
        """Log odds when the question lacks this word of the claim."""
        return self._odds(key, weight).unasked

    def asked(self, key: str, weight: float) -> float:
        """Log odds when the question has this word of the claim."""
        return self._odds(key, weight).asked

    def importance(self, key: str, weight: float) -> float:
        """How much a missing word counts, 0.05 to 1.5 (1 is usual)."""
        return min(1.5, max(0.05, -self.missing(key, weight) / 1.5))

    def unasked_importance(self, key: str, weight: float) -> float:
        """How much a claim's word that was not asked for counts, 0.05 to 1.5."""
        return min(1.5, max(0.05, -self.unasked(key, weight) / 0.7))


@cache
def learned() -> Evidence:
    """Return the evidence that ships with the bot."""
    return Evidence(table_lines("evidence.txt"), Strengths(table_lines("counterparts.txt")))
