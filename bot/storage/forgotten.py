"""Who was forgotten, and which community erased, so that a restored backup forgets them again: hashes only.

One salt for all of a database. Whoever has the file can test whether an account that they know is on the list; each
try costs them some milliseconds, so that trying all accounts there are is out of reach.
"""

import hashlib
import secrets
from enum import StrEnum

from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.people import is_account

Marks = dict[str, str]
"""The name under which the database remembers each, and the salt with the time."""


class List(StrEnum):
    """What a mark is of; the names of both look alike (`discord:1`)."""

    ACCOUNTS = "forgotten:"
    SPACES = "erased:"


SPACES = " UNION ".join(
    f"SELECT space FROM {table}"
    for table in ("claims", "links", "moderators", "blocked", "settings", "suggestions", "drafts", "notices", "replies")
)
"""Every space of which something is stored."""
_STORED = {
    List.ACCOUNTS: """
        SELECT account FROM people UNION SELECT who FROM moderators UNION SELECT addressee FROM notices
        UNION SELECT account FROM replies UNION SELECT value FROM settings
    """,
    List.SPACES: SPACES,
}


def marks(connection: Connection) -> Marks:
    """Return both lists."""
    sql = "SELECT name, value FROM meta WHERE name GLOB ? OR name GLOB ?"
    return dict(connection.fetch(sql, [f"{each}*" for each in List]))


def put_on_list(connection: Connection, name: str, of: List = List.ACCOUNTS) -> None:
    """Remember that this account was forgotten, or this space erased, just now."""
    known = next(iter(marks(connection).values()), "")
    salt = known.split()[0] if known else secrets.token_hex(16)
    add(connection, {_mark(name, salt, of): f"{salt} {now()}"})


def add(connection: Connection, more: Marks) -> None:
    """Join other lists to those of this database."""
    connection.run_many("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(more.items()))


def still_there(connection: Connection, more: Marks, of: List = List.ACCOUNTS) -> list[str]:
    """Return what is stored here although another list has it, and this database's own, at that time, has not."""
    here = marks(connection)
    later = {name: value for name, value in more.items() if name.startswith(of) and here.get(name) != value}
    salts = {value.split()[0] for value in later.values()}
    stored = [str(row[0]) for row in connection.fetch(_STORED[of])] if later else []
    likely = [name for name in stored if of is List.SPACES or is_account(name)]
    return [name for name in likely if any(_mark(name, salt, of) in later for salt in salts)]


def _mark(name: str, salt: str, of: List) -> str:
    return of + hashlib.scrypt(name.encode(), salt=bytes.fromhex(salt), n=1 << 12, r=8, p=1, dklen=16).hex()
