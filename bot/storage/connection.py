"""One connection to the database for all books of a store: its lock, its transactions, its errors in plain words."""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.errors import Refused
from bot.storage.database import open_existing, plain_errors

EACH = "(SELECT value FROM json_each(?))"
"""Stands for the values of one bound JSON array, in `x IN …`."""


def array(values: Iterable[str]) -> str:
    """Return the value to bind for `EACH`."""
    return json.dumps(list(values))


class Connection:
    """An open database file that several threads may use; one at a time is let in."""

    def __init__(self, db: Database, path: str = ":memory:", *, writable: bool = True) -> None:
        self.db = db
        self.path = path
        self.writable = writable
        self._lock = threading.RLock()
        self._file = _file(db)
        self._identity = _identity(self._file)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, roll back on any error.

        Inside another transaction it is a part of that one: an error must then leave the outer one too.
        Raises `Refused` when the database is read-only, or is busy for longer than 5 seconds.
        """
        if not self.writable:
            raise Refused(f"The database {self.path} is read-only: it can be asked, but not changed.")
        with self.held("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def held(self, begin: str = "BEGIN") -> Iterator[None]:
        """Hold one transaction (the outermost, when there is one already) under the thread lock."""
        with self._lock, plain_errors(self.path):
            if self.db.conn.in_transaction:
                yield
                return
            self._begin(begin)
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def _begin(self, begin: str) -> None:
        """Begin in the file that has the database's name now: it may have been replaced, as a restore does.

        Raises `Refused` when there is none any more; once there is one again, the next turn finds it.
        """
        self.db.execute(begin)
        if _identity(self._file) != self._identity:
            self.db.execute("ROLLBACK")
            self._open_anew()
            self.db.execute(begin)

    def _open_anew(self) -> None:
        found = _identity(self._file)
        if self._file is None or found is None:
            raise Refused(f"The database {self.path} is gone: put it back, or restore a backup. Nothing was saved.")
        db, _ = open_existing(self._file, readonly=not self.writable)
        self.db.close()
        self.db, self._identity = db, found

    def fetch(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a statement that reads, at once, as tuples.

        Outside a transaction the statement is one of its own: three calls for one let other threads in three times.
        """
        with self._lock, plain_errors(self.path):
            if not self.db.conn.in_transaction and _identity(self._file) != self._identity:
                self._open_anew()
            return self.db.execute(sql, list(values)).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement that writes; return how many rows it touched."""
        with self.transaction():
            return int(self.db.execute(sql, list(values)).rowcount)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement that writes for each of these rows."""
        with self.transaction():
            self.db.conn.executemany(sql, rows)

    def compact(self) -> None:
        """Write the whole file anew: not even a copy that SQLite left between its rows stays of what is gone.

        Nothing happens inside a transaction; what is deleted is overwritten then too, at its place.
        """
        with self._lock, plain_errors(self.path):
            if not self.db.conn.in_transaction:
                self.db.execute("VACUUM")

    def close(self) -> None:
        """Close the file, between two statements: SQLite crashes when it is closed under one."""
        with self._lock:
            self.db.close()


def _file(db: Database) -> Path | None:
    """Return which file this is a connection to; None for one in memory."""
    name = str(db.execute("PRAGMA database_list").fetchone()[2])
    return Path(name) if name else None


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Return what tells this file from another one by the same name; None when there is no such file."""
    try:
        about = file.stat() if file else None
    except OSError:
        return None
    return (about.st_dev, about.st_ino) if about else None
