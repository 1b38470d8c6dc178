"""Checks of single values: cleaned text, dates, links, names of spaces, and words from a fixed list.

Each takes the column's name, for the message, and the raw text; it returns what to keep or raises `BadValue`.
"""

import difflib
import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from bot.errors import BadValue
from bot.model import GLOBAL
from bot.text import MAX_MESSAGE, clean

MAX_TEXT = 2_000
MAX_NAME = 300
MAX_URL = 2_000

_DATE = re.compile(r"([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SPACE = re.compile(r"(?:discord|slack):[A-Za-z0-9:._-]{1,72}|(?!(?:discord|slack):)[a-z0-9:._-]{1,80}")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_PLAIN_URL = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9./_?=&%#-]*)?")
"""What most links look like; all others are looked at more closely."""
_NOT_IN_URL = re.compile(r'[\s<>"\\]')


def known_or_hint(word: str, known: Collection[str]) -> str:
    """Return `known` as a list for an error message, with a 'did you mean' when one is near `word`."""
    near = difflib.get_close_matches(word, known, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}Known are {', '.join(known)}"


def checked_text(column: str, raw: str, *, cap: int) -> str:
    """Return `raw` cleaned; raise `BadValue` when more than `cap` characters are left."""
    text = _settled(column, raw)
    if len(text) > cap:
        raise BadValue(column, text, f"has {len(text):,} characters, and {cap:,} is the most")
    return text


def _settled(column: str, raw: str) -> str:
    """Clean until nothing changes: normalising can bring forth what cleaning removes (marks, blanks)."""
    if not raw:
        return raw
    if len(raw) > MAX_MESSAGE:
        raise BadValue(column, raw, f"has {len(raw):,} characters, which is far too long")
    text = clean(raw)
    while not text.isascii() and (again := clean(text)) != text:
        text = again
    return text


def needed_text(column: str, raw: str) -> str:
    """Return the claim itself, cleaned; raise `BadValue` when there is none or it is too long."""
    text = checked_text(column, raw, cap=MAX_TEXT)
    if not text:
        raise BadValue(column, raw, "is empty; the claim itself is needed")
    return text


def checked_date(column: str, raw: str) -> str:
    """Return an ISO 8601 date, whole or partial (`2023`, `2023-10`, `2023-10-14`); raise `BadValue`."""
    text = checked_text(column, raw, cap=MAX_NAME)
    if not text:
        return text
    parts = _DATE.fullmatch(text)
    if parts is None:
        raise BadValue(column, text, "is not a date like 2023, 2023-10 or 2023-10-14 (years 1000 to 2999)")
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        raise BadValue(column, text, "is not a day or month that exists") from None
    return text


def checked_url(column: str, raw: str) -> str:
    """Return an https URL with a host.

    Raise `BadValue` for anything that could mislead or break out of a link.
    """
    text = checked_text(column, raw, cap=MAX_URL)
    if _PLAIN_URL.fullmatch(raw):
        return text
    if text != raw.strip():
        raise BadValue(column, raw, "holds characters that a link must not hold")
    if not text:
        return text
    if not text.lower().startswith("https://"):
        raise BadValue(column, text, "must begin with https://")
    if _NOT_IN_URL.search(text):
        raise BadValue(column, text, "holds a blank, a backslash, a quote or an angle bracket")
    return _with_host(column, text)


def _with_host(column: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadValue(column, url, "is not a link that can be followed") from None
    if "@" in parts.netloc:
        raise BadValue(column, url, "holds a user name, which a link must not")
    if not host:
        raise BadValue(column, url, "names no host")
    return url


def checked_space(column: str, raw: str) -> str:
    """Return the name of a space.

    `global` when empty, `discord:…`, `slack:…` or a plain name; raise `BadValue`.
    """
    text = checked_text(column, raw, cap=MAX_NAME)
    if text and not _SPACE.fullmatch(text):
        raise BadValue(
            column,
            text,
            "is not a space: write global, discord:…, slack:…, or at most 80 of a-z 0-9 : . _ -",
        )
    return text or GLOBAL


def checked_lang(column: str, raw: str) -> str:
    """Return a language code, `en` when empty; raise `BadValue` for what does not look like one."""
    text = checked_text(column, raw, cap=MAX_NAME)
    if text and not _LANG.fullmatch(text):
        raise BadValue(column, text, "is not a language code like en, uk or pt-BR")
    return text or "en"


def checked_word(column: str, raw: str, *, default: StrEnum) -> StrEnum:
    """Return the member of `default`'s list that `raw` names, `default` when empty.

    Raise `BadValue` with the list.
    """
    text = checked_text(column, raw, cap=MAX_NAME).lower()
    words = type(default)
    try:
        return words(text) if text else default
    except ValueError:
        known = known_or_hint(text, [each.value for each in words])
        raise BadValue(column, text, f"is not known: {known}") from None
