"""Who acts, as the core wants to know it: asked of Slack, and believed for a minute at most.

When Slack cannot be asked, somebody is nobody: they may ask about what is public, and nothing else.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.model import GLOBAL
from bot.request import Actor

LOG = logging.getLogger("factbot.slack")
PLATFORM = "slack"
_GROUP = "slack:group:"
KEPT = 60.0
"""Seconds for which what Slack said of somebody is believed."""
_PATIENCE = 2.5
_MOST_KEPT = 20_000
UNREACHABLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


def account(team: str, user: str) -> str:
    """Return the account of a Slack user, as the workspace sees them."""
    return f"{PLATFORM}:{team}:{user}"


def group_account(group: str) -> str:
    """Return the name of a user group among moderators."""
    return f"{_GROUP}{group}"


def channel_address(team: str, channel: str) -> str:
    """Return the name of a Slack channel in settings."""
    return f"{PLATFORM}:{team}:channel:{channel}"


class People:
    """The people of one workspace."""

    def __init__(self, client: AsyncWebClient, team: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._team = team
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Any]] = OrderedDict()

    @property
    def space(self) -> str:
        """The space of this workspace."""
        return f"{PLATFORM}:{self._team}"

    async def actor(self, user: str, groups: Collection[str] = ()) -> Actor:
        """Return who acts, with what Slack says of them now, and in which of these user groups they are."""
        info = await self._fresh(f"user {user}", lambda: self._info(user))
        facts = info or {}
        belongs = bool(facts) and self._belongs(facts)
        mine = [group for group in groups if belongs and await self._is_in(group, user)]
        leads = belongs and bool(facts.get("is_admin") or facts.get("is_owner") or facts.get("is_primary_owner"))
        name = _name(facts)
        return Actor(
            account(self._team, user), name, moderates=leads, administers=leads, groups=frozenset(mine), belongs=belongs
        )

    def space_of(self, actor: Actor) -> str:
        """Return whose claims somebody sees: guests and people of another organisation only the global ones."""
        return self.space if actor.belongs else GLOBAL

    def _belongs(self, facts: dict[str, Any]) -> bool:
        outside = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user")
        if any(facts.get(name) for name in outside):
            return False
        teams = {facts.get("team_id"), *(facts.get("enterprise_user") or {}).get("teams", ())}
        return self._team in teams

    async def _is_in(self, group: str, user: str) -> bool:
        name = group.removeprefix(_GROUP)
        return user in (await self._fresh(f"group {name}", lambda: self._members(name)) or ())

    async def _info(self, user: str) -> dict[str, Any]:
        answer = await self._client.users_info(user=user)
        return dict(answer.get("user") or {})

    async def _members(self, group: str) -> frozenset[str]:
        answer = await self._client.usergroups_users_list(usergroup=group)
        return frozenset(map(str, answer.get("users") or ()))

    async def _fresh(self, key: str, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Return what Slack says, asked within the last minute; None when it cannot be asked."""
        at, value = self._kept.get(key, (0.0, None))
        if value is not None and self._clock() - at < KEPT:
            return value
        asked = self._clock()
        try:
            value = await asyncio.wait_for(ask(), _PATIENCE)
        except UNREACHABLE as problem:
            LOG.warning("Slack does not say who somebody is (%s)", why(problem))
            self._kept.pop(key, None)
            return None
        self._kept[key] = (asked, value)
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return value


def _name(facts: dict[str, Any]) -> str:
    profile = facts.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), facts.get("real_name"), facts.get("name"))
    return next((str(name) for name in names if name), "")


def why(problem: BaseException) -> str:
    """Return what went wrong with Slack in a word, with the scope that is missing; never what was said."""
    if isinstance(problem, SlackApiError) and isinstance(problem.response.data, dict):
        needed = problem.response.data.get("needed")
        return f"{problem.response.data.get('error', 'no reason')}{f', scope {needed}' if needed else ''}"
    return type(problem).__name__
