"""Restoring: what is put back was checked, what was there is kept, and who was forgotten stays forgotten."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.app import build
from bot.cli import run
from bot.errors import Refused
from bot.storage import migrations
from bot.store import Store, restore, starter_path
from tests.kept import add, has, leftovers


def test_a_restored_backup_is_what_it_was_and_the_old_database_is_kept(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    with Store.open(database) as store:
        add(store, "two")
    capsys.readouterr()
    assert run(["restore", str(backup)]) == 0
    told = capsys.readouterr()
    assert "restored from" in told.out
    assert "The old database has 1 revision more." in told.err
    with Store.open(database) as store:
        assert not has(store, "two")
        assert not store.check_chain()
    kept = next(database.parent.glob("facts.db.before-restore-*"))
    with Store.open(kept) as old:
        assert has(old, "two")


def test_a_running_bot_answers_and_writes_from_what_was_restored(database: Path, tmp_path: Path) -> None:
    backup = tmp_path / "copy.db"
    with build(database) as app:
        app.store.back_up(backup)
        add(app.store, "wholly new subject")
        restore(backup, database)
        assert not has(app.store, "wholly new subject")
        add(app.store, "zzyzx")
        answer = app.asker.ask("The town zzyzx is dry")
        assert [hit.claim.id for hit in answer.hits] == ["zzyzx"]
    with Store.open(database) as store:
        assert has(store, "zzyzx")


def test_a_database_that_is_gone_is_said_to_be_gone_and_found_again(database: Path, tmp_path: Path) -> None:
    with Store.open(database) as store:
        aside = database.rename(tmp_path / "aside.db")
        for _ in range(2):
            with pytest.raises(Refused, match=r"is gone.*Nothing was saved"):
                add(store, "lost")
        aside.rename(database)
        add(store, "kept")
    with Store.open(database) as store:
        assert not has(store, "lost")
        assert has(store, "kept")


def test_what_was_forgotten_after_the_backup_is_forgotten_again(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, later = tmp_path / "copy.db", tmp_path / "later.db"
    with Store.open(database) as store:
        store.communities.name_moderator("discord:1", "discord:80808")
        store.back_up(backup)
        assert store.forget("discord:70707")
        assert store.forget("discord:80808")
        store.back_up(later)
    assert b"discord:70707" in backup.read_bytes()
    capsys.readouterr()
    assert run(["restore", str(backup)]) == 0
    assert "Forgotten again: 2 people." in capsys.readouterr().out
    assert not [word for word in (b"70707", b"80808", b"Ann\0") if word in database.read_bytes()]
    assert run(["check"]) == 0
    assert run(["restore", str(later)]) == 0
    assert run(["restore", str(backup)]) == 0
    assert b"70707" not in database.read_bytes()


def test_who_came_back_after_being_forgotten_is_not_forgotten_by_a_later_backup(database: Path, tmp_path: Path) -> None:
    backup = tmp_path / "copy.db"
    with Store.open(database) as store:
        store.forget("discord:70707")
        add(store, "two")
        store.back_up(backup)
    assert restore(backup, database).forgotten == 0
    with Store.open(database) as store:
        assert store.people.find("discord:70707")


def test_the_list_of_the_forgotten_names_nobody(database: Path) -> None:
    with Store.open(database) as store:
        store.forget("discord:70707")
        listed = [row[0] for row in store.db.execute("SELECT name || value FROM meta").fetchall()]
    assert any(each.startswith("forgotten:") for each in listed)
    assert not [each for each in listed if "70707" in each]


def test_a_restore_is_refused_while_another_process_writes(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    before = database.read_bytes()
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert run(["restore", str(backup)]) == 1
        assert "is being written by another process" in capsys.readouterr().err
        writer.execute("ROLLBACK")
    assert database.read_bytes() == before
    assert not list(database.parent.glob("*before-restore*"))
    assert not leftovers(tmp_path)


def test_what_is_no_sound_backup_is_refused_and_the_database_stays(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.db"
    shutil.copy(database, bad)
    with closing(sqlite3.connect(bad)) as tampered, tampered:
        tampered.execute("UPDATE claims SET status = 'confirmed' WHERE id = 'one'")
    before = database.read_bytes()
    cut, other = tmp_path / "cut.db", tmp_path / "other.db"
    cut.write_bytes(before[: len(before) // 2])
    with closing(sqlite3.connect(other)) as foreign, foreign:
        foreign.execute("CREATE TABLE things (name)")
    for file in (bad, cut, other, tmp_path / "none.db", tmp_path, database, starter_path().parent / "README.md"):
        assert run(["restore", str(file)]) == 1, file
        assert "incident" not in capsys.readouterr().err
    assert database.read_bytes() == before
    assert not leftovers(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("text.db", b"hello", "it is not an SQLite file. Nothing was changed."),
        ("empty.db", b"", "is an empty file, and so no backup: copy it again, or take another one."),
        ("none.db", None, "No such file"),
    ],
)
def test_what_is_no_backup_is_said_in_the_words_of_a_backup(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert run(["restore", str(tmp_path / name)]) == 1
    assert words in capsys.readouterr().err


def test_a_damaged_database_can_be_restored_and_what_is_lost_is_said(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    database.write_bytes(b"\xff" * 50_000)
    (tmp_path / "facts.db-journal").write_bytes(b"junk")
    assert run(["restore", str(backup)]) == 0
    assert "must be forgotten again by hand" in capsys.readouterr().err
    assert run(["check"]) == 0
    assert not (tmp_path / "facts.db-journal").exists()


def test_a_backup_is_restored_where_there_was_nothing(database: Path, tmp_path: Path) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    there = tmp_path / "new" / "facts.db"
    assert run(["restore", "--db", str(there), str(backup)]) == 0
    assert run(["check", "--db", str(there)]) == 0


def older(path: Path) -> bytes:
    """A file as an earlier version wrote it: schema 1, with one claim."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        migrations.migrate(Database(conn), migrations.MIGRATIONS[:3])
        values = ["old", "global", "old", "active", "The old town is dry", *[""] * 5, "quoted", "unverified"]
        conn.execute(f"INSERT INTO claims VALUES ({', '.join('?' * 18)})", [*values, *[""] * 4, 1, "k"])
    return path.read_bytes()


def test_an_older_database_is_backed_up_before_it_is_brought_up_to_date(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "facts.db"
    older(path)
    assert run(["fact", "show", "old"]) == 0
    kept = next(home.glob("facts.db.schema-3-*"))
    assert f"as it was before, it is {kept}" in capsys.readouterr().err
    with closing(sqlite3.connect(kept)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (3,)
        assert conn.execute("SELECT text FROM claims").fetchall() == [("The old town is dry",)]
    assert run(["fact", "show", "old"]) == 0
    assert len(list(home.glob("facts.db.schema-*"))) == 1


def test_an_older_backup_is_brought_up_to_date_and_stays_as_it_is_itself(home: Path) -> None:
    old = home / "old.db"
    before = older(old)
    assert run(["restore", str(old)]) == 0
    assert run(["check"]) == 0
    assert old.read_bytes() == before
    assert not list(home.glob("*.schema-*"))
