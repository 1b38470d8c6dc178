"""The bot's process as a user starts it, against a Slack on this machine that also misbehaves."""

import asyncio
import random
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
import slack_events as events
from block_kit import words
from slack_loopback import APP_TOKEN, TOKEN, SlackLoopback, running

from adapters.on_slack.run import run_slack
from bot.app import App
from bot.errors import SettingsProblem
from bot.settings import read_settings
from tests.process import bot_process, ended

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"
SOCKET = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
PROXY = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
"""Nobody is there. To another server than Slack's own no proxy is used."""


def started(
    server: SlackLoopback, home: Path, settings: dict[str, str]
) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """Start the bot with these settings, pointed at `server`."""
    return bot_process(home, {"SLACK_API_BASE": server.base, **settings})


def lines(err: str) -> list[str]:
    return [line for line in err.splitlines() if "made one" not in line and " INFO " not in line]


async def test_it_connects_answers_once_acknowledges_and_stops_on_sigterm_past_any_proxy(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path, {**SOCKET, **PROXY}) as process:
        await server.wait(lambda: server.sockets)
        said = events.event(events.mention(ASKED, ts="1700000001.000001"))
        first, second = await server.send(said), await server.send(said)
        await server.wait(lambda: server.posted and {first, second} <= set(server.acked))
        opened = await server.send(events.command("/fact", "show zap", f"{server.base[:-5]}/hooks/1"), "slash_commands")
        await server.wait(lambda: opened in server.acked and server.hooks)
        await asyncio.sleep(0.2)
        process.terminate()
        status, err = await ended(process)
    assert len(server.posted) == 1
    assert "Robert Wood" in words(server.posted[0])
    assert status == 0
    assert not lines(err)
    assert "outcome=match" in err
    assert ASKED not in err
    assert "xoxb" not in err
    assert "xapp" not in err
    assert not server.wrong


async def test_what_was_acknowledged_is_answered_before_it_stops(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path, SOCKET) as process:
        await server.wait(lambda: server.sockets)
        asked = [await server.send(mention(number)) for number in range(5)]
        await server.wait(lambda: set(asked) <= set(server.acked))
        process.terminate()
        status, _ = await ended(process)
    assert status == 0
    assert len(server.posted) == 5


async def test_mentions_in_a_crowd_come_twice_and_out_of_order_and_are_answered_once(tmp_path: Path) -> None:
    crowd = [mention(number) for number in range(40)]
    sent = [*crowd, *crowd[::5]]
    random.Random(1).shuffle(sent)
    async with running() as server, started(server, tmp_path, SOCKET):
        await server.wait(lambda: server.sockets)
        begun = {await server.send(each): time.monotonic() for each in sent}
        await server.wait(lambda: len(server.posted) >= len(crowd) and set(begun) <= set(server.acked))
        await asyncio.sleep(0.3)
        assert len({each["metadata"]["event_payload"]["question"] for each in server.posted}) == len(crowd)
        assert len(server.posted) == len(crowd)
        assert max(server.acked[envelope] - at for envelope, at in begun.items()) < 3


def mention(number: int) -> events.Body:
    where = {"user": f"U{number}", "channel": f"C{number}"}
    return events.event(events.mention(ASKED, ts=f"17{number:08}.000100", **where), f"Ev-{number}")


async def test_what_only_settings_can_cure_ends_with_78_and_one_line(tmp_path: Path) -> None:
    server = SlackLoopback(scopes="chat:write,commands,app_mentions:read")
    async with running(server), started(server, tmp_path, SOCKET) as process:
        status, err = await ended(process)
    assert status == 78
    [line] = lines(err)
    assert "users:read" in line
    assert "chat:write" not in line


@pytest.mark.parametrize(
    ("settings", "refused", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": APP_TOKEN}, {}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": "xapp-wrong"}, {}, "SLACK_APP_TOKEN"),
        (SOCKET, {"apps.connections.open": "missing_scope"}, "some:scope"),
        ({"SLACK_BOT_TOKEN": TOKEN}, {}, "no way in"),
    ],
)
async def test_it_says_which_setting_is_wrong(
    app: App, settings: dict[str, str], refused: dict[str, str], said: str
) -> None:
    async with running(SlackLoopback(refusals=refused)) as server:
        environ = {"SLACK_API_BASE": server.base, **settings}
        with pytest.raises(SettingsProblem, match=said) as problem:
            await asyncio.wait_for(run_slack(app, read_settings(environ)), 10)
    assert "wrong" not in problem.value.message


async def test_what_was_answered_before_a_kill_is_not_answered_again(tmp_path: Path) -> None:
    said = events.event(events.mention(ASKED, ts="1700000001.000001"))
    async with running() as server:
        async with started(server, tmp_path, SOCKET) as process:
            await server.wait(lambda: server.sockets)
            await server.send(said)
            await server.wait(lambda: server.posted)
            await asyncio.sleep(0.3)
            process.kill()
            await process.wait()
        async with started(server, tmp_path, SOCKET):
            await server.wait(lambda: len(server.sockets) == 2)
            again = await server.send({**said, "event_id": "Ev-other"})
            await server.wait(lambda: again in server.acked)
            await asyncio.sleep(0.3)
        assert len(server.posted) == 1


@pytest.mark.slow
async def test_when_slack_is_away_the_bot_comes_back(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path, SOCKET):
        await server.wait(lambda: server.sockets)
        server.stumbles["apps.connections.open"].extend([(503, False), (429, False)])
        await server.sockets[0].close()
        await server.wait(lambda: len(server.sockets) == 2)
        await server.send(mention(1))
        await server.wait(lambda: server.posted)


@pytest.mark.slow
async def test_a_dead_socket_is_given_up_within_half_a_minute(tmp_path: Path) -> None:
    server = SlackLoopback(pongs=False)
    async with running(server), started(server, tmp_path, SOCKET):
        await server.wait(lambda: server.sockets)
        server.pongs = True
        await server.wait(lambda: len(server.sockets) == 2)
        await server.send(mention(1))
        await server.wait(lambda: server.posted)
