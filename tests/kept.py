"""What the tests of backups share."""

from pathlib import Path

from bot.model import Claim
from bot.store import Change, Store, Trace

ANN = Trace("discord:70707", "discord", name="Ann")


def add(store: Store, claim_id: str, trace: Trace = ANN) -> None:
    store.save_many([Change(None, Claim(f"The town {claim_id} is dry", claim_id))], trace)


def has(store: Store, claim_id: str) -> bool:
    return bool(store.get_many([claim_id]))


def leftovers(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".") and "tmp" in each.name]
