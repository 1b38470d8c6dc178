"""From a claim or an answer to what a person is shown.

A card leads with who said it and how sure that is, then the claim in quotes, and only then whether it is so:
the two axes never share a word, a symbol or a colour, because "confirmed that X said it" is not "confirmed".
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.dates import human_date, on_date
from bot.model import GLOBAL, Answer, Attribution, Claim, Hit, Outcome, Source, Status
from bot.reply import Choice, Field, Link, Reply, Tone
from bot.text import clean, counted, shorten
from bot.verb import Verb
from bot.verbs import ADD, HELP, NONE_OF_THESE, OTHERS, SHOW, SOURCES, SUGGEST, WHY
from bot.why import explanation_fields

_SAID = {
    Attribution.QUOTED: "said",
    Attribution.REPORTED: "is reported to have said",
    Attribution.MISATTRIBUTED: "is wrongly said to have said",
}
STATUS_SHOWN = {
    Status.CONFIRMED: ("✔", Tone.GOOD),
    Status.CORROBORATED: ("✓", Tone.GOOD),
    Status.UNVERIFIED: ("?", Tone.OPEN),
    Status.DISPUTED: ("⇄", Tone.OPEN),
    Status.MISLEADING: ("!", Tone.BAD),
    Status.REFUTED: ("✘", Tone.BAD),
    Status.RETRACTED: ("↩", Tone.BAD),
    Status.OPINION: ("○", Tone.NEUTRAL),
}
"""Symbol and tone of each status. The word is always shown beside them."""

_QUESTION_SHOWN = 300
_LABEL_SHOWN = 160
_OTHERS_SHOWN = 5
_OTHERS_LISTED = 20
_SUGGESTED = 500
_NOTHING = "Nothing on record is this statement. That makes it neither true nor false."
_WHAT_IT_DOES = "Ask whether something is true, or who said it: you get the claim on record, who made it, its status."
_MISSING = f"Is it missing? Suggest it: /{SUGGEST.name}. Moderators add it: /{ADD.name}."


def answer_reply(answer: Answer, contact: str = "") -> Reply:
    """Return what a person is shown for `answer`; `contact` is whom a community names for its own claims."""
    return replace(_answer_card(answer, contact), outcome=str(answer.outcome))


def _answer_card(answer: Answer, contact: str) -> Reply:
    if answer.outcome is Outcome.NONE or not answer.hits:
        return nothing_reply(answer.reason, answer.question)
    if answer.outcome is Outcome.AMBIGUOUS:
        return _choice_reply(answer)
    first, *more = [_hit_card(answer, hit, contact) for hit in answer.hits]
    notes = (*first.notes, *_others(answer.others))
    return replace(first, notes=notes, choices=_what_next(answer), more=tuple(more))


def _what_next(answer: Answer) -> tuple[Choice, ...]:
    """Offer what others said, and to say what is wrong; with several claims in one answer nobody knew with which."""
    if len(answer.hits) != 1:
        return ()
    claim = (("claim", answer.hits[0].claim.id),)
    others = (Choice("Others", OTHERS.name, claim, action=True),) if answer.others else ()
    differs = _suggest(answer.question) if answer.outcome is Outcome.DIFFERENT else ()
    known = (Choice("Sources", SOURCES.name, claim, action=True),) if answer.hits[0].claim.sources else ()
    wrong = Choice("Wrong?", SUGGEST.name, (*claim, ("kind", "correction")), action=True)
    question = (("question", shorten(answer.question, _SUGGESTED)),)
    why = Choice("Why this answer?", WHY.name, question, action=True)
    return (*others, *known, *differs, wrong, why)


def _suggest(question: str) -> tuple[Choice, ...]:
    text = shorten(clean(question), _SUGGESTED)
    return (Choice("Suggest this claim", SUGGEST.name, (("text", text),), action=True),) if text else ()


def claim_reply(claim: Claim, contact: str = "") -> Reply:
    """Return the card of one claim: everything on record about it."""
    notes = (*_listed("Also put as", claim.phrasings), *_listed("About", claim.tags))
    return replace(_claim_card(claim, contact), notes=notes)


def nothing_reply(reason: str = "", question: str = "") -> Reply:
    """Return the answer when no claim on record is the one asked about: kind, short, and not a verdict."""
    why = (Field("Why", reason),) if reason else ()
    return Reply(title="Nothing on record", text=_NOTHING, notes=why, footer=_MISSING, choices=_suggest(question))


def list_reply(
    claims: Sequence[Claim], *, count: int, text: str = "", choices: tuple[Choice, ...] = (), footer: str = ""
) -> Reply:
    """Return a page of a list of `count` claims, each under its id."""
    title = counted(count, "claim") if count else "No claims like that here"
    return Reply(title, text, briefly(claims), choices=choices, footer=footer if count else "")


def briefly(claims: Iterable[Claim]) -> tuple[Field, ...]:
    """Return a line for each claim, under its id."""
    return tuple(Field(claim.id, in_brief(claim), _tone(claim)) for claim in claims)


def others_reply(claim: Claim, others: Sequence[Claim]) -> Reply:
    """Return what others said on the topic of `claim`."""
    if not others:
        return Reply("Nobody else on record said something about it", in_brief(claim))
    return Reply("What others said about it", in_brief(claim), briefly(others[:_OTHERS_LISTED]))


def sources_reply(claim: Claim) -> Reply:
    """Return the sources of a claim, all of them, and how many stand behind it independently."""
    return Reply(f"Sources of {claim.id}", in_brief(claim), links=_links(claim), footer=_counted_sources(claim))


def why_reply(answer: Answer, contact: str = "") -> Reply:
    """Return an answer with the words, signals and conflicts behind it, and nothing to press."""
    near = answer.candidates[0] if answer.candidates and answer.outcome is Outcome.NONE else None
    found = explanation_fields(near.explanation, near.claim.id) if near else ()
    card = _answer_card(answer, contact)
    return replace(card, notes=(*card.notes, *found), choices=())


def search_reply(text: str, hits: tuple[Hit, ...]) -> Reply:
    """Return the list of claims that a search found, each under its id."""
    shown = f"“{shorten(clean(text), 80)}”"
    if not hits:
        return Reply(title=f"No claim on record has to do with {shown}", footer=_MISSING)
    fields = briefly(hit.claim for hit in hits)
    return Reply(
        title=f"{counted(len(hits), 'claim')} on record for {shown}", fields=fields, footer=f"Show one: {SHOW.usage}"
    )


def help_reply(verbs: Iterable[Verb]) -> Reply:
    """Return the list of commands, or one command with what it is given."""
    verbs = tuple(verbs)
    fields = tuple(Field(verb.usage, verb.help) for verb in verbs)
    if len(verbs) == 1:
        fields += tuple(Field(item.name, item.help) for item in verbs[0].offered)
    return Reply(title="Factbot", text=_WHAT_IT_DOES, fields=fields, footer=f"More about one command: {HELP.usage}")


def status_words(claim: Claim) -> str:
    """Return the status as symbol and word: `? unverified`."""
    return f"{STATUS_SHOWN[claim.status][0]} {claim.status}"


def headline(claim: Claim) -> str:
    """Return who said it, how sure that is, and when: `Robert Wood (US envoy) said on 6 Feb 2024`."""
    when = on_date(claim.said_on)
    if not claim.claimant:
        return f"Unattributed, {human_date(claim.said_on)}" if when else "Unattributed"
    role = f" ({claim.claimant_role})" if claim.claimant_role else ""
    return f"{claim.claimant}{role} {_SAID[claim.attribution]}{when and ' '}{when}"


def quoted(claim: Claim) -> str:
    """Return the claim's text in quotes; a claim that brings its own keeps them inside."""
    return f"“{claim.text}”"


def _hit_card(answer: Answer, hit: Hit, contact: str) -> Reply:
    """Return the card of one claim in an answer. A difference is among its fields and not said twice."""
    differs = hit.outcome is Outcome.DIFFERENT
    certainty = f"{percent(hit.score)} that you mean this claim."
    sure = Field("How sure", certainty if differs else f"{certainty} {answer.reason}".strip())
    card = _different_card(answer, hit, contact) if differs else _claim_card(hit.claim, contact)
    return replace(card, notes=(sure, *explanation_fields(hit.explanation)))


def _claim_card(claim: Claim, contact: str) -> Reply:
    return Reply(
        title=f"{headline(claim)}:",
        text=quoted(claim),
        fields=(_status_field(claim), *_origin(claim)),
        links=_links(claim),
        footer=_curators(claim, contact),
        tone=_tone(claim),
    )


def _different_card(answer: Answer, hit: Hit, contact: str) -> Reply:
    """Show both wordings. The status belongs to what is on record, and never colours what was asked."""
    claim = hit.claim
    fields = (
        Field("Yours", f"“{shorten(answer.question, _QUESTION_SHOWN)}”"),
        Field("On record", f"{headline(claim)}: {quoted(claim)}"),
        Field("Difference", hit.difference or answer.reason),
        _status_field(claim, "Status of what is on record"),
        *_origin(claim),
    )
    return Reply(
        title="Not on record as you put it",
        text="The nearest claim on record says something else.",
        fields=fields,
        links=_links(claim),
        footer=_curators(claim, contact),
    )


def _choice_reply(answer: Answer) -> Reply:
    choices = tuple(Choice(in_brief(hit.claim), SHOW.name, (("claim", hit.claim.id),)) for hit in answer.hits)
    asked = (("question", answer.question),) if answer.question else ()
    declined = Choice("None of these", NONE_OF_THESE.name, asked, declines=True)
    why = tuple(field for hit in answer.hits for field in explanation_fields(hit.explanation, hit.claim.id))
    return Reply(
        title="Which of these do you mean?",
        text=answer.reason,
        notes=why,
        tone=Tone.CHOICE,
        choices=(*choices, declined),
    )


def _status_field(claim: Claim, name: str = "Status") -> Field:
    """Return the status sentence: symbol, word, note, when it was checked, how many sources there are."""
    parts = [f"{status_words(claim)}."]
    if claim.status_note:
        parts.append(_sentence(claim.status_note))
    if claim.status_on:
        parts.append(f"Checked {on_date(claim.status_on)}.")
    parts.append(_counted_sources(claim))
    return Field(name, " ".join(parts), _tone(claim))


def _counted_sources(claim: Claim) -> str:
    count = claim.independent_sources
    if not count:
        return "No source on record."
    return "1 source." if count == 1 else f"{count} independent sources."


def _origin(claim: Claim) -> tuple[Field, ...]:
    named = (("Occasion", claim.occasion), ("Via", claim.via), ("Original rating", claim.original_rating))
    return tuple(Field(name, value) for name, value in named if value)


def _listed(name: str, values: tuple[str, ...]) -> tuple[Field, ...]:
    return (Field(name, " · ".join(values)),) if values else ()


def _others(others: tuple[Claim, ...]) -> tuple[Field, ...]:
    """Say how many other people said something about it, and who: nobody is counted twice."""
    if not others:
        return ()
    names = list(dict.fromkeys(claim.claimant or "Unattributed" for claim in others))
    shown = ", ".join(names[:_OTHERS_SHOWN]) + (" …" if names[_OTHERS_SHOWN:] else "")
    return (Field("Others said", f"{counted(len(names), 'other')} said something about it: {shown}"),)


def in_brief(claim: Claim) -> str:
    """Return a claim in one line, status last, so that cutting never leaves a status without its claim."""
    words = shorten(claim.text, _LABEL_SHOWN)
    when = f", {human_date(claim.said_on)}" if claim.said_on else ""
    return f"{claim.claimant or 'Unattributed'}{when}: “{words}” [{status_words(claim)}]"


def _links(claim: Claim) -> tuple[Link, ...]:
    return tuple(Link(_source_label(source), source.url) for source in claim.sources)


def _source_label(source: Source) -> str:
    return ", ".join(part for part in (source.publisher, source.title, human_date(source.date)) if part)


def _curators(claim: Claim, contact: str) -> str:
    own = contact or "this community's moderators"
    keepers = "whoever runs this Factbot" if claim.space == GLOBAL else own
    return f"Kept by {keepers}. Wrong or out of date? Tell them, and name the claim: {claim.id}"


def _tone(claim: Claim) -> Tone:
    return STATUS_SHOWN[claim.status][1]


def percent(score: float) -> str:
    """Return a probability as people read it; certainty is never claimed."""
    return f"{min(99, max(1, round(score * 100)))} %"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
