"""What two texts have in common, each thing with its places in both: what the looks at order begin with."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.matching.conflicts.model import Pair, Statement
from bot.matching.conflicts.tokens import Token

UNSEEN = frozenset(
    "a an the its his her their our my your this that these those did do does is it true so then".split()
)
"""Words that are no neighbours: they come and go as a statement becomes a question."""

ARTICLES = frozenset(("a", "an", "the"))


class Thing(NamedTuple):
    """A run of words that both texts have: its first and last places in the question and in the record."""

    asked: int
    asked_last: int
    known: int
    known_last: int


class Row(NamedTuple):
    """A text as a row of keys, those of the question by the record's."""

    tokens: Sequence[Token]
    keys: tuple[str, ...]
    places: dict[str, list[int]]


class Shared(NamedTuple):
    """Two texts and the things that each has just once, in the question's order."""

    question: Row
    record: Row
    things: Sequence[Thing]


def shared(pair: Pair) -> Shared:
    """Return what both texts have just once; words that stand together in both are one thing."""
    question, record = _row(pair.question, pair.matched), _row(pair.record, {})
    once = sorted(
        (places[0], record.places[key][0])
        for key, places in question.places.items()
        if len(places) == len(record.places.get(key, ())) == 1
    )
    things: list[Thing] = []
    for asked, known in once:
        if things and (things[-1].asked_last, things[-1].known_last) == (asked - 1, known - 1):
            things[-1] = things[-1]._replace(asked_last=asked, known_last=known)
        else:
            things.append(Thing(asked, asked, known, known))
    return Shared(question, record, things)


def _row(statement: Statement, matched: dict[str, str]) -> Row:
    keys = tuple(matched.get(token.key, token.key) if is_thing(token) else token.lower for token in statement.tokens)
    places: dict[str, list[int]] = {}
    for at, token in enumerate(statement.tokens):
        if is_thing(token):
            places.setdefault(keys[at], []).append(at)
    return Row(statement.tokens, keys, places)


def is_thing(token: Token) -> bool:
    """Whether a token says something by itself."""
    return token.content or token.kind == "number"


def one_says_by(pair: Pair) -> bool:
    """Whether one text has more of the word `by` than the other: one may be in the passive."""
    said = [sum(token.lower == "by" for token in text.tokens) for text in (pair.question, pair.record)]
    return said[0] != said[1]


def between(both: Shared, one: Thing, other: Thing) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the tokens between two things in the question, and those on record."""
    first, second = sorted((one, other))
    asked = both.question.tokens[first.asked_last + 1 : second.asked]
    first, second = sorted((one, other), key=lambda thing: thing.known)
    return asked, both.record.tokens[first.known_last + 1 : second.known]
