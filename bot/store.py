"""The claim database: all claims, and every change to them with who made it.

This is the face of `bot.storage`, and the only way in for everything above it.

Claims are fetched at once (no cursor stays open: in a rollback journal a slow reader blocks writers), and
every change and its revision are one transaction. A store may be used from several threads; it lets in one at
a time.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlite_utils import Database

from bot.errors import NotFound, Refused, Stale
from bot.model import Claim, State
from bot.storage import database, tables
from bot.storage.database import Overtaken as Overtaken
from bot.storage.rows import fingerprint, known_as
from bot.storage.starter_file import is_starter
from bot.storage.starter_file import starter_path as starter_path
from bot.storage.tables import Change, Revision, Trace

__all__ = [
    "ALL_STATES",
    "STARTER",
    "Change",
    "Missing",
    "Revision",
    "Store",
    "Trace",
    "fingerprint",
    "known_as",
    "starter_path",
]

Missing = Literal["refuse", "empty", "starter"]
"""What to do when there is no database: refuse, create an empty one, or one with the starter's claims."""

ALL_STATES = tuple(State)
STARTER = "starter"
"""The actor and the origin of what the starter adds and updates; a database remembers its stamp by this name."""


class Store:
    """An open claim database. Close it, or use it in a `with` statement.

    Every method raises `Refused` in words for a person when the file is busy, damaged, full or read-only.
    """

    def __init__(self, db: Database, path: str = ":memory:", *, writable: bool = True, created: bool = False) -> None:
        self.db = db
        self.path = path
        self.writable = writable
        self.created = created
        self._lock = threading.RLock()
        self._own_changes = 0

    @classmethod
    def open(cls, path: str | Path, *, missing: Missing = "refuse", readonly: bool = False) -> Self:
        """Open the database at `path`; `created` of the result says whether this call made it.

        What may not be written, the packaged starter too, is opened for reading. Raises `Refused`, with the file as it
        was, for anything that is not a usable Factbot database. A missing folder is made with a missing
        database.
        """
        path = Path(path)
        created = not database.is_there(path)
        if created:
            try:
                with cls.creating(path, "refuse" if readonly else missing):
                    pass
            except database.Overtaken:
                created = False
        db, writable = database.open_existing(path, readonly=readonly or is_starter(path))
        return cls(db, str(path), writable=writable, created=created)

    @classmethod
    @contextmanager
    def creating(cls, path: Path, missing: Missing) -> Iterator[Self]:
        """Create a database and yield it; it gets its name at the end of the block, and an error leaves nothing.

        Raises `Refused` when it is not to be created, cannot be, or somebody else did so in the meantime.
        """
        if missing == "refuse":
            raise Refused(f"There is no database at {path}.")
        with database.creating(path) as db:
            store = cls(db, str(path), created=True)
            if missing == "starter":
                store._add_starter()
            yield store

    def _add_starter(self) -> None:
        with Store.open(starter_path(), readonly=True) as starter:
            changes = [Change(None, claim) for claim in starter.claims(states=ALL_STATES)]
            stamp = starter.remembered(STARTER)
        with self.transaction():
            self.save_many(changes, Trace(STARTER, STARTER))
            self.remember(STARTER, stamp)

    @classmethod
    def in_memory(cls) -> Self:
        """Return an empty store that is gone when it is closed."""
        return cls(database.in_memory())

    def close(self) -> None:
        """Close the file. The store cannot be used afterwards."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, roll back on any error.

        Inside another transaction it is a part of that one: an error must then leave the outer one too.
        Raises `Refused` when the database is read-only, or is busy for longer than 5 seconds.
        """
        if not self.writable:
            raise Refused(f"The database {self.path} is read-only: it can be asked, but not changed.")
        with self._held("BEGIN IMMEDIATE") as outermost:
            yield
        self._own_changes += outermost

    @contextmanager
    def _held(self, begin: str = "BEGIN") -> Iterator[bool]:
        """Hold one transaction under the thread lock; yield whether it is the outermost one."""
        with self._lock, database.plain_errors(self.path):
            if self.db.conn.in_transaction:
                yield False
                return
            self.db.execute(begin)
            try:
                yield True
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def data_version(self) -> tuple[int, int]:
        """Return a value that differs from an earlier one if any process may have changed claims since."""
        with self._lock, database.plain_errors(self.path):
            return int(tables.fetch(self.db, "PRAGMA data_version")[0][0]), self._own_changes

    def claims(self, spaces: Collection[str] | None = None, states: Collection[State] = (State.ACTIVE,)) -> list[Claim]:
        """Return the claims of these spaces (None: of all) in these states, sorted by space and id.

        A community's override and the global claim that it replaces are both among them.
        """
        condition, values = _among(spaces, states)
        return self._load(condition, values)

    def count(self, spaces: Collection[str] | None = None, states: Collection[State] = (State.ACTIVE,)) -> int:
        """Return how many claims `claims` would return."""
        condition, values = _among(spaces, states)
        with self._held():
            return int(tables.fetch(self.db, f"SELECT count(*) FROM claims WHERE {condition or 1}", values)[0][0])

    def get(self, claim_id: str, spaces: Collection[str] | None = None) -> Claim:
        """Return the claim with this id, whatever its state.

        Raises `NotFound` when none of `spaces` holds it.
        """
        found = self._load("id = ?", [claim_id])
        if not found or (spaces is not None and found[0].space not in spaces):
            raise _not_found(claim_id)
        return found[0]

    def get_many(self, ids: Collection[str]) -> list[Claim]:
        """Return the claims with these ids, whatever their state; one that is not there is left out."""
        return self._load(f"id IN {tables.EACH}", [tables.array(ids)])

    def tagged(self, tags: Collection[str], spaces: Collection[str]) -> list[Claim]:
        """Return the shown claims of `spaces` that have one of these tags."""
        condition, values = _among(spaces, (State.ACTIVE,))
        with_tag = f"id IN (SELECT claim_id FROM tags WHERE tag IN {tables.EACH})"
        return self._load(f"{condition or 1} AND {with_tag}", [*values, tables.array(tags)])

    def version(self, claim_id: str) -> int:
        """Return how often the claim has been saved: 1 for a new one. Raises `NotFound`."""
        with self._held():
            found = tables.fetch(self.db, "SELECT version FROM claims WHERE id = ?", [claim_id])
        if not found:
            raise _not_found(claim_id)
        return int(found[0][0])

    def find_known(self, space: str, *, external_id: str = "", key: str = "") -> Claim | None:
        """Return the claim of `space` with this external id or, failing that, this key (`rows.known_as`)."""
        found = self.find_many(space, [external_id] if external_id else [], [key] if key else [])
        by_id = [claim for claim in found if claim.external_id == external_id]
        return next(iter(by_id + found), None)

    def find_many(self, space: str, external_ids: Collection[str], keys: Collection[str]) -> list[Claim]:
        """Return all claims of `space`, whatever their state, that have one of these external ids or keys."""
        condition = (
            f"id IN (SELECT id FROM claims WHERE space = ? AND external_id IN {tables.EACH}"
            f" UNION SELECT id FROM claims WHERE space = ? AND known_as IN {tables.EACH})"
        )
        return self._load(condition, [space, tables.array(external_ids), space, tables.array(keys)])

    def _load(self, condition: str, values: Sequence[object]) -> list[Claim]:
        with self._held():
            return tables.load(self.db, condition, values)

    def save_many(self, changes: Sequence[Change], trace: Trace) -> int:
        """Save these changes with one revision each, all or none; return how many there were.

        A change that changes nothing is left out. Raises `Stale` when a claim is not (any more) what its
        `before` says, and `ValueError` when a change would give a claim another id.
        """
        if any(each.before is not None and each.before.id != each.after.id for each in changes):
            raise ValueError("a change may not give a claim another id")
        wanted = [each for each in changes if each.before != each.after]
        with self.transaction():
            stored = tables.by_ids(self.db, [each.after.id for each in wanted])
            for each in wanted:
                if stored.get(each.after.id) != each.before:
                    raise Stale(f"The claim {each.after.id} was changed by somebody else just now: look again.")
            tables.write(self.db, wanted)
            tables.record(self.db, wanted, trace)
        return len(wanted)

    def save(self, before: Claim | None, after: Claim, trace: Trace, verb: str = "") -> int:
        """Save one change; see `save_many`."""
        return self.save_many([Change(before, after, verb)], trace)

    def remembered(self, name: str) -> str:
        """Return what this database knows about itself under `name`; empty when nothing."""
        with self._held():
            found = tables.fetch(self.db, "SELECT value FROM meta WHERE name = ?", [name])
        return str(found[0][0]) if found else ""

    def remember(self, name: str, value: str) -> None:
        """Keep `value` in this database under `name`."""
        with self.transaction():
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    def history(self, claim_id: str) -> list[Revision]:
        """Return all revisions of a claim, oldest first."""
        with self._held():
            return tables.revisions(self.db, "claim_id = ?", [claim_id])

    def batch(self, batch: str) -> list[Revision]:
        """Return all revisions that were made together, oldest first."""
        with self._held():
            return tables.revisions(self.db, "batch = ? AND batch <> ''", [batch])

    def touched_by_others(self, origin: str) -> set[str]:
        """Return the ids of the claims that have a revision of another origin than this."""
        sql = "SELECT DISTINCT claim_id FROM revisions WHERE origin <> ?"
        with self._held():
            return {row[0] for row in tables.fetch(self.db, sql, [origin])}

    def damage(self) -> list[str]:
        """Read the whole file and return what is wrong with it, in SQLite's words.

        Nothing when it is sound.
        """
        with self._held():
            found = [row[0] for row in tables.fetch(self.db, "PRAGMA integrity_check") if row[0] != "ok"]
            lost = tables.fetch(self.db, "PRAGMA foreign_key_check")
        return found + [f"a row of {row[0]} belongs to no row of {row[2]}" for row in lost]


def _among(spaces: Collection[str] | None, states: Collection[State]) -> tuple[str, list[object]]:
    conditions, values = [], []
    if set(states) != set(ALL_STATES):
        conditions.append(f"state IN {tables.EACH}")
        values.append(tables.array(states))
    if spaces is not None:
        conditions.append(f"space IN {tables.EACH}")
        values.append(tables.array(spaces))
    return " AND ".join(conditions), list(values)


def _not_found(claim_id: str) -> NotFound:
    return NotFound(f"There is no claim with the id {claim_id!r} here.")
