"""The replies book: which message of the bot answers which question, and who asked. Ids only, never a text."""

import json
from collections.abc import Sequence

from bot.storage.clock import Seldom, now
from bot.storage.connection import Connection

REPLY_DAYS = 30
"""How long the bot knows which question an answer belongs to."""
MOST_KEPT = 50_000
"""So many are known at most, the latest: what a flood of questions leaves must not fill the disk."""
_KEEP = (
    "INSERT OR REPLACE INTO replies (place, question, reply, account, space, expires) "
    "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), "
    "json_extract(value, '$[3]'), json_extract(value, '$[4]'), ? FROM json_each(?)"
)
_SWEEP = (
    "DELETE FROM replies WHERE expires < max(?, coalesce("
    "(SELECT expires FROM replies ORDER BY expires DESC LIMIT 1 OFFSET ?), ''))"
)


class Replies:
    """Answers by the message that they answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sweep = Seldom()

    def keep(self, place: str, question: str, reply: str, account: str, space: str = "") -> None:
        """Remember that the message `reply` in `place` (`discord:channel:9`) answers `question`, asked by `account`."""
        self.keep_many([(place, question, reply, account, space)])

    def keep_many(self, rows: Sequence[tuple[str, str, str, str, str]]) -> None:
        """Remember these, in one statement: others wait to read while it writes."""
        with self._connection.transaction():
            if self._sweep.due():
                self._connection.run(_SWEEP, [now(), MOST_KEPT])
            self._connection.run(_KEEP, [now(days=REPLY_DAYS), json.dumps(rows)])

    def reply_to(self, place: str, question: str) -> str:
        """Return the message that answers `question`; empty when none is known."""
        return self._value("SELECT reply FROM replies WHERE place = ? AND question = ?", place, question)

    def asker_of(self, place: str, reply: str) -> str:
        """Return the account of whoever asked what `reply` answers; empty when that is not known."""
        return self._value("SELECT account FROM replies WHERE place = ? AND reply = ?", place, reply)

    def _value(self, sql: str, *values: str) -> str:
        found = self._connection.fetch(sql, values)
        return str(found[0][0]) if found else ""
