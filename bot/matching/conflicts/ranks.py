"""Offices one step away from those on record: `the deputy minister` is not the minister, a committee no parliament."""

import re
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
_ORDINAL = re.compile(r"#\d+|second|third|fourth|fifth")
_NO_SUPERLATIVES = frozenset("west test rest best-known nest vest guest chest forest request interest harvest".split())
_STRENGTH = 0.6
_BETWEEN = 2
_SHORTEST = 5
"""Letters of the shortest superlatives but for `best`, less one: `oldest`."""
_STEM = 8
"""Letters by which `parliamentary` is known to be of the parliament."""


def rank_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when one text names the holder of an office and the other only a deputy, or the reverse."""
    asked, known = _offices(pair.question), _offices(pair.record)
    for office in asked.keys() & known.keys():
        if asked[office] != known[office]:
            on_record, written = (f"{rank} {office}".strip() for rank in (known[office], asked[office]))
            return [Conflict("name", f"on record it is the {on_record}, not the {written}", _STRENGTH)]
    return _panel_for_whole(pair) or _second_for_first(pair)


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


def _second_for_first(pair: Pair) -> list[Conflict]:
    """Find `the hottest June` where the record has the second-hottest, and the reverse."""
    asked, known = _superlatives(pair.question), _superlatives(pair.record)
    if len(asked) != 1 or len(known) != 1 or asked == known:
        return []
    on_record, written = (f"{rank} of its kind" if rank else "first of its kind" for rank in (*known, *asked))
    return [Conflict("scope", f"on record it is the {on_record}, not the {written}", _STRENGTH)]


def _superlatives(statement: Statement) -> list[str]:
    """Return what rank stands before each superlative of a text: `second` for the second-largest, or ""."""
    found = []
    tokens = [token for token in statement.tokens if token.lower != "-"]
    for at, token in enumerate(tokens):
        behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        most = token.lower == "most" and behind.endswith(("ed", "ive", "ful", "lar"))
        superlative = token.lower.endswith("est") and len(token.lower) > _SHORTEST
        if most or (superlative and token.kind == "word" and token.lower not in _NO_SUPERLATIVES):
            before = tokens[at - 1].lower if at else ""
            found.append(before if _ORDINAL.fullmatch(before) else "")
    return found
