"""Draw a chat message as an SVG: text, buttons, the coloured bar at the side. Nothing is loaded from anywhere."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 760
PAD = 16
FONT = "'gg sans', 'Noto Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif"
_GLYPH = 0.54
"""Width of an average letter in parts of the font's size: enough to break lines by."""


@dataclass(frozen=True)
class Theme:
    """The colours of a platform."""

    paper: str
    card: str
    ink: str
    faint: str
    button: str
    button_ink: str


DISCORD = Theme("#313338", "#2b2d31", "#dbdee1", "#949ba4", "#4e5058", "#ffffff")
SLACK = Theme("#ffffff", "#ffffff", "#1d1c1d", "#616061", "#ffffff", "#1d1c1d")


@dataclass(frozen=True)
class Line:
    """A paragraph of a message."""

    text: str
    size: int = 14
    bold: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Buttons:
    """A row of buttons, or with `menu` a menu and what it offers."""

    labels: tuple[str, ...]
    menu: bool = False


@dataclass(frozen=True)
class Box:
    """An input of a form: its label above, what is in it."""

    label: str
    value: str


@dataclass(frozen=True)
class Message:
    """What is drawn: a line above (who asked what), the parts of the card, the colour of its bar."""

    above: str
    parts: tuple[Line | Buttons | Box, ...]
    bar: str = ""


def drawn(messages: Sequence[Message], theme: Theme) -> str:
    """Return the messages as one SVG, one below the other."""
    shapes: list[str] = []
    y = PAD
    for message in messages:
        y, made = _message(message, theme, y)
        shapes += made
    return sheet(shapes, y, theme)


def sheet(shapes: Sequence[str], height: int, theme: Theme) -> str:
    """Return the shapes as one SVG on the theme's paper."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    paper = f'<rect width="{WIDTH}" height="{height}" fill="{theme.paper}"/>'
    return "\n".join([f'{head} font-family="{FONT}">', paper, *shapes, "</svg>\n"])


def _message(message: Message, theme: Theme, y: int) -> tuple[int, list[str]]:
    shapes: list[str] = []
    for row in _rows(message.above, 14):
        y += 20
        shapes.append(text_at(row, PAD, y, 14, theme.ink))
    top = y + 10
    y = top + 6
    inner: list[str] = []
    for part in message.parts:
        y, made = _part(part, theme, y)
        inner += made
    y += 12
    card = f'<rect x="{PAD}" y="{top}" width="{WIDTH - 2 * PAD}" height="{y - top}" rx="5" fill="{theme.card}"'
    edge = ' stroke="#dddddd"/>' if theme is SLACK else "/>"
    bar = (
        [f'<rect x="{PAD}" y="{top}" width="4" height="{y - top}" rx="2" fill="{message.bar}"/>'] if message.bar else []
    )
    return y + 14, [*shapes, card + edge, *bar, *inner]


def _part(part: Line | Buttons | Box, theme: Theme, y: int) -> tuple[int, list[str]]:
    if isinstance(part, Buttons):
        return _menu(part, theme, y) if part.menu else _buttons(part, theme, y)
    if isinstance(part, Box):
        return _box(part, theme, y)
    shapes = []
    colour = theme.faint if part.faint else theme.ink
    for row in _rows(part.text, part.size):
        y += part.size + 6
        shapes.append(text_at(row, 2 * PAD, y, part.size, colour, bold=part.bold))
    return y + 2, shapes


def _buttons(part: Buttons, theme: Theme, y: int) -> tuple[int, list[str]]:
    shapes, x = [], 2 * PAD
    y += 12
    for label in part.labels:
        width = round(len(label) * 13 * _GLYPH) + 28
        if x + width > WIDTH - 2 * PAD:
            x, y = 2 * PAD, y + 38
        shapes.append(framed(x, y, width, 30, theme))
        shapes.append(text_at(label, x + 14, y + 20, 13, theme.button_ink))
        x += width + 8
    return y + 34, shapes


def _menu(part: Buttons, theme: Theme, y: int) -> tuple[int, list[str]]:
    shapes = [framed(2 * PAD, y + 12, WIDTH - 4 * PAD, 30 * len(part.labels) + 8, theme)]
    y += 14
    for label in part.labels:
        y += 30
        row = _rows(label, 13)[0]
        shapes.append(text_at(row if row == label else f"{row}…", 2 * PAD + 14, y - 6, 13, theme.button_ink))
    return y + 8, shapes


def _box(part: Box, theme: Theme, y: int) -> tuple[int, list[str]]:
    y += 22
    rows = _rows(part.value, 13) if part.value else [""]
    height = 20 * len(rows) + 10
    shapes = [text_at(part.label, 2 * PAD, y, 12, theme.faint, bold=True)]
    shapes.append(framed(2 * PAD, y + 6, WIDTH - 4 * PAD, height, theme))
    shapes += [text_at(row, 2 * PAD + 10, y + 6 + 20 * (at + 1), 13, theme.ink) for at, row in enumerate(rows)]
    return y + height + 10, shapes


def framed(x: int, y: int, width: int, height: int, theme: Theme) -> str:
    """Return a rectangle with round corners in the colours of a button."""
    edge = ' stroke="#bbbabb"' if theme is SLACK else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="{theme.button}"{edge}/>'


def text_at(text: str, x: int, y: int, size: int, colour: str, *, bold: bool = False) -> str:
    """Return one row of text whose first letter stands at `x`, its line at `y`."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}>{escape(text)}</text>'


def _rows(text: str, size: int) -> list[str]:
    """Break a paragraph into rows."""
    return list(_broken(text, int((WIDTH - 4 * PAD) / (size * _GLYPH))))


def _broken(text: str, letters: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from textwrap.wrap(line, letters) or [""]
