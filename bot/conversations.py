"""What a chat face needs to remember between messages: what was answered, where to be quiet, whom to tell what.

Everything is kept in the store and expires, so that a restart answers nothing twice and forgets no notice.
"""

import logging
import threading
from collections.abc import Collection, Sequence

from bot.incident import LOGGER
from bot.recorder import Answered, Recorder, keep
from bot.records import QUIET, Notice, Suggestion
from bot.store import Store

LOG = logging.getLogger(LOGGER)


class Conversations:
    """The memory of the chat faces. Its methods may be called from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._under_way: set[str] = set()
        self._recorder = Recorder(store)

    def begin(self, event: str, space: str = "", places: Collection[str] = ()) -> bool:
        """Whether this event (a message, a delivery) is to be dealt with: neither done nor under way.

        Nothing is where a bot is to be quiet: `places` are where it happened, the nearest first.
        """
        if places and self.is_quiet(space, places):
            return False
        with self._lock:
            known = event in self._under_way or self._recorder.holds(event)
            if known or self._store.deliveries.seen(event) is not None:
                return False
            self._under_way.add(event)
            return True

    def done(self, event: str, answered: Answered | None = None) -> None:
        """Remember for a week that the event has been dealt with, and by which answer. Waits for nothing."""
        self._recorder.add(event, answered)
        self.failed(event)

    def settle(self) -> None:
        """Wait until everything that was done is written."""
        self._recorder.settle()

    def close(self) -> None:
        """Write what was done. Call it before the store is closed."""
        self._recorder.close()

    def failed(self, event: str) -> None:
        """Let the event be dealt with when it comes again."""
        with self._lock:
            self._under_way.discard(event)

    def remember(self, answered: Answered) -> None:
        """Remember which message of the bot answers which question, and who asked."""
        keep(self._store, answered)

    def reply_to(self, place: str, question: str) -> str:
        """Return the message of the bot that answers `question`, written or not; empty when none is known."""
        fresh = (each.reply for each in self._unwritten(place) if each.question == question)
        return next(fresh, "") or self._store.replies.reply_to(place, question)

    def asker_of(self, place: str, reply: str) -> str:
        """Return the account of whoever asked what this message of the bot answers; empty when not known."""
        fresh = (each.account for each in self._unwritten(place) if each.reply == reply)
        return next(fresh, "") or self._store.replies.asker_of(place, reply)

    def _unwritten(self, place: str) -> list[Answered]:
        return [each for each in self._recorder.held().values() if each is not None and each.place == place]

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
