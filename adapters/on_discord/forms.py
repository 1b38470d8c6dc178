"""Forms as modals of five inputs. A modal knows its verb from its `custom_id`, so it can be sent after a restart."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from adapters.chat.cut import cut
from adapters.chat.presses import packed, unpacked
from bot.reply import Form, Input

CUSTOM_ID = 100
"""Characters of a `custom_id` at most."""
FORM = "@form"
_INPUTS = 5
_LIMIT = 4_000


def pages(form: Form) -> int:
    """Return how many modals the form takes."""
    return -(-len(form.inputs) // _INPUTS)


def page_of(form: Form, page: int) -> Form:
    """Return the inputs of one page, from 1: those with a problem come first, wherever they stand."""
    ordered = sorted(form.inputs, key=lambda each: not each.problem)
    begin = (max(1, page) - 1) * _INPUTS
    return replace(form, inputs=tuple(ordered[begin : begin + _INPUTS]))


def form_press(form: Form, page: int) -> str:
    """Return the `custom_id` of a button that opens this page of the form."""
    return f"{FORM}{page}{packed(form.verb, form.arguments, CUSTOM_ID - len(FORM) - 1)}"


def pressed_form(press: str) -> tuple[int, str, dict[str, str]] | None:
    """Return page, verb and arguments of a `form_press`, or None."""
    body = press.removeprefix(FORM)
    wanted = unpacked(body[1:]) if press.startswith(FORM) and body[:1].isdecimal() else None
    return (int(body[0]), *wanted) if wanted else None


def modal(form: Form, page: int = 1) -> discord.ui.Modal:
    """Return one page of the form as a modal."""
    shown = page_of(form, page)
    count = pages(form)
    title = f"{form.title} ({page} of {count})" if count > 1 else form.title
    made = discord.ui.Modal(title=cut(title, 45), custom_id=packed(form.verb, form.arguments, CUSTOM_ID), timeout=None)
    for each in shown.inputs:
        made.add_item(_label(each))
    made.stop()  # discord.py keeps nothing of it: what is sent says by itself which form it was
    return made


def _label(each: Input) -> discord.ui.Label[Any]:
    hint = f"⚠ {each.problem}" if each.problem else each.hint
    return discord.ui.Label(text=cut(each.label, 45), description=cut(hint, 100) or None, component=_component(each))


def _component(each: Input) -> discord.ui.Item[Any]:
    if each.options and len(each.options) <= 25:
        return discord.ui.Select(
            custom_id=each.name,
            required=each.required,
            options=[discord.SelectOption(label=word, value=word, default=word == each.value) for word in each.options],
        )
    limit = min(each.limit, _LIMIT)
    return discord.ui.TextInput(
        custom_id=each.name,
        style=discord.TextStyle.paragraph if each.long else discord.TextStyle.short,
        default=each.value[:limit] or None,
        required=each.required,
        max_length=limit,
    )


def sent_values(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what is in the inputs of a modal that was sent, by name; a menu without a choice is empty."""
    return dict(_values(data.get("components", ())))


def _values(components: Any) -> Iterator[tuple[str, str]]:
    for each in components:
        inner = each.get("component")
        yield from _values([inner] if inner else each.get("components", ()))
        name = each.get("custom_id")
        if name and ("value" in each or "values" in each):
            picked = each.get("values") or [each.get("value") or ""]
            yield str(name), str(picked[0])
