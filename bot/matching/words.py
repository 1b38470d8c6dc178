"""Words of a text as the matcher sees them: folded, numbers brought to digits, other names to one name, stemmed.

`background.txt` says how common a stem is in general English, so that a word's weight makes sense in a database of
fifteen claims as well as of a million. It is made from wordfreq by tests/benchmarks/make_tables.py.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import Stemmer
from text_to_num import alpha2digit

from bot.matching.everyday import in_plain_words
from bot.matching.irregular import base_form
from bot.text import ascii_form

_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?\d*|\d+(?:\.\d+)?")
_DOTTED = re.compile(r"\b((?:[A-Za-z]\.){2,})")
_DIGIT = re.compile(r"\d")
_DIGIT_GROUPS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])(\d{1,3}),(\d{1,2})"
    r"(?=\s?(?:%|(?:percent|per cent|pct|points?|thousand|mn?|mil|million|bn|billion|times"
    r"|euros?|dollars?|pounds?|crowns?|kron(?:or|er)|k?m|kg|kilos?|(?:kilo)?met(?:er|re)s?|lit(?:er|re)s?|tons|tonnes?"
    r"|degrees?)\b))",
    re.IGNORECASE,
)
"""`61,5 percent`, as most of Europe writes it; without a unit it may be a list, or a comma without its blank."""
_IN_METRES = (
    "deep|down|underground|underwater|below|above|high|tall|long|wide|away|apart|race|dash|sprint|freestyle|hurdles"
    "|butterfly|backstroke|relay|final|record"
)
"""Words behind which `200m` is no number of millions."""
_MAGNITUDE = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?)[ -]?(k|m(?! (?:"
    + _IN_METRES
    + r")\b)|mn|mil|mln|mio|bn|bil|b|tn|thousand|million|billion|trillion"
    r"|milion|millon|milon|bilion|billon|trilion|thosand)\b",
    re.IGNORECASE,
)
MONTHS = tuple("january february march april may june july august september october november december".split())
_SHORT_MONTHS = {month[:3]: month for month in MONTHS if month not in ("march", "may")} | {"sept": "september"}
_LETTERS = "".join(chr(code) if chr(code).isalpha() else " " for code in range(128))
"""What `str.translate` makes words of an ASCII text with: a blank for all but letters."""
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mil": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6,
          "bn": 1e9, "bil": 1e9, "b": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12, "milion": 1e6,
          "millon": 1e6, "milon": 1e6, "bilion": 1e9, "billon": 1e9, "trilion": 1e12, "thosand": 1e3}  # fmt: skip
_AND_A_HALF = re.compile(r"\b(\w+) and a half (thousand|million|billion)\b", re.IGNORECASE)
_GRAND = re.compile(
    r"\b(\d{1,3}) grand\b(?! (?:slam|prix|jury|juries|final|canyon|piano|mosque|tour|opening))", re.IGNORECASE
)
"""Thousands in dollars or pounds: `five grand`."""
_MODEL_NUMBER = re.compile(r"\b([A-Za-z]{1,5})-(\d{1,4})\b")
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
    " first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth".split()
)
_CURRENCIES = str.maketrans({"€": " euro ", "£": " pound ", "₹": " rupee ", "¥": " yen "})
_SHORT_FORMS = _SHORT_MONTHS | {"eur": "euro", "gbp": "pound", "inr": "rupee", "jpy": "yen", "usd": "dollar"}
WORDS_KEPT = 100_000
"""Words about which something is kept in memory: people may write any."""
_TEXTS_KEPT = 64
"""Texts of which the keys are kept: several parts of one question look at the same sentence."""
LONGEST_NUMBER = 15
"""Digits beyond which a number is kept as written: no float holds more."""


_MOSTLY_WORDS = frozenset(("us", "ru"))


class Word(NamedTuple):
    """One word: as written (ASCII), in lower case, its key (what is compared), whether a number or a known name."""

    surface: str
    lower: str
    key: str
    number: bool = False
    name: bool = False


def plain_number(text: str) -> str:
    """Write a number so that equal numbers look equal: `1500000000.0` → `1500000000`, `.50` → `0.5`."""
    if len(text) > LONGEST_NUMBER:
        return text[:40]
    return f"{float(text):f}".rstrip("0").rstrip(".")


def spell_out_numbers(text: str) -> str:
    """Bring the numbers of an ASCII text to digits: `1.5bn` → `1500000000`, `nine` → `9`, `3rd` → `3`."""
    if "half" in text:
        text = _AND_A_HALF.sub(_and_a_half, text)
    if _DIGIT.search(text):
        text = _DECIMAL_COMMA.sub(r"\1.\2", _DIGIT_GROUPS.sub("", text))
        text = _MAGNITUDE.sub(_times, text)
    if not _NUMBER_WORDS.isdisjoint(letters_apart(text)):
        text = str(alpha2digit(text, "en"))
    if "grand" in text:
        text = _GRAND.sub(r"\g<1>000", text)
    return _ORDINAL.sub(r"\1", text) if _DIGIT.search(text) else text


def letters_apart(text: str) -> list[str]:
    """Return the runs of letters of an ASCII text, in small letters."""
    return text.lower().translate(_LETTERS).split()


def _and_a_half(match: re.Match[str]) -> str:
    count = "1" if match[1].lower() == "one" else str(alpha2digit(match[1], "en"))
    return f"{count}.5 {match[2]}" if count.isdigit() else match[0]


def _times(match: re.Match[str]) -> str:
    if len(match[1]) > LONGEST_NUMBER:
        return match[0]
    return plain_number(str(round(float(match[1]) * _TIMES[match[2].lower()], 6)))


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """Return the stem of a lower-case ASCII word."""
    return str(_stemmer().stemWord(word))


def base_stem(word: str) -> str:
    """Return the stem of a lower-case ASCII word's base form: `gave`, `giving` → `give`."""
    return stem(base_form(word))


@cache
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("english")


def words(text: str) -> list[Word]:
    """Return the words of a cleaned text, in order, with the other names of one thing brought to one key."""
    return join_names(_split(text))


def _split(text: str) -> list[Word]:
    if not text.isascii():
        text = ascii_form(text.translate(_CURRENCIES))
    if text.count(".") > 1:
        text = _DOTTED.sub(lambda m: m[1].replace(".", ""), text)
    if "-" in text:
        text = _MODEL_NUMBER.sub(r"\1\2", text)
    text = in_plain_words(text)
    found = _TOKEN.findall(text)
    if _DIGIT.search(text) or not _NUMBER_WORDS.isdisjoint(map(str.lower, found)):
        found = _TOKEN.findall(spell_out_numbers(text))
    return list(map(_word, found))


@lru_cache(maxsize=WORDS_KEPT)
def _word(surface: str) -> Word:
    if surface[0].isdigit():
        return Word(surface, surface, plain_number(surface), number=True)
    lower = surface.lower().removesuffix("'s").replace("'", "")
    return Word(surface, lower, stem(_SHORT_FORMS.get(lower, lower)))


@lru_cache(maxsize=_TEXTS_KEPT)
def keys(text: str) -> tuple[str, ...]:
    """Return only the keys of a text's words."""
    return tuple(word.key for word in words(text))


@cache
def _other_names() -> dict[str, tuple[tuple[list[str], str], ...]]:
    """Return the reviewed table of other names: first word → (all its words, the thing's key), longest first."""
    by_first: dict[str, list[tuple[list[str], str]]] = {}
    for line in table_lines("names.txt"):
        names = [[word.lower for word in _split(name)] for name in line.split("|")]
        for name in filter(None, names):
            by_first.setdefault(name[0], []).append((name, "_".join(names[0])))
    return {first: tuple(sorted(ways, key=lambda way: -len(way[0]))) for first, ways in by_first.items()}


def join_names(found: list[Word]) -> list[Word]:
    """Replace each run of words that the table of other names knows by one word with that thing's key.

    `us` in small letters is the pronoun unless `the` stands before it; `ru` asks how you are.
    """
    table = _other_names()
    lowers = [word.lower for word in found]
    if table.keys().isdisjoint(lowers):
        return found
    joined: list[Word] = []
    done = 0
    for at, lower in enumerate(lowers):
        if at < done or lower not in table:
            continue
        length, key = _name_at(found, lowers, at)
        if key:
            joined += found[done:at]
            joined.append(_joined(found[at : at + length], key))
            done = at + length
    return joined + found[done:] if done else found


def is_kim_jong_un(last_but_one: str, word: str) -> bool:
    """Whether this `un`, two words behind that one, ends somebody's name and is not the organisation."""
    return word == "un" and last_but_one == "kim"


def _name_at(found: list[Word], lowers: list[str], at: int) -> tuple[int, str]:
    """Return how many words from `at` on are a known name, and its key (1 and "" where there is none)."""
    if at > 1 and is_kim_jong_un(lowers[at - 2], lowers[at]):
        return 1, ""
    if found[at].surface in _MOSTLY_WORDS and (at == 0 or lowers[at - 1] != "the"):
        return 1, ""
    for name, key in _other_names()[lowers[at]]:
        if lowers[at : at + len(name)] == name:
            return len(name), key
    return 1, ""


def _joined(run: list[Word], key: str) -> Word:
    return Word(" ".join(word.surface for word in run), " ".join(word.lower for word in run), key, name=True)


@cache
def background() -> dict[str, float]:
    """Return how often a stem occurs in general English, as a share of all words."""
    table: dict[str, float] = {}
    for line in table_lines("background.txt"):
        level, *stems = line.split()
        table.update(dict.fromkeys(stems, 10 ** (float(level) - 9)))
    return table


@cache
def light_words() -> frozenset[str]:
    """Return the keys of words that say nothing about a claim: function words, asking words, chatter."""
    return frozenset(stem(word) for line in table_lines("light_words.txt") for word in line.split())


@cache
def asking_words() -> frozenset[str]:
    """Return the keys of words that ask about a claim, not for its content: said, claimed, verified, when …."""
    return frozenset(stem(word) for line in table_lines("asking_words.txt") for word in line.split())


@cache
def chatter_words() -> frozenset[str]:
    """Return the keys of words that say little when a claim lacks them, but count when it has them."""
    return frozenset(stem(word) for line in table_lines("chatter_words.txt") for word in line.split())


def table_lines(name: str) -> Iterable[str]:
    """Return the lines of a table under tables/ that are neither empty nor comments."""
    text = (files(__package__) / "tables" / name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
