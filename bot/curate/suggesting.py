"""Suggestions of anyone: a claim, a correction, a source or a phrasing, checked like what moderators type."""

from collections.abc import Collection, Mapping

from bot.curate import forms
from bot.curate.deciding import told
from bot.desk import Desk
from bot.errors import BadValue, BadValues, NotFound, Refused, TooMany
from bot.fields.columns import read_fields
from bot.model import Claim
from bot.records import NOTICES
from bot.reply import Field, Form, Reply, Tone
from bot.store import Suggestion, SuggestionKind
from bot.verbs import QUEUE, SUGGEST

_TITLE = "Suggest to moderators"
_LIMITS = {
    SuggestionKind.CLAIM: 2_000,
    SuggestionKind.CORRECTION: 2_000,
    SuggestionKind.SOURCE: 300,
    SuggestionKind.PHRASING: 500,
}
"""Characters that the text of a suggestion may have, at most."""
_NEEDED = ("text",)
_AGAIN = {
    (False, False): "You will be told what becomes of it.",
    (True, False): "Somebody suggested the same: you will both be told.",
    (True, True): "You suggested this already: it waits, and you will be told.",
}
"""What happens next: by whether somebody has suggested the same, and whether it was the same person."""


_AT_THE_TERMINAL = f"It waits: see /{QUEUE.name}."
"""Nobody carries messages to a terminal."""


def suggest(desk: Desk, given: dict[str, str]) -> Reply:
    """Put a suggestion into the queue of the community (in a direct message: of the operators)."""
    if desk.store.communities.is_blocked(desk.home, desk.request.actor.id):
        raise Refused("The moderators here take no suggestions from you at the moment. Ask one of them why.")
    draft = given.get("draft", "")
    values = forms.laid_over(desk, SUGGEST, given)
    try:
        kind, claim = _about(desk, values)
        if _is_empty(kind, values) or set(given) <= {"draft"}:
            return Reply(_TITLE, form=_form(desk, values, kind, claim, draft))
        columns = _checked(kind, values, claim)
    except BadValues as bad:
        return _refused(desk, values, bad.message, draft, bad.problems)
    try:
        return _kept(desk, kind, claim, columns, draft)
    except TooMany as full:
        return _refused(desk, values, full.message, draft)


def _kept(desk: Desk, kind: SuggestionKind, claim: Claim | None, columns: dict[str, str], draft: str) -> Reply:
    actor = desk.request.actor
    with desk.saving():
        earlier = {each.id for each in desk.store.suggestions.of(actor.id)}
        made, folded = desk.store.suggestions.add(
            desk.home, kind, claim.id if claim else "", columns, "", actor.id, actor.name
        )
        if not folded:
            _tell_channel(desk, made)
        if draft:
            desk.store.drafts.drop(draft)
    again = _AGAIN[folded, made.id in earlier] if actor.id and not actor.holds_database else _AT_THE_TERMINAL
    return Reply("Thank you: the moderators will look at it", f"{told(made)}\n{again}", (Field("Suggestion", made.id),),
                 changed=True)  # fmt: skip


def _tell_channel(desk: Desk, made: Suggestion) -> None:
    channel = desk.store.communities.setting(desk.home, NOTICES)
    if channel:
        text = f"{told(made)}\n\nLook at it: /{QUEUE.name} {made.id}"
        desk.store.notices.add(channel, desk.home, f"New suggestion: {made.kind}", text)


def _about(desk: Desk, values: Mapping[str, str]) -> tuple[SuggestionKind, Claim | None]:
    """Return what is suggested, and about which claim; a new claim is about none.

    When it is not said, it is a correction of the claim that is named, else a new claim. Raises `BadValues`.
    """
    name = values.get("claim", "")
    kind = SuggestionKind(values.get("kind") or (SuggestionKind.CORRECTION if name else SuggestionKind.CLAIM))
    if kind is SuggestionKind.CLAIM:
        return kind, None
    if not name:
        raise BadValues([BadValue("claim", "", f"is missing: name the claim that the {kind} is about")])
    try:
        return kind, desk.shown_claim(name)
    except NotFound as gone:
        problem = BadValue("claim", name, "is no claim that is shown here; /fact search finds its id")
        raise BadValues([problem]) from gone


def _is_empty(kind: SuggestionKind, values: Mapping[str, str]) -> bool:
    needed = ("text", "source") if kind is SuggestionKind.SOURCE else ("text",)
    return not any(values.get(name) for name in needed)


def _checked(kind: SuggestionKind, values: Mapping[str, str], claim: Claim | None) -> dict[str, str]:
    """Return what is suggested, by column, each value checked. Raises `BadValues`."""
    columns = forms.columns(SUGGEST, values)
    text = values.get("text", "")
    limit = _LIMITS[kind]
    if len(text) > limit:
        raise BadValues([BadValue("text", text, f"has {len(text):,} characters, and {limit:,} is the most")])
    read_fields({**columns, "text": text or (claim.text if claim else "")})
    return {name: value for name, value in {**columns, "text": text}.items() if value}


def _form(desk: Desk, values: Mapping[str, str], kind: SuggestionKind, claim: Claim | None, draft: str) -> Form:
    hidden = {name: values[name] for name in ("claim", "kind") if values.get(name)}
    title = f"{_TITLE}: {claim.id}" if claim else _TITLE
    arguments = {"draft": draft} if draft else hidden
    needed = () if kind is SuggestionKind.SOURCE else _NEEDED
    return forms.form_of(desk, SUGGEST, values, title=title, arguments=arguments, needed=needed)


def _refused(
    desk: Desk, values: Mapping[str, str], text: str, draft: str, problems: Collection[BadValue] = ()
) -> Reply:
    """Return the refusal with the form to go on, what was typed in it; the claim is asked for where it is wrong."""
    asked = any(problem.field == "claim" for problem in problems)
    form = forms.form_of(
        desk,
        SUGGEST,
        values,
        title=_TITLE,
        problems=problems,
        arguments={"draft": forms.keep(desk, SUGGEST, values, draft)},
        needed=_NEEDED,
        without=() if asked else ("claim",),
    )
    return Reply("That did not work", text, tone=Tone.REFUSED, form=form)
