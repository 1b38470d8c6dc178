"""A question as the cross-encoder is to read it: things by one name, words and numbers as the claim writes them.

Its pieces of `DPRK` and `North Korea` have nothing in common, and a word misspelt falls to pieces that mean something
else; what the rest of the matcher knows of names and typos is lent to it.
"""

import re
from functools import lru_cache

from bot.matching.kinship import typo_of
from bot.matching.words import background, stem, words
from bot.text import ascii_form

KEPT = 2_000
MOST_LETTERS = 400
"""Letters of a sentence that are mended, and read closely: more than its word pieces can be."""
SAME_STEM = 4
"""Letters that a name shares with its usual form when it is a form of it (`Russian`, `Russia`): it stays as written."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_UNGROUPED = re.compile(r"(?<![\d.,])(?!(?:1[5-9]|20)\d\d(?!\d))\d{4,}+(?![.,]?\d)")
"""Numbers of four digits and more, but for what may be a year."""
_BOTH = re.compile(r"\bboth (?=(?:[\w'-]+ ){1,4}and\b)", re.IGNORECASE)
"""A `both` that adds nothing to `A and B`."""
_LONG_WORD = re.compile(r"[A-Za-z]{5,40}")


@lru_cache(maxsize=KEPT)
def by_usual_names(text: str) -> str:
    """Write every thing that the table of other names knows by the first of its names: `DPRK` → `north korea`."""
    text = ascii_form(text)
    for word in words(text):
        usual = word.key.replace("_", " ")
        if word.name and word.lower[:SAME_STEM] != usual[:SAME_STEM]:
            text = re.sub(rf"\b{re.escape(word.surface)}(?!\w)", usual, text, count=1)
    return text


def mended(text: str, claim: str, *, names: bool = True) -> str:
    """Write the words of `text` that are no words as `claim` has them, if it has one that is much alike.

    Long numbers are grouped as the claim groups them: `4000` beside its `4,000`; a `both` that it lacks is left out.
    With `names` false a word may not become one that the claim writes with a capital, nor may one with a capital: a
    name much alike is another name.
    """
    text, claim = ascii_form(text), ascii_form(claim)
    known = {word.lower(): stem(word.lower()) for word in _LONG_WORD.findall(claim) if names or word.islower()}
    common = background()

    def meant(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word in known or stem(word) in common or stem(word) in known.values():
            return found[0]
        if names:
            return typo_of(word, known)[1] or _parted(word, known) or found[0]
        other = "" if found[0][0].isupper() else typo_of(word, known)[1]
        return found[0] if other.endswith(word) or word.endswith(other) else other

    if names and "both " not in claim.lower():
        text = _BOTH.sub("", text)
    grouped = {number.replace(",", ""): number for number in _GROUPED.findall(claim)}
    return _UNGROUPED.sub(lambda number: grouped.get(number[0], number[0]), _LONG_WORD.sub(meant, text))


def _parted(word: str, known: dict[str, str]) -> str:
    """Part a word that lacks its blank, one half of which the claim has: `didrussia` → `did russia`."""
    for at in range(2, len(word) - 1):
        head, tail = word[:at], word[at:]
        if (head in known and stem(tail) in background()) or (tail in known and stem(head) in background()):
            return f"{head} {tail}"
    return ""
