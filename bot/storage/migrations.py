"""The database's schema as a list of steps.

The step's place in `MIGRATIONS` is the schema version it leads to.

A step that has been released is never edited: a later need is a later step. The version is kept in `PRAGMA
user_version`, and `PRAGMA application_id` tells a Factbot file from any other SQLite file.
"""

from collections.abc import Callable, Sequence

from sqlite_utils import Database

from bot.storage.schema_4 import curating
from bot.storage.schema_5 import erasing

APPLICATION_ID = int.from_bytes(b"Fact", "big")

Step = Callable[[Database], None]


def _claims(db: Database) -> None:
    """Claims with what belongs to them.

    `version` counts changes, `known_as` recognises a row without an id.
    """
    _run(
        db,
        """
        CREATE TABLE claims (
            id TEXT PRIMARY KEY,
            space TEXT NOT NULL,
            external_id TEXT NOT NULL,
            state TEXT NOT NULL,
            text TEXT NOT NULL CHECK (text <> ''),
            claimant TEXT NOT NULL,
            claimant_role TEXT NOT NULL,
            said_on TEXT NOT NULL,
            occasion TEXT NOT NULL,
            via TEXT NOT NULL,
            attribution TEXT NOT NULL,
            status TEXT NOT NULL,
            status_note TEXT NOT NULL,
            status_on TEXT NOT NULL,
            original_rating TEXT NOT NULL,
            lang TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            known_as TEXT NOT NULL,
            UNIQUE (space, external_id)
        ) STRICT
        """,
        "CREATE INDEX claims_known_as ON claims (space, known_as)",
        """
        CREATE TABLE sources (
            claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            title TEXT NOT NULL,
            publisher TEXT NOT NULL,
            url TEXT NOT NULL,
            date TEXT NOT NULL,
            PRIMARY KEY (claim_id, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE phrasings (
            claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
            never INTEGER NOT NULL CHECK (never IN (0, 1)),
            position INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (claim_id, never, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE tags (
            claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            tag TEXT NOT NULL,
            PRIMARY KEY (claim_id, position)
        ) STRICT, WITHOUT ROWID
        """,
    )


def _revisions(db: Database) -> None:
    """Who changed what, when: the claim as JSON before (null: it was not there) and after each change."""
    _run(
        db,
        """
        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            claim_id TEXT NOT NULL REFERENCES claims (id),
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            origin TEXT NOT NULL,
            verb TEXT NOT NULL,
            before TEXT,
            after TEXT,
            batch TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX revisions_claim ON revisions (claim_id)",
        "CREATE INDEX revisions_batch ON revisions (batch) WHERE batch <> ''",
    )


def _meta(db: Database) -> None:
    """What a database knows about itself, one value by each name.

    One that was made from the starter gets the starter's stamp, of the oldest edition: any other is newer.
    """
    _run(
        db,
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "INSERT INTO meta SELECT 'starter', '0' WHERE EXISTS (SELECT 1 FROM revisions WHERE origin = 'starter')",
    )


MIGRATIONS: tuple[Step, ...] = (_claims, _revisions, _meta, curating, erasing)


def newest() -> int:
    """The schema version that this program reads and writes."""
    return len(MIGRATIONS)


def migrate(db: Database, steps: Sequence[Step] | None = None) -> int:
    """Take the steps that `db` lacks, all in one transaction, and return how many there were.

    The version is read after the write lock is held: another process may have migrated in the meantime.
    Errors of SQLite pass through; the file then is as it was.
    """
    steps = MIGRATIONS if steps is None else steps
    db.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(db)
        for step in steps[version:]:
            step(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {max(version, len(steps))}")
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise
    return max(0, len(steps) - version)


def schema_version(db: Database) -> int:
    """The schema version that is written in the file."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)
