"""How alike two words are when they are not the same word: irregular forms, synonyms, derived words, typos.

`synonyms.txt` comes from WordNet (tests/benchmarks/make_tables.py), `everyday.txt` is reviewed by hand; learned
counterparts are in evidence.py.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain, permutations

from rapidfuzz import fuzz, process

from bot.matching.everyday import same_words
from bot.matching.irregular import FORMS, OF_TWO_WORDS
from bot.matching.words import stem, table_lines

TYPO = 0.76
"""Least similarity (0 to 1, rapidfuzz ratio) of two words that may be one word misspelt."""

Table = dict[str, Mapping[str, float]]


class Strengths:
    """Other words and how alike they are (0 to 1), by word; a line is only read when its word is asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take lines `word other:tenths other:tenths …`."""
        self._lines: dict[str, str] = {}
        for line in lines:
            word, others = line.split(" ", 1)
            self._lines[word] = f"{self._lines[word]} {others}" if word in self._lines else others
        self._read: Table = {}

    def of(self, word: str) -> Mapping[str, float]:
        """Return the others of a word."""
        if word not in self._lines:
            return _NOTHING
        if word not in self._read:
            entries = (entry.rsplit(":", 1) for entry in self._lines[word].split())
            self._read[word] = {other: int(tenths) / 10 for other, tenths in entries}
        return self._read[word]


_NOTHING: Mapping[str, float] = {}


@cache
def synonyms() -> Strengths:
    """Return for each word its irregular forms, synonyms and derived words."""
    forms = (set(alike) - OF_TWO_WORDS for alike in FORMS)
    same = (set(map(stem, alike)) for alike in chain(same_words(), forms))
    pairs = (f"{one} {other}:10" for alike in same for one, other in permutations(alike, 2))
    return Strengths(chain(table_lines("synonyms.txt"), pairs))


def typo_of(key: str, words: Iterable[str]) -> tuple[float, str]:
    """Return how alike (0 to 1) the most similar of `words` is, and that word; (0, "") where none is a likely typo."""
    if len(key) < 4 or not key.isalpha():
        return 0.0, ""
    first, shortest, longest = key[0], max(4, len(key) - 3), len(key) + 3
    alike = [word for word in words if word[0] == first and shortest <= len(word) <= longest]
    if not alike:
        return 0.0, ""
    best = process.extractOne(key, alike, scorer=fuzz.ratio, score_cutoff=100 * TYPO)
    return (best[1] / 100, best[0]) if best else (0.0, "")
