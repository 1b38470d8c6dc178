"""The matcher: finds the claims nearest to one sentence and says how likely each is the one meant."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from bot.matching.evidence import Scales, learned
from bot.matching.index import Index, View
from bot.matching.judge import FAR_BEHIND, Judge, learned_judge
from bot.matching.reading import read_words
from bot.matching.signals import WHOLE, Alignment, Comparison, Wording, aligned_with, compare
from bot.matching.trees import squash

NEAREST = 8
"""Claims that are compared in full."""
NEAREST_IN_PASSING = 3
"""The same for one of many sentences."""
NEAREST_IN_SEARCH = 40
"""The same, at least, where all that matters is which claim is nearer: one that shares few words may come first."""
MOST_WORDINGS = 5
"""Wordings of one claim that are compared in full, those with most words in common."""
SOME_WORDS = 4
"""Words of a question from which it says something when a claim has all: fewer are soon together by chance."""


class Near(NamedTuple):
    """A claim that shares words with a sentence: its place in the index, and its wordings under theirs, aligned."""

    doc: int
    wordings: list[tuple[int, Alignment]]

    @property
    def share(self) -> float:
        """The largest share (0 to 1) of the sentence's weight that one of its wordings holds, kindred words too."""
        return max(alignment.share for _, alignment in self.wordings)


@dataclass(frozen=True, slots=True)
class Found:
    """A claim near to a sentence: its place in the index, the wording that fits best, and how well."""

    doc: int
    wording: int
    score: float
    comparison: Comparison

    @property
    def alone(self) -> float:
        """The probability (0 to 1) by its own score, other claims left out of sight."""
        return squash(self.score)

    @property
    def share(self) -> float:
        """The share (0 to 1) of the question's weight that is on record, kindred words included."""
        return self.comparison.values[1]

    @property
    def whole(self) -> bool:
        """Whether the claim has all words of a question that has some."""
        return self.share >= WHOLE and len(self.comparison.aligned) >= SOME_WORDS

    @property
    def missing(self) -> float:
        """How much the question's word that tells most, of those that the claim lacks, counts (0 to about 20)."""
        return self.comparison.values[2]


@dataclass(frozen=True)
class Matcher:
    """An index with the learned weights to judge by."""

    index: Index
    judge: Judge
    scales: Scales

    @classmethod
    def over(cls, index: Index) -> "Matcher":
        """Return a matcher with the weights that ship with the bot."""
        return cls(index, learned_judge(), Scales(index.weight, learned()))

    def nearest(self, keys: Sequence[str], spaces: Sequence[str], least: float = 0.0) -> list[int]:
        """Return the claims of `spaces` nearest to content words; none where none holds the share `least` of them."""
        limit = NEAREST_IN_PASSING if least else NEAREST
        return self.index.nearest(keys, spaces, limit, least) if keys else []

    def aligned(self, keys: Sequence[str], docs: Iterable[int]) -> list[Near]:
        """Align content words with the wordings of these claims that are worth comparing."""
        return [Near(doc, list(self._alignments(keys, doc))) for doc in docs]

    def compared(self, keys: Sequence[str], near: Iterable[Near]) -> list[Found]:
        """Compare content words with these claims in full; the best comes first."""
        return sorted((self._best_wording(keys, one) for one in near), key=lambda f: -f.score)

    def search(self, text: str, spaces: Sequence[str], limit: int = NEAREST_IN_SEARCH) -> list[Found]:
        """Return the claims of `spaces` nearest to a text, best first, whether or not they say the same.

        So many are compared as `limit` says, and never fewer than NEAREST_IN_SEARCH.
        """
        keys = read_words(text, self.index)
        docs = self.index.nearest(keys, spaces, max(limit, NEAREST_IN_SEARCH), far=0.0) if keys else []
        return sorted(
            self.compared(keys, self.aligned(keys, docs)), key=lambda f: -self.judge.order.log_odds(f.comparison.values)
        )

    def _alignments(self, keys: Sequence[str], doc: int) -> Iterator[tuple[int, Alignment]]:
        """Yield the wordings of a claim with most words in common, each under its place."""
        views = self.index.views(doc)
        context = set(self.index.context(doc))
        every = {key for view in views for key in view.keys}
        asked = set(keys)
        ranked = sorted(range(len(views)), key=lambda at: -len(asked.intersection(views[at].keys)))[:MOST_WORDINGS]
        for at in ranked:
            yield at, aligned_with(keys, Wording(*views[at], context, every), self.scales)

    def _best_wording(self, keys: Sequence[str], near: Near) -> Found:
        compared = ((at, compare(keys, alignment, self.scales)) for at, alignment in near.wordings)
        scored = ((self.judge.score(comparison.values), at, comparison) for at, comparison in compared)
        score, at, comparison = max(scored, key=itemgetter(0))
        return Found(near.doc, at, score, comparison)

    def barred(self, found: Found, never_phrasings: Sequence[str]) -> bool:
        """Tell whether one of the claim's never phrasings fits the question at least as well as the claim does."""
        keys = [aligned.key for aligned in found.comparison.aligned]
        never = (View.of(text) for text in never_phrasings)
        alignments = (aligned_with(keys, Wording(*view), self.scales) for view in never)
        scores = (self.judge.score(compare(keys, alignment, self.scales).values) for alignment in alignments)
        return any(score >= found.score for score in scores)

    def probability(self, best: Found, others: Sequence[Found], kin: Collection[int] = ()) -> float:
        """Return the probability that `best` is meant, `others` being the rest and `kin` those that say the same."""
        return self.probabilities([(best, kin)], others)[0]

    def probabilities(self, each: Sequence[tuple[Found, Collection[int]]], others: Sequence[Found]) -> list[float]:
        """Like `probability`, for several claims with those that say the same."""
        rivals = (
            max((o.score for o in others if o.doc not in kin and o.doc != one.doc), default=FAR_BEHIND)
            for one, kin in each
        )
        rows = [(one.comparison.values, one.score, rival) for (one, _), rival in zip(each, rivals, strict=True)]
        return self.judge.probabilities(rows)
