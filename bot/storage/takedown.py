"""Take a text down by legal demand: it is nowhere in the file afterwards, and the chain still holds."""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace

from bot.errors import Refused
from bot.model import Claim, State
from bot.records import Change, Trace
from bot.storage import rows, tables
from bot.storage.chain import TAKEDOWN, Row, listing, new_content
from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.revisions import MAX_WHY, Revisions
from bot.text import clean

GONE = "[taken down]"
_SHORTEST = 2
_FIELDS = ("claimant", "claimant_role", "occasion", "via", "status_note", "original_rating")
_LISTS = ("phrasings", "never_phrasings", "tags")


class _DryRun(Exception):
    """Ends a transaction that was only to be counted."""


def take_down(
    connection: Connection, revisions: Revisions, text: str, person: str, trace: Trace, *, dry_run: bool
) -> int:
    """Remove every stored text that holds `text`; see `Store.take_down`."""
    needle = _folded(clean(text))
    if len(needle) < _SHORTEST:
        raise Refused(f"Give at least {_SHORTEST} characters of the text that is to be taken down.")
    if needle in _folded(clean(trace.why, MAX_WHY)):
        raise Refused("The reason is kept: it cannot hold the text that is to be taken down.")
    if dry_run and connection.db.conn.in_transaction:
        raise ValueError("a dry run rolls back: it cannot be a part of another transaction")
    count = 0
    with suppress(_DryRun), connection.transaction():
        count = _TakeDown(connection, revisions, needle).run(person, trace)
        if dry_run:
            raise _DryRun
    if not dry_run:
        connection.compact()
    return count


class _TakeDown:
    """One take-down, inside its transaction."""

    def __init__(self, connection: Connection, revisions: Revisions, needle: str) -> None:
        self._connection = connection
        self._revisions = revisions
        self._needle = needle

    def run(self, person: str, trace: Trace) -> int:
        changes = [Change(claim, after) for claim, after in self._held_by_claims()]
        gone = self._held_by_revisions()
        tables.write(self._connection, changes)
        if changes or gone:
            self._record(changes, gone, person, trace)
        blank = "UPDATE contents SET salt = NULL, body = NULL WHERE commitment = ?"
        self._connection.run_many(blank, [(each,) for each in gone])
        return len(changes) + len(gone) + sum(self._remove_elsewhere())

    def _held_by_claims(self) -> Iterator[tuple[Claim, Claim]]:
        for claim in tables.load(self._connection):
            after = redacted(claim, self._needle)
            if after != claim:
                yield claim, after

    def _held_by_revisions(self) -> set[bytes]:
        """Return the commitments of the texts that hold it, the records of earlier take-downs left out."""
        records = {row[0] for row in self._connection.fetch("SELECT why FROM revisions WHERE verb = ?", [TAKEDOWN])}
        raw = rows.escaped(self._needle)
        found = set()
        for commitment, body in self._connection.fetch("SELECT commitment, body FROM contents WHERE body NOTNULL"):
            if commitment not in records and raw in _folded(body) and self._is_held(body):
                found.add(commitment)
        return found

    def _is_held(self, body: str) -> bool:
        """Whether the text is in a value of this claim, or in this reason, and not just in a name of a field."""
        if not body.startswith("{"):
            return True
        try:
            claim = rows.claim_from_json(body)
        except (ValueError, TypeError, AttributeError, Refused):  # not a claim: a reason that begins with a brace
            return True
        return redacted(claim, self._needle) != claim

    def _record(self, changes: Collection[Change], gone: set[bytes], person: str, trace: Trace) -> None:
        """Write one revision for each claim that has lost a text, so that the check knows the loss for lawful."""
        after = {each.after.id: new_content(rows.claim_to_json(each.after)) for each in changes}
        touched = self._touched(gone) | {each.after.id: each.after.space for each in changes}
        reason = new_content(listing(clean(trace.why, MAX_WHY), gone))
        last, at = self._revisions.last_after(touched), trace.at or now()
        found = []
        for claim_id, space in sorted(touched.items()):
            before = last.get(claim_id)
            became = after[claim_id].commitment if claim_id in after else before
            why = reason.commitment
            row = Row(0, claim_id, space, at, person, trace.origin, TAKEDOWN, trace.batch, why, 0, before, became)
            found.append(row)
        self._revisions.append(found, [reason, *after.values()])

    def _touched(self, gone: set[bytes]) -> dict[str, str]:
        """Return the claims, with their spaces, whose revisions hold these texts."""
        found = self._connection.fetch("SELECT claim_id, space, why, before, after FROM revisions")
        return {claim_id: space for claim_id, space, *texts in found if not gone.isdisjoint(texts)}

    def _remove_elsewhere(self) -> Iterator[int]:
        """Remove it from what people typed and what waits for them."""
        for table, key, columns in (
            ("suggestions", "id", "fields, reason"),
            ("drafts", "id", "fields"),
            ("notices", "id", "title, text"),
            ("deliveries", "key", "answer"),
        ):
            yield self._each_holding(table, key, columns, f"DELETE FROM {table} WHERE {key} = ?")
        yield self._each_holding("people", "person", "name", "UPDATE people SET name = '' WHERE person = ?")
        yield self._each_holding("backers", "id", "note", "UPDATE backers SET note = '' WHERE id = ?")

    def _each_holding(self, table: str, key: str, columns: str, sql: str) -> int:
        """Run `sql` for each row whose columns hold the text; return how many there are."""
        wanted = (self._needle, rows.escaped(self._needle))
        found = self._connection.fetch(f"SELECT {key}, {columns} FROM {table}")
        keys = [(row[0],) for row in found if any(each in _readable(text) for text in row[1:] for each in wanted)]
        self._connection.run_many(sql, keys)
        return len(keys)


def redacted(claim: Claim, needle: str) -> Claim:
    """Return the claim without the values that hold `needle` (folded). Without its text it is not shown any more.

    What is part of the claim's id stays: ids are in the chain as they are.
    """
    changed: dict[str, object] = {name: "" for name in _FIELDS if needle in _folded(getattr(claim, name))}
    for name in _LISTS:
        kept = tuple(each for each in getattr(claim, name) if needle not in _folded(each))
        changed |= {name: kept} if kept != getattr(claim, name) else {}
    sources = [(each, _folded(f"{each.title}\n{each.publisher}\n{each.url}")) for each in claim.sources]
    if any(needle in told for _, told in sources):
        changed["sources"] = tuple(each for each, told in sources if needle not in told)
    if needle in _folded(claim.text):
        changed |= {"text": GONE, "state": State.REMOVED}
    # By name, mypy knows no field's type: each value here has the type that it had.
    return replace(claim, **changed) if changed else claim  # type: ignore[arg-type]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _readable(text: str) -> str:
    """Return a stored text folded, JSON without the escapes for letters: an answer may be kept in either form."""
    with suppress(ValueError):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return _folded(text)
