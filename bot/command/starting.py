"""Start what is configured: the chat faces with a token, else the terminal face on a terminal."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.command.logs import log_to_standard_error
from bot.errors import SettingsProblem
from bot.settings import DISCORD_TOKEN, SLACK_BOT_TOKEN, Settings

if TYPE_CHECKING:
    from bot.app import App


def start(
    settings: Settings,
    database: Path,
    open_app: Callable[[], "AbstractContextManager[App]"],
    console: Callable[[], None],
) -> None:
    """Serve on every platform that has a token, until told to stop; without one, talk on this terminal.

    Raises `SettingsProblem` when there is neither, and when a bot could not save anything.
    """
    if settings.tokens:
        from adapters.running import run_faces

        log_to_standard_error(settings.log_format, settings.tokens.values())
        _refuse_unwritable(database)
        with open_app() as app:
            run_faces(app, settings)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        console()
    else:
        raise SettingsProblem(
            f"Nothing to start: no token is set ({DISCORD_TOKEN.name}, {SLACK_BOT_TOKEN.name} …), and this "
            'is not a terminal. Ask one question with `factbot ask "…"`, or start the console with `factbot console`.'
        )


def _refuse_unwritable(database: Path) -> None:
    """A writer needs the folder too: SQLite keeps beside the file what an interrupted write needs."""
    folder = database.absolute().parent
    for place in (folder, database):
        if place.exists() and not os.access(place, os.W_OK):
            user = f"{os.getuid()}:{os.getgid()}" if hasattr(os, "getuid") else "this user"
            raise SettingsProblem(
                f"{place} cannot be written by user {user}, so nothing could be saved: mount it writable, and "
                f"give it to that user (`chown -R {user} {folder}`, on the machine that the volume is on)."
            )
