"""What all verbs that change claims share: whose version is changed, saving it, and the card that says so."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot import cards
from bot.curate.deciding import decide
from bot.curate.forms import action
from bot.desk import Desk
from bot.model import GLOBAL, Claim, State
from bot.reply import Field, Reply
from bot.store import Change, SuggestionState
from bot.verbs import EDIT, UNDO

_OWN_NOTE = Field("Here", "This is your community's own version now. Elsewhere the global claim stays as it is.")


def own_change(desk: Desk, claim: Claim, after: Claim, verb: str = "") -> Change:
    """Return the change of `claim` to `after` in the space acted in: of a global claim it makes the own version."""
    own = replace(after, space=desk.space)
    if claim.space == desk.space:
        return Change(claim, own, verb)
    return Change(desk.store.find_known(desk.space, external_id=claim.external_id), own, verb)


def save(
    desk: Desk, changes: Sequence[Change], *, why: str = "", batch: str = "", draft: str = "", suggestion: str = ""
) -> None:
    """Save the changes, all or none, drop the draft that they came from, and accept the suggestion that they answer."""
    with desk.saving():
        desk.store.save_many(changes, desk.trace(batch=batch, why=why))
        if suggestion:
            decide(desk, suggestion, SuggestionState.ACCEPTED, why, changes[0].after)
        if draft:
            desk.store.drafts.drop(draft)


def new_batch(verb: str) -> str:
    """Return a name for changes that are made, and can be undone, together."""
    return f"{verb}-{secrets.token_hex(4)}"


def last_revision(desk: Desk, claim: Claim) -> int:
    """Return the number of the last change of a claim."""
    return desk.store.last_revision(claim.id)


def changed_reply(desk: Desk, before: Claim | None, after: Claim, *, title: str = "") -> Reply:
    """Return the card of a claim that was just saved, with what to do next."""
    number = str(last_revision(desk, after))
    undo = action(desk, "Undo", UNDO, {"change": number})
    edit = (action(desk, "Edit", EDIT, {"claim": after.id}),) if after.state is State.ACTIVE else ()
    card = cards.claim_reply(after, desk.contact)
    saved = Field("Saved", title or f"as {after.id}")
    made_own = before is not None and before.space == GLOBAL != after.space
    notes = (saved, *card.notes, *((_OWN_NOTE,) if made_own else ()))
    return replace(card, notes=notes, choices=(undo, *edit), changed=True)


def shown_here(desk: Desk, claims: Collection[Claim]) -> list[Claim]:
    """Return those of `claims` that are shown in the space acted in: not the global ones that have an own version."""
    names = [claim.external_id for claim in claims if claim.space != desk.space]
    own = desk.store.find_many(desk.space, names, []) if names else []
    replaced = {claim.external_id for claim in own if claim.state is not State.WITHDRAWN}
    return [claim for claim in claims if claim.space == desk.space or claim.external_id not in replaced]
