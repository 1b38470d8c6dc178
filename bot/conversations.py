"""What a chat face needs to remember between messages: what was answered, where to be quiet, whom to tell what.

Everything is kept in the store and expires, so that a restart answers nothing twice and forgets no notice.
"""

import logging
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.incident import LOGGER
from bot.records import QUIET, Notice, Suggestion
from bot.store import Store

LOG = logging.getLogger(LOGGER)
_GATHERED = 0.1
"""Seconds from one write to the next at the earliest: each holds everybody up who reads."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Which message of the bot (`reply`) answers which message (`question`) in a place of a space, and who asked."""

    place: str
    question: str
    reply: str
    account: str
    space: str = ""


class Conversations:
    """The memory of the chat faces. Its methods may be called from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._under_way: set[str] = set()
        self._unwritten: list[tuple[str, Answered | None]] = []
        self._fresh: dict[tuple[str, str], str] = {}
        self._writing = False
        self._wrote = float("-inf")

    def begin(self, event: str, space: str = "", places: Collection[str] = ()) -> bool:
        """Whether this event (a message, a delivery) is to be dealt with: neither done nor under way.

        Nothing is where a bot is to be quiet: `places` are where it happened, the nearest first.
        """
        if places and self.is_quiet(space, places):
            return False
        with self._lock:
            if event in self._under_way or self._store.deliveries.seen(event) is not None:
                return False
            self._under_way.add(event)
            return True

    def done(self, event: str, answered: Answered | None = None) -> None:
        """Remember for a week that the event has been dealt with, and by which answer.

        Under load many are written at once, by whoever came first: each write waits for the disk. A process that is
        killed just then may answer these again.
        """
        with self._lock:
            self._unwritten.append((event, answered))
            if answered is not None:
                self._fresh[answered.place, answered.question] = answered.reply
            if self._writing:
                return
            self._writing = True
        try:
            while batch := self._taken():
                self._write(batch)
        finally:
            self._writing = False

    def _taken(self) -> list[tuple[str, Answered | None]]:
        if self._unwritten:
            time.sleep(max(0.0, self._wrote + _GATHERED - time.monotonic()))
        with self._lock:
            batch, self._unwritten = self._unwritten, []
            self._writing = bool(batch)
            return batch

    def _write(self, batch: Sequence[tuple[str, Answered | None]]) -> None:
        with self._store.transaction():
            for event, answered in batch:
                self._store.deliveries.keep(event, "")
                if answered is not None:
                    self.remember(answered)
        self._wrote = time.monotonic()
        for event, answered in batch:
            self.failed(event)
            if answered is not None:
                self._fresh.pop((answered.place, answered.question), None)

    def failed(self, event: str) -> None:
        """Let the event be dealt with when it comes again."""
        with self._lock:
            self._under_way.discard(event)

    def remember(self, answered: Answered) -> None:
        """Remember which message of the bot answers which question, and who asked."""
        self._store.replies.keep(answered.place, answered.question, answered.reply, answered.account, answered.space)

    def reply_to(self, place: str, question: str) -> str:
        """Return the message of the bot that answers `question`, written or not; empty when none is known."""
        return self._fresh.get((place, question)) or self._store.replies.reply_to(place, question)

    def asker_of(self, place: str, reply: str) -> str:
        """Return the account of whoever asked what this message of the bot answers; empty when not known."""
        return self._store.replies.asker_of(place, reply)

    def is_quiet(self, space: str, places: Collection[str]) -> bool:
        """Whether the bot is to say nothing in one of these places (a channel, the one above it)."""
        home = self._store.communities.home(space)
        return not set(self._store.communities.setting(home, QUIET).split()).isdisjoint(places)

    def named_moderators(self, space: str, prefix: str) -> Sequence[str]:
        """Return the named moderators of a community whose account begins with `prefix` (`slack:group:`)."""
        home = self._store.communities.home(space)
        return [who for who in self._store.communities.moderators(home) if who.startswith(prefix)]

    def keep_question(self, account: str, space: str, question: str) -> str:
        """Keep for a day what somebody asked, for a button that cannot hold it; return its id, theirs alone."""
        return self._store.drafts.keep(account, space, "factcheck", {"question": question})

    def kept_question(self, number: str, account: str, space: str) -> str:
        """Return what somebody asked. Raises `NotFound` when it is not kept any more, or not theirs."""
        return self._store.drafts.get(number, account, space).values["question"]

    def suggested_by(self, account: str) -> Sequence[Suggestion]:
        """Return what somebody has suggested, newest first."""
        return self._store.suggestions.of(account)

    def notices(self, prefix: str) -> Sequence[Notice]:
        """Return what is to be told on the platform whose accounts begin with `prefix`, oldest first."""
        return self._store.notices.pending(prefix)

    def belongs(self, notice: Notice, space: str) -> bool:
        """Whether a notice may be told in a channel of this space: only its own community's channels may be named."""
        return self._store.communities.home(space) == notice.space

    def told(self, notice: Notice) -> None:
        """Strike out a notice that has been delivered, or cannot be."""
        self._store.notices.delivered(notice.id)

    def present(self, prefix: str, spaces: Collection[str]) -> None:
        """Note where the bot is and is not: of the stored spaces that begin with `prefix`, it is in these alone."""
        for space in self._store.spaces.known():
            if space.startswith(prefix):
                self.came_back(space) if space in spaces else self.left(space)

    def left(self, space: str) -> None:
        """Note that the bot was removed from a community: what is stored of it is erased after a time."""
        if self._store.spaces.leave(space):
            LOG.info("left %s", space)

    def came_back(self, space: str) -> None:
        """Note that the bot is in this community (again): nothing of it is erased."""
        if self._store.spaces.come_back(space):
            LOG.info("back in %s", space)

    def known(self, name: str) -> str:
        """Return what a face kept under this name; empty when nothing."""
        return self._store.remembered(name)

    def know(self, name: str, value: str) -> None:
        """Keep something about the platform under a name (which commands it has been told of)."""
        self._store.remember(name, value)
