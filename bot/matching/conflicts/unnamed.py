"""What to say of a contradiction that the close reading sees and no check can name."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from bot.matching.words import base_stem, keys
from bot.text import ascii_form, shorten

AS_A_WHOLE = "your wording says something else than what is on record"
LONGEST_RUN = 5
"""Words of a run that are quoted at most: two longer ones tell nobody where they differ."""
LONGEST_QUOTE = 60
"""Characters of a quote."""
MOST_COMPARED = 80
"""Words of each text that are compared."""
_WORD = re.compile(r"(?:(?<!\S)[-+])?[€$£]?[^\W_](?:[\w'’.,%-]*\w)?%?")
_FORM_WORDS = frozenset(
    "a an the is are was were be been being am do did does has have had it its that this there so s isnt arent wasnt"
    " werent hasnt havent hadnt didnt doesnt true right".split()
)
"""What only makes a statement a question (`isn't it true that …`) or another form of itself."""


class _Word(NamedTuple):
    key: str
    begin: int
    end: int


def unnamed_difference(asked: str, said: str, claimant: str = "") -> str:
    """Return in what a sentence differs from a claim's text: the one run of words that do, as written, or all of it."""
    ours, theirs = _words(said), _words(asked)
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    runs = [(_core(ours[i:j]), _core(theirs[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    telling = [run for run in runs if any(run)]
    if len(telling) != 1 or max(map(len, telling[0])) > LONGEST_RUN:
        return AS_A_WHOLE
    on_record, written = (_part(text, run) for text, run in zip((said, asked), telling[0], strict=True))
    if not written or _is_same(on_record, written) or not set(keys(claimant)).isdisjoint(keys(written)):
        return AS_A_WHOLE
    return f"on record: “{on_record}”; you wrote “{written}”" if on_record else _besides(written)


def _besides(written: str) -> str:
    return f"you wrote “{written}”, which is not on record with this claim"


def _words(text: str) -> list[_Word]:
    found = (_Word(_key(each[0]), *each.span()) for each in _WORD.finditer(text))
    return [word for _, word in zip(range(MOST_COMPARED), found, strict=False)]


def _key(word: str) -> str:
    return base_stem(ascii_form(word).lower().removesuffix("'s").replace("'", ""))


def _core(run: Sequence[_Word]) -> Sequence[_Word]:
    """Return a run without the words at its ends that say nothing: `were leaked` → `leaked`."""
    telling = [at for at, word in enumerate(run) if word.key not in _form_keys()]
    return run[telling[0] : telling[-1] + 1] if telling else ()


def _part(text: str, run: Sequence[_Word]) -> str:
    return shorten(" ".join(text[run[0].begin : run[-1].end].split()), LONGEST_QUOTE) if run else ""


def _is_same(one: str, other: str) -> bool:
    """Tell whether two parts are one thing under two names (`DPRK`, `nine`); -5 is not 5."""
    return keys(one) == keys(other) and one.startswith("-") == other.startswith("-")


@cache
def _form_keys() -> frozenset[str]:
    return frozenset(map(_key, _FORM_WORDS))
