"""Choices as buttons and menus that outlive a restart: all they know is in their `custom_id`.

A `custom_id` comes back from a client, so it is a wish and not a right: the core checks everything again.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord

from adapters.chat.cut import cut
from adapters.chat.presses import choice_text
from adapters.on_discord.forms import CUSTOM_ID, form_press, pages
from bot.reply import Choice, Reply

Interaction = discord.Interaction[Any]
Pressed = Callable[[Interaction, str], Awaitable[None]]
"""What happens when something with this `custom_id` is pressed, or this value picked."""

LABEL = 80
_MOST_BUTTONS = 15
_MOST_OPTIONS = 25
SHARE = "@share"
REMOVE = "@remove"
MENU = "@menu"
_OURS = r"(?P<press>(?:!|@(?!menu$)).{0,99})"


def view_of(reply: Reply, *extra: discord.ui.Button[Any]) -> discord.ui.View | None:
    """Return the choices of a reply: a menu of answers, a button for each action, and the face's own buttons."""
    view = unkept_view()
    offers = [choice for choice in reply.choices if not choice.action]
    if offers:
        view.add_item(_menu(offers))
    actions = [choice for choice in reply.choices if choice.action]
    for button in (*map(_button, actions[:_MOST_BUTTONS]), *_form_buttons(reply), *extra):
        view.add_item(button)
    return view if view.children else None


def unkept_view(*buttons: discord.ui.Button[Any]) -> discord.ui.View:
    """Return a view of which discord.py keeps nothing: what is pressed is known by its `custom_id`, for ever."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    view.stop()
    return view


def share_button() -> discord.ui.Button[Any]:
    """Show a private answer to the whole channel."""
    return discord.ui.Button(label="Share", custom_id=SHARE, style=discord.ButtonStyle.primary)


def remove_button() -> discord.ui.Button[Any]:
    """Take a public answer away: for the asker and for moderators."""
    return discord.ui.Button(label="Remove", custom_id=REMOVE, style=discord.ButtonStyle.secondary)


def _button(choice: Choice) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle.danger if choice.hides else discord.ButtonStyle.secondary
    return discord.ui.Button(label=cut(choice.label, LABEL), custom_id=choice_text(choice, CUSTOM_ID), style=style)


def _menu(offers: list[Choice]) -> discord.ui.Select[Any]:
    options = [_option(choice) for choice in offers[:_MOST_OPTIONS]]
    return discord.ui.Select(placeholder="Choose one", options=options, custom_id=MENU)


def _option(choice: Choice) -> discord.SelectOption:
    label, rest = cut(choice.label, 100), ""
    if label.endswith("…") and not choice.label.endswith("…"):
        rest = cut(choice.label[len(label) - 1 :].strip(), 100)
    return discord.SelectOption(label=label, description=rest or None, value=choice_text(choice, CUSTOM_ID))


def _form_buttons(reply: Reply) -> list[discord.ui.Button[Any]]:
    """A form that is shown as text can be opened, in pages of five inputs."""
    if reply.form is None:
        return []
    count = pages(reply.form)
    labels = ["Continue editing"] + [f"More ({page} of {count})" for page in range(2, count + 1)]
    return [
        discord.ui.Button(label=label, custom_id=form_press(reply.form, page), style=discord.ButtonStyle.primary)
        for page, label in enumerate(labels, start=1)
    ]


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_OURS):
    """A button of ours, whenever it was sent."""

    def __init__(self, press: str) -> None:
        super().__init__(discord.ui.Button(custom_id=press))
        self.press = press

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it anew from what came back."""
        return cls(match["press"])

    async def callback(self, interaction: Interaction) -> Any:
        """Hand the press to the face."""
        await interaction.client.pressed(interaction, self.press)


class Menu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=re.escape(MENU)):
    """A menu of ours, whenever it was sent."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Select(custom_id=MENU))

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Make it anew from what came back."""
        return cls()

    async def callback(self, interaction: Interaction) -> Any:
        """Hand the picked value to the face."""
        data: dict[str, Any] = dict(interaction.data or {})
        picked = data.get("values") or [""]
        await interaction.client.pressed(interaction, str(picked[0]))
