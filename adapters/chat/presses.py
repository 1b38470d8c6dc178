"""What a button, a menu or a form carries: a verb and its arguments as one short text.

The text comes back from the platform, and so from a person: it says only what is wanted. The core checks who may.
"""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from bot.reply import Choice

ASKED = "~"
"""Stands for a text that is too long to carry: what was asked in the message where the button is."""

_LONG = ("text", "question")
_MARK = "!"
_MOST_ARGUMENTS = 12


def packed(verb: str, arguments: Iterable[tuple[str, str]], limit: int) -> str:
    """Return verb and arguments as text of at most `limit` characters; a question that does not fit becomes `ASKED`.

    Raises `ValueError` when even that is too long: then the reply offers something that no button can hold.
    """
    given = dict(arguments)
    text = _text(verb, given)
    if len(text) > limit:
        text = _text(verb, {name: ASKED if name in _LONG else value for name, value in given.items()})
    if len(text) > limit:
        raise ValueError(f"{verb} with {', '.join(given)} does not fit into {limit} characters")
    return text


def unpacked(text: str) -> tuple[str, dict[str, str]] | None:
    """Return what `packed` made a text from, or None when it was not made by it."""
    if not text.startswith(_MARK):
        return None
    verb, _, query = text.removeprefix(_MARK).partition("?")
    try:
        return verb.replace("+", " "), dict(parse_qsl(query, max_num_fields=_MOST_ARGUMENTS, keep_blank_values=True))
    except ValueError:
        return None


def choice_text(choice: Choice, limit: int) -> str:
    """Return the text for the button of a choice; see `packed`."""
    return packed(choice.verb, choice.arguments, limit)


def _text(verb: str, arguments: dict[str, str]) -> str:
    query = urlencode(arguments)
    return f"{_MARK}{verb.replace(' ', '+')}" + (f"?{query}" if query else "")
