"""Whether the numbers of a question agree with those of the record."""

import math

from bot.matching.conflicts.model import Conflict, Pair, Quantity

_ROUNDED = 0.03
_CONVERTED = 0.06
_POUND_IN_KG = 0.4536
_SURE, _LIKELY, _WEAK = 0.95, 0.7, 0.4
_NEAR_IN_WORDS = 0.6


def number_conflicts(pair: Pair) -> list[Conflict]:
    """Return the numbers of the question that are others than the record's for the same thing."""
    record = pair.record.quantities
    if not record or not pair.question.quantities:
        return []
    found = []
    for asked in pair.question.quantities:
        conflict = _conflict(asked, record, pair)
        if conflict:
            found.append(conflict)
    return found


def _conflict(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    same_thing = [known for known in record if _same_thing(asked, known, pair)]
    comparable = same_thing or [known for known in record if _comparable(asked, known)]
    if not comparable or any(_agree(asked, known) for known in comparable):
        return None
    if not same_thing and any(_agree(asked, known) for known in record if asked.kind == known.kind):
        return None
    rest = [known for known in comparable if not _taken(known, asked, pair)]
    if not rest:
        return None
    known = min(rest, key=lambda each: abs(each.value - asked.value))
    strength = _strength(asked, known, bool(same_thing), pair)
    kind = "number" if asked.kind in ("count", "times", "order", "score") else "amount"
    return Conflict(kind, f"on record: {known.text}; you wrote {asked.text}", strength)


def _taken(known: Quantity, asked: Quantity, pair: Pair) -> bool:
    """Whether another number of the question is this number of the record."""
    return any(
        other is not asked and other.kind == known.kind and _agree(other, known) and not _same_thing(asked, known, pair)
        for other in pair.question.quantities
    )


def _strength(asked: Quantity, known: Quantity, same_thing: bool, pair: Pair) -> float:
    if asked.value == known.value and asked.unit == known.unit:
        opposed = _opposed(asked, known)
        return 0.9 if opposed else _WEAK
    near = pair.cover_question >= _NEAR_IN_WORDS or pair.cover_record >= _NEAR_IN_WORDS
    if same_thing:
        return _SURE if near else _LIKELY
    alone = len(pair.record.quantities) == 1 or asked.kind not in ("count", "times")
    return _LIKELY if near and alone else _WEAK


def _comparable(asked: Quantity, known: Quantity) -> bool:
    """Whether both measure the same: shares, money, lengths, counts; `4 dollars` beside `4 percent` too."""
    if asked.kind == known.kind:
        return not (asked.things and known.things) or asked.kind != "count"
    if "pounds" in (asked.kind, known.kind):
        return {asked.kind, known.kind} & {"money", "weight"} != set()
    if {asked.kind, known.kind} == {"share", "money"}:
        return bool(asked.near & known.near)
    return bool({asked.kind, known.kind} == {"count", "share"} and asked.near & known.near and not asked.things)


def _same_thing(asked: Quantity, known: Quantity, pair: Pair) -> bool:
    if asked.kind != known.kind:
        return False
    if asked.kind in ("times", "score"):
        return True
    if asked.kind == "count" or (asked.things and known.things):
        things = {pair.matched.get(key, key) for key in asked.things}
        if things & known.things:
            return True
        if asked.things and known.things:
            return False
    near = {pair.matched.get(key, key) for key in asked.near}
    return bool(near & known.near)


def _agree(asked: Quantity, known: Quantity) -> bool:
    """Whether two quantities may be the same number."""
    if asked.kind != known.kind or asked.unit != known.unit:
        return _convert(asked, known)
    if asked.vague or known.vague:
        low, high = max(asked.low, known.low), min(asked.high, known.high)
        return low <= high * 2 if asked.vague != known.vague else low <= high
    if asked.value == known.value or _rounded(asked.value, known.value):
        return not _opposed(asked, known)
    if asked.kind not in ("count", "times", "share", "money", "order", "score") and _close(
        asked.value, known.value, _CONVERTED
    ):
        return not _opposed(asked, known)
    finite = not any(math.isinf(each) for each in (asked.low, asked.high, known.low, known.high))
    return finite and asked.low <= known.high and known.low <= asked.high


def _opposed(asked: Quantity, known: Quantity) -> bool:
    """Whether one sets a lower bound and the other an upper one."""
    above = math.isinf(asked.high), math.isinf(known.high)
    below = math.isinf(asked.low), math.isinf(known.low)
    return (above[0] and below[1]) or (above[1] and below[0])


def _convert(asked: Quantity, known: Quantity) -> bool:
    kinds = {asked.kind, known.kind}
    if kinds == {"pounds", "weight"}:
        pounds, weight = (asked, known) if asked.kind == "pounds" else (known, asked)
        return _close(pounds.value * _POUND_IN_KG, weight.value, _CONVERTED)
    return False


def _close(first: float, second: float, share: float) -> bool:
    return abs(first - second) <= share * max(abs(first), abs(second))


def _rounded(first: float, second: float) -> bool:
    """Whether the rounder of two numbers is the other one rounded: `18` and `17.6`, `1,000` and `1,012`."""
    if not _close(first, second, _ROUNDED) or first == 0 or second == 0:
        return first == second
    for exact, rough in ((first, second), (second, first)):
        for digits in range(1, 4):
            scale = 10 ** (math.floor(math.log10(abs(exact))) - digits + 1)
            if abs(round(exact / scale) * scale - rough) < scale * 1e-6 and len(f"{exact:.10g}") > digits + 1:
                return True
    return False
