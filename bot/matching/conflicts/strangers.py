"""Names, numbers, years and months in a question that nothing on record about the claim knows."""

import re
from functools import lru_cache
from math import inf

from rapidfuzz.distance import OSA, Levenshtein

from bot.matching.conflicts.claimant import ANYBODY
from bot.matching.conflicts.counting import is_part_of_some
from bot.matching.conflicts.dates import in_words, stranger_date
from bot.matching.conflicts.model import Conflict, Name, Quantity, Statement
from bot.matching.conflicts.names import TITLES, one_in_the_other
from bot.matching.conflicts.replaced import named_in
from bot.matching.irregular import is_irregular
from bot.matching.kinship import synonyms
from bot.matching.words import background, chatter_words, stem

_NOT_ON_RECORD = 0.5
_WRITTEN = re.compile(r"\d[\d.,]*|thousand|million|billion|trillion")
_NO_AMOUNTS = ("order", "score")
_MULTIPLIED = {2.0: stem("double"), 3.0: stem("triple"), 4.0: stem("quadruple")}
_POINTING = frozenset(("the", "these", "those"))
_HOME = "united_states"
_SHORT, _TYPO, _RARE, _COMMON = 5, 3, 1e-6, 1e-5
_LONG, _EVERYDAY = 8, 1e-4
"""Letters from which a word may be misspelt in two; share of English from which a word is one of the commonest."""


def stranger_conflicts(question: Statement, around: Statement) -> list[Conflict]:
    """Return the first name, number and date of a question that `around`, all that is on record, does not have."""
    found = [("name", name.surface) for name in question.names if _is_stranger(name, question, around)][:1]
    found = found or [("name", word.title()) for word in _small_names(question, around)][:1]
    numbers = [each for each in question.quantities if not _points_back(each, question)]
    found += [("number", each.text) for each in numbers if _is_strange_number(each, around)][:1]
    date = stranger_date(question.dates, around.dates)
    found += [("date", in_words(date))] if date else []
    return [
        Conflict(kind, f"you wrote {written}, which is not on record with this claim", _NOT_ON_RECORD)
        for kind, written in found
    ]


def _points_back(asked: Quantity, question: Statement) -> bool:
    """Whether a two counts what was named (`the two leaders met`), or is half a word (`two-way`)."""
    before, after = question.tokens[max(0, asked.start - 1) : asked.last], question.tokens[asked.last + 1 :][:1]
    pointing = any(token.lower in _POINTING for token in before) or any(token.lower == "-" for token in after)
    return pointing and asked.text == "two"


def _is_strange_number(asked: Quantity, around: Statement) -> bool:
    """Whether a plain number is on record in no form, though others are: `fifty missiles`, `nine occasions`."""
    if asked.vague or asked.value <= 1 or asked.kind in _NO_AMOUNTS:
        return False
    if asked.kind == "times" and _MULTIPLIED.get(asked.value) in around.ranks:
        return False  # `twice as much` for what doubles
    if is_part_of_some(asked, around.text):
        return False
    known = [each for each in around.quantities if each.kind not in _NO_AMOUNTS]
    return bool(known) and not any(_fits(asked, each) for each in known)


def _fits(asked: Quantity, known: Quantity) -> bool:
    """Whether one number lies in what the other allows; `at least nine` says nine and does not say fifty.

    A number that is written the same without a unit, or in pounds, is no stranger: `at 26`, `26-year-old`.
    """
    comparable = not asked.unit or not known.unit or {asked.unit, known.unit} == {"pounds", "kilograms"}
    digits = _WRITTEN.findall(asked.text)
    if comparable and (
        digits == _WRITTEN.findall(known.text) != []
        or known.text.split()[0] == asked.text
        or asked.text.split()[0] == known.text
    ):
        return True
    if asked.kind == known.kind == "share" and abs(asked.value - known.value) <= 1:
        return True  # `33 %` for a third
    within = known.low <= asked.value <= known.high and known.high < inf
    return within or asked.low <= known.value <= asked.high


def _is_stranger(name: Name, question: Statement, around: Statement) -> bool:
    if named_in(name, around, frozenset()) or _modifies(name, question) or _is_chatter(name):
        return False
    if any(one_in_the_other(name, other) for other in around.names if question.ranks.keys().isdisjoint(other.keys)):
        return False
    if not around.ranks.keys().isdisjoint(synonyms().of(stem(name.surface.lower()))):
        return False  # `mps` for a parliament
    if name.keys == {_HOME}:
        return any(other.kind == "countries" for other in around.names)
    if name.surface.islower() and not name.kind and all(_near(key, around) for key in name.keys):
        return False  # a word misspelt that happens to be somebody's name: `daly`
    return not _is_short_for(name.surface, around)


def _small_names(question: Statement, around: Statement) -> list[str]:
    """Return the words of a text without capitals that must be names: rare, in no word list, no misspelling."""
    if any(token.capital for token in question.tokens):
        return []
    words = (question.tokens[place] for place in question.content)
    return [
        word.lower for word in words if word.kind == "word" and _is_no_word(word.key) and not _near(word.key, around)
    ]


def _is_no_word(key: str) -> bool:
    unknown = key.isalpha() and len(key) > _SHORT and background().get(key, 0.0) < _RARE and not synonyms().of(key)
    return unknown and not _is_misspelt(key)


@lru_cache(maxsize=10_000)
def _is_misspelt(key: str) -> bool:
    """Whether it is one of the commonest words, misspelt: `becuase`, `probly`."""
    slips = 2 if len(key) >= _LONG else 1
    return any(OSA.distance(key, word, score_cutoff=slips) <= slips for word in _commonest(key[0]))


@lru_cache(maxsize=26)
def _commonest(letter: str) -> tuple[str, ...]:
    return tuple(
        word for word, share in background().items() if share >= _EVERYDAY and word[0] == letter and len(word) > _SHORT
    )


def _near(key: str, around: Statement) -> bool:
    """Whether a word is on record, or one there misspelt or cut short."""
    return any(
        other.startswith(key[:_SHORT]) or key.startswith(other[:_SHORT]) or Levenshtein.distance(key, other) <= _TYPO
        for other in around.ranks.keys() | {token.lower for token in around.tokens if token.content}
        if len(other) >= _SHORT - 1
    )


def _modifies(name: Name, question: Statement) -> bool:
    """Whether a name only says more of what follows (`Texas man`, `Fox News host Ann Lee`): often left out."""
    after = question.tokens[name.last + 1] if name.last + 1 < len(question.tokens) else None
    if name.kind == "organisations":
        return False
    if not after or not after.content or question.tokens[name.last].surface.endswith("'s"):
        return False
    return not is_irregular(after.lower) and not after.lower.endswith("ed")


def _is_chatter(name: Name) -> bool:
    if name.surface.isupper() and not name.kind and background().get(min(name.keys), 0.0) >= _COMMON:
        return True  # a word in capitals for stress
    return all(word in TITLES | ANYBODY or stem(word) in chatter_words() for word in name.surface.lower().split())


def _is_short_for(surface: str, around: Statement) -> bool:
    """Whether a name is the initials of words on record (`MPs`, `members of parliament`)."""
    letters = surface.rstrip("s").lower()
    first = "".join(around.tokens[place].lower[0] for place in around.content)
    return surface[0].isupper() and 1 < len(letters) <= _SHORT and surface[:-1].isupper() and letters in first
