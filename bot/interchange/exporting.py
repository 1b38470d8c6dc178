"""Export: all claims, removed ones too, in a file whose bytes depend on the claims alone; or the history."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bot.errors import Refused
from bot.fields.checks import checked_space
from bot.interchange.claimreview import write_reviews
from bot.interchange.files import Progress, format_of, no_progress, refuse_beyond, replace_file
from bot.interchange.history import history_lines
from bot.interchange.table import write_csv, write_jsonl
from bot.model import Claim
from bot.store import ALL_STATES, Store

_WRITERS: dict[str, Callable[[Iterable[Claim]], Iterator[str]]] = {
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".json": write_reviews,
}


def export_file(
    store: Store,
    path: str | Path,
    *,
    space: str | None = None,
    history: bool = False,
    progress: Progress = no_progress,
) -> int:
    """Write the claims of `space` (None: of all) to `path`, sorted by space and id; return how many there are.

    The ending says the format: `.csv`, `.jsonl`, `.json` (ClaimReview). With `history`, the revisions instead, by
    number, in a `.jsonl`. Raises `Refused` when it cannot be written.
    """
    path = Path(path)
    count, parts = _export(store, str(path), space, history, progress)
    replace_file(path, parts)
    return count


def export_bytes(
    store: Store, name: str, *, space: str | None = None, history: bool = False, most: int = 0
) -> tuple[bytes, int]:
    """Return what `export_file` would write to a file of this name, and how many claims or revisions that is.

    Raises `Refused` when it has more than `most` bytes (0: no limit).
    """
    count, parts = _export(store, name, space, history, no_progress)
    content = bytearray()
    for part in parts:
        content += part.encode()
        refuse_beyond(len(content), most, name)
    return bytes(content), count


def _export(store: Store, name: str, space: str | None, history: bool, progress: Progress) -> tuple[int, Iterable[str]]:
    """Return how many claims or revisions there are, and the parts of the file."""
    ending = format_of(name)
    spaces = None if space is None else [checked_space("space", space)]
    if history:
        if ending != ".jsonl":
            raise Refused(f"{name}: the history is written as .jsonl only.")
        lines = history_lines(store, spaces)
        return len(lines), lines
    claims = store.claims(spaces, ALL_STATES)
    return len(claims), _WRITERS[ending](_counted(claims, progress))


def _counted(claims: Sequence[Claim], progress: Progress) -> Iterator[Claim]:
    for done, claim in enumerate(claims, start=1):
        yield claim
        progress(done, len(claims))
