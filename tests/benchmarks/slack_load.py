"""Load on the Slack face: thousands of mentions, a fifth of them sent twice, out of order, at the whole bot process.

    python tests/benchmarks/slack_load.py [--mentions 10000] [--rate 100] [--http]

Prints what was lost, what was answered twice, how long Slack waited for acknowledgements, and the process's memory.
Over HTTP, the same event twice within a second has the same signature: the second is a replay, and told 401.
"""

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "slack")]

import slack_events as events  # noqa: E402 - the loopback Slack lies beside the tests
from slack_door import free_port, healthy  # noqa: E402
from slack_loopback import APP_TOKEN, SECRET, TOKEN, SlackLoopback, running  # noqa: E402

QUESTIONS = (
    "did russia fire north korean missiles on at least nine occasions?",
    "what did kirby say?",
    "how tall is the eiffel tower?",
    "what did the us say?",
    "russia launched missiles at ukraine, is that so?",
)
DUPLICATES = 0.2
Send = Callable[[dict[str, Any]], Awaitable[None]]


def mentions(count: int) -> tuple[list[dict[str, Any]], int]:
    """Return the events to send, in the order in which they come, and how many messages they are about."""
    dice = random.Random(1)
    once = round(count / (1 + DUPLICATES))
    made = [_mention(number, dice) for number in range(once)]
    again = [dict(each) for each in dice.sample(made, count - once)]
    for each in again[::2]:
        each["event_id"] += "-again"
    places = [(number + dice.uniform(0, 50), each) for number, each in enumerate(made)]
    places += [(dice.uniform(0, once), each) for each in again]
    return [each for _, each in sorted(places, key=lambda place: place[0])], once


def _mention(number: int, dice: random.Random) -> dict[str, Any]:
    said = events.mention(
        dice.choice(QUESTIONS), ts=f"17{number:08}.000100", user=f"U{number % 2_503}", channel=f"C{number % 499}"
    )
    return events.event(said)


async def run(count: int, rate: float, *, http: bool) -> None:
    """Run the bot against a loopback Slack and print the figures."""
    with tempfile.TemporaryDirectory() as home:
        async with running() as server, aiohttp.ClientSession() as session:
            port = free_port()
            process = await _start(server, Path(home), port if http else None)
            try:
                await _ready(server, session, port if http else None)
                waits: list[float] = []
                send = _over_http(session, port, waits) if http else _over_socket(server, waits)
                await _measure(server, process.pid, send, waits, *mentions(count), rate)
            finally:
                process.terminate()
                await process.wait()


async def _measure(
    server: SlackLoopback,
    pid: int,
    send: Send,
    waits: list[float],
    sent: Sequence[dict[str, Any]],
    once: int,
    rate: float,
) -> None:
    before, begun = _memory(pid), time.perf_counter()
    tasks = []
    for number, each in enumerate(sent):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(send(each)))
    await asyncio.gather(*tasks)
    await _still(server, once)
    seconds = time.perf_counter() - begun
    answered = Counter(each["metadata"]["event_payload"]["question"] for each in server.posted)
    twice = sum(times - 1 for times in answered.values())
    print(f"{len(sent)} events of {once} messages in {seconds:.1f} s ({once / seconds:.0f} answers a second)")
    print(f"lost {once - len(answered)}, twice {twice}, refused by Slack's rules {len(server.wrong)}")
    ordered = sorted(waits)
    shown = [
        f"{name} {1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))]:.0f} ms" for name, part in _PARTS
    ]
    print(
        f"acknowledged after: {', '.join(shown)}, longest {1000 * ordered[-1]:.0f} ms ({len(ordered)} of {len(sent)})"
    )
    print(f"memory: {before:.0f} MB before, {_memory(pid):.0f} MB after")


_PARTS = (("median", 0.5), ("99 %", 0.99), ("99.9 %", 0.999))


async def _still(server: SlackLoopback, wanted: int) -> None:
    """Wait until every message is answered, or nothing has come for ten seconds; then a little for what comes twice."""
    count, since = -1, time.monotonic()
    while len(server.posted) < wanted and time.monotonic() - since < 10:
        if len(server.posted) != count:
            count, since = len(server.posted), time.monotonic()
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)


def _over_socket(server: SlackLoopback, waits: list[float]) -> Send:
    async def send(body: dict[str, Any]) -> None:
        begun = time.monotonic()
        envelope = await server.send(body)
        await server.wait(lambda: envelope in server.acked)
        waits.append(server.acked[envelope] - begun)

    return send


def _over_http(session: aiohttp.ClientSession, port: int, waits: list[float]) -> Send:
    async def send(body: dict[str, Any]) -> None:
        raw, kind = events.encoded(body)
        begun = time.monotonic()
        headers = {**events.signed(raw), "Content-Type": kind}
        async with session.post(f"http://127.0.0.1:{port}/slack/events", data=raw, headers=headers) as answer:
            waits.append(time.monotonic() - begun)
            if answer.status not in {200, 401}:
                raise RuntimeError(f"told {answer.status}")

    return send


async def _start(server: SlackLoopback, home: Path, port: int | None) -> asyncio.subprocess.Process:
    way = {"SLACK_APP_TOKEN": APP_TOKEN} if port is None else {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(port)}
    environ = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home), "FACTS_DB": str(home / "facts.db"),
        "SLACK_API_BASE": server.base, "SLACK_BOT_TOKEN": TOKEN, "FACTBOT_LOG_LEVEL": "warning", **way,
    }  # fmt: skip
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", env=environ)


async def _ready(server: SlackLoopback, session: aiohttp.ClientSession, port: int | None) -> None:
    if port is None:
        await server.wait(lambda: server.sockets)
        return
    await healthy(session, port)


def _memory(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=100, help="events a second")
    parser.add_argument("--http", action="store_true", help="over HTTP instead of a socket")
    given = parser.parse_args()
    asyncio.run(run(given.mentions, given.rate, http=given.http))


if __name__ == "__main__":
    main()
