"""Numbers that are so many a day, or so many for each: `three times a day`, `60 kg per person`."""

from bot.matching.conflicts.model import Conflict, Pair, Quantity, Statement
from bot.matching.conflicts.units import is_time, unit_of

_LIKELY = 0.7
_RATES = {"day": "dai", "month": "month", "week": "week", "year": "ye"}
"""How words begin that say a rate otherwise: `daily`, `yearly`."""
_ONE_OF = {"capita": "person", "head": "person", "inhabitant": "person", "citizen": "person", "resident": "person"}


def other_rate(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `three times a day` where the record has `three times`, all told."""
    if not asked.rate or any(
        token.lower.startswith((asked.rate, _RATES.get(asked.rate, asked.rate))) for token in pair.record.tokens
    ):
        return None
    known = next((known for known in record if known.kind == asked.kind and known.value == asked.value), None)
    return Conflict("number", f"on record: {known.text}; you wrote {asked.text}", _LIKELY) if known else None


def points_or_share(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `fell by 2 %` where the record has `by 2 percentage points`."""
    known = next((k for k in record if k.kind == asked.kind == "share" and k.value == asked.value), None)
    if not known:
        return None
    here, there = _are_points(asked, pair.question), _are_points(known, pair.record)
    if here == there:
        return None
    on_record, written = ("percentage points", "%") if there else ("%", "percentage points")
    return Conflict("amount", f"on record it is in {on_record}; you wrote {written}", _LIKELY)


def _are_points(amount: Quantity, statement: Statement) -> bool:
    behind = statement.tokens[amount.last + 1 : amount.last + 2]
    return bool(behind) and behind[0].lower in ("point", "points")


def other_share(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `60 kg per household` where the record has `60 kg per person`."""
    known = next((known for known in record if known.kind == asked.kind and known.value == asked.value), None)
    here, there = _per(pair.question), _per(pair.record)
    if known and there and not here and asked.kind == "count" and asked.rate == known.rate:
        return Conflict("number", f"on record: {known.text} per {min(there)}; you wrote {asked.text}", _LIKELY)
    if not known or not here or not there or here & there:
        return None
    written, on_record = min(here), min(there)
    return Conflict("number", f"on record: {known.text} per {on_record}; you wrote per {written}", _LIKELY)


def _per(statement: Statement) -> frozenset[str]:
    """Return what numbers are said to be for one of: `person` in `per capita`, `acre` in `for every flooded acre`."""
    after: list[str] = []
    for at, token in enumerate(statement.tokens):
        behind = [each.lower for each in statement.tokens[at + 1 : at + 3] if each.kind == "word"]
        measured = [word for word in behind if unit_of(word)]
        if token.lower in ("every", "each", "per"):
            after += measured or (behind[:1] if token.lower == "per" else [])
    return frozenset(_ONE_OF.get(word, word.removesuffix("s")) for word in after if not is_time(word))
