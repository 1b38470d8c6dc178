"""What SQLite says of a file, in words for a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import Refused

_PRIMARY_CODE = 0xFF


@contextmanager
def plain_errors(path: str) -> Iterator[None]:
    """Turn the errors of SQLite that a person can act on into `Refused`; all others pass through."""
    try:
        yield
    except UnicodeDecodeError as error:  # a text that this program cannot have written
        raise Refused(f"The database {path} {_DAMAGED}") from error
    except sqlite3.Error as error:
        problem = _DAMAGED if str(error).startswith(_UNREADABLE) else _problem(error)
        if problem is None:
            raise
        raise Refused(f"The database {path} {problem}") from error


_UNREADABLE = "Could not decode to UTF-8"
"""How Python says of a column of text that it is none; the rest of its message would show the text."""
_DAMAGED = "is damaged: keep a copy of it and restore a backup."


def _problem(error: sqlite3.Error) -> str | None:
    problems = {
        sqlite3.SQLITE_BUSY: "is being written by another process: try again in a moment.",
        sqlite3.SQLITE_LOCKED: "is being written by another process: try again in a moment.",
        sqlite3.SQLITE_READONLY: "is read-only: allow writing to the file and its folder. Nothing was changed.",
        sqlite3.SQLITE_IOERR: "could not be read or written: the disk reported an error.",
        sqlite3.SQLITE_CORRUPT: _DAMAGED,
        sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Nothing was changed.",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that its folder is there and may be written to.",
        sqlite3.SQLITE_NOTADB: "is not a Factbot database: it is not an SQLite file. Nothing was changed.",
        sqlite3.SQLITE_AUTH: "may not be read or written by this user. Nothing was changed.",
        sqlite3.SQLITE_PERM: "may not be read or written by this user. Nothing was changed.",
    }
    return problems.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
