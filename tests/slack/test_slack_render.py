"""Replies as Block Kit: within every limit, and nothing stored can ping, format or lead astray."""

import re

from block_kit import buttons, faults, words
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from adapters.on_slack.choices import choice_blocks, remove_button, share_button
from adapters.on_slack.forms import modal, options, result, sent_values
from adapters.on_slack.posting import message
from adapters.on_slack.render import bare, escaped, shown
from bot.reply import Choice, Field, Form, Input, Link, Reply
from tests.replies import INPUTS, LONG, REPLY, TEXT

QUICK = settings(max_examples=20, deadline=None, phases=set(Phase) - {Phase.explain, Phase.shrink})
"""slack_sdk checks every object it writes, which takes milliseconds."""
PINGS = [
    "<!channel>",
    "<!here>",
    "<@U1>",
    "<#C1>",
    "<!subteam^S1>",
    "<https://evil.org|here>",
    "<!date^1^x|y>",
    "&lt;!here&gt;",
]


@QUICK
@given(REPLY, TEXT)
def test_no_reply_breaks_a_limit_pings_or_formats(reply: Reply, above: str) -> None:
    assert not faults(message(reply, [share_button(above), remove_button("U1")], asked="1.0", above=above))


@QUICK
@given(REPLY)
def test_a_reply_in_a_modal_breaks_no_limit(reply: Reply) -> None:
    assert not faults(result(reply).to_dict())


@QUICK
@given(INPUTS, TEXT | LONG)
def test_a_form_is_one_modal_with_every_input(inputs: tuple[Input, ...], note: str) -> None:
    made = modal(
        Form("A title that is far too long for a modal", "fact add", inputs, (("draft", "d1"),)), note
    ).to_dict()
    assert not faults(made)
    assert [block["block_id"] for block in made["blocks"] if block["type"] == "input"] == [each.name for each in inputs]


@given(TEXT | st.sampled_from(PINGS))
def test_nothing_stored_can_ping_or_link(text: str) -> None:
    assert not re.search("[<>]", escaped(text))
    assert "<" not in bare(text, 75)


@given(TEXT)
def test_markup_is_shown_as_it_was_written(text: str) -> None:
    assert not re.search(r"[*~`]|^\s*&gt;|(?<![^\W_])_\w|:[\w+'-]+:", escaped(text), re.MULTILINE)


def test_underscores_inside_words_stay() -> None:
    assert escaped("wood_nine _so_") == "wood_nine ˍsoˍ"


@given(LONG, st.integers(10, 900))
def test_what_is_cut_ends_with_an_ellipsis_and_never_in_half_an_entity(text: str, limit: int) -> None:
    short = shown(text, limit)
    assert len(short.encode("utf-16-le")) // 2 <= limit
    assert not re.search(r"&(?!(?:amp|lt|gt);)", short)


def test_a_link_that_could_break_out_is_only_named() -> None:
    links = (
        Link("a", "https://e.org/>|<https://evil.org"),
        Link("b", "javascript:alert(1)"),
        Link("c|d", "https://e.org/x"),
    )
    text = str(message(Reply(title="x", links=links))["blocks"])
    assert text.count("<https://") == 1
    assert "<https://e.org/x|c|d>" in text


def test_an_answer_leads_with_who_said_it_and_ends_with_who_keeps_it() -> None:
    reply = Reply(
        "Ann said:",
        "“It is so.”",
        (Field("Status", "? unverified."),),
        (Link("Paper", "https://e.org/"),),
        footer="Kept by us.",
    )
    assert words(message(reply)) == "Ann said:\n“It is so.”\nStatus: ? unverified.\nSource: Paper\nKept by us."


def test_something_that_hides_is_asked_for_twice() -> None:
    made = message(
        Reply("x", choices=(Choice("Remove it", "fact remove", (("claim", "c"),), action=True, hides=True),))
    )
    button = buttons(made)["Remove it"]
    assert button["style"] == "danger"
    assert button["confirm"]["deny"]["text"] == "No"


def test_a_claimant_who_is_not_on_record_can_be_given() -> None:
    made = [each.to_dict() for each in options([("Ann Lee", "Ann Lee (mayor)")], "Bob")]
    assert [each["value"] for each in made] == ["Bob", "Ann Lee"]


def test_values_come_back_by_name() -> None:
    state = {
        "text": {"text": {"type": "plain_text_input", "value": None}},
        "status": {"status": {"selected_option": {"value": "refuted"}}},
    }
    assert sent_values({"state": {"values": state}}) == {"text": "", "status": "refuted"}


@QUICK
@given(REPLY)
def test_every_choice_that_is_shown_knows_what_it_is_about(reply: Reply) -> None:
    for block in choice_blocks(reply, asked="17.5"):
        assert block.block_id is not None
        assert block.block_id.endswith(":17.5")
