"""What becomes of a community when the bot is removed from it: kept for a time, then erased."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import FactbotError
from bot.incident import LOGGER
from bot.matching.cachefile import discard
from bot.store import Store, Trace

LOG = logging.getLogger(LOGGER)


def erase(store: Store, space: str, trace: Trace) -> dict[str, int]:
    """Erase all that is stored of a space, from the index's file too; return how much, by table. There is no undo.

    Raises `Refused` for `global`, and while other spaces share its claims.
    """
    counts = store.spaces.erase(space, trace)
    with suppress(OSError):
        discard(Path(store.path))
    return counts


def erase_left(store: Store, seen: Mapping[str, float], days: float) -> None:
    """Erase the spaces that were left so many days ago, unless others share their claims.

    One that a request came from since (`seen`, in seconds since 1970) was not left, whatever was noted.
    """
    before = datetime.now(UTC) - timedelta(days=days)
    for space, noted in store.spaces.left().items():
        at = datetime.fromisoformat(noted)
        if seen.get(space, 0.0) > at.timestamp():
            store.spaces.come_back(space)
        elif at < before and not store.spaces.sharing(space):
            _erase(store, space, days)


def _erase(store: Store, space: str, days: float) -> None:
    try:
        counts = erase(store, space, Trace("", "upkeep"))
    except FactbotError as problem:
        LOG.error("%s was left %g days ago and could not be erased: %s", space, days, problem.message)
    else:
        LOG.info("%s was left %g days ago and is erased: %s", space, days, told(counts))


def told(counts: dict[str, int]) -> str:
    """Return in words how much there is or was of a space."""
    return ", ".join(f"{table} {count:,}" for table, count in counts.items()) or "nothing"
