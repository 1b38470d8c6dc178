"""The commands that keep the database sound: check, about, forget, takedown."""

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import run
from bot.model import Claim
from bot.store import Change, Store, Trace, starter_path


@pytest.fixture
def database(home: Path) -> Path:
    """A database made from the starter, in which Ann has added a claim."""
    path = home / "facts.db"
    with Store.open(path, missing="starter") as store:
        store.save_many([Change(None, Claim("Zzyzx is a town", "town"))], Trace("discord:70707", "discord", name="Ann"))
    return path


def test_a_sound_database_is_said_to_be_sound(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    said = capsys.readouterr().out
    assert f"{database}: a Factbot database, schema 5, 18 claims." in said
    assert "The file, its history and the index over it are sound." in said
    head = said.split()[-1]
    assert run(["check", "--anchor", head]) == 0


def test_a_check_in_json_is_one_object(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found.pop("head").startswith("18:")
    assert found == {
        "database": str(database),
        "schema": 5,
        "claims": 18,
        "sound": True,
        "problems": [],
        "tokens": [],
        "services": {},
        "unreachable": [],
    }


def test_what_is_wrong_is_said_and_the_exit_status_is_1(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(database)) as tampered, tampered:
        tampered.execute("UPDATE claims SET status = 'confirmed' WHERE id = 'town'")
        tampered.execute("DELETE FROM revisions WHERE id = 3")
    assert run(["check"]) == 1
    told = capsys.readouterr()
    assert "wrong: Revision 3 is missing.\n" in told.out
    assert "wrong: The claim town is not what its last revision says" in told.out
    assert told.err.count("\n") == 1
    assert "is not sound" in told.err
    assert run(["check", "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) >= 2


def test_a_check_against_another_history_fails(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--anchor", f"99:{'0' * 64}"]) == 1
    assert "the rest was cut off" in capsys.readouterr().out
    assert run(["check", "--anchor", "yesterday"]) == 1
    assert "NUMBER:HASH" in capsys.readouterr().err


def test_a_check_of_what_is_no_database_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content, word in ((None, "There is no database"), (b"hello", "not a Factbot database"), (b"", "0 bytes")):
        if content is not None:
            (home / "facts.db").write_bytes(content)
        assert run(["check"]) == 1
        assert word in capsys.readouterr().err


def test_a_damaged_file_is_not_sound(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = database.read_bytes()
    database.write_bytes(whole[:20_480] + b"\xff" * 60_000 + whole[80_480:])
    assert run(["check"]) == 1
    assert "incident" not in capsys.readouterr().err


def test_a_check_changes_nothing(database: Path) -> None:
    shutil.copy(starter_path(), database)
    before = database.read_bytes()
    assert run(["check"]) == 0
    assert database.read_bytes() == before


def test_a_person_is_told_what_is_stored_and_forgotten(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["about", "discord:70707"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Ann"
    assert run(["forget", "discord:70707"]) == 0
    assert "is forgotten" in capsys.readouterr().out
    assert b"discord:70707" not in database.read_bytes()
    assert run(["forget", "discord:70707"]) == 1
    assert "Nothing is stored about discord:70707." in capsys.readouterr().err
    assert run(["check"]) == 0


def test_a_text_is_taken_down(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["takedown", "--dry-run", "Zzyzx", "is"]) == 0
    assert "hold it: 2. Nothing was changed" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("zzyzx is a\ntown\n"))
    assert run(["takedown", "--why", "Court order 5"]) == 0
    assert "Taken down: 2 stored texts." in capsys.readouterr().out
    assert b"Zzyzx" not in database.read_bytes()
    assert run(["check"]) == 0
    assert run(["takedown", "Zzyzx"]) == 1
    assert "Nothing in the database holds this text" in capsys.readouterr().err
    with Store.open(database) as store:
        assert store.history("town")[-1].why == "Court order 5"


@pytest.mark.parametrize("command", [["forget", "discord:1"], ["about", "discord:1"], ["takedown", "some text"]])
def test_no_database_is_made_for_them(home: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert run(command) == 1
    assert "There is no database" in capsys.readouterr().err or command
    assert not (home / "facts.db").exists()
