"""Two things in each other's place: `Oslo sued Bern` where the record has `Bern sued Oslo`, whatever the words between.

Each thing that both texts have once stands between neighbours. Where two of them have changed their neighbours, small
trees over how they did (`turned` in tables/weights.json) say how probably they have changed places: learned by
tests/benchmarks/train_turned.py on written pairs in which two things were exchanged, and on rewordings.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from bot.matching.conflicts.model import Conflict, Pair
from bot.matching.conflicts.reordered import is_reordered, says_the_converse
from bot.matching.conflicts.shared import ARTICLES, UNSEEN, Row, Shared, Thing, between, is_thing, one_says_by, shared
from bot.matching.conflicts.tokens import Token
from bot.matching.trees import Trees, learned_trees, squash

SIGNS = (
    "left neighbours changed", "left neighbours kept", "right neighbours changed", "right neighbours kept",
    "things to the left changed", "things to the left kept", "things to the right changed", "things to the right kept",
    "the other one first", "one list", "denied between", "numbers", "names", "others turned", "share of the question",
    "share of the record", "words between on record", "words between in the question", "words in order gained",
    "order if turned", "order as asked", "new things", "by in one",
)  # fmt: skip
"""What the trees look at."""
SURE = 0.6
"""The probability from which it is a difference (train_turned.py tells of how many texts that is)."""
STRENGTH = 0.8
"""Of the difference, per probability: who did it to whom says it better, where that is known."""
_MOST_THINGS = 16
_NEAR = 0.5
_FAR = 12
_OTHER, _END = "@", "^"
_JOINS = frozenset("and or , & nor plus / - with".split())
_BEGINS = frozenset("before after while when since until because".split())
_PARTS = frozenset(
    "not no never nor neither isn't wasn't weren't aren't didn't doesn't don't hasn't haven't isnt wasnt didnt hasnt"
    " without rather instead than".split()
)
"""Words that tell one thing from the other: `Aleppo, not Gaza`."""


class Turn(NamedTuple):
    """Two things that may have changed places, in the record's order, and the values of SIGNS."""

    values: tuple[float, ...]
    one: Thing
    other: Thing


class _Beside(NamedTuple):
    """Where the neighbours of a thing stand in a text, and their keys: the next words, and the next things."""

    left: tuple[int, str]
    right: tuple[int, str]
    left_thing: tuple[int, str]
    right_thing: tuple[int, str]


def turned_conflicts(pair: Pair) -> list[Conflict]:
    """Return two things that have changed places, if any probably have."""
    if pair.cover_question < _NEAR or says_the_converse(pair):
        return []
    both = shared(pair)
    found = possible_turns(pair, both)
    if not found:
        return []
    chances = [squash(odds) for odds in _trees().all_log_odds([turn.values for turn in found])]
    for chance, turn in sorted(zip(chances, found, strict=True), reverse=True):
        if chance < SURE:
            break
        if not is_reordered(pair, both, turn.one, turn.other):
            one, other = (written(both.record, thing) for thing in (turn.one, turn.other))
            return [Conflict("order", f"on record {one} and {other} are the other way round", STRENGTH * chance)]
    return []


@cache
def _trees() -> Trees:
    return learned_trees("turned", SIGNS)


def written(record: Row, thing: Thing) -> str:
    """Return a thing as the record has it."""
    return " ".join(token.surface for token in record.tokens[thing.known : thing.known_last + 1])


def possible_turns(pair: Pair, both: Shared) -> list[Turn]:
    """Return each two things that have the neighbours of one another and, changed back, follow the record better."""
    things = both.things
    if not 1 < len(things) <= _MOST_THINGS:
        return []
    asked = [_beside(both.question, thing.asked, thing.asked_last) for thing in things]
    known = [_beside(both.record, thing.known, thing.known_last) for thing in things]
    said, then = _said(both.record.keys), _said(both.question.keys)
    before, most = LCSseq.similarity(then, said), max(1, min(len(said), len(then)))
    new = float(min(4, sum(key not in both.record.places for key in both.question.places)))
    says_by = float(one_says_by(pair))
    found = []
    for first, second in combinations(range(len(things)), 2):
        one, other = things[first], things[second]
        compared = _neighbours((one, other), (asked[first], asked[second]), (known[first], known[second]))
        turned = (one.asked < other.asked) != (one.known < other.known)
        if compared[0] + compared[2] < (1 if turned else 2) or not _are_alike(both, one, other):
            continue
        after = LCSseq.similarity(_said(_exchanged(both.question.keys, one, other)), said)
        if after <= before:
            continue
        rest = [thing.known for at, thing in enumerate(things) if at not in (first, second)]
        back = sum(later < earlier for earlier, later in pairwise(rest))
        values = (
            *compared, float(turned), *_between(both, one, other), float(min(3, back)), pair.cover_question,
            pair.cover_record, *_apart(one, other), float(after - before), after / most, before / most, new, says_by,
        )  # fmt: skip
        found.append(Turn(values, *sorted((one, other), key=lambda thing: thing.known)))
    return found


def _beside(row: Row, first: int, last: int) -> _Beside:
    left, right = range(first - 1, -1, -1), range(last + 1, len(row.tokens))
    return _Beside(
        _next(row, left, things=False), _next(row, right, things=False),
        _next(row, left, things=True), _next(row, right, things=True),
    )  # fmt: skip


def _next(row: Row, way: range, *, things: bool) -> tuple[int, str]:
    for at in way:
        token = row.tokens[at]
        sign = token.kind == "sign" and token.lower not in (",", ";")
        if is_thing(token) or not (things or sign or token.lower in UNSEEN):
            return at, row.keys[at]
    return -1, _END


def _neighbours(
    things: tuple[Thing, Thing], asked: tuple[_Beside, _Beside], known: tuple[_Beside, _Beside]
) -> tuple[float, ...]:
    """Return for each side how many of the two have the other's neighbour on record, and how many their own."""
    found: list[float] = []
    for side in range(len(asked[0])):
        here = [_key(beside[side], things, known=False) for beside in asked]
        there = [_key(beside[side], things, known=True) for beside in known]
        found.append(float((here[0] == there[1]) + (here[1] == there[0])))
        found.append(float((here[0] == there[0]) + (here[1] == there[1])))
    return tuple(found)


def _key(neighbour: tuple[int, str], things: tuple[Thing, Thing], *, known: bool) -> str:
    """Return a neighbour's key, or that it is the other one of the two things."""
    at, key = neighbour
    for thing in things:
        first, last = (thing.known, thing.known_last) if known else (thing.asked, thing.asked_last)
        if first <= at <= last:
            return _OTHER
    return key


def _are_alike(both: Shared, one: Thing, other: Thing) -> bool:
    """Whether both or neither are numbers, none begins a clause, and no hyphen joins them to others (`lime-soaked`)."""
    firsts = [both.record.tokens[thing.known] for thing in (one, other)]
    if len({token.kind == "number" for token in firsts}) > 1 or any(token.lower in _BEGINS for token in firsts):
        return False
    return not any(token.lower == "-" for tokens in between(both, one, other) for token in (*tokens[:1], *tokens[-1:]))


def _between(both: Shared, one: Thing, other: Thing) -> tuple[float, ...]:
    """Return whether the two are one list, told apart in one text alone, numbers, and how many of them are names."""
    asked, known = between(both, one, other)
    firsts = [both.record.tokens[thing.known] for thing in (one, other)]
    return (
        float(any(all(token.lower in _JOINS | UNSEEN for token in tokens) for tokens in (asked, known))),
        float(_count(asked, _PARTS) != _count(known, _PARTS)),
        float(all(token.kind == "number" for token in firsts)),
        float(sum(token.capital or token.kind == "name" for token in firsts)),
    )


def _count(tokens: Sequence[Token], words: frozenset[str]) -> int:
    return sum(token.lower in words for token in tokens)


def _apart(one: Thing, other: Thing) -> tuple[float, float]:
    """Return how many words stand between the two on record, and in the question."""
    first, second = sorted((one, other), key=lambda thing: thing.known)
    known = second.known - first.known_last - 1
    first, second = sorted((one, other))
    return float(min(_FAR, known)), float(min(_FAR, second.asked - first.asked_last - 1))


def _exchanged(keys: Sequence[str], one: Thing, other: Thing) -> list[str]:
    """Return the question's keys with the two things in each other's place."""
    first, second = sorted((one, other))
    return [
        *keys[: first.asked], *keys[second.asked : second.asked_last + 1], *keys[first.asked_last + 1 : second.asked],
        *keys[first.asked : first.asked_last + 1], *keys[second.asked_last + 1 :],
    ]  # fmt: skip


def _said(keys: Sequence[str]) -> list[str]:
    return [key for key in keys if key not in ARTICLES and (key[:1].isalnum() or key == "%")]
