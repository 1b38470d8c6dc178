"""Draw the house from the imports in the code: `python -m docs.house`.

A box stands for a folder or a few modules, an arrow for imports that go that way. Where a longer way leads from one
box to another, the direct arrow is left out: what is drawn changes only when the house does. All arrows point down.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from docs.drawing import SLACK, WIDTH, framed, sheet, text_at

ROOT = Path(__file__).parents[1]
TARGET = Path(__file__).with_name("house.svg")
_HEIGHT, _GAP, _TOP, _LANE = 46, 42, 14, 7
_FACES = replace(SLACK, button="#e8f2fb")
"""What lies in `adapters/` is blue."""


@dataclass(frozen=True)
class Room:
    """A box: what is in it, by the names of modules and folders, and what that is for."""

    x: int
    width: int
    modules: str
    title: str
    purpose: str


ROWS = (
    (Room(190, 230, "bot.cli bot.command bot.__main__", "bot/cli.py, command/", "factbot: what is typed in a shell"),),
    (Room(330, 220, "adapters.running adapters.metrics", "adapters/running.py", "starts the faces, watches them"),),
    (
        Room(
            24,
            180,
            "adapters.console adapters.console_files adapters.console_render",
            "adapters/console.py",
            "the terminal",
        ),
        Room(250, 170, "adapters.on_discord", "adapters/on_discord/", "Discord"),
        Room(440, 170, "adapters.on_slack", "adapters/on_slack/", "Slack"),
    ),
    (
        Room(250, 170, "bot.app bot.starter", "bot/app.py, starter/", "builds everything"),
        Room(440, 170, "adapters.chat", "adapters/chat/", "what both have in common"),
    ),
    (
        Room(200, 220, "bot.handle bot.completing bot.doers bot.asking", "bot/handle.py", "the one door for all faces"),
        Room(440, 170, "bot.conversations bot.recorder", "bot/conversations.py", "what was answered where"),
        Room(640, 110, "bot.upkeep bot.backups bot.health bot.leaving", "bot/upkeep.py", "backups, health"),
    ),
    (Room(200, 220, "bot.curate bot.differences", "bot/curate/", "add, edit, status, undo, queue …"),),
    (
        Room(40, 160, "bot.cards bot.why", "bot/cards.py", "from answer to reply"),
        Room(220, 200, "bot.desk bot.authority", "bot/desk.py, authority.py", "who may do what, where"),
        Room(440, 180, "bot.interchange bot.fields", "bot/interchange/, fields/", "files, columns, checks"),
    ),
    (Room(220, 200, "bot.ask bot.keeper bot.reconcile", "bot/ask.py, keeper.py", "asks, keeps the index fresh"),),
    (
        Room(24, 170, "bot.verb bot.verbs bot.parameters bot.typed", "bot/verbs.py, typed.py", "all that can be asked"),
        Room(220, 180, "bot.matching", "bot/matching/", "which claim is meant?"),
        Room(440, 150, "bot.store", "bot/store.py", "the database's face"),
        Room(630, 120, "bot.settings bot.tokens", "bot/settings.py", "the environment"),
    ),
    (Room(440, 150, "bot.storage bot.beside", "bot/storage/", "the only place with SQL"),),
    (
        Room(
            24,
            726,
            "bot.model bot.records bot.request bot.reply bot.errors bot.text bot.dates bot.incident bot.watch",
            "bot/model.py, request.py, reply.py, errors.py, text.py …",
            "the words of the product: claim, claimant, phrasing, status, source, space; what comes in and goes out",
        ),
    ),
)
"""From above to below. A row imports nothing from its own row or one above it."""

Arrow = tuple[Room, Room]


def picture() -> str:
    """Return the house as an SVG. Raises `ValueError` for a module without a room and for an arrow that points up."""
    arrows = direct(arrows_between(ROWS))
    lanes: dict[tuple[int, int], int] = {}
    lines = [_line(arrow, _ports(arrows, arrow), lanes) for arrow in arrows]
    boxes = [shape for row in ROWS for room in row for shape in _box(room)]
    return sheet([_HEAD, *lines, *boxes], _y(len(ROWS)) - _GAP + _TOP, SLACK)


def arrows_between(rows: Sequence[Sequence[Room]]) -> set[Arrow]:
    """Return which room imports from which."""
    rooms = {name: room for row in rows for room in row for name in room.modules.split()}
    level = {room: place for place, row in enumerate(rows) for room in row}
    found = {(_room(rooms, one), _room(rooms, other)) for one, other in imports()}
    for above, below in found:
        if above != below and level[above] >= level[below]:
            raise ValueError(f"{above.title} imports from {below.title}, which is not below it in docs/house.py")
    return {(above, below) for above, below in found if above != below}


def imports() -> Iterator[tuple[str, str]]:
    """Yield every import of one module of ours by another."""
    files = {_name(path): path for folder in ("bot", "adapters") for path in (ROOT / folder).rglob("*.py")}
    for name, path in files.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name, each.name) for each in node.names if each.name in files)
            elif isinstance(node, ast.ImportFrom):
                named = [f"{node.module}.{each.name}" for each in node.names] if node.module in files else []
                yield from ((name, each if each in files else str(node.module)) for each in named)


def direct(arrows: set[Arrow]) -> list[Arrow]:
    """Leave out each arrow whose end is reached by a longer way too; sort the rest from above to below."""
    return sorted(
        (arrow for arrow in arrows if arrow[1] not in _reached(arrows - {arrow}, arrow[0])),
        key=lambda arrow: [(_row(room), room.x) for room in arrow],
    )


def _reached(arrows: set[Arrow], start: Room) -> set[Room]:
    seen: set[Room] = set()
    todo = {start}
    while todo:
        todo = {below for above, below in arrows if above in todo} - seen
        seen |= todo
    return seen


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(rooms: dict[str, Room], module: str) -> Room:
    """Return the room of a module: a folder is one whole. The packages themselves only hold a version."""
    name = ".".join(module.split(".")[:2])
    if name in ("bot", "adapters"):
        return rooms["bot.model"]
    if name not in rooms:
        raise ValueError(f"{name} has no room yet: give it one in docs/house.py, then python -m docs.house")
    return rooms[name]


def _row(room: Room) -> int:
    return next(place for place, row in enumerate(ROWS) if room in row)


def _y(row: int) -> int:
    return _TOP + row * (_HEIGHT + _GAP)


_HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    f'<path d="M0,0.5 L7,4 L0,7.5 z" fill="{SLACK.faint}"/></marker></defs>'
)


def _box(room: Room) -> Iterator[str]:
    y = _y(_row(room))
    yield framed(room.x, y, room.width, _HEIGHT, _FACES if room.modules.startswith("adapters") else SLACK)
    yield text_at(room.title, room.x + 10, y + 19, 12, SLACK.ink, bold=True)
    yield text_at(room.purpose, room.x + 10, y + 36, 11, SLACK.faint)


def _ports(arrows: Sequence[Arrow], arrow: Arrow) -> tuple[int, int]:
    """Return where an arrow leaves its box and where it comes in: those of one box side by side, none crossing."""
    above, below = arrow
    leaving = sorted((each[1] for each in arrows if each[0] == above), key=_middle)
    coming = sorted((each[0] for each in arrows if each[1] == below), key=_middle)
    return _port(above, leaving.index(below), len(leaving)), _port(below, coming.index(above), len(coming))


def _port(room: Room, place: int, count: int) -> int:
    return room.x + room.width * (2 * place + 1) // (2 * count)


def _middle(room: Room) -> int:
    return room.x + room.width // 2


def _line(arrow: Arrow, ports: tuple[int, int], lanes: dict[tuple[int, int], int]) -> str:
    """Draw an arrow, through the gaps between the boxes of the rows that it passes."""
    first, last = (_row(room) for room in arrow)
    points = [(ports[0], _y(first) + _HEIGHT)]
    for row in range(first + 1, last):
        x = _gap(row, points[-1][0] + (ports[1] - points[-1][0]) // (last - row + 1), lanes)
        points += [(x, _y(row)), (x, _y(row) + _HEIGHT)]
    points.append((ports[1], _y(last)))
    return f'<path d="{_curve(points)}" fill="none" stroke="{SLACK.faint}" marker-end="url(#head)"/>'


def _gap(row: int, wanted: int, lanes: dict[tuple[int, int], int]) -> int:
    """Return the free place nearest to the one wanted; who comes later goes beside who was there first."""
    edges = [0, *(edge for room in sorted(ROWS[row], key=_middle) for edge in (room.x, room.x + room.width)), WIDTH]
    free = [(left + 6, right - 6) for left, right in zip(edges[::2], edges[1::2], strict=True) if right - left >= 12]
    left, right = min(free, key=lambda gap: max(gap[0] - wanted, wanted - gap[1], 0))
    used = lanes[row, left] = lanes.get((row, left), -1) + 1
    x = min(max(wanted, left), right)
    return min(x + used * _LANE, right) if x < right else max(x - used * _LANE, left)


def _curve(points: Sequence[tuple[int, int]]) -> str:
    """Return a path that leaves and enters every row upright."""
    path = f"M{points[0][0]},{points[0][1]}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) // 2
        path += f" C{x},{middle} {to_x},{middle} {to_x},{to_y}"
    return path


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
