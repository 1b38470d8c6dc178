"""The decision about one sentence: right or silent.

`match` only when the claim is very probably the one meant and nothing conflicts; a conflict makes it `different` and
is named; several claims that fit are `ambiguous`; anything else is `none`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import prod

from bot.matching.conflicts import Conflict
from bot.matching.cross_encoder import Reader
from bot.matching.first_look import HALF, Fetch, first_look
from bot.matching.initials import spelled_out
from bot.matching.matcher import Found, Matcher
from bot.matching.openings import Opening
from bot.matching.second_look import is_answered, second_look
from bot.matching.sightings import FITTING, LIKELY, MERELY, SURE, Sighting, gives_way, on_record, same_topic
from bot.matching.signals import WHOLE
from bot.matching.weighing import learned_joined
from bot.matching.words import keys as words_of
from bot.model import Claim, Explanation, Hit, Outcome, Wish, WordEvidence

SURE_OF_ALL = 0.8
"""Least probability of a `match` for a question of some words of which the claim has every one; others take SURE."""
NEAR = 0.5
"""Least probability at which a conflict is worth telling."""
OPEN = 0.6
"""Least probability of a `match` for a question that leaves something open which the claim says: it asserts less."""
TELLING = 12.5
"""How much a word counts without which a claim is no match: of 13 matches without one, 2 were right."""
CLOSE = 1.5
"""Log odds by which two choices may differ."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sentence came to, with the nearest claims; `near`: one may share a word with it."""

    sentence: str
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    candidates: tuple[Hit, ...] = ()
    near: bool = True


def decide(
    sentence: str,
    matcher: Matcher,
    claims: Fetch,
    spaces: Sequence[str],
    *,
    reader: Reader,
    one_of_many: bool,
    wish: Wish = Wish.NEAREST,
) -> Verdict:
    """Decide what `sentence` comes to; `claims` fetches claims by id. One of many sentences needs a likely claim.

    Initials are read as the name that the first look finds in the nearest claims: `AOC`, `WTC`.
    """
    texts: list[str] = []
    look = partial(_decided, matcher=matcher, claims=claims, spaces=spaces, reader=reader, wish=wish, seen=texts)
    verdict = look(sentence, one_of_many=one_of_many)
    spelled = spelled_out(sentence, texts)
    if spelled == sentence:
        return verdict
    return replace(look(spelled, one_of_many=one_of_many), sentence=sentence)


def _decided(
    sentence: str,
    matcher: Matcher,
    claims: Fetch,
    spaces: Sequence[str],
    *,
    reader: Reader,
    one_of_many: bool,
    wish: Wish,
    seen: list[str],
) -> Verdict:
    """Decide about a sentence as it is written; `seen` gets the texts of the claims that were looked at."""
    first = first_look(sentence, matcher, claims, spaces, one_of_many=one_of_many, wish=wish)
    if first is None:
        return Verdict(sentence, Outcome.NONE, near=one_of_many)
    keys, opening, asked = first.keys, first.opening, first.asked
    seen.extend(s.claim.text for s in first.sightings)
    sightings = first.sightings if opening else second_look(sentence, first.sightings, reader)
    candidates = tuple(_hit(s, Outcome.NONE, matcher, wish) for s in sorted(sightings, key=lambda s: -s.score))
    if asked and not _contradicted(asked, sightings):
        named = [first.claims[doc] for doc in asked if doc in first.claims]
        return Verdict(sentence, *_about(named, keys, candidates), candidates)
    possible = [s for s in sightings if not s.barred]
    outcome, shown = _outcome(possible, asserts=opening is None)
    if opening and _undecided(outcome, shown) and (told := _telling(opening, keys, possible, first.found, matcher)):
        outcome, shown = Outcome.MATCH, [told]
    if opening and outcome is Outcome.MATCH and not is_answered(sentence, shown[0], reader):
        outcome, shown = Outcome.NONE, []
    return Verdict(sentence, outcome, tuple(_hit(s, outcome, matcher, wish) for s in shown), candidates)


def _contradicted(asked: Sequence[int], sightings: Sequence[Sighting]) -> bool:
    """Tell whether the one claim asked for conflicts, or another one is nearer: then it was no such question."""
    if len(asked) != 1 or not sightings:
        return False
    return sightings[0].found.doc != asked[0] or bool(sightings[0].conflicts)


def _about(claims: Sequence[Claim], keys: Sequence[str], candidates: Sequence[Hit]) -> tuple[Outcome, tuple[Hit, ...]]:
    """Return the claims of the person, place or day that was asked for; of a person, those they made themselves."""
    claims = [claim for claim in claims if not set(words_of(claim.claimant)).isdisjoint(keys)] or claims
    outcome = Outcome.MATCH if len(claims) == 1 else Outcome.AMBIGUOUS
    score = SURE if len(claims) == 1 else 1 / max(1, len(claims))
    explained = {hit.claim.id: hit.explanation for hit in candidates}
    return outcome, tuple(Hit(claim, outcome, score, None, explained.get(claim.id)) for claim in claims)


def _undecided(outcome: Outcome, shown: Sequence[Sighting]) -> bool:
    """Tell whether a question that only leaves something open may still be answered: nothing contradicts it."""
    return outcome is not Outcome.MATCH and not any(map(_contradicts, shown))


def _contradicts(sighting: Sighting) -> bool:
    return bool({conflict.kind for conflict in sighting.conflicts} - MERELY)


def _telling(
    opening: Opening, keys: Sequence[str], sightings: Sequence[Sighting], found: Sequence[Found], matcher: Matcher
) -> Sighting | None:
    """Return the claim that says what a question leaves open; those that do not say it are no rivals of it."""
    fits = {
        s.found.doc for s in sightings if opening.filled_by(map(on_record, s.claim.wordings), s.claim.claimant, keys)
    }
    telling = [s for s in sightings if s.found.doc in fits and not _contradicts(s) and _holds_most(s.found)]
    if not telling:
        return None
    best = max(telling, key=lambda s: s.found.score)
    chance = matcher.probability(best.found, found, {s.found.doc for s in sightings} - fits)
    return replace(best, probability=chance) if chance >= OPEN else None


def _outcome(sightings: Sequence[Sighting], *, asserts: bool) -> tuple[Outcome, list[Sighting]]:
    """Return the outcome and the claims to show; a question that leaves something open `asserts` nothing whole."""
    if not sightings:
        return Outcome.NONE, []
    best = next((s for s in sightings if not gives_way(s, sightings)), sightings[0])
    clear = [s for s in sightings if not s.conflicts and s.upheld]
    close = [s for s in clear if best.found.score - s.found.score <= CLOSE and _holds_most(s.found)]
    sure = max(close, key=lambda s: _together(s, sightings), default=None)
    if sure and _together(sure, sightings) >= (SURE_OF_ALL if asserts and sure.found.whole else SURE):
        return Outcome.MATCH, [sure]
    if read := max((s for s in clear if s.read_as_meant), key=lambda s: s.score, default=None):
        return Outcome.MATCH, [read]
    if best.conflicts:
        told = best.found.share >= HALF and max(best.probability, best.found.alone) >= NEAR
        return (Outcome.DIFFERENT, [best]) if told else (Outcome.NONE, [])
    choices = [s for s in close if s.found.alone >= LIKELY and s.found.share >= FITTING]
    if len(choices) > 1 and len(best.found.comparison.aligned) > 1:
        return Outcome.AMBIGUOUS, choices
    return Outcome.NONE, []


def _holds_most(found: Found) -> bool:
    """Tell whether a claim has enough of the question, and lacks no word that tells a lot."""
    return found.share >= HALF and found.missing < TELLING


def _together(best: Sighting, sightings: Sequence[Sighting]) -> float:
    """Return the probability that `best`, or a claim that says as much on its topic, is meant.

    A question that several claimants' claims answer whole ("did Russia use North Korean missiles?") is answered by the
    best one; the others are shown beside it. Where one of them conflicts with it, each stands alone.
    """
    if best.found.share < WHOLE:
        return best.probability
    kin = [s for s in sightings if s.upheld and s.found.alone >= LIKELY and same_topic(best.claim, s.claim)]
    if any({c.kind for c in s.conflicts} - MERELY for s in kin):
        return best.probability
    return 1 - (1 - best.probability) * prod(1 - s.probability for s in kin if s.found.share >= WHOLE)


def _hit(sighting: Sighting, outcome: Outcome, matcher: Matcher, wish: Wish) -> Hit:
    difference = _told(sighting.conflicts) if outcome is Outcome.DIFFERENT else None
    explanation = explained(sighting, matcher) if wish is Wish.WHY else None
    return Hit(sighting.claim, outcome, round(sighting.score, 4), difference, explanation)


def _told(conflicts: Sequence[Conflict]) -> str:
    """Join the differences, one of each kind: several checks may see the same, one of them with more to say."""
    by_kind = {conflict.kind: conflict.difference for conflict in reversed(conflicts)}
    told = [each for each in by_kind.values() if not any(each in other != each for other in by_kind.values())]
    return "; ".join(reversed(told))


def explained(sighting: Sighting, matcher: Matcher) -> Explanation:
    """Return which words met which, what each signal weighed, and what conflicts."""
    comparison, index = sighting.found.comparison, matcher.index
    words = tuple(WordEvidence(a.key, a.met, a.how, round(index.weight(a.key), 2)) for a in comparison.aligned)
    pulls = sorted(matcher.judge.fit.pulls(comparison.values), key=lambda pull: -abs(pull[2]))
    if sighting.reading:
        pulls = [*sorted(learned_joined().pulls(sighting.reading.values), key=lambda pull: -abs(pull[2])), *pulls]
    wording = sighting.found.wording
    return Explanation(
        words,
        tuple((name, round(value, 3), round(pull, 2)) for name, value, pull in pulls),
        tuple(conflict.difference for conflict in sighting.conflicts),
        sighting.claim.phrasings[wording - 1] if wording else "",
    )
