"""Both faces in one process, on one database: one newsroom on two platforms."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import slack_events as events
from aiohttp import web
from block_kit import words
from slack_loopback import ADMIN, APP_TOKEN, TEAM, TOKEN, SlackLoopback
from slack_loopback import running as running_slack
from test_slack_process import started

from tests.on_discord.loopback import BOT_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID, Loopback, _message
from tests.on_discord.loopback import TOKEN as DISCORD_TOKEN
from tests.on_discord.loopback import running as running_discord

pytestmark = pytest.mark.asyncio
POND = {"text": "The pond in the park is 4 m deep", "claimant": "Ann Lee"}
QUESTION = "is the pond in the park 4 m deep?"


@dataclass
class Discord(Loopback):
    """A Discord that lets a command be answered, too."""

    answers: list[str] = field(default_factory=list)

    async def respond(self, request: web.Request) -> web.Response:
        await super().respond(request)
        return self._said({"interaction": {"id": "77", "type": 2}})

    async def anything(self, request: web.Request) -> web.Response:
        if "/webhooks/" not in request.path:
            return await super().anything(request)
        self.answers.append(await request.text())
        return self._said({**_message("99", "", BOT_ID), "webhook_id": BOT_ID})

    def _said(self, value: dict[str, Any]) -> web.Response:
        return web.Response(body=json.dumps(value).encode(), headers={"Content-Type": "application/json"})


@dataclass
class Newsroom:
    """One process of the bot on both platforms, its communities linked."""

    discord: Discord
    slack: SlackLoopback

    async def typed_on_slack(self, line: str) -> str:
        """Let the operator type a command on Slack; return what they are told."""
        count = len(self.slack.hooks)
        hook = f"http://127.0.0.1:{self.slack.port}/hooks/1"
        await self.slack.send(events.command("/fact", line, hook, user=ADMIN), "slash_commands")
        await self.slack.wait(lambda: len(self.slack.hooks) > count)
        return words(self.slack.hooks[-1]).lower()

    async def add_on_discord(self) -> None:
        """Let the server's owner use `/fact add` on Discord, and wait for the answer."""
        values = [{"type": 3, "name": name, "value": value} for name, value in POND.items()]
        options = [{"type": 1, "name": "add", "options": [*values, {"type": 3, "name": "sure", "value": "yes"}]}]
        user = {"id": MEMBER_ID, "username": "ann", "discriminator": "0", "avatar": None}
        member = {"user": user, "roles": [], "joined_at": "2024-01-01T00:00:00+00:00", "deaf": False, "mute": False,
                  "flags": 0, "permissions": "8"}  # fmt: skip
        about = {"id": "77", "application_id": BOT_ID, "type": 2, "token": "interaction", "version": 1,
                 "guild_id": GUILD_ID, "channel_id": CHANNEL_ID, "channel": {"id": CHANNEL_ID, "type": 0},
                 "entitlements": [], "attachment_size_limit": 0}  # fmt: skip
        data = {"id": "88", "name": "fact", "type": 1, "options": options}
        await self.discord.dispatch("INTERACTION_CREATE", {**about, "member": member, "data": data})
        await self.slack.wait(lambda: "Ann Lee" in f"{self.discord.responses}{self.discord.answers}", 10)

    async def asked_on_discord(self) -> str:
        count = len(self.discord.sent) + 1
        await self.discord.ask(QUESTION)
        await self.discord.wait_sent(count)
        return str(self.discord.sent[-1])

    async def asked_on_slack(self) -> str:
        count = len(self.slack.posted)
        await self.slack.send(events.event(events.mention(QUESTION, ts=self.slack.new_ts())))
        await self.slack.wait(lambda: len(self.slack.posted) > count)
        return words(self.slack.posted[-1])


@pytest_asyncio.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    discord = Discord()
    async with running_discord(discord), running_slack() as slack:
        settings = {
            "SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "FACTBOT_OPERATORS": f"slack:{TEAM}:{ADMIN}",
            "DISCORD_TOKEN": DISCORD_TOKEN, "DISCORD_API_BASE": discord.base,
        }  # fmt: skip
        async with started(slack, tmp_path, settings):
            await discord.wait_ready()
            await slack.wait(lambda: slack.sockets)
            made = Newsroom(discord, slack)
            assert "shares the claims" in await made.typed_on_slack(f"link discord:{GUILD_ID} slack:{TEAM}")
            yield made


async def test_a_claim_that_a_moderator_adds_on_slack_is_in_the_next_answer_on_discord(newsroom: Newsroom) -> None:
    assert "Nothing on record" in await newsroom.asked_on_discord()
    await newsroom.typed_on_slack('add text="The pond in the park is 4 m deep" claimant="Ann Lee" --sure')
    assert "Ann Lee" in await newsroom.asked_on_discord()


async def test_a_claim_that_a_moderator_adds_on_discord_is_in_the_next_answer_on_slack(newsroom: Newsroom) -> None:
    assert "Nothing on record" in await newsroom.asked_on_slack()
    await newsroom.add_on_discord()
    assert "Ann Lee" in await newsroom.asked_on_slack()
