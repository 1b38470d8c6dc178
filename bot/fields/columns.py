"""The fields of a claim as people and files write them, checked: text in, a `Claim` or every problem out.

A value is cleaned first (see `bot.text`) and then checked; one that is too long is a problem, never cut. A
column that is absent leaves what is on record; one that is there but empty sets the field to unknown, or to
the default where the field has one. Columns of several values take a list, or one text parted by ` | ` (see
`bot.fields.cells`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit

from bot.errors import BadValue, BadValues
from bot.fields.cells import split_cell
from bot.fields.checks import (
    MAX_NAME,
    checked_date,
    checked_lang,
    checked_space,
    checked_text,
    checked_url,
    checked_word,
    known_or_hint,
    needed_text,
)
from bot.model import Attribution, Claim, Source, State, Status

Value = str | Sequence[str]

MAX_NOTE = 1_000
MAX_PHRASING = 500
MAX_PHRASINGS = 100
MAX_TAG = 60
MAX_TAGS = 30
MAX_SOURCES = 30
_SHORT = 100

_CHECKS: dict[str, Callable[[str, str], str]] = {
    "external_id": partial(checked_text, cap=MAX_NAME),
    "space": checked_space,
    "state": partial(checked_word, default=State.ACTIVE),
    "text": needed_text,
    "claimant": partial(checked_text, cap=MAX_NAME),
    "claimant_role": partial(checked_text, cap=MAX_NAME),
    "said_on": checked_date,
    "occasion": partial(checked_text, cap=MAX_NAME),
    "via": partial(checked_text, cap=MAX_NAME),
    "attribution": partial(checked_word, default=Attribution.REPORTED),
    "status": partial(checked_word, default=Status.UNVERIFIED),
    "status_note": partial(checked_text, cap=MAX_NOTE),
    "status_on": checked_date,
    "original_rating": partial(checked_text, cap=MAX_NAME),
    "lang": checked_lang,
}
_SOURCE_CHECKS: dict[str, Callable[[str, str], str]] = {
    "source_title": partial(checked_text, cap=MAX_NAME),
    "source_publisher": partial(checked_text, cap=MAX_NAME),
    "source_url": checked_url,
    "source_date": checked_date,
}
_LISTS = {
    "phrasings": (MAX_PHRASINGS, MAX_PHRASING),
    "never_phrasings": (MAX_PHRASINGS, MAX_PHRASING),
    "tags": (MAX_TAGS, MAX_TAG),
}

SOURCE_COLUMNS = tuple(_SOURCE_CHECKS)
LIST_COLUMNS = (*SOURCE_COLUMNS, *_LISTS)
"""The columns that hold several values."""
COLUMNS = (*[name for name in _CHECKS if name != "lang"], *LIST_COLUMNS, "lang")
"""All columns, in the order in which files have them."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Checked values of the columns that were given: `plain` by field, `sources` by column of a source."""

    plain: Mapping[str, Any]
    sources: Mapping[str, tuple[str, ...]]

    def claim(self, base: Claim | None = None) -> Claim:
        """Return `base` with these values, or a new claim when there is none.

        Raises `BadValues` without a text.
        """
        values = {name: value for name, value in self.plain.items() if name != "external_id" or value}
        if self.sources:
            values["sources"] = _merged(self.sources, base.sources if base else ())
        if base is not None:
            return replace(base, **values)
        if "text" not in values:
            raise BadValues([BadValue("text", "", "is missing; the claim itself is needed")])
        return Claim(**values)


def _merged(columns: Mapping[str, tuple[str, ...]], known: tuple[Source, ...]) -> tuple[Source, ...]:
    """Put the columns side by side.

    A column that was not given keeps what the known sources have in their places, but for a link to another site: that
    is another source.
    """
    count = max(map(len, columns.values()))
    if not known or len(columns) == len(SOURCE_COLUMNS):
        blank = ("",) * count
        rows = zip(*(columns.get(column) or blank for column in SOURCE_COLUMNS), strict=True)
        return tuple(Source(*row) for row in rows if any(row))
    if not count:
        count = len(known)
    kept = known[:count] + (Source(),) * (count - len(known))
    made = []
    for place, source in enumerate(kept):
        given = {source_key(column): values[place] if values else "" for column, values in columns.items()}
        made.append(replace(Source() if _elsewhere(given.get("url", ""), source.url) else source, **given))
    return tuple(source for source in made if source != Source())


def _elsewhere(url: str, known: str) -> bool:
    return bool(url and known) and urlsplit(url).netloc != urlsplit(known).netloc


def source_key(column: str) -> str:
    """Return what field of a source a column fills: `url` for `source_url`."""
    return column.removeprefix("source_")


def read_fields(values: Mapping[str, Value]) -> Fields:
    """Check the values of these columns.

    Raises `BadValues` with every problem, an unknown column among them.
    """
    problems: list[BadValue] = []
    plain: dict[str, Any] = {}
    sources: dict[str, tuple[str, ...]] = {}
    for column, value in values.items():
        try:
            short = isinstance(value, str) and len(value) <= _SHORT
            checked = _checked_short(column, value) if short else _checked(column, value)
            (sources if column in _SOURCE_CHECKS else plain)[column] = checked
        except BadValue as problem:
            problems.append(problem)
    problems += _uneven(sources)
    if problems:
        raise BadValues(problems)
    return Fields(plain, sources)


def _checked(column: str, value: Value) -> Any:
    """Return what to keep of a value; a tuple for a column of several. Raises `BadValue`."""
    if column in _CHECKS:
        return _CHECKS[column](column, _one(column, value))
    return _source_values(column, value) if column in _SOURCE_CHECKS else _list_values(column, value)


@lru_cache(maxsize=10_000)
def _checked_short(column: str, value: str) -> Any:
    """Like `_checked`: a large file holds the same statuses, dates and names again and again."""
    return _checked(column, value)


def claim_from(values: Mapping[str, Value], base: Claim | None = None) -> Claim:
    """Check `values` and return `base` with them, or a new claim. Raises `BadValues` with every problem."""
    return read_fields(values).claim(base)


def _one(column: str, value: Value) -> str:
    if not isinstance(value, str):
        raise BadValue(column, " | ".join(value), "holds one value, not a list")
    return value


def _source_values(column: str, value: Value) -> tuple[str, ...]:
    values = split_cell(value) if isinstance(value, str) else value
    if len(values) > MAX_SOURCES:
        raise BadValue(column, " | ".join(values), f"has {len(values)} values, and {MAX_SOURCES} is the most")
    checked = tuple(_SOURCE_CHECKS[column](column, each) for each in values)
    return checked if any(checked) else ()


def _uneven(sources: Mapping[str, tuple[str, ...]]) -> list[BadValue]:
    """A column with fewer values than the others would give a link to the wrong source."""
    counts = {column: len(values) for column, values in sources.items() if values}
    if len(set(counts.values())) < 2:
        return []
    most = max(counts, key=lambda column: counts[column], default="")
    return [
        BadValue(
            column,
            " | ".join(sources[column]),
            f"has {count} values where {most} has {counts[most]}: leave an empty one where a source has none",
        )
        for column, count in counts.items()
        if count != counts[most]
    ]


def _list_values(column: str, value: Value) -> tuple[str, ...]:
    if column not in _LISTS:
        raise BadValue(column, _shown(value), f"is not a column: {known_or_hint(column, COLUMNS)}")
    most, cap = _LISTS[column]
    values = split_cell(value) if isinstance(value, str) else value
    checked = [checked_text(column, each, cap=cap) for each in values]
    if column == "tags":
        checked = [checked_text(column, each.lower(), cap=cap) for each in checked]
    kept = tuple(dict.fromkeys(each for each in checked if each))
    if len(kept) > most:
        raise BadValue(column, _shown(value), f"has {len(kept)} values, and {most} is the most")
    return kept


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else " | ".join(value)
