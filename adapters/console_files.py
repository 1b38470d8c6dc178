"""Files on the terminal face: `/fact import FILE` reads one, `/fact export` writes one beside where one stands."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from bot.errors import Refused, UsageProblem
from bot.reply import MOST_BYTES, Field, File, Reply
from bot.typed import verb_named
from bot.verb import Kind


def attached(verb: str, arguments: Mapping[str, str]) -> File | None:
    """Return the file that a typed command names, empty where it is too large for the core to take.

    Raises `UsageProblem` for one that cannot be read.
    """
    names = [item.name for item in verb_named(verb).parameters if item.kind is Kind.FILE]
    named = next((arguments[name] for name in names if arguments.get(name)), "")
    if not named:
        return None
    path = Path(named).expanduser()
    try:
        return File(path.name, b"" if path.stat().st_size > MOST_BYTES else path.read_bytes())
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be read: {problem.strerror}.") from problem


def with_file_kept(reply: Reply, folder: Path) -> Reply:
    """Write the file of a reply, if it has one, and say where; a file that is there is left alone."""
    if reply.file is None:
        return reply
    try:
        saved = _written(reply.file, folder)
    except OSError as problem:
        raise Refused(f"{folder / reply.file.name} cannot be written: {problem.strerror}.") from problem
    return replace(reply, notes=(*reply.notes, Field("Saved", f"as {saved}")))


def _written(file: File, folder: Path) -> Path:
    name = Path(file.name)
    names = chain([name.name], (f"{name.stem}-{number}{name.suffix}" for number in count(2)))
    for path in (folder / each for each in names):
        try:
            with path.open("xb") as target:
                target.write(file.content)
        except FileExistsError:
            continue
        return path
    raise AssertionError("there is always another number")
