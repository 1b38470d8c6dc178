"""Draw what the bot shows on Discord, from the real replies: `python -m docs.discord`."""

import re
from pathlib import Path
from typing import Any

import discord

from adapters.on_discord.buttons import remove_button, view_of
from adapters.on_discord.forms import modal
from adapters.on_discord.render import embeds
from bot.ask import Asker
from bot.handle import Factbot
from bot.model import GLOBAL
from bot.reply import Reply
from bot.request import Actor, Request
from bot.store import Store, starter_path
from docs.drawing import DISCORD, Box, Buttons, Line, Message, drawn

QUESTIONS = (
    "did russia use north korean missiles nine times?",
    "has russia launched north korean missiles on fifty occasions?",
    "what did kirby say?",
    "is the library open on sundays?",
)
REPLIES = Path(__file__).with_name("discord-replies.svg")
FORM = Path(__file__).with_name("discord-form.svg")


def replies_picture() -> str:
    """Return the four outcomes as they stand in a channel."""
    with Store.open(starter_path(), readonly=True) as store:
        factbot = Factbot(store, Asker(store))
        answers = [factbot.answer(_asked(question)) for question in QUESTIONS]
    return drawn([message(f"ann: @factbot {q}", reply) for q, reply in zip(QUESTIONS, answers, strict=True)], DISCORD)


def form_picture() -> str:
    """Return the form that `/fact add` opens."""
    with Store.in_memory() as store:
        moderator = Actor("discord:1", "ann", moderates=True, belongs=True)
        request = Request("fact add", platform="discord", space="discord:1", actor=moderator)
        reply = Factbot(store, Asker(store)).answer(request)
    if reply.form is None:
        raise ValueError("/fact add opens no form")
    page = modal(reply.form)
    boxes = [Box(item.text, "") for item in page.children if isinstance(item, discord.ui.Label)]
    parts = (Line(page.title, 18, bold=True), *boxes, Buttons(("Cancel", "Submit")))
    return drawn([Message("/fact add", parts)], DISCORD)


def message(above: str, reply: Reply) -> Message:
    """Return the message that the Discord face makes of a reply."""
    [first, *_] = embeds(reply)
    parts: list[Line | Buttons | Box] = [Line(_plain(first.title), 16, bold=True)]
    if first.description:
        parts.append(Line(_plain(first.description)))
    for field in first.fields:
        parts += [Line(_plain(field.name), 13, bold=True), Line(_plain(field.value), 13)]
    if first.footer.text:
        parts.append(Line(first.footer.text, 11, faint=True))
    view = view_of(reply, remove_button())
    parts += _components(view) if view else []
    return Message(above, tuple(parts), f"#{first.colour.value:06x}" if first.colour else "")


def _components(view: discord.ui.View) -> list[Line | Buttons | Box]:
    menus = [Buttons(tuple(o.label for o in item.options), menu=True) for item in _of(view, discord.ui.Select)]
    labels = tuple(item.label or "" for item in _of(view, discord.ui.Button))
    return [*menus, Buttons(labels)]


def _of(view: discord.ui.View, kind: Any) -> list[Any]:
    return [item for item in view.children if isinstance(item, kind)]


def _plain(text: str | None) -> str:
    """Return the text as Discord shows it: no backslash of an escape, a link as its words."""
    bare = re.sub(r"\[((?:\\.|[^\]])*)\]\([^)]*\)", r"\1", text or "")
    return re.sub(r"\\(.)", r"\1", bare).replace("\u200b", "")


def _asked(question: str) -> Request:
    return Request("factcheck", {"question": question}, platform="discord", space=GLOBAL, actor=Actor("discord:1"))


if __name__ == "__main__":
    REPLIES.write_text(replies_picture(), encoding="utf-8")
    FORM.write_text(form_picture(), encoding="utf-8")
