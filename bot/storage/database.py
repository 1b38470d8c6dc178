"""The database as a file: open it, tell whose it is, create it, and say in plain words what is wrong with it.

Nothing is changed on the way to a refusal: a file is first looked at through a connection that takes no lock
and rolls no journal back, and is opened in earnest only once it is known to be ours. The file is never read
other than through SQLite: closing a plain file handle would drop the locks that SQLite holds on it in this
process.

Rollback journal with `synchronous=EXTRA`: the measured reasons are in the design notes. In short, of the two
safe choices it is the one that leaves one plain file, which several processes may open with this SQLite.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from bot.beside import name_beside
from bot.errors import Refused
from bot.storage import migrations
from bot.storage.plain import plain_errors as plain_errors

OWNER_ONLY = 0o600
"""The permissions of every database and backup: it names accounts."""
BUSY_SECONDS = 5.0
"""How long a writer waits for another process before it gives up."""


def open_existing(path: Path, *, readonly: bool = False) -> tuple[Database, bool]:
    """Open the database at `path`, migrated to the newest schema; return it and whether it may be written.

    Raises `Refused` when it is no Factbot database that this program can use, and leaves it as it is.
    """
    refuse_odd_files(path)
    with plain_errors(str(path)):
        version = identify(path)
    writable = not readonly and may_write(path)
    if not writable:
        _refuse_unusable_readonly(path, version)
    db = connect(path, "rw" if writable else "ro")
    try:
        with plain_errors(str(path)):
            _set_up(db, path, writable=writable, migrate=version < migrations.newest())
    except BaseException:
        db.close()
        raise
    return db, writable


def is_there(path: Path) -> bool:
    """Whether anything has this name, a broken link too.

    Raises `Refused` when the folder may not be looked into.
    """
    try:
        return path.is_symlink() or path.exists()
    except OSError as error:
        raise Refused(f"The database {path} cannot be opened: {error.strerror}.") from error


def refuse_odd_files(path: Path) -> None:
    """Raise `Refused` for what is no file with something in it, or may not be read."""
    try:
        about = path.stat()
    except OSError as error:
        raise Refused(f"The database {path} cannot be opened: {error.strerror}.") from error
    if stat.S_ISDIR(about.st_mode):
        raise Refused(f"{path} is a folder: name the database file itself, for example {path / 'facts.db'}.")
    if not stat.S_ISREG(about.st_mode):
        raise Refused(f"{path} is not a file: name a database file.")
    if about.st_size == 0:
        raise Refused(
            f"The database {path} is an empty file (0 bytes), which a database never is: restore a backup, "
            "or delete the file to start afresh."
        )
    if not os.access(path, os.R_OK, effective_ids=_EFFECTIVE):
        raise Refused(f"The database {path} may not be read by this user: change its permissions.")


def identify(path: Path) -> int:
    """Return the schema version of the file, looked at without locks.

    Raises `Refused` when it is not ours.
    """
    try:
        identity, version, programs = _written_in(path, "ro&immutable=1")
    except sqlite3.DatabaseError:  # under a write, or after an interrupted one, that changes how long the file is
        identity, version, programs = _written_in(path, "rw" if may_write(path) else "ro")
    if identity != migrations.APPLICATION_ID:
        raise Refused(f"{path} is a database of another program, not of Factbot. Nothing was changed.")
    if version > migrations.newest():
        raise Refused(
            f"The database {path} was written by a newer Factbot (schema {version}; this one knows "
            f"{migrations.newest()}): update Factbot, or put the backup in its place that the update made "
            f"({path.name}.schema-{migrations.newest()}-TIME, beside it). Nothing was changed."
        )
    if programs:
        raise Refused(
            f"The database {path} holds triggers or views ({programs}), which Factbot never makes: somebody put them "
            "in, to act when it is used. Nothing was changed."
        )
    return version


def _written_in(path: Path, mode: str) -> tuple[int, int, int]:
    """Return whose it is, its schema version, and how many programs of somebody else's are in it."""
    with closing(connect(path, mode)) as db:
        identity = db.execute("PRAGMA application_id").fetchone()[0]  # first: it rolls an interrupted write back
        sql = "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        return identity, migrations.schema_version(db), db.execute(sql).fetchone()[0]


def _refuse_unusable_readonly(path: Path, version: int) -> None:
    if version < migrations.newest():
        raise Refused(
            f"The database {path} has an older form (schema {version}; this Factbot needs "
            f"{migrations.newest()}) and is read-only: open it once where it may be written."
        )


def connect(path: Path, mode: str) -> Database:
    """Connect to a file that exists.

    `mode` is the URI's (`rw`, `ro`, `ro&immutable=1`). It never creates one.
    """
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with plain_errors(str(path)):
        conn = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    return _wrap(conn)


def in_memory() -> Database:
    """Return an empty database in memory, migrated: for a dry run and for tests."""
    db = _wrap(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
    db.execute("PRAGMA foreign_keys = ON")
    migrations.migrate(db)
    return db


def _wrap(conn: sqlite3.Connection) -> Database:
    return Database(conn, execute_plugins=False, recursive_triggers=False)


def _set_up(db: Database, path: Path, *, writable: bool, migrate: bool) -> None:
    try:
        _set_pragmas(db, writable=writable)
    except sqlite3.OperationalError as error:
        if writable or not journal_of(path).exists():
            raise
        raise Refused(
            f"The database {path} was left in the middle of a write ({journal_of(path).name} lies beside it) "
            "and cannot be put right while it is read-only: open it once where its folder may be written."
        ) from error
    _refuse_truncated(db, path)
    if migrate:
        migrations.migrate(db)


def _set_pragmas(db: Database, *, writable: bool) -> None:
    """`journal_mode` and `schema_version` read the file.

    What is wrong with it shows here, not at the first question.
    """
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA secure_delete = ON")
    if writable and db.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
        db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA schema_version").fetchone()
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _refuse_truncated(db: Database, path: Path) -> None:
    """SQLite notices a cut file only when it happens to need a missing page."""
    db.execute("BEGIN")
    try:
        pages = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
        needed = {"claims", "revisions"} if migrations.schema_version(db) > 1 else {"claims"}
        size = path.stat().st_size
    finally:
        db.execute("COMMIT")
    if size < pages or not tables >= needed:
        raise Refused(f"The database {path} is damaged: a part of it is missing. Restore a backup.")


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to roll back an interrupted write."""
    return path.with_name(path.name + "-journal")


_EFFECTIVE = os.access in os.supports_effective_ids


def may_write(path: Path) -> bool:
    """Whether both the file and its folder may be written: a writer needs a journal beside the file."""
    return all(os.access(each, os.W_OK, effective_ids=_EFFECTIVE) for each in (path, path.absolute().parent))


class Overtaken(Refused):
    """Another process has made the database in the meantime; its file is left alone."""


@contextmanager
def creating(path: Path) -> Iterator[Database]:
    """Create the database at `path` with what the block puts into it; an error in the block leaves nothing behind.

    It is built beside and then given its name, so nobody ever sees half a database. Raises `Overtaken`, and
    `Refused` when the folder does not allow it.
    """
    beside = name_beside(path)
    made: list[Path] = []
    try:
        with _creation_errors(path):
            made += [folder for folder in path.absolute().parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.touch(OWNER_ONLY, exist_ok=False)
        with closing(connect(beside, "rw")) as db:
            with plain_errors(str(path)):
                _set_pragmas(db, writable=True)
                migrations.migrate(db)
            yield db
        with _creation_errors(path):
            named = give_name(beside, path)
        if not named:
            raise Overtaken(f"The database {path} was made by another process just now: try again.")
    finally:
        _tidy_up(beside, made)


def _tidy_up(beside: Path, folders: Sequence[Path]) -> None:
    """Take away what was only needed for building, and the new folders (innermost first) that are empty after all."""
    for leftover in (beside, journal_of(beside)):
        with suppress(OSError):
            leftover.unlink()
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


@contextmanager
def _creation_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"The database {path} cannot be created: {error.strerror}.") from error


def give_name(beside: Path, path: Path) -> bool:
    """Name the finished file without ever replacing another.

    A link does that in one step where links exist.
    """
    try:
        try:
            path.hardlink_to(beside)
        except FileExistsError:
            raise
        except OSError:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            beside.replace(path)
    except FileExistsError:
        return False
    sync_folder(path.absolute().parent)
    return True


def sync_file(path: Path) -> None:
    """Make what was written to a file survive a power cut. Raises `OSError` when the disk does not allow it."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
