"""Export: all claims, removed ones too, in a file whose bytes depend on the claims alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bot.fields.checks import checked_space
from bot.interchange.claimreview import write_reviews
from bot.interchange.files import Progress, format_of, no_progress, replace_file
from bot.interchange.table import write_csv, write_jsonl
from bot.model import Claim
from bot.store import ALL_STATES, Store

_WRITERS: dict[str, Callable[[Iterable[Claim]], Iterator[str]]] = {
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".json": write_reviews,
}


def export_file(store: Store, path: str | Path, *, space: str | None = None, progress: Progress = no_progress) -> int:
    """Write the claims of `space` (None.

    Of all) to `path`, sorted by space and id; return how many there are.

    The ending says the format: `.csv`, `.jsonl`, `.json` (ClaimReview). Raises `Refused` when it cannot be
    written.
    """
    path = Path(path)
    write = _WRITERS[format_of(path)]
    spaces = None if space is None else [checked_space("space", space)]
    claims = store.claims(spaces, ALL_STATES)
    replace_file(path, write(_counted(claims, progress)))
    return len(claims)


def _counted(claims: Sequence[Claim], progress: Progress) -> Iterator[Claim]:
    for done, claim in enumerate(claims, start=1):
        yield claim
        progress(done, len(claims))
