"""Text that people type, made safe and comparable.

Everything typed passes through `clean` before anything else looks at it: the length is capped first, because
normalising is expensive on hostile text (40,000 combining marks took 3.3 s) and one character may grow to 18.
"""

import re
import unicodedata
from functools import cache

from anyascii import anyascii

MAX_MESSAGE = 40_000
"""The longest message taken, in characters: what Slack allows. The rest is not read."""

_MAX_MARKS = 3
_MAYBE_MARKS = re.compile(r"[^\w\s!-/:-@\[-`{-~]{4,}")
"""Runs of more than that many that may be marks: no mark is a letter, a digit, a blank or an ASCII sign."""
_INVISIBLE = dict.fromkeys(
    [
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x2800, 0x3164, 0xFEFF,
        0xFFA0, *range(0x180B, 0x180E), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE1000),
    ]
)  # fmt: skip
"""Zero-width, filler, bidi-control, variation-selector and tag characters: they show nothing and hide much."""

_PRINTABLE_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Those that Python calls printable."""
_JOINERS = {0x200C, 0x200D}
_JOINER_RUN = re.compile("[\u200c\u200d]+")
_SHAPED = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af]")
"""Arabic and its kin, the scripts of India, Myanmar, Khmer, Mongolian: a joiner changes how their letters look."""
_PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_VIRAMA = 9
"""The combining class of the signs after which a joiner says how two consonants meet."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")
_BLANK = re.compile(r"\s+")
_LINE_BLANK = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r" ?\n[ \n]*")


def clean(text: str, cap: int = MAX_MESSAGE) -> str:
    """Return `text` as one line, at most `cap` characters, NFKC, without control, invisible or lone half characters.

    A zero-width joiner or non-joiner stays where it changes what is seen: one in a row, between two letters of a
    script that is shaped (Persian, Hindi, …), after a virama, or (the joiner) between two pictures of an emoji.
    """
    if len(text) <= cap and _is_clean(text):
        return text.strip(" ")
    return _BLANK.sub(" ", _safe(text, cap)).strip()


def _is_clean(text: str) -> bool:
    """Whether there is nothing to do but to strip blanks: so it is with most texts, and quickly seen."""
    if not text.isprintable() or "  " in text:
        return False
    if text.isascii():
        return True
    odd = _MAYBE_MARKS.search(text) or _PRINTABLE_INVISIBLE.search(text)
    return not odd and unicodedata.is_normalized("NFKC", text)


def clean_lines(text: str, cap: int = MAX_MESSAGE) -> str:
    """Like `clean`, but line breaks stay (one each): they part sentences in a pasted message."""
    return _MANY_LINES.sub("\n", _LINE_BLANK.sub(" ", _safe(text, cap))).strip()


def _safe(text: str, cap: int) -> str:
    text = _CONTROL.sub(" ", text[:cap])
    if text.isascii():
        return text
    text = _cap_marks(text.translate(_INVISIBLE))
    text = unicodedata.normalize("NFKC", text)[:cap]
    return unicodedata.normalize("NFKC", _JOINER_RUN.sub(_kept_joiner, text))[:cap]


def _kept_joiner(run: re.Match[str]) -> str:
    """Return the first joiner of a run where it has a meaning, else nothing."""
    joiner, start, end = run.group()[0], run.start(), run.end()
    before, after = run.string[start - 1 : start], run.string[end : end + 1]
    shaped = _is_shaped(before) and (_is_shaped(after) or unicodedata.combining(before) == _VIRAMA)
    pictures = joiner == "\u200d" and _PICTURE.match(before) and _PICTURE.match(after)
    return joiner if shaped or pictures else ""


def _is_shaped(char: str) -> bool:
    """Whether it is a letter, or a mark on one, of a script in which joiners mean something."""
    return _SHAPED.match(char) is not None and unicodedata.category(char)[0] in "LM"


def _cap_marks(text: str) -> str:
    """Keep at most three combining marks in a row: zalgo text has hundreds, languages have no more than three.

    A joiner between them does not begin a new row.
    """
    return _MAYBE_MARKS.sub(_cap_run, text)


def _cap_run(match: re.Match[str]) -> str:
    kept, run = [], 0
    for char in match[0]:
        run = run + 1 if unicodedata.combining(char) else run if ord(char) in _JOINERS else 0
        if run <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def ascii_form(text: str) -> str:
    """Return cleaned text in ASCII, case kept: accents and joiners dropped, other scripts
    transliterated, look-alikes resolved.

    `Болвінов` gives `Bolvinov`, `КN-23` (with a Cyrillic К) gives `KN-23`, `“don’t”` gives `"don't"`.
    """
    if text.isascii():
        return text
    if _LIKE_LATIN.search(text):
        text = _WORD.sub(_resolve_lookalikes, text)
    text = text.translate(_often())
    return text if text.isascii() else str(anyascii(text))


def fold(text: str) -> str:
    """Return `ascii_form` in lower case: the form in which words are compared."""
    return ascii_form(text).lower()


_UKRAINIAN = {"и": "y", "И": "Y", "є": "ie", "Є": "Ye", "’": "'", "ʼ": "'"}
_EUROPEAN = "".join(map(chr, (*range(0xA0, 0x180), *range(0x2010, 0x2028))))
"""Accented letters, dashes and quotation marks: nearly all that is not ASCII in English texts."""


@cache
def _often() -> dict[int, str]:
    """Return what those become, looked up when a text first has one: the library reads its tables from files."""
    return str.maketrans({**{char: anyascii(char) for char in _EUROPEAN}, **_UKRAINIAN})


_WORD = re.compile(r"[^\W\d_]{2,40}")
_LATIN = re.compile(r"[A-Za-z]")
_LIKE_LATIN = re.compile(r"[\u0370-\u052f]")


def _resolve_lookalikes(word: re.Match[str]) -> str:
    """Turn the Greek and Cyrillic letters of a word that also holds Latin ones into the Latin letters they imitate."""
    if not (_LATIN.search(word.group()) and _LIKE_LATIN.search(word.group())):
        return word.group()
    from confusable_homoglyphs import confusables  # loads 0.5 MB of tables: only when a mixed word turns up

    found = confusables.is_confusable(word.group(), greedy=True, preferred_aliases=["latin"]) or []
    twins = {
        entry["character"]: twin["c"]
        for entry in found
        for twin in entry["homoglyphs"]
        if twin["c"].isascii() and twin["c"].isalpha()
    }
    return "".join(twins.get(char, char) for char in word.group())


_NOT_COMPARED = {code: " " for code in range(128) if not re.match(r"[a-z0-9%.]", chr(code))}


def normalised(text: str) -> str:
    """Return the form in which two texts count as the same text: folded, without punctuation, blanks single."""
    return " ".join(fold(text).translate(_NOT_COMPARED).split()).strip(" .")


def counted(number: int, noun: str) -> str:
    """Return how many there are: `1 claim`, `1,200 claims`."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def shorten(text: str, limit: int) -> str:
    """Cut at a word and end with an ellipsis when `text` has more than `limit` characters."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return at_word.rstrip(" ,;:.-") + "…"
