"""Forms: from a verb, what was typed and what is wrong with it to what can be filled in. And drafts, so that it stays.

A form that holds what was typed is kept as a draft: its person can go on with it in the same place for a day.
"""

from collections.abc import Collection, Mapping, Sequence

from bot.desk import Desk
from bot.errors import BadValue
from bot.fields.cells import join_cell
from bot.fields.columns import SOURCE_COLUMNS, source_key
from bot.model import Claim
from bot.reply import Choice, Form, Input, Reply, Tone
from bot.verb import CLEARED, Kind, Parameter, Verb

_SHORT = 60
_NO_INPUTS = {"why", "space", "page"}
_FIRST = ("claim", "text", "claimant", "said_on", "status", "source")
"""What a form asks first, because some faces show five inputs at once."""
_COMPLETED = (Kind.CLAIM, Kind.CLAIMANT)
_QUOTES = ('""', "''", "“”", "«»")

Values = dict[str, str]


def laid_over(desk: Desk, verb: Verb, given: Mapping[str, str]) -> Values:
    """Return what is given now, laid over the draft that is named.

    Of another verb's draft only the claim counts, and the suggestion that was to be answered.

    Raises `NotFound` for a draft that has expired or is somebody else's.
    """
    values = {name: "" if value == CLEARED else value for name, value in given.items() if name != "draft"}
    if not given.get("draft"):
        return values
    draft = desk.store.drafts.get(given["draft"], desk.request.actor.id, desk.space)
    names = {item.name for item in verb.parameters} if draft.verb == verb.name else {"claim", "suggestion"}
    return {**{name: value for name, value in draft.values.items() if name in names}, **values}


def keep(desk: Desk, verb: Verb, values: Mapping[str, str], draft: str = "") -> str:
    """Keep what was typed; return the draft's id."""
    kept = {name: value for name, value in values.items() if name not in {"sure", "draft"}}
    return desk.store.drafts.keep(desk.request.actor.id, desk.space, verb.name, kept, draft)


def form_of(
    desk: Desk,
    verb: Verb,
    values: Mapping[str, str],
    *,
    title: str,
    problems: Collection[BadValue] = (),
    arguments: Mapping[str, str] | None = None,
    needed: Collection[str] = (),
    without: Collection[str] = ("claim",),
) -> Form:
    """Return the form of a verb with these values in it.

    `arguments` go with it unseen, `needed` must be filled in, and `without` is not asked.
    """
    wrong = {problem.field: f"{problem.field}: {problem.problem}" for problem in problems}
    items = sorted((item for item in verb.offered if _asked(item, needed) and item.name not in without), key=_place)
    inputs = tuple(_input(item, values.get(item.name, ""), wrong, item.name in needed) for item in items)
    return Form(title, verb.name, inputs, _with_space(desk, verb, arguments or {}), typed(verb, values))


def _asked(item: Parameter, needed: Collection[str]) -> bool:
    return (item.name not in _NO_INPUTS or item.name in needed) and item.kind is not Kind.YES


def _place(item: Parameter) -> int:
    return _FIRST.index(item.name) if item.name in _FIRST else len(_FIRST)


def _input(item: Parameter, value: str, wrong: Mapping[str, str], needed: bool) -> Input:
    return Input(
        item.name,
        item.name.replace("_", " ").capitalize(),
        value,
        item.help,
        item.limit,
        item.kind is Kind.LONG,
        needed,
        item.options,
        str(item.kind) if item.kind in _COMPLETED else "",
        wrong.get(item.column or item.name, ""),
    )


def typed(verb: Verb, values: Mapping[str, str]) -> str:
    """Return the command that says the same, to be typed: what a face without forms shows."""
    given = [(item.name, values[item.name]) for item in verb.offered if values.get(item.name)]
    if not given:
        return f"/{verb.name} {verb.offered[0].name}=…"
    return " ".join((f"/{verb.name}", *(f"{name}={_in_quotes(value)}" for name, value in given)))


def _in_quotes(value: str) -> str:
    if value.isalnum():
        return value
    pair = next((pair for pair in _QUOTES if not set(pair) & set(value)), '""')
    return f"{pair[0]}{value.replace(pair[1], ' ')}{pair[1]}"


def refused(
    desk: Desk,
    verb: Verb,
    values: Mapping[str, str],
    problems: Sequence[BadValue],
    *,
    title: str,
    draft: str = "",
    needed: Collection[str] = (),
    text: str = "",
) -> Reply:
    """Return the refusal that says for each field what is wrong, with the form to go on and what was typed in it.

    `text` says instead why nothing was saved, where no field is to blame.
    """
    draft = keep(desk, verb, values, draft)
    form = form_of(desk, verb, values, title=title, problems=problems, arguments={"draft": draft}, needed=needed)
    text = text or " ".join(problem.message for problem in problems)
    return Reply("That did not work", text, tone=Tone.REFUSED, form=form)


def action(
    desk: Desk, label: str, verb: Verb, given: Mapping[str, str], *, hides: bool = False, declines: bool = False
) -> Choice:
    """Return something to do next, in the space that this is done in."""
    return Choice(label, verb.name, _with_space(desk, verb, given), declines=declines, action=True, hides=hides)


def short(values: Mapping[str, str]) -> bool:
    """Whether a button can hold these values: what is longer goes into a draft."""
    return sum(map(len, values.values())) <= _SHORT


def _with_space(desk: Desk, verb: Verb, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    takes_space = any(item.name == "space" for item in verb.parameters)
    elsewhere = {"space": desk.space} if takes_space and desk.space != desk.home else {}
    return tuple({**given, **elsewhere}.items())


def columns(verb: Verb, values: Mapping[str, str]) -> dict[str, str]:
    """Return those of the values that fill a column of a claim, by column."""
    return {item.column: values[item.name] for item in verb.parameters if item.column and item.name in values}


def values_of(verb: Verb, claim: Claim) -> Values:
    """Return what is on record for each parameter that fills a column, as it would be typed."""
    return {item.name: _as_typed(claim, item.column) for item in verb.parameters if item.column}


def _as_typed(claim: Claim, column: str) -> str:
    if column in SOURCE_COLUMNS:
        parts = [getattr(source, source_key(column)) for source in claim.sources]
        return join_cell(parts) if any(parts) else ""
    value = getattr(claim, column)
    return join_cell(value) if isinstance(value, tuple) else str(value)
