"""What import and export have in common.

The formats by a file's ending, reading and replacing a file, progress.
"""

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.errors import Refused

Progress = Callable[[int, int], None]
"""Called with how many rows are done, and of how many."""

FORMATS = (".csv", ".jsonl", ".json")


def no_progress(_done: int, _total: int) -> None:
    """Show nothing."""


def format_of(path: Path) -> str:
    """Return the file's ending in lower case. Raises `Refused` when it is none of ours."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise Refused(f"{path}: the file's ending must say the format: .csv, .jsonl, or .json (ClaimReview).")
    return ending


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text without a byte order mark. Raises `Refused` when there is no such text."""
    try:
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is not a file.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Refused(f"{path} is not UTF-8 (line {line}): save it as UTF-8 and try again.") from error


def replace_file(path: Path, parts: Iterable[str]) -> None:
    """Write a file beside and put it in place of `path` in one step.

    Nobody sees half of it, a failure leaves the old.

    A link is followed. Raises `Refused` for a folder, or when the disk or its permissions do not allow it.
    """
    if path.is_dir():
        raise Refused(f"{path} is a folder: name a file in it.")
    try:
        target = path.resolve()
        beside = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
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
