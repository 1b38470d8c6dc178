"""The slash commands, made from the list of verbs: names, limits, choices and completion all stand there."""

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import discord
from discord import app_commands

from adapters.chat.cut import cut
from adapters.on_discord.buttons import Interaction
from adapters.on_discord.people import account, role_account
from bot.verb import YES, Kind, Parameter, Verb
from bot.verbs import FACTCHECK, typed_verbs

Used = Callable[[Interaction, Verb, dict[str, str], discord.Attachment | None], Awaitable[None]]
Completed = Callable[[Interaction, Verb, Parameter, str], Awaitable[list[tuple[str, str]]]]

CHECK_MESSAGE = "Check this message"
_LONGEST_OPTION = 6_000
_COMPLETED = {Kind.CLAIM, Kind.CLAIMANT, Kind.SUGGESTION, Kind.CHANGE, Kind.VERB}
Someone = discord.Member | discord.Role


def add_commands(tree: app_commands.CommandTree[Any], used: Used, completed: Completed) -> None:
    """Put every typed verb on the tree: the plain ones, and `/fact` with a subcommand for each of its verbs."""
    groups: dict[str, app_commands.Group] = {}
    for verb in typed_verbs():
        group, _, name = verb.name.rpartition(" ")
        command = _command(verb, name, used, completed)
        if not group:
            tree.add_command(command)
            continue
        if group not in groups:
            groups[group] = app_commands.Group(name=group, description="Look at the claims on record, and keep them.")
            tree.add_command(groups[group])
        groups[group].add_command(command)


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return a short text that changes when the commands change."""
    commands = [command.to_dict(tree) for command in tree.get_commands()] + [
        command.to_dict(tree)
        for kind in (discord.AppCommandType.message, discord.AppCommandType.user)
        for command in tree.get_commands(type=kind)
    ]
    return hashlib.sha256(json.dumps(commands, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _command(verb: Verb, name: str, used: Used, completed: Completed) -> app_commands.Command[Any, Any, Any]:
    items = {item.name: item for item in verb.offered}

    async def use(interaction: Interaction, **options: Any) -> None:
        file = next((value for value in options.values() if isinstance(value, discord.Attachment)), None)
        given = {item: _as_text(value) for item, value in options.items() if value is not None and value is not False}
        await used(interaction, verb, given, file)

    callback: Any = use
    callback.__signature__ = _signature(items.values())
    app_commands.describe(**{item.name: cut(item.help, 100) for item in items.values()})(callback)
    command: app_commands.Command[Any, Any, Any] = app_commands.Command(
        name=name, description=cut(verb.help, 100), callback=callback
    )
    for item in items.values():
        if item.kind in _COMPLETED:
            command.autocomplete(item.name)(_completion(verb, item, completed))
    if verb is not FACTCHECK and verb.least > 0:
        command.guild_only = True
    return command


def _signature(items: Any) -> inspect.Signature:
    """discord.py reads a command's options from the signature of its callback."""
    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    options = [
        inspect.Parameter(
            item.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if item.required else None,
            annotation=_annotation(item) if item.required else _annotation(item) | None,
        )
        for item in items
    ]
    return inspect.Signature([first, *options])


def _annotation(item: Parameter) -> Any:
    if item.kind is Kind.YES:
        return bool
    if item.kind is Kind.FILE:
        return discord.Attachment
    if item.kind is Kind.PERSON:
        return Someone
    if item.options:
        return Literal[tuple(map(str, item.options))]
    return app_commands.Range[str, 1 if item.required else 0, min(item.limit, _LONGEST_OPTION)]


def _as_text(value: Any) -> str:
    if value is True:
        return YES
    if isinstance(value, discord.Attachment):
        return value.filename
    if isinstance(value, discord.Role):
        return role_account(value.id)
    if isinstance(value, discord.Member | discord.User):
        return account(value.id)
    return str(value)


def _completion(verb: Verb, item: Parameter, completed: Completed) -> Any:
    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = await completed(interaction, verb, item, current[:100])
        fitting = [(value, label) for value, label in found if len(value) <= 100][:25]
        return [app_commands.Choice(name=cut(label, 100) or value, value=value) for value, label in fitting]

    return complete
