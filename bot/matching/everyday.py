"""Plain words for what people say in chat: `laid off` is read as `dismissed`, and `bucks` is a synonym of `dollars`.

The table, tables/everyday.txt, is reviewed by hand and says how its lines are written.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from importlib.resources import files

_PARTED = re.compile(r"[ -]")
_WITH = re.compile(r"\bw(?:/(?:(o)\b)? ?| )")
_YEARS_OLD = re.compile(r"(?<=\d) ?y/?o\b", re.IGNORECASE)
_SUES = re.compile(r"\bfil(e|es|ed|ing) (?:a |an )?(?:\w+ )?(?:case|lawsuit|suit|complaint) against\b", re.IGNORECASE)
_TAKES_TO_COURT = re.compile(
    r"\bt(?:a|oo)k(e|es|ing|) ((?:\w+ ){1,3})to (?=court\b|the icj\b|the international court\b)", re.IGNORECASE
)
_FORMS_OF_SUE = {"": "sued", "e": "sue", "es": "sues", "ed": "sued", "ing": "suing"}
_GIVES_BACK = re.compile(r"\bg(i|a)v(es?|ing) ((?:\w+ ){1,3})back\b", re.IGNORECASE)
_OUTNUMBERS = re.compile(r"\boutnumber(?:s|ed)?\b", re.IGNORECASE)
_CATEGORY = re.compile(r"\bcat(?=[ -]?[1-5]\b)", re.IGNORECASE)
_QUARTER = re.compile(r"\bq([1-4])\b", re.IGNORECASE)
_SQUARE_OR_CUBIC = re.compile(r"(?:(?<=\d) ?|(?<=\d[mk]) )(k?)m([23])\b")
"""`300 m2`, `30m m3`: small letters behind a number, as `M2` is a name."""
_QUARTERS = ("first", "second", "third", "fourth")
_APART = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
"""What `str.translate` makes words of an ASCII text with: a blank for all but letters and digits."""
_VERB = 3
"""Forms that are listed of a verb."""
_THIRD = re.compile(r"(?<![aeiou])y$|(?:s|x|z|ch|sh|o)$|$")


@cache
def everyday_lines() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the table: each line's wordings, each of them its forms."""
    text = (files(__package__) / "tables" / "everyday.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(_forms(wording) for wording in _parts(line, "|")) for line in lines)


def _forms(wording: str) -> tuple[str, ...]:
    """Return the forms of a wording; of a verb, which is listed with its past and -ing form, `hands out` as well."""
    forms = tuple(_parts(wording, ","))
    if len(forms) != _VERB:
        return forms
    verb, blank, others = forms[0].partition(" ")
    return (*forms, _THIRD.sub(_in_third_person, verb, count=1) + blank + others)


def _in_third_person(end: re.Match[str]) -> str:
    return "ies" if end[0] == "y" else f"{end[0]}es" if end[0] else "s"


def _parts(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign)]


def _is_phrase(wording: str) -> bool:
    return _PARTED.search(wording) is not None


@cache
def _phrases() -> dict[str, dict[str, str]]:
    """Return by its first word each phrase of the table, and what it stands for."""
    plain: dict[str, dict[str, str]] = {}
    for first, *others in everyday_lines():
        for other in others:
            for form, meant in zip(other, first, strict=True):
                if _is_phrase(form) or _is_phrase(meant):
                    plain.setdefault(_PARTED.split(form)[0], {})[form] = meant
    return plain


@cache
def _telling() -> dict[str, set[str]]:
    """Return for the word of each phrase that the fewest phrases have the first words of the phrases it tells of.

    A text without that word (`lot` of `a lot of`; the last one may be a plural) has none of them, and most texts have
    no such word.
    """
    phrases = [(first, _letters(phrase).split()) for first, each in _phrases().items() for phrase in each]
    common = Counter(word for _, words in phrases for word in words)
    found: dict[str, set[str]] = {}
    for first, words in phrases:
        word = min(words, key=lambda word: (common[word], -len(word)))
        for form in (word, f"{word}s"):
            found.setdefault(form, set()).add(first)
    return found


def _letters(text: str) -> str:
    """Return the words of a text in small letters, signs left out."""
    return text.lower().translate(_APART)


@cache
def _beginning(word: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all phrases that begin with this word, made when a text first has it, and their meanings."""
    phrases = _phrases()[word]
    return _pattern(phrases), _parted(phrases)


def _parted(phrases: dict[str, str]) -> dict[str, str]:
    return {phrase.replace("-", " "): meant for phrase, meant in phrases.items()}


def _pattern(phrases: dict[str, str]) -> re.Pattern[str]:
    """Return what finds each of these phrases; a hyphen may be left out, and never be put in (`cover-up`)."""
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(re.escape(phrase).replace(r"\-", "[ -]") for phrase in longest_first)
    return re.compile(rf"\b({either})(s?)\b", re.IGNORECASE)


def in_plain_words(text: str) -> str:
    """Put plain words for the phrases of the table in an ASCII text: `got laid off` → `got dismissed`."""
    if "w/" in text or " w " in text or text.startswith("w "):
        text = _WITH.sub(lambda found: "without " if found[1] else "with ", text)
    lower = text.lower()
    if " against" in lower:
        text = _SUES.sub(lambda found: _FORMS_OF_SUE[found[1].lower()], text)
    if "court" in lower or " to the icj" in lower:
        text = _TAKES_TO_COURT.sub(lambda found: f"{_FORMS_OF_SUE[found[1].lower()]} {found[2]}at ", text)
    if "outnumber" in lower:
        text = _OUTNUMBERS.sub("are more than", text)
    if " back" in lower:
        text = _GIVES_BACK.sub(_returned, text)
    text = _measures_in_words(text, lower)
    words = _letters(text).split()
    telling = _telling().keys() & words
    if not telling:
        return text
    begin = set[str]().union(*map(_telling().__getitem__, telling)).intersection(words)
    lower = text.lower()
    for word in sorted(begin, key=lower.rfind, reverse=True):  # `cut down on purpose` is no `cut down on`
        pattern, phrases = _beginning(word)
        text = pattern.sub(partial(_meant, phrases), text)
    return text


def _measures_in_words(text: str, lower: str) -> str:
    """Write out what numbers are of: `12yo`, `cat 3`, `Q2`, `30 m2`; `lower` is the text in small letters."""
    if "y" in lower and ("yo" in lower or "y/o" in lower):
        text = _YEARS_OLD.sub(" year old", text)
    if "cat" in lower:
        text = _CATEGORY.sub("category", text)
    if "q" in lower:
        text = _QUARTER.sub(lambda found: f"{_QUARTERS[int(found[1]) - 1]} quarter", text)
    return _SQUARE_OR_CUBIC.sub(_square_or_cubic, text) if "m2" in text or "m3" in text else text


def _square_or_cubic(found: re.Match[str]) -> str:
    return f" {'square' if found[2] == '2' else 'cubic'} {'kilo' if found[1] else ''}metres"


def _returned(found: re.Match[str]) -> str:
    form = (
        "returned" if found[1].lower() == "a" else {"e": "return", "es": "returns"}.get(found[2].lower(), "returning")
    )
    return f"{form} {found[3].strip()}"


def _meant(phrases: dict[str, str], found: re.Match[str]) -> str:
    return phrases[found[1].lower().replace("-", " ")] + found[2]


def same_words() -> Iterator[tuple[str, ...]]:
    """Yield the single words of the table that mean the same, in the same form: `bought`, `purchased`."""
    for wordings in everyday_lines():
        for alike in zip(*wordings, strict=True):
            yield tuple(dict.fromkeys(form for form in alike if not _is_phrase(form)))
