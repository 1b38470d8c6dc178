"""The notices book: an outbox. Whoever carries a face asks for what is pending, brings it, and says so."""

from bot.records import Notice
from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.people import MAX_ACCOUNT
from bot.text import clean, clean_lines

KEPT_DAYS = 30
MAX_TITLE = 300
MAX_TEXT = 4_000
MOST_PENDING = 1_000
"""Notices that wait for one addressee at most; the oldest goes first."""


class Notices:
    """Messages that wait to be brought; one that nobody brings in 30 days is dropped."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, to: str, space: str, title: str, text: str) -> None:
        """Put a message for an account or a channel into the outbox. One that is too long is cut."""
        to = clean(to, MAX_ACCOUNT)
        row = [to, space, clean(title, MAX_TITLE), clean_lines(text, MAX_TEXT), now(), now(days=KEPT_DAYS)]
        with self._connection.transaction():
            self._connection.run("DELETE FROM notices WHERE expires < ?", [now()])
            sql = "INSERT INTO notices (addressee, space, title, text, at, expires) VALUES (?, ?, ?, ?, ?, ?)"
            self._connection.run(sql, row)
            self._connection.run(
                "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE addressee = ?"
                " ORDER BY id DESC LIMIT -1 OFFSET ?)",
                [to, MOST_PENDING],
            )

    def pending(self, prefix: str, limit: int = 20) -> list[Notice]:
        """Return the oldest messages whose addressee begins with `prefix` (`discord:`, `slack:T1:`)."""
        sql = (
            "SELECT id, addressee, space, title, text, at FROM notices"
            " WHERE substr(addressee, 1, ?) = ? AND expires >= ? ORDER BY id LIMIT ?"
        )
        return [Notice(*row) for row in self._connection.fetch(sql, [len(prefix), prefix, now(), limit])]

    def delivered(self, notice: int) -> None:
        """Take a message out of the outbox: it was brought, or nobody is there to take it."""
        self._connection.run("DELETE FROM notices WHERE id = ?", [notice])
