"""The image, and how it starts: `python -m pytest -m slow -n 0 tests/ship`. Needs docker and its base image."""

import asyncio
import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.ship.engine import (
    ASKED,
    HARDENED,
    IMAGE,
    QUICK,
    STRAY,
    becomes,
    docker,
    in_a_container,
    loopback,
    on_discord,
    on_slack,
    python,
    run,
    says,
    slack_loopback,
    start,
    state,
    stop,
    with_settings,
)

pytestmark = in_a_container
GOAL = 200_000_000
USER = "10001:10001"
NEEDLESS = "which pip apt-get perl; find / -xdev '(' -name tests -o -name '*.pyi' ')' 2> /dev/null; true"


def test_the_image_is_small_and_runs_as_nobody_in_particular() -> None:
    about = json.loads(docker("inspect", IMAGE))[0]
    print(f"image: {about['Size'] / 1e6:.0f} MB")  # noqa: T201
    assert about["Size"] <= GOAL
    assert about["Config"]["User"] == USER
    assert list(about["Config"]["Volumes"]) == ["/data"]
    assert about["Config"]["Healthcheck"]["Test"][-1] == "health"
    assert not [line for line in about["Config"]["Env"] if "TOKEN" in line or "SECRET" in line]
    assert docker("run", "--rm", "--entrypoint", "sh", IMAGE, "-c", NEEDLESS) == ""


def test_no_layer_of_the_image_holds_a_secret_that_lay_beside_the_sources() -> None:
    found, end, size = False, b"", 0
    with subprocess.Popen(["docker", "save", IMAGE], stdout=subprocess.PIPE) as saved:
        assert saved.stdout is not None
        while part := saved.stdout.read(1 << 20):
            found = found or STRAY.encode() in end + part
            end, size = part[-len(STRAY) :], size + len(part)
    assert size > 50_000_000
    assert not found


def test_an_empty_volume_gets_the_starter_and_answers(volume: str) -> None:
    said = run(volume, "ask", ASKED)
    assert "made one from the starter's claims" in said
    assert "Robert Wood" in said
    assert "sound" in run(volume, "check")


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
def test_an_older_volume_is_brought_up_to_date_after_a_backup_of_its_own(volume: str, schema: int) -> None:
    older = (
        "import sqlite3; from sqlite_utils import Database; from bot.storage import migrations as m;"
        f"c = sqlite3.connect('/data/facts.db', isolation_level=None); m.migrate(Database(c), m.MIGRATIONS[:{schema}])"
    )
    python(volume, older)
    assert f"as it was before, it is /data/facts.db.schema-{schema}-" in run(volume, "ask", ASKED)
    assert "sound" in run(volume, "check")


def test_a_newer_volume_is_refused_and_the_cure_is_told(volume: str) -> None:
    run(volume, "ask", ASKED)
    python(volume, "import sqlite3; sqlite3.connect('/data/facts.db').execute('PRAGMA user_version = 99')")
    said = run(volume, "ask", ASKED, check=False)
    assert "was written by a newer Factbot (schema 99" in said
    assert "put the backup in its place" in said


def test_without_a_token_it_stays_unhealthy_and_waits_instead_of_starting_over(volume: str) -> None:
    container = start(volume)
    assert asyncio.run(becomes(container, "unhealthy"))
    said = docker("logs", container)
    assert said.count("Nothing to start: no token is set") == 1
    assert "tried again in 15 minutes" in said
    assert stop(container) < 5
    assert state(container)["exit"] == 0


@pytest.mark.parametrize("how", ["mounted read-only", "of another user"])
def test_a_volume_that_cannot_be_written_is_said_with_path_user_and_cure(volume: str, tmp_path: Path, how: str) -> None:
    tmp_path.chmod(0o755)
    place = f"{volume}:/data:ro" if how == "mounted read-only" else f"{tmp_path}:/data"
    container = docker("run", "-d", *HARDENED, *QUICK, "-e", "DISCORD_TOKEN=a.b.c", "-v", place, IMAGE)
    try:
        assert asyncio.run(becomes(container, "unhealthy"))
        said = docker("logs", container)
        assert f"/data cannot be written by user {USER}" in said
        assert f"chown -R {USER} /data" in said
        assert "tried again in 15 minutes" in said
        assert state(container)["status"] == "running"
        assert stop(container) < 5
    finally:
        docker("rm", "-f", container)


@pytest.mark.asyncio
async def test_a_bad_token_costs_one_login_and_it_still_stops_at_once(volume: str) -> None:
    async with loopback.running() as server:
        container = await asyncio.to_thread(start, volume, *on_discord(server, "wrong"))
        assert await becomes(container, "unhealthy")
        said = docker("logs", container)
        assert said.count("DISCORD_TOKEN") == 1
        assert "tried again in 15 minutes" in said
        assert "wrong" not in said
        assert state(container)["status"] == "running"
        assert await asyncio.to_thread(stop, container) < 5


@pytest.mark.asyncio
@pytest.mark.parametrize("which", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_a_bad_slack_token_is_named_and_waits_too(volume: str, which: str) -> None:
    async with slack_loopback.running() as server:
        bad = {"SLACK_BOT_TOKEN": {"bot": "xoxb-wrong"}, "SLACK_APP_TOKEN": {"app": "xapp-wrong"}}[which]
        container = await asyncio.to_thread(start, volume, *on_slack(server, **bad))
        assert await says(container, "tried again in 15 minutes")
        said = docker("logs", container)
        assert said.count(which) == 1
        assert "wrong" not in said
        assert await asyncio.to_thread(stop, container) < 5


@pytest.mark.asyncio
async def test_a_token_may_be_in_a_file_and_a_file_that_cannot_be_read_is_named(volume: str, tmp_path: Path) -> None:
    secret = tmp_path / "discord_token"
    secret.write_text(f"{loopback.TOKEN}\n")
    secret.chmod(0o600)
    mounted = ["-v", f"{secret}:/run/secrets/token:ro", "-e", "DISCORD_TOKEN_FILE=/run/secrets/token"]
    async with loopback.running() as server:
        talk = [*mounted, *with_settings(DISCORD_API_BASE=server.base)]
        container = await asyncio.to_thread(start, volume, *talk)
        assert await says(container, "DISCORD_TOKEN_FILE: cannot read '/run/secrets/token' (Permission denied)")
        secret.chmod(0o644)
        begun = time.monotonic()
        await asyncio.to_thread(docker, "restart", container)
        await server.wait_ready()
        assert time.monotonic() - begun < 15
        await server.ask(ASKED)
        await server.wait_sent(1)
