"""What may be typed next: values and labels for one parameter, from what the person may see."""

from collections.abc import Callable, Iterable

from bot.desk import Desk
from bot.model import Claim
from bot.text import clean, shorten
from bot.verb import Kind, Parameter
from bot.verbs import typed_verbs

MOST = 25
_LABEL = 100

Pairs = list[tuple[str, str]]


def completions(desk: Desk, item: Parameter, typed: str) -> Pairs:
    """Return at most 25 values for `item` that go with `typed`, each with what people are shown for it."""
    begun = clean(typed, 100)
    if item.options:
        return _fitting(item.options, begun)
    if item.name in _BY_NAME:
        return _BY_NAME[item.name](desk, begun)[:MOST]
    return _BY_KIND[item.kind](desk, begun)[:MOST] if item.kind in _BY_KIND else []


def _fitting(words: Iterable[str], begun: str) -> Pairs:
    return [(word, word) for word in words if word.startswith(begun.lower())][:MOST]


def _claims(desk: Desk, begun: str) -> Pairs:
    """Claims whose id begins so, then those that the words find."""
    by_id = desk.store.claims_like(begun, desk.space, limit=MOST)
    found = [hit.claim for hit in desk.asker.search(begun, spaces=desk.spaces, limit=MOST)] if begun else []
    return [(claim.id, _label(claim)) for claim in {claim.id: claim for claim in (*by_id, *found)}.values()]


def _label(claim: Claim) -> str:
    return shorten(f"{claim.id}: {claim.text}", _LABEL)


def _claimants(desk: Desk, begun: str) -> Pairs:
    return _same(desk.store.claimants(desk.spaces, begun, limit=MOST))


def _tags(desk: Desk, begun: str) -> Pairs:
    """Tags that go with the last of those that are typed."""
    before, bar, last = begun.rpartition("|")
    head = f"{before.strip()} | " if bar else ""
    return _same(f"{head}{tag}" for tag in desk.store.tags_like(last.strip(), desk.spaces, limit=MOST))


def _same(values: Iterable[str]) -> Pairs:
    return [(value, shorten(value, _LABEL)) for value in values]


def _changes(desk: Desk, begun: str) -> Pairs:
    recent = desk.store.recent((desk.space,), limit=MOST * 4)
    fitting = (each for each in recent if str(each.id).startswith(begun))
    return [(str(each.id), f"#{each.id} {each.verb} {each.claim_id}") for each in fitting]


def _suggestions(desk: Desk, begun: str) -> Pairs:
    waiting = desk.store.suggestions.open(desk.space, limit=MOST * 4)
    return [(each.id, f"{each.id}: {each.kind}") for each in waiting if each.id.startswith(begun)]


def _verbs(_desk: Desk, begun: str) -> Pairs:
    return _fitting((verb.name for verb in typed_verbs()), begun)


_BY_KIND: dict[Kind, Callable[[Desk, str], Pairs]] = {
    Kind.CLAIM: _claims,
    Kind.CLAIMANT: _claimants,
    Kind.CHANGE: _changes,
    Kind.SUGGESTION: _suggestions,
    Kind.VERB: _verbs,
}
_BY_NAME: dict[str, Callable[[Desk, str], Pairs]] = {"tag": _tags, "tags": _tags}
