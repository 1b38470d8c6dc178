"""The database as a file: made, opened, migrated; and what is refused, with nothing changed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.model import Claim, Source
from bot.storage import database, migrations
from bot.store import Change, Store, Trace, starter_path

ME = Trace("me", "terminal")
FULL = Claim("It is so", "full", "discord:1", tags=("a",), sources=(Source(publisher="AP"),))


def add(store, *claims):
    store.save_many([Change(None, claim) for claim in claims], ME)


def snapshot(folder):
    return {each.name: each.read_bytes() if each.is_file() else None for each in folder.iterdir()}


def refusal(path, **options):
    """Open, expect a refusal, and return its words; nothing in the folder may have changed."""
    before = snapshot(path.parent)
    with pytest.raises(Refused) as caught:
        Store.open(path, **options)
    assert snapshot(path.parent) == before
    assert "\n" not in caught.value.message
    return caught.value.message


def run(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    return done.stdout


def test_the_file_is_kept_as_the_house_rules_say(store):
    pragmas = {
        name: store.db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "busy_timeout",
            "application_id",
            "user_version",
        )
    }
    assert pragmas == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "application_id": int.from_bytes(b"Fact", "big"),
        "user_version": migrations.newest(),
    }
    tables = store.db.execute("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'").fetchall()
    assert {strict for _, strict in tables} == {1}
    assert store.damage() == []


def test_a_missing_database_is_refused_or_made_as_the_caller_asks(path, tmp_path):
    assert "There is no database at" in refusal(path)
    with Store.open(path, missing="empty") as made:
        assert (made.created, made.count()) == (True, 0)
    with Store.open(path, missing="starter") as known:
        assert (known.created, known.count()) == (False, 0)
    with Store.open(tmp_path / "new folder" / "ü?#%.db", missing="starter") as filled:
        assert filled.created
        with Store.open(starter_path(), readonly=True) as starter:
            assert filled.claims() == starter.claims()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["facts.db", "new folder"]


def test_the_starter_is_not_written_when_a_database_is_made_from_it(path):
    before = starter_path().read_bytes()
    Store.open(path, missing="starter").close()
    assert starter_path().read_bytes() == before


def somebody_is_faster(path):
    with Store.open(path, missing="empty") as theirs:
        add(theirs, FULL)


def test_a_database_that_appears_meanwhile_is_not_overwritten(path):
    with pytest.raises(Refused, match="was made by another process just now"), Store.creating(path, "empty"):
        somebody_is_faster(path)
    assert [each.name for each in path.parent.iterdir()] == ["facts.db"]
    with Store.open(path) as store:
        assert store.claims() == [FULL]


def test_a_database_that_appears_while_one_is_opened_is_the_one_that_is_opened(path, monkeypatch):
    migrate = migrations.migrate

    def slowly(db):
        monkeypatch.setattr(migrations, "migrate", migrate)
        somebody_is_faster(path)
        return migrate(db)

    monkeypatch.setattr(migrations, "migrate", slowly)
    with Store.open(path, missing="starter") as store:
        assert (store.created, store.claims()) == (False, [FULL])


def test_a_database_is_made_where_there_are_no_links(path, monkeypatch):
    def no_links(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    with Store.open(path, missing="empty") as made:
        assert made.created
    with pytest.raises(database.Overtaken), Store.creating(path, "empty"):
        pass


def test_a_failure_while_a_database_is_made_leaves_nothing(path):
    deep = path.parent / "new" / "folder" / path.name
    for wanted in (path, deep):
        with pytest.raises(sqlite3.OperationalError), Store.creating(wanted, "starter"):
            raise sqlite3.OperationalError
    assert list(path.parent.iterdir()) == []


def test_a_folder_is_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(path):
    os.mkfifo(path)
    with pytest.raises(Refused, match="is not a file"):
        Store.open(path)


def test_a_broken_link_is_refused_and_not_followed(path):
    path.symlink_to(path.with_name("nowhere"))
    with pytest.raises(Refused, match="No such file"):
        Store.open(path, missing="empty")


def test_a_file_in_place_of_a_folder_is_refused(path):
    path.write_text("x")
    with pytest.raises(Refused, match="cannot be"):
        Store.open(path / "facts.db", missing="empty")


def test_an_empty_file_is_refused(path):
    path.touch()
    assert "0 bytes" in refusal(path, missing="empty")


@pytest.mark.parametrize("content", [b"hello", b"x" * 5000, b"SQLite format 3\0" + b"x" * 50])
def test_a_file_that_is_no_database_is_refused(path, content):
    path.write_bytes(content)
    assert "is not a Factbot database" in refusal(path)


def test_the_database_of_another_program_is_refused(path):
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE claims (id)")
    assert "of another program" in refusal(path)


def test_a_newer_schema_is_refused(path):
    Store.open(path, missing="empty").close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 999")
    assert "newer Factbot (schema 999" in refusal(path)


def test_a_damaged_file_is_refused_when_its_damage_is_met(path):
    with Store.open(path, missing="empty") as store:
        add(store, *[Claim(f"claim {n} " + "x" * 500) for n in range(200)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refusal(path)
    path.write_bytes(whole[:100] + b"\xff" * 5000 + whole[5100:])
    assert "damaged" in refusal(path)
    path.write_bytes(whole[:20_480] + b"\xff" * 60_000 + whole[80_480:])
    with Store.open(path) as store, pytest.raises(Refused, match="damaged"):
        store.claims()


def test_an_older_schema_is_migrated_in_one_step_or_not_at_all(path, monkeypatch):
    with Store.open(path, missing="empty") as store:
        add(store, FULL)

    def newer(db):
        db.execute("ALTER TABLE claims ADD COLUMN more TEXT")

    def broken(db):
        newer(db)
        raise sqlite3.OperationalError

    known = migrations.MIGRATIONS
    monkeypatch.setattr(migrations, "MIGRATIONS", (*known, broken))
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*known, newer))
    assert "has an older form" in refusal(path, readonly=True)
    with Store.open(path) as store:
        assert store.claims() == [FULL]
        assert migrations.schema_version(store.db) == len(known) + 1


def test_migrating_twice_does_nothing_the_second_time(store):
    assert migrations.migrate(store.db) == 0


def test_a_read_only_database_can_be_asked_but_not_changed(path):
    with Store.open(path, missing="empty") as store:
        add(store, FULL)
    with Store.open(path, readonly=True) as store:
        assert store.claims() == [FULL]
        with pytest.raises(Refused, match="is read-only"):
            add(store, Claim("x"))


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write")
@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_file_or_folder_that_may_not_be_written_is_opened_for_reading(closed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        with Store.open(path, missing="empty") as store:
            add(store, FULL)
        Path(folder).chmod(0o755 if closed == "folder" else 0o777)
        path.chmod(0o666 if closed == "folder" else 0o644)
        code = """
            import os, sys
            from bot.errors import Refused
            from bot.store import Store, Trace
            os.seteuid(65534)
            with Store.open(sys.argv[1]) as store:
                print(len(store.claims()), store.writable)
                try:
                    store.save(store.claims()[0], store.claims()[0], Trace("", ""))
                except Refused as error:
                    print(error.message)
        """
        said = run(code, path)
        assert said.startswith("1 False")
        assert "is read-only" in said


def test_a_hot_journal_beside_a_read_only_file_is_named(path, tmp_path):
    """The journal of a killed writer is needed to read the file, and using it means writing."""
    with Store.open(path, missing="empty") as store:
        add(store, *[Claim("x" * 1000, f"e{n}") for n in range(300)])
        store.db.execute("PRAGMA cache_size = 2")
        store.db.execute("BEGIN IMMEDIATE")
        store.db.execute("UPDATE claims SET text = text || 'y'")
        torn = tmp_path / "torn" / "facts.db"
        torn.parent.mkdir()
        for name in ("facts.db", "facts.db-journal"):
            shutil.copy(path.with_name(name), torn.with_name(name))
        store.db.execute("ROLLBACK")
    assert "left in the middle of a write" in refusal(torn, readonly=True)
    with Store.open(torn) as mended:
        assert {claim.text for claim in mended.claims()} == {"x" * 1000}
