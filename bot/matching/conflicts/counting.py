"""What a number is of: a share or a count, a measure or a count, one thing or several."""

from itertools import pairwise

from bot.matching.conflicts.model import Conflict, Pair, Quantity, Statement
from bot.matching.conflicts.otherwise import digits
from bot.matching.words import stem

_POINTS = frozenset(("point",))
_LIKELY, _NEAR_IN_WORDS, _TELLING = 0.7, 0.6, 3
_OF_MONEY = frozenset("stolen missing lost spent paid owed wasted embezzled raised donated laundered invested".split())
"""What only money is, where a number stands before it and nothing that is counted."""
_SUMS = frozenset(
    map(stem, "rent mortgage debt salary wage budget loan bailout fee bonus ransom bribe refund subsidy".split())
)
"""What is nothing but a sum: `2.3 mil rent`."""
_NO_MEASURES = frozenset(("share", "times", "order", "score", "count"))


def share_or_count(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `ninety households` where the record has nine in ten of them, and the reverse."""
    if is_part_of_some(asked, pair.record.text):
        return None
    if any(known.kind == asked.kind for known in record) or asked.kind not in ("share", "count"):
        return None
    known = next((k for k in record if k.kind in ("share", "count") and k.things & asked.things), None)
    if known and known.value == asked.value and known.things & asked.things == _POINTS:
        return None  # `0.5 points` of percent
    return Conflict("amount", f"on record: {known.text}; you wrote {asked.text}", _LIKELY) if known else None


def is_part_of_some(asked: Quantity, text: str) -> bool:
    """Whether a text has this count as a part of more: `ten hostages`, `ten of the fifteen hostages`."""
    if asked.kind != "count" or " of " not in text:
        return False
    around = f" {text.lower()}"
    return any(f" {count} {of} " in around for count in (asked.text, f"{asked.value:g}") for of in ("of", "out of"))


def several_for_one(asked: Quantity, pair: Pair) -> Conflict | None:
    """Find `three teachers` where the record has `a teacher`."""
    if asked.kind != "count" or asked.value <= 1 or pair.cover_question < _NEAR_IN_WORDS:
        return None
    things = {pair.matched.get(key, "") for key in asked.things}
    if any(things & known.things or known.kind == "times" for known in pair.record.quantities):
        return None
    for article, thing in pairwise(pair.record.tokens):
        one = article.lower in ("a", "an") and thing.key in things and not thing.lower.endswith("s")
        if one and len(pair.record.ranks[thing.key]) == 1:
            written = f"{article.lower} {thing.lower}; you wrote {asked.text}"
            return Conflict("number", f"on record: {written}", _LIKELY)
    return None


def measure_or_count(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `1,000 tonnes` where the record has 1,000 containers, and the reverse: the number is of something else."""
    if asked.value < _TELLING or any(known.kind == asked.kind for known in record):
        return None
    written = digits(pair.question, asked)
    known = next((k for k in record if digits(pair.record, k) == written and "count" in (k.kind, asked.kind)), None)
    if not known or {known.kind, asked.kind} - {"count"} <= _NO_MEASURES:
        return None
    here, there = (asked, pair.question), (known, pair.record)
    (counted, counting), (measured, text) = (there, here) if known.kind == "count" else (here, there)
    things = counted.things
    if measured.kind == "money" and _is_bare_sum(counting, counted):
        return None
    if any(token.key in things for token in text.tokens[measured.start : measured.last + 1]):
        return None  # `190 school days` are 190 days
    difference = f"on record: {known.text}; you wrote {asked.text}"
    return Conflict("amount", difference, _LIKELY) if things else None


def _is_bare_sum(statement: Statement, counted: Quantity) -> bool:
    """Whether a number may be a sum whose currency was left out: `3 mil stolen`, `an 11 mil house`, `2.3 mil rent`."""
    before = statement.tokens[counted.start - 1].lower if counted.start else ""
    behind = statement.tokens[counted.last + 1 : counted.last + 2]
    sum_of = not counted.things.isdisjoint(_SUMS)
    return sum_of or before in ("a", "an") or bool(behind and behind[0].lower in _OF_MONEY)
