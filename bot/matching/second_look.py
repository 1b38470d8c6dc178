"""The second look: the cross-encoder reads a sentence beside the claims that may be meant, and all is weighed anew.

What the checks call a difference may be none ("target" for "hit"), and what they let through may be one. A sentence
in another script is left to the words, and so is one of which a claim has every word, unless the cross-encoder is sure
that the claim says something else.
"""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from bot.matching.conflicts import Conflict, find_conflicts
from bot.matching.conflicts import read as statement
from bot.matching.conflicts.signs import signs_of
from bot.matching.conflicts.unnamed import unnamed_difference
from bot.matching.cross_encoder import Opinion, Reader, claim_side
from bot.matching.matcher import Found
from bot.matching.sightings import FAINT, LIKELIER, REACH, Reading, Sighting, gives_way, is_read_as_meant, on_record
from bot.matching.spelling import MOST_LETTERS, by_usual_names, mended
from bot.matching.weighing import Read, joined_values, weighed
from bot.matching.words import light_words, words
from bot.model import Claim
from bot.text import normalised

MOST_LOOKED_AT = 2
"""Claims that are read beside one sentence: the likeliest."""
CERTAIN = 0.97
"""The probability from which no further claim is read: readings are most of the time that an answer takes."""
CONTRADICTS = 0.5
"""Least probability of a contradiction that no check has named and that is worth telling."""
UNLEARNED = "condition"
"""A difference ("if it is true, …") of which too few were seen to weigh it: it stands, however near the texts."""
COUNTED, FIRM = frozenset(("number", "date")), 0.75
"""So does a number or date that is plainly another one, of this strength and more: of 1,800 pairs that others wrote
the cross-encoder took three such for the same, wrongly, and none rightly.
"""
PLAIN = 0.75
"""The probability from which a claim that has every word of a sentence is plain: there a close reading errs more often.

Where several claims say as much they share the probability, so it is less than what an answer takes.
"""
DOUBTED = 0.1
"""The probability, by the cross-encoder, that the texts say the same below which even a plain claim is doubted.

Of written texts that it has not seen that is so of 42 in 388 that are plain and say something else, and of 12 in 844
that are meant. Where the words stand in the claim's order and no word turns them nothing is read: that is so of two
headlines in three, and 32 of the 42 are read all the same, with 6 of the 12.
"""
TURNING = frozenset(
    "not no never nobody none neither nor will would may might could should before after until only more less than if"
    " unless without against but or except instead".split()
)
"""Small words with which a sentence says something else, though a claim has all that tells something."""
ANSWERED = 0.5
"""Least probability, by the cross-encoder, that a claim says what a question leaves open."""
SOME = 2
"""Words or numbers of a sentence from which it is read: one alone says nothing of anything, and letters do not."""
VERBATIM = Opinion(1.0, 0.0, 0.0)
"""What need not be read: a wording that is repeated word for word says the same."""
_BEYOND_LATIN = "\u0250"


def second_look(sentence: str, sightings: Sequence[Sighting], reader: Reader) -> list[Sighting]:
    """Return the sightings, in their order, those that may be meant with their last probability and differences."""
    if not is_readable(sentence):
        return list(sightings)
    if sightings and _is_plain(sightings[0]):
        first = _doubted(sentence, sightings[0], reader)
        return list(sightings) if first is sightings[0] else [first, *second_look(sentence, sightings[1:], reader)]
    read: dict[int, Sighting] = {}
    for sighting in worth_reading(sightings):
        closely = read[sighting.found.doc] = _read_closely(sentence, sighting, reader)
        if closely is sighting or (closely.reading and closely.reading.chance >= CERTAIN):
            break  # what is left unread, as enough was read, is not to be overtaken by a claim that is shorter
    looked = ((s, read.get(s.found.doc, s)) for s in sightings)
    return [replace(now, conflicts=s.conflicts) if gives_way(s, sightings) else now for s, now in looked]


def worth_reading(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Return the claims that are read beside a sentence, the likeliest first; none where the best one is plain."""
    if not sightings or _is_plain(sightings[0]):
        return []
    worth = [s for s in sightings if _is_worth_reading(s) and sightings[0].found.score - s.found.score <= REACH]
    return sorted(worth, key=lambda s: -s.probability)[:MOST_LOOKED_AT]


def is_answered(sentence: str, sighting: Sighting, reader: Reader) -> bool:
    """Tell whether a claim says what a sentence leaves open: "how many ships sank?"; unread, it does not."""
    if not is_readable(sentence):
        return True
    read = read_by(reader, sentence, sighting.found, sighting.claim)
    return read is not None and read.best.same >= ANSWERED


def is_readable(sentence: str) -> bool:
    """Tell whether most of a sentence is in the letters that the cross-encoder was trained on."""
    letters = [char for char in sentence if char.isalpha()]
    return 2 * sum(char < _BEYOND_LATIN for char in letters) >= len(letters)


def _is_worth_reading(sighting: Sighting) -> bool:
    found = sighting.found
    telling = sum(len(one.key) > 1 or one.key.isdigit() for one in found.comparison.aligned)
    if sighting.barred or telling < SOME or found.share < FAINT or max(sighting.probability, found.alone) < LIKELIER:
        return False
    return not _is_plain(sighting)


def _is_plain(sighting: Sighting) -> bool:
    return sighting.found.whole and not sighting.conflicts and sighting.probability >= PLAIN


def _doubted(sentence: str, sighting: Sighting, reader: Reader) -> Sighting:
    """Return a plain claim as it is, unless the cross-encoder is sure that it says something else.

    What a message may have read is left for claims that are less plain.
    """
    if not reader.can_spare or not _is_retold(sentence, sighting.claim.wordings[sighting.found.wording]):
        return sighting
    closely = _read_closely(sentence, sighting, reader)
    return closely if closely.reading and closely.reading.same < DOUBTED else sighting


def _is_retold(sentence: str, wording: str) -> bool:
    """Tell whether a sentence has the words of a wording in another order, or a small one that turns them."""
    asked, said = words(sentence), words(wording)
    if not TURNING.intersection(word.lower for word in asked).issubset(word.lower for word in said):
        return True
    shared = {word.key for word in asked} & {word.key for word in said} - light_words()
    here, there = ([word.key for word in each if word.key in shared] for each in (asked, said))
    return LCSseq.similarity(here, there) < len(here)


def _read_closely(sentence: str, sighting: Sighting, reader: Reader) -> Sighting:
    read = read_by(reader, sentence, sighting.found, sighting.claim)
    if read is None:
        return sighting
    values = joined_values(sighting.probability, sighting.found, sighting.conflicts, read)
    reading = Reading(values, weighed(values), read.best.same)
    conflicts = _standing(sentence, sighting, reading) or _unnamed(sentence, sighting, read)
    return replace(sighting, conflicts=conflicts, reading=reading)


def _standing(sentence: str, sighting: Sighting, reading: Reading) -> tuple[Conflict, ...]:
    """Return the differences that the close reading leaves."""
    if not is_read_as_meant(sighting.probability, reading):
        return sighting.conflicts
    unlearned = tuple(conflict for conflict in sighting.conflicts if conflict.kind == UNLEARNED)
    counted = tuple(c for c in sighting.conflicts if c.kind in COUNTED and c.strength >= FIRM)
    wording = sighting.found.wording
    if counted and wording and not _counts_otherwise(sentence, sighting.claim.wordings[wording]):
        return unlearned
    return tuple(conflict for conflict in sighting.conflicts if conflict in unlearned + counted)


def _counts_otherwise(sentence: str, phrasing: str) -> bool:
    """Tell whether a number or date of a sentence is another one than a phrasing's, which may round the claim's."""
    return any(conflict.kind in COUNTED for conflict in find_conflicts(statement(sentence), on_record(phrasing)))


def read_by(reader: Reader, sentence: str, found: Found, claim: Claim) -> Read | None:
    """Read the claim's own text and, where another wording fits the sentence best, that one too; None: read enough."""
    wording = claim.wordings[found.wording]
    if normalised(sentence) == normalised(wording) and signs_of(sentence) == signs_of(wording):
        return Read(VERBATIM, VERBATIM)
    as_written = claim_side(claim.text, claim.claimant, claim.claimant_role)
    said, asked = by_usual_names(as_written), by_usual_names(mended(sentence[:MOST_LETTERS], as_written))
    text = reader.opinion(asked, said)
    if text is None:
        return None
    other = reader.opinion(asked, by_usual_names(wording)) if found.wording else None
    return Read(text, max(text, other or text, key=lambda opinion: opinion.same))


def _unnamed(sentence: str, sighting: Sighting, read: Read) -> tuple[Conflict, ...]:
    """Return a contradiction that no check has named."""
    if read.best.conflict < CONTRADICTS:
        return ()
    claim = sighting.claim
    difference = unnamed_difference(sentence[:MOST_LETTERS], claim.text, f"{claim.claimant} {claim.claimant_role}")
    return (Conflict("meaning", difference, read.best.conflict),)
