"""A claim as the index reads it: the words of each wording, the words around it, and what it hides."""

from typing import NamedTuple

from bot.matching.initials import initials
from bot.matching.words import MONTHS, background, keys, light_words, words
from bot.model import GLOBAL, Claim, State, claim_id

_RARE_WORD = 2e-5


class View(NamedTuple):
    """One wording of a claim: its content words in order, and which of them are written as names."""

    keys: list[str]
    named: set[str]

    @classmethod
    def of(cls, text: str) -> "View":
        """Read a wording that is not in the index."""
        found = content_words(text)
        return cls([key for key, _ in found], {key for key, named in found if named})


class Row(NamedTuple):
    """What the index keeps of a claim. One that is not shown has no words: it only hides."""

    id: str
    space: str
    hides: str
    """The id of the global claim whose place it takes in its community; "" for a global claim."""
    shown: bool
    views: list[list[tuple[str, bool]]]
    """For the text and each phrasing its content words in order, and whether each is written as a name."""
    context: list[str]

    @classmethod
    def of(cls, claim: Claim) -> "Row":
        """Read a claim that `belongs` in the index."""
        hides = "" if claim.space == GLOBAL else claim_id(GLOBAL, claim.external_id)
        if claim.state is not State.ACTIVE:
            return cls(claim.id, claim.space, hides, False, [], [])
        views = [content_words(text) for text in claim.wordings]
        return cls(claim.id, claim.space, hides, True, views, context_keys(claim))


def belongs(claim: Claim) -> bool:
    """Tell whether the index holds a claim: it is shown, or it hides the global one from its community."""
    return claim.state is State.ACTIVE or (claim.state is State.REMOVED and claim.space != GLOBAL)


def content_words(text: str) -> list[tuple[str, bool]]:
    """Return the key of each word that says something, in order, and whether it is written as a name.

    A name is told by its capital; a sentence's first word must be a rare one as well.
    """
    light, common = light_words(), background()
    return [
        (key, name or (surface[0].isupper() and (at > 0 or common.get(key, 0.0) < _RARE_WORD)))
        for at, (surface, _, key, _, name) in enumerate(words(text))
        if key not in light
    ]


def content_keys(text: str) -> list[str]:
    """Return the keys of a text's words that say something, in order."""
    light = light_words()
    return [key for key in keys(text) if key not in light]


def context_keys(claim: Claim) -> list[str]:
    """Return the words that are said around a claim: who, when, where, by whose report, and their initials."""
    around = filter(None, (claim.claimant, claim.claimant_role, claim.occasion, claim.via, _date_words(claim.said_on)))
    found = [key for text in around for key in (*content_keys(text), initials(text)) if key]
    return list(dict.fromkeys(found))


def _date_words(date: str) -> str:
    parts = date.split("-") if date else [""]
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
    day = str(int(parts[2])) if len(parts) > 2 else ""
    return f"{parts[0]} {month} {day}".strip()
