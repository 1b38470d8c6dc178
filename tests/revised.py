"""What the tests of revisions share: a history of nine."""

from dataclasses import replace

from bot.model import Claim, Source, State
from bot.store import Change, Store, Trace

ANN = Trace("discord:7", "discord", why="It was wrong", name="Ann")
SKY = Claim("The sky is blue", "sky", claimant="Bob", sources=(Source(publisher="AP"),), tags=("sky",))
SEA = Claim("The sea is green", "sea", space="discord:1", phrasings=("is the sea green",))


def fill(store: Store) -> None:
    """Nine revisions of five claims: edits, a batch, a reason, and one that brings an earlier text back."""
    store.save_many([Change(None, SKY), Change(None, SEA)], Trace("starter", "starter"))
    blue = replace(SKY, text="The sky is deep blue")
    store.save(SKY, blue, ANN)
    store.save(blue, SKY, replace(ANN, undoes=3), verb="undo")
    many = [Claim(f"Claim {n}", f"many{n}") for n in range(3)]
    store.save_many([Change(None, each) for each in many], Trace("terminal:bob", "import", batch="import-1"))
    store.save(
        SEA, replace(SEA, state=State.REMOVED), Trace("slack:T1:U2", "slack", why="Nobody says so"), verb="remove"
    )
    store.save(many[0], replace(many[0], via="AP"), ANN)
