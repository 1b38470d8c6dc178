"""Scheduled backups: when the next one is due, and which old ones go."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import Refused
from bot.store import Backup, Store

_STAMP = "%Y%m%dT%H%M%SZ"
_REST = 0.01
"""Seconds: the bot goes on answering while a backup is read back."""
_OURS = re.compile(r"factbot-(\d{8}T\d{6}Z)\.db")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to, every how many hours, and how many are kept (at least one)."""

    folder: Path
    hours: float = 24
    keep: int = 7


def due_in(plan: Plan, now: datetime) -> float:
    """Return in how many seconds the next backup is due; 0 or less: now. The last one's name says when that was."""
    made = _made(plan.folder)
    if not made or made[-1][0] > now:  # one from the future tells nothing: a clock was wrong
        return 0.0
    return (made[-1][0] + timedelta(hours=plan.hours) - now).total_seconds()


def scheduled_backup(store: Store, plan: Plan, now: datetime) -> Backup:
    """Write a backup into the folder (made if it is missing), and remove the oldest that are too many.

    Only files with the name of a scheduled backup are removed, and only after the new one was read back.
    Raises `Refused` when it cannot be written or is not sound; then nothing is removed.
    """
    try:
        plan.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{plan.folder} cannot be made: {error.strerror}.") from error
    _sweep(plan.folder)
    made = store.back_up(plan.folder / f"factbot-{now.astimezone(UTC):{_STAMP}}.db", rest=_REST)
    for _, path in _made(plan.folder)[: -plan.keep]:
        with suppress(OSError):
            path.unlink()
    return made


def _made(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the scheduled backups, oldest first."""
    try:
        names = {path.name: path for path in folder.iterdir()}
    except OSError:
        return []
    found = [(match[1], path) for name, path in names.items() if (match := _OURS.fullmatch(name))]
    return sorted((datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), path) for stamp, path in found)


def _sweep(folder: Path) -> None:
    """Take away what a backup left that was killed."""
    for leftover in folder.glob(".factbot-*.tmp*"):
        with suppress(OSError):
            leftover.unlink()
