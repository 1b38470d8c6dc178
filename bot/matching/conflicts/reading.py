"""A text read once into a `Statement`."""

import re

from bot.matching.conflicts.antonyms import find_sides
from bot.matching.conflicts.claimant import find_speaker
from bot.matching.conflicts.dates import find_dates, places_of
from bot.matching.conflicts.denials import find_denials
from bot.matching.conflicts.modality import find_hedges
from bot.matching.conflicts.model import Statement
from bot.matching.conflicts.names import find_names, join_names
from bot.matching.conflicts.quantities import find_quantities
from bot.matching.conflicts.scope import find_scopes
from bot.matching.conflicts.tokens import Token, tokenise

_ASKS = frozenset(
    "did does do is are was were has have had can could will would should didnt doesnt"
    " isnt wasnt hasnt arent werent".split()
)
_WHETHER = re.compile(
    r"\b(?:is it (?:true|right|so|correct|a fact|false|the case)|true or|whether|if it'?s true)\b", re.IGNORECASE
)


def read(text: str) -> Statement:
    """Parse a text: a sentence or two that somebody wrote, or a claim on record."""
    tokens = join_names(tokenise(text))
    dates = find_dates(tokens)
    content = tuple(at for at, token in enumerate(tokens) if token.content)
    asks = _asks(text, tokens)
    return Statement(
        text=text, tokens=tuple(tokens), content=content, ranks=_ranks(tokens, content), names=find_names(tokens),
        quantities=find_quantities(tokens, places_of(dates)), dates=dates, denials=find_denials(tokens, asks),
        scopes=find_scopes(tokens), sides=find_sides(tokens), hedges=find_hedges(tokens), speaker=find_speaker(tokens),
        asks=asks,
    )  # fmt: skip


def _ranks(tokens: list[Token], content: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    ranks: dict[str, list[int]] = {}
    for rank, at in enumerate(content):
        ranks.setdefault(tokens[at].key, []).append(rank)
    return {key: tuple(places) for key, places in ranks.items()}


def _asks(text: str, tokens: list[Token]) -> bool:
    """Whether the text asks: a question mark, an auxiliary first, or `is it true`."""
    if "?" in text or _WHETHER.search(text):
        return True
    return bool(tokens) and tokens[0].lower.replace("'", "") in _ASKS
