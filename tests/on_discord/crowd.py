"""People of every kind on Discord, and the places where they may try something."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import discord
import pytest
import simcord
from simcord import interactions
from town import Town

from bot.verb import Role

CONTEXTS = ("channel", "thread", "direct message", "user install")
_NO_SERVER = CONTEXTS[2:]
"""Where nobody has the rights that a server gives."""
EVERY_DAY = (
    ("member", "channel"),
    ("moderator", "channel"),
    ("admin", "thread"),
    ("admin", "direct message"),
    ("moderator", "user install"),
    ("operator", "direct message"),
)
"""Who is tried where every day. The member may manage messages in this one channel."""


@dataclass
class Crowd:
    """A town with one person of each kind, and the places where they try their luck."""

    town: Town
    people: dict[str, tuple[simcord.MemberActor, Role]]
    """Who they are, and what they may be inside the server."""
    places: dict[str, Any]
    messages: dict[str, Any]
    """A message of the bot's in each place, to hang buttons on."""

    def role(self, name: str, context: str) -> Role:
        """Return what somebody is there."""
        role = self.people[name][1]
        return Role.ANYONE if context in _NO_SERVER and role < Role.OPERATOR else role


async def _crowd(town: Town, monkeypatch: pytest.MonkeyPatch, people: dict[str, tuple[Any, Role]]) -> Crowd:
    """Settle them in a channel in which the first of them, who may nothing, may manage messages."""
    overwrites = {people["member"][0]: discord.PermissionOverwrite(manage_messages=True)}
    channel = town.guild.create_text_channel("corner", overwrites=overwrites)
    general = town.bot.get_channel(channel.id)
    assert isinstance(general, discord.TextChannel)
    thread = await general.create_thread(name="aside", type=discord.ChannelType.public_thread)
    operator = people["operator"][0]
    town.app.factbot._operators = frozenset({f"discord:{operator.id}"})
    [aside] = [each for each in channel.threads if each.id == thread.id]
    messages = {"channel": await general.send("x"), "thread": await thread.send("x")}
    messages["direct message"] = messages["user install"] = messages["channel"]
    _mark_user_installs(monkeypatch)
    hurry(town, monkeypatch)
    return Crowd(town, people, {"channel": channel, "thread": aside, "user install": channel}, messages)


async def by_default(town: Town, monkeypatch: pytest.MonkeyPatch) -> Crowd:
    """Nobody is named: whoever may manage messages in the whole server moderates."""
    helpers = town.guild.create_role("helpers")
    manager = town.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    loud = town.guild.create_role("loud", permissions=discord.Permissions(mention_everyone=True, kick_members=True))

    def new(name: str, *roles: simcord.RoleHandle) -> simcord.MemberActor:
        return town.guild.add_member(town.env.create_user(name), roles=list(roles))

    stranger = new("moderator elsewhere")
    elsewhere = town.env.create_guild("Elsewhere")
    everything = elsewhere.create_role("everything", permissions=discord.Permissions.all())
    elsewhere.add_member(stranger.user, roles=[everything])
    people = {
        "member": (town.ann, Role.ANYONE),
        "moderator of another server": (stranger, Role.ANYONE),
        "member with other rights": (new("loud", loud), Role.ANYONE),
        "member of a role that is not named": (new("helper", helpers), Role.ANYONE),
        "moderator": (town.mod, Role.MODERATOR),
        "manager of the server": (new("manager", manager), Role.ADMIN),
        "admin": (town.admin, Role.ADMIN),
        "operator": (new("operator"), Role.OPERATOR),
    }
    return await _crowd(town, monkeypatch, people)


async def with_names(town: Town, monkeypatch: pytest.MonkeyPatch) -> Crowd:
    """An admin has named a role and a person: these moderate, and no longer whoever may manage messages."""
    helpers = town.guild.create_role("helpers")
    helper = town.guild.add_member(town.env.create_user("helper"), roles=[helpers])
    named = town.guild.add_member(town.env.create_user("named"))
    for who in (f"discord:role:{helpers.id}", f"discord:{named.id}"):
        town.app.store.communities.name_moderator(town.space, who)
    people = {
        "member": (town.ann, Role.ANYONE),
        "moderator": (town.mod, Role.ANYONE),
        "member of a named role": (helper, Role.MODERATOR),
        "named person": (named, Role.MODERATOR),
        "admin": (town.admin, Role.ADMIN),
        "operator": (town.guild.add_member(town.env.create_user("operator")), Role.OPERATOR),
    }
    return await _crowd(town, monkeypatch, people)


def hurry(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hundreds of interactions take no time in which nothing happens: SimCord looks for what is done more often."""
    monkeypatch.setattr(town.bot.interactions.core, "call", at_once)
    monkeypatch.setattr(town.env, "_settle_internal", partial(town.env._settle_internal, idle=0.002))


async def at_once(work: Any, *given: Any, **named: Any) -> Any:
    """Call the core without its threads: SimCord looks hundreds of times whether they have finished."""
    return work(*given, **named)


def _mark_user_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an interaction whose data say so come from an app that only the person has installed."""
    plain = interactions.base_payload

    def marked(backend: Any, **given: Any) -> Any:
        personal = given["data"].pop("personal", False)
        record, payload = plain(backend, **given)
        if personal:
            payload |= {"authorizing_integration_owners": {"1": str(given["user_id"])}, "context": 2}
        return record, payload

    monkeypatch.setattr(interactions, "base_payload", marked)
