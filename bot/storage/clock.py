"""The time, as the database keeps it."""

from datetime import UTC, datetime, timedelta


def now(*, days: float = 0) -> str:
    """Return the time in so many days: UTC, ISO 8601 with milliseconds and `Z`; as texts, times sort."""
    then = datetime.now(UTC) + timedelta(days=days)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
