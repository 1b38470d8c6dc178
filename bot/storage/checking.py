"""Verify the chain of revisions in one pass, and that the claims are what their last revisions say."""

import re
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bot.errors import FactbotError, Refused
from bot.storage import rows, tables
from bot.storage.chain import GENESIS, TAKEDOWN, Row, erased, holds, link, link_record, listed
from bot.storage.connection import EACH, Connection, array

_ANCHOR = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_AT_ONCE = 100
_CHAIN = f"""
    SELECT {", ".join(Row._fields)}, hash, NULL AS record, 0 AS gone FROM revisions
    UNION ALL SELECT id, {", ".join(["NULL"] * (len(Row._fields) - 1))}, hash, record, record ISNULL FROM erased
    ORDER BY id
"""
_PARTS = {"why": "the reason", "before": "the claim before it", "after": "the claim after it"}


def check(connection: Connection, anchor: str = "", *, rest: float = 0.0) -> list[str]:
    """Return a sentence for each thing that is wrong; see `Store.check_chain`.

    `rest`: seconds to wait after every hundred rows, for a process that has others to answer meanwhile.
    """
    named = _read_anchor(anchor)
    with connection.held():
        return _Check(connection, rest).problems(named)


def _read_anchor(anchor: str) -> tuple[int, bytes] | None:
    if not anchor.strip():
        return None
    found = _ANCHOR.fullmatch(anchor.strip().lower())
    if found is None:
        raise Refused("An anchor is the number and the hash of a revision, NUMBER:HASH, as the check shows them.")
    return int(found[1]), bytes.fromhex(found[2])


def damage(connection: Connection) -> list[str]:
    """Read the whole file and return what is wrong with it, in SQLite's words; nothing when it is sound."""
    with connection.held():
        found = [row[0] for row in connection.fetch("PRAGMA integrity_check") if row[0] != "ok"]
        lost = connection.fetch("PRAGMA foreign_key_check")
    return found + [f"a row of {row[0]} belongs to no row of {row[2]}" for row in lost]


class _Check:
    """One pass over contents, revisions and claims, under one read lock."""

    def __init__(self, connection: Connection, rest: float) -> None:
        self._connection = connection
        self._rest = rest
        self._contents: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self._last: dict[str, bytes] = {}

    def problems(self, anchor: tuple[int, bytes] | None) -> list[str]:
        self._read_contents()
        return [*self._of_the_chain(anchor), *self._of_strays(), *self._of_claims()]

    def _read_contents(self) -> None:
        """Note of each text what is wrong with it: nothing, or one word."""
        gone = self._taken_down()
        for commitment, salt, body in self._rows("SELECT commitment, salt, CAST(body AS BLOB) FROM contents"):
            empty = salt is None and body is None
            fits = commitment in gone if empty else holds(commitment, salt, body)
            self._contents[commitment] = "" if fits else "missing" if empty else "edited"

    def _taken_down(self) -> set[bytes]:
        sql = "SELECT CAST(body AS BLOB) FROM revisions JOIN contents ON commitment = why WHERE verb = ?"
        return {each for row in self._connection.fetch(sql, [TAKEDOWN]) for each in listed(_decoded(row[0]))}

    def _rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Sequence[Any]]:
        found = self._connection.db.execute(sql, list(values))
        while some := found.fetchmany(_AT_ONCE):
            yield from some
            time.sleep(self._rest)

    def _of_the_chain(self, anchor: tuple[int, bytes] | None) -> Iterator[str]:
        number, previous, recorded = 0, GENESIS, self._recorded()
        for *values, written, record, gone in self._rows(_CHAIN):
            row = Row._make(values)
            if row.id != number + 1:
                yield _gap(number + 1, row.id - 1)
            elif gone:
                if not _is_in(row.id, recorded):
                    yield f"Revision {row.id} was erased without a record of it."
            elif written != (link(previous, row) if record is None else link_record(previous, row.id, record)):
                yield f"Revision {row.id} does not fit the one before it: one of them was edited, moved or put in."
            if anchor and anchor[0] == row.id and anchor[1] != written:
                yield f"Revision {row.id} is not the one that the anchor names: the history was written anew."
            if record is None and not gone:
                yield from self._of_texts(row)
                self._last[row.claim_id] = row.after or b""
            number, previous = row.id, written
        yield from self._of_the_tail(number, anchor)

    def _recorded(self) -> list[range]:
        """Return the numbers that were erased, by the records of that, sorted."""
        found = self._connection.fetch("SELECT CAST(record AS BLOB) FROM erased WHERE record NOTNULL")
        return sorted((each for (record,) in found for each in erased(_decoded(record))), key=_begin)

    def _of_texts(self, row: Row) -> Iterator[str]:
        for name, part in _PARTS.items():
            commitment = getattr(row, name)
            if commitment is not None and commitment not in self._used:
                self._used.add(commitment)
                if wrong := self._contents.get(commitment, "missing"):
                    yield f"Revision {row.id}: the text of {part} is {wrong}."

    def _of_the_tail(self, number: int, anchor: tuple[int, bytes] | None) -> Iterator[str]:
        given = self._connection.fetch("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'revisions'")
        if given[0][0] > number:
            yield _gap(number + 1, given[0][0])
        if anchor and anchor[0] > number:
            yield f"The anchor names revision {anchor[0]}, and the last one here is {number}: the rest was cut off."

    def _of_strays(self) -> Iterator[str]:
        if strays := len(self._contents.keys() - self._used):
            yield f"{strays} of the texts belong to no revision."

    def _of_claims(self) -> Iterator[str]:
        """Compare the claims with what their last revisions say."""
        for (claim_id,) in self._connection.fetch("SELECT id FROM claims ORDER BY id"):
            if claim_id not in self._last:
                yield f"The claim {claim_id} has no revision: it was put in."
        ids = iter(self._last)
        while some := list(islice(ids, _AT_ONCE)):
            yield from self._of_some_claims(some)
            time.sleep(self._rest)

    def _of_some_claims(self, ids: list[str]) -> Iterator[str]:
        sql = (
            "SELECT claim_id, CAST(body AS BLOB) FROM revisions LEFT JOIN contents ON commitment = after WHERE id IN"
            f" (SELECT max(id) FROM revisions WHERE claim_id IN {EACH} GROUP BY claim_id)"
        )
        said = dict(self._connection.fetch(sql, [array(ids)]))
        try:
            known = {claim.id: claim for claim in tables.load(self._connection, f"id IN {EACH}", [array(ids)])}
        except FactbotError as problem:
            yield problem.message
            return
        for claim_id in ids:
            claim, body = known.get(claim_id), said.get(claim_id)
            if claim is None:
                yield f"The claim {claim_id} is missing, or its id was edited."
            elif not _same(rows.claim_to_json(claim), _decoded(body)):
                yield f"The claim {claim_id} is not what its last revision says: it was edited past the history."


def _same(claim: str, body: str) -> bool:
    """Whether a claim and the text of a revision say the same; an older Factbot wrote fewer fields."""
    if claim == body:
        return True
    try:
        return rows.claim_to_json(rows.claim_from_json(body)) == claim
    except (ValueError, TypeError, AttributeError, FactbotError):
        return False


def _begin(numbers: range) -> int:
    return numbers.start


def _is_in(number: int, ranges: Sequence[range]) -> bool:
    """Whether one of these ranges, sorted and apart, holds the number."""
    place = bisect(ranges, number, key=_begin)
    return place > 0 and number in ranges[place - 1]


def _decoded(body: bytes | None) -> str:
    return (body or b"").decode(errors="replace")


def _gap(first: int, last: int) -> str:
    if first > last:
        return f"Revision {last + 1} is there out of turn: the numbers do not go on by one."
    return f"Revision {first} is missing." if first == last else f"Revisions {first} to {last} are missing."
