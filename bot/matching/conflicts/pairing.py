"""A question beside a record: which words they share, typos forgiven."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.matching.conflicts.antonyms import oppositions
from bot.matching.conflicts.model import Pair, Statement

_LEAST, _LONG = 5, 8
_MOST_COMPARED = 900
"""Pairs of words compared letter by letter, at most: long texts get no typos forgiven."""


def pair_up(question: Statement, record: Statement, beside: frozenset[str] = frozenset()) -> Pair:
    """Match the content words of two texts: equal keys first, then words a letter or two apart."""
    matched = {key: key for key in question.ranks if key in record.ranks}
    if len(matched) < len(question.ranks) and len(matched) < len(record.ranks):
        matched.update(_typos(question, record))
    found = frozenset(matched.values())
    return Pair(
        question, record, matched, found,
        len(matched) / max(1, len(question.ranks.keys() - _who(question) - beside | matched.keys())),
        len(found) / max(1, len(record.ranks)),
        beside,
    )  # fmt: skip


def _who(question: Statement) -> frozenset[str]:
    """Return the keys of who is said to have said it: no part of what was said."""
    return frozenset(token.key for token in question.speaker)


def _typos(question: Statement, record: Statement) -> dict[str, str]:
    """Return the words of the question that are misspelt words of the record; joined and opposed words never are."""
    asked = _open_words(question.ranks, record)
    known = _open_words(record.ranks, question)
    if len(asked) * len(known) > _MOST_COMPARED:
        return {}
    found = {}
    for key in asked:
        for other in known:
            if abs(len(key) - len(other)) < 3 and misspelt(key, other):
                found[key] = other
                break
    return found


def _open_words(keys: Iterable[str], other: Statement) -> list[str]:
    return [
        key for key in keys
        if key not in other.ranks and len(key) >= _LEAST and key.isalpha() and key not in oppositions()
    ]  # fmt: skip


def misspelt(first: str, second: str) -> bool:
    """Whether two words may be one, a letter or two apart; two letters that changed places count as one."""
    if first[0] != second[0]:
        return False  # `Murano` is no misspelt `Burano`
    most = 2 if min(len(first), len(second)) >= _LONG else 1
    return OSA.distance(first, second, score_cutoff=most) <= most
