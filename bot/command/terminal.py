"""Who sits at this terminal."""

import getpass

from bot.request import Actor


def terminal_actor() -> Actor:
    """Return whoever sits here, as the history names them: who has the database file may change everything in it."""
    name = _user()
    return Actor(id=f"terminal:{name}" if name else "terminal", name=name, holds_database=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as containers have
        return ""
