"""Initials of long names: which a name has, and what initials in a question stand for (`AOC`, `wtc`)."""

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile

from bot.matching.conflicts.names import TITLES, table_of_names
from bot.matching.words import background, stem

_CAPITALISED_RUN = re.compile(r"[A-Z][\w'-]*(?: (?:of|for|and|the|on|in|[A-Z][\w'-]*))+")
_FULL_NAME = re.compile(r"[A-Z][\w'-]*(?:(?: (?:of|for|and|the))* (?:[A-Z]\.|[A-Z][\w'-]*))+")
_WORD = re.compile(r"[A-Z][\w']*")
_INITIALS = re.compile(r"\b(?:[A-Z]{3,5}|[a-z]{3,5})(?=(?:'s)?\b)")
_LEAST, _MOST = 3, 5
_NO_WORD = 2e-6
"""Share of English below which small letters are no word, and may be initials."""


def initials(text: str) -> str:
    """Return the acronym of the first long name in a text (`csis`, `nyt`), "" where no name has three capitals."""
    for name in _CAPITALISED_RUN.findall(text):
        letters = "".join(word[0] for word in name.removeprefix("The ").split() if word[0].isupper())
        if len(letters) >= _LEAST:
            return letters.lower()
    return ""


def spelled_out(sentence: str, texts: Iterable[str]) -> str:
    """Put in a sentence, for initials that no table knows, the name in these texts that has them.

    Small letters count when they are no word: `aoc`, but not `was`.
    """
    asked = unknown_initials(sentence)
    if not asked:
        return sentence
    named = {letters: name for text in texts for letters, name in _long_names(text)}
    for found in asked & {each for letters in named for each in (letters, letters.lower())}:
        sentence = re.sub(rf"\b{found}\b", named[found.upper()], sentence)
    return sentence


def unknown_initials(sentence: str) -> set[str]:
    """Return the words of a sentence that may be the initials of a name, those of names in the table left out."""
    return {found for found in _INITIALS.findall(sentence.replace("’", "'")) if _may_be_initials(found, sentence)}


def _may_be_initials(word: str, sentence: str) -> bool:
    if word.lower() in table_of_names() or (word.isupper() and sentence.isupper()):
        return False
    return word.isupper() or background().get(stem(word), 0.0) < _NO_WORD


def _long_names(text: str) -> Iterator[tuple[str, str]]:
    """Yield the initials of the names of three to five capitals in a text, titles before it left out, and each name."""
    for run in _FULL_NAME.findall(text):
        words = list(dropwhile(lambda word: word.lower() in TITLES, _WORD.findall(run)))
        letters = "".join(word[0] for word in words)
        for start in range(len(words)):
            for end in range(start + _LEAST, min(len(words), start + _MOST) + 1):
                yield letters[start:end], " ".join(words[start:end])
