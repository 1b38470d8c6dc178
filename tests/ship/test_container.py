"""The image as an operator runs it, on a real engine: `python -m pytest -m slow tests/ship/test_container.py`.

Needs docker and its base image; the container sees the Discord on this machine through the host's network.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "on_discord"))
from loopback import TOKEN, Loopback, running  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("docker") is None, reason="needs docker"),
]
IMAGE = "factbot:under-test"
HARDENED = (
    "--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --memory 512m --pids-limit 64".split()
)
QUICK = "--health-interval 2s --health-start-period 1s --health-retries 2".split()
CANARY = "xoxb-canary-6f1b2d40"
ASKED = "did russia fire north korean missiles on at least nine occasions?"
GOAL = 200_000_000


def docker(*arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["docker", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=ROOT
    )
    assert not check or done.returncode == 0, done.stdout
    return done.stdout.strip()


@pytest.fixture(scope="module", autouse=True)
def image(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build from a copy of the sources, in which an operator's secrets lie about."""
    context = tmp_path_factory.mktemp("context")
    for name in ("Dockerfile", ".dockerignore", "requirements.lock", "facts.db"):
        shutil.copy(ROOT / name, context / name)
    for name in ("bot", "adapters"):
        shutil.copytree(ROOT / name, context / name)
    for name in (".env", "bot/.env", "secrets/discord_token", "facts.db-journal", "adapters/factbot.log"):
        (context / name).parent.mkdir(exist_ok=True)
        (context / name).write_text(CANARY)
    docker("build", "-t", IMAGE, str(context))
    return IMAGE


@pytest.fixture
def volume() -> Iterator[str]:
    name = f"factbot-{uuid4().hex[:8]}"
    docker("volume", "create", name)
    yield name
    for container in docker("ps", "-aq", "--filter", f"volume={name}").split():
        docker("rm", "-f", container)
    docker("volume", "rm", "-f", name)


def start(volume: str, *more: str, server: Loopback | None = None, command: tuple[str, ...] = ()) -> str:
    talk = ["-e", f"DISCORD_TOKEN={TOKEN}", "-e", f"DISCORD_API_BASE={server.base}"] if server else []
    network = ["--network", "host"] if server else []
    return docker("run", "-d", *HARDENED, *QUICK, *network, *talk, *more, "-v", f"{volume}:/data", IMAGE, *command)


def run(volume: str, *command: str, check: bool = True) -> str:
    return docker("run", "--rm", *HARDENED, "-v", f"{volume}:/data", IMAGE, *command, check=check)


def state(container: str) -> dict[str, object]:
    found = json.loads(docker("inspect", container))[0]["State"]
    return {"status": found["Status"], "exit": found["ExitCode"], "health": found["Health"]["Status"]}


async def becomes(container: str, health: str, seconds: float = 150) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (await asyncio.to_thread(state, container))["health"] == health:
            return True
        await asyncio.sleep(0.5)
    return False


def test_the_image_is_small_and_runs_as_nobody_in_particular() -> None:
    about = json.loads(docker("inspect", IMAGE))[0]
    assert about["Size"] <= GOAL
    assert about["Config"]["User"] == "10001:10001"
    assert list(about["Config"]["Volumes"]) == ["/data"]
    assert not [line for line in about["Config"]["Env"] if "TOKEN" in line or "SECRET" in line]


def test_no_layer_of_the_image_holds_a_secret_that_lay_beside_the_sources() -> None:
    found, end, size = False, b"", 0
    with subprocess.Popen(["docker", "save", IMAGE], stdout=subprocess.PIPE) as saved:
        assert saved.stdout is not None
        while part := saved.stdout.read(1 << 20):
            found = found or CANARY.encode() in end + part
            end, size = part[-len(CANARY) :], size + len(part)
    assert size > 50_000_000
    assert not found


def test_an_empty_volume_gets_the_starter_and_answers(volume: str) -> None:
    said = run(volume, "ask", ASKED)
    assert "made one from the starter's claims" in said
    assert "Robert Wood" in said
    assert "sound" in run(volume, "check")


def test_without_a_token_it_stays_unhealthy_and_waits_instead_of_starting_over(volume: str) -> None:
    container = start(volume)
    assert asyncio.run(becomes(container, "unhealthy"))
    said = docker("logs", container)
    assert said.count("Nothing to start") == 1
    assert "tried again in 15 minutes" in said
    begun = time.monotonic()
    docker("stop", container)
    assert time.monotonic() - begun < 5


def test_a_volume_that_cannot_be_written_is_said_with_path_user_and_cure(volume: str) -> None:
    container = docker("run", "-d", "-e", "DISCORD_TOKEN=a.b.c", "-v", f"{volume}:/data:ro", IMAGE)
    time.sleep(5)
    said = docker("logs", container)
    assert "/data cannot be written by user 10001:10001" in said
    assert "chown -R 10001:10001 /data" in said
    docker("rm", "-f", container)


def test_a_bad_token_costs_one_login(volume: str) -> None:
    async def log_in() -> tuple[str, str]:
        async with running() as server:
            container = await asyncio.to_thread(
                start, volume, "-e", "DISCORD_TOKEN=wrong", "-e", f"DISCORD_API_BASE={server.base}", "--network", "host"
            )
            assert await becomes(container, "unhealthy")
            return container, docker("logs", container)

    container, said = asyncio.run(log_in())
    assert said.count("DISCORD_TOKEN") == 1
    assert "wrong" not in said
    assert state(container)["status"] == "running"


def test_it_answers_stops_with_its_work_finished_starts_again_and_survives_a_kill(volume: str) -> None:
    async def serve() -> None:
        async with running() as server:
            begun = time.monotonic()
            container = await asyncio.to_thread(start, volume, server=server)
            await server.wait_ready()
            print(f"cold start to ready: {time.monotonic() - begun:.1f} s")  # noqa: T201
            asked = await server.ask(ASKED)
            await server.wait_sent(1)
            assert await becomes(container, "healthy")
            await server.ask("what did kirby say?")
            begun = time.monotonic()
            await asyncio.to_thread(docker, "stop", container)
            print(f"stop: {time.monotonic() - begun:.1f} s")  # noqa: T201
            assert time.monotonic() - begun < 5
            assert len(server.sent) == 2
            assert state(container)["exit"] == 0
            server._ready.clear()
            await asyncio.to_thread(docker, "start", container)
            await server.wait_ready()
            await server.ask(ASKED, message_id=asked)
            await server.ask("who is wood?")
            await server.wait_sent(3)
            await asyncio.to_thread(docker, "kill", container)
            server._ready.clear()
            await asyncio.to_thread(docker, "start", container)
            await server.wait_ready()
            await server.ask(ASKED, message_id=asked)
            await server.ask("what did wood say?")
            await server.wait_sent(4)
            assert len(server.sent) == 4
            assert TOKEN not in docker("logs", container)

    asyncio.run(serve())
    assert "sound" in run(volume, "check")


def inside(container: str, command: str, *, check: bool = True) -> str:
    return docker("exec", container, "sh", "-c", command, check=check)


@pytest.mark.asyncio
async def test_health_turns_red_when_the_file_is_lost_and_green_when_it_is_back(volume: str) -> None:
    async with running() as server:
        container = await asyncio.to_thread(start, volume, server=server)
        await server.wait_ready()
        assert await becomes(container, "healthy")
        await asyncio.to_thread(inside, container, "mv /data/facts.db /data/aside.db")
        assert await becomes(container, "unhealthy")
        await asyncio.to_thread(inside, container, "mv /data/aside.db /data/facts.db")
        assert await becomes(container, "healthy")


@pytest.mark.asyncio
async def test_health_turns_red_when_the_disk_is_full_and_green_when_there_is_room(volume: str) -> None:
    async with running() as server:
        small = ["--tmpfs", "/data:size=3m,uid=10001,gid=10001"]
        talk = ["--network", "host", "-e", f"DISCORD_TOKEN={TOKEN}", "-e", f"DISCORD_API_BASE={server.base}"]
        made = ["run", "-d", *HARDENED, *QUICK, *talk, *small, IMAGE]
        container = await asyncio.to_thread(docker, *made)
        try:
            await server.wait_ready()
            assert await becomes(container, "healthy")
            await asyncio.to_thread(inside, container, "dd if=/dev/zero of=/data/full bs=4k", check=False)
            assert await becomes(container, "unhealthy")
            assert "the disk is full" in docker("logs", container)
            await asyncio.to_thread(inside, container, "rm /data/full")
            assert await becomes(container, "healthy")
            assert "changes can be saved again" in docker("logs", container)
        finally:
            await asyncio.to_thread(docker, "rm", "-f", container)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may stop the container's process from outside")
@pytest.mark.asyncio
async def test_health_turns_red_when_the_bot_hangs(volume: str) -> None:
    async with running() as server:
        container = await asyncio.to_thread(start, volume, server=server)
        await server.wait_ready()
        assert await becomes(container, "healthy")
        os.kill(int(docker("inspect", "-f", "{{.State.Pid}}", container)), signal.SIGSTOP)
        assert await becomes(container, "unhealthy")
        os.kill(int(docker("inspect", "-f", "{{.State.Pid}}", container)), signal.SIGCONT)
        assert await becomes(container, "healthy")


def test_an_older_volume_is_upgraded_with_a_backup_and_can_be_rolled_back(volume: str) -> None:
    older = (
        "import sqlite3; from sqlite_utils import Database; from bot.storage import migrations as m;"
        "c = sqlite3.connect('/data/facts.db', isolation_level=None); m.migrate(Database(c), m.MIGRATIONS[:3])"
    )
    docker("run", "--rm", "--entrypoint", "python", "-v", f"{volume}:/data", IMAGE, "-c", older)
    assert "as it was before, it is /data/facts.db.schema-3-" in run(volume, "ask", ASKED)
    newer = "import sqlite3; sqlite3.connect('/data/facts.db').execute('PRAGMA user_version = 99')"
    docker("run", "--rm", "--entrypoint", "python", "-v", f"{volume}:/data", IMAGE, "-c", newer)
    assert "was written by a newer Factbot" in run(volume, "ask", ASKED, check=False)
    rename = "cp /data/facts.db.schema-3-* /tmp/old.db && rm /data/facts.db && python -m bot restore /tmp/old.db"
    docker("run", "--rm", "--entrypoint", "sh", "-v", f"{volume}:/data", IMAGE, "-c", rename)
    assert "sound" in run(volume, "check")
