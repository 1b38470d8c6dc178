"""From where to where, and what came in whose place: the two ends changed."""

from collections.abc import Sequence

from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.roles import TAKES
from bot.matching.conflicts.tokens import Token
from bot.matching.irregular import is_past

_REPLACES = frozenset("replace replaces replaced replacing swap swaps swapped swapping exchanged exchange".split())
_BE = frozenset("was were is are been being be".split())
_BY = frozenset("with by for".split())
_FAR = 5
_STRENGTH = 0.7
_NEAR = 0.5


def exchange_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict when what it was, or where it began, is in one text what the other ends with."""
    for ends, said in (
        (_from_to, "from {} to {}"),
        (_replaced, "{} replaced by {}"),
        (_done_by, "{} … by {}"),
        (_bought_from, "{} from {}"),
    ):
        asked, known = ends(pair.question), ends(pair.record)
        if not asked or not known or not (pair.cover_question >= _NEAR or asked[0].kind == known[0].kind == "number"):
            continue
        if _same(pair, asked[0], known[0]) or _same(pair, asked[1], known[1]):
            continue
        if _same(pair, asked[0], known[1]) and _same(pair, asked[1], known[0]):
            told = said.format(known[0].surface, known[1].surface)
            return [Conflict("direction", f"on record it is {told}, not the reverse", _STRENGTH)]
    return []


def _same(pair: Pair, asked: Token, known: Token) -> bool:
    return pair.matched.get(asked.key, asked.key) == known.key


def _from_to(statement: Statement) -> tuple[Token, Token] | None:
    """Return what stands behind `from` and behind `to`, near to each other: `from Oslo to Bergen`, `to 9 from 6`."""
    places = {token.lower: at for at, token in enumerate(statement.tokens) if token.lower in ("from", "to")}
    if len(places) < 2 or abs(places["from"] - places["to"]) > _FAR:
        return None
    start, end = _thing(statement.tokens, places["from"]), _thing(statement.tokens, places["to"])
    return (start, end) if start and end and start.key != end.key else None


def _replaced(statement: Statement) -> tuple[Token, Token] | None:
    """Return the last words of what was replaced and of what came in its place."""
    tokens = statement.tokens
    at = next((at for at, token in enumerate(tokens) if token.lower in _REPLACES), -1)
    by = next((place for place in range(at + 1, min(at + 1 + _FAR, len(tokens))) if tokens[place].lower in _BY), -1)
    if at < 1 or (by < 0 and tokens[at - 1].lower in _BE):
        return None
    if by < 0:
        old, new = _last(_phrase(tokens[at + 1 :])), _last(tokens[max(0, at - 2) : at])
        return (old, new) if old and new else None
    passive = by == at + 1
    old, new = _last(tokens[:at] if passive else tokens[at + 1 : by]), _last(_phrase(tokens[by + 1 :]))
    return (old, new) if old and new else None


def _done_by(statement: Statement) -> tuple[Token, Token] | None:
    """Return what something was done to, and by what, the deed between them: `teachers taught by robots`."""
    tokens = statement.tokens
    for at in range(1, len(tokens) - 1):
        if is_past(tokens[at].lower) and tokens[at + 1].lower == "by" and tokens[at - 1].content:
            by = _thing(tokens, at + 1)
            return (tokens[at - 1], by) if by else None
    return None


def _bought_from(statement: Statement) -> tuple[Token, Token] | None:
    """Return who got something and from whom: `the state bought it from a bank`, `it was bought by a bank from …`."""
    tokens = statement.tokens
    at = next((at for at, token in enumerate(tokens) if token.key in TAKES), -1)
    places = {token.lower: place for place, token in enumerate(tokens) if place > at and token.lower in ("by", "from")}
    if at < 1 or "from" not in places:
        return None
    by = places.get("by")
    taker = _last(tokens[:at]) if by is None else _last(_phrase(tokens[by + 1 :]))
    giver = _last(_phrase(tokens[places["from"] + 1 :]))
    return (taker, giver) if taker and giver and taker.key != giver.key else None


def _thing(tokens: Sequence[Token], at: int) -> Token | None:
    ahead = tokens[at + 1 : at + 1 + _FAR]
    return next((token for token in ahead if token.content or token.kind == "number"), None)


def _phrase(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the words up to the end of a phrase: a small word or a sign, articles aside."""
    words = [token for token in tokens[:_FAR] if token.lower not in ("a", "an", "the", "its", "their", "new")]
    end = next((at for at, token in enumerate(words) if not token.content), len(words))
    return words[:end]


def _last(tokens: Sequence[Token]) -> Token | None:
    return next((token for token in reversed(tokens) if token.content), None)
