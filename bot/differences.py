"""What changed between two states of a claim, field by field, in words."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import takewhile

from bot.model import Claim, Source
from bot.reply import Field
from bot.text import shorten

_SHOWN = 120
_AROUND = 30
_NOT_SHOWN = {"space", "external_id"}


def changed_fields(before: Claim | None, after: Claim | None) -> tuple[str, ...]:
    """Return the names of the fields in which two states of a claim differ, in their order; all for a missing one."""
    names = [each.name for each in fields(Claim) if each.name not in _NOT_SHOWN]
    if before is None or after is None:
        return tuple(names)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def differences(before: Claim, after: Claim) -> tuple[Field, ...]:
    """Return a line for each field that differs: `status: unverified → refuted`, lists as `+ new` and `− gone`."""
    return tuple(
        Field(name.replace("_", " "), _difference(getattr(before, name), getattr(after, name)))
        for name in changed_fields(before, after)
    )


def difference_lines(before: Claim | None, after: Claim) -> list[str]:
    """Return the differences as lines of text; of a claim that was not there, what it says."""
    if before is None:
        told = [(name, getattr(after, name)) for name in changed_fields(None, after) if getattr(after, name)]
        return [f"{name.replace('_', ' ')}: {_told(value)}" for name, value in told]
    return [f"{each.name}: {each.value}" for each in differences(before, after)]


def _told(value: object) -> str:
    return shorten(" · ".join(map(_words, value)) if isinstance(value, tuple) else str(value), _SHOWN)


def _difference(old: object, new: object) -> str:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return _of_lists([_words(each) for each in old], [_words(each) for each in new])
    return " → ".join(_around_change(str(old), str(new)))


def _of_lists(old: Sequence[str], new: Sequence[str]) -> str:
    gone = [f"− {shorten(each, _SHOWN)}" for each in old if each not in new]
    added = [f"+ {shorten(each, _SHOWN)}" for each in new if each not in old]
    return " ".join(gone + added) or "in another order"


def _words(value: object) -> str:
    if isinstance(value, Source):
        return " ".join(part for part in (value.publisher, value.title, value.url, value.date) if part)
    return str(value)


def _around_change(old: str, new: str) -> tuple[str, str]:
    """Cut what both begin with, where they are long, so that what changed is seen."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    cut = max(0, same - _AROUND) if max(len(old), len(new)) > _SHOWN else 0
    return _shown(old, cut), _shown(new, cut)


def _shown(text: str, cut: int) -> str:
    return ("…" * bool(cut) + shorten(text[cut:], _SHOWN)) or "(nothing)"
