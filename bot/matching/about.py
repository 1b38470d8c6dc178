"""Questions that ask for a claimant, an occasion or a standing, not for a statement.

"What did Kirby say?", "was Bolvinov's claim verified?", "what was said on 7 February about Kharkiv?": every word that
is left when the asking words are gone must be one of the claim's, and one of them must say who, where or when.
"""

import re
from collections.abc import Sequence
from functools import partial, reduce

import numpy as np

from bot.matching.index import Index
from bot.matching.kinship import synonyms
from bot.matching.segment import Ints
from bot.matching.words import MONTHS, asking_words, chatter_words, stem
from bot.matching.words import keys as keys_of

MOST_CLAIMS = 5
_MONTH_KEYS = frozenset(stem(month) for month in MONTHS)
_ASKING = re.compile(
    r"\b(?:what|whats|what's|which|anything|everything|something|who)\b.{0,60}\b(?:sa(?:y|ys|id|ying)|claim\w*|accus\w*|alleg\w*|state[sd]?"
    r"|report\w*|announc\w*|assert\w*|expect\w*|predict\w*|forecast\w*|think\w*|tell|told|reveal\w*|mention\w*|happen\w*|find|found)\b"
    r"|\b(?:was|were|is|are|has|have|had|did|does|can|where|when|who|about)\b.{0,60}\b(?:claims?|statements?|accusations?|allegations?|forecasts?|predictions?|reports?|words|remarks?|assertions?|views?|opinions?|stance)\b"
    r"|\b(?:anything|something|everything) (?:from|by)\b"
    r"|\b(?:list|show)\b.{0,40}\b(?:claims?|said|claimed|statements?)\b"
    r"|\b(?:verified|unverified|confirmed|debunked|fact.?checked|status|on record|according to|what about|any news)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:claims?|statements?|accusations?|allegations?|forecasts?|predictions?|reports?|story|thing|assertions?)\b.{0,60}"
    r"\b(?:verified|unverified|confirmed|true|right|accurate|proven|proved|debunked|refuted|checked|false|correct)\b"
    r"|\b(?:status|verified|confirmed|proven) .{0,30}\b(?:claims?|statements?|accusations?|story|report)\b",
    re.IGNORECASE,
)
"""Asks how a claim stands, naming what it is about (`is the claim about the containers verified?`)."""

_DETAIL = re.compile(
    r"^\W*(?:(?:so|and|ok|hey) )*(?:when|where|(?:on|in|at|since) (?:which|what)"
    r"|(?:which|what) (?:day|date|month|year|place))\b",
    re.IGNORECASE,
)
"""Asks for one thing that a claim says (`when was the summit of Putin and Kim?`)."""
_SAYINGS = "claims|statements|accusations|allegations|forecasts|predictions|remarks|assertions|views"
_NAMED = re.compile(
    rf"\b(?:\w+['’]s|\w{{3,}}s['’]?) (?:{_SAYINGS})\b|\b(?:{_SAYINGS}) (?:made |given )?(?:by|of|from)\b"
    rf"|\w \d{{1,2}}(?:st|nd|rd|th)? (?:{_SAYINGS})\W*$",
    re.IGNORECASE,
)
"""Names what somebody said (`Kirby's remarks of 4 January`): a question of its own where all else says who or when."""
_JUDGED = re.compile(r"\b(?:no|not|never|none|false|fake|wrong|true|lies?|bogus|nonsense|\w+n['’]t)\b", re.IGNORECASE)
"""Says something of what somebody said, so that it asks for no list."""
_DENIED = re.compile(rf"\bno (?:\w+ )?(?:{_SAYINGS}|claim|statement)\b", re.IGNORECASE)
"""Says that somebody said nothing."""
_SAME = 0.8
"""How alike (0 to 1) a word is that may stand on record in the place of one that was written."""


def asks_about(text: str, keys: Sequence[str], index: Index, spaces: Sequence[str]) -> list[int]:
    """Return the claims that such a question asks for, at most `MOST_CLAIMS`; none when it is no such question."""
    content = [key for key in keys if key not in asking_words() and key not in chatter_words()]
    detail = bool(_DETAIL.search(text))
    asking = detail or _ASKING.search(text) or _bare(text, content)
    named = _NAMED.search(text) and not _JUDGED.search(text)
    if all(key.isdigit() for key in content) or len(content) > 6 or not (asking or named) or _DENIED.search(text):
        return []
    held = [index.holding(key) if detail else _holding(key, index) for key in content]
    docs = reduce(partial(np.intersect1d, assume_unique=True), held)
    if not 0 < len(docs) <= 200:
        return []
    shown = index.shown(docs, spaces)
    if not asking:
        return [doc for doc in shown if set(content).issubset(index.context(doc))][:MOST_CLAIMS]
    if len(shown) == 1 and len(content) > 1 and (detail or _STANDING.search(text)):
        return shown
    if _MONTH_KEYS.isdisjoint(content):
        shown = [doc for doc in shown if not set(content).isdisjoint(index.context(doc))]
    return shown[:MOST_CLAIMS]


def _holding(key: str, index: Index) -> Ints:
    """Return the claims that hold a word, or one that says the same."""
    same = (other for other, alike in synonyms().of(key).items() if alike >= _SAME)
    return reduce(np.union1d, map(index.holding, same), index.holding(key))


def _bare(text: str, content: Sequence[str]) -> bool:
    """Tell whether a text is nothing but one or two words, none of them of a date: `kirby?`."""
    return len(keys_of(text)) == len(content) <= 2 and _MONTH_KEYS.isdisjoint(content)
