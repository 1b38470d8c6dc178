"""What a question leaves open: how many, when, what somebody said. A claim answers it that says just that."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.matching.conflicts import Statement
from bot.matching.conflicts.tokens import tokenise
from bot.matching.kinship import synonyms
from bot.matching.words import keys

_HOW_MUCH = re.compile(
    r"\bhow (many|much|often|high|long|far|big|large|tall|deep|old|fast)\b|\b(numbers?|amount) of\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"^\W*(?:(?:so|and|ok|hey|but|wait|in|on|since|until|by) )*"
    r"(?:when(?! i\b| we\b| you\b)|(?:what|which) (?:day|date|dates|month|year))\b",
    re.IGNORECASE,
)
_WHAT_SAID = re.compile(
    r"^\W*(?:(?:so|and|ok|hey|but|wait) )*what (?:did|does|do|has|had|have|was|were) .{2,60}\b"
    r"(?:say|said|saying|claim\w*|report\w*|tell|told|predict\w*|expect\w*|announce\w*|write|written)\b",
    re.IGNORECASE,
)
_AHEAD, _NEXT = 80, 3
_NO_AMOUNTS = ("order", "score")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a question asks for: `number` (of a thing, by its keys, empty for any), `date` or `words`."""

    what: str
    thing: frozenset[str] = frozenset()

    def filled_by(self, records: Iterable[Statement], claimant: str, asked: Collection[str]) -> bool:
        """Whether a claim with this text and these phrasings says what is asked for; `asked`: the question's keys."""
        if self.what == "words":
            return not set(keys(claimant)).isdisjoint(asked)
        if self.what == "date":
            return any(record.dates for record in records)
        return any(self._counted(record) for record in records)

    def _counted(self, record: Statement) -> bool:
        counts = [each for each in record.quantities if each.kind not in _NO_AMOUNTS]
        return any(not self.thing or not each.things or self.thing & (each.things | each.near) for each in counts)


def opening_of(text: str) -> Opening | None:
    """Return what a question leaves open; None when it only asks whether something is so."""
    if _WHEN.match(text):
        return Opening("date")
    if how := _HOW_MUCH.search(text):
        counted = (how[1] or "many").lower() in ("many", "much")
        return Opening("number", _thing(text[how.end() :]) if counted else frozenset())
    return Opening("words") if _WHAT_SAID.match(text) else None


def _thing(text: str) -> frozenset[str]:
    """Return the keys of what is to be counted, which the text begins with, and of what says the same."""
    counted = {token.key for token in tokenise(text[:_AHEAD])[:_NEXT] if token.content}
    return frozenset(counted.union(*(synonyms().of(key) for key in counted)))
