"""The statements that read and write claims, each on a connection inside a transaction.

Only the store calls these. Statement text is built from our own column names; every value is bound. A list of
values is bound as one JSON array, so that ten thousand ids are one statement and not ten thousand.
"""

import json
from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any

from bot.model import Claim, Source
from bot.records import Change
from bot.storage import rows
from bot.storage.connection import Connection
from bot.storage.plain import plain_values

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


def load(connection: Connection, condition: str = "", values: Sequence[object] = ()) -> list[Claim]:
    """Return the claims that meet `condition` (all when empty), sorted by space and id, in one statement."""
    where = f"WHERE {condition}" if condition else ""
    found = connection.fetch(f"{_READ} {where}", values)
    with plain_values():
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


def write(connection: Connection, changes: Collection[Change]) -> None:
    """Write the claims as they should be, with all that belongs to them."""
    many = connection.run_many
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
