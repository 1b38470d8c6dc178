"""What a running bot does beside answering, in threads of its own: heartbeats, backups, and forgetting."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from bot import health
from bot.backups import Plan, due_in, scheduled_backup
from bot.errors import FactbotError
from bot.incident import LOGGER, record_incident
from bot.leaving import erase_left
from bot.store import Store
from bot.watch import Watch

LOG = logging.getLogger(LOGGER)
HANGS = 30.0
"""Seconds without a sign of life from what answers people after which it counts as hanging."""
HOUR = 3600.0
"""Seconds from one look for what is to be forgotten to the next; the first comes when the faces know where they are."""
_SOON = 1.0
_RETRY = 900.0


class Upkeep:
    """Keeps the heartbeat and the backups going from `start` to `stop`; `alive` is the sign of life.

    A community that was left is erased after `left_days`, never where that is 0.
    The threads die with the process: a backup under way is dropped, and what it left is swept at the next.
    """

    def __init__(self, path: Path, watch: Watch, plan: Plan | None = None, left_days: float = 0) -> None:
        self._path = path
        self._watch = watch
        self._left_days = left_days
        self._stopped = Event()
        self._alive_at = time.monotonic()
        self._threads = [
            Thread(target=self._beats, name="heartbeat", daemon=True),
            Thread(target=self._forgets, name="forgetting", daemon=True),
        ]
        if plan:
            self._threads.append(Thread(target=self._backups, args=[plan], name="backups", daemon=True))

    def start(self) -> None:
        """Begin; the first heartbeat comes at once."""
        for thread in self._threads:
            thread.start()

    def alive(self) -> None:
        """Say that what answers people is not stuck."""
        self._alive_at = time.monotonic()

    def stop(self) -> None:
        """End, and take the heartbeat away: there is no bot any more."""
        self._stopped.set()
        self._threads[0].join(2)
        try:
            health.write_heartbeat(self._path, alive=False)
        except FactbotError as problem:
            LOG.warning("the last heartbeat could not be taken away: %s", problem.message)

    def _beats(self) -> None:
        self._every(self._beat, lambda: health.EVERY if not self._watch.trouble else health.EVERY / 4)

    def _beat(self) -> None:
        if time.monotonic() - self._alive_at > HANGS:
            self._tell("The bot hangs: it takes no requests.")
            return
        try:
            health.write_heartbeat(self._path)
        except FactbotError as problem:
            self._tell(problem.message)
        else:
            self._tell("")

    def _tell(self, trouble: str) -> None:
        """Log a change for the worse or the better once, not at every beat."""
        before, self._watch.trouble = self._watch.trouble, trouble
        if trouble and trouble != before:
            LOG.error("nothing can be saved: %s", trouble)
        elif before and not trouble:
            LOG.info("changes can be saved again")

    def _backups(self, plan: Plan) -> None:
        wait = [_SOON]

        def step() -> None:
            due = due_in(plan, datetime.now(UTC))
            wait[0] = due if due > 0 else self._back_up(plan)

        self._every(step, lambda: max(_SOON, wait[0]))

    def _back_up(self, plan: Plan) -> float:
        """Make a backup; return in how many seconds to look again."""
        try:
            with Store.open(self._path) as store:
                made = scheduled_backup(store, plan, datetime.now(UTC))
        except FactbotError as problem:
            LOG.error("the scheduled backup failed, next try in 15 minutes: %s", problem.message)
            return _RETRY
        self._watch.backed_up()
        LOG.info("backup %s: %d claims, %d bytes", made.path, made.claims, made.size)
        return _SOON

    def _forgets(self) -> None:
        self._stopped.wait(HOUR)
        self._every(self._forget, lambda: HOUR)

    def _forget(self) -> None:
        try:
            with Store.open(self._path) as store:
                store.spaces.expire()
                if self._left_days:
                    erase_left(store, self._watch.numbers().spaces, self._left_days)
        except FactbotError as problem:
            LOG.warning("what is to be forgotten could not be looked for: %s", problem.message)

    def _every(self, work: Callable[[], None], pause: Callable[[], float]) -> None:
        """Do `work` until the end; a fault of ours is recorded and stops nothing."""
        while not self._stopped.is_set():
            try:
                work()
            except Exception as fault:
                record_incident(fault)
            self._stopped.wait(pause())
