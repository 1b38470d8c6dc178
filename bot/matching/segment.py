"""A segment: many claims in flat arrays, never changed once it is made, a hundred bytes or so a claim.

Claims ("docs") are numbered in the order of their ids, words in the order in which they turned up. For each word its
claims are one run of a flat array, and each claim's views are runs of another.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.row import Row, View

Ints = NDArray[np.int32]

LONGEST = 60
"""Words of a claim that count towards its length."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Many lists of numbers in one flat array: list `i` is `flat[starts[i]:starts[i + 1]]`."""

    flat: Ints
    starts: Ints

    def __getitem__(self, at: int) -> Ints:
        return self.flat[self.starts[at] : self.starts[at + 1]]

    def __len__(self) -> int:
        return len(self.starts) - 1


class _RunsBuilder:
    def __init__(self) -> None:
        self._flat = array("i")
        self._starts = array("i", [0])

    def add(self, numbers: Iterable[int]) -> None:
        self._flat.extend(numbers)
        self._starts.append(len(self._flat))

    def done(self) -> Runs:
        return Runs(np.frombuffer(self._flat, np.int32), np.frombuffer(self._starts, np.int32))


@dataclass(frozen=True)
class Segment:
    """Claims in arrays. All arrays but those of words and views have one entry a claim."""

    words: list[str]
    ids: NDArray[np.bytes_]
    """Ascending, each once."""
    space_names: list[str]
    spaces: Ints
    """Each claim's space, as a place in `space_names`."""
    shown: NDArray[np.bool_]
    """False for a claim that is only there to hide another."""
    lengths: NDArray[np.uint8]
    """How many different words a claim has, its context included, at most `LONGEST`."""
    views: Runs
    """Each view's words: twice the word's number, and one more where it is written as a name."""
    view_starts: Ints
    context: Runs
    postings: Runs
    """For each word the claims that hold it, ascending."""
    hidden: NDArray[np.bytes_]
    """The ids of the global claims that claims of communities take the place of, ascending."""
    hiders: Ints
    """The claims that do, in the same order."""

    @classmethod
    def build(cls, rows: Iterable[Row]) -> "Segment":
        """Make a segment of rows in the order of their ids; they may come from a generator."""
        terms: dict[str, int] = {}
        spaces: dict[str, int] = {}
        ids: list[bytes] = []
        hides: list[tuple[bytes, int]] = []
        views, context, view_starts = _RunsBuilder(), _RunsBuilder(), array("i", [0])
        codes, shown = array("i"), bytearray()
        for doc, row in enumerate(rows):
            for view in row.views:
                views.add([2 * terms.setdefault(key, len(terms)) + named for key, named in view])
            view_starts.append(view_starts[-1] + len(row.views))
            context.add([terms.setdefault(key, len(terms)) for key in row.context])
            codes.append(spaces.setdefault(row.space, len(spaces)))
            shown.append(row.shown)
            ids.append(row.id.encode())
            if row.hides:
                hides.append((row.hides.encode(), doc))
        hides.sort()
        starts = np.frombuffer(view_starts, np.int32)
        view_runs, context_runs = views.done(), context.done()
        postings, lengths = _inverted(len(ids), len(terms), view_runs, starts, context_runs)
        return cls(
            list(terms), _texts(ids), list(spaces), np.frombuffer(codes, np.int32), np.frombuffer(shown, np.bool_),
            lengths, view_runs, starts, context_runs, postings,
            _texts([hidden for hidden, _ in hides]), np.array([doc for _, doc in hides], np.int32),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def terms(self) -> Mapping[str, int]:
        """Each word's number."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def alike(self) -> Mapping[tuple[str, int], list[str]]:
        """The words of four letters and more by initial and length, each list in alphabetical order."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self.words):
            if len(word) > 3:
                found.setdefault((word[0], len(word)), []).append(word)
        return found

    def run(self, key: str) -> Ints:
        """Return the claims that hold a word, ascending."""
        number = self.terms.get(key)
        return _NO_DOCS if number is None else self.postings[number]

    def spread(self, key: str) -> int:
        """Return how many claims hold a word."""
        number = self.terms.get(key)
        return 0 if number is None else int(self.postings.starts[number + 1] - self.postings.starts[number])

    def find(self, claim_id: str) -> int | None:
        """Return the number of the claim with this id."""
        wanted = claim_id.encode()
        at = int(np.searchsorted(self.ids, np.bytes_(wanted)))
        return at if at < len(self.ids) and self.ids[at] == wanted else None

    def hiders_of(self, claim_id: str) -> list[int]:
        """Return the claims that take the place of the global claim with this id."""
        wanted = np.bytes_(claim_id.encode())
        first, end = np.searchsorted(self.hidden, wanted), np.searchsorted(self.hidden, wanted, "right")
        return list(self.hiders[first:end].tolist())

    def views_of(self, doc: int) -> list[View]:
        """Return the words of each wording of a claim, the text first."""
        words, span = self.words, range(int(self.view_starts[doc]), int(self.view_starts[doc + 1]))
        runs = (self.views[at].tolist() for at in span)
        return [
            View([words[number >> 1] for number in run], {words[number >> 1] for number in run if number & 1})
            for run in runs
        ]

    def context_of(self, doc: int) -> list[str]:
        """Return the words around a claim."""
        return [self.words[number] for number in self.context[doc].tolist()]

    def row(self, doc: int) -> Row:
        """Return a claim as it was read."""
        runs = (self.views[at].tolist() for at in range(int(self.view_starts[doc]), int(self.view_starts[doc + 1])))
        views = [[(self.words[number >> 1], bool(number & 1)) for number in run] for run in runs]
        hides = self.hidden[self.hiders == doc]
        space = self.space_names[self.spaces[doc]]
        hidden = hides[0].decode() if len(hides) else ""
        return Row(self.ids[doc].decode(), space, hidden, bool(self.shown[doc]), views, self.context_of(doc))

    def words_of(self, doc: int) -> set[str]:
        """Return all words by which a claim is found."""
        return set(chain(self.context_of(doc), *(view.keys for view in self.views_of(doc))))


_NO_DOCS = np.empty(0, np.int32)


def _texts(ids: list[bytes]) -> NDArray[np.bytes_]:
    return np.array(ids) if ids else np.empty(0, "S1")


def _inverted(docs: int, terms: int, views: Runs, view_starts: Ints, context: Runs) -> tuple[Runs, Any]:
    """Return for each word the claims that hold it, and each claim's number of words.

    The pairs of word and claim are sorted as one number each: a million claims take a few hundred megabytes for it.
    """
    every = np.arange(docs, dtype=np.int64)
    of_view = np.repeat(np.repeat(every, np.diff(view_starts)), np.diff(views.starts))
    of_context = np.repeat(every, np.diff(context.starts))
    pairs = np.concatenate([(views.flat >> 1) * np.int64(max(1, docs)), context.flat * np.int64(max(1, docs))])
    pairs += np.concatenate([of_view, of_context])
    del of_view, of_context
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    starts = np.searchsorted(pairs, np.arange(terms + 1, dtype=np.int64) * max(1, docs))
    pairs %= max(1, docs)
    lengths = np.bincount(pairs, minlength=docs)
    return Runs(pairs.astype(np.int32), starts.astype(np.int32)), np.minimum(lengths, LONGEST).astype(np.uint8)
