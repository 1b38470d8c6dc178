"""Joining two claims that are found to be one."""

from dataclasses import replace

from bot import cards
from bot.curate import forms
from bot.curate.changing import new_batch, own_change, save
from bot.desk import Desk
from bot.errors import Refused
from bot.fields.columns import claim_from
from bot.model import Claim, State
from bot.reply import Field, Reply, Tone
from bot.text import normalised
from bot.verb import YES
from bot.verbs import MERGE, SHOW, UNDO


def merge(desk: Desk, given: dict[str, str]) -> Reply:
    """Make the first claim a phrasing of the second, with its sources and tags, and remove it."""
    draft = given.get("draft", "")
    values = forms.laid_over(desk, MERGE, given)
    first, second = (desk.shown_claim(values.get(name, "")) for name in ("claim", "into"))
    if first.id == second.id:
        raise Refused(f"{first.id} cannot be joined with itself: name two claims.")
    joined = _joined(first, second)
    if given.get("sure") != YES:
        return _asked(desk, first, second, forms.keep(desk, MERGE, values, draft))
    gone = replace(first, state=State.REMOVED)
    changes = [own_change(desk, second, joined, "merge"), own_change(desk, first, gone, "merge")]
    batch = new_batch("merge")
    save(desk, changes, why=values.get("why", ""), batch=batch, draft=draft)
    card = cards.claim_reply(changes[0].after, desk.contact)
    notes = (Field("Saved", f"{first.id} is a phrasing of {second.id} now (batch {batch})"), *card.notes)
    return replace(card, notes=notes, choices=(forms.action(desk, "Undo", UNDO, {"change": batch}),), changed=True)


def _joined(first: Claim, second: Claim) -> Claim:
    """Return the second claim with all that the first one says. Raises `BadValues` where that is too much."""
    texts = _united(second.phrasings, (first.text, *first.phrasings), besides=(second.text,))
    never = _united(second.never_phrasings, first.never_phrasings, besides=(second.text, *texts))
    lists = {"phrasings": texts, "never_phrasings": never, "tags": list(dict.fromkeys((*second.tags, *first.tags)))}
    sources = tuple(dict.fromkeys((*second.sources, *first.sources)))
    return replace(claim_from(lists, second), sources=sources)


def _united(known: tuple[str, ...], more: tuple[str, ...], *, besides: tuple[str, ...]) -> list[str]:
    """Return all texts once: two that differ only in signs and capitals count as one."""
    seen = {normalised(text) for text in besides}
    kept: list[str] = []
    for text in (*known, *more):
        if normalised(text) not in seen:
            seen.add(normalised(text))
            kept.append(text)
    return kept


def _asked(desk: Desk, first: Claim, second: Claim, draft: str) -> Reply:
    choices = (
        forms.action(desk, "Join them", MERGE, {"draft": draft, "sure": YES}),
        forms.action(desk, "Keep both", SHOW, {"claim": second.id}, declines=True),
    )
    fields = (Field("Is removed", cards.in_brief(first)), Field("Stays", cards.in_brief(second)))
    text = "The first becomes a phrasing of the second, which gets its sources and tags."
    return Reply("Join these two claims?", text, fields, tone=Tone.CHOICE, choices=choices)
