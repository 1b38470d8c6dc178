"""What the benchmarks share: a store filled with claims, tables on the terminal, Wilson's interval."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from pathlib import Path

from bot.ask import Asker
from bot.model import Claim
from bot.store import Change, Store, Trace


def asker_over(claims: Iterable[Claim]) -> Asker:
    """Return an asker over a fresh database on disk that holds `claims`."""
    return Asker(store_over(claims))


def store_over(claims: Iterable[Claim]) -> Store:
    """Return a fresh database on disk that holds `claims`."""
    store = Store.open(Path(tempfile.mkdtemp()) / "facts.db", missing="empty")
    store.save_many([Change(None, claim, "import") for claim in claims], Trace("benchmark", "import"))
    return store


def plain_claims(texts: Mapping[str, str]) -> list[Claim]:
    """Return claims with nothing but an id and a text."""
    return [Claim(text=text, external_id=number) for number, text in texts.items()]


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def coverage_at(answers: Iterable[tuple[float, bool]], answerable: int, share_right: float) -> float:
    """Return the largest share of answerable questions answered while `share_right` of the answers are right.

    `answers`: (score, right?) of each question's best claim.
    """
    right, found = 0, 0
    for place, (_, good) in enumerate(sorted(answers, key=lambda answer: -answer[0]), 1):
        right += good
        if right >= share_right * place:
            found = right
    return found / max(1, answerable)


def table(rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns; the first row is the head."""
    texts = [[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in texts) for at in range(len(texts[0]))]
    for at, row in enumerate(texts):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if at == 0:
            print("  ".join("-" * width for width in widths))
