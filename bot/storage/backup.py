"""A copy of the database while others use it: taken in one step, read back, and only then given its name.

In one step because a copy that goes page by page begins anew with every write of somebody else; a writer waits
for the copy instead (0.6 s for 167 MB).
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.beside import name_beside
from bot.errors import Refused
from bot.storage import checking, migrations
from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.database import (
    OWNER_ONLY,
    connect,
    give_name,
    identify,
    journal_of,
    may_write,
    plain_errors,
    refuse_odd_files,
    sync_file,
    sync_folder,
)

Counts = dict[str, int]
_PATIENCE = 30
"""Seconds to wait for a turn: among writers that never rest, 5 were not always enough."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read back and found sound. `size` is in bytes, `claims` and `revisions` are counts."""

    path: Path
    size: int
    claims: int
    revisions: int
    schema: int


def back_up(source: Path, target: Path, *, force: bool = False, rest: float = 0.0) -> Backup:
    """Write a backup of the database at `source` to `target`; only its owner may read it.

    Raises `Refused`, with nothing left behind, when `target` is there already (unless `force`), cannot be written,
    or is not sound when it is read back.
    """
    _refuse_target(source, target, force=force)
    with being_made(target) as beside:
        with plain_errors(str(source)):
            counts = copy(source, beside, named=target)
        made = read_back(beside, counts, named=target, rest=rest)
        with _file_errors(target):
            _name(beside, target, force=force)
    return made


@contextmanager
def kept_older(path: Path, *, readonly: bool) -> Iterator[Path | None]:
    """Back an older database up, beside, before the block brings it up to date; yield where, None when it is not older.

    When the block fails the database is as it was, and the backup goes again.
    """
    refuse_odd_files(path)
    with plain_errors(str(path)):
        schema = identify(path)
    if readonly or schema >= migrations.newest() or not may_write(path):
        yield None
        return
    kept = path.with_name(f"{path.name}.schema-{schema}-{stamp()}")
    back_up(path, kept)
    try:
        yield kept
    except BaseException:
        with suppress(OSError):
            kept.unlink()
        raise


def stamp() -> str:
    """Return the time as it stands in the name of a file."""
    return now().replace("-", "").replace(":", "").replace(".", "")


def copy(source: Path, beside: Path, *, named: Path) -> Counts:
    """Copy a database file as it is at one moment into an empty file; return how many rows each table has.

    Nobody can write meanwhile, and who writes holds up who asks: so the copy is not synced page by page but at the end.
    """
    mode = "rw" if may_write(source) else "ro"  # an interrupted write must be rolled back first
    with closing(connect(source, mode)) as original, closing(connect(beside, "rw")) as copied:
        original.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
        copied.execute("PRAGMA synchronous = OFF")
        original.execute("BEGIN")
        counts = _counts(original)
        with plain_errors(str(named)):
            original.conn.backup(copied.conn)
        original.execute("COMMIT")
    with _file_errors(named):
        sync_file(beside)
    return counts


def read_back(path: Path, counts: Counts | None = None, *, named: Path, rest: float = 0.0) -> Backup:
    """Read all of a database file and return what it is. Raises `Refused` when it is not sound. See `check`."""
    with plain_errors(str(named)):
        schema = identify(path)
        with closing(connect(path, "ro")) as db:
            connection = Connection(db, str(named), writable=False)
            problems = checking.damage(connection)
            found = {} if problems else _counts(db)
            if not problems and schema == migrations.newest():
                problems = checking.check(connection, rest=rest)
    if not problems and counts is not None and counts != found:
        problems = ["it does not hold as many rows as the database"]
    if problems:
        raise Refused(f"{named} is not sound: {problems[0]} Run `factbot check` on the database.")
    return Backup(named, path.stat().st_size, found.get("claims", 0), found.get("revisions", 0), schema)


@contextmanager
def being_made(target: Path) -> Iterator[Path]:
    """Yield an empty file beside `target`, which is gone at the end unless it got its name."""
    beside = name_beside(target)
    try:
        with _file_errors(target):
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
        yield beside
    finally:
        for leftover in (beside, journal_of(beside)):
            with suppress(OSError):
                leftover.unlink()


def _refuse_target(source: Path, target: Path, *, force: bool) -> None:
    refuse_odd_files(source)
    with _file_errors(target):
        there = target.is_symlink() or target.exists()
        if there and target.exists() and target.samefile(source):
            raise Refused(f"{target} is the database itself: give the backup another name.")
        if target.is_dir():
            raise Refused(f"{target} is a folder: name the file, for example {target / 'facts-backup.db'}.")
        if not target.absolute().parent.is_dir():
            raise Refused(f"{target} cannot be written: there is no folder {target.parent}. Make it first.")
    if there and not force:
        raise Refused(_there_already(target))


def _there_already(target: Path) -> str:
    return f"{target} is there already: give another name, or --force to replace it."


def _name(beside: Path, target: Path, *, force: bool) -> None:
    if force:
        beside.replace(target)
        sync_folder(target.absolute().parent)
    elif not give_name(beside, target):
        raise Refused(_there_already(target))


def _counts(db: Database) -> Counts:
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    return {name: int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}


@contextmanager
def _file_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}.") from error
