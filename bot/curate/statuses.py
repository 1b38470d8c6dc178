"""Setting the status: of one claim, or of many at once, which are shown first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import cards
from bot.curate import forms
from bot.curate.changing import changed_reply, last_revision, new_batch, own_change, save, shown_here
from bot.desk import Desk
from bot.errors import BadValues, NotFound, UsageProblem
from bot.fields.columns import claim_from
from bot.model import Claim
from bot.reply import Field, Form, Reply, Tone
from bot.text import counted, normalised
from bot.verb import YES
from bot.verbs import STATUS, UNDO

MOST = 200
"""Claims whose status is set at once, at most."""
_SHOWN = 20
_TITLE = "Set a status"
_NEEDED = ("status",)
_SEARCHED = 5 * MOST
_WHICH = ("claim", "tag", "search")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be set, on which claims, and all that was typed."""

    claims: Sequence[Claim]
    columns: dict[str, str]
    values: forms.Values


def status(desk: Desk, given: dict[str, str]) -> Reply:
    """Set the status of one claim, or of several after they were shown."""
    draft = given.get("draft", "")
    values = forms.laid_over(desk, STATUS, given)
    many = bool(values.get("tag") or values.get("search"))
    if not many and not values.get("claim"):
        return Reply(_TITLE, form=forms.form_of(desk, STATUS, values, title=_TITLE, needed=_NEEDED, without=()))
    claims = _found(desk, values) if many else _named(desk, values.get("claim", ""))
    if not values.get("status"):
        return Reply(_TITLE, form=_form(desk, claims, values, draft))
    named = {name: value for name, value in values.items() if value or name != "checked_on"}
    columns = {"status_on": datetime.now(UTC).date().isoformat(), **forms.columns(STATUS, named)}
    change = _Wanted(claims, columns, values)
    try:
        after = [claim_from(columns, claim) for claim in claims]
    except BadValues as bad:
        return forms.refused(desk, STATUS, values, bad.problems, title=_TITLE, draft=draft, needed=_NEEDED)
    if _overtaken(desk, change):
        return _list(desk, change, draft, "Something was changed meanwhile, so nothing was set. Look again:")
    if (many or len(claims) > 1) and values.get("sure") != YES:
        return _list(desk, change, draft, "")
    return _saved(desk, change, after, draft)


def _named(desk: Desk, names: str) -> list[Claim]:
    ids = list(dict.fromkeys(part for part in re.split(r"[\s,]+", names) if part))
    if len(ids) > MOST:
        raise UsageProblem(f"That is {len(ids):,} claims, {MOST} at most at once.")
    return list({claim.id: claim for claim in map(desk.shown_claim, ids)}.values())


def _found(desk: Desk, values: forms.Values) -> list[Claim]:
    """Return the claims that are meant by tag, by search, or by both."""
    tag, search = values.get("tag", "").lower(), values.get("search", "")
    if values.get("claim"):
        raise UsageProblem("Name claims, or a tag or a search: not both.")
    tagged = shown_here(desk, desk.store.tagged([tag], desk.spaces)) if tag else None
    found = _searched(desk, search) if search else tagged or []
    claims = [claim for claim in found if tagged is None or claim in tagged]
    if not claims:
        raise NotFound("No claim here is meant by that: /fact list and /fact search show what there is.")
    if len(claims) > MOST:
        raise UsageProblem(f"That is {len(claims):,} claims, {MOST} at most at once: narrow it down.")
    return claims


def _searched(desk: Desk, text: str) -> list[Claim]:
    """Return what a search finds, as far as every one of its words is in the claim."""
    wanted = set(normalised(text).split())
    hits = desk.asker.search(text, spaces=desk.spaces, limit=_SEARCHED)
    return [hit.claim for hit in hits if wanted <= _words(hit.claim)]


def _words(claim: Claim) -> set[str]:
    return set(normalised(" ".join((claim.text, *claim.phrasings, claim.claimant, claim.occasion, claim.via))).split())


def _overtaken(desk: Desk, change: _Wanted) -> bool:
    seen = change.values.get("seen", "")
    return bool(seen) and seen.split(",") != _versions(desk, change.claims)


def _versions(desk: Desk, claims: Sequence[Claim]) -> list[str]:
    return [str(last_revision(desk, claim)) for claim in claims]


def _form(desk: Desk, claims: Sequence[Claim], values: forms.Values, draft: str) -> Form:
    known = forms.values_of(STATUS, claims[0]) if len(claims) == 1 else {}
    named = {name: values[name] for name in _WHICH if values.get(name)}
    if not draft and not forms.short(named):
        draft = forms.keep(desk, STATUS, values)
    arguments = {"draft": draft} if draft else named
    shown = {**known, "checked_on": "", **values}
    return forms.form_of(desk, STATUS, shown, title=_TITLE, arguments=arguments, needed=_NEEDED, without=_WHICH)


def _list(desk: Desk, change: _Wanted, draft: str, text: str) -> Reply:
    """Show what would be changed. The draft names exactly these claims, as they are now."""
    claims, wanted = change.claims, change.values["status"]
    named = {name: value for name, value in change.values.items() if name not in {"tag", "search"}}
    ids, seen = " ".join(claim.id for claim in claims), ",".join(_versions(desk, claims))
    kept = forms.keep(desk, STATUS, {**named, "claim": ids, "seen": seen}, draft)
    rest = len(claims) - _SHOWN
    more = (Field("…", f"and {rest:,} more"),) if rest > 0 else ()
    return Reply(
        f"Set {counted(len(claims), 'claim')} to {wanted}?",
        text,
        tuple(Field(claim.id, cards.in_brief(claim)) for claim in claims[:_SHOWN]) + more,
        tone=Tone.REFUSED if text else Tone.CHOICE,
        choices=(forms.action(desk, f"Set {len(claims)} to {wanted}", STATUS, {"draft": kept, "sure": YES}),),
    )


def _saved(desk: Desk, change: _Wanted, after: Sequence[Claim], draft: str) -> Reply:
    pairs = list(zip(change.claims, after, strict=True))
    changes = [own_change(desk, claim, now, "status") for claim, now in pairs if claim != now]
    if not changes:
        return Reply("Nothing to change", "That is on record already.")
    batch = new_batch("status") if len(changes) > 1 else ""
    save(desk, changes, why=change.values.get("why", ""), batch=batch, draft=draft)
    if not batch:
        return changed_reply(desk, next(claim for claim, now in pairs if claim != now), changes[0].after)
    undo = forms.action(desk, "Undo", UNDO, {"change": batch})
    fields = tuple(Field(each.after.id, cards.in_brief(each.after)) for each in changes[:_SHOWN])
    title = f"Set {len(changes)} claims to {change.values['status']}"
    return Reply(title, f"In one batch: {batch}.", fields, choices=(undo,), changed=True)
