"""Words that may stand for one another without a contradiction: a reviewed table, and WordNet's wider words."""

from collections.abc import Iterable
from functools import cache, lru_cache

from bot.matching.conflicts.antonyms import oppositions
from bot.matching.everyday import same_words
from bot.matching.meaning import learned_meanings
from bot.matching.words import base_stem, table_lines

_Lines = dict[str, frozenset[int]]
_NOWHERE: frozenset[int] = frozenset()


@cache
def _groups() -> _Lines:
    """Return the reviewed table of words that may stand for one another: key → the lines on which it stands."""
    return _by_key(line.split() for line in table_lines("alike.txt"))


@cache
def _everyday() -> _Lines:
    """Return the words that mean the same in chat and news: key → the lines on which it stands."""
    return _by_key(same_words())


def _by_key(lines: Iterable[Iterable[str]]) -> _Lines:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line:
            found.setdefault(base_stem(word), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


SAME = 0.5
"""Nearness in meaning from which two words say the same: `salary`, `wage` do, `wheat`, `corn` do not."""


@lru_cache(maxsize=50_000)
def say_the_same(first: str, second: str) -> bool:
    """Whether two keys mean the same, and are not opposed."""
    if _on_one_line(_everyday(), first, second):
        return True
    opposed = first in oppositions() and second in oppositions()
    return not opposed and learned_meanings().same(first, second) >= SAME


def stand_for(first: str, second: str) -> bool:
    """Whether two keys may stand for one another."""
    low, high = sorted((first, second))
    if high in _related().get(low, "").split():
        return True
    return _on_one_line(_groups(), first, second)


def _on_one_line(lines: _Lines, first: str, second: str) -> bool:
    return not lines.get(first, _NOWHERE).isdisjoint(lines.get(second, _NOWHERE))


@cache
def _related() -> dict[str, str]:
    """Return the words that are wider or alike, from WordNet: the first in the alphabet → the others."""
    return dict(line.split(" ", 1) for line in table_lines("related.txt"))
