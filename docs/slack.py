"""Draw what the bot shows on Slack, from the real blocks: `python -m docs.slack`."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapters.on_slack.choices import choice_blocks
from adapters.on_slack.forms import form_modal
from adapters.on_slack.render import blocks
from bot.ask import Asker
from bot.handle import Factbot
from bot.reply import Reply
from bot.request import Actor, Request
from bot.store import Store, starter_path
from docs.discord import QUESTIONS
from docs.drawing import SLACK, Box, Buttons, Line, Message, drawn

REPLIES = Path(__file__).with_name("slack-replies.svg")
FORM = Path(__file__).with_name("slack-form.svg")
_LABEL = re.compile(r"<[^|>]*\|([^>]*)>|<([^|>]*)>")
Part = Line | Buttons | Box


def replies_picture() -> str:
    """Return the four outcomes as they stand in a channel."""
    with Store.open(starter_path(), readonly=True) as store:
        factbot = Factbot(store, Asker(store))
        answers = [factbot.answer(Request("factcheck", {"question": q}, platform="slack")) for q in QUESTIONS]
    return drawn([message(f"ann: @factbot {q}", reply) for q, reply in zip(QUESTIONS, answers, strict=True)], SLACK)


def form_picture() -> str:
    """Return the modal that `/fact add` opens."""
    with Store.in_memory() as store:
        moderator = Actor("slack:T1:U1", "ann", moderates=True, belongs=True)
        request = Request("fact add", platform="slack", space="slack:T1", actor=moderator)
        reply = Factbot(store, Asker(store)).answer(request)
    opened = form_modal(reply)
    if opened is None:
        raise ValueError("/fact add opens no form")
    view = opened.to_dict()
    boxes = [Box(block["label"]["text"], "") for block in view["blocks"] if block["type"] == "input"]
    title = Line(view["title"]["text"], 18, bold=True)
    return drawn([Message("/fact add", (title, *boxes, Buttons(("Cancel", view["submit"]["text"]))))], SLACK)


def message(above: str, reply: Reply) -> Message:
    """Return the message that the Slack face makes of a reply."""
    made = [block.to_dict() for block in (*blocks(reply), *choice_blocks(reply))]
    return Message(above, tuple(part for block in made for part in _parts(block)))


def _parts(block: dict[str, Any]) -> Iterator[Part]:
    kind = block["type"]
    if kind == "header":
        yield Line(block["text"]["text"], 17, bold=True)
    elif kind == "context":
        yield from (Line(_plain(each["text"]), 12, faint=True) for each in block["elements"])
    elif kind == "actions":
        yield from _elements(block["elements"])
    elif kind == "section":
        texts = [block["text"]] if "text" in block else block.get("fields", [])
        for text in texts:
            for line in text["text"].split("\n"):
                bold = line.startswith("*") and line.rstrip(":").endswith("*")
                yield Line(_plain(line), 14, bold=bold)


def _elements(elements: list[dict[str, Any]]) -> Iterator[Part]:
    menus = [each for each in elements if "options" in each]
    yield from (Buttons(tuple(option["text"]["text"] for option in each["options"]), menu=True) for each in menus)
    labels = tuple(each["text"]["text"] for each in elements if each["type"] == "button")
    if labels:
        yield Buttons(labels)


def _plain(text: str) -> str:
    """Return the text as Slack shows it: links as their words, no signs of bold or italic."""
    linked = _LABEL.sub(lambda found: found[1] or found[2], text)
    return html.unescape(re.sub(r"(?<!\w)[*_](\S[^*_]*?)[*_](?!\w)", r"\1", linked))


if __name__ == "__main__":
    REPLIES.write_text(replies_picture(), encoding="utf-8")
    FORM.write_text(form_picture(), encoding="utf-8")
