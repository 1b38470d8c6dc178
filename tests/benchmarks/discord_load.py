"""Load on Discord: `python tests/benchmarks/discord_load.py ASKCLAIMS_FOLDER [--mentions 10000] [--rate 50]`.

The bot's process, started as a user starts it, against the loopback Discord of the tests: mentions by many members at a
steady rate, on a database of the folder's claims. From event to reply, lost, twice, heartbeats and memory are counted.
Then a tenth of the mentions once more, with asyncio watching for whatever holds the event loop longer than 0.1 s.
"""

import argparse
import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "on_discord"))

from bench import plain_claims, table
from claim_pairs import read_askclaims
from loopback import TOKEN, Loopback, running

from bot.store import Change, Store, Trace

_MEMBERS = 2_000
_BEAT_MS = 5_000


def fill(path: Path, folder: Path, most: int) -> list[str]:
    """Write the folder's claims to a database and return its questions."""
    claims, questions = read_askclaims(folder)
    with Store.open(path, missing="empty") as store:
        changes = [Change(None, claim) for claim in plain_claims(claims)[:most]]
        store.save_many(changes, Trace("benchmark", "import"))
    return [str(each["q"]) for each in questions]


def memory(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def load(folder: Path, mentions: int, rate: float, most: int, *, watch: bool = False) -> list[list[object]]:
    """Return the rows of the table; with `watch`, only how often the event loop was held."""
    home = Path(tempfile.mkdtemp())
    questions = fill(home / "facts.db", folder, most)
    server = Loopback(heartbeat_ms=_BEAT_MS)
    async with running(server):
        environ = {**os.environ, "HOME": str(home), "FACTS_DB": str(home / "facts.db"), "DISCORD_TOKEN": TOKEN}
        environ |= {"DISCORD_API_BASE": server.base, "FACTBOT_LOG_LEVEL": "warning"}
        environ |= {"PYTHONASYNCIODEBUG": "1"} if watch else {}
        log = (home / "bot.log").open("wb")
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", env=environ, stderr=log)
        await server.wait_ready(120)
        await server.ask(questions[0])
        await server.wait_sent(1, 120)
        before = memory(process.pid)
        asked = await _ask_all(server, questions, mentions, rate)
        await _settled(server, mentions + 1)
        after = memory(process.pid)
        process.terminate()
        await process.wait()
        log.close()
    return _held(home / "bot.log") if watch else _rows(server, asked, before, after)


def _held(log: Path) -> list[list[object]]:
    """Read what asyncio says of steps of the event loop that took more than 0.1 s."""
    seconds = [float(found) for found in re.findall(r"Executing .* took ([\d.]+) seconds", log.read_text("utf-8"))]
    return [
        ["event loop held longer than 100 ms, times", len(seconds)],
        ["longest, ms", round(1000 * max(seconds, default=0.0))],
    ]


async def _ask_all(server: Loopback, questions: list[str], mentions: int, rate: float) -> dict[str, float]:
    asked: dict[str, float] = {}
    begun = time.monotonic()
    for number in range(mentions):
        await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
        at = time.monotonic()
        made = await server.ask(questions[number % len(questions)], author=str(5_000 + number % _MEMBERS))
        asked[made] = at
        if sys.stderr.isatty() and number % 100 == 0:
            sys.stderr.write(f"\r{number:,} of {mentions:,}")
    return asked


async def _settled(server: Loopback, count: int) -> None:
    end = time.monotonic() + 30
    while len(server.sent) < count and time.monotonic() < end:
        await asyncio.sleep(0.1)


def _rows(server: Loopback, asked: dict[str, float], before: float, after: float) -> list[list[object]]:
    answered: dict[str, list[float]] = {}
    for body, at in zip(server.sent, server.sent_at, strict=True):
        answered.setdefault(str(body.get("nonce")), []).append(at)
    times = sorted((answered[one][0] - at) * 1000 for one, at in asked.items() if one in answered)
    late = [later - sooner for sooner, later in zip(server.beats, server.beats[1:], strict=False)]
    return [
        ["measure", "value"],
        ["mentions", len(asked)],
        ["lost", sum(one not in answered for one in asked)],
        ["twice", sum(len(all_of) > 1 for all_of in answered.values())],
        ["median ms", round(statistics.median(times), 1)],
        ["99th percentile ms", round(times[int(len(times) * 0.99)], 1)],
        ["latest heartbeat, seconds behind", round(max(late, default=0.0) - _BEAT_MS / 1000, 2)],
        ["memory before, MB", round(before)],
        ["memory after, MB", round(after)],
    ]


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mentions", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=50.0, help="mentions a second")
    parser.add_argument("--claims", type=int, default=10_000, help="claims at most")
    given = parser.parse_args()
    rows = asyncio.run(load(given.folder, given.mentions, given.rate, given.claims))
    table(rows + asyncio.run(load(given.folder, given.mentions // 10, given.rate, given.claims, watch=True)))


if __name__ == "__main__":
    main()
