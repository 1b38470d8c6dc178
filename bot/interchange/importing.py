"""Import.

Read a file, check every row, compare with what is on record, and write it all at once or not at all.

A row is known by its external id in its space; failing that by its text, claimant and date
(`bot.store.known_as`), unless the claim found in that way is one that the file names by another external id. A
new row without an external id gets one that follows from the same three, so that it is still known when
somebody has since edited the claim.
"""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.errors import BadValue, FactbotError, Refused, Stale
from bot.fields.checks import checked_space
from bot.fields.columns import Fields, read_fields
from bot.interchange import reviews, table
from bot.interchange.files import Progress, format_of, no_progress, read_file, refuse_beyond, shown, text_of
from bot.model import Claim, State
from bot.store import Change, Store, Trace, known_as

ORIGIN = "import"
_READERS: dict[str, Callable[[str], list[table.Row]]] = {
    ".csv": table.read_csv,
    ".jsonl": table.read_jsonl,
    ".json": reviews.read_reviews,
}
_SHOWN = 10
_TRIES = 3
"""How often a file is compared with what is on record; the last time nobody else can write meanwhile."""
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken: its number and one sentence for each thing that is wrong with it."""

    number: int
    message: str

    def __str__(self) -> str:
        return f"Row {self.number}: {self.message}"


class BadFile(Refused):
    """A file with rows that cannot be taken; `problems` holds them all, the message the first ten."""

    def __init__(self, name: str, problems: Sequence[RowProblem]) -> None:
        count = f"{len(problems)} bad rows" if len(problems) > 1 else "1 bad row"
        more = f" … and {len(problems) - _SHOWN} more." if len(problems) > _SHOWN else ""
        told = " ".join(map(str, problems[:_SHOWN]))
        super().__init__(f"{name} was not imported, it has {count}. {told}{more}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: claims by what became of them, and the rows that were left out.

    `batch` names the revisions, so that the import can be undone as a whole; it is empty when there are none.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()
    dry_run: bool = False
    batch: str = ""

    @property
    def skipped(self) -> int:
        """How many rows were left out."""
        return len(self.problems)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One good row: its values, and the claim that it would be if nothing were on record."""

    number: int
    fields: Fields
    draft: Claim
    key: str
    named: bool


@dataclass(slots=True)
class _Plan:
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)


def import_file(
    store: Store,
    path: str | Path,
    *,
    space: str | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    actor: str = "",
    name: str = "",
    progress: Progress = no_progress,
) -> ImportReport:
    """Import the claims of `path`; see `import_bytes`. `actor` is the account, `name` what people call it."""
    path = Path(path)
    format_of(str(path))
    return import_bytes(
        store,
        str(path),
        read_file(path),
        Trace(actor, ORIGIN, name=name),
        space=space,
        dry_run=dry_run,
        skip_bad=skip_bad,
        progress=progress,
    )


def import_bytes(
    store: Store,
    name: str,
    content: bytes,
    trace: Trace,
    *,
    space: str | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    most: int = 0,
    progress: Progress = no_progress,
) -> ImportReport:
    """Import the claims that a file of this name (`.csv`, `.jsonl`, `.json`) holds into `store`.

    With `space`, every row is a claim of that space, whatever it names itself, and no other space is touched.
    Nothing is written before every row has been read and checked, and then all of it in one transaction, under
    the batch of `trace` or, without one, a new one. Raises `BadFile` when a row is bad, unless `skip_bad` leaves such
    rows out, and `Refused` for more than `most` bytes (0: no limit), and an unreadable file or database.
    """
    refuse_beyond(len(content), most, name)
    into = None if space is None else checked_space("space", space)
    rows = _read(name, content)
    entries, bad = _checked(rows, into, progress)
    for left in reversed(range(_TRIES)):
        with suppress(Stale), nullcontext() if left else store.transaction():
            seen = store.data_version()
            plan = _plan(store, entries, bad)
            if plan.problems and not skip_bad:
                raise BadFile(shown(name), plan.problems)
            report = _report(plan, trace, dry_run=dry_run)
            if report.batch:
                _write(store, plan.changes, replace(trace, batch=report.batch), seen, _second_half(progress, len(rows)))
            if rows:
                progress(2 * len(rows), 2 * len(rows))
            return report
    raise Refused(f"The database {store.path} is being changed all the time: import again in a moment.")


def _second_half(progress: Progress, rows: int) -> Progress:
    """Checking the rows is the first half of the work, writing the changes the second."""
    return lambda done, total: progress(rows + rows * done // total, 2 * rows)


def _read(name: str, content: bytes) -> list[table.Row]:
    read = _READERS[format_of(name)]
    text = text_of(name, content)
    try:
        return read(text)
    except Refused as error:
        raise Refused(f"{shown(name)} was not imported: {error.message}") from error


def _report(plan: _Plan, trace: Trace, *, dry_run: bool) -> ImportReport:
    new = sum(change.before is None for change in plan.changes)
    changed = len(plan.changes) - new
    batch = (trace.batch or f"import-{secrets.token_hex(6)}") if plan.changes and not dry_run else ""
    return ImportReport(new, changed, plan.unchanged, tuple(plan.problems), dry_run, batch)


def _write(store: Store, changes: Sequence[Change], trace: Trace, seen: tuple[int, int], progress: Progress) -> None:
    """Write what was planned, unless another process has changed the database since it was looked at."""
    with store.transaction():
        if store.data_version() != seen:
            raise Stale("The database has been changed since it was read.")
        for start in range(0, len(changes), _AT_ONCE):
            progress(start, len(changes))
            store.save_many(changes[start : start + _AT_ONCE], trace)


def _checked(rows: Sequence[table.Row], space: str | None, progress: Progress) -> tuple[list[_Entry], list[RowProblem]]:
    entries, problems = [], []
    for done, row in enumerate(rows, start=1):
        try:
            entries.append(_entry(row, space))
        except FactbotError as error:
            problems.append(RowProblem(row.number, error.message))
        progress(done, 2 * len(rows))
    return entries, problems


def _entry(row: table.Row, space: str | None) -> _Entry:
    if row.problem is not None:
        raise row.problem
    fields = read_fields(row.values if space is None else {**row.values, "space": space})
    named = bool(fields.plain.get("external_id"))
    draft = fields.claim()
    key = known_as(draft.text, draft.claimant, draft.said_on)
    if not named:
        draft = replace(draft, external_id=f"t{hashlib.sha256(key.encode()).hexdigest()[:12]}")
    return _Entry(row.number, fields, draft, key, named)


def _plan(store: Store, entries: Iterable[_Entry], bad: Iterable[RowProblem]) -> _Plan:
    by_space: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_space[entry.draft.space].append(entry)
    plan = _Plan(problems=list(bad))
    for space, group in by_space.items():
        _SpacePlan(store, space, group).add_to(plan)
    plan.problems.sort(key=lambda problem: problem.number)
    return plan


class _SpacePlan:
    """Decides for the rows of one space which claim each of them is."""

    def __init__(self, store: Store, space: str, entries: Sequence[_Entry]) -> None:
        ids = {entry.draft.external_id for entry in entries}
        stored = store.find_many(space, ids, {entry.key for entry in entries})
        self._entries = entries
        self._named = {entry.draft.external_id for entry in entries if entry.named}
        self._by_id = {claim.external_id: claim for claim in stored}
        self._by_key: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(stored, key=lambda claim: claim.state is State.REMOVED):
            self._by_key[known_as(claim.text, claim.claimant, claim.said_on)].append(claim)
        self._new_by_key: dict[str, str] = {}
        self._taken: dict[str, tuple[int, Claim]] = {}

    def add_to(self, plan: _Plan) -> None:
        """Decide on all rows, those with an external id first: the others may turn out to be one of them."""
        for entry in sorted(self._entries, key=lambda entry: not entry.named):
            before = self._known(entry)
            after = self._after(entry, before)
            earlier = self._taken.setdefault(after.external_id, (entry.number, after))
            if earlier[0] != entry.number:
                self._add_repeated(plan, entry, after, earlier)
            elif before == after:
                plan.unchanged += 1
            else:
                plan.changes.append(Change(before, after))

    def _known(self, entry: _Entry) -> Claim | None:
        if entry.named and entry.draft.external_id in self._by_id:
            return self._by_id[entry.draft.external_id]
        same = self._by_key.get(entry.key, [])
        if entry.named:
            free = (each for each in same if each.external_id not in self._named | self._taken.keys())
            return next(free, None)
        return next(iter(same), None) or self._by_id.get(entry.draft.external_id)

    def _after(self, entry: _Entry, before: Claim | None) -> Claim:
        if before is not None:
            return replace(entry.fields.claim(before), external_id=before.external_id, space=before.space)
        if entry.named:
            self._new_by_key.setdefault(entry.key, entry.draft.external_id)
            return entry.draft
        return replace(entry.draft, external_id=self._new_by_key.get(entry.key, entry.draft.external_id))

    def _add_repeated(self, plan: _Plan, entry: _Entry, after: Claim, earlier: tuple[int, Claim]) -> None:
        number, first = earlier
        if first == after:
            plan.unchanged += 1
            return
        column = "external_id" if entry.named else "text"
        problem = BadValue(column, getattr(after, column), f"is also in row {number}, with other content")
        plan.problems.append(RowProblem(entry.number, problem.message))
