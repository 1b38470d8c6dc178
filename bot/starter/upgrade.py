"""Bring a working database up to a newer starter without touching what people have done to it."""

from dataclasses import dataclass
from pathlib import Path

from bot.model import GLOBAL, Claim
from bot.starter.stamp import Stamp
from bot.store import ALL_STATES, STARTER, Change, Store, Trace, starter_path


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How many claims of the starter were added to a database, and how many updated."""

    added: int = 0
    updated: int = 0

    @property
    def any(self) -> bool:
        """Whether anything has changed."""
        return bool(self.added or self.updated)

    def __str__(self) -> str:
        return f"{self.added:,} new, {self.updated:,} changed"


def upgrade(store: Store, starter: Path | None = None) -> Upgrade:
    """Add a newer starter's new claims to `store` and update those that nobody but the starter ever changed.

    Does nothing to a database that was not made from the starter, may not be written, or has this starter or a
    newer one. A claim is known by its external id among the global ones. One that somebody edited, removed or
    imported stays as it is, so a removed claim is never revived and an override never touched. Raises `Refused`
    as the store does.
    """
    known = Stamp.of(store)
    if known is None or not store.writable:
        return Upgrade()
    with Store.open(starter or starter_path(), readonly=True) as packaged:
        stamp = Stamp.of(packaged)
        if stamp is None or not stamp.follows(known):
            return Upgrade()
        shipped = {claim.external_id: claim for claim in packaged.claims((GLOBAL,), ALL_STATES)}
    with store.transaction():
        changes = _changes(store, shipped)
        store.save_many(changes, Trace(STARTER, STARTER))
        store.remember(STARTER, str(stamp))
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
