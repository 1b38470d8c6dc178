"""Whether the numbers of a question agree with those of the record."""

import re

from bot.matching.conflicts.agreeing import agree, opposed
from bot.matching.conflicts.counting import is_part_of_some, measure_or_count, several_for_one, share_or_count
from bot.matching.conflicts.model import Conflict, Pair, Quantity, Statement
from bot.matching.conflicts.otherwise import is_said_otherwise
from bot.matching.conflicts.rates import other_rate, other_share, points_or_share

_SURE, _LIKELY, _STRICT, _WEAK = 0.95, 0.7, 0.55, 0.4
_ELSEWHERE = 0.6
"""Of a question's only number that the record has of another time or thing: of 66 in written pairs 36 meant just it."""
_NEAR_IN_WORDS = 0.6
_TELLING = 3
_STEM = 3
_GOVERNED = 4
"""Words before a number among which the one is that says what it is of."""
_NOBODY = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)
_EVER = re.compile(r"\bfirst time (?:ever|in history)\b|\bfirst[ -]ever\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\bfirst (?:\w+ ){1,6}since\b"
    r"|\bfirst time (?:since|in (?:\d+|\w+|several|many|more than [\w ]{1,12}) (?:years|months|decades|weeks|days))\b",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(r"\b(?:in a row|running|straight|consecutive|successive)\b", re.IGNORECASE)
_PEOPLE = frozenset("person passeng worker civilian child man woman victim soldier student".split())


def number_conflicts(pair: Pair) -> list[Conflict]:
    """Return the numbers of the question that are others than the record's for the same thing."""
    record = pair.record.quantities
    if not pair.question.quantities:
        return []
    found = []
    for asked in pair.question.quantities:
        if is_said_otherwise(asked, pair):
            continue
        conflict = (
            _conflict(asked, record, pair)
            or other_rate(asked, record, pair)
            or _by_or_to(asked, record, pair)
            or _more_than_another(asked, record, pair)
            or other_share(asked, record, pair)
            or points_or_share(asked, record, pair)
            or share_or_count(asked, record, pair)
            or measure_or_count(asked, record, pair)
            or _other_thing(asked, record, pair)
            or _other_deed(asked, record, pair)
            or _other_bound(asked, record)
            or several_for_one(asked, pair)
        )
        if conflict:
            found.append(conflict)
    return found


def _conflict(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    same_thing = [known for known in record if _same_thing(asked, known, pair)]
    comparable = same_thing or [known for known in record if _comparable(asked, known)]
    if not comparable or any(agree(asked, known) for known in comparable):
        return None
    if is_part_of_some(asked, pair.record.text):
        return None
    if not same_thing and any(agree(asked, known) for known in record if asked.kind == known.kind):
        return None
    rest = [known for known in comparable if not _taken(known, asked, pair)]
    if not rest:
        return None
    known = min(rest, key=lambda each: abs(each.value - asked.value))
    strength = _strength(asked, known, bool(same_thing), pair)
    if len(pair.question.quantities) == 1 and any(agree(asked, known) for known in record):
        strength = min(strength, _ELSEWHERE)
    kind = "number" if asked.kind in ("count", "times", "order", "score") else "amount"
    return Conflict(kind, f"on record: {known.text}; you wrote {asked.text}", strength)


def _other_bound(asked: Quantity, record: tuple[Quantity, ...]) -> Conflict | None:
    """Find `no more than 4,300` where the record has `at least 4,300`, whatever the words for what is counted."""
    known = next((k for k in record if k.kind == asked.kind and k.value == asked.value and opposed(asked, k)), None)
    return Conflict("number", f"on record: {known.text}; you wrote {asked.text}", _LIKELY) if known else None


def _by_or_to(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `fell by 2 %` where the record has `fell to 2 %`."""
    known = next((each for each in record if each.kind == asked.kind and each.value == asked.value), None)
    if not known or not asked.start or not known.start:
        return None
    here, there = pair.question.tokens[asked.start - 1].lower, pair.record.tokens[known.start - 1].lower
    if {here, there} != {"by", "to"}:
        return None
    return Conflict("amount", f"on record: {there} {known.text}; you wrote {here} {asked.text}", _LIKELY)


def _more_than_another(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `20 metres tall` where the record has `20 metres taller than` something."""
    known = next((each for each in record if each.kind == asked.kind and each.value == asked.value), None)
    if known is None:
        return None
    here, there = _behind(pair.question, asked), _behind(pair.record, known)
    if here[1:] == ["than"] or there[1:] != ["than"] or not here or not there[0].startswith(here[0][:_STEM]):
        return None
    return Conflict("amount", f"on record: {known.text} {there[0]} than another; you wrote {here[0]}", _LIKELY)


def _behind(statement: Statement, amount: Quantity) -> list[str]:
    return [token.lower for token in statement.tokens[amount.last + 1 : amount.last + 3]]


def _other_thing(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `40 cars` where the record has `40 bicycles`: the same number of something that is on record elsewhere."""
    if asked.kind != "count" or asked.value < _TELLING or not asked.things <= pair.matched.keys():
        return None
    same = [known for known in record if known.kind == "count" and known.value == asked.value and known.things]
    things = {pair.matched[key] for key in asked.things}
    peoples = frozenset[str]().union(*(name.keys for name in pair.question.names))
    if (
        not asked.things
        or asked.things & peoples
        or not same
        or any(things & (known.things | known.near) for known in same)
    ):
        return None
    return Conflict("number", f"on record it is {same[0].text} of something else", _STRICT)


def _other_deed(asked: Quantity, record: tuple[Quantity, ...], pair: Pair) -> Conflict | None:
    """Find `earned 180 million` where the record has `cost 180 million and earned 95 million`."""
    same = [known for known in record if known.kind == asked.kind != "score" and agree(asked, known)]
    governor = pair.matched.get(_governor(pair.question, asked), "")
    if len(same) != 1 or not governor or governor in same[0].near:
        return None
    others = (k for k in record if k.kind == asked.kind and not agree(asked, k))
    other = next((k for k in others if _governor(pair.record, k) == governor), None)
    return Conflict("amount", f"on record: {other.text}; you wrote {asked.text}", _LIKELY) if other else None


def _governor(statement: Statement, quantity: Quantity) -> str:
    """Return the key of the word nearest before a number, which says what it is of; else an empty string."""
    before = statement.tokens[max(0, quantity.start - _GOVERNED) : quantity.start]
    return next((token.key for token in reversed(before) if token.content), "")


def _taken(known: Quantity, asked: Quantity, pair: Pair) -> bool:
    """Whether another number of the question is this number of the record."""
    return any(
        other is not asked and other.kind == known.kind and agree(other, known) and not _same_thing(asked, known, pair)
        for other in pair.question.quantities
    )


def _strength(asked: Quantity, known: Quantity, same_thing: bool, pair: Pair) -> float:
    if asked.value == known.value and asked.unit == known.unit:
        return 0.9 if opposed(asked, known) else _STRICT if asked.strict and not _is_denied(asked, pair) else _WEAK
    if asked.text != known.text and asked.text.split()[:-1] == known.text.split()[:-1] != []:
        return _SURE  # the same number of another unit: `30 inches`, `30 centimetres`
    near = pair.cover_question >= _NEAR_IN_WORDS or pair.cover_record >= _NEAR_IN_WORDS
    if same_thing:
        return _SURE if near else _LIKELY
    alone = len(pair.record.quantities) == 1 or asked.kind not in ("count", "times")
    return _LIKELY if near and alone else _WEAK


def _is_denied(asked: Quantity, pair: Pair) -> bool:
    """Whether a bound is denied, so that it is none: `does not last more than three seconds`."""
    return any(asked.start - _GOVERNED <= denial.start < asked.start for denial in pair.question.denials)


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


def nobody_conflicts(pair: Pair) -> list[Conflict]:
    """Find `nobody died` where the record counts people."""
    nobody = _NOBODY.search(pair.question.text)
    if not nobody or any(token.lower in ("nobody", "none", "no") for token in pair.record.tokens):
        return []
    known = next((each for each in pair.record.quantities if each.kind == "count" and _PEOPLE & each.things), None)
    return [Conflict("number", f"on record: {known.text}; you wrote {nobody[0].lower()}", _LIKELY)] if known else []


def first_time_conflicts(pair: Pair) -> list[Conflict]:
    """Find `for the first time` where the record counts how many times it was, or says since when it had not been."""
    if _first_ever(pair.question.text) == "ever" and _first_ever(pair.record.text) == "since":
        return [Conflict("scope", "on record it is only the first since then; you wrote ever", _LIKELY)]
    if "first time" not in pair.question.text.lower():
        return []
    again = next((k for k in pair.record.quantities if k.kind == "order" and k.value > 1), None)
    if again and _IN_A_ROW.search(pair.record.text):
        return [Conflict("number", f"on record: {again.text} in a row; you wrote the first time", _LIKELY)]
    if any(token.lower == "first" for token in pair.record.tokens):
        ever, since = (_first_ever(statement.text) for statement in (pair.question, pair.record))
        clash = frozenset((ever, since)) == {"ever", "since"}
        return [Conflict("scope", "on record it is not the same first time", _LIKELY)] if clash else []
    counted = (each for each in pair.record.quantities if each.value > 1)
    known = next(
        (each for each in counted if each.kind == "times" or (each.kind == "order" and "time" in each.things)), None
    )
    return [Conflict("number", f"on record: {known.text}; you wrote the first time", _LIKELY)] if known else []


def _first_ever(text: str) -> str:
    """Return whether something was for the first time `ever`, or for the first time `since` then."""
    if _EVER.search(text):
        return "ever"
    return "since" if _SINCE.search(text) else ""
