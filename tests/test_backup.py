"""Backups: taken while others write, read back, never over another file; scheduled ones are rotated."""

import errno
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import Plan, due_in, scheduled_backup
from bot.cli import run
from bot.errors import Refused, SettingsProblem
from bot.settings import read_settings
from bot.store import Store, restore
from tests.kept import add, leftovers

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_backup_holds_everything_and_only_its_owner_may_read_it(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    assert "18 claims and 18 revisions, read back and sound" in capsys.readouterr().out
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(database)) as one, closing(sqlite3.connect(backup)) as other:
        assert list(one.iterdump()) == list(other.iterdump())
    assert not leftovers(tmp_path)


def test_a_backup_never_replaces_a_file_without_force(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "copy.db"
    backup.write_bytes(b"precious")
    assert run(["backup", str(backup)]) == 1
    assert "copy.db is there already" in capsys.readouterr().err
    assert backup.read_bytes() == b"precious"
    assert run(["backup", "--force", str(backup)]) == 0
    assert run(["check", "--db", str(backup)]) == 0


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_backup_is_not_written_over_the_database_itself(database: Path, force: list[str]) -> None:
    link = database.with_name("same.db")
    link.symlink_to(database)
    before = database.read_bytes()
    for target in (database, link):
        assert run(["backup", *force, str(target)]) == 1
    assert database.read_bytes() == before


def test_a_backup_into_a_missing_folder_or_a_folder_is_refused_in_words(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", str(tmp_path / "none" / "copy.db")]) == 1
    assert f"there is no folder {tmp_path / 'none'}. Make it first." in capsys.readouterr().err
    assert run(["backup", str(tmp_path)]) == 1
    assert "is a folder" in capsys.readouterr().err


def test_a_damaged_database_gives_no_backup(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(database)) as tampered, tampered:
        tampered.execute("DELETE FROM revisions WHERE id = 3")
    assert run(["backup", str(tmp_path / "copy.db")]) == 1
    assert "is not sound: Revision 3 is missing." in capsys.readouterr().err
    assert not (tmp_path / "copy.db").exists()
    assert not leftovers(tmp_path)


def test_a_backup_that_the_disk_does_not_keep_is_none(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert run(["ask", "warm up"]) == 0
    monkeypatch.setattr(os, "fsync", full)
    assert run(["backup", str(tmp_path / "copy.db")]) == 1
    assert "copy.db cannot be written: No space left on device." in capsys.readouterr().err
    assert not (tmp_path / "copy.db").exists()
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(1_200)])])
def test_every_backup_under_load_holds_all_that_was_acknowledged_before_it(
    path: Path, tmp_path: Path, count: int
) -> None:
    acknowledged: list[str] = []
    stop = threading.Event()

    def write() -> None:
        with Store.open(path) as writer:
            while not stop.wait(0.01):
                name = f"c{len(acknowledged)}"
                add(writer, name)
                acknowledged.append(name)

    with Store.open(path, missing="empty") as store:
        thread = threading.Thread(target=write)
        thread.start()
        try:
            for number in range(count):
                before = list(acknowledged)
                backup = tmp_path / f"copy-{number}.db"
                store.back_up(backup)
                restore(backup, tmp_path / "restored.db")
                with Store.open(tmp_path / "restored.db") as copied:
                    assert {claim.id for claim in copied.claims()} >= set(before)
        finally:
            stop.set()
            thread.join()
    assert acknowledged


def test_scheduled_backups_are_due_by_the_name_of_the_last_one(store: Store, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "backups", hours=6, keep=3)
    assert due_in(plan, NOON) == 0
    scheduled_backup(store, plan, NOON)
    assert due_in(plan, NOON + timedelta(hours=1)) == 5 * 3600
    assert due_in(plan, NOON + timedelta(hours=7)) == -3600
    assert due_in(plan, NOON - timedelta(hours=1)) == 0


def test_only_as_many_are_kept_and_nothing_else_is_removed(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "my-own.db").write_bytes(b"x")
    (folder / ".factbot-20260101T000000Z.db.abc.tmp").write_bytes(b"x")
    plan = Plan(folder, keep=3)
    for day in range(5):
        scheduled_backup(store, plan, NOON + timedelta(days=day))
    assert sorted(path.name for path in folder.iterdir()) == [
        *[f"factbot-202603{day:02}T120000Z.db" for day in (3, 4, 5)],
        "my-own.db",
    ]


def test_a_backup_that_fails_removes_no_earlier_one(database: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "backups", keep=1)
    with Store.open(database) as store:
        made = scheduled_backup(store, plan, NOON)
        store.db.execute("PRAGMA foreign_keys = OFF")
        store.db.execute("DELETE FROM revisions WHERE id = 3")
        with pytest.raises(Refused, match="not sound"):
            scheduled_backup(store, plan, NOON + timedelta(days=1))
    assert [path.name for path in plan.folder.iterdir()] == [made.path.name]


@pytest.mark.parametrize("value", ["EVERY=0", "EVERY=often", "KEEP=0", "KEEP=1.5"])
def test_a_schedule_that_makes_no_sense_is_a_wrong_setting(value: str) -> None:
    name, _, given = f"FACTBOT_BACKUP_{value}".partition("=")
    with pytest.raises(SettingsProblem, match=name):
        read_settings({name: given})
