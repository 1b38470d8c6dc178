"""Bring a working database up to a newer starter without touching what people have done to it."""

from dataclasses import dataclass
from pathlib import Path

from bot.model import GLOBAL, Claim
from bot.store import ALL_STATES, STARTER, Change, Store, Trace, starter_path


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How many claims of the starter were added to a database, and how many updated."""

    added: int
    updated: int


def upgrade(store: Store, starter: Path | None = None) -> Upgrade:
    """Add the starter's new claims to `store` and update those that nobody but the starter ever changed.

    A claim is known by its external id among the global ones. One that somebody edited, removed or imported
    stays as it is, so a removed claim is never revived and an override never touched. Raises `Refused` as the
    store does.
    """
    with Store.open(starter or starter_path(), readonly=True) as packaged:
        shipped = [claim for claim in packaged.claims(states=ALL_STATES) if claim.space == GLOBAL]
    changes = _changes(store, {claim.external_id: claim for claim in shipped})
    if not changes:
        return Upgrade(0, 0)
    with store.transaction():
        changes = _changes(store, {claim.external_id: claim for claim in shipped})
        store.save_many(changes, Trace(STARTER, STARTER))
    added = sum(change.before is None for change in changes)
    return Upgrade(added, len(changes) - added)


def _changes(store: Store, shipped: dict[str, Claim]) -> list[Change]:
    known = {claim.external_id: claim for claim in store.find_many(GLOBAL, list(shipped), [])}
    theirs = store.touched_by_others(STARTER)
    pairs = [(known.get(external_id), claim) for external_id, claim in shipped.items()]
    return [
        Change(before, after)
        for before, after in pairs
        if before != after and (before is None or before.id not in theirs)
    ]
