"""What was learned, in tables/weights.json: small, readable, each part made by a script under tests/benchmarks/."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


def learned_part(part: str) -> Any:
    """Return one part: weights by name, or trees as `read_tree` reads them."""
    return _table()[part]


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((files(__package__) / "tables" / "weights.json").read_text("utf-8"))
    return table
