"""Asking: from a text that a person typed to what is on record about it."""

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.keeper import Keeper
from bot.matching.cross_encoder import MOST_READ_IN_PASSING, Reader
from bot.matching.decide import Verdict, decide
from bot.matching.index import Index
from bot.matching.reading import read_words
from bot.matching.search import search
from bot.matching.sentences import sentences, without_talk
from bot.matching.sightings import same_topic
from bot.model import GLOBAL, Answer, Claim, Hit, Outcome, Wish
from bot.store import Listing, Store
from bot.text import clean, clean_lines

MOST_SHOWN = 3
"""Claims shown at most when a long message holds several."""
MOST_CHOICES = 5
MOST_CANDIDATES = 5
MOST_SCORED = 8
"""Sentences of a long message that are compared in full, those with most evidence."""
_SWEEPS = 100
"""Collections of younger garbage before one of all: that holds answers up for 60 ms, and came twice a minute."""
LONG = 2_000
"""Characters beyond which a message is read less closely, however few its sentences are."""
SHORT = 280
"""Characters up to which a message of several sentences is also read as one statement."""

_RANK = {Outcome.MATCH: 0, Outcome.DIFFERENT: 1, Outcome.AMBIGUOUS: 2, Outcome.NONE: 3}


class Asker:
    """Answers questions from a store, other processes' changes included. May be used from several threads.

    Not to be called inside a transaction of the store: it may wait for a thread that reads the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keeper = Keeper(store)

    def ask(self, question: str, *, spaces: Sequence[str] = (GLOBAL,), wish: Wish = Wish.NEAREST) -> Answer:
        """Answer `question` (any text; 40,000 characters of it are read) from the claims of `spaces`.

        Whoever shows the outcome only has it sooner: the answer then has no candidates where no claim can be meant.
        """
        current = self._keeper.current()
        matcher, fetch = current.matcher, partial(self._keeper.fetch, current=current)
        text = clean_lines(question)
        parts = _parts(text)
        many = len(parts) > MOST_SHOWN
        told = _most_telling(parts, matcher.index, spaces) if many else parts
        reader = Reader(MOST_READ_IN_PASSING) if len(parts) > MOST_SCORED or len(text) > LONG else Reader()
        look = partial(decide, matcher=matcher, claims=fetch, spaces=spaces, reader=reader, one_of_many=many, wish=wish)
        verdicts = [_looked_up(part, look) for part in told]
        return _answer(" ".join(text.split()), verdicts, self._others(verdicts, matcher.index, spaces))

    def search(
        self, text: str, *, spaces: Sequence[str] = (GLOBAL,), limit: int = 10, closely: bool = False
    ) -> tuple[Hit, ...]:
        """Return the claims nearest to `text`, best first, whether or not they say the same.

        `closely` reads the first ones, which orders them better and takes up to half a second.
        """
        current = self._keeper.current()
        fetch = partial(self._keeper.fetch, current=current)
        near = search(clean(text, 1_000), current.matcher, fetch, spaces, limit, closely=closely)
        return tuple(Hit(claim, Outcome.NONE, round(one.alone, 4)) for claim, one in near)

    def others(self, claim: Claim, *, spaces: Sequence[str] = (GLOBAL,)) -> tuple[Claim, ...]:
        """Return what other claimants said on the topic of `claim`."""
        return self._beside(claim, self._keeper.current().matcher.index, spaces)

    def prepare(self) -> None:
        """Get the index and the tables ready, so that the first question need not wait for them.

        Tables are read when something first needs them: a claim on record, asked about with one word changed, does.
        """
        self._keeper.current()
        for claim in self._store.listed(Listing(GLOBAL), limit=1):
            self.ask(f"is it true that somebody else, not in Paris, {claim.text} 12 times?")
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], _SWEEPS)

    def settle(self) -> None:
        """Wait until every change so far is in the index."""
        self._keeper.current()
        self._keeper.settle()

    def close(self) -> None:
        """Stop what goes on in the background; to be called before the store is closed."""
        self._keeper.close()

    def _others(self, verdicts: Sequence[Verdict], index: Index, spaces: Sequence[str]) -> tuple[Claim, ...]:
        """Return what other claimants said on the topic of the one claim that is shown."""
        shown = [hit for verdict in verdicts if verdict.outcome is Outcome.MATCH for hit in verdict.hits]
        if len({hit.claim.id for hit in shown}) != 1 or not shown[0].claim.tags:
            return ()
        return self._beside(shown[0].claim, index, spaces)

    def _beside(self, claim: Claim, index: Index, spaces: Sequence[str]) -> tuple[Claim, ...]:
        tagged = self._store.tagged(claim.tags, spaces)
        return tuple(
            other
            for other in tagged
            if other.id != claim.id and same_topic(claim, other) and not index.is_hidden(other.id, spaces)
        )


def _looked_up(part: str, look: Callable[[str], Verdict]) -> Verdict:
    """Decide on a part of a message; where it comes to nothing, once more without talk before it."""
    verdict = look(part)
    rest = without_talk(part) if verdict.outcome is Outcome.NONE else part
    return verdict if rest == part else look(rest)


def _parts(text: str) -> list[str]:
    """Return what is looked up: the sentences, and a short message as a whole first."""
    parts = list(dict.fromkeys(sentences(text)))
    return [text, *parts] if len(parts) > 1 and len(text) <= SHORT else parts


def _most_telling(parts: Sequence[str], index: Index, spaces: Sequence[str]) -> list[str]:
    """Return the parts of a long message of which most is on record in one claim, the most telling of many first.

    So the claim that is likeliest to be meant is read closely before the message's fill is read.
    """
    if len(parts) <= MOST_SCORED:
        return list(parts)
    evidence = [index.evidence(read_words(part, index, mended=0), spaces) for part in parts]
    best = sorted(range(len(parts)), key=lambda at: -evidence[at])[:MOST_SCORED]
    return [parts[at] for at in best]


def _answer(question: str, verdicts: Sequence[Verdict], others: tuple[Claim, ...]) -> Answer:
    """Join what the sentences came to: every claim once, at most three, conflicts never hidden by a match."""
    candidates = _best({}, [hit for verdict in verdicts for hit in verdict.candidates])[:MOST_CANDIDATES]
    verdicts = _as_a_whole(question, verdicts)
    telling = [verdict for verdict in verdicts if verdict.outcome is not Outcome.NONE]
    if not telling:
        return Answer(question, Outcome.NONE, _why_none(near=any(verdict.near for verdict in verdicts)), (), candidates)
    firm = [v for v in telling if v.outcome is not Outcome.AMBIGUOUS]
    if not firm:
        hits = max(telling, key=lambda v: len(v.hits)).hits[:MOST_CHOICES]
        return Answer(question, Outcome.AMBIGUOUS, f"{len(hits)} claims on record fit: choose one.", hits, candidates)
    hits = _best(_RANK, [hit for verdict in firm for hit in verdict.hits])[:MOST_SHOWN]
    different = [hit for hit in hits if hit.outcome is Outcome.DIFFERENT]
    if not different:
        return Answer(question, Outcome.MATCH, _why_match(hits), hits, candidates, others)
    reason = f"The nearest claim on record differs: {different[0].difference}."
    shown = hits if len(hits) > 1 else (different[0],)
    return Answer(question, Outcome.DIFFERENT, reason, shown, candidates)


def _as_a_whole(question: str, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Drop from the sentences of a short message the claims from which the message as a whole differs."""
    whole = next((verdict for verdict in verdicts if " ".join(verdict.sentence.split()) == question), None)
    if whole is None or whole.outcome is not Outcome.DIFFERENT:
        return verdicts
    differs = {hit.claim.id for hit in whole.hits}
    return [whole, *(v for v in verdicts if v is not whole and differs.isdisjoint(hit.claim.id for hit in v.hits))]


def _best(rank: Mapping[Outcome, int], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return each claim once, by its best sighting, best first."""
    best: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (rank.get(hit.outcome, 0), -hit.score)):
        best.setdefault(hit.claim.id, hit)
    return tuple(best.values())


def _why_match(hits: Sequence[Hit]) -> str:
    if len(hits) > 1:
        return f"{len(hits)} claims on record are in this message."
    return "This claim is on record, and nothing in it conflicts."


def _why_none(*, near: bool) -> str:
    return "Nothing on record says this." if near else "Nothing on record shares a word with this."
