"""Typed values by name, as one JSON text: within limits on the way in."""

import json
from collections.abc import Mapping

from bot.errors import Refused

MOST_VALUES = 100
MOST_CHARACTERS = 100_000


def to_json(values: Mapping[str, str]) -> str:
    """Return the values as JSON, without lone half characters. Raises `Refused` for too many, or too long ones."""
    if len(values) > MOST_VALUES or sum(len(name) + len(value) for name, value in values.items()) > MOST_CHARACTERS:
        raise Refused(f"That is too much: {MOST_CHARACTERS:,} characters in {MOST_VALUES} values can be kept at most.")
    return json.dumps(dict(values), ensure_ascii=False).encode(errors="replace").decode()


def from_json(text: str) -> dict[str, str]:
    """Return the values that `to_json` wrote."""
    return dict(json.loads(text))
