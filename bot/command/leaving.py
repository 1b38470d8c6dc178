"""Erase a community, as a command: all that is stored of it, once somebody has said yes."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

import click

from bot.command.printing import note, say, say_json
from bot.errors import NotFound, Refused

if TYPE_CHECKING:
    from bot.store import Missing, Store

_NO_UNDO = "There is no undo"


class Call(Protocol):
    """What this command needs to know of how the program was called."""

    def store(self, missing: "Missing") -> AbstractContextManager["Store"]:
        """Open only the database."""


def add_leaving(group: click.Group, db_option: Callable[[Any], Any]) -> None:
    """Add the command, with the option that names the database."""
    group.command("forget-space")(db_option(click.pass_obj(forget_space)))


@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("space")
def forget_space(call: Call, space: str, yes: bool, as_json: bool) -> None:
    """Erase SPACE (such as discord:123): its claims with their history, suggestions, settings, drafts, all."""
    from bot.command.terminal import terminal_actor
    from bot.leaving import erase, told
    from bot.store import Trace

    with call.store("refuse") as store:
        stored = store.spaces.stored(space)
        if not stored:
            raise NotFound(f"Nothing is stored of {space!r}.{_known(store)}")
        if not yes:
            _ask(f"Of {space} there is: {told(stored)}. {_NO_UNDO}.")
        home = store.communities.home(space)
        actor = terminal_actor()
        counts = erase(store, space, Trace(actor.id, "terminal", name=actor.name))
    if home != space:
        note(f"{space} shared the claims of {home}: those stay there.")
    if as_json:
        say_json(json.dumps({"space": space, "erased": counts}))
    else:
        say(f"Erased {space}: {told(counts)}.")
    note("Earlier backups, exports and log files still hold it. A backup that is restored here erases it again.")


def _known(store: "Store") -> str:
    known = [space for space in store.spaces.known() if space != "global"]
    return f" There is something of: {', '.join(known[:20])}." if known else ""


def _ask(what: str) -> None:
    if not sys.stdin.isatty():
        raise Refused(f"{what} Give --yes to erase it.")
    if not click.confirm(f"{what} Erase it?", err=True):
        raise Refused("Nothing was erased.")
