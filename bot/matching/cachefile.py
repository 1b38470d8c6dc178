"""The index as a file beside the database, so that a start need not read every claim.

The file can be thrown away at any time. It is believed only if it was made from this very database and by this very
code: its digest is keyed with the hash of the revision that it was made at, which stands in the database and not in
the file, and which covers every earlier change. Whoever could forge it can write the database. It holds numbers and
text, nothing that could run, and it is read as a whole: what happens to the file later does not reach the index.
"""

import json
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from io import BufferedReader
from pathlib import Path
from shutil import copymode
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.segment import Runs, Segment

_MAGIC = b"factbot index 1\n"
_DIGEST = 32
_LONGEST_HEAD = 10_000
_LARGEST = 1 << 32
_ALIGNED = 8
_READ_BY = (
    "row.py", "segment.py", "words.py", "everyday.py", "initials.py", "cachefile.py", "../text.py", "../model.py",
)  # fmt: skip
_TABLES = ("tables/names.txt", "tables/everyday.txt", "tables/light_words.txt", "tables/background.txt")
_LIBRARIES = ("anyascii", "confusable-homoglyphs", "PyStemmer", "text2num")
_RUNS = ("views", "context", "postings")
_TEXTS = ("words", "space_names")
_PLAIN = ("ids", "spaces", "shown", "lengths", "view_starts", "hidden", "hiders")

HashOf = Callable[[int], bytes]
"""Returns the hash of the revision with a number, nothing where there is none."""


def beside(database: Path) -> Path:
    """Return where the cache of a database lies."""
    return database.with_name(database.name + ".index")


def discard(database: Path) -> None:
    """Remove the cache of a database: what was taken down must not go on lying beside it. Raises `OSError`."""
    beside(database).unlink(missing_ok=True)


def save(path: Path, segment: Segment, revision: int, key: bytes, like: Path) -> None:
    """Write what was made at `revision`, whose hash is `key`, with the permissions of the file `like`.

    There is never half a file at `path`. Raises `OSError`.
    """
    arrays = _arrays(segment)
    about = [[name, one.dtype.str, len(one)] for name, one in arrays.items()]
    head = json.dumps({"code": _code(), "revision": revision, "arrays": about}).encode()
    parts = [len(head).to_bytes(_ALIGNED, "little"), head, *map(_padded, arrays.values())]
    with tempfile.NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent, delete=False) as file:
        try:
            file.write(_MAGIC + _digest(key, parts))
            file.writelines(parts)
            file.close()
            copymode(like, file.name)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def load(path: Path, hash_of: HashOf) -> tuple[Segment, int] | None:
    """Return the segment and the number of the revision that it was made at; None for anything else than that."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            return _read(file, hash_of)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, MemoryError):
        return None


def _read(file: BufferedReader, hash_of: HashOf) -> tuple[Segment, int] | None:
    size = os.fstat(file.fileno()).st_size
    if file.read(len(_MAGIC)) != _MAGIC or size > _LARGEST:
        return None
    digest = file.read(_DIGEST)
    length = file.read(_ALIGNED)
    head = file.read(min(_LONGEST_HEAD, int.from_bytes(length, "little")))
    about = json.loads(head)
    key = hash_of(int(about["revision"]))
    if about["code"] != _code() or not key:
        return None
    body = file.read()
    if _digest(key, [length, head, body]) != digest:
        return None
    return _segment(dict(_parted(about["arrays"], body))), int(about["revision"])


def _digest(key: bytes, parts: list[bytes]) -> bytes:
    digest = blake2b(key=key[:64], digest_size=_DIGEST)
    for part in parts:
        digest.update(part)
    return digest.digest()


@cache
def _code() -> str:
    """Return what tells the code that reads claims, with its tables and libraries, from any other."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for name in (*_READ_BY, *_TABLES):
        digest.update((files(__package__) / name).read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()


def _padded(one: NDArray[Any]) -> bytes:
    plain = one.tobytes()
    return plain + bytes(-len(plain) % _ALIGNED)


def _parted(about: list[tuple[str, str, int]], body: bytes) -> Iterator[tuple[str, NDArray[Any]]]:
    start = 0
    for name, kind, length in about:
        one = np.frombuffer(body, np.dtype(kind), length, start)
        start += one.nbytes + -one.nbytes % _ALIGNED
        yield name, one


def _arrays(segment: Segment) -> dict[str, NDArray[Any]]:
    runs = {name: getattr(segment, name) for name in _RUNS}
    return {
        **{name: np.frombuffer(json.dumps(getattr(segment, name)).encode(), np.uint8) for name in _TEXTS},
        **{f"{name}.flat": run.flat for name, run in runs.items()},
        **{f"{name}.starts": run.starts for name, run in runs.items()},
        **{name: getattr(segment, name) for name in _PLAIN},
    }


def _segment(arrays: dict[str, NDArray[Any]]) -> Segment:
    parts: dict[str, Any] = {name: arrays[name] for name in _PLAIN}
    parts |= {name: Runs(arrays[f"{name}.flat"], arrays[f"{name}.starts"]) for name in _RUNS}
    parts |= {name: json.loads(arrays[name].tobytes()) for name in _TEXTS}
    return Segment(**parts)
