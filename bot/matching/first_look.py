"""The first look at a sentence: claims that share its telling words, compared in full, and what speaks against them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.about import asks_about
from bot.matching.initials import unknown_initials
from bot.matching.matcher import Found, Matcher, Near
from bot.matching.openings import Opening, opening_of
from bot.matching.reading import MOST_MENDED, read_words
from bot.matching.sightings import FAINT, FITTING, LIKELIER, LIKELY, Sighting, look_closely
from bot.model import Claim, Wish

HALF = 0.5
"""Least share of the question's weight on record for a match, or at which a conflict is worth telling."""
IN_PASSING = 0.35
"""Share of its weight that one of many sentences must find in a claim to be compared at all."""
MENDED_IN_PASSING = 4
"""Unknown words of one of many sentences that are looked up as misspelt ones."""
HARDLY = 0.1
"""Least probability, by its own score, of a claim that may yet be likely beside the others, all being less so."""
Fetch = Callable[[Sequence[str]], Mapping[str, Claim]]
"""Gets claims by id; one that is gone is left out."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the words say of a sentence; places are those in the index."""

    keys: Sequence[str]
    opening: Opening | None
    """What the sentence leaves open ("how many …")."""
    asked: Sequence[int]
    """The claims of the person, place or day that it asks for."""
    found: Sequence[Found]
    """All claims that were compared, the best first; some may be gone from the store."""
    claims: Mapping[int, Claim]
    sightings: Sequence[Sighting]
    """Those still on record, in the same order."""


def first_look(
    sentence: str,
    matcher: Matcher,
    fetch: Fetch,
    spaces: Sequence[str],
    *,
    one_of_many: bool = False,
    wish: Wish = Wish.NEAREST,
) -> FirstLook | None:
    """Return what the words say of `sentence`; None where no claim shares a word (of one of many, enough of them).

    Whoever wishes for the outcome only gets no sighting where all is hopeless.
    """
    keys = read_words(sentence, matcher.index, mended=MENDED_IN_PASSING if one_of_many else MOST_MENDED)
    docs = matcher.nearest(keys, spaces, IN_PASSING if one_of_many else 0.0)
    if not docs:
        return None
    asked = asks_about(sentence, keys, matcher.index, spaces)
    aligned = matcher.aligned(keys, docs)
    hopeless = FirstLook(keys, None, asked, [], {}, [])
    brief = wish is Wish.OUTCOME and not asked and not unknown_initials(sentence)
    if brief and _is_hopeless(keys, aligned, matcher):
        return hopeless  # whatever the rest would say, and it is most of the work
    found = matcher.compared(keys, aligned)
    opening = opening_of(sentence)
    if brief and not opening and not _may_answer(found, matcher):
        return hopeless
    ids = {doc: matcher.index.entries[doc].id for doc in {*asked, *(f.doc for f in found)}}
    known = fetch(list(ids.values()))
    claims = {doc: known[claim_id] for doc, claim_id in ids.items() if claim_id in known}
    near = [f for f in found if f.doc in claims]
    every = wish is not Wish.OUTCOME or opening is not None
    sightings = look_closely(sentence, matcher, found, near, claims, in_passing=one_of_many, every=every)
    return FirstLook(keys, opening, asked, found, claims, sightings)


def _is_hopeless(keys: Sequence[str], aligned: Sequence[Near], matcher: Matcher) -> bool:
    """Tell whether no claim has half of the sentence, nor may be the answer with less."""
    if any(one.share >= HALF for one in aligned):
        return False
    return not _may_answer(matcher.compared(keys, [one for one in aligned if one.share >= FAINT]), matcher)


def _may_answer(found: Sequence[Found], matcher: Matcher) -> bool:
    """Tell whether one of the claims may be the answer, or differ, as far as words can say, or several be choices.

    Claims may yet turn out to be no rivals, so each is judged beside every other one, and alone.
    """
    if not found or found[0].alone < HARDLY:
        return False
    if found[0].alone >= LIKELIER or sum(f.alone >= LIKELY and f.share >= FITTING for f in found) > 1:
        return True
    every = {f.doc for f in found}
    beside = [(one, every - {other.doc}) for one in found for other in found]
    return max(matcher.probabilities(beside, found)) >= LIKELIER
