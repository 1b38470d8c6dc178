"""The hash chain of the revisions, pure: no SQL, no connection.

A revision's hash is SHA-256 over the hash before it and the revision as canonical JSON. Texts (claims, reasons)
are in that JSON only as commitments, SHA-256 over a random salt and the text: with salt and text gone the
commitment tells nothing, and the chain still holds. People are in it by their random id.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from typing import NamedTuple

_CANONICAL = json.JSONEncoder(separators=(",", ":"))
_DIGEST = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"\b(\d{1,18})-(\d{1,18})\b", re.ASCII)
GENESIS = bytes(32)
"""What stands for the hash before the first revision."""


class Content(NamedTuple):
    """A text under its commitment; salt and body are None once it has been taken down."""

    commitment: bytes
    salt: bytes | None
    body: str | None


class Row(NamedTuple):
    """A revision as the chain sees it; `why`, `before` and `after` are commitments, or None for nothing."""

    id: int
    claim_id: str
    space: str
    at: str
    person: str
    origin: str
    verb: str
    batch: str
    why: bytes | None
    undoes: int
    before: bytes | None
    after: bytes | None


def commitment(salt: bytes, body: str) -> bytes:
    """Return what stands for `body` in the chain."""
    return hashlib.sha256(salt + body.encode()).digest()


def new_content(body: str, salt: bytes | None = None) -> Content:
    """Return `body` with its commitment, under a random salt of 16 bytes unless one is given."""
    salt = secrets.token_bytes(16) if salt is None else salt
    return Content(commitment(salt, body), salt, body)


def holds(committed: bytes, salt: bytes | None, body: bytes | None) -> bool:
    """Whether a text in UTF-8 fits its commitment; one that was taken down does not."""
    return salt is not None and body is not None and hashlib.sha256(salt + body).digest() == committed


def link(previous: bytes, row: Row) -> bytes:
    """Return the hash of `row` after a revision with the hash `previous`."""
    values = [each.hex() if isinstance(each, bytes) else each for each in row]
    return hashlib.sha256(previous + _CANONICAL.encode(values).encode()).digest()


def link_record(previous: bytes, number: int, record: str) -> bytes:
    """Return the hash of the record of an erasure, which has a number and a place in the chain as a revision has."""
    return hashlib.sha256(previous + _CANONICAL.encode([number, record]).encode()).digest()


def head(number: int, last: bytes) -> str:
    """Return what to write down outside the database: the number and the hash of the last revision."""
    return f"{number}:{last.hex()}"


TAKEDOWN = "takedown"
"""The verb of a revision that records a take-down; its reason lists what was taken down (see `listing`)."""


def listing(why: str, commitments: Iterable[bytes]) -> str:
    """Return the reason of a take-down: what was said, and on a second line the commitments whose texts are gone."""
    return f"{why}\n{' '.join(sorted(each.hex() for each in commitments))}"


def listed(reason: str) -> set[bytes]:
    """Return the commitments that the reason of a take-down lists."""
    return {bytes.fromhex(each) for each in reason.partition("\n")[2].split() if _DIGEST.fullmatch(each)}


def erasure(at: str, person: str, origin: str, numbers: Iterable[int]) -> str:
    """Return the record of an erasure: when, by whom, through what, and the numbers that were erased, as ranges."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        begun = ranges.pop() if ranges and ranges[-1][1] == number - 1 else (number, number)
        ranges.append((begun[0], number))
    return _CANONICAL.encode([at, person, origin, " ".join(f"{first}-{last}" for first, last in ranges)])


def erased(record: str) -> list[range]:
    """Return the numbers that the record of an erasure names; none for what is no such record."""
    try:
        found = _RANGE.findall(json.loads(record)[3])
    except (ValueError, TypeError, LookupError):
        return []
    return [range(int(first), int(last) + 1) for first, last in found]
