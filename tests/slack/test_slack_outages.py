"""Slack misbehaves: sockets break and are renewed, answers come late or never. Nothing is lost, nothing said twice."""

import asyncio
import time
from collections import deque

import pytest
import slack_events as events
from slack_loopback import APP_TOKEN, TOKEN, SlackLoopback, running
from slack_served import served
from test_slack_process import ASKED, mention

from adapters.on_slack.credentials import Credentials
from bot.app import App

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick")]
ONE = Credentials("SLACK_BOT_TOKEN", TOKEN, APP_TOKEN)


async def test_after_a_cut_socket_it_comes_back_and_answers_no_replayed_event_twice(app: App) -> None:
    async with running() as server, served(app, server, ONE):
        await server.wait(lambda: server.sockets)
        said = events.event(events.mention(ASKED, ts="1700000001.000001"))
        await server.send(said)
        await server.wait(lambda: server.posted)
        server.sockets[0]._req.transport.abort()  # type: ignore[union-attr]
        await server.wait(lambda: len(server.sockets) == 2)
        replayed = await server.send(said)
        await server.send(events.event(events.mention("what did kirby say?", ts="1700000002.000001")))
        await server.wait(lambda: len(server.posted) == 2 and replayed in server.acked)
        await asyncio.sleep(0.2)
        assert len(server.posted) == 2


async def test_when_slack_renews_a_socket_what_comes_on_the_old_one_is_answered_too(app: App) -> None:
    async with running() as server, served(app, server, ONE):
        await server.wait(lambda: server.sockets)
        await server.sockets[0].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await server.wait(lambda: len(server.sockets) == 2)
        for number, place in enumerate((0, 1)):
            await server.send(events.event(events.mention(ASKED, ts=f"170000000{number}.000001")), socket=place)
        await server.wait(lambda: len(server.posted) == 2)


async def test_a_server_that_stumbles_at_the_start_is_tried_again(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    server = SlackLoopback(
        stumbles={"auth.test": deque([(500, False)]), "apps.connections.open": deque([(503, False)])}
    )
    server.stumbles.update({name: deque() for name in ("users.info", "chat.postMessage", "usergroups.users.list")})
    async with running(server), served(app, server, ONE):
        await server.wait(lambda: server.sockets)
        await server.send(events.event(events.mention(ASKED, ts="1700000001.000001")))
        await server.wait(lambda: server.posted)


async def test_while_slack_asks_for_patience_others_are_answered_and_nobody_is_asked_too_early(app: App) -> None:
    server = SlackLoopback(retry_after="1")
    async with running(server), served(app, server, ONE):
        await server.wait(lambda: server.sockets)
        server.stumbles["chat.postMessage"].append((429, False))
        await server.send(mention(1))
        await server.wait(lambda: server.called("chat.postMessage"))
        begun = time.monotonic()
        await server.send(mention(2))
        await server.wait(lambda: len(server.posted) == 2)
        assert 0.9 < time.monotonic() - begun < 5
        assert [each["channel"] for each in server.posted] == ["C2", "C1"]


async def test_when_slack_does_not_say_who_somebody_is_they_are_answered_all_the_same(app: App) -> None:
    async with running() as server, served(app, server, ONE):
        await server.wait(lambda: server.sockets)
        server.stumbles["users.info"].append((0, False))
        server.stumbles["chat.postMessage"].append((500, True))
        await server.send(mention(1))
        await server.wait(lambda: server.posted)
        await server.send(mention(2))
        await server.wait(lambda: len(server.posted) == 2)
        assert {each["channel"] for each in server.posted} == {"C1", "C2"}
