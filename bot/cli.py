"""The command `factbot`: one thin function for each subcommand, on top of what `bot.app` builds.

What a quick `factbot ask` does not need (rich, platformdirs, the adapters) is imported where it is used.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import __version__
from bot.command.backing_up import add_backing_up
from bot.command.facts import add_facts
from bot.command.keeping import add_keeping
from bot.command.leaving import add_leaving
from bot.command.logs import set_up_logging
from bot.command.outcome import exit_status
from bot.command.printing import note, say, say_json
from bot.errors import UsageProblem
from bot.model import GLOBAL
from bot.reply import Reply, plain, without_actions
from bot.settings import Settings, database_path, read_settings

if TYPE_CHECKING:
    from bot.app import App
    from bot.interchange.importing import ImportReport
    from bot.store import Missing, Store
    from bot.tokens import Workspace


def _settings() -> Settings:
    settings = read_settings(os.environ)
    set_up_logging(settings.log_level, settings.log_format, settings.tokens.values())
    return settings


@dataclass
class Call:
    """What all subcommands share: the settings, and the database named before or after the subcommand."""

    database: Path | None = None
    settings: Settings = field(default_factory=_settings)

    def path(self) -> Path:
        """Where the database is: `--db`, else `FACTS_DB`, else the user's data folder."""
        return self.database or database_path(self.settings)

    def open(self, missing: "Missing" = "starter") -> "App":
        """Build everything on the database; say so when it was made or brought up to date just now."""
        from bot.app import build

        app = build(self.path(), missing=missing, operators=self.settings.operators)
        _tell_created(app.store, missing)
        if app.upgraded.any:
            note(f"Brought the starter's claims in {app.store.path} up to date: {app.upgraded}.")
        return app

    def workspaces(self) -> "list[Workspace]":
        """Return the Slack workspaces that the settings name. Raises `SettingsProblem`."""
        from adapters.on_slack.credentials import credentials
        from bot.tokens import Workspace

        found = credentials(self.settings)
        return [Workspace(each.named, each.bot_token, each.app_token, each.signing_secret) for each in found]

    @contextmanager
    def store(self, missing: "Missing", *, dry_run: bool = False) -> Iterator["Store"]:
        """Open only the database: import and export need nothing else.

        A missing one is made when the block ends well, and not at all by a dry run.
        """
        from bot.store import Store

        if self.path().exists():
            opened: AbstractContextManager[Store] = Store.open(self.path())
        elif dry_run:
            opened = Store.in_memory()
        else:
            opened = Store.creating(self.path(), missing)
        with opened as store:
            yield store
        _tell_created(store, missing)


def _tell_created(store: "Store", missing: "Missing") -> None:
    if store.created:
        filled = "from the starter's claims" if missing == "starter" else "with no claims in it"
        note(f"There was no database at {store.path}: made one {filled}.")
    if store.kept:
        note(f"Brought {store.path} up to date; as it was before, it is {store.kept}.")


def _remember_db(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    """Keep `--db` wherever it stands; the one after the subcommand is nearer and wins."""
    call = context.ensure_object(Call)
    call.database = value or call.database


def _checked_space(_context: click.Context, _option: click.Parameter, value: str) -> str:
    from bot.fields.checks import checked_space

    return checked_space("space", value)


db_option = click.option(
    "--db",
    metavar="PATH",
    type=click.Path(path_type=Path),
    callback=_remember_db,
    expose_value=False,
    help="The database file; FACTS_DB names it too.",
)
space_option = click.option(
    "--space", metavar="SPACE", default=GLOBAL, callback=_checked_space, help="Ask as somebody in this space."
)
into_option = click.option("--space", metavar="SPACE", default=None, help="Only, or into, this space.")
Command = Callable[..., Any]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factbot", message="%(prog)s %(version)s")
@db_option
@click.pass_context
def cli(context: click.Context) -> None:
    """Look statements up in a curated claim database: who said it, and is it so?"""
    if context.invoked_subcommand is None:
        _start(context.ensure_object(Call))


@cli.command()
@db_option
@space_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per question.")
@click.option("--explain", is_flag=True, help="Also show why: words, signals, conflicts.")
@click.argument("question", nargs=-1, required=True)
@click.pass_obj
def ask(call: Call, question: tuple[str, ...], space: str, as_json: bool, explain: bool) -> None:
    """Answer QUESTION, or one question per line of standard input for `-`."""
    from bot.authority import visible_spaces
    from bot.command.answer_json import answer_line, questions
    from bot.model import Wish

    asked: Iterable[str] = questions(sys.stdin.buffer) if question == ("-",) else [" ".join(question)]
    wish = Wish.WHY if explain else Wish.NEAREST
    with call.open() as app:
        show = _json_printer(answer_line, explain) if as_json else _answer_printer()
        home = app.store.communities.home(space)
        for each in asked:
            show(app.asker.ask(each, spaces=visible_spaces(home), wish=wish))


def _json_printer(line: Command, explain: bool) -> Command:
    return lambda answer: say_json(line(answer, explain=explain))


def _answer_printer() -> Command:
    from bot.cards import answer_reply

    show = _reply_printer()
    return lambda answer: show(without_actions(answer_reply(answer)))


def _reply_printer() -> Callable[[Reply], None]:
    """Return what shows replies: cards on a terminal; plain text elsewhere, with NO_COLOR, on a dumb one."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        from adapters.console_render import card_printer

        return card_printer(sys.stdout)
    return lambda reply: say(f"{plain(reply)}\n")


@cli.group()
@db_option
def fact() -> None:
    """Look at the claims on record, and keep them."""


add_facts(fact, db_option, space_option, lambda: _reply_printer())


@cli.command("import")
@db_option
@into_option
@click.option("--dry-run", is_flag=True, help="Check and count, change nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out instead of refusing the file.")
@click.option("--starter", is_flag=True, help="Make a missing database from the starter, not empty.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(call: Call, file: Path, space: str | None, dry_run: bool, skip_bad: bool, starter: bool) -> None:
    """Read claims from FILE (.csv, .jsonl, or .json: ClaimReview) into the database."""
    from bot.command.transfer import import_claims, tell_imported, tidy_when_ended
    from bot.store import Overtaken

    def imported() -> "ImportReport":
        with call.store("starter" if starter else "empty", dry_run=dry_run) as store:
            return import_claims(store, file, space=space, dry_run=dry_run, skip_bad=skip_bad)

    with tidy_when_ended():
        try:
            report = imported()
        except Overtaken:  # another process made the database in the meantime: import into that one
            report = imported()
    tell_imported(file, report)


@cli.command()
@db_option
@into_option
@click.option("--history", is_flag=True, help="Write the changes instead of the claims: .jsonl, for reading.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def export(call: Call, file: Path, space: str | None, history: bool) -> None:
    """Write the claims to FILE (.csv, .jsonl, or .json: ClaimReview)."""
    from bot.command.transfer import export_claims, tidy_when_ended

    with tidy_when_ended(), call.store("refuse") as store:
        export_claims(store, file, space=space, history=history)


@cli.command()
@db_option
@space_option
@click.pass_obj
def console(call: Call, space: str) -> None:
    """Ask on this terminal, with the cards and commands of the chat bots."""
    _console(call, space)


def _console(call: Call, space: str = GLOBAL) -> None:
    from adapters.console import run_console
    from bot.command.terminal import terminal_actor

    with call.open() as app:
        factbot = app.factbot
        run_console(factbot.handle, _reply_printer(), space=space, actor=terminal_actor(), complete=factbot.complete)


def _start(call: Call) -> None:
    """Start whatever is configured."""
    from bot.command.starting import start

    start(call.settings, call.path(), call.open, lambda: _console(call))


@cli.command("slack-manifest")
def slack_manifest() -> None:
    """Print the manifest that makes the Slack app: paste it at api.slack.com/apps."""
    from adapters.on_slack.manifest import manifest

    say(manifest().rstrip())


add_keeping(cli, db_option)
add_backing_up(cli, db_option)
add_leaving(cli, db_option)


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit status: 0 done, 1 refused or failed, 2 usage, 78 settings."""
    return exit_status(lambda: _invoke(arguments))


def _invoke(arguments: list[str]) -> None:
    if any("\0" in argument for argument in arguments):
        raise UsageProblem("An argument cannot hold a NUL character.")
    with cli.make_context("factbot", list(arguments)) as context:
        cli.invoke(context)


def main() -> None:
    """Be the program `factbot`."""
    sys.exit(run(sys.argv[1:]))
