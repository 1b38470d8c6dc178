"""Adding a claim: checked field by field, and compared with what is on record before it is saved."""

from collections.abc import Mapping
from dataclasses import replace

from bot import cards
from bot.curate import forms
from bot.curate.changing import changed_reply, save
from bot.curate.deciding import unless_decided
from bot.desk import Desk
from bot.errors import BadValues, Stale
from bot.fields.columns import claim_from
from bot.model import Claim, Hit, Outcome, State
from bot.reply import Field, Reply, Tone
from bot.store import Change, known_as
from bot.text import normalised
from bot.verb import YES
from bot.verbs import ADD, ALIAS, EDIT, RESTORE

ALIKE = 0.5
"""From this probability on that a claim on record is meant, nothing is saved unasked."""
TITLE = "Add a claim"
_NEEDED = ("text",)
_MOST_NAMES = 100_000
_HINTED = 3


def add(desk: Desk, given: dict[str, str]) -> Reply:
    """Put a claim on record, unless it is there or looks as if it were."""
    draft = given.get("draft", "")
    values = forms.laid_over(desk, ADD, given)
    if not given.keys() - {"draft"}:
        hidden = {"draft": draft} if draft else {}
        form = forms.form_of(desk, ADD, values, title=TITLE, arguments=hidden, needed=_NEEDED)
        return Reply(TITLE, form=form)
    try:
        claim = checked_claim(desk, forms.columns(ADD, values))
    except BadValues as bad:
        return forms.refused(desk, ADD, values, bad.problems, title=TITLE, draft=draft, needed=_NEEDED)
    if values.get("sure") != YES and (doubt := lookalike(desk, claim, values, draft)):
        return doubt
    suggestion = values.get("suggestion", "")
    try:
        save(desk, [Change(None, claim)], why=values.get("why", ""), draft=draft, suggestion=suggestion)
    except Stale as late:
        values |= unless_decided(desk, suggestion)
        return forms.refused(desk, ADD, values, (), title=TITLE, draft=draft, needed=_NEEDED, text=late.message)
    reply = changed_reply(desk, None, claim)
    return replace(reply, notes=(*reply.notes, *_name_hint(desk, claim)))


def checked_claim(desk: Desk, columns: Mapping[str, str]) -> Claim:
    """Return the new claim of the space acted in, its claimant as on record. Raises `BadValues`."""
    claim = replace(claim_from({"text": "", **columns}), space=desk.space)
    return _with_known_claimant(desk, claim)


def _with_known_claimant(desk: Desk, claim: Claim) -> Claim:
    """Write the claimant as on record where only capitals, blanks or accents differ; add the role if none is given."""
    wanted = normalised(claim.claimant)
    if not wanted:
        return claim
    known = desk.store.claimants(desk.spaces, "", limit=_MOST_NAMES)
    if claim.claimant not in known:
        same = next((name for name in known if normalised(name) == wanted), "")
        if not same:
            return claim
        claim = replace(claim, claimant=same)
    return replace(claim, claimant_role=claim.claimant_role or desk.store.role_of(claim.claimant, desk.spaces))


def _name_hint(desk: Desk, claim: Claim) -> tuple[Field, ...]:
    """Name the claimants on record whose name holds the one that was typed. It is never changed unasked."""
    if not claim.claimant:
        return ()
    known = desk.store.claimants(desk.spaces, claim.claimant, limit=_HINTED + 1)
    longer = [name for name in known if normalised(name) != normalised(claim.claimant)][:_HINTED]
    names = " and ".join(longer)
    return (Field("Claimant", f"On record there is {names}: did you mean them? Then edit it."),) if longer else ()


def lookalike(desk: Desk, claim: Claim, values: Mapping[str, str], draft: str) -> Reply | None:
    """Return what to ask before `claim` is saved: it may be one that is on record, or was and is removed."""
    if removed := removed_one(desk, claim):
        return _removed_reply(desk, removed, values, draft)
    hit = nearest(desk, claim)
    return _alike_reply(desk, hit, values, draft) if hit else None


def removed_one(desk: Desk, claim: Claim) -> Claim | None:
    """Return the hidden claim of the space acted in that says the same; None when there is none."""
    same = desk.store.find_known(desk.space, key=known_as(claim.text, claim.claimant, claim.said_on))
    return same if same is not None and same.state is not State.ACTIVE else None


def nearest(desk: Desk, claim: Claim) -> Hit | None:
    """Return the claim on record that this one may be, or be near to; None when there is none."""
    answer = desk.asker.ask(claim.text, spaces=desk.spaces)
    if answer.outcome in {Outcome.MATCH, Outcome.DIFFERENT} and answer.hits:
        return answer.hits[0]
    return next((hit for hit in answer.candidates if hit.score >= ALIKE), None)


def _alike_reply(desk: Desk, hit: Hit, values: Mapping[str, str], draft: str) -> Reply:
    """Offer what can be done: the draft holds what was typed, and the claim that it looks like."""
    known = hit.claim
    differs = hit.outcome is Outcome.DIFFERENT
    kept = forms.keep(desk, ADD, {**values, "claim": known.id}, draft)
    phrasing = () if differs else (forms.action(desk, "Add as a phrasing of it", ALIAS, {"draft": kept}),)
    choices = (
        forms.action(desk, "Save anyway", ADD, {"draft": kept, "sure": YES}),
        *phrasing,
        forms.action(desk, f"Edit {known.id}", EDIT, {"draft": kept}),
        forms.action(desk, "Continue editing", ADD, {"draft": kept}),
    )
    how = hit.difference or "They may differ." if differs else cards.percent(hit.score)
    title = f"On record is something near: {known.id}" if differs else f"This looks like claim {known.id} ({how})"
    text = f"{how.rstrip('.')}. If that makes it another claim, save it." if differs else "Nothing was saved yet."
    fields = (Field("On record", cards.in_brief(known)), Field("Yours", f"“{values.get('text', '')}”"))
    return Reply(title, text, fields, tone=Tone.CHOICE, choices=choices)


def _removed_reply(desk: Desk, same: Claim, values: Mapping[str, str], draft: str) -> Reply:
    kept = forms.keep(desk, ADD, values, draft)
    choices = (
        forms.action(desk, f"Restore {same.id}", RESTORE, {"claim": same.id}),
        forms.action(desk, "Save anyway", ADD, {"draft": kept, "sure": YES}),
        forms.action(desk, "Continue editing", ADD, {"draft": kept}),
    )
    text = "Nothing was saved yet: it can be brought back."
    return Reply(
        f"This was on record as {same.id}, and was removed",
        text,
        (Field("Removed", cards.in_brief(same)),),
        tone=Tone.CHOICE,
        choices=choices,
    )
