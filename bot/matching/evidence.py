"""What is learned of single words: how much a word that one side has and the other lacks speaks against a match.

`evidence.txt` holds, per stem, natural-log odds (true pairs against near misses) made by
tests/benchmarks/train_matcher.py; a word that is not in it takes the odds of words of its weight. "photo" is often
left out of a claim that is asked for, "accomplice" hardly ever.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from bot.matching.kinship import Strengths, synonyms
from bot.matching.words import WORDS_KEPT, chatter_words, table_lines


class Odds(NamedTuple):
    """Log odds of a word: missing from / shared with the claim (question side), unasked / asked (claim side)."""

    missing: float
    shared: float
    unasked: float
    asked: float


class Kin(NamedTuple):
    """Another word that may stand for a word, why, and how surely (0 to 1)."""

    other: str
    how: str
    sureness: float


class Weighed(NamedTuple):
    """What a word weighs: its weight, its odds, and how much (0.05 to 1.5) its lack counts on either side."""

    weight: float
    odds: Odds
    importance: float
    unasked_importance: float


def level(weight: float) -> str:
    """Return the name under which words of this weight stand together: `*0` (common) to `*6` (rare)."""
    return f"*{min(6, int(weight / 1.6))}"


class Evidence:
    """The table of odds, by stem and by level, and the learned pairs of words that stand for one another."""

    def __init__(self, lines: Iterable[str], counterparts: Strengths) -> None:
        """Take lines `stem missing shared unasked asked`, in hundredths; a line is only read when it is needed."""
        self._lines = dict(line.split(" ", 1) for line in lines)
        self._odds: dict[str, Odds] = {}
        self._kin: dict[str, list[Kin]] = {}
        self._counterparts = counterparts

    def weighed(self, key: str, weight: float) -> Weighed:
        """Return what a word of this weight says; chatter that was never learned from says little."""
        known = key in self._lines
        odds = self._read(key if known else level(weight))
        importance = 0.2 if not known and key in chatter_words() else _within(-odds.missing / 1.5)
        return Weighed(weight, odds, importance, _within(-odds.unasked / 0.7))

    def _read(self, entry: str) -> Odds:
        if entry not in self._odds:
            self._odds[entry] = Odds(*[int(number) / 100 for number in self._lines[entry].split()])
        return self._odds[entry]

    def kin(self, key: str) -> list[Kin]:
        """Return the words that may stand for a word, the surest first."""
        if (known := self._kin.get(key)) is not None:
            return known
        alike = [Kin(other, "synonym", 0.9 * strength) for other, strength in synonyms().of(key).items()]
        alike += [Kin(other, "counterpart", strength) for other, strength in self._counterparts.of(key).items()]
        alike.sort(key=lambda kin: -kin.sureness)
        if alike:  # what people make up is not kept
            self._kin[key] = alike
        return alike


def _within(importance: float) -> float:
    return min(1.5, max(0.05, importance))


class Scales(dict[str, Weighed]):
    """Weighs words, each once: `scales[key]`; begins anew after `WORDS_KEPT`, as people may write any word."""

    def __init__(self, weight: Callable[[str], float], evidence: Evidence) -> None:
        super().__init__()
        self._weight = weight
        self._evidence = evidence
        self.kin = evidence.kin

    def __missing__(self, key: str) -> Weighed:
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[key] = weighed = self._evidence.weighed(key, self._weight(key))
        return weighed


@cache
def learned() -> Evidence:
    """Return the evidence that ships with the bot."""
    return Evidence(table_lines("evidence.txt"), Strengths(table_lines("counterparts.txt")))
