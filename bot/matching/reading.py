"""How a question's words are read against the words on record: missing blanks, split names and typos are mended."""

from collections.abc import Iterable

from bot.matching.index import Index
from bot.matching.kinship import typo_of
from bot.matching.words import background, light_words, words

MOST_WORDS = 60
"""Content words of one sentence that are looked at; the rest of a longer one is not."""


def read_words(text: str, index: Index) -> list[str]:
    """Return the content keys of a sentence, each once, as the index would know them."""
    found = _join_split_names([word.key for word in words(text)], index)
    content = (key for key in found if key not in light_words())
    return list(dict.fromkeys(part for key in content for part in _mend(key, index)))[:MOST_WORDS]


def _join_split_names(found: list[str], index: Index) -> list[str]:
    """Join `kn 23` to `kn23` where only the joined word is on record."""
    joined: list[str] = []
    for key in found:
        if joined and key.isdigit() and index.spread(joined[-1] + key):
            joined[-1] += key
        else:
            joined.append(key)
    return joined


def _mend(key: str, index: Index) -> Iterable[str]:
    """Return the key itself where it is on record or an ordinary word; else what it was probably meant to be."""
    if index.spread(key) or key in background() or len(key) < 5 or not key.isalpha():
        return [key]
    _, meant = typo_of(key, index.alike(key))
    return [meant] if meant else _split_words(key, index) or [key]


def _split_words(key: str, index: Index) -> list[str]:
    """Part a word of two words on record that lacks its blank (`kirbymissiles`)."""
    for at in range(3, len(key) - 2):
        head, tail = key[:at], key[at:]
        if index.spread(head) and index.spread(tail):
            return [head, tail]
    return []
