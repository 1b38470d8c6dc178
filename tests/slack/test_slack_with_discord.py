"""Both faces in one process, on one database: one newsroom on two platforms."""

from pathlib import Path

import pytest
import slack_events as events
from block_kit import words
from slack_loopback import ADMIN, APP_TOKEN, TEAM, TOKEN, SlackLoopback
from slack_loopback import running as running_slack
from test_slack_process import started

from tests.on_discord.loopback import GUILD_ID
from tests.on_discord.loopback import TOKEN as DISCORD_TOKEN
from tests.on_discord.loopback import running as running_discord

pytestmark = pytest.mark.asyncio
POND = "is the pond in the park 4 m deep?"


async def test_a_claim_that_a_moderator_adds_on_slack_is_in_the_next_answer_on_discord(tmp_path: Path) -> None:
    async with running_discord() as discord, running_slack() as slack:
        settings = {
            "SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "FACTBOT_OPERATORS": f"slack:{TEAM}:{ADMIN}",
            "DISCORD_TOKEN": DISCORD_TOKEN, "DISCORD_API_BASE": discord.base,
        }  # fmt: skip
        async with started(slack, tmp_path, settings):
            await discord.wait_ready()
            await slack.wait(lambda: slack.sockets)
            await discord.ask(POND)
            await discord.wait_sent(1)
            assert "Nothing on record" in str(discord.sent[0])
            assert "shares the claims" in await typed(slack, f"link discord:{GUILD_ID} slack:{TEAM}")
            await typed(slack, 'add text="The pond in the park is 4 m deep" claimant="Ann Lee" --sure')
            await discord.ask(POND)
            await discord.wait_sent(2)
            assert "Ann Lee" in str(discord.sent[1])


async def typed(slack: SlackLoopback, line: str) -> str:
    """Let the operator type a command on Slack; return what they are told."""
    count = len(slack.hooks)
    hook = f"http://127.0.0.1:{slack.port}/hooks/1"
    await slack.send(events.command("/fact", line, hook, user=ADMIN), "slash_commands")
    await slack.wait(lambda: len(slack.hooks) > count)
    return words(slack.hooks[-1]).lower()
