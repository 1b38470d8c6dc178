"""Back the database up, put a backup in its place, and ask whether the bot on it is well, as commands."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from bot.command.printing import note, say
from bot.errors import Refused

if TYPE_CHECKING:
    from bot.store import Missing, Restored, Store


class Call(Protocol):
    """What these commands need to know of how the program was called."""

    def path(self) -> Path:
        """Where the database is."""

    def store(self, missing: "Missing") -> AbstractContextManager["Store"]:
        """Open only the database."""


def add_backing_up(group: click.Group, db_option: Callable[[Any], Any]) -> None:
    """Add these commands, each with the option that names the database."""
    for function in (backup, restore, health):
        group.command()(db_option(click.pass_obj(function)))


@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.argument("file", type=click.Path(path_type=Path))
def backup(call: Call, file: Path, force: bool) -> None:
    """Write a backup of the database to FILE, while the bot runs, and read it back."""
    with call.store("refuse") as store:
        made = store.back_up(file, force=force)
    say(f"{file}: {made.claims:,} claims and {made.revisions:,} revisions, read back and sound ({made.size:,} bytes).")


@click.argument("file", type=click.Path(path_type=Path))
def restore(call: Call, file: Path) -> None:
    """Put the backup FILE in the place of the database, which is kept beside it."""
    from bot.store import restore as put_back

    _tell(file, call.path(), put_back(file, call.path()))


def health(call: Call) -> None:
    """Say whether a bot runs on the database and can save; exit status 1 when not."""
    from bot.health import health as found

    state = found(call.path())
    if not state.well:
        raise Refused(state.words)
    say(state.words)


def _tell(file: Path, path: Path, done: "Restored") -> None:
    found = done.backup
    say(f"{path}: restored from {file}, {found.claims:,} claims and {found.revisions:,} revisions.")
    if done.kept:
        say(f"The old database is {done.kept}.")
    if done.forgotten:
        people = "1 person" if done.forgotten == 1 else f"{done.forgotten:,} people"
        say(f"Forgotten again: {people}.")
    if done.erased:
        say(f"Erased again: {done.erased:,} {'community' if done.erased == 1 else 'communities'}.")
    for remark in done.remarks:
        note(remark)
