"""compose.yaml: what it hardens, by itself and as the engine reads it; and a life of it with a secret in a file."""

import asyncio
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import yaml

from tests.ship.engine import ASKED, IMAGE, ROOT, in_a_container, loopback

OVERRIDE = """
services:
  factbot:
    image: {image}
    network_mode: host
    environment:
      DISCORD_API_BASE: {base}
"""


def is_hardened(service: dict[str, object]) -> bool:
    return (
        service["cap_drop"] == ["ALL"]
        and service["security_opt"] == ["no-new-privileges:true"]
        and service["read_only"] is True
        and service["restart"] == "unless-stopped"
        and str(service["tmpfs"]).startswith("['/tmp:size=16m")
        and service["pids_limit"] == 64
        and "privileged" not in service
        and "cap_add" not in service
        and "ports" not in service
    )


def test_it_gives_the_bot_nothing_that_it_does_not_need() -> None:
    read = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    [service] = read["services"].values()
    assert is_hardened(service)
    assert service["mem_limit"] == "512m"
    assert service["volumes"] == ["data:/data"]
    assert set(service["secrets"]) == set(read["secrets"])
    assert not [name for name in service["environment"] if "TOKEN" in name and not name.endswith("_FILE")]
    assert service["environment"]["FACTBOT_BACKUP_DIR"].startswith("/data/")


def test_the_image_has_a_health_check_that_needs_no_port() -> None:
    assert 'CMD ["python", "-m", "bot", "health"]' in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def compose(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["docker", "compose", "-p", folder.name, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where an operator has compose.yaml and the secret of it; what was started there is gone at the end."""
    made = tmp_path / f"factbot-{uuid4().hex[:8]}"
    (made / "secrets").mkdir(parents=True)
    shutil.copy(ROOT / "compose.yaml", made)
    (made / "secrets" / "discord_token").write_text(f"{loopback.TOKEN}\n")
    yield made
    compose(made, "down", "--volumes", "--timeout", "1")


class TestOnAnEngine:
    pytestmark = in_a_container

    def test_the_engine_reads_it_the_same_way(self, folder: Path) -> None:
        [service] = json.loads(compose(folder, "config", "--format", "json"))["services"].values()
        assert is_hardened(service)
        assert service["mem_limit"] == str(512 << 20)

    @pytest.mark.asyncio
    async def test_it_starts_answers_keeps_a_backup_stops_and_starts_again(self, folder: Path) -> None:
        async with loopback.running() as server:
            override = OVERRIDE.format(image=IMAGE, base=server.base)
            (folder / "compose.override.yaml").write_text(override)
            await asyncio.to_thread(compose, folder, "up", "-d", "--no-build")
            await server.wait_ready()
            await server.ask(ASKED)
            await server.wait_sent(1)
            assert "sound" in await asyncio.to_thread(
                compose, folder, "exec", "-T", "factbot", "python", "-m", "bot", "check"
            )
            assert "17 claims" in await asyncio.to_thread(compose, folder, "logs")
            begun = time.monotonic()
            await asyncio.to_thread(compose, folder, "stop")
            assert time.monotonic() - begun < 6
            server._ready.clear()
            await asyncio.to_thread(compose, folder, "up", "-d", "--no-build", "--wait")
            await server.wait_ready()
            await server.ask("who is kirby?")
            await server.wait_sent(2)
            assert loopback.TOKEN not in await asyncio.to_thread(compose, folder, "logs")
