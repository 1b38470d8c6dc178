"""Compare the index that answers with the claims on record: it is derived from them, and must say the same."""

from bot.keeper import Keeper
from bot.matching.row import belongs
from bot.store import ALL_STATES, Store


def index_problems(store: Store) -> list[str]:
    """Return a sentence for each claim that the index, from its file or built now, does not have as it is."""
    keeper = Keeper(store)
    try:
        keeper.current()
        keeper.settle()
        index = keeper.current().matcher.index
        wrong = [claim.id for claim in store.claims(states=ALL_STATES) if belongs(claim) != index.holds(claim)]
    finally:
        keeper.close()
    return [f"The index does not have the claim {claim_id} as it is." for claim_id in wrong]
