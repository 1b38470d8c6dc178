"""`factbot check --online` against both platforms' stand-ins: each token is asked about by its name."""

import asyncio
import json
from pathlib import Path

import pytest
from slack_loopback import APP_TOKEN, TOKEN, SlackLoopback, running

from bot.cli import run
from tests.on_discord.loopback import TOKEN as DISCORD_TOKEN
from tests.on_discord.loopback import running as running_discord

pytestmark = pytest.mark.asyncio
OTHER, WRONG = "xoxb-other-loopback", "xoxb-canary-9d1c"


def two_workspaces() -> SlackLoopback:
    return SlackLoopback(teams={TOKEN: "T1", OTHER: "T2"}, app_tokens={APP_TOKEN, "xapp-other"})


async def checked(*options: str) -> int:
    return await asyncio.to_thread(run, ["check", "--online", *options])


async def test_every_workspace_and_discord_are_asked_and_named(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running_discord() as discord, running(two_workspaces()) as slack:
        rows = [{"bot_token": TOKEN, "app_token": APP_TOKEN}, {"bot_token": OTHER, "app_token": "xapp-other"}]
        monkeypatch.setenv("SLACK_WORKSPACES", json.dumps(rows))
        monkeypatch.setenv("SLACK_API_BASE", f"http://127.0.0.1:{slack.port}/api/")
        monkeypatch.setenv("DISCORD_TOKEN", DISCORD_TOKEN)
        monkeypatch.setenv("DISCORD_API_BASE", discord.base)
        assert await checked() == 0
        told = capsys.readouterr().out
        assert await checked("--json") == 0
        found = json.loads(capsys.readouterr().out)
        assert not slack.sockets
    for line in (
        "Discord: takes the token of ",
        "Slack, workspace 1: takes the token of UBOT in workspace T1\n",
        "Slack, workspace 1, Socket Mode: takes the app token\n",
        "Slack, workspace 2: takes the token of UBOT in workspace T2\n",
        "Slack, workspace 2, Socket Mode: takes the app token\n",
    ):
        assert line in told
    assert (len(found["services"]), found["unreachable"], found["sound"]) == (5, [], True)


async def test_the_workspace_whose_token_is_not_taken_is_named(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running_discord() as discord, running(two_workspaces()) as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-canary-9d1c")
        monkeypatch.setenv("SLACK_WORKSPACES", json.dumps([{"bot_token": WRONG, "app_token": APP_TOKEN}]))
        monkeypatch.setenv("SLACK_API_BASE", f"http://127.0.0.1:{slack.port}/api/")
        monkeypatch.setenv("DISCORD_TOKEN", "canary-9d1c")
        monkeypatch.setenv("DISCORD_API_BASE", discord.base)
        assert await checked("--json") == 1
    told = capsys.readouterr()
    assert [words.partition(":")[0] for words in json.loads(told.out)["unreachable"]] == [
        "DISCORD_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_WORKSPACES, workspace 1",
    ]
    assert "the tokens are not all good" in told.err
    assert "canary" not in told.out + told.err
