"""What import and export have in common.

The formats by a file's ending, text from bytes, reading and replacing a file, sizes, progress.
"""

import codecs
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.beside import name_beside
from bot.errors import Refused
from bot.text import clean, shorten

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""

FORMATS = (".csv", ".jsonl", ".json")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def no_progress(_done: int, _total: int) -> None:
    """Show nothing."""


def shown(name: str) -> str:
    """Return a file's name for a message: it may come from anybody."""
    return shorten(clean(name), 300)


def format_of(name: str) -> str:
    """Return the ending of a file's name in lower case. Raises `Refused` when it is none of ours."""
    ending = Path(name).suffix.lower()
    if ending not in FORMATS:
        raise Refused(f"{shown(name)}: the file's ending must say the format: .csv, .jsonl, or .json (ClaimReview).")
    return ending


def refuse_beyond(size: int, most: int, name: str) -> None:
    """Raise `Refused` when a file has more than `most` bytes; 0 is no limit."""
    if 0 < most < size:
        raise Refused(f"{shown(name)} has more than {most:,} bytes: that is too much here. Use the command line.")


def text_of(name: str, content: bytes) -> str:
    """Return the text of a file, in UTF-8 or, where it begins with that mark, UTF-16; without a byte order mark.

    Raises `Refused` when it is neither.
    """
    try:
        return content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Refused(f"{shown(name)} is not UTF-8 (line {line}): save it as UTF-8 and try again.") from error


def read_file(path: Path) -> bytes:
    """Return what a file holds. Raises `Refused` when it is none, or cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is not a file.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def replace_file(path: Path, parts: Iterable[str]) -> None:
    """Write a file beside and put it in place of `path` in one step.

    Nobody sees half of it, a failure leaves the old. A link is followed. Raises `Refused` for a folder, or when the
    disk or its permissions do not allow it.
    """
    if path.is_dir():
        raise Refused(f"{path} is a folder: name a file in it.")
    try:
        target = path.resolve()
        beside = name_beside(target)
        try:
            with beside.open("x", encoding="utf-8", newline="") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from error
