"""Every verb, by everyone, by every way in, in every context: what somebody may not do is refused wherever they try."""

import re
from collections.abc import Callable, Collection
from itertools import product
from typing import Any

import pytest
from crowd import CONTEXTS, EVERY_DAY, Crowd, by_default, with_names
from discord import app_commands
from simcord.actors import _dispatch_actor_interaction as dispatch
from simcord.backend import serializers
from simcord.enums import InteractionType
from town import Town, words_of

from adapters.chat.cooldown import Cooldown
from adapters.chat.presses import packed
from adapters.on_discord.buttons import MENU
from adapters.on_discord.forms import CUSTOM_ID
from bot.verb import Parameter, Verb
from bot.verbs import VERBS, typed_verbs

pytestmark = pytest.mark.asyncio
_REFUSED = re.compile(r"is for (moderators|admins|operators)")
Sent = tuple[int, dict[str, Any], dict[str, Any]]
"""The type of an interaction, its data, and what else stands beside them."""


def _given(verb: Verb) -> dict[str, str]:
    """Return what the verb needs, of which there is nothing: nobody can change anything by it."""
    return {item.name: "zap" for item in verb.parameters if item.required}


def _option(item: Parameter) -> dict[str, Any]:
    value = item.options[0] if item.options else "zap"
    return {"type": 3, "name": item.name, "value": str(value)}


def command(_crowd: Crowd, verb: Verb, _context: str) -> Sent:
    """Return a slash command with what it needs."""
    group, _, name = verb.name.rpartition(" ")
    options = [_option(item) for item in verb.offered if item.required]
    data = {"id": "1", "type": 1, "name": group or name, "options": options}
    if group:
        data["options"] = [{"type": 1, "name": name, "options": options}]
    return InteractionType.APPLICATION_COMMAND, data, {}


def button(crowd: Crowd, verb: Verb, context: str) -> Sent:
    """Return a press of a button with this verb, whoever may have made it up."""
    press = packed(verb.name, _given(verb).items(), CUSTOM_ID)
    stored = crowd.town.env.backend.get_message(crowd.messages[context].channel.id, crowd.messages[context].id)
    message = dict(serializers.message_payload(crowd.town.env.backend, stored))
    message["components"] = [{"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": press}]}]
    data = {"custom_id": press, "component_type": 2}
    return InteractionType.MESSAGE_COMPONENT, data, {"message": message}


def form(_crowd: Crowd, verb: Verb, _context: str) -> Sent:
    """Return a form that was sent."""
    press = packed(verb.name, _given(verb).items(), CUSTOM_ID)
    return InteractionType.MODAL_SUBMIT, {"custom_id": press, "components": []}, {}


def menu(crowd: Crowd, verb: Verb, context: str) -> Sent:
    """Return what is picked from a menu."""
    kind, data, extra = button(crowd, verb, context)
    extra["message"]["components"] = [{"type": 1, "components": [{"type": 3, "custom_id": MENU, "options": []}]}]
    return kind, {"custom_id": MENU, "component_type": 3, "values": [data["custom_id"]]}, extra


Way = Callable[[Crowd, Verb, str], Sent]
_WAYS: dict[Way, tuple[Verb, ...]] = {command: typed_verbs(), button: VERBS, menu: VERBS, form: VERBS}


async def _shown(crowd: Crowd, way: Way, verb: Verb, name: str, context: str) -> str:
    who = crowd.people[name][0]
    kind, data, extra = way(crowd, verb, context)
    crowd.town.bot.interactions._cooldown = Cooldown()
    if context == "direct message":
        result = await dispatch(who.user, kind, who.user.dm_channel, data, extra=extra)
    else:
        data["personal"] = context == "user install"
        result = await who._dispatch_interaction(kind, crowd.places[context], data, extra=extra)
    return "a form" if result.modal is not None else words_of(result.response) if result.response else ""


async def _check(crowd: Crowd, way: Way, tried: Collection[tuple[str, str]]) -> None:
    wrong = []
    for verb, (name, context) in product(_WAYS[way], tried):
        said = await _shown(crowd, way, verb, name, context)
        refused = _REFUSED.search(said) is not None
        if not said or "incident" in said or refused is not (crowd.role(name, context) < verb.least):
            wrong.append(f"/{verb.name}, {name}, {context}: {said[:200]}")
    assert not wrong, "\n".join(wrong)
    _count(crowd, len(_WAYS[way]), tried)


def _count(crowd: Crowd, surfaces: int, tried: Collection[tuple[str, str]]) -> None:
    """Say how many of the cells were tried (seen with -s): nothing of it is written by hand."""
    total = surfaces * len(crowd.people) * len(CONTEXTS)
    print(f"\n{surfaces * len(tried)} of {total} cells: {surfaces} surfaces, {len(crowd.people)} kinds of people")  # noqa: T201


def _completing(crowd: Crowd) -> list[tuple[Verb, str]]:
    """Return every option that Discord is told to ask the bot about."""
    commands = {each.qualified_name: each for each in crowd.town.bot.tree.walk_commands()}
    return [
        (verb, option.name)
        for verb in typed_verbs()
        if isinstance(known := commands[verb.name], app_commands.Command)
        for option in known.parameters
        if option.autocomplete
    ]


async def _completions(crowd: Crowd, verb: Verb, option: str, name: str, context: str) -> list[str]:
    who = crowd.people[name][0]
    group, _, leaf = verb.name.rpartition(" ")
    typed = [{"type": 3, "name": option, "value": "", "focused": True}]
    data: dict[str, Any] = {"id": "1", "type": 1, "name": group or leaf, "options": typed}
    if group:
        data["options"] = [{"type": 1, "name": leaf, "options": typed}]
    kind = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
    if context == "direct message":
        result = await dispatch(who.user, kind, who.user.dm_channel, data)
    else:
        data["personal"] = context == "user install"
        result = await who._dispatch_interaction(kind, crowd.places[context], data)
    return [each["value"] for each in result.autocomplete_choices or []]


async def _check_completions(crowd: Crowd, tried: Collection[tuple[str, str]]) -> None:
    options, offered = _completing(crowd), set()
    for (verb, option), (name, context) in product(options, tried):
        values = await _completions(crowd, verb, option, name, context)
        assert len(values) <= 25
        assert not values or crowd.role(name, context) >= verb.least, (verb.name, option, name, context)
        if values:
            offered.add((verb.name, option))
    assert ("fact edit", "claim") in offered
    _count(crowd, len(options), tried)


async def test_completions_are_for_those_who_may_use_the_verb(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await _check_completions(await by_default(town, monkeypatch), EVERY_DAY)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("settled", [by_default, with_names], ids=lambda each: each.__name__)
async def test_completions_are_for_nobody_else_of_whatever_kind(
    town: Town, settled: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = await settled(town, monkeypatch)
    await _check_completions(crowd, list(product(crowd.people, CONTEXTS)))


@pytest.mark.parametrize("way", _WAYS, ids=lambda way: way.__name__)
async def test_every_verb_is_for_those_who_may_use_it(town: Town, way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = await by_default(town, monkeypatch)
    await _check(crowd, way, EVERY_DAY)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("settled", [by_default, with_names], ids=lambda each: each.__name__)
@pytest.mark.parametrize("way", _WAYS, ids=lambda way: way.__name__)
async def test_every_verb_is_for_nobody_else_of_whatever_kind(
    town: Town, way: Way, settled: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = await settled(town, monkeypatch)
    await _check(crowd, way, list(product(crowd.people, CONTEXTS)))
