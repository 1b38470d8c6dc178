"""A question beside a record: which words they share, typos forgiven."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.matching.conflicts.alike import say_the_same
from bot.matching.conflicts.antonyms import oppositions
from bot.matching.conflicts.model import Pair, Statement
from bot.matching.words import background, chatter_words

_LEAST, _LONG, _SHORT = 5, 8, 3
_NO_WORD, _RARER = 1e-6, 50
_ALL_BUT, _FEW = 0.7, 3
"""Share of a record, in so many words at least, that makes a question be about it whatever else it says."""
_MOST_COMPARED = 900
"""Pairs of words compared letter by letter, at most: long texts get no typos forgiven."""


def pair_up(question: Statement, record: Statement, beside: frozenset[str] = frozenset()) -> Pair:
    """Match the content words of two texts: equal keys first, then words a letter or two apart."""
    matched = {key: key for key in question.ranks if key in record.ranks}
    if len(matched) < len(question.ranks) and len(matched) < len(record.ranks):
        matched.update(_typos(question, record))
        matched.update(_synonyms(question, record, matched))
    found = frozenset(matched.values())
    said = question.ranks.keys() - _who(question) - beside - chatter_words() | matched.keys()
    of_question, of_record = len(matched) / max(1, len(said)), len(found) / max(1, len(record.ranks))
    whole = of_record >= _ALL_BUT and len(found) >= _FEW
    return Pair(question, record, matched, found, max(of_question, of_record * whole), of_record, beside)


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
            long = min(len(key), len(other)) >= _LEAST and abs(len(key) - len(other)) < 3
            if jumbled(key, other) or (long and misspelt(key, other)):
                found[key] = other
                break
    return found


def _synonyms(question: Statement, record: Statement, matched: dict[str, str]) -> dict[str, str]:
    """Return the words of the question, no names, for which the record has another that says the same."""
    found = {*matched.values(), *(key for each in (question, record) for name in each.names for key in name.keys)}
    asked = [key for key in question.ranks if key not in matched and key not in record.ranks and key not in found]
    known = [key for key in record.ranks if key not in found and key not in question.ranks]
    if len(asked) * len(known) > _MOST_COMPARED:
        return {}
    pairs = ((key, next((other for other in known if say_the_same(key, other)), "")) for key in asked)
    return {key: other for key, other in pairs if other}


def _open_words(keys: Iterable[str], other: Statement) -> list[str]:
    return [
        key for key in keys
        if key not in other.ranks and len(key) >= _SHORT and key.isalpha() and key not in oppositions()
    ]  # fmt: skip


def jumbled(asked: str, known: str) -> bool:
    """Whether a word that is none has the letters of a common one in another order: `oli`, `rsoe`."""
    if len(asked) != len(known) or sorted(asked) != sorted(known):
        return False
    share = background().get(asked, 0.0)
    return share < _NO_WORD and share * _RARER < background().get(known, 0.0)


def misspelt(first: str, second: str) -> bool:
    """Whether two words may be one, a letter or two apart; two letters that changed places count as one."""
    if first[0] != second[0]:
        return False  # `Murano` is no misspelt `Burano`
    most = 2 if min(len(first), len(second)) >= _LONG else 1
    return OSA.distance(first, second, score_cutoff=most) <= most
