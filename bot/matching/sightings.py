"""Looking closely at the claims nearest to a sentence: how likely each is meant, and what conflicts with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bot.matching.conflicts import Conflict, Statement, find_conflicts, iso_in_words, read, stranger_conflicts
from bot.matching.matcher import Found, Matcher
from bot.matching.spelling import MOST_LETTERS, mended
from bot.model import Claim
from bot.text import ascii_form

LIKELY = 0.25
"""Least probability, by its own score, at which a claim is looked at for conflicts or offered as a choice."""
LIKELIER = 0.5
"""Least probability by the words at which a claim is read closely: below it that errs as often as it is right."""
FAINT = 0.4
"""Least share of the sentence's weight that a claim holds which is read closely."""
SURE = 0.9
"""Least probability of a `match` of which nothing conflicts: 99 of 100 answers above it are right."""
READ_SURE = 0.85
"""The same for a claim that was read closely, all weighed together."""
UPHELD = 0.7
"""The same where the words alone are sure which claim is meant: a close reading then only says if it is so."""
SAYS_SO = 0.6
"""Least probability that the texts say the same where the words are less sure, as of claims that say as much."""
REACH = 3.0
"""Log odds behind the best claim from which on a claim on another topic cannot become the answer."""
NEARLY = 0.05
"""How much less of a sentence's weight a claim may hold that is to say as much of it."""
FITTING = 0.8
"""Least share of the question's weight that a choice must have on record."""
KEPT = 1_000
"""Texts of claims that are kept as they were read."""
PLAIN_CONFLICT = 0.5
"""Least strength of a conflict that counts."""
REWORDED = frozenset({"negation", "antonym", "modality"})
"""Conflicts with a claim's text that a phrasing clears up which has one of the words that the conflict is about."""
MERELY = frozenset({"condition", "modality"})
"""Conflicts of a claim that only says what would be, or will: it is no rival of one that says what is."""


class Reading(NamedTuple):
    """What the close reading of a claim came to: the values of JOINED, and what they are weighed to."""

    values: tuple[float, ...]
    chance: float
    """The probability (0 to 1) that it is the claim asked about, by all that words and close reading say."""
    same: float
    """The probability (0 to 1) that the texts say the same, by the close reading alone."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A near claim with all that is known about its fit."""

    found: Found
    claim: Claim
    probability: float
    conflicts: tuple[Conflict, ...]
    barred: bool = False
    """A never phrasing fits at least as well: this is known to be something else."""
    reading: Reading | None = None
    """What the close reading says; None where the words alone decide."""

    @property
    def upheld(self) -> bool:
        """Whether a `match` by the words alone stands: the close reading, if there was one, does not doubt it."""
        if self.reading is None:
            return True
        return self.reading.chance >= UPHELD if self.probability >= SURE else self.reading.same >= SAYS_SO

    @property
    def read_as_meant(self) -> bool:
        """Whether a close reading makes sure that this is the claim asked about."""
        return self.reading is not None and is_read_as_meant(self.probability, self.reading)

    @property
    def is_mere(self) -> bool:
        """Whether all that speaks against it is that it only says what will be, or would."""
        return bool(self.conflicts) and {conflict.kind for conflict in self.conflicts} <= MERELY

    @property
    def score(self) -> float:
        """The last word on how probably (0 to 1) this is the claim asked about."""
        doubt = self.conflicts[0].strength if self.conflicts else 0.0
        return self.reading.chance if self.reading else self.probability * (1 - doubt)


def is_read_as_meant(probability: float, reading: Reading) -> bool:
    """Tell whether a close reading makes sure that a claim is meant that is so by the words with `probability`."""
    return probability >= LIKELIER and reading.chance >= (UPHELD if probability >= SURE else READ_SURE)


def gives_way(one: Sighting, others: Sequence[Sighting]) -> bool:
    """Tell whether a claim only says what will be, or would, and another, of as much of the sentence, that it is."""
    as_much = (other for other in others if other.found.share >= one.found.share - NEARLY)
    return one.is_mere and any(not other.conflicts and other.probability >= SURE for other in as_much)


def look_closely(
    sentence: str,
    matcher: Matcher,
    found: Sequence[Found],
    near: Sequence[Found],
    claims: Mapping[int, Claim],
    *,
    in_passing: bool,
    every: bool,
) -> list[Sighting]:
    """Judge the nearest claims, each against those that say something else; `every`: also those out of reach."""
    kin = {one.doc: _kin(one, near, claims) for one in near}
    chances = matcher.probabilities([(one, kin[one.doc]) for one in near], found)
    reach = [_in_reach(one, near[0], claims) for one in near]
    worth = [
        max(chance, one.alone) >= LIKELY and (every or within)
        for one, chance, within in zip(near, chances, reach, strict=True)
    ]
    statement = read(sentence if any(worth) else "")
    sightings = [
        _sighting(one, chance, claims[one.doc], matcher, statement if look else None, in_passing)
        for one, chance, look in zip(near, chances, worth, strict=True)
    ]
    aside = {s.found.doc for s, within in zip(sightings, reach, strict=True) if within and s.is_mere}
    if not aside:
        return sightings
    return [
        s if s.conflicts else replace(s, probability=matcher.probability(s.found, found, aside | kin[s.found.doc]))
        for s in sightings
    ]


def _in_reach(one: Found, best: Found, claims: Mapping[int, Claim]) -> bool:
    return best.score - one.score <= REACH or same_topic(claims[best.doc], claims[one.doc])


def _sighting(
    found: Found, chance: float, claim: Claim, matcher: Matcher, statement: Statement | None, in_passing: bool
) -> Sighting:
    """Look at a claim more closely; `statement`, what the sentence says, is None where that is not worth it."""
    if matcher.barred(found, claim.never_phrasings):
        return Sighting(found, claim, 0.0, (), barred=True)
    every = frozenset(key for view in matcher.index.views(found.doc) for key in view.keys) if statement else frozenset()
    conflicts = _conflicts(statement, found, claim, every) if statement else ()
    if statement and conflicts and len(statement.text) <= MOST_LETTERS:
        typed = mended(statement.text, " . ".join(claim.wordings), names=False)
        conflicts = conflicts if typed == ascii_form(statement.text) else _conflicts(read(typed), found, claim, every)
    return Sighting(found, claim, chance, conflicts + (_strangers(statement, claim) if not in_passing else ()))


def _kin(one: Found, near: Sequence[Found], claims: Mapping[int, Claim]) -> set[int]:
    """Return the claims near to `one` by which other claimants speak of the same topic."""
    return {other.doc for other in near if other.doc != one.doc and same_topic(claims[one.doc], claims[other.doc])}


def same_topic(one: Claim, other: Claim) -> bool:
    """Tell whether two claimants speak of the same thing: a tag in common, and not the same claimant."""
    return one.claimant != other.claimant and not set(one.tags).isdisjoint(other.tags)


def _conflicts(statement: Statement, found: Found, claim: Claim, every: frozenset[str]) -> tuple[Conflict, ...]:
    """Return what in the sentence contradicts the claim; what fits best, text or phrasing, must not conflict either.

    `every`: the keys of all its wordings.
    """
    around = " , ".join(filter(None, (claim.claimant_role, claim.occasion, claim.via)))

    def against(record: Statement) -> tuple[Conflict, ...]:
        conflicts = find_conflicts(
            statement, record, claimant=claim.claimant, around=around, said_on=claim.said_on, every=every
        )
        return tuple(conflict for conflict in conflicts if conflict.strength >= PLAIN_CONFLICT)

    record = on_record(claim.text)
    if not found.wording:
        return against(record)
    phrasing = on_record(claim.phrasings[found.wording - 1])
    denied_anew = bool(statement.denials) and not record.denials
    kept = (c for c in against(record) if denied_anew or not _cleared(c, phrasing))
    return tuple(dict.fromkeys((*kept, *against(phrasing))))


@lru_cache(maxsize=KEPT)
def on_record(text: str) -> Statement:
    """Read a text of a claim; the same few claims are asked for again and again."""
    return read(text)


def _cleared(conflict: Conflict, phrasing: Statement) -> bool:
    """Tell whether a phrasing clears up a conflict with the claim's text; a condition, by all the words together."""
    if conflict.kind == "condition":
        return conflict.about <= phrasing.ranks.keys()
    return conflict.kind in REWORDED and not conflict.about.isdisjoint(phrasing.ranks)


def _strangers(statement: Statement | None, claim: Claim) -> tuple[Conflict, ...]:
    """Return the names, numbers and dates of the sentence that nothing on record has."""
    return tuple(stranger_conflicts(statement, on_record(all_about(claim)))) if statement else ()


def all_about(claim: Claim) -> str:
    """Return everything that is on record of a claim and may be named in a question."""
    sources = (part for source in claim.sources for part in (source.publisher, source.title, iso_in_words(source.date)))
    around = (claim.claimant, claim.claimant_role, claim.occasion, claim.via, iso_in_words(claim.said_on))
    return " . ".join(filter(None, (*claim.wordings, *around, *claim.tags, *sources)))
