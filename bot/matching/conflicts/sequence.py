"""Which came first: `A before B` and `after A, B` say the same, `B before A` does not."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.tokens import Token
from bot.matching.conflicts.units import is_time

_AFTER = frozenset(("after", "following"))
_SAYS_WHEN = _AFTER | {"before"}
_ENDS = frozenset((",", ";", ".", "?", "that", "by"))
_SOON = frozenset("soon long right just straight".split())
_POINTING = frozenset(("that", "this", "then"))
_NAMED = frozenset(
    "named renamed nicknamed called modelled modeled patterned styled sought chased"
    " look looks looked looking take takes took taking".split()
)
"""Words behind which `after` says no time: `named after him`, `looked after it`."""
_MOST_TOLD = 9
_CLOSER = 2
"""So many more words must stand on the same side of it than on the other, or the reverse."""
_TURNED = 0.8


class _Sequence(NamedTuple):
    """What came earlier and what came later, as keys, the clause that says when, and how the text says it."""

    earlier: frozenset[str]
    later: frozenset[str]
    clause: frozenset[str]
    said: str


def sequence_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when what came first on record came last by the question."""
    asked, known = _sequence(pair.question), _sequence(pair.record)
    if asked is None or known is None or _closer(pair, asked, known) > -_CLOSER:
        return []
    if asked.clause.isdisjoint(pair.matched) or known.clause.isdisjoint(pair.found):
        return []  # each says when by something that the other does not tell
    return [Conflict("order", f"on record it is “{known.said}”; you wrote the reverse", _TURNED)]


def is_same_sequence(pair: Pair) -> bool:
    """Whether both texts have the same first, one of them perhaps with `before` and the other with `after`."""
    asked, known = _sequence(pair.question), _sequence(pair.record)
    return asked is not None and known is not None and _closer(pair, asked, known) >= _CLOSER


def _closer(pair: Pair, asked: _Sequence, known: _Sequence) -> int:
    """Return how many more shared words stand on the same side in both texts than on the other.

    Only words that the clause of one of them has count: `Oslo joined before Bergen` says of both that they joined.
    """
    found = {key: pair.matched[key] for key in pair.matched if key in asked.clause or pair.matched[key] in known.clause}
    same = sum((key in asked.earlier) == (there in known.earlier) for key, there in found.items() if _has(asked, key))
    return 2 * same - sum(_has(asked, key) and _has(known, there) for key, there in found.items())


def _has(sequence: _Sequence, key: str) -> bool:
    return key in sequence.earlier or key in sequence.later


def _sequence(statement: Statement) -> _Sequence | None:
    """Return what came first and what then; None where not exactly one clause says it."""
    tokens = statement.tokens
    places = [at for at, token in enumerate(tokens) if token.lower in _SAYS_WHEN and _begins_clause(tokens, at)]
    if len(places) != 1:
        return None
    at = places[0]
    end = next((place for place in range(at, len(tokens)) if tokens[place].lower in _ENDS), len(tokens))
    if end == len(tokens) and not _keys(token for token in tokens[:at] if not _says_how_long(token)):
        return None  # `after it lost the village the army fell back`: where the clause ends nothing tells
    clause, main = _keys(tokens[at + 1 : end]), _keys((*tokens[:at], *tokens[end:]))
    clause, main = clause - main, main - clause
    if not clause or not main:
        return None
    earlier, later = (clause, main) if tokens[at].lower in _AFTER else (main, clause)
    return _Sequence(earlier, later, clause, statement.written(range(at, min(end, at + _MOST_TOLD))))


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether something that happened follows: not so in `before 1990`, `hours before that`, `named after him`."""
    ahead, before = tokens[at + 1 : at + 2], tokens[at - 1].lower if at else ""
    if not ahead or ahead[0].kind in ("number", "sign") or ahead[0].lower in _POINTING:
        return False
    return before not in _NAMED and not (tokens[at].lower == "following" and before == "the")


def _says_how_long(token: Token) -> bool:
    """Whether a word before `after` only says how long after: `shortly after`, `two days after`."""
    return token.lower.endswith("ly") or token.lower in _SOON or is_time(token.lower)


def _keys(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.key for token in tokens if token.content)
