"""The bot in its container, on Discord and Slack (of this machine): it answers, stops, is killed, starts again."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests.ship.engine import (
    ASKED,
    becomes,
    block_kit,
    docker,
    in_a_container,
    loopback,
    on_discord,
    on_slack,
    run,
    slack_events,
    slack_loopback,
    start,
    state,
    stop,
    typed,
)

pytestmark = [*in_a_container, pytest.mark.asyncio]
faces = pytest.mark.parametrize("faces", ["discord", "slack", "discord slack"])
CROWD = 20


@dataclass
class Platforms:
    """The platforms that the bot is on, and how it finds them."""

    discord: loopback.Loopback | None = None
    slack: slack_loopback.SlackLoopback | None = None
    options: list[str] = field(default_factory=list)

    async def connected(self) -> None:
        """Wait until the bot listens everywhere."""
        if self.discord:
            await self.discord.wait_ready(60)
        if slack := self.slack:
            await slack.wait(lambda: any(not socket.closed for socket in slack.sockets), 60)

    async def ask(self, number: int, question: str = ASKED) -> None:
        """Let somebody whom the bot does not know yet mention it on each platform."""
        if self.discord:
            await self.discord.ask(question, message_id=str(900_001_000 + number), author=str(5_000 + number))
        if self.slack:
            where = {"user": f"U{number}", "channel": f"C{number}"}
            said = slack_events.mention(question, ts=f"17{number:08}.000100", **where)
            sent = await self.slack.send(slack_events.event(said, f"Ev-{number}"))
            await self.slack.wait(lambda: sent in self.slack.acked)  # type: ignore[union-attr]

    def answers(self) -> list[list[str]]:
        """Return what the bot said on each platform."""
        discord = [[str(each) for each in self.discord.sent]] if self.discord else []
        slack = [[block_kit.words(each) for each in self.slack.posted]] if self.slack else []
        return discord + slack

    async def answered(self, count: int, seconds: float = 30) -> None:
        """Wait until there are so many answers on each."""
        end = time.monotonic() + seconds
        while any(len(said) < count for said in self.answers()):
            assert time.monotonic() < end, self.answers()
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running(faces: str) -> AsyncIterator[Platforms]:
    async with AsyncExitStack() as stack:
        on = Platforms()
        if "discord" in faces:
            on.discord = await stack.enter_async_context(loopback.running())
            on.options += on_discord(on.discord)
        if "slack" in faces:
            on.slack = await stack.enter_async_context(slack_loopback.running())
            on.options += on_slack(on.slack)
        yield on
        assert not on.slack or not on.slack.wrong


@faces
async def test_a_mention_is_answered_and_it_becomes_healthy(volume: str, faces: str) -> None:
    async with running(faces) as on:
        begun = time.monotonic()
        container = await asyncio.to_thread(start, volume, *on.options)
        await on.connected()
        ready = time.monotonic() - begun
        await on.ask(1)
        await on.answered(1)
        first = time.monotonic() - begun
        assert await becomes(container, "healthy")
        healthy = time.monotonic() - begun
        print(f"{faces}: connected {ready:.1f} s, first answer {first:.1f} s, healthy {healthy:.1f} s")  # noqa: T201
        assert all("Robert Wood" in said[0] for said in on.answers())
        said = docker("logs", container)
        assert loopback.TOKEN not in said
        assert "xoxb" not in said
        assert "xapp" not in said


@faces
async def test_what_is_under_way_is_answered_before_it_stops_within_5_seconds(volume: str, faces: str) -> None:
    async with running(faces) as on:
        container = await asyncio.to_thread(start, volume, *on.options)
        await on.connected()
        await on.ask(0)
        await on.answered(1)
        for number in range(1, CROWD):
            await on.ask(number)
        took = await asyncio.to_thread(stop, container)
        print(f"{faces}: stopped in {took:.1f} s with {[len(said) for said in on.answers()]} answers")  # noqa: T201
        assert took < 5
        assert [len(said) for said in on.answers()] == [CROWD] * len(on.answers())
        assert state(container)["exit"] == 0
    assert "sound" in run(volume, "check")


@faces
async def test_after_a_stop_and_after_a_kill_it_goes_on_and_answers_nothing_twice(volume: str, faces: str) -> None:
    async with running(faces) as on:
        container = await asyncio.to_thread(start, volume, *on.options)
        for number, end in enumerate(("stop", "kill", "stop")):
            await on.connected()
            for old in range(number):
                await on.ask(old)
            await on.ask(number)
            await on.answered(number + 1)
            await asyncio.sleep(0.5)
            assert all(len(said) == number + 1 for said in on.answers())
            await asyncio.to_thread(docker, end, container)
            if on.discord:
                on.discord._ready.clear()
            await asyncio.to_thread(docker, "start", container)
    assert "sound" in run(volume, "check")


async def test_a_claim_that_was_added_on_slack_is_there_after_a_kill(volume: str) -> None:
    async with running("slack") as on:
        assert on.slack
        container = await asyncio.to_thread(start, volume, *on.options)
        await on.connected()
        told = await typed(on.slack, 'add text="The pond in the park is 4 m deep" claimant="Ann Lee" --sure')
        assert "Ann Lee" in told
        await asyncio.to_thread(docker, "kill", container)
    assert "Ann Lee" in run(
        volume, "ask", "--space", f"slack:{slack_loopback.TEAM}", "is the pond in the park 4 m deep?"
    )
