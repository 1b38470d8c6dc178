"""Editing a claim: what is given is changed, and nobody overwrites what somebody else has changed meanwhile."""

from dataclasses import replace

from bot.curate import forms
from bot.curate.changing import changed_reply, last_revision, own_change, save
from bot.curate.deciding import unless_decided
from bot.desk import Desk
from bot.differences import difference_lines, differences
from bot.errors import BadValues, NotFound, Stale
from bot.fields.columns import claim_from
from bot.model import Claim, State
from bot.reply import Field, Form, Reply, Tone
from bot.store import Revision
from bot.verbs import EDIT, RESTORE

_NEEDED = ("text",)


def edit(desk: Desk, given: dict[str, str]) -> Reply:
    """Change a claim; without anything to change, return the form with what is on record."""
    draft = given.get("draft", "")
    values = forms.laid_over(desk, EDIT, given)
    claim = desk.claim_named(values.get("claim", ""))
    if claim.state is not State.ACTIVE:
        return _hidden(desk, claim, values, draft)
    if not forms.columns(EDIT, given):
        typed = bool(forms.columns(EDIT, values))
        return Reply(_title(claim), form=_form(desk, claim, values, draft if typed else ""))
    if values.get("seen", "") not in {"", str(last_revision(desk, claim))}:
        return _overtaken(desk, claim, values, draft)
    try:
        after = claim_from(forms.columns(EDIT, values), claim)
    except BadValues as bad:
        shown = {**forms.values_of(EDIT, claim), **values, "seen": str(last_revision(desk, claim))}
        return forms.refused(desk, EDIT, shown, bad.problems, title=_title(claim), draft=draft, needed=_NEEDED)
    return _saved(desk, claim, after, values, draft)


def _saved(desk: Desk, claim: Claim, after: Claim, values: forms.Values, draft: str) -> Reply:
    if after == claim:
        return Reply("Nothing to change", f"{claim.id} says that already.")
    change = own_change(desk, claim, after, "edit")
    suggestion, seen = values.get("suggestion", ""), values.get("seen") or str(last_revision(desk, claim))
    try:
        save(desk, [change], why=values.get("why", ""), draft=draft, suggestion=suggestion)
    except Stale as late:
        return _too_late(desk, claim, {**values, "seen": seen, **unless_decided(desk, suggestion)}, draft, late)
    reply = changed_reply(desk, claim, change.after)
    return replace(reply, notes=(*reply.notes, *differences(claim, after)))


def _too_late(desk: Desk, claim: Claim, values: forms.Values, draft: str, late: Stale) -> Reply:
    """Refuse what somebody else was faster with: a change of the claim, or the decision about the suggestion."""
    now = desk.shown_claim(claim.id)
    if now != claim:
        return _overtaken(desk, now, values, draft)
    shown = {**forms.values_of(EDIT, claim), **values}
    return forms.refused(desk, EDIT, shown, (), title=_title(claim), draft=draft, needed=_NEEDED, text=late.message)


def _title(claim: Claim) -> str:
    return f"Edit {claim.id}"


def _form(desk: Desk, claim: Claim, values: dict[str, str], draft: str = "") -> Form:
    """Return the form with what is on record, and what was typed laid over it."""
    seen = values.get("seen") or str(last_revision(desk, claim))
    answers = {"suggestion": values["suggestion"]} if values.get("suggestion") else {}
    hidden = {"draft": draft} if draft else {"claim": claim.id, "seen": seen, **answers}
    shown = {**forms.values_of(EDIT, claim), **values, "claim": claim.id}
    return forms.form_of(desk, EDIT, shown, title=_title(claim), arguments=hidden, needed=_NEEDED)


def _hidden(desk: Desk, claim: Claim, values: forms.Values, draft: str) -> Reply:
    """Refuse to change what is not shown; what was typed for it is kept."""
    text = f"The claim {claim.id} has been removed."
    if not forms.columns(EDIT, values):
        raise NotFound(text)
    choices = (
        forms.action(desk, f"Restore {claim.id}", RESTORE, {"claim": claim.id}),
        forms.action(desk, "Continue editing", EDIT, {"draft": forms.keep(desk, EDIT, values, draft)}),
    )
    return Reply("That did not work", f"{text} What you typed is kept.", tone=Tone.REFUSED, choices=choices)


def _overtaken(desk: Desk, claim: Claim, values: dict[str, str], draft: str) -> Reply:
    """Show who changed what since, and the form with the person's values laid over what is on record now."""
    seen = int(values["seen"]) if values["seen"].isdecimal() else 0
    values = {**values, "claim": claim.id, "seen": str(last_revision(desk, claim))}
    draft = forms.keep(desk, EDIT, values, draft)
    since = [each for each in desk.store.history(claim.id) if each.id > seen]
    text = "Nothing was saved. Look at what was changed, then send yours again, or leave it."
    return Reply(
        f"{claim.id} was changed by somebody else meanwhile",
        text,
        tuple(Field(_who(desk, each), _what(each)) for each in since),
        tone=Tone.REFUSED,
        form=_form(desk, claim, values, draft),
    )


def _who(desk: Desk, each: Revision) -> str:
    who = each.name or each.actor or "somebody who was forgotten"
    return f"#{each.id} {who if each.space == desk.space else 'an operator'}"


def _what(each: Revision) -> str:
    if each.before is None or each.after is None:
        return each.verb
    return "; ".join(difference_lines(each.before, each.after))
