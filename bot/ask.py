"""Asking: from a text that a person typed to what is on record about it."""

from collections.abc import Mapping, Sequence

from bot.matching.decide import Verdict, decide, same_topic
from bot.matching.index import Index
from bot.matching.matcher import Matcher
from bot.matching.sentences import sentences
from bot.model import GLOBAL, Answer, Claim, Hit, Outcome
from bot.store import Store
from bot.text import clean, clean_lines

MOST_SHOWN = 3
"""Claims shown at most when a long message holds several."""
MOST_CHOICES = 5
MOST_CANDIDATES = 5
SHORT = 280
"""Characters up to which a message of several sentences is also read as one statement."""

_RANK = {Outcome.MATCH: 0, Outcome.DIFFERENT: 1, Outcome.AMBIGUOUS: 2, Outcome.NONE: 3}


class Asker:
    """Answers questions from a store. Its index follows the store, other processes' changes included."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: tuple[int, int] | None = None
        self._matcher = Matcher.over(Index.build(()))

    def ask(self, question: str, *, spaces: Sequence[str] = (GLOBAL,), explain: bool = False) -> Answer:
        """Answer `question` (any text; 40,000 characters of it are read) from the claims of `spaces`."""
        self._refresh()
        text = clean_lines(question)
        parts = _parts(text)
        many = len(parts) > MOST_SHOWN
        verdicts = [
            decide(part, self._matcher, self._fetch, spaces, one_of_many=many, explain=explain) for part in parts
        ]
        return _answer(" ".join(text.split()), verdicts, self._others(verdicts, spaces))

    def search(self, text: str, *, spaces: Sequence[str] = (GLOBAL,), limit: int = 10) -> tuple[Hit, ...]:
        """Return the claims nearest to `text`, best first, whether or not they say the same."""
        self._refresh()
        found = self._matcher.find(clean(text, 1_000), spaces)[:limit]
        ids = [self._matcher.index.entries[one.doc].id for one in found]
        claims = self._fetch(ids)
        near = zip(ids, found, strict=True)
        return tuple(Hit(claims[i], Outcome.NONE, round(one.alone, 4)) for i, one in near if i in claims)

    def _refresh(self) -> None:
        seen = self._store.data_version()
        if seen != self._seen:
            self._matcher = Matcher.over(Index.build(self._store.claims()))
            self._seen = seen

    def _fetch(self, ids: Sequence[str]) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self._store.get_many(ids)}

    def _others(self, verdicts: Sequence[Verdict], spaces: Sequence[str]) -> tuple[Claim, ...]:
        """Return what other claimants said on the topic of the one claim that is shown."""
        shown = [hit for verdict in verdicts if verdict.outcome is Outcome.MATCH for hit in verdict.hits]
        if len({hit.claim.id for hit in shown}) != 1:
            return ()
        claim = shown[0].claim
        tagged = self._store.tagged(claim.tags, spaces)
        return tuple(other for other in tagged if other.id != claim.id and same_topic(claim, other))


def _parts(text: str) -> list[str]:
    """Return what is looked up: the sentences, and a short message as a whole first."""
    parts = list(dict.fromkeys(sentences(text)))
    return [text, *parts] if len(parts) > 1 and len(text) <= SHORT else parts


def _answer(question: str, verdicts: Sequence[Verdict], others: tuple[Claim, ...]) -> Answer:
    """Join what the sentences came to: every claim once, at most three, conflicts never hidden by a match."""
    candidates = _best({}, [hit for verdict in verdicts for hit in verdict.candidates])[:MOST_CANDIDATES]
    telling = [verdict for verdict in verdicts if verdict.outcome is not Outcome.NONE]
    if not telling:
        return Answer(question, Outcome.NONE, _why_none(candidates), (), candidates)
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


def _why_none(candidates: Sequence[Hit]) -> str:
    return "Nothing on record says this." if candidates else "Nothing on record shares a word with this."
