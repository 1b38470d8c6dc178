"""Replies as embeds: within every limit, and nothing stored can ping, format or lead astray."""

import re

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.cut import cut, units
from adapters.on_discord.buttons import view_of
from adapters.on_discord.forms import modal, page_of, pages
from adapters.on_discord.render import MOST_EMBEDS, embeds, escaped
from bot.reply import Choice, Form, Input, Link, Reply
from tests.replies import CHOICES, INPUTS, LONG, REPLY, TEXT


@settings(max_examples=30, deadline=None)
@given(REPLY)
def test_no_reply_breaks_a_limit_of_discord(reply: Reply) -> None:
    made = embeds(reply)
    assert 1 <= len(made) <= MOST_EMBEDS
    for each in made:
        assert units(each.title or "") <= 256
        assert units(each.description or "") <= 4_096
        assert len(each.fields) <= 25
        assert all(
            0 < units(field.name or "") <= 256 and 0 < units(field.value or "") <= 1_024 for field in each.fields
        )
        assert units(each.footer.text or "") <= 2_048
    assert sum(map(_size, made)) <= 6_000


def _size(embed: discord.Embed) -> int:
    parts = [embed.title or "", embed.description or "", embed.footer.text or ""]
    parts += [text for field in embed.fields for text in (field.name or "", field.value or "")]
    return sum(map(units, parts))


@given(
    TEXT | st.sampled_from(["<@1>", "<@!1>", "<@&2>", "<#3>", "</x:4>", "<t:0:R>", "@everyone", "@here", "<id:guide>"])
)
def test_nothing_stored_can_ping_link_or_command(text: str) -> None:
    shown = escaped(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*<[@#/:ti]", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*@(?:everyone|here)", shown)
    assert not re.search(r"(?i)https?://|discord\.gg/", shown)


@given(TEXT)
def test_markup_is_shown_as_it_was_written(text: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~`|\[\]]", escaped(text))


@settings(max_examples=40, deadline=None)
@given(LONG, st.integers(10, 900))
def test_what_is_cut_ends_with_an_ellipsis_and_never_in_half_a_sign(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    short.encode("utf-16-le")


@given(CHOICES)
def test_choices_become_menus_and_buttons_within_the_limits(choices: tuple[Choice, ...]) -> None:
    view = view_of(Reply(title="x", choices=choices))
    if view is None:
        assert not choices
        return
    rows = view.to_components()
    assert len(rows) <= 5
    assert all(len(row["components"]) <= 5 for row in rows)
    assert view.timeout is None


@settings(max_examples=40, deadline=None)
@given(INPUTS)
def test_a_form_is_shown_in_pages_of_five_and_loses_no_input(inputs: tuple[Input, ...]) -> None:
    form = Form("A title", "fact add", inputs, (("draft", "d1"),))
    shown = [each.name for page in range(1, pages(form) + 1) for each in page_of(form, page).inputs]
    assert sorted(shown) == sorted(each.name for each in inputs)
    for page in range(1, pages(form) + 1):
        made = modal(form, page).to_dict()
        assert 1 <= len(made["components"]) <= 5
        assert len(made["title"]) <= 45


def test_a_link_that_could_break_out_is_only_named() -> None:
    reply = Reply(title="x", links=(Link("a", "https://e.org/)](https://evil.org"), Link("b", "javascript:alert(1)")))
    text = embeds(reply)[0].description or ""
    assert "](" not in text.replace("\\]", "")
    assert "[b]" not in text


def test_a_source_is_a_link_with_its_name() -> None:
    reply = Reply(title="x", links=(Link("Reuters, 6 Feb", "https://example.org/a"),))
    assert "[Reuters, 6 Feb](https://example.org/a)" in (embeds(reply)[0].description or "")
