"""Somebody died, by the one text, and by the other nobody did: `killed` for `attacked`."""

from bot.matching.conflicts.model import Conflict, Pair
from bot.matching.conflicts.polarity import denied
from bot.matching.words import stem

_KILLED = frozenset(
    "kill kills killed killing die dies died murder murders murdered beheaded assassinated dead".split()
)
_OF_DEATH = frozenset(
    stem(word)
    for word in "kill die murder behead assassinate dead death deathbed deadly fatal fatality fatally lethal corpse"
    " body bodies casualty victim drown execute execution lynch lynching starve perish slay slain suicide homicide"
    " killing killer murderer burial buried funeral grave life lives shoot shot gunned hang hanged massacre genocide"
    " toll deceased late widow".split()
)
_STRENGTH, _NEAR = 0.6, 0.6


def death_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict where the question says that somebody was killed or died, and nothing on record does."""
    asked = {token.key: token.lower for token in pair.question.tokens if token.lower in _KILLED}
    asked = {key: word for key, word in asked.items() if key not in pair.matched}
    on_record = pair.record.words | pair.beside
    if not asked or on_record & _OF_DEATH or min(pair.cover_question, pair.cover_record) < _NEAR:
        return []
    if denied(pair.question, frozenset(asked)):
        return []
    written = next(iter(asked.values()))
    return [Conflict("thing", f"you wrote “{written}”, which is not on record", _STRENGTH)]
