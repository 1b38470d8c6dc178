"""A reply as a card on a terminal. Pure: values in, something that rich can print out.

Nothing that was stored or typed may steer the terminal: all of it goes through `visible`, and into `Text`,
which reads no markup. Addresses are shown, not made into hyperlinks, so that what is seen is where one goes.
"""

from collections.abc import Callable, Iterator
from typing import TextIO

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.reply import Field, Reply, Tone, form_lines, link_text, numbered, visible

WIDTH = 100
"""No card is wider: longer lines are hard to read."""

_COLOURS = {
    Tone.GOOD: "green",
    Tone.OPEN: "yellow",
    Tone.BAD: "red",
    Tone.NEUTRAL: "bright_black",
    Tone.CHOICE: "cyan",
    Tone.REFUSED: "magenta",
}


def card_printer(stream: TextIO) -> Callable[[Reply], None]:
    """Return what prints replies as cards to `stream`."""
    console = Console(file=stream, markup=False, highlight=False, emoji=False)

    def show(reply: Reply) -> None:
        console.print(render(reply), width=min(WIDTH, console.width))

    return show


def render(reply: Reply) -> RenderableType:
    """Return the reply's cards, one below the other."""
    return Group(*(_card(card) for card in (reply, *reply.more)))


def _card(reply: Reply) -> Panel:
    return Panel(Group(*_parts(reply)), box=ROUNDED, border_style=_COLOURS[reply.tone], padding=(0, 1))


def _parts(reply: Reply) -> Iterator[RenderableType]:
    yield _text(reply.title, "bold")
    if reply.text:
        yield _text(reply.text)
    if reply.fields:
        yield _below(_fields(reply.fields))
    if reply.links:
        yield _below(_text("\n".join(f"• {link_text(link)}" for link in reply.links), "dim"))
    if reply.notes:
        yield _below(_fields(reply.notes))
    if reply.form is not None:
        yield _below(_text("\n".join(form_lines(reply.form))))
    if any(not choice.action for choice in reply.choices):
        yield _below(_choices(reply))
    if any(choice.action for choice in reply.choices):
        yield _below(_actions(reply))
    if reply.footer:
        yield _below(_text(reply.footer, "dim italic"))


def _fields(fields: tuple[Field, ...]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(max_width=28)
    table.add_column(ratio=1)
    for field in fields:
        style = "" if field.tone is Tone.NEUTRAL else _COLOURS[field.tone]
        table.add_row(_text(f"{field.name}:", "dim"), _text(field.value, style))
    return table


def _choices(reply: Reply) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right")
    table.add_column(ratio=1)
    for number, choice in (each for each in numbered(reply.choices) if not each[1].action):
        table.add_row(_text(f"{number}.", "bold cyan"), _text(choice.label))
    return table


def _actions(reply: Reply) -> Text:
    """What can be done next, on one line."""
    parts: list[Text] = []
    for number, choice in (each for each in numbered(reply.choices) if each[1].action):
        parts += [_text(f"{number}. ", "bold cyan"), _text(f"{choice.label}   ")]
    return Text.assemble(*parts, overflow="fold")


def _below(part: RenderableType) -> Padding:
    return Padding(part, (1, 0, 0, 0))


def _text(text: str, style: str = "") -> Text:
    return Text(visible(text), style=style, overflow="fold")
