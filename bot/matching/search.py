"""Search: the claims nearest to a text, best first, whether or not they say the same."""

from collections.abc import Sequence

from bot.matching.cross_encoder import Reader
from bot.matching.first_look import Fetch
from bot.matching.matcher import Found, Matcher
from bot.matching.second_look import is_readable, read_by
from bot.matching.weighing import log_odds
from bot.model import Claim

READ_CLOSELY = 5
"""Claims that are read beside the text, the nearest by their words."""
MOST_PIECES_READ = 600
"""Word pieces that are read at most: some 150 ms, which who searches does not notice."""
COUNTS = 0.5
"""How much the close reading counts beside the words: on training tweets held back, 0.5 to 2 order about alike."""


def search(text: str, matcher: Matcher, fetch: Fetch, spaces: Sequence[str], limit: int) -> list[tuple[Claim, Found]]:
    """Return at most `limit` claims with how well each fits, the nearest first."""
    found = matcher.search(text, spaces)[: max(limit, READ_CLOSELY)]
    claims = fetch([matcher.index.entries[one.doc].id for one in found])
    named = ((claims.get(matcher.index.entries[one.doc].id), one) for one in found)
    near = [(claim, one) for claim, one in named if claim]
    if not is_readable(text):
        return near[:limit]
    reader = Reader(MOST_PIECES_READ)

    def nearness(each: tuple[Claim, Found]) -> float:
        claim, one = each
        read = read_by(reader, text, one, claim)
        return matcher.judge.order.log_odds(one.comparison.values) + (COUNTS * log_odds(read.best.same) if read else 0)

    return [*sorted(near[:READ_CLOSELY], key=nearness, reverse=True), *near[READ_CLOSELY:]][:limit]
