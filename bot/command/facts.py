"""`factbot fact …`: a command for each verb, made from its parameters, so that none is missing."""

import shlex
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import click

from bot.command.printing import note
from bot.command.terminal import terminal_actor
from bot.errors import Refused, UsageProblem
from bot.model import GLOBAL
from bot.reply import Choice, Field, Reply, Tone
from bot.request import Request
from bot.verb import YES, Kind, Parameter, Verb
from bot.verbs import EXPORT, HELP, IMPORT, REMOVE, typed_verbs

if TYPE_CHECKING:
    from bot.app import App

_ELSEWHERE = (IMPORT, EXPORT, HELP)
"""Verbs that the command line has in a form of its own: `factbot import`, `factbot export`, `--help`."""
_ON_PURPOSE = (REMOVE,)
"""Verbs whose command is an answer to "are you sure?" already."""
_PREFIX = "fact "
_OPTION = "_option"

Option = Callable[[Any], Any]


class Call(Protocol):
    """What these commands need to know of how the program was called."""

    def open(self) -> AbstractContextManager["App"]:
        """Build everything on the database."""


def add_facts(group: click.Group, db_option: Option, space_option: Option, printer: Callable[[], Any]) -> None:
    """Add a command for each verb; `printer` makes what shows replies."""
    for verb in typed_verbs():
        if verb.name.startswith(_PREFIX) and verb not in _ELSEWHERE:
            group.add_command(_command(verb, db_option, space_option, printer))


def _command(verb: Verb, db_option: Option, space_option: Option, printer: Callable[[], Any]) -> click.Command:
    @click.pass_obj
    def run(call: Call, /, space: str, **values: Any) -> None:
        given = _given(verb, values)
        with call.open() as app:
            request = Request(verb.name, given, space=space, actor=terminal_actor())
            _finish(app.factbot.answer(request), request, verb, printer())

    command = click.command(verb.name.removeprefix(_PREFIX), help=verb.help)(db_option(space_option(run)))
    items = [item for item in verb.offered if item.kind is not Kind.SPACE or item.name != "space"]
    if verb in _ON_PURPOSE:
        items = [item for item in items if item.name != "sure"]
    command.params += [_argument(verb, place) for place in range(min(verb.positional, len(items)))]
    command.params += [_option(item) for item in items]
    return command


def _argument(verb: Verb, place: int) -> click.Argument:
    """One word to each argument, and the rest to the last."""
    item = verb.offered[place]
    last = place == verb.positional - 1
    return click.Argument([item.name], metavar=item.name.upper(), nargs=-1 if last else 1, required=False)


def _option(item: Parameter) -> click.Option:
    names = [f"--{item.name.replace('_', '-')}", f"{item.name}{_OPTION}"]
    words = f"{item.help[:1].upper()}{item.help[1:]}."
    if item.kind is Kind.YES:
        return click.Option(names, is_flag=True, help=words)
    if item.options:
        return click.Option(names, type=click.Choice(item.options, case_sensitive=False), help=words)
    return click.Option(names, metavar="TEXT", help=words)


def _given(verb: Verb, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what was given by name, as an argument or as an option."""
    given: dict[str, str] = {"sure": YES} if verb in _ON_PURPOSE else {}
    for key, value in values.items():
        name = key.removesuffix(_OPTION)
        text = " ".join(value) if isinstance(value, tuple) else YES if value is True else value
        if text is None or text is False or (text == "" and not key.endswith(_OPTION)):
            continue
        if name in given:
            raise UsageProblem(f"{name} is given twice.")
        given[name] = str(text)
    return given


def _as_commands(reply: Reply, space: str) -> Reply:
    """Return the reply with what can be done next as commands: here is nothing to press."""
    offered = {verb.name: {item.name for item in verb.offered} for verb in typed_verbs()}
    actions = [each for each in reply.choices if each.action]
    known = [each for each in actions if {*dict(each.arguments)} <= offered.get(each.verb, set())]
    notes = tuple(Field(each.label, _typed(each, space)) for each in known)
    choices = tuple(each for each in reply.choices if not each.action)
    return replace(reply, notes=reply.notes + notes, choices=choices)


def _typed(choice: Choice, space: str) -> str:
    given = {**dict(choice.arguments), **({} if space == GLOBAL else {"space": space})}
    options = (f"--{name.replace('_', '-')} {shlex.quote(value)}" for name, value in given.items())
    return " ".join(("factbot", choice.verb, *options))


def _finish(reply: Reply, request: Request, verb: Verb, show: Callable[[Reply], None]) -> None:
    """Show the reply. A refusal, and a question where something was to be saved, end with a line and status 1."""
    if reply.tone is Tone.REFUSED:
        raise Refused(f"{reply.text or reply.title}")
    show(_as_commands(reply, request.space))
    if reply.changed or not verb.changes:
        return
    if any(("sure", YES) in choice.arguments for choice in reply.choices):
        note("Nothing was saved. Give --sure to do it all the same.")
    elif reply.form is not None:
        note("Nothing was saved: give what the form asks for.")
    else:
        return
    raise click.exceptions.Exit(1)
