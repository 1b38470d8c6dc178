"""Claims as rows of a table: CSV and JSON Lines, with the columns of `bot.fields.columns.COLUMNS`.

CSV is RFC 4180 in UTF-8 (a byte order mark is tolerated, and not written). A cell that a spreadsheet would
run as a formula is written with an apostrophe before it, and one apostrophe is taken off such a cell again:
whatever begins with apostrophes and then one of `= + - @` gets one more on the way out and one less on the
way in, all else stays.

A JSON Lines row is the same row as an object: column to text, several values in one text parted by ` | ` as
in a cell (that is how they are written; lists, and `sources` as a list of objects, are read too). No
apostrophes there.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import BadValue, Refused
from bot.fields.cells import join_cell
from bot.fields.columns import COLUMNS, SOURCE_COLUMNS, Value, source_key
from bot.interchange.jsonld import json_once
from bot.interchange.values import claim_values, unknown_column
from bot.model import Claim

_JSON = json.JSONDecoder(object_pairs_hook=json_once)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n]")
_OF_HISTORY = {"number", "claim_id", "verb", "before", "after"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as a person counts, and its values by column or what is wrong with it."""

    number: int
    values: Mapping[str, Value]
    problem: BadValue | None = None


def claim_cells(claim: Claim) -> dict[str, str]:
    """Return the claim as one text per column, all columns, in their order."""
    cells: dict[str, str] = {}
    for column in COLUMNS:
        if column in SOURCE_COLUMNS:
            key = source_key(column)
            cells[column] = join_cell(getattr(source, key) for source in claim.sources)
        else:
            value = getattr(claim, column)
            cells[column] = str(value) if isinstance(value, str) else join_cell(value)
    return cells


def defused(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """Return the cell that `defused` was given."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def write_csv(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the lines of a CSV file, the header first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for claim in claims:
        yield _taken(buffer)
        writer.writerow([defused(cell) for cell in claim_cells(claim).values()])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the lines of a JSON Lines file."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for claim in claims:
        yield encode(claim_cells(claim)) + "\n"


def read_csv(text: str) -> list[Row]:
    """Return the rows of a CSV file, numbered as a spreadsheet does (the header is row 1).

    Raises `Refused` when the header or the quoting is wrong: then no row can be trusted.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    found: list[Row] = []
    columns: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cells):
                continue
            if columns:
                found.append(_csv_row(number, columns, cells))
            else:
                columns = _header(cells)
    except csv.Error as error:
        raise Refused(f"row {number + 1} is not CSV as RFC 4180 has it: {error}.") from error
    if not columns:
        raise Refused("it is empty: the first row must name the columns.")
    return found


def _header(cells: Sequence[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    if len(columns) == 1 and (other := re.search(r"[;\t]", columns[0])):
        name = "semicolons" if other.group() == ";" else "tabs"
        raise Refused(f"its columns are parted by {name}: save it with commas.")
    for place, column in enumerate(columns, start=1):
        if not column:
            raise Refused(f"column {place} has no name in the first row.")
        if column not in COLUMNS:
            raise Refused(unknown_column(column).message)
        if columns.count(column) > 1:
            raise Refused(f"the column {column} is there twice.")
    if "text" not in columns:
        raise Refused("it has no column named text, the only one that is needed.")
    return columns


def _csv_row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(columns):
        problem = f"has {len(cells)} cells where the header has {len(columns)}"
        return Row(number, {}, BadValue("row", ",".join(cells), problem))
    return Row(number, dict(zip(columns, [restored(cell) if cell[:1] == "'" else cell for cell in cells], strict=True)))


def read_jsonl(text: str) -> list[Row]:
    """Return the rows of a JSON Lines file, numbered by line; empty lines are passed over.

    Raises `Refused` for a history.
    """
    lines = enumerate(text.split("\n"), start=1)
    return [_json_row(number, line) for number, line in lines if line.strip()]


def _json_row(number: int, line: str) -> Row:
    try:
        row = _json_object(line)
        if row.keys() >= _OF_HISTORY:
            raise Refused("it holds the history, which is for reading only: export the claims to import them.")
        return Row(number, claim_values(row))
    except BadValue as problem:
        return Row(number, {}, problem)


def _json_object(text: str) -> dict[str, object]:
    """Return the JSON object that `text` holds. Raises `BadValue` for anything else."""
    try:
        value = _JSON.decode(text)
    except (ValueError, RecursionError) as error:
        raise BadValue("row", text, f"is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadValue("row", text, "is not a JSON object")
    return value
