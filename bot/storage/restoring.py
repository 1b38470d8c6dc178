"""Put a backup in the database's place: checked first, the old database kept beside, nobody's change lost on the way.

The old database is locked while its place is taken, so no other process can be in the middle of a write; one that
has it open finds the new file at its next turn (see `connection`), and SQLite lets nobody write to a moved one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.errors import Refused
from bot.storage import forgotten, migrations
from bot.storage.backup import Backup, being_made, copy, read_back, stamp
from bot.storage.chain import TAKEDOWN
from bot.storage.communities import Communities
from bot.storage.connection import Connection
from bot.storage.database import (
    connect,
    identify,
    journal_of,
    open_existing,
    plain_errors,
    refuse_odd_files,
    sync_folder,
)
from bot.storage.people import People
from bot.storage.personal import forget
from bot.storage.revisions import Revisions
from bot.storage.spaces import Spaces
from bot.storage.starter_file import is_starter
from bot.text import counted

LIST_LOST = (
    "The old database could not be read: whoever was forgotten since the backup was made must be forgotten again "
    "by hand."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `kept` is the old database.

    `forgotten` and `erased`: how many people and communities the backup still knew that were forgotten since.
    """

    backup: Backup
    kept: Path | None
    forgotten: int
    erased: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Old:
    """What is to be known of the database that is replaced."""

    marks: forgotten.Marks
    revisions: int
    takedowns: int
    remarks: tuple[str, ...] = ()


def restore(backup: Path, path: Path) -> Restored:
    """Put the backup in the place of the database at `path`.

    Raises `Refused`, with that database as it was, when the backup is not sound or another process is writing.
    """
    path = path.resolve()
    _refuse_unfinished(backup)
    refuse_odd_files(backup)
    with plain_errors(str(backup)):
        identify(backup)
    _refuse_place(backup, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with being_made(path) as beside:
        with plain_errors(str(backup)):
            counts = copy(backup, beside, named=path)
        read_back(beside, counts, named=backup)
        open_existing(beside)[0].close()  # brings an older one up to date
        with _old(path) as old:
            again, erased, behind = _forget_again(beside, old) if old else (0, 0, ())
            found = read_back(beside, named=backup)
            kept = _change_places(beside, path)
    return Restored(found, kept, again, erased, (*(old.remarks if old else ()), *behind))


def _refuse_unfinished(backup: Path) -> None:
    if backup.is_file() and not backup.stat().st_size:
        raise Refused(f"{backup} is an empty file, and so no backup: copy it again, or take another one.")


def _refuse_place(backup: Path, path: Path) -> None:
    if is_starter(path):
        raise Refused(f"{path} is the packaged starter, which is never written: name another database.")
    if path.exists() and path.samefile(backup):
        raise Refused(f"{path} is the database itself, not a backup of it.")
    if path.is_dir():
        raise Refused(f"{path} is a folder: name the database file itself, for example {path / 'facts.db'}.")


@contextmanager
def _old(path: Path) -> Iterator[_Old | None]:
    """Hold the old database against all others, and yield what it knows; None when there is none."""
    if not path.exists():
        yield None
        return
    with closing(connect(path, "rw")) as db:
        yield _locked(db, path)


def _locked(db: Database, path: Path) -> _Old:
    with plain_errors(str(path)):
        try:
            db.execute("BEGIN EXCLUSIVE")
            _refuse_others(db, path)
            return _known(Connection(db, str(path), writable=False))
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _unreadable(error):
                raise  # busy, read-only, full: what somebody can cure
            return _Old({}, 0, 0, (LIST_LOST,))


def _unreadable(error: sqlite3.OperationalError) -> bool:
    """Whether it lacks the tables of today: too old, empty, or damaged."""
    return error.sqlite_errorcode in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _refuse_others(db: Database, path: Path) -> None:
    if path.stat().st_size and db.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
        raise Refused(f"{path} is a database of another program, not of Factbot. Nothing was changed.")


def _known(connection: Connection) -> _Old:
    given = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'revisions'"  # erased ones were revisions too
    sql = f"SELECT coalesce(({given}), 0), (SELECT count(DISTINCT batch) FROM revisions WHERE verb = ?)"
    revisions, takedowns = connection.fetch(sql, [TAKEDOWN])[0]
    return _Old(forgotten.marks(connection), revisions, takedowns)


def _forget_again(beside: Path, old: _Old) -> tuple[int, int, tuple[str, ...]]:
    """Forget whom the old database has forgotten since, and erase the communities that it has erased.

    Return how many of each, and what else the operator should know.
    """
    db, _ = open_existing(beside)
    with closing(db):
        connection = Connection(db, str(beside))
        with connection.transaction():
            people = People(connection)
            accounts = forgotten.still_there(connection, old.marks)
            for account in accounts:
                forget(connection, people, account)
            erased = forgotten.still_there(connection, old.marks, forgotten.List.SPACES)
            spaces = Spaces(connection, Revisions(connection), people, Communities(connection, people))
            for space in erased:
                spaces.erase_again(space)
            forgotten.add(connection, old.marks)
        connection.compact()
        new = _known(connection)
    return len(accounts), len(erased), tuple(_behind(old, new))


def _behind(old: _Old, new: _Old) -> Iterator[str]:
    if (lacking := old.revisions - new.revisions) > 0:
        yield f"The old database has {counted(lacking, 'revision')} more."
    if old.takedowns > new.takedowns:
        yield "Texts were taken down since the backup was made, and are back: take them down again."


def _change_places(beside: Path, path: Path) -> Path | None:
    """Keep an old file under another name, which is returned; at every moment there is a database by the right one."""
    kept = path.with_name(f"{path.name}.before-restore-{stamp()}") if path.exists() else None
    try:
        if kept:
            _keep(path, kept)
        beside.replace(path)
    except OSError as error:
        raise Refused(f"{path} could not be replaced: {error.strerror}.") from error
    sync_folder(path.parent)
    return kept


def _keep(path: Path, kept: Path) -> None:
    if journal_of(path).exists():  # of a damaged file: it must never be played into the new one
        journal_of(path).rename(journal_of(kept))
    try:
        kept.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # no links here
        path.rename(kept)
