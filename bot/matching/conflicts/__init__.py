"""What contradicts: numbers, dates, denials, opposed words, names and places, who did it to whom, scope, claimant.

`read` parses a text once (records when they are indexed, a question when it comes), `find_conflicts` compares two.
The texts are meant to be near in words already: a conflict between texts about different things means nothing.
What a question leaves out is never a conflict.
"""

from bot.matching.conflicts.amounts import first_time_conflicts, nobody_conflicts, number_conflicts
from bot.matching.conflicts.antonyms import antonym_conflicts
from bot.matching.conflicts.causes import cause_conflicts, doer_conflicts, put_in_conflicts
from bot.matching.conflicts.claimant import claimant_conflicts, claimant_keys
from bot.matching.conflicts.dates import date_conflicts, iso_in_words
from bot.matching.conflicts.deaths import death_conflicts
from bot.matching.conflicts.exchanges import exchange_conflicts
from bot.matching.conflicts.frames import frame_conflicts
from bot.matching.conflicts.modality import modality_conflicts
from bot.matching.conflicts.model import Conflict, Statement
from bot.matching.conflicts.order import order_conflicts
from bot.matching.conflicts.pairing import pair_up
from bot.matching.conflicts.polarity import polarity_conflicts
from bot.matching.conflicts.ranks import rank_conflicts
from bot.matching.conflicts.reading import read
from bot.matching.conflicts.refusals import refusal_conflicts
from bot.matching.conflicts.replaced import name_conflicts
from bot.matching.conflicts.roles import role_conflicts
from bot.matching.conflicts.scope import scope_conflicts
from bot.matching.conflicts.sequence import sequence_conflicts
from bot.matching.conflicts.signs import sign_conflicts
from bot.matching.conflicts.strangers import stranger_conflicts
from bot.matching.conflicts.things import thing_conflicts
from bot.matching.conflicts.turned import turned_conflicts

__all__ = ["Conflict", "Statement", "find_conflicts", "iso_in_words", "read", "stranger_conflicts"]


def find_conflicts(
    question: Statement,
    record: Statement,
    *,
    claimant: str = "",
    around: str = "",
    said_on: str = "",
    every: frozenset[str] = frozenset(),
) -> tuple[Conflict, ...]:
    """Return in what a text contradicts a claim on record, strongest first; nothing when they may be the same.

    `around`: who else may be named as the one who said it (role, occasion, outlet); `said_on`: an ISO date;
    `every`: the keys of all wordings of the claim: what one of them has is no other thing.
    """
    if question.text == record.text:
        return ()
    beside = claimant_keys(f"{claimant} , {around}") | every
    pair = pair_up(question, record, beside)
    found = [
        *number_conflicts(pair),
        *sign_conflicts(pair),
        *first_time_conflicts(pair),
        *nobody_conflicts(pair),
        *date_conflicts(pair, said_on),
        *polarity_conflicts(pair),
        *antonym_conflicts(pair),
        *name_conflicts(pair),
        *role_conflicts(pair),
        *frame_conflicts(pair),
        *order_conflicts(pair),
        *exchange_conflicts(pair),
        *turned_conflicts(pair),
        *sequence_conflicts(pair),
        *rank_conflicts(pair),
        *scope_conflicts(pair),
        *thing_conflicts(pair),
        *cause_conflicts(pair),
        *put_in_conflicts(pair),
        *doer_conflicts(pair),
        *death_conflicts(pair),
        *refusal_conflicts(pair),
        *modality_conflicts(pair),
        *claimant_conflicts(pair, claimant, around),
    ]
    return tuple(sorted(found, key=lambda conflict: -conflict.strength))
