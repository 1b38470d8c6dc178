"""Sockets: kept alive, renewed without a gap, given up when they are dead; and no connection anywhere else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
import pytest
import slack_events as events
import yarl
from slack_bolt.response import BoltResponse
from slack_loopback import APP_TOKEN, TEAM
from slack_town import SlackTown

from adapters.on_slack.reaching import Reach, SlackServers
from adapters.on_slack.socket_mode import Socket
from adapters.on_slack.team import Malformed, Member, dispatch, member_of
from bot.errors import SettingsProblem

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def connected(town: SlackTown, *, ping: float = 10.0, quiet: float = 60.0) -> AsyncIterator[Socket]:
    """A socket that runs."""
    made = Socket(
        APP_TOKEN,
        "SLACK_APP_TOKEN",
        town.at.reach,
        partial(dispatch, [Member(TEAM, town.bolt)]),
        ping=ping,
        quiet=quiet,
    )
    task = asyncio.create_task(made.run())
    try:
        await town.slack.wait(lambda: town.slack.sockets, 5)
        yield made
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_socket_on_which_nothing_comes_is_renewed(town: SlackTown) -> None:
    async with connected(town, quiet=0.2) as socket:
        await town.slack.wait(lambda: len(town.slack.sockets) >= 2, 5)
        assert socket.connected


async def test_a_socket_that_does_not_answer_a_ping_is_dead(town: SlackTown) -> None:
    town.slack.pongs = False
    async with connected(town, ping=0.2):
        await town.slack.wait(lambda: len(town.slack.sockets) >= 2, 10)


async def test_a_socket_without_a_greeting_is_not_connected(town: SlackTown) -> None:
    town.slack.greets = False
    async with connected(town) as socket:
        await asyncio.sleep(0.1)
        assert not socket.connected


async def test_a_modals_answer_goes_back_with_the_acknowledgement(town: SlackTown) -> None:
    view = await town.opened("/fact", "add")
    async with connected(town):
        sent = await town.slack.send(events.submission(view, {"text": ""}, user="UADMIN"), "interactive")
        await town.slack.wait(lambda: sent in town.slack.answers, 5)
        assert town.slack.answers[sent]["response_action"] == "errors"


async def test_what_is_no_message_is_survived(town: SlackTown) -> None:
    async with connected(town):
        for odd in (
            "",
            "x",
            "[]",
            "null",
            '{"type": 1}',
            '{"payload": 1}',
            '{"payload": {"event": 7}, "envelope_id": "o"}',
        ):
            await town.slack.sockets[0].send_str(odd)
        sent = await town.slack.send(events.event({"type": "reaction_added", "user": "U1"}))
        await town.slack.wait(lambda: {sent, "o"} <= set(town.slack.acked), 5)


async def test_an_event_that_could_not_be_handed_on_is_not_acknowledged(town: SlackTown) -> None:
    async def broken(_body: dict[str, object]) -> BoltResponse:
        return BoltResponse(status=500)

    made = Socket(APP_TOKEN, "SLACK_APP_TOKEN", town.at.reach, broken)
    task = asyncio.create_task(made.run())
    await town.slack.wait(lambda: town.slack.sockets, 5)
    sent = await town.slack.send(events.event({"type": "reaction_added", "user": "U1"}))
    await asyncio.sleep(0.1)
    assert sent not in town.slack.acked
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_socket_mode_that_is_switched_off_is_said(town: SlackTown) -> None:
    town.slack.refusals["apps.connections.open"] = "link_disabled"
    with pytest.raises(SettingsProblem, match="Socket Mode is off"):
        await Socket(APP_TOKEN, "SLACK_APP_TOKEN", town.at.reach, partial(dispatch, [])).run()


async def test_each_event_goes_to_its_workspace(town: SlackTown) -> None:
    one, two = Member("T1", town.bolt), Member("T2", town.bolt)
    assert member_of([one, two], {"team_id": "T2"}) is two
    assert member_of([one, two], {"team": {"id": "T1"}}) is one
    assert member_of([one, two], {"team_id": "T1", "authorizations": [{"team_id": "T2"}]}) is two
    assert member_of([one], {"team_id": "T7"}) is one
    for asked in ({"type": "url_verification", "challenge": "x"}, {"ssl_check": "1", "token": "x"}):
        assert member_of([one, two], asked) is one
    for members in ([one, two], [Member("T1", town.bolt, alone=False)]):
        with pytest.raises(Malformed):
            member_of(members, {"team_id": "T7"})


async def test_no_connection_goes_to_another_server(town: SlackTown) -> None:
    for url in ("http://127.0.0.1:9/hooks/1", "https://hooks.slack.com/commands/1", "http://169.254.169.254/"):
        with pytest.raises(aiohttp.ClientConnectionError, match="not a host of SLACK_API_BASE"):
            await town.at.reach.webhook(url).send(text="x")


async def test_slacks_own_hosts_are_those_below_the_api(town: SlackTown) -> None:
    servers = SlackServers("https://slack.com/api/")
    good = (
        "https://slack.com/api/x",
        "https://hooks.slack.com/1",
        "https://files.slack.com/1",
        "wss://wss-primary.slack.com/",
    )
    bad = ("https://evilslack.com/", "https://slack.com.evil.org/", "http://hooks.slack.com/", "https://localhost/")
    assert all(servers.holds(yarl.URL(url)) for url in good)
    assert not any(servers.holds(yarl.URL(url)) for url in bad)
    await servers.close()


@pytest.mark.parametrize(
    "base", ["", "slack.com", "ftp://slack.com/api/", "https://u:p@slack.com/api/", "https://[/api/"]
)
async def test_a_base_that_is_no_address_is_said(base: str) -> None:
    with pytest.raises(SettingsProblem, match="SLACK_API_BASE"):
        Reach(base)
