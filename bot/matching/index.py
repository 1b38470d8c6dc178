"""The index: which claims share rare words with a question. Derived data, built from the store, never the truth.

Words are numbered; for each word its claims are one run of a flat array, and each claim's views are runs of another,
so that a million claims fit in well under a gigabyte. A view is one wording of a claim: its text or a phrasing.
A claim's context (claimant, role, occasion, outlet, dates) finds it too, but is no part of what it says.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.words import MONTHS, Word, background, keys, light_words, words
from bot.model import GLOBAL, Claim

_PRIOR = 2_000
"""The background counts as much as this many claims: in a small database it alone says how rare a word is."""
_WORDS_IN_CLAIM = 12
_UNSEEN = 1.2e-7
"""Share of all words of a word that the background table does not hold."""
_RARE_WORD = 2e-5
_FAR = 0.55
"""A claim with less than this share of the best claim's score is not worth comparing in full."""
_ENOUGH = 20_000
"""Claims gathered by rare words, after which common words only add to these claims' scores."""

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the index knows it."""

    id: str
    space: str
    external_id: str


class View(NamedTuple):
    """One wording of a claim: its content words in order, and which of them are written as names."""

    keys: list[str]
    named: set[str]

    @classmethod
    def of(cls, text: str) -> "View":
        """Read a wording that is not in the index."""
        found = content_words(text)
        return cls([key for key, _ in found], {key for key, named in found if named})


@dataclass(frozen=True, slots=True)
class _Runs:
    """Many lists of numbers in one flat array: list `i` is `flat[starts[i]:starts[i + 1]]`."""

    flat: Ints
    starts: NDArray[np.int64]

    def __getitem__(self, at: int) -> Ints:
        return self.flat[self.starts[at] : self.starts[at + 1]]


class _RunsBuilder:
    def __init__(self) -> None:
        self._flat = array("i")
        self._starts = array("q", [0])

    def add(self, numbers: Iterable[int]) -> None:
        self._flat.extend(numbers)
        self._starts.append(len(self._flat))

    def done(self) -> _Runs:
        return _Runs(np.array(self._flat, np.int32), np.array(self._starts, np.int64))


def content_words(text: str) -> list[tuple[str, bool]]:
    """Return the key of each word that says something, in order, and whether it is written as a name."""
    found = words(text)
    return [
        (word.key, word.name or _written_as_name(word, at))
        for at, word in enumerate(found)
        if word.key not in light_words()
    ]


def _written_as_name(word: Word, at: int) -> bool:
    """Tell a name by its capital; a sentence's first word must be a rare one as well."""
    return word.surface[0].isupper() and (at > 0 or background().get(word.key, 0.0) < _RARE_WORD)


def content_keys(text: str) -> list[str]:
    """Return the keys of a text's words that say something, in order."""
    return [key for key in keys(text) if key not in light_words()]


def context_keys(claim: Claim) -> list[str]:
    """Return the words that are said around a claim: who, when, where, by whose report, and their initials."""
    around = filter(None, (claim.claimant, claim.claimant_role, claim.occasion, claim.via, _date_words(claim.said_on)))
    found = [key for text in around for key in (*content_keys(text), initials(text)) if key]
    return list(dict.fromkeys(found))


_CAPITALISED_RUN = re.compile(r"[A-Z][\w'-]*(?: (?:of|for|and|the|on|in|[A-Z][\w'-]*))+")


def initials(text: str) -> str:
    """Return the acronym of the first long name in a text (`csis`, `nyt`), "" where no name has three capitals."""
    for name in _CAPITALISED_RUN.findall(text):
        letters = "".join(word[0] for word in name.removeprefix("The ").split() if word[0].isupper())
        if len(letters) > 2:
            return letters.lower()
    return ""


def _date_words(date: str) -> str:
    parts = date.split("-") if date else [""]
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
    day = str(int(parts[2])) if len(parts) > 2 else ""
    return f"{parts[0]} {month} {day}".strip()


class Index:
    """An immutable index over claims; `build` makes one."""

    def __init__(
        self, terms: dict[str, int], entries: list[Entry], views: _Runs, view_starts: NDArray[np.int64], context: _Runs
    ) -> None:
        self.terms = terms
        self.words = list(terms)
        self.entries = entries
        self._views = views
        self._view_starts = view_starts
        self._context = context
        self._postings, self._lengths = self._invert()
        self._weights: dict[str, float] = {}
        self._by_initial: dict[str, list[str]] | None = None
        spaces = {name: code for code, name in enumerate(dict.fromkeys(entry.space for entry in entries))}
        self._space_codes = spaces
        self._space_of = np.array([spaces[entry.space] for entry in entries], np.int32)
        self._own = {(entry.space, entry.external_id) for entry in entries if entry.space != GLOBAL}

    @classmethod
    def build(cls, claims: Iterable[Claim]) -> "Index":
        """Index `claims`, which may be a generator: none of them is kept."""
        terms: dict[str, int] = {}
        entries: list[Entry] = []
        views, context, view_starts = _RunsBuilder(), _RunsBuilder(), array("q", [0])
        for claim in claims:
            for text in (claim.text, *claim.phrasings):
                found = content_words(text)
                numbers = _numbered((key for key, _ in found), terms)
                views.add(2 * number + named for number, (_, named) in zip(numbers, found, strict=True))
            view_starts.append(view_starts[-1] + 1 + len(claim.phrasings))
            context.add(_numbered(context_keys(claim), terms))
            entries.append(Entry(claim.id, claim.space, claim.external_id))
        return cls(terms, entries, views.done(), np.array(view_starts, np.int64), context.done())

    def _invert(self) -> tuple[_Runs, Ints]:
        """Return for each word the claims that hold it, ascending, and each claim's number of words."""
        view_doc = np.repeat(np.arange(len(self.entries), dtype=np.int64), np.diff(self._view_starts))
        doc = np.concatenate(
            [
                np.repeat(view_doc, np.diff(self._views.starts)),
                np.repeat(np.arange(len(self.entries), dtype=np.int64), np.diff(self._context.starts)),
            ]
        )
        term = np.concatenate([self._views.flat >> 1, self._context.flat]).astype(np.int64)
        pairs = np.unique(term * max(1, len(self.entries)) + doc)
        term, doc = np.divmod(pairs, max(1, len(self.entries)))
        counts = np.bincount(term, minlength=len(self.terms))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return _Runs(doc.astype(np.int32), starts), np.bincount(doc, minlength=len(self.entries)).astype(np.int32)

    def __len__(self) -> int:
        return len(self.entries)

    def spread(self, key: str) -> int:
        """Return how many claims hold the word."""
        number = self.terms.get(key)
        return 0 if number is None else len(self._postings[number])

    def weight(self, key: str) -> float:
        """Return how much a word says: -ln of its share of claims, the background counting as `_PRIOR` claims."""
        known = self._weights.get(key)
        if known is None:
            general = min(0.9, _WORDS_IN_CLAIM * background().get(key, _UNSEEN))
            share = (self.spread(key) + _PRIOR * general) / (len(self) + _PRIOR)
            known = -log(min(0.9, share + 1e-5))
            self._weights[key] = known
        return known

    def views(self, doc: int) -> list[View]:
        """Return the content words of each wording of a claim, the text first."""
        span = range(int(self._view_starts[doc]), int(self._view_starts[doc + 1]))
        return [self._view(self._views[at].tolist()) for at in span]

    def _view(self, numbers: list[int]) -> View:
        return View(
            [self.words[number >> 1] for number in numbers],
            {self.words[number >> 1] for number in numbers if number & 1},
        )

    def context(self, doc: int) -> list[str]:
        """Return the words of a claim's claimant, role, occasion, outlet and date."""
        return [self.words[number] for number in self._context[doc].tolist()]

    def holding(self, key: str) -> Ints:
        """Return the claims that hold a word, ascending."""
        number = self.terms.get(key)
        return np.empty(0, np.int32) if number is None else self._postings[number]

    def nearest(self, question: Sequence[str], spaces: Sequence[str], limit: int, least: float = 0.0) -> list[int]:
        """Return up to `limit` claims of `spaces` that share the rarest words with the question, best first.

        Claims far behind the best one are left out, but for the first three; all of them where no claim holds the
        share `least` (0 to 1) of the question's weight.
        """
        docs, held = self._gather(question)
        if not len(docs) or held.max() < least * sum(map(self.weight, question)):
            return []
        scores = held / (0.85 + 0.75 * np.minimum(self._lengths[docs], 60) / _WORDS_IN_CLAIM)
        hidden = self._hidden(docs, spaces)
        if hidden is not None:
            docs, scores = docs[~hidden], scores[~hidden]
        if len(docs) > limit:
            top = np.argpartition(-scores, limit - 1)[:limit]
            docs, scores = docs[top], scores[top]
        order = np.lexsort((docs, -scores))
        near = max(3, int(np.count_nonzero(scores >= _FAR * scores.max(initial=0.0))))
        return self.shown(docs[order[:near]], spaces)

    def shown(self, docs: Ints, spaces: Sequence[str]) -> list[int]:
        """Return those of `docs` that readers of `spaces` are shown: a community's own version hides the global one."""
        hidden = self._hidden(docs, spaces)
        seen = docs if hidden is None else docs[~hidden]
        return [doc for doc in seen.tolist() if not self._overridden(doc, spaces)]

    def _gather(self, question: Sequence[str]) -> tuple[Ints, NDArray[np.float64]]:
        """Return the claims that hold the question's rarer words, and what the words they hold weigh together."""
        runs = sorted(
            ((self._postings[number], self.weight(key)) for key in dict.fromkeys(question)
             if (number := self.terms.get(key)) is not None),
            key=lambda run: len(run[0]),
        )  # fmt: skip
        rare: list[tuple[Ints, float]] = []
        gathered = 0
        while runs and (not rare or gathered + len(runs[0][0]) <= _ENOUGH):
            gathered += len(runs[0][0])
            rare.append(runs.pop(0))
        if not rare:
            return np.empty(0, np.int32), np.empty(0)
        docs, where = np.unique(np.concatenate([run for run, _ in rare]), return_inverse=True)
        weights = np.concatenate([np.full(len(run), weight) for run, weight in rare])
        scores = np.bincount(where, weights).astype(np.float64)
        for run, weight in runs:
            at = np.minimum(np.searchsorted(run, docs), len(run) - 1)
            scores += weight * (run[at] == docs)
        return docs, scores

    def _hidden(self, docs: Ints, spaces: Sequence[str]) -> NDArray[np.bool_] | None:
        """Tell which of `docs` lie outside `spaces`; None where no claim at all does."""
        if self._space_codes.keys() <= set(spaces):
            return None
        codes = [self._space_codes[space] for space in spaces if space in self._space_codes]
        return np.isin(self._space_of[docs], codes, invert=True)

    def _overridden(self, doc: int, spaces: Sequence[str]) -> bool:
        """Tell whether a community's own version takes this global claim's place."""
        entry = self.entries[doc]
        return entry.space == GLOBAL and any((space, entry.external_id) in self._own for space in spaces)

    def alike(self, key: str) -> list[str]:
        """Return the words on record with this word's initial and about its length: where a typo may have come from."""
        if self._by_initial is None:
            self._by_initial = {}
            for word in self.words:
                if len(word) > 3:
                    self._by_initial.setdefault(f"{word[0]}{len(word)}", []).append(word)
        return [
            word
            for length in range(len(key) - 2, len(key) + 3)
            for word in self._by_initial.get(f"{key[0]}{length}", ())
        ]


def _numbered(found: Iterable[str], terms: dict[str, int]) -> Iterable[int]:
    return [terms.setdefault(key, len(terms)) for key in found]
