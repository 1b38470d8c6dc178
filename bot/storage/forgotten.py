"""Who was forgotten, so that a restored backup forgets them again: hashes only, one salt for all of a database.

Whoever has the file can test whether an account that they know is on the list; each try costs them some
milliseconds, so that trying all accounts there are is out of reach.
"""

import hashlib
import secrets

from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.people import is_account

Marks = dict[str, str]
"""The name under which the database remembers each, and the salt with the time."""

_NAME = "forgotten:"
_ACCOUNTS = """
    SELECT account FROM people UNION SELECT who FROM moderators UNION SELECT addressee FROM notices
    UNION SELECT account FROM replies UNION SELECT value FROM settings
"""


def marks(connection: Connection) -> Marks:
    """Return the list."""
    return dict(connection.fetch("SELECT name, value FROM meta WHERE name GLOB ?", [f"{_NAME}*"]))


def put_on_list(connection: Connection, account: str) -> None:
    """Remember that this account was forgotten just now."""
    known = next(iter(marks(connection).values()), "")
    salt = known.split()[0] if known else secrets.token_hex(16)
    add(connection, {_mark(account, salt): f"{salt} {now()}"})


def add(connection: Connection, more: Marks) -> None:
    """Join another list to the one of this database."""
    connection.run_many("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(more.items()))


def still_there(connection: Connection, more: Marks) -> list[str]:
    """Return the accounts stored here that another list has and this database's own, at that time, has not."""
    here = marks(connection)
    later = {name: value for name, value in more.items() if here.get(name) != value}
    salts = {value.split()[0] for value in later.values()}
    stored = [str(row[0]) for row in connection.fetch(_ACCOUNTS) if is_account(str(row[0]))] if later else []
    return [account for account in stored if any(_mark(account, salt) in later for salt in salts)]


def _mark(account: str, salt: str) -> str:
    return _NAME + hashlib.scrypt(account.encode(), salt=bytes.fromhex(salt), n=1 << 12, r=8, p=1, dklen=16).hex()
