"""The bot's process as its operator sees it: numbers, readiness, logs, heartbeat, backups; no word of a question."""

import asyncio
import json
import os
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from bot.health import health

sys.path.append(str(Path(__file__).parents[1] / "on_discord"))
from loopback import TOKEN, running

CANARY = "Zzyzx-canary-77ab"


def fetched(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except HTTPError as problem:
        with problem:
            return str(problem.read().decode())


async def becomes_ready(port: int) -> bool:
    """discord.py calls itself ready when no further server has come for two seconds."""
    for _ in range(100):
        if await asyncio.to_thread(fetched, port, "/readyz") == "ok\n":
            return True
        await asyncio.sleep(0.1)
    return False


@pytest.mark.asyncio
async def test_a_bot_can_be_watched_and_tells_no_word_of_what_was_asked(tmp_path: Path, unused_tcp_port: int) -> None:
    async with running() as server:
        environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ["PYTHONPATH"],
            "HOME": str(tmp_path),
            "FACTS_DB": str(tmp_path / "facts.db"),
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_BASE": server.base,
            "FACTBOT_METRICS_PORT": str(unused_tcp_port),
            "FACTBOT_LOG_FORMAT": "json",
            "FACTBOT_BACKUP_DIR": str(tmp_path / "backups"),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", env=environ, stderr=asyncio.subprocess.PIPE
        )
        try:
            await server.wait_ready()
            await server.ask(f"is {CANARY} so?")
            await server.wait_sent(1)
            assert await becomes_ready(unused_tcp_port)
            metrics = await asyncio.to_thread(fetched, unused_tcp_port, "/metrics")
            assert 'factbot_requests_total{face="discord",verb="factcheck",outcome="none"} 1' in metrics
            assert (await asyncio.to_thread(health, tmp_path / "facts.db")).well
            begun = time.monotonic()
            process.terminate()
            _, err = await asyncio.wait_for(process.communicate(), 30)
            assert time.monotonic() - begun < 5
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    logged = [json.loads(line) for line in err.decode().splitlines() if not line.startswith("factbot: ")]
    assert {"at", "level", "from", "message"} <= set(logged[0])
    made = [path for path in (tmp_path / "backups").iterdir() if not path.name.startswith(".")]
    assert len(made) == 1
    everything = [metrics.encode(), err, *(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())]
    assert not [text for text in everything if CANARY.encode() in text or TOKEN.encode() in text]


@pytest.mark.asyncio
async def test_what_is_in_hand_at_sigterm_is_answered_before_it_stops(tmp_path: Path) -> None:
    async with running() as server:
        environ = {name: os.environ[name] for name in ("PATH", "PYTHONPATH")} | {
            "HOME": str(tmp_path),
            "FACTS_DB": str(tmp_path / "facts.db"),
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_BASE": server.base,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", env=environ, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await server.wait_ready()
            for number in range(20):
                await server.ask("who fired missiles?", author=str(5_000 + number))
            await server.wait_sent(2)
            begun = time.monotonic()
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 30) == 0
            assert time.monotonic() - begun < 5
            assert len(server.sent) == 20
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
