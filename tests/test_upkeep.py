"""A running bot's heartbeat, its scheduled backups, and what its operator sees of it."""

import asyncio
import json
import logging
import os
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from adapters.metrics import exposition, watched
from bot import health, upkeep
from bot.app import App, build
from bot.backups import Plan
from bot.cli import run
from bot.command.logs import set_up_logging
from bot.errors import SettingsProblem
from bot.incident import LOGGER
from bot.request import Request
from bot.settings import read_settings
from bot.store import Store
from bot.watch import Face, Watch

CANARY = "Zzyzx-canary-9d1c"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "EVERY", 0.05)


def until(true: object, seconds: float = 20) -> bool:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def test_a_bot_that_writes_its_heartbeat_is_well_until_it_stops(database: Path, quick: None) -> None:
    assert not health.health(database).well
    kept = upkeep.Upkeep(database, Watch())
    kept.start()
    assert until(lambda: health.health(database).well)
    kept.stop()
    found = health.health(database)
    assert not found.well
    assert "No bot runs on" in found.words


def test_the_command_says_so_by_its_exit_status(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["health"]) == 1
    health.write_heartbeat(database)
    assert run(["health"]) == 0
    assert "The bot is well" in capsys.readouterr().out
    with Store.open(database) as store:
        store.remember("heartbeat", str(time.time() - 200))
    assert run(["health"]) == 1
    assert "is 200 s old" in capsys.readouterr().err


def test_a_loop_that_hangs_gets_no_heartbeat(database: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "HANGS", 0.2)
    watch = Watch()
    kept = upkeep.Upkeep(database, watch)
    kept.start()
    assert until(lambda: watch.trouble)
    before = health.health(database).words
    kept.alive()
    monkeypatch.setattr(upkeep, "HANGS", 60)
    assert until(lambda: not watch.trouble)
    assert before
    assert health.health(database).well
    kept.stop()


def test_a_lost_file_is_trouble_until_it_is_back(
    database: Path, tmp_path: Path, quick: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    watch = Watch()
    kept = upkeep.Upkeep(database, watch)
    kept.start()
    assert until(lambda: health.health(database).well)
    aside = database.rename(tmp_path / "aside.db")
    assert until(lambda: "There is no database" in watch.trouble)
    assert not health.health(database).well
    aside.rename(database)
    assert until(lambda: not watch.trouble)
    kept.stop()
    said = [record.message for record in caplog.records]
    assert len([line for line in said if line.startswith("nothing can be saved")]) == 1
    assert "changes can be saved again" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_trouble(database: Path, quick: None) -> None:
    watch = Watch()
    database.parent.chmod(0o500)
    kept = upkeep.Upkeep(database, watch)
    kept.start()
    try:
        assert until(lambda: "read-only" in watch.trouble)
    finally:
        database.parent.chmod(0o700)
    assert until(lambda: not watch.trouble)
    kept.stop()


def test_scheduled_backups_are_made_beside_answering(database: Path, tmp_path: Path) -> None:
    watch = Watch()
    kept = upkeep.Upkeep(database, watch, Plan(tmp_path / "backups", hours=1, keep=2))
    kept.start()
    assert until(lambda: watch.numbers().last_backup > 0)
    kept.stop()
    made = next((tmp_path / "backups").iterdir())
    assert run(["check", "--db", str(made)]) == 0


def ask(app: App, question: str) -> None:
    app.factbot.handle(Request("factcheck", {"question": question}, platform="discord", space="discord:1"))


def test_metrics_count_and_hold_no_word_of_what_was_asked(database: Path) -> None:
    with build(database) as app:
        app.watch.faces["discord"] = Face(lambda: True, lambda: 3)
        ask(app, "did russia use north korean missiles nine times?")
        ask(app, f"is {CANARY} so?")
        app.factbot.handle(Request(CANARY, {}, platform="discord"))
        text = exposition(app)
    assert 'factbot_requests_total{face="discord",verb="factcheck",outcome="match"} 1' in text
    assert 'factbot_requests_total{face="discord",verb="other",outcome="refused"} 1' in text
    assert "factbot_request_seconds_count 3" in text
    assert 'factbot_pending{face="discord"} 3' in text
    assert "factbot_spaces_seen 2" in text
    assert "factbot_can_save 1" in text
    assert f"factbot_database_bytes {database.stat().st_size}" in text
    assert CANARY not in text
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert all(line.startswith(("#", *names)) for line in text.splitlines())


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()


def test_the_window_says_whether_the_bot_is_well_and_connected(database: Path, unused_tcp_port: int) -> None:
    async def look() -> list[tuple[int, str]]:
        found = []
        with build(database) as app:
            async with watched(app, ("127.0.0.1", unused_tcp_port)):
                for connected, trouble in ((True, ""), (False, ""), (True, "the disk is full")):
                    app.watch.faces["discord"] = Face(lambda now=connected: now, lambda: 0)
                    app.watch.trouble = trouble
                    found += [await asyncio.to_thread(get, unused_tcp_port, path) for path in ("/healthz", "/readyz")]
                found.append(await asyncio.to_thread(get, unused_tcp_port, "/metrics"))
                with pytest.raises(SettingsProblem, match="FACTBOT_METRICS_PORT: cannot listen"):
                    async with watched(app, ("127.0.0.1", unused_tcp_port)):
                        pass
        return found

    *states, (status, text) = asyncio.run(look())
    assert [code for code, _ in states] == [200, 200, 200, 503, 503, 503]
    assert "not connected: discord" in states[3][1]
    assert status == 200
    assert "factbot_up" in text


@pytest.mark.parametrize(
    ("value", "address"),
    [("9100", ("127.0.0.1", 9100)), ("10.0.0.1:9100", ("10.0.0.1", 9100)), ("[::]:80", ("::", 80))],
)
def test_the_window_is_for_this_machine_unless_an_address_is_given(value: str, address: tuple[str, int]) -> None:
    assert read_settings({"FACTBOT_METRICS_PORT": value}).metrics == address
    assert read_settings({}).metrics is None


def test_logs_in_json_are_one_object_a_line_and_quote_nobody(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(database.parent))
    set_up_logging("info", "json")
    with build(database) as app:
        monkeypatch.setattr(app.asker, "ask", lambda *_args, **_kwargs: {}[CANARY])
        ask(app, CANARY)
    logging.getLogger(LOGGER).warning("two\nlines")
    lines = next(database.parent.rglob("factbot.log")).read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["level"] for record in records] == ["error", "warning"]
    assert "incident" in records[0]["message"]
    assert records[1]["message"] == "two\nlines"
    assert CANARY not in "".join(lines)
