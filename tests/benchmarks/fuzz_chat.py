"""Readers of what comes back from Discord and Slack, as targets, and how replies are shown there."""

import re
import time
from collections.abc import Callable
from typing import Any

from adapters.chat import presses
from adapters.chat.cut import units
from adapters.chat.pointing import only_points
from adapters.on_discord import render as discord_render
from adapters.on_discord.buttons import view_of
from adapters.on_discord.forms import modal, page_of, pressed_form
from adapters.on_discord.forms import sent_values as discord_values
from adapters.on_discord.texts import mentions, quote, quoted_in, without_mention
from adapters.on_slack import forms as slack_forms
from adapters.on_slack import http_mode
from adapters.on_slack import render as slack_render
from adapters.on_slack import texts as slack_texts
from adapters.on_slack.choices import asked_in, choice_blocks
from adapters.on_slack.showing import spot_of
from adapters.on_slack.team import Member, _check, _teams
from adapters.on_slack.typing_in import wanted
from bot.reply import Choice, Field, Form, Input, Link, Reply, Tone, plain
from bot.verbs import VERBS, typed_verbs
from tests.benchmarks.fuzz_core import Made, Target
from tests.benchmarks.hostile import Hostile


def slack_typed(hostile: Hostile) -> Made:
    """Typed commands with Slack's marks."""
    marks = ["<@U1|x>", "<!subteam^S1|@g>", "<#C1|n>", "<https://a.b|c>", "here", "&lt;", "<@", "<!here>"]
    verb = hostile.chance.choice(typed_verbs())
    line = f"/{verb.name} {' '.join(hostile.chance.choices([*marks, hostile.text(300)], k=hostile.length(12)))}"
    return line, lambda: wanted(line, "T1", "C1")


def custom_ids(hostile: Hostile) -> Made:
    """What buttons and menus carry, back from a client; and what is packed comes back."""
    verb = hostile.chance.choice(VERBS).name
    given = [(hostile.text(10), hostile.text(60)) for _ in range(hostile.chance.randint(0, 3))]
    text = hostile.chance.choice(["!", "@form", "@form1!", ""]) + hostile.text(300)

    def call() -> None:
        presses.unpacked(text), pressed_form(text)
        try:
            packed = presses.packed(verb, given, 100)
        except ValueError:  # its word for what no button can hold
            return
        found = presses.unpacked(packed)
        assert len(packed) <= 100, "a button's id is too long"
        assert found is not None, "a button is not known again"
        assert found[0] == verb, "a button is not what was packed"

    return (verb, given, text), call


def discord_texts(hostile: Hostile) -> Made:
    """Messages of Discord, quoted and shown again."""
    text = hostile.text(4_000)

    def call() -> None:
        without_mention(text, 5), mentions(text, 5), only_points(text[:4_000])
        assert units(quote(text)) <= 602, "a quotation is too long"
        quoted_in(quote(text)), quoted_in(text)
        _unescaped_mention(discord_render.escaped(text))

    return text, call


def _unescaped_mention(shown: str) -> None:
    at = shown.find("<")
    while at >= 0:
        assert shown[at - 1 : at] == "\\", "a mark of Discord is not escaped"
        at = shown.find("<", at + 1)
    bare = shown.replace("\\@", "")
    assert not any(ping in bare for ping in ("@everyone", "@here")), "a ping is left"


_ADDRESS = re.compile(r"\]\([^()\s]*\)")
"""Where a link of ours leads: it pings nobody."""


def rendered(hostile: Hostile) -> Made:
    """Replies in both chats: within limits, no mention or link that was not meant."""
    reply = _reply(hostile)

    def call() -> None:
        made = discord_render.embeds(reply)
        assert sum(len(each) for each in made) <= 6_000, "embeds are too long"
        for each in made:
            _unescaped_mention(_ADDRESS.sub("", each.description or ""))
        view_of(reply)
        if reply.form:
            modal(page_of(reply.form, 1)), slack_forms.modal(reply.form)
        for block in (*slack_render.blocks(reply, reply.text), *choice_blocks(reply)):
            text = str(getattr(getattr(block, "text", None), "text", ""))
            assert len(text) <= 3_000, "a block is too long"
            assert not any(mark in text for mark in ("<!", "<@", "<#")), "a mark of Slack is not escaped"
        slack_render.fallback(reply), plain(reply)

    return reply, call


def _reply(hostile: Hostile) -> Reply:
    def few(make: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(make() for _ in range(hostile.length(12) - 1))

    text = hostile.text
    inputs = tuple(Input(f"i{at}", text(60), text(400), text(90), problem=text(60)) for at in range(3))
    return Reply(
        text(300), text(5_000), few(lambda: Field(text(90), text(2_000))),
        few(lambda: Link(text(90), hostile.chance.choice(["https://a.b/", ""]) + text(90))),
        few(lambda: Field(text(90), text(200))), text(300), hostile.chance.choice(list(Tone)),
        few(lambda: Choice(text(90), "others", (("claim", "c1"),), action=hostile.chance.random() < 0.5)),
        form=Form(text(60), "fact add", inputs, typed=text(60)) if hostile.chance.random() < 0.2 else None,
    )  # fmt: skip


def discord_forms(hostile: Hostile) -> Made:
    """What is filled into a modal of Discord."""
    data = {"components": [{"type": 18, "component": {"custom_id": "text", "value": "A claim"}},
                           {"components": [{"custom_id": "status", "values": ["refuted"]}]}]}  # fmt: skip
    sent = hostile.worded(data)
    return sent, lambda: discord_values(sent)


_VIEW = {"id": "V1", "hash": "h", "type": "modal", "private_metadata": "!fact+add?draft=d1", "blocks": [
    {"type": "input", "block_id": "text"}], "state": {"values": {
        "text": {"text": {"type": "plain_text_input", "value": "A claim"}},
        "sure": {"sure": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
        "status": {"status": {"type": "static_select", "selected_option": {"value": "refuted"}}},
        "file": {"file": {"type": "file_input", "files": [{"name": "a.csv", "size": 3}]}}}}}  # fmt: skip
_BODY: dict[str, Any] = {
    "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t1",
    "container": {"type": "message", "is_ephemeral": True}, "channel": {"id": "C1"}, "response_url": "https://a.b/c",
    "actions": [{"type": "button", "value": "!others?claim=c1", "block_id": "0:d0123456789ab", "action_id": "press:0"}],
    "view": _VIEW, "authorizations": [{"team_id": "T1"}], "event": {"type": "message", "text": "hi", "team": "T1"},
    "message": {"text": "<@U1> is it so?", "attachments": [{"title": "t", "text": "x", "is_share": True}]},
}  # fmt: skip


def slack_forms_sent(hostile: Hostile) -> Made:
    """Presses, modals and messages as Slack builds them, with any text in them."""
    body = hostile.worded(_BODY)

    def call() -> None:
        _read(body)
        presses.unpacked(str(body["view"]["private_metadata"])), asked_in(body["actions"][0]["block_id"])
        slack_forms.options([(body["trigger_id"], body["response_url"])], body["trigger_id"])

    return body, call


def _read(body: dict[str, Any]) -> None:
    """Read what passed the door as the listeners do."""
    message, view = body.get("message") or {}, body.get("view") or {}
    spot_of(body), slack_texts.said_in(message, "U1"), slack_texts.forwarded(message)
    slack_forms.sent_values(view), slack_forms.sent_files(view)
    slack_forms.problems(Reply("No", tone=Tone.REFUSED), view)


def slack_messages(hostile: Hostile) -> Made:
    """Slack's escaped texts."""
    text = hostile.text(4_000)

    def call() -> None:
        slack_texts.read(text), slack_texts.read(text, links=True), slack_texts.mentions(text, "U1")
        slack_texts.without_mention(text, "U1"), slack_texts.quote(text)
        shown = slack_render.shown(text, 3_000)
        assert units(shown) <= 3_000, "a text is too long"
        assert "<" not in shown, "a mark of Slack is not escaped"

    return text, call


def slack_bodies(hostile: Hostile) -> Made:
    """Bodies at Slack's door: any bytes, any JSON, any form; and signatures over them."""
    text = hostile.json(hostile.twisted(_BODY))
    kind = hostile.chance.choice(["application/json", "application/x-www-form-urlencoded", hostile.text(30)])
    if kind != "application/json" and hostile.chance.random() < 0.8:
        text = hostile.chance.choice(["payload=", "a=1&payload=", "command=/fact&text="]) + text
    body = text.encode(errors="surrogatepass")
    body = hostile.flipped(body, 2) if hostile.chance.random() < 0.2 else body
    stamp = hostile.chance.choice([str(int(time.time())), hostile.text(20), "9" * 12])
    signature = hostile.chance.choice(["v0=" + "a" * 64, hostile.text(90)])

    def call() -> None:
        try:
            body.decode()
        except UnicodeDecodeError:  # refused before anybody looks at the signature
            return
        door = http_mode.Door([Member("T1", _NO_APP, signing_secret="s" * 32)], lambda: (True, ()))
        assert not door._senders(body, stamp, signature), "a signature that nobody made is taken"
        found = http_mode._parsed(body, kind)
        _check(found)
        list(_teams(found))
        _read(found)

    return (body[:2_000], kind, stamp, signature), call


_NO_APP: Any = None


TARGETS: dict[str, Target] = {
    "typed commands of Slack": Target(slack_typed, 40),
    "buttons' ids": Target(custom_ids, 80),
    "Discord: texts": Target(discord_texts, 60),
    "Discord: forms": Target(discord_forms, 40),
    "replies in both chats": Target(rendered, 30),
    "Slack: texts": Target(slack_messages, 60),
    "Slack: presses and forms": Target(slack_forms_sent, 40),
    "Slack: bodies, signatures": Target(slack_bodies, 50),
}
