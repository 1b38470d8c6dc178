"""The other ways in which people put a claim, and the wordings that only look like it."""

from collections.abc import Mapping

from bot import cards
from bot.curate import forms
from bot.curate.changing import changed_reply, own_change, save
from bot.curate.deciding import unless_decided
from bot.desk import Desk
from bot.errors import NotFound, Refused, Stale, UsageProblem
from bot.fields.columns import claim_from
from bot.model import Claim
from bot.reply import Field, Reply
from bot.text import normalised, shorten
from bot.verb import YES
from bot.verbs import ALIAS

_NAMES = {"phrasings": "Also put as", "never_phrasings": "Never put as"}


def alias(desk: Desk, given: dict[str, str]) -> Reply:
    """Add or drop a phrasing; list them when none is given."""
    draft = given.get("draft", "")
    values = _wanted(desk, given)
    claim, phrasing = desk.shown_claim(values["claim"]), values.get("phrasing", "")
    if not phrasing:
        return _listed(claim)
    column = "never_phrasings" if given.get("never") == YES else "phrasings"
    changed = _without(claim, phrasing, column) if given.get("drop") == YES else with_phrasing(claim, phrasing, column)
    after = claim_from({column: changed}, claim)
    change = own_change(desk, claim, after, "alias")
    suggestion = values.get("suggestion", "")
    try:
        save(desk, [change], why=given.get("why", ""), draft=draft, suggestion=suggestion)
    except Stale as late:
        values |= unless_decided(desk, suggestion)
        return forms.refused(desk, ALIAS, values, (), title=f"A phrasing of {claim.id}", draft=draft, text=late.message)
    return changed_reply(desk, claim, change.after, title=_done(shorten(phrasing, 200), given))


def _done(phrasing: str, given: Mapping[str, str]) -> str:
    """Say what became of a phrasing: a card shows none of them."""
    never = given.get("never") == YES
    if given.get("drop") == YES:
        return f"“{phrasing}” is {'a never phrasing' if never else 'a phrasing'} no longer"
    return f"whoever asks “{phrasing}” {'never gets this claim' if never else 'gets this claim'}"


def _wanted(desk: Desk, given: dict[str, str]) -> dict[str, str]:
    """Return what is given, laid over the draft: a claim that was to be added can become a phrasing of another."""
    draft = given.get("draft", "")
    kept = desk.store.drafts.get(draft, desk.request.actor.id, desk.space).values if draft else {}
    values = {"phrasing": kept.get("text", ""), **kept, **{name: value for name, value in given.items() if value}}
    if not values.get("claim"):
        raise UsageProblem(f"{ALIAS.usage}: claim is missing.")
    return values


def _listed(claim: Claim) -> Reply:
    values = {name: getattr(claim, column) for column, name in _NAMES.items()}
    fields = tuple(Field(name, each) for name, texts in values.items() for each in texts)
    text = cards.in_brief(claim)
    return Reply(f"How people put {claim.id}", text, fields, footer=f"Add one: {ALIAS.usage}")


def with_phrasing(claim: Claim, phrasing: str, column: str = "phrasings") -> list[str]:
    """Return the list with one more. Raises `Refused` for what is on record, in this way or as the opposite."""
    known = {normalised(text): place for place in _NAMES for text in getattr(claim, place)}
    place = known.get(normalised(phrasing), "phrasings" if normalised(phrasing) == normalised(claim.text) else "")
    if place == column:
        raise Refused(f"“{phrasing}” is on record for {claim.id} already.")
    if place:
        raise Refused(f"“{phrasing}” is on record for {claim.id} as the opposite of that: drop it there first.")
    return [*getattr(claim, column), phrasing]


def _without(claim: Claim, phrasing: str, column: str) -> list[str]:
    texts: tuple[str, ...] = getattr(claim, column)
    kept = [text for text in texts if normalised(text) != normalised(phrasing)]
    if len(kept) == len(texts):
        raise NotFound(f"{claim.id} has no such phrasing; /{ALIAS.name} {claim.id} lists them.")
    return kept
