"""The statements that read and write claims and their revisions, each on a connection inside a transaction.

Only the store calls these. Statement text is built from our own column names; every value is bound. A list of
values is bound as one JSON array, so that ten thousand ids are one statement and not ten thousand.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from bot.model import Claim, Source
from bot.storage import rows

EACH = "(SELECT value FROM json_each(?))"
"""Stands for the values of one bound JSON array, in `x IN …`."""

_PLACES = ", ".join("?" * (len(rows.PLAIN) + 2))


def _arrayed(what: str, table: str, condition: str = "true") -> str:
    """Return a column that holds, as a JSON array, what belongs to a claim, in its order."""
    ordered = f"SELECT * FROM {table} WHERE claim_id = claims.id AND {condition} ORDER BY position"
    return f"(SELECT json_group_array({what}) FROM ({ordered}))"


_READ = f"""
    SELECT id, {", ".join(rows.PLAIN)}, {_arrayed(f"json_array({', '.join(rows.SOURCE)})", "sources")},
    {_arrayed("text", "phrasings", "never = 0")}, {_arrayed("text", "phrasings", "never = 1")},
    {_arrayed("tag", "tags")} FROM claims
"""
_NOTHING = "[]"
_DECODER = json.JSONDecoder()
_INSERT = f"INSERT INTO claims (id, {', '.join(rows.PLAIN)}, known_as) VALUES ({_PLACES})"
_UPDATE = f"""
    UPDATE claims SET (id, {", ".join(rows.PLAIN)}, known_as)
    = ({_PLACES}), version = version + 1 WHERE id = ?
"""
_REVISIONS = "SELECT id, claim_id, at, actor, origin, verb, batch, before, after FROM revisions"


@dataclass(frozen=True, slots=True)
class Change:
    """One claim as it was read (None: it is not there) and as it should be.

    Its id stays; an empty verb is add or edit.
    """

    before: Claim | None
    after: Claim
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Who changes claims, and through what (`terminal`, `discord`, `import`, …).

    Revisions with one `batch` can be undone together. `at` is UTC in ISO 8601, now when empty.
    """

    actor: str
    origin: str
    batch: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One change on record; `before` is None when the claim was not there."""

    id: int
    claim_id: str
    at: str
    actor: str
    origin: str
    verb: str
    batch: str
    before: Claim | None
    after: Claim | None


def fetch(db: Database, sql: str, values: Sequence[object] = ()) -> list[Any]:
    """Return all rows at once, as tuples."""
    return db.execute(sql, list(values)).fetchall()


def array(values: Iterable[str]) -> str:
    """Return the value to bind for `EACH`."""
    return json.dumps(list(values))


def load(db: Database, condition: str = "", values: Sequence[object] = ()) -> list[Claim]:
    """Return the claims that meet `condition` (all when empty), sorted by space and id, in one statement."""
    where = f"WHERE {condition}" if condition else ""
    found = fetch(db, f"{_READ} {where}", values)
    return [_claim(row) for row in sorted(found, key=itemgetter(1, 0))]


def _claim(row: Sequence[str]) -> Claim:
    _, *plain, sources, phrasings, never_phrasings, tags = row
    return rows.make_claim(
        plain,
        () if sources == _NOTHING else tuple(Source(*each) for each in _decoded(sources)),
        *(() if texts == _NOTHING else tuple(_decoded(texts)) for texts in (phrasings, never_phrasings, tags)),
    )


def _decoded(array_text: str) -> list[Any]:
    """Decode what SQLite wrote, without the search for blanks that costs `json.loads` most of its time."""
    value, _ = _DECODER.raw_decode(array_text)
    return list(value)


def by_ids(db: Database, ids: Collection[str]) -> dict[str, Claim]:
    """Return the claims with these ids, by id."""
    return {claim.id: claim for claim in load(db, f"id IN {EACH}", [array(ids)])} if ids else {}


def write(db: Database, changes: Collection[Change]) -> None:
    """Write the claims as they should be, with all that belongs to them."""
    many = db.conn.executemany
    many(_INSERT, [rows.claim_row(each.after) for each in changes if each.before is None])
    known = [each.after for each in changes if each.before is not None]
    many(_UPDATE, [(*rows.claim_row(claim), claim.id) for claim in known])
    for table in ("sources", "phrasings", "tags"):
        many(f"DELETE FROM {table} WHERE claim_id = ?", [(claim.id,) for claim in known])
    after = [each.after for each in changes]
    many(
        "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)",
        [row for each in after for row in rows.source_rows(each)],
    )
    many(
        "INSERT INTO phrasings VALUES (?, ?, ?, ?)",
        [row for each in after for row in rows.phrasing_rows(each)],
    )
    many("INSERT INTO tags VALUES (?, ?, ?)", [row for each in after for row in rows.tag_rows(each)])


def record(db: Database, changes: Collection[Change], trace: Trace) -> None:
    """Write one revision for each change."""
    at = trace.at or datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    db.conn.executemany(
        "INSERT INTO revisions (claim_id, at, actor, origin, verb, batch, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                each.after.id,
                at,
                trace.actor,
                trace.origin,
                each.verb or ("edit" if each.before else "add"),
                trace.batch,
                rows.claim_to_json(each.before) if each.before else None,
                rows.claim_to_json(each.after),
            )
            for each in changes
        ],
    )


def revisions(db: Database, condition: str, values: Sequence[object]) -> list[Revision]:
    """Return the revisions that meet `condition`, oldest first."""
    found = fetch(db, f"{_REVISIONS} WHERE {condition} ORDER BY id", values)
    return [Revision(*row[:-2], *map(_maybe, row[-2:])) for row in found]


def _maybe(text: str | None) -> Claim | None:
    return None if text is None else rows.claim_from_json(text)
