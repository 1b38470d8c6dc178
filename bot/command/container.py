"""What a container starts: the program, and patience where it fails.

A container engine starts anew whatever ended, at once, and cannot tell exit statuses apart; every start may be a login,
of which Discord takes 1,000 a day and no more. So after exit status 78 the container stays, unhealthy, and tries again
later; and after any other failure it ends only when the next start can do no harm.
"""

import os
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

from bot.cli import run
from bot.command.printing import note
from bot.errors import EXIT_SETTINGS

AGAIN = 900
"""Seconds after which wrong settings are tried again."""
APART = 100
"""Seconds from a start that fails to the next one: not quite 1,000 a day."""


def main() -> NoReturn:
    """Run `factbot` with the arguments given; without any, it is the bot."""
    begun = time.monotonic()
    _end_at(signal.SIGTERM)
    arguments = sys.argv[1:]
    status = run(arguments)
    if arguments or not status:
        sys.exit(status)
    _end_at(signal.SIGTERM, signal.SIGINT)  # again: the bot's event loop took it away when it closed
    if status == EXIT_SETTINGS:
        _try_again()
    time.sleep(max(0.0, begun + APART - time.monotonic()))
    sys.exit(status)


def _try_again() -> NoReturn:
    note(f"Waiting: the settings are tried again in {AGAIN // 60} minutes, or when the container is started anew.")
    time.sleep(AGAIN)
    os.execv(sys.executable, [sys.executable, "-m", "bot.command.container"])  # noqa: S606 - a fresh start of itself


def _end_at(*signs: signal.Signals) -> None:
    """End at these signals: process 1 hears only what it says that it hears."""
    for sign in signs:
        signal.signal(sign, _end)


def _end(_sign: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    main()
