"""Somebody refused, by the record, and by the question it went ahead: `turned down a role`, `will play in the film`."""

from bot.matching.conflicts.model import Conflict, Pair

_REFUSED = frozenset(
    "rejected rejects reject refused refuses refuse declined declines cancelled canceled cancels abandoned shelved"
    " scrapped vetoed boycotted boycotts".split()
)
_NEGATIVE = _REFUSED | frozenset(
    "no not never nobody none without against blocked blocks failed fails stopped stops stop ended ends banned bans"
    " dropped axed denied denies opposes opposed avoids skipped skips quit left leaves pulled withdrew".split()
)
_STRENGTH, _NEAR = 0.55, 0.6


def refusal_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict where the record has a refusal, and nothing in the question says so."""
    refused = next((t for t in pair.record.tokens if t.lower in _REFUSED and t.key not in pair.found), None)
    if refused is None or min(pair.cover_question, pair.cover_record) < _NEAR or pair.question.denials:
        return []
    if any(token.lower in _NEGATIVE for token in pair.question.tokens):
        return []
    return [Conflict("negation", f"on record it is {refused.lower}, which you did not write", _STRENGTH)]
