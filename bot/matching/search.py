"""Search: the claims nearest to a text, best first, whether or not they say the same."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from bot.matching.cross_encoder import Reader
from bot.matching.first_look import Fetch
from bot.matching.matcher import Found, Matcher
from bot.matching.second_look import is_readable, read_by
from bot.matching.weighing import log_odds
from bot.model import Claim

READ_CLOSELY = 10
"""Claims that are read beside the text, the nearest by their words: on training tweets held back ten order better than
five, fifteen a little better still, at as much more time."""
MOST_PIECES_READ = 2_000
"""Word pieces that are read at most: ten claims with a phrasing each, half a second on a slow core."""
COUNTS = 0.75
"""How much the close reading counts beside the words: on training tweets held back, 0.5 to 1 order about alike."""


def search(
    text: str, matcher: Matcher, fetch: Fetch, spaces: Sequence[str], limit: int, *, closely: bool
) -> list[tuple[Claim, Found]]:
    """Return at most `limit` claims with how well each fits, the nearest first; `closely`: by a close reading too."""
    found = matcher.search(text, spaces, limit)[: max(limit, READ_CLOSELY)]
    ids = [matcher.index.entries[one.doc].id for one in found]
    claims = fetch(ids)
    near = [(claims[claim_id], one) for claim_id, one in zip(ids, found, strict=True) if claim_id in claims]
    if closely and is_readable(text):
        first = list(_read(text, near[:READ_CLOSELY], matcher))
        near = [each for _, each in sorted(first, key=itemgetter(0), reverse=True)] + near[len(first) :]
    return near[:limit]


def _read(
    text: str, near: Sequence[tuple[Claim, Found]], matcher: Matcher
) -> Iterator[tuple[float, tuple[Claim, Found]]]:
    """Yield claims with how near each is by its words and a close reading, until enough was read."""
    reader = Reader(MOST_PIECES_READ)
    for claim, one in near:
        read = read_by(reader, text, one, claim)
        if read is None:
            return
        yield matcher.judge.order.log_odds(one.comparison.values) + COUNTS * log_odds(read.best.same), (claim, one)
