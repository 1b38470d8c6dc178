"""One workspace: who the bot is there, what it works with, and how a person's wish becomes a request to the core."""

import logging
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.cooldown import Cooldown
from adapters.chat.core import Core
from adapters.on_slack.people import PLATFORM, People, channel_address, group_account
from adapters.on_slack.reaching import Reach
from bot.app import App
from bot.reply import File, Reply
from bot.request import Request
from bot.verbs import FACTCHECK

LOG = logging.getLogger("factbot.slack")


@dataclass
class Workspace:
    """A workspace that the bot is installed in. Its space is bound to its team, whatever an event says."""

    team: str
    bot_user: str
    bot_id: str
    client: AsyncWebClient
    reach: Reach
    app: App
    core: Core
    people: People = field(init=False)
    cooldown: Cooldown = field(default_factory=Cooldown)
    homes: set[str] = field(default_factory=set)
    """Who has opened the Home tab."""
    stale: set[str] = field(default_factory=set)
    """Who has changed something, or was told of a change, since their Home tab was drawn."""

    def __post_init__(self) -> None:
        """Know its people."""
        self.people = People(self.client, self.team)

    def place(self, channel: str) -> str:
        """Return the name of a channel here."""
        return channel_address(self.team, channel)

    async def request(
        self, user: str, verb: str, given: dict[str, str], delivery: str = "", file: File | None = None
    ) -> Request:
        """Return the request of a user, with the facts about them looked up now."""
        groups = () if verb == FACTCHECK.name else await self._groups()
        actor = await self.people.actor(user, groups)
        return Request(
            verb,
            given,
            platform=PLATFORM,
            space=self.people.space_of(actor),
            actor=actor,
            delivery=f"{self.team}:{delivery}" if delivery else "",
            attachment=file,
        )

    async def _groups(self) -> Any:
        """Return the user groups that moderate here: only for those is Slack asked who is in them."""
        return await self.core.call(self.app.conversations.named_moderators, self.people.space, group_account(""))

    async def reply(self, request: Request, where: str = "-") -> Reply:
        """Return the core's reply; log what kind it is, never what was said."""
        reply, milliseconds = await self.core.reply(request)
        if reply.changed:
            self.stale.add(request.actor.id.rpartition(":")[2])
        LOG.info(
            "verb=%s team=%s channel=%s outcome=%s ms=%.0f",
            request.verb,
            self.team,
            where,
            reply.outcome or reply.tone,
            milliseconds,
        )
        return reply
