"""A number below zero where the record has the same one above it: `-0.5 %` for `0.5 %`, `5 degrees below zero`."""

import re

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.words import plain_number, spell_out_numbers
from bot.text import ascii_form

_NUMBER = r"(?:[$]|[A-Z]{3})? ?(\d*\.?\d+)"
_MINUS = re.compile(
    rf"(?:(?<![\w).])(?<!^)(?<!\d )-(?! )|\b(?:minus|negative) ){_NUMBER}"
    r"|(\d+(?:\.\d+)?)(?:\W{1,2}\w+){0,2} (?:below|under) (?:zero|freezing)\b",
    re.IGNORECASE,
)
"""A hyphen is a minus but at the very beginning, where it is a list's, and behind a number: `3 -1`."""
_MAYBE = re.compile(r"[-\u2010-\u2015\u2212]|minus|negative|below|under", re.IGNORECASE)
_LOWERED = frozenset(
    "below under minus negative freezing frost fell fall falls fallen falling drop drops dropped decline declines"
    " declined decreased decrease down lower lowered cut cuts shrank shrink shrinks shrunk contracted contracts"
    " contraction lost lose loses loss losses deficit slump slumped slid dip dipped less reduced recession sank sinks"
    " sink tumbled plunged plummeted cheaper backwards deflation docked off red".split()
)
"""Words near a number without a sign that say that it is below zero, or less by so much."""
_STRENGTH, _NEAR = 0.7, 0.5
_FAR = 6
"""Words on either side of a number among which one of _LOWERED counts."""


def sign_conflicts(pair: Pair) -> list[Conflict]:
    """Return a number that is below zero in only one of the two texts."""
    if pair.cover_question < _NEAR:
        return []
    asked, known = _below_zero(pair.question.text), _below_zero(pair.record.text)
    if asked.keys() == known.keys():
        return []
    here = next((value for value in asked if value in _above_zero(pair.record) and value not in known), "")
    if here:
        return [Conflict("amount", f"on record: {here}; you wrote {asked[here]}", _STRENGTH)]
    there = next((value for value in known if value in _above_zero(pair.question) and value not in asked), "")
    return [Conflict("amount", f"on record: {known[there]}; you wrote {there}", _STRENGTH)] if there else []


def signs_of(text: str) -> tuple[frozenset[str], int]:
    """Return what a text says of its numbers beside the digits: which are below zero, and how many are dollars."""
    return frozenset(_below_zero(text)), text.count("$")


def _below_zero(text: str) -> dict[str, str]:
    """Return the numbers below zero, without their sign, each as it is written."""
    if not _MAYBE.search(text):
        return {}
    found = _MINUS.finditer(spell_out_numbers(ascii_form(text)))
    return {plain_number(each[1] or each[2]): each[0].strip() for each in found}


def _above_zero(statement: Statement) -> frozenset[str]:
    """Return the numbers near which nothing says that they are below zero."""
    tokens = statement.tokens
    return frozenset(
        plain_number(token.key)
        for at, token in enumerate(tokens)
        if token.kind == "number"
        and token.key.replace(".", "", 1).isdigit()
        and _LOWERED.isdisjoint(near.lower for near in tokens[max(0, at - _FAR) : at + _FAR])
    )
