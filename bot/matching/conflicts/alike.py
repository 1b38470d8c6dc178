"""Words that may stand for one another without a contradiction: a reviewed table, and WordNet's wider words."""

from functools import cache, lru_cache

from bot.matching.conflicts.antonyms import oppositions
from bot.matching.conflicts.verbs import BASE_FORMS
from bot.matching.meaning import learned_meanings
from bot.matching.words import stem, table_lines


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Return the reviewed table of words that may stand for one another: key → the lines on which it stands."""
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(table_lines("alike.txt")):
        for word in line.split():
            groups.setdefault(stem(BASE_FORMS.get(word, word)), set()).add(number)
    return {key: frozenset(lines) for key, lines in groups.items()}


SAME = 0.5
"""Nearness in meaning from which two words say the same: `salary`, `wage` do, `wheat`, `corn` do not."""


@lru_cache(maxsize=50_000)
def say_the_same(first: str, second: str) -> bool:
    """Whether two keys mean the same, and are not opposed."""
    if first in oppositions() and second in oppositions():
        return False
    return learned_meanings().same(first, second) >= SAME


def stand_for(first: str, second: str) -> bool:
    """Whether two keys may stand for one another."""
    low, high = sorted((first, second))
    if high in _related().get(low, "").split():
        return True
    return not _groups().get(first, frozenset()).isdisjoint(_groups().get(second, frozenset()))


@cache
def _related() -> dict[str, str]:
    """Return the words that are wider or alike, from WordNet: the first in the alphabet → the others."""
    return dict(line.split(" ", 1) for line in table_lines("related.txt"))
