"""The history as JSON Lines, for reading: one revision on each line, by number.

People stand there by their random id and the name they went by: an exported file outlives their being forgotten.
"""

import json
from collections.abc import Collection, Iterator

from bot.interchange.table import claim_cells
from bot.model import Claim
from bot.store import Revision, Store

_PAGE = 1_000


def history_lines(store: Store, spaces: Collection[str] | None) -> list[str]:
    """Return a line for each revision of these spaces (None: of all), oldest first."""
    lines = [_line(revision) for revision in _newest_first(store, spaces)]
    lines.reverse()
    return lines


def _newest_first(store: Store, spaces: Collection[str] | None) -> Iterator[Revision]:
    page = store.recent(spaces, limit=_PAGE)
    while page:
        yield from page
        page = store.recent(spaces, limit=_PAGE, before=page[-1].id)


def _line(revision: Revision) -> str:
    row = {
        "number": revision.id,
        "claim_id": revision.claim_id,
        "space": revision.space,
        "at": revision.at,
        "person": revision.person,
        "name": revision.name,
        "origin": revision.origin,
        "verb": revision.verb,
        "batch": revision.batch,
        "why": revision.why,
        "undoes": revision.undoes,
        "taken_down": revision.taken_down,
        "before": _cells(revision.before),
        "after": _cells(revision.after),
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _cells(claim: Claim | None) -> dict[str, str] | None:
    return None if claim is None else claim_cells(claim)
