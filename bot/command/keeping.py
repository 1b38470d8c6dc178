"""Keeping the database sound, as commands: check it, tell or forget a person, take a text down."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from bot.command.printing import say, say_json
from bot.errors import FactbotError, Refused, SettingsProblem

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store import Missing, Store
    from bot.tokens import Workspace

_SHOWN = 50


class Call(Protocol):
    """What these commands need to know of how the program was called."""

    settings: "Settings"

    def workspaces(self) -> "list[Workspace]":
        """Return the Slack workspaces that the settings name. Raises `SettingsProblem`."""

    def path(self) -> Path:
        """Where the database is."""

    def store(self, missing: "Missing") -> AbstractContextManager["Store"]:
        """Open only the database."""


def add_keeping(group: click.Group, db_option: Callable[[Any], Any]) -> None:
    """Add these commands, each with the option that names the database."""
    for function in (check, about, forget, takedown):
        group.command()(db_option(click.pass_obj(function)))


@dataclass
class _Findings:
    """What a check has found; `problems` holds a sentence for each thing that is wrong."""

    database: str
    schema: int
    claims: int = 0
    head: str = ""
    sound: bool = True
    problems: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    services: dict[str, str] = field(default_factory=dict)
    unreachable: list[str] = field(default_factory=list)


@click.option("--anchor", metavar="NUMBER:HASH", default="", help="What an earlier check gave as the last revision.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--online", is_flag=True, help="Also ask Discord and Slack whether they take the tokens.")
def check(call: Call, anchor: str, as_json: bool, online: bool) -> None:
    """Check the database (its file, its history, the index over it) and the tokens by their shape."""
    found = _checked(call.path(), anchor)
    _check_tokens(found, call, online=online)
    if as_json:
        say_json(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _tell(found)
    if not found.sound:
        raise Refused(f"{found.database} is not sound ({_problems(found)}): keep a copy of it, and restore a backup.")
    if found.tokens:
        raise Refused("The database is sound, the tokens are not all good: see above.")
    if found.unreachable:
        raise Refused("The database is sound, the tokens are not all good, or could not be asked about: see above.")


def _check_tokens(found: _Findings, call: Call, *, online: bool) -> None:
    from bot.tokens import odd_tokens

    workspaces: list[Workspace] = []
    try:
        workspaces = call.workspaces()
    except SettingsProblem as problem:
        found.tokens.append(problem.message)
    found.tokens += odd_tokens(call.settings, workspaces)
    if online:
        from bot.command.online import services

        asked = list(services(call.settings, workspaces))
        found.services = {each.name: each.problem or each.words for each in asked}
        found.unreachable = [each.problem for each in asked if each.problem]


def _checked(path: Path, anchor: str) -> _Findings:
    from bot.reconcile import index_problems
    from bot.store import ALL_STATES, Store

    with Store.open(path, readonly=True) as store:
        found = _Findings(str(path), store.schema(), problems=store.damage())
        try:
            found.claims, found.head = store.count(states=ALL_STATES), store.chain_head()
            found.problems += store.check_chain(anchor) or index_problems(store)
        except FactbotError as problem:  # a damaged file can be read in part only
            if not found.problems:
                raise
            found.problems.append(problem.message)
    found.sound = not found.problems
    return found


def _tell(found: _Findings) -> None:
    say(f"{found.database}: a Factbot database, schema {found.schema}, {found.claims:,} claims.")
    for problem in found.problems[:_SHOWN]:
        say(f"wrong: {problem}")
    if len(found.problems) > _SHOWN:
        say(f"wrong: {len(found.problems) - _SHOWN:,} more.")
    if found.sound:
        say("The file, its history and the index over it are sound.")
    for problem in found.tokens:
        say(f"wrong: {problem}")
    for name, words in found.services.items():
        say(f"{name}: {words}")
    say(f"The last revision, to write down elsewhere: {found.head}")


def _problems(found: _Findings) -> str:
    return "1 problem" if len(found.problems) == 1 else f"{len(found.problems):,} problems"


@click.argument("account")
def about(call: Call, account: str) -> None:
    """Print everything stored about ACCOUNT (such as discord:123) as JSON."""
    with call.store("refuse") as store:
        say_json(json.dumps(store.about(account), ensure_ascii=False, indent=2))


@click.argument("account")
def forget(call: Call, account: str) -> None:
    """Forget ACCOUNT (such as discord:123): what ties it to what it did, its name, its drafts and notices."""
    with call.store("refuse") as store:
        count = store.forget(account)
    if not count:
        raise Refused(f"Nothing is stored about {account}.")
    say(f"{account} is forgotten. Its revisions stay, by nobody. Earlier backups and log files still name it.")


@click.option("--why", metavar="REASON", default="", help="The demand; kept in the history.")
@click.option("--dry-run", is_flag=True, help="Only count what holds the text.")
@click.argument("text", nargs=-1)
def takedown(call: Call, text: tuple[str, ...], why: str, dry_run: bool) -> None:
    """Remove every stored value that holds TEXT (standard input without it). There is no undo."""
    from bot.command.terminal import terminal_actor
    from bot.matching.cachefile import discard
    from bot.store import Trace

    wanted = " ".join(text) or sys.stdin.read()
    with call.store("refuse") as store:
        count = store.take_down(wanted, Trace(terminal_actor().id, "terminal", why=why), dry_run=dry_run)
        if count and not dry_run:
            discard(Path(store.path))
    if not count:
        raise Refused("Nothing in the database holds this text.")
    if dry_run:
        say(f"Stored texts that hold it: {count:,}. Nothing was changed: this was a dry run.")
    else:
        say(f"Taken down: {count:,} stored texts. Earlier backups and exports still hold it.")
