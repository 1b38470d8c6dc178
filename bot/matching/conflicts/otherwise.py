"""The same number said in another way: as a share, as the rest, as somebody's age."""

from collections.abc import Sequence

from bot.matching.conflicts.model import Pair, Quantity, Statement

_ROUNDED = 0.001
_WHOLE, _HALF, _NEAR = 100, 50, 0.5
_PARTED = frozenset((",", ";", "and", "but", "while", "although"))
_OF_FAR = 4
_PERSON = frozenset("child kid boy girl baby infant toddler teen man woman person pensioner age".split())


def is_said_otherwise(asked: Quantity, pair: Pair) -> bool:
    """Whether a number of the question is on record, said in another way."""
    return (
        _in_two_numbers(asked, pair)
        or is_the_rest(asked, pair)
        or any(_as_age(asked, known, pair) for known in pair.record.quantities)
    )


def _in_two_numbers(asked: Quantity, pair: Pair) -> bool:
    """Whether one text has a share where the other has both its numbers: `3 of the 7` and `3 … of their 7`.

    Not so where the other has a share, or a number, besides those.
    """
    here, there = pair.question.quantities, pair.record.quantities
    if asked.kind == "share":
        return not _of_kind(there, "share") and _are_share(asked, pair.record)
    shares = _of_kind(there, "share")
    if asked.kind != "count" or len(shares) != 1 or _of_kind(here, "share"):
        return False
    counted = {quantity.value for quantity in _of_kind(here, "count")}
    return {known.value for known in _of_kind(there, "count")} <= counted and _are_share(shares[0], pair.question)


def _of_kind(quantities: Sequence[Quantity], kind: str) -> list[Quantity]:
    return [quantity for quantity in quantities if quantity.kind == kind]


def _are_share(share: Quantity, statement: Statement) -> bool:
    """Whether two numbers of one thing in a text make this share."""
    counts = _of_kind(statement.quantities, "count")
    return any(
        few.value < many.value
        and abs(_WHOLE * few.value / many.value - share.value) <= _ROUNDED * share.value
        and _go_together(statement, few, many)
        for few in counts
        for many in counts
    )


def _go_together(statement: Statement, few: Quantity, many: Quantity) -> bool:
    """Whether one number is of what the other counts: `3 of their 7 dams`, `7 dams, of which 3`."""
    between = statement.tokens[few.last + 1 : many.start]
    of = len(between) <= _OF_FAR and any(token.lower in ("of", "outta") for token in between)
    return of or not few.things or bool(few.things & many.things)


def is_the_rest(asked: Quantity, pair: Pair) -> bool:
    """Whether a share is what is left of the record's, and the one denial is of one of them: `94 % do not smoke`."""
    denials = *pair.question.denials, *pair.record.denials
    if asked.kind != "share" or len(denials) != 1 or abs(asked.value - _HALF) <= _NEAR:
        return False
    for known in _of_kind(pair.record.quantities, "share"):
        if abs(asked.value + known.value - _WHOLE) <= _NEAR:
            share, statement = (asked, pair.question) if pair.question.denials else (known, pair.record)
            between = statement.tokens[share.last + 1 : denials[0].start]
            return share.last < denials[0].start and _PARTED.isdisjoint(token.lower for token in between)
    return False


def _as_age(asked: Quantity, known: Quantity, pair: Pair) -> bool:
    """Whether a number is somebody's years on record: `was only 3`, `a child of three`."""
    if asked.kind != "count" or known.kind != "time" or known.text.split()[0] != asked.text:
        return False
    before = [token.lower for token in pair.question.tokens[max(0, asked.start - 2) : asked.start]]
    of_a_person = before[-1:] == ["of"] and before[0] in _PERSON and "year" in known.text
    return not asked.things or of_a_person


def digits(statement: Statement, quantity: Quantity) -> list[str]:
    """Return the numbers that are written, whatever the unit makes of them."""
    tokens = statement.tokens[quantity.start : quantity.last + 1]
    return [token.surface for token in tokens if token.kind == "number"]
