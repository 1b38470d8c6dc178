"""Word pieces: a text cut into the pieces that the cross-encoder knows, longest first (WordPiece, as BERT cuts).

Letters of other scripts are written in ASCII first, as everywhere in the matcher; `wordpieces.txt` holds the pieces of
the model that this leaves, those that go on within a word behind `##`. The first four stand for what is no text.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from bot.text import ascii_form

UNKNOWN, START, END = 1, 2, 3
"""The numbers of a word without pieces, of the beginning of a pair, and of the end of each text of it."""
LONGEST_WORD = 40
"""Letters from which a word counts as unknown."""
KEPT = 20_000
"""Words of which the pieces are kept in memory: people may write any."""
_WORD = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")


def pieces(text: str, most: int) -> list[int]:
    """Return the numbers of the first `most` pieces of a text."""
    found: list[int] = []
    for word in _words(text):
        found.extend(_pieces_of(word))
        if len(found) >= most:
            break
    return found[:most]


def _words(text: str) -> Iterator[str]:
    return (word[0] for word in _WORD.finditer(ascii_form(text).lower()))


@lru_cache(maxsize=KEPT)
def _pieces_of(word: str) -> tuple[int, ...]:
    """Cut a word into the longest pieces there are, from its beginning on; all or nothing."""
    known, found, start = _numbers(), list[int](), 0
    while start < len(word) <= LONGEST_WORD:
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in known), start)
        if end == start:
            break
        found.append(known[mark + word[start:end]])
        start = end
    return tuple(found) if start == len(word) else (UNKNOWN,)


@cache
def _numbers() -> dict[str, int]:
    table = (files(__package__) / "tables" / "wordpieces.txt").read_text("utf-8")
    return {piece: number for number, piece in enumerate(table.split())}
