"""The time, as the database keeps it."""

from datetime import UTC, datetime, timedelta


def now(*, days: float = 0) -> str:
    """Return the time in so many days: UTC, ISO 8601 with milliseconds and `Z`; as texts, times sort."""
    then = datetime.now(UTC) + timedelta(days=days)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Seldom:
    """Says when something is due that need not be done each time: at first, and then every few seconds."""

    def __init__(self, seconds: float = 5.0) -> None:
        self._days = seconds / 86_400
        self._next = ""

    def due(self) -> bool:
        """Whether so many seconds have passed since this was last true."""
        if now() < self._next:
            return False
        self._next = now(days=self._days)
        return True
