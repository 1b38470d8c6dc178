"""What a container starts: the program, and patience where its settings are wrong.

A container engine starts anew whatever ended, and cannot tell exit statuses apart; every start with a bad token is a
login that the platform counts. So after exit status 78 the container stays, unhealthy, and tries again later.
"""

import os
import signal
import sys
import time
from typing import NoReturn

from bot.cli import run
from bot.command.printing import note
from bot.errors import EXIT_SETTINGS

AGAIN = 900
"""Seconds after which wrong settings are tried again."""


def main() -> NoReturn:
    """Run `factbot` with the arguments given; process 1 hears SIGTERM only if it says that it does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    arguments = sys.argv[1:]
    status = run(arguments)
    if arguments or status != EXIT_SETTINGS:
        sys.exit(status)
    note(f"Waiting: the settings are tried again in {AGAIN // 60} minutes, or when the container is started anew.")
    try:
        time.sleep(AGAIN)
    except KeyboardInterrupt:
        sys.exit(status)
    os.execv(sys.executable, [sys.executable, "-m", "bot.command.container"])  # noqa: S606 - a fresh start of itself


if __name__ == "__main__":
    main()
