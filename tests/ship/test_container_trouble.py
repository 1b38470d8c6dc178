"""The container in trouble: people are told that nothing is saved, health turns red, and it recovers by itself."""

import asyncio
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from tests.ship.engine import (
    ASKED,
    HARDENED,
    IMAGE,
    ROOT,
    becomes,
    block_kit,
    docker,
    in_a_container,
    inside,
    loopback,
    new_volume,
    on_discord,
    on_slack,
    python,
    run,
    says,
    slack_events,
    slack_loopback,
    start,
    state,
    typed,
)

pytestmark = in_a_container
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may act on the container from outside")
SPACE = f"slack:{slack_loopback.TEAM}"
ADD = 'add text="The {} in the park is 4 m deep" claimant="Ann Lee" --sure'
SMALL = ["--opt", "type=tmpfs", "--opt", "device=tmpfs", "--opt", "o=size=3m,uid=10001,gid=10001"]
KILLS, SEED = 10, 20262
LOST = """
from pathlib import Path
from bot.store import Store
file = Path("/data/acknowledged-{number}")
saved = set(file.read_text().split()) if file.exists() else set()
with Store.open(Path("/data/{number}.db")) as store:
    assert not store.damage() and not store.check_chain()
    assert saved <= {{claim.id for claim in store.claims()}}
print(len(saved))
"""


@pytest.fixture
def small_disk() -> Iterator[str]:
    with new_volume(*SMALL) as name:
        yield name


@asynccontextmanager
async def serving(volume: str) -> AsyncIterator[tuple[slack_loopback.SlackLoopback, str]]:
    """A bot on Slack that is well; yield the Slack and the container."""
    async with slack_loopback.running() as slack:
        container = await asyncio.to_thread(start, volume, *on_slack(slack))
        await slack.wait(lambda: slack.sockets)
        assert await becomes(container, "healthy")
        yield slack, container


async def answers(slack: slack_loopback.SlackLoopback, channel: str) -> str:
    """Let somebody mention the bot in a channel; return what it says."""
    count = len(slack.posted)
    said = slack_events.mention(ASKED, ts=slack.new_ts(), user=f"U{channel}", channel=channel)
    await slack.send(slack_events.event(said))
    await slack.wait(lambda: len(slack.posted) > count)
    return block_kit.words(slack.posted[-1])


async def is_saved_again(slack: slack_loopback.SlackLoopback, container: str) -> None:
    assert await becomes(container, "healthy")
    assert await says(container, "changes can be saved again")
    assert "Saved: as" in await typed(slack, ADD.format("river"))
    assert "river" in await asyncio.to_thread(inside, container, f"python -m bot fact search --space {SPACE} river")
    assert state(container)["status"] == "running"
    assert json.loads(docker("inspect", container))[0]["RestartCount"] == 0


async def is_not_saved(slack: slack_loopback.SlackLoopback, container: str, why: str) -> None:
    told = await typed(slack, ADD.format("pond"))
    assert "That did not work" in told
    assert why in told
    assert await becomes(container, "unhealthy")
    assert await says(container, "nothing can be saved")


@pytest.mark.asyncio
async def test_a_full_disk_is_told_and_shown_and_gets_over(small_disk: str) -> None:
    async with serving(small_disk) as (slack, container):
        await asyncio.to_thread(inside, container, "dd if=/dev/zero of=/data/full bs=4k", check=False)
        assert "Robert Wood" in await answers(slack, "C7")
        await is_not_saved(slack, container, "the disk is full. Nothing was changed.")
        assert "Robert Wood" in await answers(slack, "C8")
        await asyncio.to_thread(inside, container, "rm /data/full")
        await is_saved_again(slack, container)


@pytest.mark.asyncio
async def test_a_lost_file_is_told_and_shown_and_gets_over(volume: str) -> None:
    async with serving(volume) as (slack, container):
        await asyncio.to_thread(inside, container, "mv /data/facts.db /data/aside.db")
        await is_not_saved(slack, container, "is gone: put it back, or restore a backup. Nothing was saved.")
        assert await asyncio.to_thread(inside, container, "ls /data") == "aside.db"
        await asyncio.to_thread(inside, container, "mv /data/aside.db /data/facts.db")
        await is_saved_again(slack, container)


@as_root
@pytest.mark.asyncio
async def test_a_volume_that_becomes_read_only_is_told_and_shown_and_gets_over(volume: str) -> None:
    async with serving(volume) as (slack, container):
        there = ["nsenter", "-t", docker("inspect", "-f", "{{.State.Pid}}", container), "-m", "--wd=/", "sh", "-c"]
        subprocess.run([*there, "mount --bind /data /data && mount -o remount,bind,ro /data"], check=True)
        assert "Robert Wood" in await answers(slack, "C7")
        await is_not_saved(slack, container, "may be written to")
        assert "Robert Wood" in await answers(slack, "C8")
        subprocess.run([*there, "mount -o remount,bind,rw /data"], check=True)
        await is_saved_again(slack, container)


@pytest.mark.asyncio
async def test_a_replaced_file_is_the_database_from_then_on(volume: str) -> None:
    async with serving(volume) as (slack, container):
        await asyncio.to_thread(inside, container, "cp /data/facts.db /data/other.db")
        assert "Saved: as" in await typed(slack, ADD.format("pond"))
        await asyncio.to_thread(inside, container, "mv /data/other.db /data/facts.db")
        assert "Saved: as" in await typed(slack, ADD.format("river"))
        found = await asyncio.to_thread(inside, container, f"python -m bot fact search --space {SPACE} park")
        assert "river" in found
        assert "pond" not in found
        assert await becomes(container, "healthy")
    assert "sound" in run(volume, "check")


@as_root
@pytest.mark.asyncio
async def test_health_turns_red_when_the_bot_hangs(volume: str) -> None:
    async with loopback.running() as server:
        container = await asyncio.to_thread(start, volume, *on_discord(server))
        await server.wait_ready()
        assert await becomes(container, "healthy")
        os.kill(int(docker("inspect", "-f", "{{.State.Pid}}", container)), signal.SIGSTOP)
        assert await becomes(container, "unhealthy")
        os.kill(int(docker("inspect", "-f", "{{.State.Pid}}", container)), signal.SIGCONT)
        assert await becomes(container, "healthy")


def test_kill_9_during_writes_loses_nothing_that_was_acknowledged(volume: str) -> None:
    writer = ["-v", f"{ROOT}/tests/ship/writing.py:/writing.py:ro", "--entrypoint", "python", IMAGE, "/writing.py"]
    chance, total = random.Random(SEED), 0
    for number in range(KILLS):
        acknowledged = f"/data/acknowledged-{number}"
        made = "from bot.store import Store; Store.open(p, missing='empty').close()"
        python(volume, f"from pathlib import Path; p = Path('/data/{number}.db'); {made}")
        container = docker(
            "run",
            "-d",
            *HARDENED,
            "-v",
            f"{volume}:/data",
            *writer,
            f"/data/{number}.db",
            acknowledged,
            "log",
            "100000",
        )
        time.sleep(0.5 + chance.random())
        docker("kill", "--signal", "KILL", container)
        total += int(python(volume, LOST.format(number=number)))
    print(f"{KILLS} containers killed, {total:,} acknowledged writes, none lost")  # noqa: T201
    assert total > KILLS
