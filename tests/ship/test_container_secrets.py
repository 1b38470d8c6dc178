"""Recognisable secrets go in, through good starts and bad ones; nothing that comes out or stays holds one."""

import asyncio
import socket
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.ship.engine import (
    ASKED,
    IMAGE,
    OPERATOR,
    docker,
    in_a_container,
    inside,
    loopback,
    says,
    slack_loopback,
    start,
    typed,
    with_settings,
)
from tests.ship.test_serving import fetched

pytestmark = [*in_a_container, pytest.mark.asyncio]
BOT, APP, SIGNING = "xoxb-canary-41d8e7", "xapp-canary-9a02c5", "canary5e0f77b1"
BAD = {
    "DISCORD_TOKEN": "canary.bad.77d2f1",
    "SLACK_BOT_TOKEN": "xoxb-canary-bad-88e1",
    "SLACK_APP_TOKEN": "xapp-canary-bad-31c9",
    "FACTBOT_METRICS_PORT": "canary-port-5a5a",
}
SECRETS = [each.encode() for each in (loopback.TOKEN, BOT, APP, SIGNING, *list(BAD.values())[:3])]
WRITE = """
for end in csv jsonl json; do python -m bot export /data/claims.$end; done
python -m bot export --history /data/history.jsonl
python -m bot backup /data/backup.db
python -m bot check; python -m bot check --json; python -m bot about discord:4000
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def saved(what: list[str], folder: Path) -> dict[str, bytes]:
    """Return every file of what docker writes as an archive; a layer is one file, stored as it is."""
    archive = folder / "saved.tar"
    with archive.open("wb") as file:
        subprocess.run(["docker", *what], stdout=file, check=True)
    with tarfile.open(archive) as opened:
        files = {each.name: opened.extractfile(each) for each in opened if each.isfile()}
        return {f"{what[0]} {name}": file.read() for name, file in files.items() if file}


async def test_no_secret_comes_out_of_the_container_or_stays_in_it(volume: str, tmp_path: Path) -> None:
    found: dict[str, bytes] = {}
    slack_server = slack_loopback.SlackLoopback(teams={BOT: slack_loopback.TEAM}, app_tokens={APP})
    async with loopback.running() as discord, slack_loopback.running(slack_server) as slack:
        window, port = free_port(), free_port()
        good = {
            "DISCORD_TOKEN": loopback.TOKEN,
            "DISCORD_API_BASE": discord.base,
            "SLACK_BOT_TOKEN": BOT,
            "SLACK_APP_TOKEN": APP,
            "SLACK_SIGNING_SECRET": SIGNING,
            "PORT": str(port),
            "SLACK_API_BASE": slack.base,
            "FACTBOT_OPERATORS": OPERATOR,
            "FACTBOT_METRICS_PORT": str(window),
            "FACTBOT_LOG_LEVEL": "debug",
            "FACTBOT_BACKUP_DIR": "/data/backups",
        }
        container = await asyncio.to_thread(start, volume, *with_settings(**good))
        await discord.wait_ready()
        await slack.wait(lambda: slack.sockets)
        await discord.ask(ASKED)
        await discord.wait_sent(1)
        await typed(slack, 'add text="The pond in the park is 4 m deep" claimant="Ann Lee" --sure')
        assert await says(container, "INFO backup ")
        for page in ("metrics", "healthz", "readyz"):
            found[page] = (await asyncio.to_thread(fetched, window, f"/{page}")).encode()
        found["commands"] = (await asyncio.to_thread(inside, container, WRITE, check=False)).encode()
        found |= await asyncio.to_thread(ended, container, tmp_path, "good")
        found["on Discord"] = str(discord.sent + discord.responses).encode()
        found["on Slack"] = str(slack.posted + slack.hooks).encode()
        for name, wrong in BAD.items():
            container = await asyncio.to_thread(start, volume, *with_settings(**good | {name: wrong}))
            assert await says(container, "tried again in 15 minutes")
            found |= await asyncio.to_thread(ended, container, tmp_path, name)
    found |= await asyncio.to_thread(saved, ["save", IMAGE], tmp_path)
    print(f"{len(found)} places, {sum(map(len, found.values())) / 1e6:.0f} MB searched")  # noqa: T201
    assert [name for name in found if name.endswith("/claims.csv")]
    assert [name for name in found if "/backups/factbot-" in name]
    assert b"factbot_requests_total" in found["metrics"]
    assert b"bot.command.container" in b"".join(found[name] for name in found if name.startswith("save "))
    assert [(name, each) for name, held in found.items() for each in SECRETS if each in held] == []


def ended(container: str, folder: Path, name: str) -> dict[str, bytes]:
    """Stop a container; return its log, its file system and its volume."""
    docker("stop", container)
    log = {f"log of {name}": docker("logs", container).encode()}
    data = saved(["cp", f"{container}:/data", "-"], folder)
    root = saved(["export", container], folder) if name == "good" else {}
    docker("rm", container)
    return log | data | root
