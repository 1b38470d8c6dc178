"""A text as a row of tokens: words with their keys, numbers in digits, the punctuation that parts clauses.

Fractions, dozens and numbers in words become digits first (`a fifth of` → `20 %`, `half a million` → `500000`),
so that everything after this reads digits only.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from bot.matching.everyday import in_plain_words
from bot.matching.words import base_stem, letters_apart, light_words, spell_out_numbers, stem
from bot.text import ascii_form

MOST_TOKENS = 600
"""Tokens beyond which a text is not read: callers cap texts at about 2,000 characters."""


class Token(NamedTuple):
    """One token. `key` is what is compared: a stem, a number in digits, a known name's key, or the sign itself."""

    surface: str
    lower: str
    key: str
    kind: str
    """word, number, name (from the table of other names) or sign."""
    content: bool = False
    """A word or name that says something about what is claimed: not the, of, did, not, said …."""
    capital: bool = False


_TOKEN = re.compile(
    r"\d{4}-\d\d?-\d\d?(?!\d)|\d\d?[:h]\d\d(?!\d)|\d+[gG]\b|\d{3,4}'?s\b|#\d+|\d+(?:\.\d+)?"
    r"|[A-Za-z]{1,7}-?\d{1,4}(?![\d,.]\d)[A-Za-z]?\b|[A-Za-z]+(?:'[A-Za-z]+)*|[%$+~?!.,;:()\"/\-]"
)
_DOTTED = re.compile(r"\b((?:[A-Za-z]\.){2,})")
_ABBREVIATED = re.compile(
    r"\b(st|dr|mr|mrs|ms|prof|gov|sen|rep|gen|col|sgt|lt|jr|sr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|vs"
    r"|approx|[A-Za-z])\.(?= ?[A-Za-z\d])",
    re.IGNORECASE,
)
_NOT_A_SHARE = "million|billion|seconds|minutes|hours|days|weeks|months|years|matches|games|attempts|attacks|tries"
_SIGNS = str.maketrans(
    {"€": " EUR ", "£": " GBP ", "₹": " INR ", "¥": " JPY ", "½": ".5", "¼": ".25", "¾": ".75", "‘": '"'}
)
_SHORT_YEAR = re.compile(r"(?<=[a-z\d] )'([0-3]\d)\b(?!s)", re.IGNORECASE)
_CLOSING = re.compile(r"’(?!\w)")

_SMALL = {
    "zero": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
             "eleventh": 11, "twelfth": 12}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_COUNT = r"(a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|\d{1,3})"
_OF_COUNT = (
    r"(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|a hundred|\d{1,4})"
)


def _percent(share: float) -> str:
    return f" {share:.4g} percent "


def _fraction(match: re.Match[str]) -> str:
    count, part = match[1].lower(), match[2].lower().removesuffix("s")
    return _percent(100 * _number(count) / _PARTS[part]) + (match[3] or "")


def _number(text: str) -> float:
    text = text.lower()
    return float(text) if text[0].isdigit() else float(_SMALL[text.removeprefix("a ").strip()])


def _one_in(match: re.Match[str]) -> str:
    few, many = _number(match[1]), _number(match[3])
    within = match[2].lower() == "in"
    odds = match.string[: match.start()].endswith(" to ")  # `three to one in 2024`
    year = odds and _FIRST_YEAR <= many <= _LAST_YEAR
    fits = few < many and not year and (few == 1 or not within or many <= 10) and match[1].lower() not in ("a", "an")
    return _percent(100 * few / many) if fits else match[0]


def _part_of_point(match: re.Match[str]) -> str:
    """Put `a quarter of a percentage point` as 0.25 of them, but not `three-quarter point`, `one and a half points`."""
    before = re.split(r"[ -]", match.string[: match.start()].rstrip(" -").lower())[-1]
    if before[:1].isdigit() or before in _SMALL.keys() | _ORDINALS.keys() | {"and", "first", "second"}:
        return match[0]
    return f"{1 / _PARTS[match[1].lower()]:g} " + ("percentage " if "percentage" in match[0].lower() else "")


def _out_of(match: re.Match[str]) -> str:
    """Put `one juror out of twelve` as a share of jurors."""
    few, many = _number(match[1]), _number(match[3])
    return f"{_percent(100 * few / many)}{match[2]}" if few < many else match[0]


def _dozens(match: re.Match[str]) -> str:
    return f"{12 * _number(match[1]):.0f}"


def _ordinal(match: re.Match[str]) -> str:
    word = match[0].lower()
    return f"#{_ORDINALS.get(word) or match[1]}"


def _nth(word: str) -> int:
    return 2 if word == "second" else _ORDINALS.get(word) or max(1, int(word[:-2]))


_TWO_HALVES = frozenset("both the two between in of all these those other into first second separate equal as".split())
"""Words before which `halves` are parts, and not what somebody does."""


def _halved(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _TWO_HALVES else f"{match[1]} halve "


_NO_ORDINAL = r"half|later|ago|after|before|or|and|by|in|of|for|to|from|is|was|most|wave|hand|\w+est"
"""Words before which `second` is a time, or part of another word (`second largest`)."""
_HALVES = {"million": "500000", "billion": "500000000", "thousand": "500", "dozen": "6"}
_Put = str | Callable[[re.Match[str]], str]
_PART_NAMES = (
    "half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths"
)
_SUBSTITUTES: tuple[tuple[frozenset[str], re.Pattern[str], _Put], ...] = tuple(
    (frozenset(triggers.split()), re.compile(pattern, re.IGNORECASE), by)
    for triggers, pattern, by in (
        ("half", r"\b" + _COUNT + r" and a half\b(?= [a-z])", lambda m: f"{_number(m[1]) + 0.5:g}"),
        ("half quarter", r"\b(?:an? )?(half|quarter)(?: (?:of )?an?)?[ -](?:percentage[ -])?(?=points?\b)",
         _part_of_point),
        ("percent cent", r"\b(?:a )?(half|quarter) (?:of )?a per ?cent\b",
         lambda m: _percent(1 / _PARTS[m[1].lower()])),
        ("aged", r"\baged (\d{1,3})\b(?!\s*(?:[-+/]|(?:to|and|or|plus|up|through|(?:hour|day|week|month|year)s?)\b))",
         r"\1 years old"),
        ("half", r"\b(?:a )?half(?: of)?[ -]an? (million|billion|thousand|dozen)\b|\bhalf[ -](million|billion|dozen)\b",
         lambda m: _HALVES[(m[1] or m[2]).lower()]),
        ("quarter", r"\b(?:a )?quarter of a million\b", "250000"),
        ("#", r"(?<![\d/])([1-9])/([2-9]|10)(?= (?:of|as|more|less)\b)",
         lambda m: _percent(100 * int(m[1]) / int(m[2]))),
        (_PART_NAMES + " ninth ninths tenth tenths",
         r"\b" + _COUNT + r"[ -](half|halves|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)"
         r"\b( of\b|(?= (?:as|more|less|fewer|higher|lower|off)\b)|(?=\s*(?:[.,;?!]|$))|(?<=s\b))", _fraction),
        ("quarter third fifth tenth", r"(?<=by )a (quarter|third|fifth|tenth)\b",
         lambda m: _percent(100 / _PARTS[m[1].lower()])),
        ("half", r"\bhalf (?=(?:as|the (?:size|number|amount|price|weight))\b)", "0.5 times "),
        ("half", r"(?<=by )half\b|\bhalf (?:of )?(?=(?:the|its|their|his|her|all|our|your)\b)", " 50 percent "),
        ("one two three four five six seven eight nine ten eleven twelve fifteen twenty #",
         r"(?<!every )(?<!each )\b" + _COUNT + r" (in|in every|(?:out )?of(?: the| its)?) " + _OF_COUNT
         + r"\b(?! (?:" + _NOT_A_SHARE + r"))", _one_in),
        ("halves", r"\b(\w+) halves (?=(?:a|an|the|its|their|his|her|our|your|my|all)\b)", _halved),
        ("half", r"\ban? (minute|hour|day|week|month|year) and a half\b", r"1.5 \1s"),
        ("single", r"\b(?:a|one|1) single (?=(?:minute|hour|day|night|week|month|year)\b)", "1 "),
        ("no", r"(?:(?<=\bthe )|(?<=\bworld ))no (?=\d{1,2}\b)", "#"),
        ("out", r"\b" + _COUNT + r" ([a-z]+) out of (?:the )?" + _OF_COUNT + r"\b", _out_of),
        (" ".join(_ORDINALS) + " second #", r"\bevery (second|\d+(?:rd|th)|" + "|".join(_ORDINALS) + r")\b(?= [a-z])",
         lambda m: _percent(100 / _nth(m[1].lower())) + "of "),
        ("dozen", r"\b" + _COUNT + r"[ -]dozen\b", _dozens),
        ("minute hour day week month year decade",
         r"(?<=\bfor )an? (?=(?:minute|hour|day|week|month|year|decade)\b)", "1 "),
        ("second", r"\b(the|a|his|her|its|their|our|my) second(?= [a-z]{3,}\b)(?! (?:" + _NO_ORDINAL + r")\b)",
         r"\1 #2"),
        ("once", r"\b(?:only|just|exactly) once\b", "only 1 times"),
        ("twice", r"\btwice\b", "2 times"), ("thrice", r"\bthrice\b", "3 times"),
        (" ".join(_ORDINALS), r"\b(?<!ty[ -])(?:" + "|".join(_ORDINALS) + r")\b", _ordinal),
    )
)  # fmt: skip
"""What becomes digits: words of which a text must have one to be tried (`#` is any digit), pattern, digits."""
_ORDINAL = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)\b", re.IGNORECASE)


_CAMEL = re.compile(r"[a-z]+[A-Z][a-z]")
"""How a name may begin that has its capital inside: `easyJet`."""
_DIGIT = re.compile(r"\d")


def _prepared(text: str) -> str:
    """Return the text in ASCII with every number in digits."""
    if not text.isascii():
        if "‘" in text:
            text = _CLOSING.sub('"', text)
        text = ascii_form(text.translate(_SIGNS))
    if "." in text[:-1]:
        text = _DOTTED.sub(lambda m: m[1].replace(".", ""), text)
        text = _ABBREVIATED.sub(r"\1", text)
    if "'" in text:
        text = _SHORT_YEAR.sub(r"20\1", text)
    text = in_plain_words(text)
    words = set(letters_apart(text))
    digits = _DIGIT.search(text) is not None
    for triggers, pattern, by in _SUBSTITUTES:
        if not words.isdisjoint(triggers) or (digits and "#" in triggers):
            text = pattern.sub(by, text)
    if digits:
        text = _ORDINAL.sub(_ordinal, text)
    return spell_out_numbers(text)


_LEFT_OVER = {word: str(value) for word, value in _SMALL.items() if word not in ("a", "an", "one", "hundred")}


@lru_cache(maxsize=100_000)
def _token(surface: str) -> Token:
    """Return the token that a string is, wherever it stands."""
    if surface[0].isdigit() or surface[0] == "#":
        word = surface[-1] in "gG"
        return Token(surface, surface.lower(), surface.lower(), "word" if word else "number", word)
    if not surface[0].isalpha():
        return Token(surface, surface, surface, "sign")
    lower = surface.lower().removesuffix("'s")
    if lower in _LEFT_OVER:
        return Token(_LEFT_OVER[lower], lower, _LEFT_OVER[lower], "number")
    model = lower.removesuffix("s") if lower[-2:-1].isdigit() else lower
    if model[-1].isdigit() or "-" in lower:
        return Token(surface, lower, model.replace("-", ""), "word", True, surface[0].isupper())
    plain = lower.replace("'", "")
    key = base_stem(plain)
    capital = surface[0].isupper() or _CAMEL.match(surface) is not None
    return Token(surface, lower, key, "word", stem(plain) not in light_words(), capital)


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text, in order."""
    return [_token(found) for found in _TOKEN.findall(_prepared(text))[:MOST_TOKENS]]
