"""What a disk may hold after a power cut, played through from what a process wrote and synced.

The pessimistic file system that POSIX allows: of what a file got since its last sync, any part may be there, in any
order, torn at sectors; what happened to names since the folder's last sync is there up to some point.
"""

import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<cqIH")


class Call(NamedTuple):
    """One call: W write, T truncate to `at`, S sync, U unlink."""

    what: str
    path: str
    at: int
    data: bytes


def calls(log: Path) -> Iterator[Call]:
    """Read what the shim wrote down."""
    raw, at = log.read_bytes(), 0
    while at < len(raw):
        what, offset, size, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        path = raw[at : at + length].decode()
        at += length
        held = size if what == b"W" else 0
        yield Call(what.decode(), path, offset, raw[at : at + held])
        at += held


@dataclass
class _File:
    """An inode: what is surely on the disk, and what came since."""

    durable: bytes = b""
    since: list[Call] = field(default_factory=list)


class Disk:
    """The files of one folder, as the process saw them and as they surely are."""

    def __init__(self, folder: str, found: dict[str, bytes]) -> None:
        self._folder = folder
        self._seen = {name: _File(data) for name, data in found.items()}
        self._sure = dict(self._seen)
        self._names: list[tuple[str, _File | None]] = []

    def take(self, call: Call) -> None:
        """Let the process do one call."""
        if call.what == "S" and call.path.rstrip("/") == self._folder:
            self._sure, self._names = dict(self._seen), []
        elif call.what == "U":
            self._seen.pop(call.path, None)
            self._names.append((call.path, None))
        else:
            file = self._seen.get(call.path)
            if file is None:
                file = self._seen[call.path] = _File()
                self._names.append((call.path, file))
            if call.what == "S":
                file.durable, file.since = _applied(file.durable, file.since), []
            else:
                file.since.append(call)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return what may be there after a power cut now: names and contents."""
        names = dict(self._sure)
        for path, file in self._names[: chance.randint(0, len(self._names))]:
            if file is None:
                names.pop(path, None)
            else:
                names[path] = file
        return {path: _applied(file.durable, _some(file.since, chance)) for path, file in names.items()}


def _some(since: Sequence[Call], chance: random.Random) -> list[Call]:
    kept = [call for call in since if chance.random() < chance.choice((0.1, 0.5, 0.9))]
    return [call._replace(data=_torn(call.data, chance)) if chance.random() < 0.2 else call for call in kept]


def _torn(data: bytes, chance: random.Random) -> bytes:
    return data[: SECTOR * chance.randint(0, len(data) // SECTOR)]


def _applied(content: bytes, done: Sequence[Call]) -> bytes:
    made = bytearray(content)
    for call in done:
        if call.what == "T":
            del made[call.at :]
            made.extend(bytes(call.at - len(made)))
        else:
            made.extend(bytes(max(0, call.at - len(made))))
            made[call.at : call.at + len(call.data)] = call.data
    return bytes(made)
