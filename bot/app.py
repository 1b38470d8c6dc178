"""One function builds everything from values; the command line, bots and tests all come through here."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.ask import Asker
from bot.conversations import Conversations
from bot.errors import Refused
from bot.handle import Factbot
from bot.incident import LOGGER
from bot.starter.upgrade import Upgrade, upgrade
from bot.store import Missing, Store
from bot.watch import Watch


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs on one database. Close it, or use it in a `with` statement."""

    store: Store
    asker: Asker
    factbot: Factbot
    conversations: Conversations
    watch: Watch
    upgraded: Upgrade
    """What a newer starter brought when the database was opened."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what is being built, write what is still to be written, and close the database."""
        self.asker.close()
        self.conversations.close()
        self.store.close()


def build(database: Path, *, missing: Missing = "starter", operators: Collection[str] = ()) -> App:
    """Open the database (made from the starter, unless `missing` says otherwise) and what answers from it.

    A database that was made from an older starter is brought up to date first. `operators` are the accounts that
    change the global claims and every community's.
    """
    store = Store.open(database, missing=missing)
    try:
        upgraded = _upgraded(store)
        asker, watch = Asker(store), Watch()
        factbot = Factbot(store, asker, operators, watch)
        return App(store, asker, factbot, Conversations(store), watch, upgraded)
    except BaseException:
        store.close()
        raise


def _upgraded(store: Store) -> Upgrade:
    """Upgrade now if that can be: with a busy database or a missing starter, it can wait for the next start."""
    try:
        return upgrade(store)
    except Refused as refused:
        logging.getLogger(LOGGER).warning("the starter's claims were not brought up to date: %s", refused.message)
        return Upgrade()
