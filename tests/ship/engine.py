"""The image on a real container engine: built, started as an operator starts it, looked at and acted on.

The container shares the host's network, so it sees the Discord and the Slack that run on this machine.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "tests" / "on_discord"), str(ROOT / "tests" / "slack")]
import block_kit  # noqa: E402
import loopback  # noqa: E402
import slack_events  # noqa: E402
import slack_loopback  # noqa: E402

in_a_container = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("docker") is None, reason="needs docker"),
    pytest.mark.usefixtures("image"),
]
IMAGE = "factbot:under-test"
HARDENED = (
    "--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --memory 512m --pids-limit 64".split()
)
QUICK = "--health-interval 2s --health-start-period 1s --health-retries 2".split()
STRAY = "xoxb-canary-6f1b2d40"
"""A secret that lies beside the sources when the image is built."""
ASKED = "did russia fire north korean missiles on at least nine occasions?"
OPERATOR = f"slack:{slack_loopback.TEAM}:{slack_loopback.ADMIN}"


def docker(*arguments: str, check: bool = True) -> str:
    """Run docker and return what it says, on both outputs."""
    done = subprocess.run(
        ["docker", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=ROOT
    )
    assert not check or done.returncode == 0, done.stdout
    return done.stdout.strip()


def build_in(context: Path) -> None:
    """Build from a copy of the sources, in which an operator's secrets lie about."""
    for name in ("Dockerfile", ".dockerignore", "requirements.lock", "facts.db"):
        shutil.copy(ROOT / name, context / name)
    for name in ("bot", "adapters"):
        shutil.copytree(ROOT / name, context / name)
    for name in (".env", "bot/.env", "secrets/discord_token", "facts.db-journal", "adapters/factbot.log"):
        (context / name).parent.mkdir(exist_ok=True)
        (context / name).write_text(STRAY)
    docker("build", "-t", IMAGE, str(context))


@contextmanager
def new_volume(*options: str) -> Iterator[str]:
    """A volume; what uses it is gone at the end too."""
    name = f"factbot-{uuid4().hex[:8]}"
    docker("volume", "create", *options, name)
    try:
        yield name
    finally:
        for container in docker("ps", "-aq", "--filter", f"volume={name}").split():
            docker("rm", "-f", container)
        docker("volume", "rm", "-f", name)


def with_settings(**settings: str) -> list[str]:
    """Return the options of `docker run` that set these."""
    return [part for name, value in settings.items() for part in ("-e", f"{name}={value}")]


def on_discord(server: loopback.Loopback, token: str = loopback.TOKEN) -> list[str]:
    """Return the options that put the bot on this Discord."""
    return with_settings(DISCORD_TOKEN=token, DISCORD_API_BASE=server.base)


def on_slack(
    server: slack_loopback.SlackLoopback, bot: str = slack_loopback.TOKEN, app: str = slack_loopback.APP_TOKEN
) -> list[str]:
    """Return the options that put the bot on this Slack, by Socket Mode."""
    tokens = with_settings(SLACK_BOT_TOKEN=bot, SLACK_APP_TOKEN=app, SLACK_API_BASE=server.base)
    return tokens + with_settings(FACTBOT_OPERATORS=OPERATOR)


def start(volume: str, *more: str) -> str:
    """Start the bot as compose.yaml does, with a quicker health check and the host's network; return the container."""
    return docker("run", "-d", *HARDENED, *QUICK, "--network", "host", *more, "-v", f"{volume}:/data", IMAGE)


def run(volume: str, *command: str, check: bool = True) -> str:
    """Run one command of factbot on the volume."""
    return docker("run", "--rm", *HARDENED, "-v", f"{volume}:/data", IMAGE, *command, check=check)


def python(volume: str, program: str, *more: str) -> str:
    """Run a program in the image, as the bot's user."""
    return docker("run", "--rm", "-v", f"{volume}:/data", *more, "--entrypoint", "python", IMAGE, "-c", program)


def inside(container: str, command: str, *, check: bool = True) -> str:
    """Run a shell command beside the bot."""
    return docker("exec", container, "sh", "-c", command, check=check)


async def typed(server: slack_loopback.SlackLoopback, line: str) -> str:
    """Let the operator type `/fact …` on Slack; return what they are told."""
    count = len(server.hooks)
    hook = f"http://127.0.0.1:{server.port}/hooks/1"
    await server.send(slack_events.command("/fact", line, hook, user=slack_loopback.ADMIN), "slash_commands")
    await server.wait(lambda: len(server.hooks) > count)
    return block_kit.words(server.hooks[-1])


def state(container: str) -> dict[str, object]:
    """Return its status, exit status and health."""
    found = json.loads(docker("inspect", container))[0]["State"]
    return {"status": found["Status"], "exit": found["ExitCode"], "health": found["Health"]["Status"]}


def stop(container: str) -> float:
    """Stop it; return how many seconds that took."""
    begun = time.monotonic()
    docker("stop", container)
    return time.monotonic() - begun


async def becomes(container: str, health: str, seconds: float = 150) -> bool:
    """Wait until its health is this."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (await asyncio.to_thread(state, container))["health"] == health:
            return True
        await asyncio.sleep(0.2)
    return False


async def says(container: str, words: str, seconds: float = 30) -> bool:
    """Wait until this is in its log."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if words in await asyncio.to_thread(docker, "logs", container):
            return True
        await asyncio.sleep(0.2)
    return False
