"""Whether a running bot is well: it writes a heartbeat into its database, and whoever asks looks how old that is.

The heartbeat is a real write through a connection of its own, so a full disk, a lost file or a read-only volume stops
it; it is written only as long as the part that answers people is alive too.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FactbotError
from bot.store import Store

EVERY = 20.0
"""Seconds from one heartbeat to the next."""
TOO_OLD = 90.0
"""Seconds after which a heartbeat says that something is wrong: a long import may hold one or two up."""
_NAME = "heartbeat"


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the bot is well, and a sentence that says so or why not."""

    well: bool
    words: str


def write_heartbeat(path: Path, *, alive: bool = True) -> None:
    """Write the time into the database, or, at the end, that there is no bot any more. Raises `Refused`."""
    with Store.open(path) as store:
        store.remember(_NAME, f"{time.time():.3f}" if alive else "")


def health(path: Path) -> Health:
    """Read the last heartbeat of the bot on this database; nothing is changed."""
    try:
        with Store.open(path, readonly=True) as store:
            beat = store.remembered(_NAME)
    except FactbotError as problem:
        return Health(False, problem.message)
    if not beat:
        return Health(False, f"No bot runs on {path}, or it has not been able to write yet.")
    age = time.time() - float(beat)
    if not -TOO_OLD < age < TOO_OLD:
        return Health(False, f"The bot's last heartbeat is {age:.0f} s old: it hangs, or cannot write. See its log.")
    return Health(True, f"The bot is well: its last heartbeat is {max(0.0, age):.0f} s old.")
