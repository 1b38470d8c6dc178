"""Removing a claim from what is shown, and restoring it. Nothing is deleted."""

from dataclasses import replace

from bot import cards
from bot.curate import forms
from bot.curate.changing import changed_reply, last_revision, own_change, save
from bot.desk import Desk
from bot.errors import Refused
from bot.model import GLOBAL, Claim, State
from bot.reply import Reply, Tone
from bot.store import Change
from bot.verb import YES
from bot.verbs import REMOVE, RESTORE, SHOW, UNDO


def remove(desk: Desk, given: dict[str, str]) -> Reply:
    """Hide a claim; a global one is hidden here alone, unless an operator acts in the global space."""
    draft = given.get("draft", "")
    values = forms.laid_over(desk, REMOVE, given)
    claim = desk.claim_named(values.get("claim", ""))
    if claim.state is not State.ACTIVE:
        raise Refused(f"{claim.id} is removed already; /{RESTORE.name} brings it back.")
    if given.get("sure") != YES:
        return _asked(desk, claim, values, draft)
    change = own_change(desk, claim, replace(claim, state=State.REMOVED), "remove")
    save(desk, [change], why=values.get("why", ""), draft=draft)
    undo = forms.action(desk, "Undo", UNDO, {"change": str(last_revision(desk, change.after))})
    where = " here; elsewhere it is still shown" if claim.space != desk.space else ""
    text = f"{cards.in_brief(claim)}\nIt is not shown any more{where}. /{RESTORE.name} {claim.id} brings it back."
    return Reply(f"Removed {claim.id}", text, choices=(undo,), changed=True)


def _asked(desk: Desk, claim: Claim, values: forms.Values, draft: str) -> Reply:
    wanted = {"draft": forms.keep(desk, REMOVE, values, draft)} if values.get("why") else {"claim": claim.id}
    choices = (
        forms.action(desk, "Remove", REMOVE, {"sure": YES, **wanted}, hides=True),
        forms.action(desk, "Keep it", SHOW, {"claim": claim.id}, declines=True),
    )
    text = f"{cards.in_brief(claim)}\nIt is hidden from answers then; nothing is deleted."
    return Reply(f"Remove {claim.id}?", text, tone=Tone.CHOICE, choices=choices)


def restore(desk: Desk, given: dict[str, str]) -> Reply:
    """Show a claim again that was removed or withdrawn."""
    claim = desk.claim_named(given["claim"])
    own = desk.store.find_known(desk.space, external_id=claim.external_id)
    hidden = own if own is not None and own.state is not State.ACTIVE else claim
    if hidden.state is State.ACTIVE:
        raise Refused(f"{claim.id} is shown already.")
    if hidden.space != desk.space:
        raise Refused(f"{claim.id} was removed from the {GLOBAL} claims: only an operator can bring it back.")
    after = replace(hidden, state=State.ACTIVE)
    save(desk, [Change(hidden, after, "restore")], why=given.get("why", ""))
    return changed_reply(desk, hidden, after, title=f"{after.id} is shown again")
