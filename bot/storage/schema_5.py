"""The step to schema 5: a community's revisions can be erased from the chain, and answers know their community.

Of an erased revision only its number and its hash stay, so that the next one still fits. A row with a `record` is a
link of the chain itself: it says which numbers were erased, when and by whom.
"""

from sqlite_utils import Database

TABLES = (
    "CREATE TABLE erased (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, record TEXT) STRICT",
    "ALTER TABLE replies ADD COLUMN space TEXT NOT NULL DEFAULT ''",
)


def erasing(db: Database) -> None:
    """Take the step."""
    for statement in TABLES:
        db.execute(statement)
