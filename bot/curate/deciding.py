"""What becomes of a suggestion, and how everybody who made it is told."""

from bot.desk import Desk
from bot.model import Claim
from bot.store import Suggestion, SuggestionState
from bot.text import counted


def told(suggestion: Suggestion) -> str:
    """Return what is suggested, in lines."""
    about = [f"{suggestion.kind} for {suggestion.claim_id}"] if suggestion.claim_id else []
    values = [f"{name.replace('_', ' ')}: {value}" for name, value in suggestion.values.items()]
    return "\n".join([*about, *values])


def waiting_words(count: int) -> str:
    """Return how many suggestions wait, in words."""
    return f"{counted(count, 'suggestion')} {'waits' if count == 1 else 'wait'}"


def unless_decided(desk: Desk, name: str) -> dict[str, str]:
    """Return the suggestion as the argument of a form that is to answer it; nothing when somebody has decided it."""
    waits = bool(name) and not desk.store.suggestions.get(name, desk.space).decided_at
    return {"suggestion": name if waits else ""}


def decide(desk: Desk, name: str, state: SuggestionState, why: str, claim: Claim | None = None) -> Suggestion:
    """Write the decision, and a notice to all who suggested it: inside the transaction of the change that it makes.

    Raises `Stale` when it is decided already.
    """
    actor = desk.request.actor
    desk.store.people.person(actor.id, actor.name)
    suggestion = desk.store.suggestions.decide(name, desk.space, state, actor.id, why)
    result = f" It is on record as {claim.id}." if claim is not None else ""
    text = f"{told(suggestion)}\n\nIt was {state}.{f' {why}' if why else ''}{result}"
    for person in desk.store.suggestions.backers(name):
        if account := desk.store.people.account(person):
            desk.store.notices.add(account, desk.space, f"Your suggestion was {state}", text)
    return suggestion
