"""What is compared with what: `as much on schools as on roads`, `fewer than Airbus`."""

from collections.abc import Sequence

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.tokens import Token

_SWAPPED, _OTHER_SIDE = 0.7, 0.6
_COMPARES = 12
_FEW, _BESIDE = 3, 3
_COMPARING = frozenset("compared versus vs beat beats outsold unlike".split())


def compared_otherwise(pair: Pair) -> Conflict | None:
    """Find `as much on schools as on roads` beside `as much on roads as on schools`, and the same with `than`."""
    if replaced := _instead_of_the_other(pair):
        return replaced
    asked_at, known_at = _pivot(pair.question), _pivot(pair.record)
    if asked_at < 0 <= known_at:
        return _only_compared(pair, known_at)
    if asked_at < 0 or known_at < 0:
        return None
    if equal := _equal_or_not(pair, asked_at, known_at):
        return equal
    if _has_opposites(pair) or not (swapped := compared_in_turn(pair)):
        return None
    written = {token.key: token.surface for token in pair.record.tokens}
    first, second = (written[key] for key in swapped)
    return Conflict("direction", f"on record {first} and {second} are compared the other way round", _SWAPPED)


def _instead_of_the_other(pair: Pair) -> Conflict | None:
    """Find `diesel instead of electric` beside `electric instead of diesel`."""
    asked, known = _sides_of_instead(pair.question), _sides_of_instead(pair.record)
    if not asked or not known:
        return None
    here, there = ({pair.matched.get(key, "") for key in side} - {""} for side in asked)
    first, second = known
    if here & second - first and there & first - second:
        on_record = " ".join(token.lower for token in pair.record.tokens if token.key in first & there)
        return Conflict("direction", f"on record it is {on_record} instead of the other, not the reverse", _SWAPPED)
    return None


def _sides_of_instead(statement: Statement) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the keys of the words just before and behind `instead of`, `rather than`."""
    tokens = statement.tokens
    for at in range(1, len(tokens) - 2):
        if (tokens[at].lower, tokens[at + 1].lower) in (("instead", "of"), ("rather", "than")):
            before, behind = tokens[max(0, at - _BESIDE) : at], tokens[at + 2 : at + 2 + _BESIDE]
            return _content_keys(before), _content_keys(behind)
    return None


def _content_keys(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.key for token in tokens if token.content)


def compared_in_turn(pair: Pair) -> tuple[str, str] | None:
    """Return the keys of two things that a comparison on record has in the other order; None where there is none."""
    asked_at, known_at = _pivot(pair.question), _pivot(pair.record)
    if asked_at < 0 or known_at < 0:
        return None
    asked, known = pair.question.next_content(asked_at), pair.record.next_content(known_at)
    there = next((q for q, r in pair.matched.items() if r == known), "")
    if not asked or not there or pair.matched.get(asked, known) == known:
        return None
    swapped = pair.record.only_place(pair.matched[asked]) < known_at
    return (pair.matched[asked], known) if swapped and 0 <= pair.question.only_place(there) < asked_at else None


def _equal_or_not(pair: Pair, asked_at: int, known_at: int) -> Conflict | None:
    """Find `as much as` beside `more than`, or beside `twice as much as`."""
    here, there = _is_equal(pair.question, asked_at), _is_equal(pair.record, known_at)
    if here == there or pair.matched.get(pair.question.next_content(asked_at), "") not in pair.record.ranks:
        return None
    on_record, written = ("as much", "more or less") if there else ("more or less", "as much")
    return Conflict("scope", f"on record it is {on_record}; you wrote {written}", _OTHER_SIDE)


def _is_equal(statement: Statement, at: int) -> bool:
    """Whether two things are said to be the same: `as much … as`, without `twice`, `half` or a number before it."""
    before = statement.tokens[max(0, at - _COMPARES) : at]
    times = any(token.kind == "number" or token.lower in ("half", "times", "not") for token in before)
    return statement.tokens[at].lower == "as" and not times


def is_converse(pair: Pair) -> bool:
    """Whether two comparisons have `more` and `less`, one each, and their sides changed: they say the same."""
    return _has_opposites(pair) and compared_in_turn(pair) is not None


def _has_opposites(pair: Pair) -> bool:
    """Whether one text has `more` where the other has `less`."""
    shared = pair.question.sides.keys() & pair.record.sides.keys()
    return any(pair.question.sides[line].keys() != pair.record.sides[line].keys() for line in shared)


def _pivot(statement: Statement) -> int:
    """Return where `than`, or the second `as` of a comparison, stands; -1 where nothing is compared with a thing."""
    numbers = {at - 1 for at, token in enumerate(statement.tokens) if token.kind == "number"}  # `more than 100`
    places = [at for at, token in enumerate(statement.tokens) if token.lower in ("as", "than") and at not in numbers]
    for before, at in zip([-_COMPARES, *places], places, strict=False):
        if statement.tokens[at].lower == "than" or (0 <= at - before < _COMPARES and before >= 0):
            return at
    return -1


def _only_compared(pair: Pair, at: int) -> Conflict | None:
    """Find as the doer whom the record only compares with another: `Boeing delivered 348, fewer than Airbus`."""
    other = pair.record.next_content(at)
    asked = next((pair.question.only_place(q) for q, r in pair.matched.items() if r == other), -1)
    if asked != (pair.question.content or (-2,))[0] or any(t.lower in _COMPARING for t in pair.question.tokens):
        return None
    subject = pair.record.tokens[pair.record.content[0]]
    if subject.key in pair.found or subject.key == other or len(pair.matched) < _FEW:
        return None
    written = pair.question.tokens[asked].surface
    return Conflict("direction", f"on record it is {subject.surface}, compared with {written}", _OTHER_SIDE)
