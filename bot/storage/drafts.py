"""The drafts book: what somebody typed and could not save yet. It is theirs alone, and lasts a day."""

import secrets
from collections.abc import Mapping

from bot.errors import NotFound
from bot.records import Draft
from bot.storage import values as typed
from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.people import People

DRAFT_HOURS = 24
MOST_DRAFTS = 50
"""Drafts that one person has at most; the oldest goes first."""


class Drafts:
    """What was typed, by a short id that only works for whoever typed it, where they typed it."""

    def __init__(self, connection: Connection, people: People) -> None:
        self._connection = connection
        self._people = people

    def keep(self, account: str, space: str, verb: str, values: Mapping[str, str], draft: str = "") -> str:
        """Keep what was typed for `verb`, in place of `draft` when that is theirs; return its id."""
        fields, expires = typed.to_json(values), now(days=DRAFT_HOURS / 24)
        with self._connection.transaction():
            self._connection.run("DELETE FROM drafts WHERE expires < ?", [now()])
            person = self._people.person(account)
            if not self._found(draft, person, space):
                draft = f"d{secrets.token_hex(6)}"
            sql = "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?)"
            self._connection.run(sql, [draft, person, space, verb, fields, expires])
            self._connection.run(
                "DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE person = ?"
                " ORDER BY expires DESC LIMIT -1 OFFSET ?)",
                [person, MOST_DRAFTS],
            )
        return draft

    def get(self, draft: str, account: str, space: str) -> Draft:
        """Return what was typed. Raises `NotFound` when it is too old, dropped, or not theirs here."""
        found = self._found(draft, self._people.find(account), space)
        if not found:
            raise NotFound(f"What was typed has expired: it is kept for {DRAFT_HOURS} hours. Begin again.")
        return found[0]

    def drop(self, draft: str) -> None:
        """Forget a draft: it was saved, or given up."""
        self._connection.run("DELETE FROM drafts WHERE id = ?", [draft])

    def of_person(self, person: str) -> list[Draft]:
        """Return all drafts of a person, oldest first."""
        sql = "SELECT id, verb, fields FROM drafts WHERE person = ? ORDER BY expires"
        return [_draft(*row) for row in self._connection.fetch(sql, [person])]

    def _found(self, draft: str, person: str, space: str) -> list[Draft]:
        sql = "SELECT id, verb, fields FROM drafts WHERE id = ? AND person = ? AND space = ? AND expires >= ?"
        return [_draft(*row) for row in self._connection.fetch(sql, [draft, person, space, now()])]


def _draft(number: str, verb: str, fields: str) -> Draft:
    return Draft(number, verb, typed.from_json(fields))
