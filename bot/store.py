"""The claim database: all claims, and every change to them with who made it.

This is the face of `bot.storage`, and the only way in for everything above it.

Claims are fetched at once (no cursor stays open: in a rollback journal a slow reader blocks writers), and
every change and its revision are one transaction. A store may be used from several threads; it lets in one at
a time.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlite_utils import Database

from bot.errors import Refused, Stale
from bot.model import Claim
from bot.records import Change, Draft, Notice, Revision, Suggestion, SuggestionKind, SuggestionState, Trace
from bot.storage import chain, checking, database, migrations, personal, takedown
from bot.storage.backup import Backup, back_up, kept_older
from bot.storage.claims import ALL_STATES, Claims, Listing
from bot.storage.communities import Communities
from bot.storage.connection import Connection
from bot.storage.database import Overtaken
from bot.storage.deliveries import Deliveries
from bot.storage.drafts import Drafts
from bot.storage.following import Following, Version
from bot.storage.notices import Notices
from bot.storage.people import People
from bot.storage.replies import Replies
from bot.storage.restoring import Restored
from bot.storage.restoring import restore as restore
from bot.storage.revisions import Revisions
from bot.storage.rows import fingerprint, known_as
from bot.storage.spaces import Spaces
from bot.storage.starter_file import is_starter
from bot.storage.starter_file import starter_path as starter_path
from bot.storage.suggestions import Suggestions
from bot.storage.tables import write

__all__ = [
    "ALL_STATES",
    "STARTER",
    "Backup",
    "Change",
    "Draft",
    "Listing",
    "Missing",
    "Notice",
    "Overtaken",
    "Restored",
    "Revision",
    "Store",
    "Suggestion",
    "SuggestionKind",
    "SuggestionState",
    "Trace",
    "Version",
    "fingerprint",
    "known_as",
    "restore",
    "starter_path",
]

Missing = Literal["refuse", "empty", "starter"]
"""What to do when there is no database: refuse, create an empty one, or one with the starter's claims."""

STARTER = "starter"
"""The actor and the origin of what the starter adds and updates; a database remembers its stamp by this name."""


class Store(Claims):
    """An open claim database. Close it, or use it in a `with` statement.

    Every method raises `Refused` in words for a person when the file is busy, damaged, full or read-only.
    """

    def __init__(self, db: Database, path: str = ":memory:", *, writable: bool = True, created: bool = False) -> None:
        super().__init__(Connection(db, path, writable=writable))
        self.path = path
        self.writable = writable
        self.created = created
        self.kept: Path | None = None
        """The backup of an older database that this opening brought up to date."""
        self._revisions = Revisions(self._connection)
        self.people = People(self._connection)
        self.following = Following(self._connection)
        self.communities = Communities(self._connection, self.people)
        self.spaces = Spaces(self._connection, self._revisions, self.people, self.communities)
        self.suggestions = Suggestions(self._connection, self.people)
        self.drafts = Drafts(self._connection, self.people)
        self.deliveries = Deliveries(self._connection)
        self.notices = Notices(self._connection)
        self.replies = Replies(self._connection)

    @property
    def db(self) -> Database:
        """The connection as it is now: a file that was replaced is opened anew."""
        return self._connection.db

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
        with kept_older(path, readonly=readonly) as kept:
            db, writable = database.open_existing(path, readonly=readonly or is_starter(path))
        opened = cls(db, str(path), writable=writable, created=created)
        opened.kept = kept
        return opened

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
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Hold the write lock; commit at the end, roll back on any error.

        Inside another transaction it is a part of that one: an error must then leave the outer one too.
        Raises `Refused` when the database is read-only, or is busy for longer than 5 seconds.
        """
        return self._connection.transaction()

    def data_version(self) -> tuple[int, int]:
        """Return a value that differs from an earlier one if any process has changed claims since."""
        number, last = self._revisions.last()
        return number, int.from_bytes(last[:8])

    def save_many(self, changes: Sequence[Change], trace: Trace, *, salt: bytes | None = None) -> int:
        """Save these changes with one revision each, all or none; return how many there were.

        A change that changes nothing is left out. Raises `Stale` when a claim is not (any more) what its
        `before` says, and `ValueError` when a change would give a claim another id. A fixed `salt` is for texts that
        are public anyway: the revisions then depend on nothing else.
        """
        if any(each.before is not None and each.before.id != each.after.id for each in changes):
            raise ValueError("a change may not give a claim another id")
        wanted = [each for each in changes if each.before != each.after]
        with self.transaction():
            stored = {claim.id: claim for claim in self.get_many([each.after.id for each in wanted])}
            for each in wanted:
                if stored.get(each.after.id) != each.before:
                    raise Stale(f"The claim {each.after.id} was changed by somebody else just now: look again.")
            write(self._connection, wanted)
            person = self.people.person(trace.actor, trace.name)
            self._revisions.record(wanted, person, trace, salt)
        return len(wanted)

    def save(self, before: Claim | None, after: Claim, trace: Trace, verb: str = "") -> int:
        """Save one change; see `save_many`."""
        return self.save_many([Change(before, after, verb)], trace)

    def remembered(self, name: str) -> str:
        """Return what this database knows about itself under `name`; empty when nothing."""
        found = self._connection.fetch("SELECT value FROM meta WHERE name = ?", [name])
        return str(found[0][0]) if found else ""

    def remember(self, name: str, value: str) -> None:
        """Keep `value` in this database under `name`."""
        self._connection.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    def last_revision(self, claim_id: str) -> int:
        """Return the number of a claim's last revision; 0 when it has none."""
        return self._revisions.last_of(claim_id)

    def history(self, claim_id: str) -> list[Revision]:
        """Return all revisions of a claim, oldest first."""
        return self._revisions.history(claim_id)

    def batch(self, batch: str) -> list[Revision]:
        """Return all revisions that were made together, oldest first."""
        return self._revisions.batch(batch)

    def revision(self, number: int, spaces: Collection[str] | None = None) -> Revision:
        """Return the revision with this number. Raises `NotFound`, for one of a space not in `spaces` too."""
        return self._revisions.revision(number, spaces)

    def recent(self, spaces: Collection[str] | None, *, limit: int, before: int = 0) -> list[Revision]:
        """Return the last `limit` revisions of these spaces (None: of all), newest first; with `before`, older ones."""
        return self._revisions.recent(spaces, limit=limit, before=before)

    def touched_by_others(self, origin: str) -> set[str]:
        """Return the ids of the claims that have a revision of another origin than this."""
        return self._revisions.touched_by_others(origin)

    def chain_head(self) -> str:
        """Return number and hash of the last revision, `NUMBER:HASH`.

        Written down outside the database, it is the anchor that shows later whether anything up to it was changed.
        """
        return chain.head(*self._revisions.last())

    def check_chain(self, anchor: str = "") -> list[str]:
        """Return a plain sentence for each thing that was edited, dropped, reordered or put in; none when sound.

        Looks at every revision and its texts, and whether each claim is what its last revision says. `anchor` is
        what `chain_head` gave earlier. Not found without one: the last revisions cut off together with what they did
        to the claims and with the count of revisions, or the whole history written anew by somebody who knows how.
        Raises `Refused` for an anchor that is none.
        """
        return checking.check(self._connection, anchor)

    def take_down(self, text: str, trace: Trace, *, dry_run: bool = False) -> int:
        """Remove every stored value that holds `text`, in whatever capitals; return how many. For legal demands.

        Claims lose the values that hold it (one that loses its text is removed); so do their revisions, under
        their commitments, and one revision for each claim records that. Suggestions, drafts, notices and kept answers
        that hold it go, display names become empty. The chain stays sound, and no byte of it stays in the file.
        Ids, tags of imports and spaces stay: what is in them cannot be taken down. There is no undo: see `dry_run`.
        """
        person = "" if dry_run else self.people.person(trace.actor, trace.name)
        return takedown.take_down(self._connection, self._revisions, text, person, trace, dry_run=dry_run)

    def forget(self, account: str) -> int:
        """Forget a person; return how many rows are gone.

        The tie between account and random id, the name, drafts, notices, what they backed, blocks and moderating
        are gone, and no byte of them stays in the file. Revisions stay, under a random id that stands for nobody.
        """
        return personal.forget(self._connection, self.people, account)

    def about(self, account: str) -> dict[str, Any]:
        """Return everything stored about this account, as what JSON can hold."""
        books = (self.people, self._revisions, self.suggestions, self.drafts)
        return personal.about(self._connection, *books, account)

    def back_up(self, target: Path, *, force: bool = False, rest: float = 0.0) -> Backup:
        """Write a backup to `target`, while others may use the database, and read it back.

        Raises `Refused`, with nothing left behind, when `target` is there (unless `force`) or cannot be written, and
        when the copy is not sound.
        """
        return back_up(Path(self.path), target, force=force, rest=rest)

    def size(self) -> int:
        """Return how many bytes the file has; 0 when it is gone."""
        with suppress(OSError):
            return Path(self.path).stat().st_size
        return 0

    def schema(self) -> int:
        """Return the version of the form in which the file keeps things."""
        return migrations.schema_version(self.db)

    def damage(self) -> list[str]:
        """Read the whole file and return what is wrong with it, in SQLite's words.

        Nothing when it is sound.
        """
        return checking.damage(self._connection)
