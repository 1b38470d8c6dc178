"""More pairs out of written ones: the same texts, two things in each other's place ("A sued B", "B sued A").

The words stay the same, so only their order tells. Two things may change places where somebody wrote that it matters:
where a conflict is a wording of the claim with these two exchanged, where two names stand in a claim that has a
conflict of who did what to whom, and where two numbers belong to different things.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from bot.matching.conflicts.names import table_of_names

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*%?")
_NAME = re.compile(r"[A-Z][\w'’.-]*\w(?: (?:(?:of|de|van|al|bin|the) )?[A-Z][\w'’-]*\w)*")
_NUMBER = re.compile(r"(?<![\w.,:/–-])\d+(?:[.,]\d+)*(?![\w:/–-]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LISTED = re.compile(r",?(?: and| or)? ?")
MOST_TURNED = 3
"""Words of a thing that changes places."""
TURNING = frozenset(("role", "direction"))
"""Kinds of conflict that say who did what to whom."""


class Turn(NamedTuple):
    """Two things that change places."""

    one: str
    other: str

    def on(self, text: str) -> str | None:
        """Return the text with the two in each other's place; None unless it has each of them once.

        A name of several words may stand there with its last word alone.
        """
        for one, other in ((self.one, self.other), (self.one.split()[-1], self.other.split()[-1])):
            places = [*re.finditer(rf"(?<!\w)(?:{re.escape(one)}|{re.escape(other)})(?!\w)", text, re.IGNORECASE)]
            if len(places) == 2 and places[0].group().lower() != places[1].group().lower():
                first, second = places
                between = text[first.end() : second.start()]
                return text[: first.start()] + second.group() + between + first.group() + text[second.end() :]
        return None


def written_turn(wording: str, conflict: str) -> Turn | None:
    """Return the two things that change places between a wording and its conflict; None if nothing does."""
    was, now = ([word.lower() for word in _WORD.findall(text)] for text in (wording, conflict))
    return _plain_turn(was, now) or _turn_among_changes(was, now)


def _plain_turn(was: list[str], now: list[str]) -> Turn | None:
    """Return the two things if nothing but their places has changed."""
    differ = [at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other]
    if len(was) != len(now) or not differ:
        return None
    then, turned = (words[differ[0] : differ[-1] + 1] for words in (was, now))
    for one in range(1, MOST_TURNED + 1):
        for other in range(1, min(MOST_TURNED, len(then) - one - 1) + 1):
            first, between, last = then[:one], then[one:-other], then[-other:]
            if [*last, *between, *first] == turned:
                return Turn(" ".join(first), " ".join(last))
    return None


def _turn_among_changes(was: list[str], now: list[str]) -> Turn | None:
    """Return the two things if other words have changed too."""
    runs = [
        (" ".join(was[start:end]), " ".join(now[begin:stop]))
        for tag, start, end, begin, stop in SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        if tag == "replace" and end - start <= MOST_TURNED
    ]
    for at, (one, other) in enumerate(runs):
        if (other, one) in runs[at + 1 :]:
            return Turn(one, other)
    return None


def turns(claim: str, same: Sequence[str], conflict: Sequence[tuple[str, str]]) -> list[Turn]:
    """Return what may change places in the texts of a group."""
    found = [turn for _, text in conflict for wording in (claim, *same) if (turn := written_turn(wording, text))]
    if TURNING & {kind for kind, _ in conflict}:
        found += _turned_names(claim)
    numbers = [number for number in _NUMBER.findall(claim) if not _YEAR.fullmatch(number)]
    if len(numbers) == len({*numbers}) == 2 and "between" not in claim.lower():
        found.append(Turn(*numbers))
    return [*{frozenset(word.lower() for word in turn): turn for turn in found}.values()]


def _turned_names(claim: str) -> Iterator[Turn]:
    """Yield each two names, one after the other, of which both are places or both somebody's, and that are no list."""
    names = [place for place in _NAME.finditer(claim) if place.group() != "The"]
    for one, other in pairwise(names):
        sort = _sort(one.group())
        if sort and sort == _sort(other.group()) and not _LISTED.fullmatch(claim[one.end() : other.start()]):
            yield Turn(one.group(), other.group())


def _sort(name: str) -> str:
    """Return what a name names, as far as the tables and its form tell; "" where they do not."""
    heading = table_of_names().get(name.lower(), "")
    if heading in ("countries", "places"):
        return "place"
    return heading or ("somebody" if " " in name else "")


def turned(claim: str, same: Sequence[str], conflict: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Turn]]:
    """Yield the claim and its wordings with two things in each other's place, and which: none says the same.

    `conflict`: of each the kind and the text.
    """
    for turn in turns(claim, same, conflict):
        for text in (claim, *same):
            if (now := turn.on(text)) is not None:
                yield now, turn
