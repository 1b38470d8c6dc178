"""Values that no statement of ours can have written: flipped bits in a file that is otherwise one of SQLite's."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.model import Claim
from bot.store import Store, Trace

ME = Trace("discord:7", "discord")
NEW = Claim("The harbour is closed", "harbour")
DAMAGES = {
    "a revision's text is cut": "UPDATE contents SET body = substr(body, 1, 50)",
    "a revision's text is no object": "UPDATE contents SET body = '[]'",
    "a revision's text has a field of another kind": "UPDATE contents SET body = json_set(body, '$.tags', 5)",
    "a hash is nothing": "UPDATE revisions SET hash = NULL",
    "nobody made a revision": "UPDATE revisions SET person = NULL",
    "a name is bytes": "UPDATE claims SET claimant = x'00ff'",
    "a tag is bytes": "UPDATE tags SET tag = NULL",
    "a column is gone": "ALTER TABLE claims RENAME COLUMN status_note TO status_not",
    "a table is gone": "ALTER TABLE tags RENAME TO tagz",
}


def loosened(path: Path, statement: str) -> None:
    """Run a statement on the file as damage would: without the rules that a sound file keeps."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = replace(replace(sql, 'NOT NULL', ''), 'STRICT, ', '')")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')")
        db.execute("PRAGMA writable_schema = RESET")
        db.execute(statement)


STEPS: dict[str, Callable[[Store], object]] = {
    "read": lambda store: store.claims(),
    "history": lambda store: store.recent(None, limit=5),
    "version": lambda store: (store.data_version(), store.following.version()),
    "save": lambda store: store.save(None, NEW, ME),
    "check": lambda store: store.check_chain(),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("step", STEPS)
def test_a_damaged_value_is_refused_in_words_and_never_a_fault(damage: str, step: str, path: Path) -> None:
    with Store.open(path, missing="empty") as store:
        store.save(None, Claim("The fountain is dry", "fountain", claimant="Ann", tags=("town",)), ME)
    loosened(path, DAMAGES[damage])
    with suppress(Refused), Store.open(path) as store:
        STEPS[step](store)


def test_an_account_that_the_index_does_not_show_is_no_fault(path: Path) -> None:
    with Store.open(path, missing="empty") as store:
        store.save(None, NEW, ME)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE people SET account = 'discord:8'")
        db.execute("CREATE UNIQUE INDEX people_verb ON revisions (verb)")
    with Store.open(path) as store, pytest.raises(Refused, match="contradicts"):
        store.save(None, Claim("Another", "another"), ME)
