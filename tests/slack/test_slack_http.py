"""HTTP: only what Slack has signed just now, and only once, comes in; anything else is told 400 or 401, no more."""

import asyncio
import http.client
import json
import logging
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import hostile
import pytest
import pytest_asyncio
import slack_events as events
from aiohttp import web
from block_kit import words
from slack_loopback import SECRET, TEAM
from slack_town import SlackTown

from adapters.on_slack.http_mode import MOST_BYTES, Door
from adapters.on_slack.team import Member

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"


@dataclass
class House:
    """The bot behind its door."""

    town: SlackTown
    http: aiohttp.ClientSession
    port: int
    state: tuple[bool, list[str]] = (True, [])

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Send a request; return status and body."""
        async with self.http.post(f"http://127.0.0.1:{self.port}/slack/events", data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def send(self, body: events.Body) -> tuple[int, str]:
        """Send something as Slack does."""
        raw, kind = events.encoded(body)
        answer = await self.post(raw, {**events.signed(raw), "Content-Type": kind})
        await self.town.settle()
        return answer


@pytest_asyncio.fixture
async def house(town: SlackTown) -> AsyncIterator[House]:
    """A door on a free port."""
    async with aiohttp.ClientSession() as http_session:
        made = House(town, http_session, 0)
        door = Door([Member(TEAM, town.bolt, signing_secret=SECRET)], lambda: made.state)
        runner = web.AppRunner(door.application(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.port = runner.addresses[0][1]
        yield made
        await runner.cleanup()


async def test_events_commands_presses_and_modals_come_through_one_door(house: House) -> None:
    assert await house.send(events.event(events.mention(ASKED, ts="1700000001.000001"))) == (200, "")
    assert "Robert Wood" in words(house.town.slack.posted[0])
    assert await house.send(events.command("/factcheck", ASKED, house.town.hook)) == (200, "")
    assert "Robert Wood" in words(house.town.slack.hooks[-1])
    pressed = {"action_id": "press:0", "value": "!fact+search?text=missiles", "block_id": "0:"}
    assert await house.send(events.press(pressed, house.town.hook)) == (200, "")
    assert "on record for" in words(house.town.slack.hooks[-1])
    view = await house.town.opened("/fact", "add")
    status, body = await house.send(events.submission(view, {"text": ""}, user="UADMIN"))
    assert status == 200
    assert json.loads(body)["response_action"] == "errors"


async def test_slack_can_verify_the_address(house: House) -> None:
    status, body = await house.send({"type": "url_verification", "challenge": "abc", "token": "x"})
    assert status == 200
    assert "abc" in body


async def test_what_nobody_listens_to_is_acknowledged(house: House) -> None:
    assert await house.send(events.event({"type": "reaction_added", "user": "U1"})) == (200, "")


async def test_a_replayed_request_is_refused(house: House) -> None:
    body, kind = events.encoded(events.command("/fact", "search missiles", house.town.hook))
    headers = {**events.signed(body), "Content-Type": kind}
    assert [(await house.post(body, headers))[0] for _ in range(3)] == [200, 401, 401]
    await house.town.settle()
    assert len(house.town.slack.hooks) == 1


@pytest.mark.parametrize(
    ("served", "missing", "status", "said"),
    [(True, [], 200, "ok\n"), (True, ["two"], 200, "ok; not connected: two\n"), (False, [], 503, "not connected: \n")],
)
async def test_health_says_which_workspaces_are_connected(
    house: House, served: bool, missing: list[str], status: int, said: str
) -> None:
    house.state = (served, missing)
    async with house.http.get(f"http://127.0.0.1:{house.port}/healthz") as answer:
        assert (answer.status, await answer.text()) == (status, said)


async def check_hostile(house: House, count: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for each in hostile.requests(count):
            headers = {name: value for name, value in each.headers.items() if value}
            status, said = await house.post(each.body, headers)
            assert status in {400, 401}, (each.body[:80], each.headers)
            assert not said
    await house.town.settle()
    assert not house.town.slack.calls
    assert not [record for record in caplog.records if "incident" in record.message or record.exc_info]


async def test_hostile_requests_are_told_400_or_401_and_nothing_else(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await check_hostile(house, 400, caplog)


@pytest.mark.slow
async def test_ten_thousand_hostile_requests(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await check_hostile(house, 10_000, caplog)


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 10**12])
async def test_a_body_that_is_too_long_is_not_read(house: House, length: int) -> None:
    def told() -> int:
        line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=5)
        line.putrequest("POST", "/slack/events")
        line.putheader("Content-Length", str(length))
        line.endheaders()
        status = line.getresponse().status
        line.close()
        return status

    assert await asyncio.to_thread(told) == 400


async def test_a_body_of_unsaid_length_is_cut_off(house: House) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 50_000

    url = f"http://127.0.0.1:{house.port}/slack/events"
    async with house.http.post(url, data=endless(), headers=events.signed(b"x")) as answer:
        assert answer.status == 400


async def check_fuzzed(house: House, count: int, caplog: pytest.LogCaptureFixture) -> None:
    dice = random.Random(2)
    with caplog.at_level(logging.WARNING):
        for number in range(count):
            user, channel, ts = f"U{number}", f"C{number}", f"17{number:08}.000100"
            made = events.direct if dice.random() < 0.3 else events.mention
            said = made(hostile.text(dice, dice.randrange(80)), ts=ts, user=user)
            body = events.event({**said, "channel": said["channel"] if made is events.direct else channel})
            await house.town.send(json.loads(json.dumps(body)))
            await house.town.send(events.command("/fact", hostile.text(dice, 30), house.town.hook, user=user))
    assert not house.town.slack.wrong
    assert len(house.town.slack.posted) + len(house.town.slack.called("chat.postEphemeral")) >= count
    assert not [record for record in caplog.records if "incident" in record.message or record.exc_info]


async def test_fuzzed_messages_raise_nothing_and_ping_nobody(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await check_fuzzed(house, 20, caplog)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_thousand_fuzzed_messages(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await check_fuzzed(house, 1_000, caplog)


async def check_mutated(house: House, count: int) -> None:
    dice, town = random.Random(3), house.town
    add, ask = await town.opened("/fact", "add"), events.mention("how tall is the eiffel tower?", ts="1.5")
    press = {"action_id": "press:0", "value": "!why?question=~", "block_id": "0:1.5"}
    view = {"type": "home", "id": "home:1"}
    bases = [
        events.event(ask), events.event(events.changed(ask, "x")), events.event(events.deleted(ask)),
        events.event({**ask, "attachments": [{"is_share": True, "text": "x"}]}),
        events.event({"type": "app_home_opened", "user": "UANN", "tab": "home"}),
        events.command("/fact", "show zap", town.hook), events.command("/fact", "import", town.hook, user="UADMIN"),
        events.press(press, town.hook, shown=ask), events.press(press, "", view=view), events.shortcut(ask, town.hook),
        events.press({**press, "action_id": "share"}, town.hook),
        events.press({**press, "action_id": "remove"}, town.hook, shown=ask),
        events.submission(add, {"text": "", "claimant": "Ann"}), events.suggestion(add, "claimant", "wood"),
    ]  # fmt: skip
    for _ in range(count):
        status, _said = await house.send(hostile.mutated(dice.choice(bases), dice))
        assert status in {200, 400, 401}
    assert not town.app.store.recent([f"slack:{TEAM}"], limit=1)


async def test_what_is_signed_and_odd_is_told_400_or_acknowledged_and_changes_nothing(house: House) -> None:
    await check_mutated(house, 200)


@pytest.mark.slow
async def test_five_thousand_odd_things_that_are_signed(house: House) -> None:
    await check_mutated(house, 5_000)
