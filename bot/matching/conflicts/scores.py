"""How votes and matches end: `voted 7 to 4`, `by 52 votes to 48`, `won 3 to 1`."""

from collections.abc import Sequence

from bot.matching.conflicts.tokens import Token

_ENDED = frozenset("vote votes voted voting beat won win lost defeated".split())
_COUNTED = frozenset("votes goals points".split())


def other_half(tokens: Sequence[Token], at: int) -> int:
    """Return where the second number of a score stands whose first one stands at `at`; 0 where there is none."""
    words = [token.lower for token in tokens[at + 1 : at + 3]]
    if len(words) == 2 and words[0] in _COUNTED and words[1] in ("to", "against") and _is_count(tokens, at + 3):
        return at + 3
    voted = at > 0 and tokens[at - 1].lower in _ENDED and words[:1] == ["to"] and _is_count(tokens, at + 2)
    return at + 2 if voted and not _is_range(tokens, at) else 0


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    """Whether something is counted that is between two numbers: `won 3 to 5 seats`."""
    follows = tokens[at + 3] if at + 3 < len(tokens) else None
    return follows is not None and follows.content and float(tokens[at + 2].surface) > float(tokens[at].surface)


def _is_count(tokens: Sequence[Token], at: int) -> bool:
    return (
        at < len(tokens)
        and tokens[at].kind == "number"
        and tokens[at].surface.isdigit()
        and len(tokens[at].surface) < 5
    )
