"""Whether two quantities may be the same number: rounded, converted, within each other's bounds."""

import math

from bot.matching.conflicts.model import Quantity

_ROUNDED = 0.03
_CONVERTED = 0.06
_BOUND_NEAR = 0.25
"""How far beyond a bound a number may be that is said so: `over a million` for 1.2 million."""
_SAME = 0.001
_OF_100_CENTS = frozenset(("dollars", "euros", "pounds"))
_POUND_IN_KG = 0.4536


def agree(asked: Quantity, known: Quantity) -> bool:
    """Whether two quantities may be the same number."""
    if asked.kind != known.kind or asked.unit != known.unit:
        return _convert(asked, known)
    if asked.vague or known.vague:
        low, high = max(asked.low, known.low), min(asked.high, known.high)
        return low <= high * 2 if asked.vague != known.vague else low <= high
    if asked.value != known.value and _is_plain(known) and _is_just_beyond(asked, known):
        return True
    if asked.value == known.value or _rounded(asked.value, known.value):
        return not opposed(asked, known) and not (asked.strict and not known.strict and _is_plain(known))
    if asked.kind not in ("count", "times", "share", "money", "order", "score") and _close(
        asked.value, known.value, _CONVERTED
    ):
        return not opposed(asked, known)
    if _is_just_beyond(asked, known):
        return True
    finite = not any(math.isinf(each) for each in (asked.low, asked.high, known.low, known.high))
    return finite and asked.low <= known.high and known.low <= asked.high


def _is_just_beyond(asked: Quantity, known: Quantity) -> bool:
    """Whether a number on record is just beyond the bound that is asked for: `more than 2,200` for 2,222."""
    if not (asked.strict and asked.low <= known.value <= asked.high):
        return False
    next_to = asked.kind == "count" and _is_plain(known) and abs(asked.value - known.value) <= 1
    return next_to or _close(asked.value, known.value, _BOUND_NEAR)


def _is_plain(known: Quantity) -> bool:
    """Whether a number stands without any bound."""
    return known.low == known.high


def opposed(asked: Quantity, known: Quantity) -> bool:
    """Whether one sets a lower bound and the other an upper one, or none is allowed on one side only."""
    if asked.exact != known.exact and math.isinf(max(asked.high, known.high)):
        return True
    above = math.isinf(asked.high), math.isinf(known.high)
    below = math.isinf(asked.low), math.isinf(known.low)
    return (above[0] and below[1]) or (above[1] and below[0])


def _convert(asked: Quantity, known: Quantity) -> bool:
    kinds = {asked.kind, known.kind}
    if kinds == {"pounds", "weight"}:
        pounds, weight = (asked, known) if asked.kind == "pounds" else (known, asked)
        return _close(pounds.value * _POUND_IN_KG, weight.value, _CONVERTED)
    if kinds == {"money"} and "cents" in (asked.unit, known.unit):
        cents, whole = (asked, known) if asked.unit == "cents" else (known, asked)
        coins = whole.unit in _OF_100_CENTS and _close(cents.value / 100, whole.value, _SAME)
        return coins and not opposed(asked, known)
    if kinds == {"temperature"}:
        hot, cold = (asked, known) if asked.unit == "fahrenheit" else (known, asked)
        return abs((hot.value - 32) * 5 / 9 - cold.value) <= 1
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
