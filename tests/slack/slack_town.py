"""One workspace with a bot in it, to let things happen in."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import slack_events
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_loopback import ADMIN, ANN, SlackLoopback

from adapters.on_slack.workspace import Workspace
from bot.app import App


@dataclass
class SlackTown:
    """One workspace with a bot in it."""

    slack: SlackLoopback
    app: App
    at: Workspace
    bolt: AsyncApp

    @property
    def hook(self) -> str:
        """A `response_url`."""
        return f"http://127.0.0.1:{self.slack.port}/hooks/1"

    async def send(self, body: dict[str, Any]) -> BoltResponse:
        """Let something happen, and wait until the bot has dealt with it."""
        answer = await self.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        await self.settle()
        return answer

    async def settle(self) -> None:
        """Wait until the bot has nothing in hand."""
        for _ in range(5):
            await asyncio.sleep(0)
            while self.at.core._in_hand:
                await asyncio.sleep(0.001)
        await asyncio.to_thread(self.at.app.conversations.settle)

    async def ask(self, text: str, **more: Any) -> dict[str, Any]:
        """Mention the bot in the channel; return its answer."""
        said = slack_events.mention(text, ts=more.pop("ts", self.slack.new_ts()), **more)
        self.slack.messages[said["channel"]].append(said)
        await self.send(slack_events.event(said))
        return self.slack.posted[-1]

    async def command(self, name: str, text: str = "", user: str = ANN) -> dict[str, Any]:
        """Type a slash command; return the last private answer."""
        await self.send(slack_events.command(name, text, self.hook, user=user))
        return self.slack.hooks[-1] if self.slack.hooks else {}

    async def opened(self, name: str, text: str = "", user: str = ADMIN) -> dict[str, Any]:
        """Type a slash command that opens a modal; return the modal."""
        await self.command(name, text, user)
        return list(self.slack.views.values())[-1]

    async def fill(self, view: dict[str, Any], values: dict[str, Any], user: str = ADMIN) -> dict[str, Any]:
        """Send a modal that was filled in; return what Slack is told to do with it."""
        answer = await self.send(slack_events.submission(view, values, user=user))
        return dict(json.loads(answer.body)) if answer.body else {}
