"""The revisions book: every change to a claim, each linked to the one before it (see `chain`)."""

import heapq
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from bot.errors import NotFound
from bot.model import Claim
from bot.records import Change, Revision, Trace
from bot.storage import rows
from bot.storage.chain import GENESIS, Content, Row, link, link_record, new_content
from bot.storage.clock import now
from bot.storage.connection import EACH, Connection, array
from bot.storage.people import is_person
from bot.storage.plain import plain_values
from bot.text import clean

MAX_WHY = 1_000

_READ = """
    SELECT r.id, r.claim_id, r.space, r.at, r.person, coalesce(people.account, ''), coalesce(people.name, ''),
    r.origin, r.verb, r.batch, r.undoes, r.why, why.body, r.before, before.body, r.after, after.body
    FROM revisions AS r LEFT JOIN people ON people.person = r.person
    LEFT JOIN contents AS why ON why.commitment = r.why
    LEFT JOIN contents AS before ON before.commitment = r.before
    LEFT JOIN contents AS after ON after.commitment = r.after
"""
_LAST_AFTER = f"""
    SELECT claim_id, after FROM revisions
    WHERE id IN (SELECT max(id) FROM revisions WHERE claim_id IN {EACH} GROUP BY claim_id)
"""


LAST = """
    SELECT id, hash FROM (SELECT * FROM (SELECT id, hash FROM revisions ORDER BY id DESC LIMIT 1)
    UNION ALL SELECT * FROM (SELECT id, hash FROM erased ORDER BY id DESC LIMIT 1)) ORDER BY id DESC LIMIT 1
"""
"""Number and hash of the last link of the chain: a revision, or the record of an erasure."""


class Revisions:
    """What was changed, by whom, when and why, oldest first.

    Nothing here is ever changed; only a whole community's revisions are ever deleted (see `spaces`).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, changes: Sequence[Change], person: str, trace: Trace, salt: bytes | None = None) -> None:
        """Write one revision for each change, inside the transaction that makes it.

        A fixed `salt` is for texts that are public anyway: what is written then depends on nothing else.
        """
        at, why = trace.at or now(), _why(trace, salt)
        contents = [] if why is None else [why]
        last = self.last_after([each.after.id for each in changes if each.before])
        found = []
        for each in changes:
            claim_id, after = each.after.id, new_content(rows.claim_to_json(each.after), salt)
            before = last.get(claim_id) if each.before else None
            made = (claim_id, each.after.space, at, person, trace.origin, each.verb or _verb(each), trace.batch)
            found.append(Row(0, *made, why and why.commitment, trace.undoes, before, after.commitment))
            contents.append(after)
            last[claim_id] = after.commitment
        self.append(found, contents)

    def append(self, found: Iterable[Row], contents: Iterable[Content]) -> None:
        """Number these rows, link them to the chain, and write them with their contents."""
        number, previous = self._end()
        linked = []
        for place, row in enumerate(found, start=1):
            numbered = row._replace(id=number + place)
            previous = link(previous, numbered)
            linked.append((*numbered, previous))
        self._connection.run_many("INSERT OR IGNORE INTO contents VALUES (?, ?, ?)", contents)
        self._connection.run_many(f"INSERT INTO revisions VALUES ({', '.join('?' * 13)})", linked)

    def append_record(self, record: str) -> None:
        """Link the record of an erasure to the chain."""
        number, previous = self._end()
        row = [number + 1, link_record(previous, number + 1, record), record]
        self._connection.run("INSERT INTO erased VALUES (?, ?, ?)", row)
        self._connection.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'revisions'", [number + 1])

    def _end(self) -> tuple[int, bytes]:
        """Return the highest number ever given, and the hash that the next revision is linked to.

        A number is given once: where the last revisions were cut off, a gap stays.
        """
        number, last = self.last()
        given = self._connection.fetch("SELECT seq FROM sqlite_sequence WHERE name = 'revisions'")
        return max(number, *[row[0] for row in given], 0), last

    def last(self) -> tuple[int, bytes]:
        """Return number and hash of the last link of the chain."""
        found = self._connection.fetch(LAST)
        with plain_values():
            return (int(found[0][0]), bytes(found[0][1])) if found else (0, GENESIS)

    def last_after(self, ids: Collection[str]) -> dict[str, bytes]:
        """Return the commitment to what each of these claims became by its last revision."""
        return dict(self._connection.fetch(_LAST_AFTER, [array(ids)])) if ids else {}

    def history(self, claim_id: str) -> list[Revision]:
        """Return all revisions of a claim, oldest first."""
        return self._load("WHERE r.claim_id = ? ORDER BY r.id", [claim_id])

    def last_of(self, claim_id: str) -> int:
        """Return the number of a claim's last revision; 0 when it has none."""
        found = self._connection.fetch("SELECT max(id) FROM revisions WHERE claim_id = ?", [claim_id])
        return int(found[0][0] or 0)

    def batch(self, batch: str) -> list[Revision]:
        """Return all revisions that were made together, oldest first."""
        return self._load("WHERE r.batch = ? AND r.batch <> '' ORDER BY r.id", [batch])

    def revision(self, number: int, spaces: Collection[str] | None = None) -> Revision:
        """Return the revision with this number. Raises `NotFound`, for one of a space not in `spaces` too."""
        found = self._load("WHERE r.id = ?", [number]) if 0 < number < 1 << 63 else []
        if not found or (spaces is not None and found[0].space not in spaces):
            raise NotFound(f"There is no change number {number} here.")
        return found[0]

    def recent(self, spaces: Collection[str] | None, *, limit: int, before: int = 0) -> list[Revision]:
        """Return the last `limit` revisions of these spaces (None: of all), newest first.

        With `before`, only those with a lower number: the next page.
        """
        below = before if before > 0 else 1 << 62
        if spaces is None:
            return self._load("WHERE r.id < ? ORDER BY r.id DESC LIMIT ?", [below, limit])
        sql = "WHERE r.space = ? AND r.id < ? ORDER BY r.id DESC LIMIT ?"
        with self._connection.held():
            each_space = [self._load(sql, [space, below, limit]) for space in set(spaces)]
        return heapq.nlargest(limit, (one for found in each_space for one in found), key=lambda one: one.id)

    def of_person(self, person: str) -> list[Revision]:
        """Return all revisions by whoever has this id, oldest first."""
        return self._load("WHERE r.person = ? ORDER BY r.id", [person])

    def touched_by_others(self, origin: str) -> set[str]:
        """Return the ids of the claims that have a revision of another origin than this."""
        found = self._connection.fetch("SELECT DISTINCT claim_id FROM revisions WHERE origin <> ?", [origin])
        return {row[0] for row in found}

    def _load(self, condition: str, values: Sequence[object]) -> list[Revision]:
        found = self._connection.fetch(f"{_READ} {condition}", values)
        with plain_values():
            return [_revision(row) for row in found]


def _verb(change: Change) -> str:
    return "edit" if change.before else "add"


def _why(trace: Trace, salt: bytes | None) -> Content | None:
    text = clean(trace.why, MAX_WHY)
    return new_content(text, salt) if text else None


def _revision(row: Sequence[Any]) -> Revision:
    *first, undoes, why, why_text, before, before_text, after, after_text = row
    number, claim_id, space, at, person, account, name, origin, verb, batch = first
    texts = ((why, why_text), (before, before_text), (after, after_text))
    return Revision(
        number,
        claim_id,
        space,
        at,
        person,
        account or ("" if is_person(person) else person),
        name,
        origin,
        verb,
        batch,
        (why_text or "").partition("\n")[0],
        undoes,
        _claim(before_text),
        _claim(after_text),
        taken_down=any(commitment is not None and text is None for commitment, text in texts),
    )


def _claim(text: str | None) -> Claim | None:
    return None if text is None else rows.claim_from_json(text)
