"""Files that somebody made to do harm, and files that only their owner may read."""

import json
import logging
import os
import socket
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from bot.backups import Plan, scheduled_backup
from bot.cli import run
from bot.command.logs import set_up_logging
from bot.incident import LOGGER
from bot.matching import cachefile
from bot.starter.build import build
from bot.store import Store
from tests.kept import add, has
from tests.test_restore import older

ESCAPE = "\x1b]0;owned\x07\x9b31m"


@pytest.fixture
def lax() -> Iterator[None]:
    """A user whose files everybody may read."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.is_file() and stat.S_IMODE(each.stat().st_mode) & 0o077]


def test_databases_backups_and_logs_are_for_their_owner_alone(
    lax: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    monkeypatch.setattr("bot.keeper.WORTH_CACHING", 1)
    old, path = home / "old.db", home / "facts.db"
    older(old)
    old.chmod(0o600)
    assert run(["fact", "list", "--db", str(old)]) == 0
    assert run(["ask", "is it so?"]) == 0
    assert cachefile.beside(path).exists()
    assert run(["backup", str(home / "copy.db")]) == 0
    assert run(["restore", str(home / "copy.db")]) == 0
    with Store.open(path) as store, store.transaction():
        add(store, "one")
        assert not open_to_others(home)  # the journal is there now
    with Store.open(path) as store:
        scheduled_backup(store, Plan(home / "backups"), datetime.now(UTC))
    set_up_logging("info")
    logging.getLogger(LOGGER).warning("a line")
    assert not open_to_others(home) + open_to_others(home / "backups")
    assert not [name for folder in home.rglob("*") if folder.is_dir() for name in open_to_others(folder)]


def test_the_packaged_starter_can_be_read_by_the_user_of_the_bot(tmp_path: Path) -> None:
    build(tmp_path / "starter.db")
    assert stat.S_IMODE((tmp_path / "starter.db").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    "program",
    [
        "CREATE TRIGGER owned AFTER INSERT ON revisions BEGIN DELETE FROM claims; END",
        "CREATE VIEW owned AS SELECT * FROM claims",
    ],
)
def test_a_backup_with_a_program_in_it_is_refused(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    with closing(sqlite3.connect(backup)) as hostile, hostile:
        hostile.execute(program)
    before = database.read_bytes()
    for command in (["restore", str(backup)], ["check", "--db", str(backup)], ["ask", "--db", str(backup), "so?"]):
        assert run(command) == 1
        assert "triggers or views (1), which Factbot never makes" in capsys.readouterr().err
    assert database.read_bytes() == before


def test_a_link_in_the_place_of_a_backup_leads_nowhere(database: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    link = tmp_path / "copy.db"
    link.symlink_to(precious)
    assert run(["backup", str(link)]) == 1
    assert run(["backup", "--force", str(link)]) == 0
    assert precious.read_text() == "precious"
    assert not link.is_symlink()
    link.unlink()
    link.symlink_to(database)
    assert run(["backup", "--force", str(link)]) == 1
    assert link.is_symlink()


def test_a_restore_through_a_link_replaces_the_database_and_not_the_link(database: Path, tmp_path: Path) -> None:
    backup = tmp_path / "copy.db"
    assert run(["backup", str(backup)]) == 0
    link = tmp_path / "link.db"
    link.symlink_to(database)
    with Store.open(database) as store:
        add(store, "two")
    assert run(["restore", "--db", str(link), str(backup)]) == 0
    assert link.is_symlink()
    with Store.open(database) as store:
        assert not has(store, "two")


def test_what_somebody_put_into_the_database_steers_no_terminal(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(database)) as tampered, tampered:
        tampered.execute("PRAGMA foreign_keys = OFF")
        values = (f"bad{ESCAPE}", "global", f"bad{ESCAPE}", f"The town {ESCAPE} is dry")
        tampered.execute(
            "INSERT INTO claims SELECT ?1, ?2, ?3, state, ?4, claimant, claimant_role, said_on, occasion, via,"
            " attribution, status, status_note, status_on, original_rating, lang, version, known_as"
            " FROM claims WHERE id = 'one'",
            values,
        )
    for command in (["check"], ["check", "--json"], ["ask", "the town is dry"], ["ask", "--json", "the town is dry"]):
        run(command)
        run(["fact", "list"])
    told = capsys.readouterr()
    assert "bad" in told.out
    assert not {"\x1b", "\x07", "\x9b", "\x7f"} & set(told.out + told.err)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_text_forges_a_line_of_the_log_or_steers_who_reads_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    set_up_logging("info", form)
    forged = "2026-01-01T00:00:00Z INFO all is well"
    logging.getLogger(LOGGER).warning("channel=%s", f"9\n{forged}\r{forged}\u2028{forged}{ESCAPE}")
    text = next(home.rglob("factbot.log")).read_text(encoding="utf-8")
    assert not [line for line in text.splitlines()[1:] if line.startswith(("2026", "{"))]
    assert not {"\x1b", "\x07", "\x9b"} & set(text)


def nested(depth: int) -> str:
    return '{"@type": "ClaimReview", "claimReviewed": ' + "[" * depth + "]" * depth + "}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.json", "[" * 200_000),
        ("review.json", nested(100_000)),
        ("deep.jsonl", "[" * 100_000 + "]" * 100_000),
        ("digits.jsonl", '{"text": ' + "9" * 100_000 + "}"),
        ("long.jsonl", json.dumps({"text": "a" * 3_000_000})),
        ("many.jsonl", json.dumps({"text": "a", "tags": [f"t{n}" for n in range(100_000)]})),
        ("long.csv", 'text\n"' + "a" * 3_000_000 + '"\n'),
        ("wide.csv", "text," * 20_000 + "\n"),
        ("html.json", json.dumps({"@type": "ClaimReview", "claimReviewed": "<b>" * 100_000})),
    ],
)
def test_a_file_made_to_exhaust_the_bot_is_refused_in_a_line(
    home: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    (home / name).write_text(text)
    assert run(["import", str(home / name)]) == 1
    said = capsys.readouterr().err
    assert "was not imported" in said
    assert "incident" not in said
    assert len(said) < 3_000
    assert not (home / "facts.db").exists()


def test_an_import_opens_no_connection_whatever_addresses_are_in_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    inside = "http://169.254.169.254/latest/meta-data/"
    review = {
        "@context": inside,
        "@type": "ClaimReview",
        "url": inside,
        "claimReviewed": "The town is dry",
        "itemReviewed": {"@type": "Claim", "appearance": [{"@id": inside, "url": inside}]},
        "reviewRating": {"@type": "Rating", "alternateName": "False", "image": inside},
    }
    (home / "in.json").write_text(json.dumps(review))
    assert run(["import", str(home / "in.json")]) in (0, 1)
