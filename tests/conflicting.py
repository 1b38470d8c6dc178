"""What the tests of conflicts ask: in what a question contradicts a text on record, as far as it counts."""

from bot.matching.conflicts import Conflict, find_conflicts, read

SURE = 0.5
"""Strength from which a conflict counts."""


def conflicts(question: str, record: str, **about: str) -> list[Conflict]:
    """Return the conflicts that count, strongest first."""
    found = find_conflicts(read(question), read(record), **about)
    return [conflict for conflict in found if conflict.strength >= SURE]
