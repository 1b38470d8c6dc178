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
        problem = _DAMAGED if str(error).startswith(_NOT_OURS) else _problem(error)
        if problem is None:
            raise
        raise Refused(f"The database {path} {problem}") from error


@contextmanager
def plain_values() -> Iterator[None]:
    """Turn the errors of values that no statement of ours can have written (a text cut short, nothing) into `Refused`.

    For reading rows, and nothing else: anywhere else these errors are faults of ours.
    """
    try:
        yield
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Refused(f"The database {_DAMAGED}") from error


_NOT_OURS = ("Could not decode to UTF-8", "no such column", "no such table", "malformed database schema")
"""How Python says of a column of text that it is none (the rest of its message would show the text), and SQLite of a
file of ours that its own description is wrong: our statements name only what is there."""
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
        sqlite3.SQLITE_CONSTRAINT: "contradicts itself: keep a copy of it, and run `factbot check`.",
        sqlite3.SQLITE_NOTADB: "is not a Factbot database: it is not an SQLite file. Nothing was changed.",
        sqlite3.SQLITE_AUTH: "may not be read or written by this user. Nothing was changed.",
        sqlite3.SQLITE_PERM: "may not be read or written by this user. Nothing was changed.",
    }
    return problems.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
