"""One function builds everything from values; the command line, bots and tests all come through here."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.ask import Asker
from bot.handle import Factbot
from bot.store import Missing, Store


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs on one database. Close it, or use it in a `with` statement."""

    store: Store
    asker: Asker
    factbot: Factbot

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()


def build(database: Path, *, missing: Missing = "starter") -> App:
    """Open the database (made from the starter, unless `missing` says otherwise) and what answers from it."""
    store = Store.open(database, missing=missing)
    try:
        asker = Asker(store)
        return App(store, asker, Factbot(store, asker))
    except BaseException:
        store.close()
        raise
