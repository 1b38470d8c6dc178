"""What to say of a contradiction that the close reading sees and no check can name."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from bot.matching.irregular import BASE_FORMS
from bot.matching.words import asking_words, chatter_words, light_words, stem
from bot.text import ascii_form

AS_A_WHOLE = "your wording says something else than what is on record"
LONGEST_RUN = 5
"""Words of a run that are quoted at most: two longer ones tell nobody where they differ."""
_NO = frozenset(("no", "not", "never"))
_WORD = re.compile(r"[^\W_](?:[\w'’.,%-]*\w)?%?")


class _Word(NamedTuple):
    key: str
    begin: int
    end: int


def unnamed_difference(asked: str, said: str) -> str:
    """Return in what a sentence differs from a claim's text: the one run of words that do, as written, or all of it."""
    ours, theirs = _words(said), _words(asked)
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    runs = [(ours[i:j], theirs[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    telling = [(_core(one), _core(other)) for one, other in runs if _core(one) or _core(other)]
    if len(telling) != 1 or max(map(len, telling[0])) > LONGEST_RUN:
        return AS_A_WHOLE
    on_record, written = (_quoted(text, run) for text, run in zip((said, asked), telling[0], strict=True))
    if on_record and written:
        return f"on record: {on_record}; you wrote {written}"
    return f"{written} is not on record with this claim" if written else AS_A_WHOLE


def _words(text: str) -> list[_Word]:
    return [_Word(_key(found[0]), *found.span()) for found in _WORD.finditer(text)]


def _key(word: str) -> str:
    lower = ascii_form(word).lower().removesuffix("'s")
    return stem(BASE_FORMS.get(lower, lower))


def _core(run: Sequence[_Word]) -> Sequence[_Word]:
    """Return a run without the words at its ends that say nothing: `were leaked` → `leaked`."""
    telling = [at for at, word in enumerate(run) if word.key in _NO or word.key not in _saying_nothing()]
    return run[telling[0] : telling[-1] + 1] if telling else ()


@cache
def _saying_nothing() -> frozenset[str]:
    return light_words() | asking_words() | chatter_words()


def _quoted(text: str, run: Sequence[_Word]) -> str:
    return f"“{text[run[0].begin : run[-1].end]}”" if run else ""
