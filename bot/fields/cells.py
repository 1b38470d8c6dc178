"""Several values in one cell: parted by ` | `, for a person to write and for a script to split.

A bar parts values only where it stands alone, between blanks or at an edge: `a|b` is one value. A bar inside
a value is written with one backslash more than it has before it (`A \\| B` is the value `A | B`), and reading
takes one off. No other backslash means anything, so a path or a formula from elsewhere stays as it is. Empty
values keep their place (`a | | b` and `a | | b` are three values), so that columns can be read side by side.
"""

import re
from collections.abc import Iterable

_SEPARATOR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_BAR = re.compile(r"\|")
_ESCAPED_BAR = re.compile(r"\\\|")


def join_cell(values: Iterable[str]) -> str:
    """Return one cell that holds `values` (cleaned text: no blanks at their ends) in their order."""
    return " | ".join(_BAR.sub(r"\\|", value) for value in values)


def split_cell(cell: str) -> list[str]:
    """Return the values of a cell, without the blanks around them; an empty cell holds none."""
    if not cell.strip():
        return []
    if "|" not in cell:
        return [cell.strip()]
    return [_ESCAPED_BAR.sub("|", value.strip()) for value in _SEPARATOR.split(cell)]
