"""Done, planned, feared or nearly so: `may be halted` is not `was halted`, `plans to` is not `did`."""

from collections.abc import Sequence

from bot.matching.conflicts.model import Conflict, Hedge, Pair
from bot.matching.conflicts.tokens import Token

_PLANNED = (
    "plan plans planning planned considering mulling intend intends intending proposes proposed offers offered applied"
    " attempted contemplating thinking want wants wanted hopes"
)
_WORDS = {
    word: which
    for which, words in (
        ("may", "may might possibly perhaps maybe"),
        ("nearly", "nearly almost narrowly"),
        ("planned", _PLANNED),
        ("already", "already"),
        ("future", "will going"),
    )
    for word in words.split()
}  # fmt: skip
_CLASHES = {
    ("already", "planned"): 0.7,
    ("already", "future"): 0.7,
    ("planned", "already"): 0.7,
    ("future", "already"): 0.7,
}
_ADDED = {"may": 0.6, "nearly": 0.75, "planned": 0.6, "already": 0.0, "future": 0.3}
_SAID = {"may": "that it may", "nearly": "that it nearly did", "planned": "that it is only planned or tried",
         "already": "that it is done already", "future": "that it will"}  # fmt: skip
_FAR = 6
_NEAR = 0.6


def find_hedges(tokens: Sequence[Token]) -> tuple[Hedge, ...]:
    """Return the words that say that something is not simply so, with the verb that they are about."""
    found = []
    for at, token in enumerate(tokens):
        which = _WORDS.get(token.lower) if token.kind == "word" else None
        if which and not (token.lower == "may" and token.capital and at):
            ahead = tokens[at + 1 : at + 1 + _FAR]
            target = next((each for each in ahead if each.kind in ("number", "sign") or each.content), None)
            if (
                target
                and target.content
                and not (which == "planned" and ahead[0].lower not in ("to", "for", "about", "of"))
            ):
                found.append(Hedge(which, token.key, target.key))
    return tuple(found)


def modality_conflicts(pair: Pair) -> list[Conflict]:
    """Return where the question makes a plan or a fear of what the record says is so, or the reverse."""
    if pair.cover_question < _NEAR:
        return []
    found = []
    for asked in pair.question.hedges:
        target = pair.matched.get(asked.target)
        if any(token.key == asked.key for token in pair.record.tokens):
            continue
        known = {hedge.which for hedge in pair.record.hedges}
        clash = max((_CLASHES.get((asked.which, which), 0.0) for which in known), default=0.0)
        strength = clash or (_ADDED[asked.which] if not known else 0.0)
        if target and strength:
            found.append(
                Conflict("modality", f"you wrote {_SAID[asked.which]}; the claim on record says otherwise", strength)
            )
    return found[:1]
