"""How alike two words are when they are not the same word: synonyms, derived words, typos.

`synonyms.txt` comes from WordNet (tests/benchmarks/make_tables.py). Learned counterparts are in evidence.py.
"""

from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz, process

from bot.matching.words import table_lines

TYPO = 0.76
"""Least similarity (0 to 1, rapidfuzz ratio) of two words that may be one word misspelt."""

Table = dict[str, dict[str, float]]


def read_table(lines: Iterable[str]) -> Table:
    """Read lines `word other:tenths other:tenths …`."""
    table: Table = {}
    for line in lines:
        word, *others = line.split()
        table[word] = {other: int(tenths) / 10 for other, tenths in (entry.rsplit(":", 1) for entry in others)}
    return table


def both_ways(table: Table) -> Table:
    """Return the table with each pair in both directions."""
    whole: Table = {}
    for word, others in table.items():
        for other, strength in others.items():
            whole.setdefault(word, {})[other] = strength
            whole.setdefault(other, {})[word] = strength
    return whole


@cache
def synonyms() -> Table:
    """Return for each word its synonyms and derived words, with strengths 0 to 1."""
    return both_ways(read_table(table_lines("synonyms.txt")))


def typo_of(key: str, words: Iterable[str]) -> tuple[float, str]:
    """Return how alike (0 to 1) the most similar of `words` is, and that word; (0, "") where none is a likely typo."""
    if len(key) < 4 or not key.isalpha():
        return 0.0, ""
    alike = [word for word in words if len(word) > 3 and word[0] == key[0] and abs(len(word) - len(key)) <= 3]
    best = process.extractOne(key, alike, scorer=fuzz.ratio, score_cutoff=100 * TYPO)
    return (best[1] / 100, best[0]) if best else (0.0, "")
