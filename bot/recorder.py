"""Writes down what was dealt with, behind whoever answers: many in one write, as each waits for the disk."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import FactbotError
from bot.incident import LOGGER, record_incident
from bot.store import Store

LOG = logging.getLogger(LOGGER)
MOST_HELD = 50_000
"""Events that are kept in memory while nothing can be written; of more, the oldest are dropped."""
_GATHERED = 0.25
"""Seconds from one write to the next at the earliest: each waits for the disk, four times, and holds up who reads."""
_AGAIN = 5.0
"""Seconds from a write that failed to the next try."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Which message of the bot (`reply`) answers which message (`question`) in a place of a space, and who asked."""

    place: str
    question: str
    reply: str
    account: str
    space: str = ""


class Recorder:
    """Takes events at once and writes them soon, in a thread that lasts as long as there are some.

    What cannot be written (a full disk, a read-only volume) is held, and tried again. A process that is killed loses
    what it holds: the last quarter of a second.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._held: dict[str, Answered | None] = {}
        self._writer: threading.Thread | None = None
        self._closing = threading.Event()
        self._wrote = float("-inf")

    def add(self, event: str, answered: Answered | None) -> None:
        """Remember that the event has been dealt with, and by which answer."""
        with self._lock:
            self._held[event] = answered
            if len(self._held) > MOST_HELD:
                del self._held[next(iter(self._held))]
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_all, name="recorder")
                self._writer.start()

    def held(self) -> Mapping[str, Answered | None]:
        """Return what is not written yet: event → answer."""
        with self._lock:
            return dict(self._held)

    def holds(self, event: str) -> bool:
        """Tell whether this event waits to be written."""
        with self._lock:
            return event in self._held

    def settle(self) -> None:
        """Wait until everything is written."""
        if writer := self._writer:
            writer.join()

    def close(self) -> None:
        """Write what is there, now; what cannot be written is lost."""
        self._closing.set()
        self.settle()

    def _write_all(self) -> None:
        while batch := self._next():
            if self._write(batch):
                with self._lock:
                    for event in batch:
                        self._held.pop(event, None)
            elif self._closing.wait(_AGAIN):
                return

    def _next(self) -> Mapping[str, Answered | None]:
        """Return what is to be written together, after a while in which more may come; the writer ends on nothing."""
        if self.held():
            self._closing.wait(max(0.0, self._wrote + _GATHERED - time.monotonic()))
        with self._lock:
            if not self._held:
                self._writer = None
            return dict(self._held)

    def _write(self, batch: Mapping[str, Answered | None]) -> bool:
        """Tell whether these are dealt with: a fault of ours would only come again, and is recorded once."""
        try:
            with self._store.transaction():
                self._store.deliveries.keep_many(batch, "")
                keep(self._store, *(each for each in batch.values() if each is not None))
        except FactbotError as problem:
            LOG.warning("%d answered messages are not noted yet: %s", len(batch), problem.message)
            return False
        except Exception as fault:
            record_incident(fault)
        self._wrote = time.monotonic()
        return True


def keep(store: Store, *answered: Answered) -> None:
    """Keep which message of the bot answers which question, and who asked."""
    store.replies.keep_many([(each.place, each.question, each.reply, each.account, each.space) for each in answered])
