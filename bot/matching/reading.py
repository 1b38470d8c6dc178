"""How a question's words are read against the words on record: missing blanks, split names and typos are mended."""

import re
from collections.abc import Sequence

from bot.matching.index import Index
from bot.matching.words import background, keys, light_words

MOST_WORDS = 60
"""Content words of one sentence that are looked at; the rest of a longer one is not."""
MOST_MENDED = 12
"""Unknown words of one sentence that are looked up as misspelt ones."""


_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+", re.IGNORECASE)
_POSTED = re.compile(r"(\(@\w{1,20}\)) [A-Z][a-z]{2,8} \d{1,2}, \d{4}")
"""How a pasted post ends: `(@name) May 3, 2019`. When it was posted is no part of what it says."""


def read_words(text: str, index: Index, *, mended: int = MOST_MENDED) -> list[str]:
    """Return the content keys of a sentence, each once, as the index would know them; at most `mended` are mended.

    Links say nothing.
    """
    said = _POSTED.sub(r"\1", _LINK.sub(" ", text))
    found = _join_split_names(keys(said), index)
    light = light_words()
    content = list(dict.fromkeys(key for key in found if key not in light))[:MOST_WORDS]
    unknown = [key for key in content if _is_unknown(key, index)][:mended]
    meant = {key: _mend(key, index) for key in unknown}
    return list(dict.fromkeys(part for key in content for part in meant.get(key, (key,))))[:MOST_WORDS]


def _join_split_names(found: Sequence[str], index: Index) -> list[str]:
    """Join `kn 23` to `kn23` where only the joined word is on record."""
    joined: list[str] = []
    for key in found:
        if joined and key.isdigit() and index.spread(joined[-1] + key):
            joined[-1] += key
        else:
            joined.append(key)
    return joined


def _is_unknown(key: str, index: Index) -> bool:
    """Tell whether a key is neither on record nor an ordinary word, but looks like one."""
    return not (index.spread(key) or key in background() or len(key) < 5 or not key.isalpha())


def _mend(key: str, index: Index) -> Sequence[str]:
    """Return what an unknown key was probably meant to be, else the key itself."""
    meant = index.intended(key)
    return [meant] if meant else _split_words(key, index) or [key]


def _split_words(key: str, index: Index) -> list[str]:
    """Part a word of two words on record that lacks its blank (`kirbymissiles`)."""
    for at in range(3, len(key) - 2):
        head, tail = key[:at], key[at:]
        if index.spread(head) and index.spread(tail):
            return [head, tail]
    return []
