"""The index: which claims share rare words with a question. Derived data, built from the store, never the truth.

It is one large segment that never changes and one small one, `patch`, with the claims that were added or changed
since; those of the large one that are gone or changed are dead. Patching makes a new index that shares the large
segment with the old one: whoever is asking the old one is not disturbed. A patched index answers exactly as one that
is built anew: claims that are equally near stand in the order of their ids.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.matching.changes import Changes
from bot.matching.initials import initials
from bot.matching.kinship import TYPO
from bot.matching.row import Row, View, belongs, content_keys, content_words, context_keys
from bot.matching.segment import LONGEST, Ints, Segment
from bot.matching.words import WORDS_KEPT, background
from bot.model import GLOBAL, Claim

__all__ = ["Index", "View", "content_keys", "content_words", "context_keys", "initials"]

_PRIOR = 2_000
"""The background counts as much as this many claims: in a small database it alone says how rare a word is."""
_WORDS_IN_CLAIM = 12
_UNSEEN = 1.2e-7
"""Share of all words of a word that the background table does not hold."""
_FAR = 0.7
"""A claim with less than this share of the best claim's score is not worth comparing in full (but in a search)."""
_ENOUGH = 20_000
"""Claims gathered by rare words, after which common words only add to these claims' scores."""
_SIZES = 0.85 + 0.75 * np.arange(LONGEST + 1) / _WORDS_IN_CLAIM
"""What a claim's score is divided by, for each number of words that it may have."""

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the index knows it."""

    id: str
    space: str


class Index:
    """An immutable index over claims: `build` makes one, `patched` another from it."""

    def __init__(self, base: Segment, changes: Changes | None = None) -> None:
        self._base = base
        self._changes = changes or Changes()
        self.patches = max(len(self._changes.rows), len(self._changes.dead))
        """How many claims are not as they are in the large segment."""
        self._patch = Segment.build(self._changes.rows.values())
        self._segments = ((base, 0), (self._patch, len(base)))
        self._alive = np.ones(len(base) + len(self._patch), np.bool_)
        self._alive[list(self._changes.dead)] = False
        self._words_in = np.concatenate([base.lengths, self._patch.lengths])
        self._size = int(np.count_nonzero(np.concatenate([base.shown, self._patch.shown]) & self._alive))
        self._space_codes = {
            name: at for at, name in enumerate(dict.fromkeys(base.space_names + self._patch.space_names))
        }
        codes = np.array([self._space_codes[name] for name in self._patch.space_names], np.int32)
        self._spaces = np.concatenate([base.spaces, codes[self._patch.spaces]])
        self._places = 2 * np.searchsorted(base.ids, self._patch.ids)
        self._extinct = {word for word in self._changes.lost if not self.spread(word)}
        self._weights: dict[str, float] = {}

    @classmethod
    def build(cls, claims: Iterable[Claim]) -> "Index":
        """Index those of `claims` that belong in it, whatever their order."""
        return cls(Segment.build(sorted(Row.of(claim) for claim in claims if belongs(claim))))

    def patched(self, now: Mapping[str, Claim | None]) -> "Index":
        """Return an index in which the claims with these ids are as they are now (None: not there)."""
        return Index(self._base, self._changes.with_claims(now, self._base))

    def __len__(self) -> int:
        return self._size

    @property
    def words(self) -> list[str]:
        """All words on record."""
        every = dict.fromkeys([*self._base.words, *self._patch.words])
        return [word for word in every if word not in self._extinct]

    @property
    def entries(self) -> "Entries":
        """The claims by their numbers."""
        return Entries(self.entry)

    def entry(self, doc: int) -> Entry:
        """Return what is known of the claim with this number."""
        segment, at = self._place(doc)
        return Entry(segment.ids[at].decode(), segment.space_names[segment.spaces[at]])

    def find(self, claim_id: str) -> int | None:
        """Return the number of the claim with this id; None where there is none."""
        found = ((segment.find(claim_id), offset) for segment, offset in self._segments)
        return next((at + offset for at, offset in found if at is not None and self._alive[at + offset]), None)

    def holds(self, claim: Claim) -> bool:
        """Tell whether the index knows this claim as it is."""
        doc = self.find(claim.id)
        return doc is not None and belongs(claim) and Row.of(claim) == self._row(doc)

    def _row(self, doc: int) -> Row:
        segment, at = self._place(doc)
        return segment.row(at)

    def _place(self, doc: int) -> tuple[Segment, int]:
        base = len(self._base)
        return (self._base, doc) if doc < base else (self._patch, doc - base)

    def views(self, doc: int) -> list[View]:
        """Return the content words of each wording of a claim, the text first."""
        segment, at = self._place(doc)
        return segment.views_of(at)

    def context(self, doc: int) -> list[str]:
        """Return the words of a claim's claimant, role, occasion, outlet and date."""
        segment, at = self._place(doc)
        return segment.context_of(at)

    def spread(self, key: str) -> int:
        """Return how many claims hold the word."""
        spread = self._base.spread(key)
        return spread + self._patch.spread(key) - self._changes.lost.get(key, 0) if self.patches else spread

    def weight(self, key: str) -> float:
        """Return how much a word says: -ln of its share of claims, the background counting as `_PRIOR` claims."""
        known = self._weights.get(key)
        if known is None:
            general = min(0.9, _WORDS_IN_CLAIM * background().get(key, _UNSEEN))
            share = (self.spread(key) + _PRIOR * general) / (len(self) + _PRIOR)
            known = -log(min(0.9, share + 1e-5))
            if len(self._weights) < WORDS_KEPT:
                self._weights[key] = known
        return known

    def holding(self, key: str) -> Ints:
        """Return the claims that hold a word, ascending."""
        run = self._run(key)
        return run[self._alive[run]] if self._changes.dead else run

    def _run(self, key: str) -> Ints:
        """Return the claims that hold a word, the dead ones too, ascending."""
        run = self._base.run(key)
        if not len(self._patch):
            return run
        return np.concatenate([run, self._patch.run(key) + np.int32(len(self._base))])

    def nearest(
        self, question: Sequence[str], spaces: Sequence[str], limit: int, least: float = 0.0, far: float = _FAR
    ) -> list[int]:
        """Return up to `limit` claims of `spaces` that share the rarest words with the question, best first.

        Claims with less than the share `far` (0 to 1) of the best one's score are left out, but for the first three;
        all of them where no claim holds the share `least` (0 to 1) of the question's weight.
        """
        docs, held = self._gather(question, spaces, limit, _ENOUGH)
        if not len(docs) or held.max() < least * sum(map(self.weight, question)):
            return []
        scores = held / _SIZES[self._words_in[docs]]
        if len(docs) > limit:
            top = scores >= np.partition(scores, -limit)[-limit]
            docs, scores = docs[top], scores[top]
        order = np.lexsort((self._by_id(docs), -scores))[:limit]
        near = max(3, int(np.count_nonzero(scores >= far * scores.max())))
        return self._unhidden(docs[order[:near]], spaces)

    def evidence(self, question: Sequence[str], spaces: Sequence[str]) -> float:
        """Return about how much those of the question's words weigh that one claim of `spaces` holds."""
        _, held = self._gather(question, spaces, 1, _ENOUGH // 10)
        return float(held.max(initial=0.0))

    def shown(self, docs: Ints, spaces: Sequence[str]) -> list[int]:
        """Return those of `docs` that readers of `spaces` are shown, in the order of their ids.

        A community's own version hides the global one.
        """
        seen = docs[self._seen(docs, spaces)]
        return self._unhidden(seen[np.argsort(self._by_id(seen), kind="stable")], spaces)

    def _by_id(self, docs: Ints) -> Ints | NDArray[np.int64]:
        """Return numbers that order these claims by their ids."""
        if not len(self._patch):
            return docs
        base = len(self._base)
        places = 2 * docs.astype(np.int64) + 1
        patched = docs >= base
        places[patched] = self._places[docs[patched] - base]
        return places * (len(self._patch) + 1) + np.maximum(0, docs - base + 1)

    def _gather(self, question: Sequence[str], spaces: Sequence[str], limit: int, enough: int) -> tuple[Ints, Amounts]:
        """Return the claims that hold the question's rarer words, and what the words they hold weigh together.

        Of them only those are sure to be there that may be among the `limit` nearest, and the one that holds most.
        """
        spreads = sorted(((n, key) for key in dict.fromkeys(question) if (n := self.spread(key))), key=itemgetter(0))
        sums = accumulate(n for n, _ in spreads)
        rare = max(1, sum(total <= enough for total in sums))
        docs, held = self._joined([key for _, key in spreads[:rare]])
        seen = self._seen(docs, spaces)
        return self._added_up(docs[seen], held[seen], [key for _, key in spreads[rare:]], limit)

    def _joined(self, rare: Sequence[str]) -> tuple[Ints, Amounts]:
        """Return the claims that hold any of these words, ascending, and what those they hold weigh together."""
        if not rare:
            return np.empty(0, np.int32), np.empty(0)
        runs = [self._run(key) for key in rare]
        weights = np.repeat([self.weight(key) for key in rare], [len(run) for run in runs])
        held = np.bincount(np.concatenate(runs), weights).astype(np.float64)
        docs = np.flatnonzero(held > 0).astype(np.int32)
        return docs, held[docs]

    def _added_up(self, docs: Ints, held: Amounts, common: Sequence[str], limit: int) -> tuple[Ints, Amounts]:
        """Add what the common words weigh, leaving out claims that cannot come near with all of them."""
        if common and len(docs) > limit:
            rest = sum(map(self.weight, common)) * (1 + 1e-9)
            sizes = _SIZES[self._words_in[docs]]
            reached = np.partition(held / sizes, -limit)[-limit]
            hopeful = ((held + rest) / sizes >= reached) | (held + rest >= held.max())
            docs, held = docs[hopeful], held[hopeful]
        for key in common:
            run = self._run(key)
            at = np.minimum(np.searchsorted(run, docs), len(run) - 1)
            held = held + self.weight(key) * (run[at] == docs)
        return docs, held

    def _seen(self, docs: Ints, spaces: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which of `docs` are there and lie in `spaces`."""
        codes = [self._space_codes[space] for space in set(spaces) if space in self._space_codes]
        seen = self._alive[docs]
        if len(codes) == len(self._space_codes):
            return seen
        readable = np.zeros(len(self._space_codes), np.bool_)
        readable[codes] = True
        seen &= readable[self._spaces[docs]]
        return seen

    def _unhidden(self, docs: Ints, spaces: Sequence[str]) -> list[int]:
        """Return those of `docs` whose place no claim of the readers' community takes."""
        if all(space == GLOBAL or space not in self._space_codes for space in spaces):
            return list(docs.tolist())
        return [doc for doc in docs.tolist() if not self.is_hidden(self.entry(doc).id, spaces)]

    def is_hidden(self, claim_id: str, spaces: Sequence[str]) -> bool:
        """Tell whether a claim of one of `spaces` takes the place of the claim with this id."""
        hiders = (at + offset for segment, offset in self._segments for at in segment.hiders_of(claim_id))
        return any(self._alive[hider] and self.entry(hider).space in spaces for hider in hiders)

    def intended(self, key: str) -> str:
        """Return the word on record that a misspelt word probably is, "" where there is none.

        It has the same initial and about the same length; of words equally alike the one that takes fewer slips.
        """
        lengths = range(len(key) - 2, len(key) + 3)
        buckets = (segment.alike.get((key[0], length), ()) for segment, _ in self._segments for length in lengths)
        found = [
            (-alike, OSA.distance(key, word), word)
            for bucket in buckets
            for word, alike, _ in process.extract(key, bucket, scorer=fuzz.ratio, score_cutoff=100 * TYPO, limit=None)
            if word not in self._extinct
        ]
        return min(found)[2] if found else ""


@dataclass(frozen=True, slots=True)
class Entries:
    """The claims of an index by their numbers, read as they are looked at."""

    read: Callable[[int], Entry]

    def __getitem__(self, doc: int) -> Entry:
        return self.read(doc)
