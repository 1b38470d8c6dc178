"""The deliveries book: what was answered to a click or command, in case the platform delivers it twice."""

from collections.abc import Iterable

from bot.errors import Refused
from bot.storage.clock import Seldom, now
from bot.storage.connection import Connection, array

KEPT_DAYS = 7
MOST_KEPT = 50_000
"""So many are kept at most, the latest: under a flood, a platform delivers again within minutes or never."""
MAX_KEY = 500
MAX_ANSWER = 200_000
_KEEP = "INSERT OR REPLACE INTO deliveries SELECT value, ?, ? FROM json_each(?)"
_SWEEP = (
    "DELETE FROM deliveries WHERE expires < max(?, coalesce("
    "(SELECT expires FROM deliveries ORDER BY expires DESC LIMIT 1 OFFSET ?), ''))"
)


class Deliveries:
    """Answers by the platform's id of what they answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sweep = Seldom()

    def seen(self, key: str) -> str | None:
        """Return what was answered to this delivery, or None when it is new.

        Ask inside the transaction that makes the change: two copies may come at the same moment.
        """
        sql = "SELECT answer FROM deliveries WHERE key = ? AND expires >= ?"
        found = self._connection.fetch(sql, [_checked(key, MAX_KEY), now()])
        return str(found[0][0]) if found else None

    def keep(self, key: str, answer: str) -> None:
        """Keep what was answered, inside the transaction of the change. Raises `Refused` for too long texts."""
        self.keep_many([key], answer)

    def keep_many(self, keys: Iterable[str], answer: str) -> None:
        """Keep the same answer to all these deliveries, in one statement: others wait to read while it writes."""
        kept = array(_checked(key, MAX_KEY) for key in keys)
        with self._connection.transaction():
            if self._sweep.due():
                self._connection.run(_SWEEP, [now(), MOST_KEPT])
            self._connection.run(_KEEP, [_checked(answer, MAX_ANSWER), now(days=KEPT_DAYS), kept])


def _checked(text: str, cap: int) -> str:
    if len(text) > cap:
        raise Refused(f"A delivery has {len(text):,} characters, {cap:,} at most.")
    return text.encode(errors="replace").decode()
