"""What contradicts: numbers, dates, denials, opposed words, names and places, who did it to whom, scope, claimant.

`read` parses a text once (records when they are indexed, a question when it comes), `find_conflicts` compares two.
The texts are meant to be near in words already: a conflict between texts about different things means nothing.
What a question leaves out is never a conflict.
"""

from bot.matching.conflicts.amounts import number_conflicts
from bot.matching.conflicts.antonyms import antonym_conflicts
from bot.matching.conflicts.claimant import claimant_conflicts
from bot.matching.conflicts.dates import date_conflicts
from bot.matching.conflicts.modality import modality_conflicts
from bot.matching.conflicts.model import Conflict, Statement
from bot.matching.conflicts.pairing import pair_up
from bot.matching.conflicts.polarity import polarity_conflicts
from bot.matching.conflicts.reading import read
from bot.matching.conflicts.replaced import name_conflicts
from bot.matching.conflicts.roles import role_conflicts
from bot.matching.conflicts.scope import scope_conflicts
from bot.matching.conflicts.things import thing_conflicts

__all__ = ["Conflict", "Statement", "find_conflicts", "read"]


def find_conflicts(
    question: Statement, record: Statement, *, claimant: str = "", claimant_role: str = "", said_on: str = ""
) -> tuple[Conflict, ...]:
    """Return in what a text contradicts a claim on record, strongest first; nothing when they may be the same."""
    if question.text == record.text:
        return ()
    pair = pair_up(question, record)
    found = [
        *number_conflicts(pair),
        *date_conflicts(pair, said_on),
        *polarity_conflicts(pair),
        *antonym_conflicts(pair),
        *name_conflicts(pair),
        *role_conflicts(pair),
        *scope_conflicts(pair),
        *thing_conflicts(pair),
        *modality_conflicts(pair),
        *claimant_conflicts(pair, claimant, claimant_role),
    ]
    return tuple(sorted(found, key=lambda conflict: -conflict.strength))
