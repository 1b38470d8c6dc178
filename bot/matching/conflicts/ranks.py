"""Offices one step away from those on record: `the deputy minister` is not the minister, a committee no parliament."""

from itertools import pairwise

from bot.matching.conflicts.model import Conflict, Pair, Statement

_RANKS = frozenset("deputy acting interim assistant associate shadow".split())
_OFFICES = frozenset(
    "minister mayor governor chair chairman chairwoman director secretary prosecutor premier chancellor editor manager"
    " president coach commissioner speaker leader ambassador sheriff ombudsman principal rector".split()
)
_JOINED = {"vice_president": "president"}
"""Offices that the table of names knows with their rank."""
_PANELS = frozenset("committee subcommittee commission panel".split())
_STRENGTH = 0.6
_BETWEEN = 2
_STEM = 8
"""Letters by which `parliamentary` is known to be of the parliament."""


def rank_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when one text names the holder of an office and the other only a deputy, or the reverse."""
    asked, known = _offices(pair.question), _offices(pair.record)
    for office in asked.keys() & known.keys():
        if asked[office] != known[office]:
            on_record, written = (f"{rank} {office}".strip() for rank in (known[office], asked[office]))
            return [Conflict("name", f"on record it is the {on_record}, not the {written}", _STRENGTH)]
    return _panel_for_whole(pair)


def _offices(statement: Statement) -> dict[str, str]:
    """Return the offices in a text, each with what rank stands before it, "" where it is the office itself."""
    found: dict[str, str] = {}
    tokens = statement.tokens
    for at, token in enumerate(tokens):
        if token.key in _JOINED:
            found[_JOINED[token.key]] = "vice"
        elif token.lower in _OFFICES:
            before = [each.lower for each in tokens[max(0, at - _BETWEEN) : at]]
            rank = next((word for word in before if word in _RANKS), "")
            found[token.lower] = "" if found.get(token.lower) == "" else rank
    return found


def _panel_for_whole(pair: Pair) -> list[Conflict]:
    """Find `parliament approved` where on record a parliamentary committee did."""
    tokens = pair.record.tokens
    if not _PANELS.isdisjoint(token.lower for token in pair.question.tokens):
        return []
    for before, token in pairwise(tokens):
        whole = before.key[:_STEM]
        if token.lower in _PANELS and before.content and any(key.startswith(whole) for key in pair.question.ranks):
            return [Conflict("name", f"on record it is only the {before.lower} {token.lower}", _STRENGTH)]
    return []
