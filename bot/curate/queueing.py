"""The queue of suggestions: looked through, taken, accepted, edited or declined; whoever suggested is told."""

from collections.abc import Mapping
from dataclasses import replace

from bot import cards
from bot.curate import adding, forms
from bot.curate.changing import changed_reply, last_revision, own_change, save
from bot.curate.deciding import decide, told, waiting_words
from bot.curate.history import checked_page
from bot.curate.phrasings import with_phrasing
from bot.dates import on_date
from bot.desk import Desk
from bot.errors import BadValue, BadValues, NotFound, Refused
from bot.fields.cells import join_cell, split_cell
from bot.fields.columns import SOURCE_COLUMNS, claim_from, source_key
from bot.model import Claim, Source
from bot.reply import Choice, Field, Reply, Tone
from bot.store import Change, Suggestion, SuggestionKind, SuggestionState
from bot.text import normalised
from bot.verb import YES, Verb
from bot.verbs import ADD, ALIAS, EDIT, QUEUE

_PAGE = 5


def queue(desk: Desk, given: dict[str, str]) -> Reply:
    """Show what waits, or one suggestion; decide about it."""
    name = given.get("suggestion", "")
    if not name:
        return _listed(desk, checked_page(given.get("page", "")))
    if not given.get("do"):
        return _card(desk, desk.store.suggestions.get(name, desk.space))
    does = {"take": _take, "accept": _accept, "edit": _edit, "decline": _decline}
    return does[given["do"]](desk, desk.store.suggestions.undecided(name, desk.space), given)


def _listed(desk: Desk, page: int) -> Reply:
    waiting = desk.store.suggestions.waiting(desk.space)
    found = desk.store.suggestions.open(desk.space, limit=_PAGE, skip=(page - 1) * _PAGE)
    if not found:
        return Reply("Nothing waits in the queue" if page == 1 else f"There is no page {page}")
    more = f"More: /{QUEUE.name} page={page + 1}" if waiting > page * _PAGE else ""
    choices = tuple(forms.action(desk, f"Look at {each.id}", QUEUE, {"suggestion": each.id}) for each in found)
    fields = tuple(Field(_headline(desk, each), told(each)) for each in found)
    return Reply(waiting_words(waiting), fields=fields, footer=more, choices=choices)


def _headline(desk: Desk, suggestion: Suggestion) -> str:
    backers = f" · {suggestion.backers} people" if suggestion.backers > 1 else ""
    taken = f" · with {_name(desk, suggestion.taken_by)}" if suggestion.taken_by else ""
    return f"{suggestion.id} · {suggestion.at[:10]} · {_name(desk, suggestion.person)}{backers}{taken}"


def _name(desk: Desk, person: str) -> str:
    account, name = desk.store.people.account(person), desk.store.people.name(person)
    return f"{name} ({account})" if name and account else account or "somebody forgotten"


def _card(desk: Desk, suggestion: Suggestion) -> Reply:
    """Show one suggestion, what it is about, and what can be done."""
    about = _claim(desk, suggestion)
    known = (Field(f"On record as {about.id}", cards.in_brief(about)),) if about is not None else ()
    fields = (Field(_headline(desk, suggestion), told(suggestion)), *known)
    if suggestion.decided_at:
        by = f"by {_name(desk, suggestion.decided_by)} {on_date(suggestion.decided_at[:10])}"
        return Reply(f"{suggestion.id} was {suggestion.state}", suggestion.reason, (*fields, Field("Decided", by)))
    return Reply(f"Suggested: {suggestion.kind}", fields=fields, tone=Tone.CHOICE, choices=_actions(desk, suggestion))


def _actions(desk: Desk, suggestion: Suggestion) -> tuple[Choice, ...]:
    def action(label: str, do: str) -> Choice:
        return forms.action(desk, label, QUEUE, {"suggestion": suggestion.id, "do": do})

    take = () if suggestion.taken_by else (action("Take", "take"),)
    return (*take, action("Accept", "accept"), action("Edit", "edit"), action("Decline", "decline"))


def _claim(desk: Desk, suggestion: Suggestion) -> Claim | None:
    """Return the claim that the suggestion is about, as it is shown here; None when it is a new one, or gone."""
    try:
        return desk.shown_claim(suggestion.claim_id) if suggestion.claim_id else None
    except NotFound:
        return None


def _there(desk: Desk, suggestion: Suggestion) -> Claim:
    """Return the claim that the suggestion is about. Raises `Refused` when it is gone."""
    claim = _claim(desk, suggestion)
    if claim is None:
        raise Refused(f"The claim {suggestion.claim_id} is not here any more: decline the suggestion, with a reason.")
    return claim


def _take(desk: Desk, suggestion: Suggestion, _given: Mapping[str, str]) -> Reply:
    with desk.saving():
        actor = desk.request.actor
        desk.store.people.person(actor.id, actor.name)
        taken = desk.store.suggestions.take(suggestion.id, desk.space, actor.id)
    return replace(_card(desk, taken), changed=True)


def _decline(desk: Desk, suggestion: Suggestion, given: Mapping[str, str]) -> Reply:
    why = given.get("why", "")
    if not why:
        problem = [BadValue("why", "", "is missing; the person is told the reason")] if "why" in given else []
        hidden = {"suggestion": suggestion.id, "do": "decline"}
        asked = {item.name for item in QUEUE.offered} - {"why"}
        title = f"Decline {suggestion.id}"
        form = forms.form_of(
            desk, QUEUE, {}, title=title, problems=problem, arguments=hidden, needed=("why",), without=asked
        )
        return Reply(f"Decline {suggestion.id}", "The person is told the reason.", form=form)
    with desk.saving():
        declined = decide(desk, suggestion.id, SuggestionState.DECLINED, why)
    return Reply(f"{declined.id} is declined", why, changed=True)


def _accept(desk: Desk, suggestion: Suggestion, given: Mapping[str, str]) -> Reply:
    """Make the suggestion's change and the decision one transaction.

    A correction needs somebody to word it; whoever has done so already is sure that it is accepted as it is.
    """
    why = given.get("why", "")
    if suggestion.kind is SuggestionKind.CLAIM:
        return _accept_claim(desk, suggestion, why, sure=given.get("sure") == YES)
    claim = _there(desk, suggestion)
    if suggestion.kind is SuggestionKind.CORRECTION:
        made = given.get("sure") == YES
        return _as_it_is(desk, suggestion, claim, why) if made else _edit(desk, suggestion, given)
    try:
        after = _with(claim, suggestion)
    except BadValues:
        return _edit(desk, suggestion, given)
    if after == claim:
        return _as_it_is(desk, suggestion, claim, why)
    change = own_change(desk, claim, after)
    save(desk, [change], why=why, suggestion=suggestion.id)
    return changed_reply(desk, claim, change.after, title=f"{suggestion.id} is accepted")


def _accept_claim(desk: Desk, suggestion: Suggestion, why: str, *, sure: bool) -> Reply:
    try:
        claim = adding.checked_claim(desk, suggestion.values)
    except BadValues:
        return _edit(desk, suggestion, {})
    if not sure and (doubt := _doubt(desk, suggestion, claim)):
        return doubt
    save(desk, [Change(None, claim)], why=why, suggestion=suggestion.id)
    return changed_reply(desk, None, claim, title=f"{suggestion.id} is accepted as {claim.id}")


def _doubt(desk: Desk, suggestion: Suggestion, claim: Claim) -> Reply | None:
    """Return what to ask before a claim is put on record that is there, or was."""
    removed = adding.removed_one(desk, claim)
    near = None if removed else adding.nearest(desk, claim)
    alike = near.claim if near else removed
    if alike is None:
        return None
    sure = {"suggestion": suggestion.id, "do": "accept", "sure": YES}
    choices = (forms.action(desk, "Accept anyway", QUEUE, sure), *_actions(desk, suggestion)[-2:])
    title = f"This was on record as {alike.id}, and was removed" if removed else "This looks like a claim on record"
    fields = (Field(alike.id, cards.in_brief(alike)), Field("Suggested", told(suggestion)))
    return Reply(title, "Nothing was saved yet.", fields, tone=Tone.CHOICE, choices=choices)


def _as_it_is(desk: Desk, suggestion: Suggestion, claim: Claim, why: str) -> Reply:
    with desk.saving():
        decide(desk, suggestion.id, SuggestionState.ACCEPTED, why, claim)
    return Reply(
        f"{suggestion.id} is accepted", f"What it says is on record already: {claim.id} stays as it is.", changed=True
    )


def _with(claim: Claim, suggestion: Suggestion) -> Claim:
    """Return the claim with the phrasing or the source; the same when it has it. Raises `BadValues`, and `Refused`."""
    if suggestion.kind is SuggestionKind.PHRASING:
        text = suggestion.values.get("text", "")
        known = {normalised(each) for each in claim.wordings}
        return claim if normalised(text) in known else claim_from({"phrasings": with_phrasing(claim, text)}, claim)
    return claim_from(_source_columns(claim, suggestion), claim)


def _source_columns(claim: Claim, suggestion: Suggestion) -> dict[str, list[str]]:
    """Return the sources of the claim, and the ones suggested that it does not have, by column."""
    title, links = suggestion.values.get("text", ""), split_cell(suggestion.values.get("source_url", "")) or [""]
    urls = {source.url for source in claim.sources if source.url}
    new = (Source(title=title, url=url) for url in links if url not in urls)
    sources = dict.fromkeys((*claim.sources, *new))
    return {column: [getattr(each, source_key(column)) for each in sources] for column in SOURCE_COLUMNS}


def _edit(desk: Desk, suggestion: Suggestion, _given: Mapping[str, str]) -> Reply:
    """Open the form that the suggestion leads to, filled in; saving it decides the suggestion as accepted."""
    if suggestion.kind is SuggestionKind.CLAIM:
        return _form(desk, suggestion, ADD, _typed(ADD, suggestion.values), {})
    claim = _there(desk, suggestion)
    about = {"claim": claim.id}
    if suggestion.kind is SuggestionKind.PHRASING:
        return _form(desk, suggestion, ALIAS, {**about, "phrasing": suggestion.values["text"]}, {})
    columns = {name: value for name, value in suggestion.values.items() if name not in {"text", "source_url"}}
    if suggestion.kind is SuggestionKind.SOURCE:
        columns |= {name: join_cell(value) for name, value in _source_columns(claim, suggestion).items()}
    typed = {**about, "seen": str(last_revision(desk, claim)), **_typed(EDIT, columns)}
    done = forms.action(desk, "It is done already", QUEUE, {"suggestion": suggestion.id, "do": "accept", "sure": YES})
    return replace(_form(desk, suggestion, EDIT, typed, forms.values_of(EDIT, claim)), choices=(done,))


def _typed(verb: Verb, columns: Mapping[str, str]) -> forms.Values:
    return {item.name: columns[item.column] for item in verb.parameters if item.column in columns}


def _form(desk: Desk, suggestion: Suggestion, verb: Verb, typed: forms.Values, known: forms.Values) -> Reply:
    """Return the form with what is on record and what is suggested laid over it, which a draft holds."""
    draft = forms.keep(desk, verb, {**typed, "suggestion": suggestion.id})
    title = f"Accept {suggestion.id}"
    form = forms.form_of(desk, verb, {**known, **typed}, title=title, arguments={"draft": draft})
    return Reply(f"{suggestion.kind} {suggestion.id}", told(suggestion), form=form)
