"""Keeps a matcher up to date with the claims of a store, whoever changes them.

A few changes are patched in at once, so that the next answer has them. After many, and when patches have piled up,
the index is built anew in a thread of its own; until it is ready, the old one goes on answering, patched with whatever
else changes. What is shown of it is what still reads in the store as the index has it.
"""

import gc
import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Lock, Thread
from typing import NamedTuple, TypeVar

from bot.errors import FactbotError
from bot.incident import LOGGER, record_incident
from bot.matching import cachefile
from bot.matching.index import Index
from bot.matching.matcher import Matcher
from bot.matching.row import Row, belongs
from bot.matching.segment import Segment
from bot.model import Claim, State
from bot.store import Store, Version

AT_ONCE = 200
"""Changed claims that are patched in while somebody waits for an answer: about 30 ms."""
MOST_PATCHES = 1_000
"""Patched claims after which the index is built anew."""
PATIENCE = 0.06
"""Seconds that an answer waits for an index that it set going; a small one is ready by then."""
WORTH_CACHING = 5_000
"""Claims from which on a cache file saves a noticeable time."""
AT_FULL_SPEED = 0.1
"""Seconds after which an index that is built while answers go on is built at leisure."""
_A_FEW, _REST = 5, 3.0
"""Claims that are read between two pauses, and how much longer than the work a pause is. Who computes holds Python's
lock for 5 ms when somebody waits for it, and an answer asks for it at every call of SQLite: without pauses answers
took 50 ms instead of 5 while an index was built."""
_PAGE = 500
_NEVER = Version(-1, b"")
Read = TypeVar("Read")


class Current(NamedTuple):
    """A matcher to answer one question with."""

    matcher: Matcher
    behind: bool
    """More changed than was patched in: the claims are to be compared with what the index has of them."""


class _Closed(Exception):
    """Nobody needs the index any more."""


class Keeper:
    """Gives out matchers over a store's claims. May be used from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._claims = store.following
        self._lock = Lock()
        self._seen: Version | None = None
        self._current = Current(Matcher.over(Index.build(())), behind=False)
        self._builder: Thread | None = None
        self._closed = Event()

    def current(self) -> Current:
        """Return a matcher that knows every change, or nearly every one while an index is being built."""
        if self._claims.version() != self._seen:
            with self._lock:
                builder = self._catch_up()
            if builder:
                builder.join(PATIENCE)
        return self._current

    def fetch(self, ids: Sequence[str], current: Current) -> dict[str, Claim]:
        """Return those of the claims with these ids that are shown and that `current` knows as they are now."""
        shown = [claim for claim in self._store.get_many(ids) if claim.state is State.ACTIVE]
        known = [claim for claim in shown if not current.behind or current.matcher.index.holds(claim)]
        return {claim.id: claim for claim in known}

    def settle(self) -> None:
        """Wait until no index is being built."""
        while (builder := self._builder) is not None:
            builder.join()

    def close(self) -> None:
        """End what is being built."""
        self._closed.set()
        self.settle()

    def _catch_up(self) -> Thread | None:
        """Bring the matcher up to date; return the thread to wait for where that takes longer."""
        version = self._claims.version()
        if version == self._seen:
            return None
        if self._seen is None:
            self._begin()
            gc.freeze()  # what is there by now stays: looking through it again would hold answers up for 0.1 s
            return None
        index = self._patched(self._current.matcher.index, self._seen, AT_ONCE)
        if index is not None:
            self._show(index, version, behind=self._current.behind)
        else:
            self._show(self._current.matcher.index, version, behind=True)
        if index is None or index.patches > MOST_PATCHES:
            self._start_building()
        return self._builder if index is None else None

    def _show(self, index: Index, version: Version, *, behind: bool) -> None:
        """Give out this index from now on; in this order, as others look at both without the lock."""
        if index is not self._current.matcher.index or behind != self._current.behind:
            self._current = Current(Matcher.over(index), behind)
        self._seen = version

    def _patched(self, index: Index, since: Version, most: int) -> Index | None:
        """Return the index with what changed after `since`; None where more than `most` claims did."""
        changed = self._claims.changed_since(since, most)
        if changed is None:
            return None
        found = {claim.id: claim for claim in self._store.get_many(changed)}
        return index.patched({claim_id: found.get(claim_id) for claim_id in changed}) if changed else index

    def _begin(self) -> None:
        """Take the index from the cache file or build it; whoever asks first waits for it."""
        version = self._claims.version()
        cached = cachefile.load(self._cache, self._claims.hash_of) if self._cache else None
        if cached:
            segment, number = cached
            index = self._patched(Index(segment), Version(number, self._claims.hash_of(number)), MOST_PATCHES)
            if index is not None:
                self._show(index, version, behind=False)
                return
        segment = Segment.build(self._rows())
        self._show(Index(segment), version, behind=False)
        self._save(segment, version)

    def _rows(self) -> Iterator[Row]:
        """Read all claims in the order of their ids, a page at a time: no one else waits long for the store."""
        after = ""
        while claims := self._claims.page(after, _PAGE):
            if self._closed.is_set():
                raise _Closed
            yield from (Row.of(claim) for claim in claims if belongs(claim))
            after = claims[-1].id

    def _start_building(self) -> None:
        if self._builder is None:
            self._builder = Thread(target=self._build, name="index", daemon=True)
            self._builder.start()

    def _build(self) -> None:
        """Build the index anew until nothing more than a few patches is missing; the thread's whole life."""
        try:
            installed = False
            while not installed:
                version = self._claims.version()
                segment = Segment.build(at_leisure(self._rows()))
                installed = self._install(Index(segment), version)
            self._save(segment, version)
        except Exception as fault:
            self._failed(fault)
        finally:
            self._builder = None

    def _install(self, index: Index, version: Version) -> bool:
        """Give out the new index with what changed since it was begun; False where that is too much."""
        with self._lock:
            now = self._claims.version()
            patched = self._patched(index, version, AT_ONCE)
            if patched is not None:
                self._show(patched, now, behind=False)
            return patched is not None

    def _failed(self, fault: Exception) -> None:
        """Try again at the next question; somebody else's write or a closed database is no fault of ours."""
        self._seen = _NEVER
        if isinstance(fault, FactbotError):
            logging.getLogger(LOGGER).warning("the index could not be built: %s", fault.message)
        elif not self._closed.is_set():
            record_incident(fault)

    @property
    def _cache(self) -> Path | None:
        """Where the cache file lies; none for a database in memory."""
        return None if self._store.path == ":memory:" else cachefile.beside(Path(self._store.path))

    def _save(self, segment: Segment, version: Version) -> None:
        """Keep the index for the next start where that pays; a folder that may not be written is no matter."""
        if self._cache is None or not self._store.writable or len(segment) < WORTH_CACHING:
            return
        try:
            cachefile.save(self._cache, segment, version.number, version.hash, Path(self._store.path))
        except OSError as error:
            logging.getLogger(LOGGER).debug("no cache file was written: %s", error.strerror)


def at_leisure(rows: Iterator[Read]) -> Iterator[Read]:
    """Pass on what is read, at first quickly, then with pauses in which others compute."""
    begun = since = time.perf_counter()
    for number, row in enumerate(rows):
        yield row
        if number % _A_FEW == 0:
            now = time.perf_counter()
            if now - begun > AT_FULL_SPEED:
                time.sleep(_REST * (now - since))
            since = time.perf_counter()
