"""Databases of older forms: brought up to date in one transaction, with all their history in the chain."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot.model import Claim, Source, State
from bot.storage import database, migrations
from bot.storage.rows import claim_row, claim_to_json, phrasing_rows, source_rows, tag_rows
from bot.store import STARTER, Store, Trace

SKY = Claim(
    "The sky is “blue”", "sky", claimant="Bob", sources=(Source("t", "AP"), Source(url="https://e.org")), tags=("a",)
)
GREY = replace(SKY, text="The sky is grey", phrasings=("is it grey", "grey?"), never_phrasings=("is it blue",))
SEA = Claim("The sea is green", "sea", space="discord:1", state=State.REMOVED)
ROWS = (
    (SKY.id, "2023-01-01T00:00:00.000Z", "starter", "starter", "add", None, claim_to_json(SKY), ""),
    (SEA.id, "2024-01-01T00:00:00.000Z", "terminal:bob", "import", "add", None, claim_to_json(SEA), "import-1"),
    (
        SKY.id,
        "2024-02-01T00:00:00.000Z",
        "terminal:bob",
        "terminal",
        "edit",
        claim_to_json(SKY),
        claim_to_json(GREY),
        "",
    ),
)


def put(older, claim):
    row = claim_row(claim)
    columns = "id, space, external_id, state, text, claimant, claimant_role, said_on, occasion, via, attribution,"
    columns += " status, status_note, status_on, original_rating, lang, known_as"
    older.execute(f"INSERT INTO claims ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    older.executemany("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", source_rows(claim))
    older.executemany("INSERT INTO phrasings VALUES (?, ?, ?, ?)", phrasing_rows(claim))
    older.executemany("INSERT INTO tags VALUES (?, ?, ?)", tag_rows(claim))


def make(path, schema, claims=(GREY, SEA), rows=ROWS):
    """Make a file as a Factbot of that schema left it."""
    path.touch()
    with closing(database.connect(path, "rw")) as db:
        migrations.migrate(db, migrations.MIGRATIONS[:schema])
    with closing(sqlite3.connect(path)) as older, older:
        for claim in claims:
            put(older, claim)
        if schema > 1:
            older.executemany(
                "INSERT INTO revisions (claim_id, at, actor, origin, verb, before, after, batch)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )


def test_a_file_of_schema_3_keeps_its_claims_and_its_whole_history(path):
    make(path, 3)
    with Store.open(path) as store:
        assert store.schema() == migrations.newest()
        assert store.claims(states=tuple(State)) == [SEA, GREY]
        first, last = store.history(SKY.id)
        assert (first.at, first.actor, first.before, first.after) == ("2023-01-01T00:00:00.000Z", "starter", None, SKY)
        assert (last.verb, last.actor, last.before, last.after) == ("edit", "terminal:bob", SKY, GREY)
        assert re.fullmatch("p[0-9a-f]{12}", last.person)
        assert store.batch("import-1") == store.history(SEA.id)
        assert (store.history(SEA.id)[0].person, store.history(SEA.id)[0].space) == (last.person, "discord:1")
        assert store.chain_head().startswith("3:")
        assert store.check_chain() == []
        assert store.damage() == []
        assert store.db.execute("SELECT count(*) FROM contents").fetchone()[0] == 3


def test_a_migrated_file_goes_on_as_any_other(path):
    make(path, 3)
    with Store.open(path) as store:
        store.save(GREY, SKY, Trace("terminal:bob", "terminal"))
        assert [each.id for each in store.history(SKY.id)] == [1, 3, 4]
        assert store.check_chain() == []
        assert store.forget("terminal:bob") == 1
    with Store.open(path) as store:
        assert store.check_chain() == []
        assert b"terminal:bob" not in path.read_bytes()


@pytest.mark.parametrize("schema", [1, 2])
def test_what_an_old_history_does_not_account_for_becomes_a_revision(path, schema):
    make(path, schema, rows=ROWS[:1])
    with Store.open(path) as store:
        assert store.claims(states=tuple(State)) == [SEA, GREY]
        last = store.history(SKY.id)[-1]
        assert (last.origin, last.actor, last.after) == ("migration", "", GREY)
        assert last.verb == ("add" if schema == 1 else "edit")
        assert last.before == (None if schema == 1 else SKY)
        assert store.check_chain() == []


def test_a_revision_that_an_older_factbot_wrote_with_fewer_fields_is_taken_as_it_is(path):
    few = '{"space":"global","external_id":"x","state":"active","text":"t","attribution":"reported",'
    few += '"status":"unverified"}'
    plain = Claim("t", "x", lang="")
    make(path, 3, [plain], [("x", "2023", "", "import", "add", None, few, "")])
    with Store.open(path) as store:
        assert [each.after for each in store.history("x")] == [plain]
        assert store.check_chain() == []


@pytest.mark.parametrize("made_from_starter", [True, False])
def test_a_database_from_before_it_knew_about_itself_is_known_to_be_made_from_the_starter(path, made_from_starter):
    make(path, 2, rows=ROWS if made_from_starter else ROWS[1:2])
    with Store.open(path) as store:
        assert store.remembered(STARTER) == ("0" if made_from_starter else "")


def test_a_step_that_fails_leaves_the_old_file_as_it_was(path, monkeypatch):
    make(path, 3)
    before = path.read_bytes()

    def broken(db):
        raise sqlite3.OperationalError

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path)
    assert path.read_bytes() == before
