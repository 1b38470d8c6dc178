"""Rows as other programs write them (JSON, TOML), brought to the values that `bot.fields.columns` checks.

A row is a mapping of columns to values. Text stands for itself, a whole number for its digits, null for
unknown; a column of several values may be a list, and `sources` a list of objects with title, publisher, url
and date.
"""

from collections.abc import Mapping

from bot.errors import BadValue
from bot.fields.checks import known_or_hint
from bot.fields.columns import COLUMNS, LIST_COLUMNS, SOURCE_COLUMNS, Value, source_key

SOURCE_KEYS = tuple(map(source_key, SOURCE_COLUMNS))


def claim_values(row: Mapping[str, object]) -> dict[str, Value]:
    """Return the values of a row by column.

    Raises `BadValue` for an unknown column or a value of a wrong type.
    """
    values: dict[str, Value] = {}
    for column, value in row.items():
        if column == "sources":
            values.update(_source_columns(value, row))
        elif column not in COLUMNS:
            raise unknown_column(column)
        elif isinstance(value, list):
            values[column] = _texts(column, value)
        else:
            values[column] = _text(column, value)
    return values


def unknown_column(column: str) -> BadValue:
    """Return the error for a column that is not ours, with the nearest of ours."""
    return BadValue("column", column, f"is not known: {known_or_hint(column, COLUMNS)}")


def _text(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BadValue(column, str(value), "must be text")


def _texts(column: str, values: list[object]) -> list[str]:
    if column not in LIST_COLUMNS:
        raise BadValue(column, str(values), "holds one value, not a list")
    return [_text(column, value) for value in values]


def _source_columns(value: object, row: Mapping[str, object]) -> dict[str, Value]:
    if both := [column for column in SOURCE_COLUMNS if column in row]:
        raise BadValue("sources", str(value), f"stands beside {both[0]}: give the one or the other")
    sources = [] if value is None else value
    if not isinstance(sources, list) or not all(isinstance(each, dict) for each in sources):
        raise BadValue("sources", str(value), "must be a list of objects")
    for source in sources:
        if unknown := [key for key in source if key not in SOURCE_KEYS]:
            raise BadValue("sources", unknown[0], f"is not known: {known_or_hint(unknown[0], SOURCE_KEYS)}")
    return {f"source_{key}": [_text("sources", each.get(key)) for each in sources] for key in SOURCE_KEYS}
