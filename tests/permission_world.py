"""The world in which the permission matrix is tried: three spaces whose every word carries the mark of its space.

What is seen of a space shows by its mark, what is changed by comparing the store before and after. A world is used
until something in it has changed; the next one is a copy of the database as it was prepared.
"""

import re
import shlex
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from sqlite_utils import Database

from bot.ask import Asker
from bot.handle import Factbot
from bot.model import GLOBAL, Claim, Source, State
from bot.reply import File, Reply, Tone
from bot.request import Actor, Request
from bot.store import ALL_STATES, Change, Store, SuggestionKind, Trace

HOME, AWAY, LINKED = "discord:1", "slack:T2", "slack:T9"
MARKS = {HOME: "quillon", AWAY: "xanthe", GLOBAL: "zephyr"}
NAMES = {HOME: "home", AWAY: "away", GLOBAL: "world"}
OPERATOR_NAME = "Secretolga"
"""Who changed a global claim: nothing for communities to see."""

ROLES = {
    "A": Actor("discord:20", "Mia"),
    "B": Actor("discord:21", "Bob"),
    "M": Actor("discord:7", "Ann", moderates=True),
    "O": Actor("discord:8", "Ben", moderates=True),
    "N": Actor("discord:50", "Nora"),
    "G": Actor("discord:60", "Gil", groups=frozenset({"discord:role:5"})),
    "D": Actor("discord:1001", "Ada", administers=True),
    "P": Actor("discord:99", "Olga"),
    "T": Actor("terminal:root", "root", holds_database=True),
}
"""Anyone, Blocked, Moderator by the platform, the same Ousted (others are named), Named, in a named Group, aDmin,
oPerator, Terminal."""
NOBODY_NAMED = "M"
"""The roles that are tried where nobody is named as moderator."""
PLACES = ("own", "guest", "dm", "linked", "elsewhere")


def at(place: str, actor: Actor) -> tuple[str, Actor]:
    """Return the space and the facts that a face hands in for this actor in this place."""
    if place == "elsewhere":  # a member there, with whatever is true of them at home
        return AWAY, replace(actor, belongs=True, moderates=False, administers=False)
    space = {"dm": GLOBAL, "linked": LINKED}.get(place, HOME)
    return space, replace(actor, belongs=place in {"own", "linked"})


class Command(NamedTuple):
    """A line of the table before its things are filled in; `completes` says that only the last value is being typed."""

    verb: str
    arguments: dict[str, str]
    completes: bool

    @classmethod
    @cache
    def read(cls, line: str) -> "Command":
        words = shlex.split(line)
        completes = words[0] == "complete"
        named = dict(word.split("=", 1) for word in words if "=" in word)
        return cls(" ".join(word for word in words[completes:] if "=" not in word), named, completes)


Kept = Counter[tuple[object, ...]]
Shown = Reply | list[tuple[str, str]]


@dataclass
class World:
    store: Store
    asker: Asker
    factbot: Factbot
    things: Mapping[str, str]
    start: Kept

    def request(self, command: Command, place: str, actor: Actor, unknown: Mapping[str, str]) -> Request:
        """Return the request that the command is here; `unknown` takes the place of what it names."""
        space, actor = at(place, actor)
        known = {**self.things, **unknown}

        def filled(value: str) -> str:
            return re.sub(r"\{([a-z.]+)\}", lambda found: known[found[1].replace("my", actor.id)], value)

        given = {name: filled(value) for name, value in command.arguments.items()}
        file = File("claims.csv", IMPORTED) if command.verb == "fact import" else None
        return Request(command.verb, given, "discord", space, actor, attachment=file)

    def reply(self, command: Command, request: Request) -> Shown:
        if not command.completes:
            return self.factbot.handle(request)
        name = list(command.arguments)[-1]
        held = {key: value for key, value in request.arguments.items() if key != name}
        return self.factbot.complete(replace(request, arguments=held), name, request.arguments[name])

    def changed(self) -> set[str]:
        """Return the spaces in which anything is not as it was at the start."""
        now = kept(self.store)
        return {str(row[0]) for row in (self.start - now) + (now - self.start)}


def kept(store: Store) -> Kept:
    """Return everything that verbs change, each beginning with its space."""
    found: Kept = Counter((claim.space, claim) for claim in store.claims(states=ALL_STATES))
    for sql in _TABLES:
        found.update(store.db.execute(sql).fetchall())
    return found


_TABLES = (
    "SELECT space, id FROM revisions",
    "SELECT * FROM moderators",
    "SELECT * FROM blocked",
    "SELECT * FROM settings",
    "SELECT home, space FROM links",
    "SELECT space, suggestions.*, backers.person FROM suggestions JOIN backers ON suggestion = suggestions.id",
    "SELECT space, addressee, text FROM notices",
)
IMPORTED = b"""external_id,space,state,text
a1,slack:T2,removed,Taken over from a file
w1,global,removed,Taken over from a file as well
"""


def shown(reply: Shown) -> str:
    """Return everything that a face gets to see, files too."""
    file = "" if isinstance(reply, list) or reply.file is None else reply.file.content.decode()
    return f"{reply!r} {file}".casefold()


def outcome(changed: set[str], reply: Shown) -> str:
    """Return the cell that happened: `h`, `g`, `a` changed, `H`, `G`, `A` seen, `-` neither, `.` refused, else a `!`.

    Marks of a space that the cell does not allow are a leak, whatever else is right.
    """
    seen = {space for space, mark in MARKS.items() if mark in shown(reply)}
    refused = not reply if isinstance(reply, list) else reply.tone is Tone.REFUSED and not reply.changed
    if changed:
        right = len(changed) == 1 and not refused and seen <= changed | {GLOBAL}
        return _LETTERS.get(min(changed), "!") if right else f"! changed {changed}, shown {seen}, refused: {refused}"
    if refused:
        return f"! refused, shown {seen}" if seen else "."
    if {HOME, AWAY} <= seen:
        return "! shown both"
    return next((_LETTERS[space].upper() for space in (HOME, AWAY, GLOBAL) if space in seen), "-")


_LETTERS = {HOME: "h", AWAY: "a", GLOBAL: "g"}


class Prepared:
    """Databases as they are at the start, and the worlds on copies of them that are in use."""

    def __init__(self) -> None:
        self._filled: dict[bool, tuple[Store, dict[str, str], Kept]] = {}
        self._used: dict[bool, World] = {}

    def perform(self, line: str, place: str, role: str, unknown: Mapping[str, str] | None = None) -> tuple[str, Shown]:
        """Do what the command says in a world as it was prepared; return the cell that happened, and the reply.

        Where the command names something that is in `unknown`, it names that instead.
        """
        command, named = Command.read(line), role not in NOBODY_NAMED
        world = self._used.pop(named, None) or self._copy(named)
        writes = world.store.db.conn.total_changes
        reply = world.reply(command, world.request(command, place, ROLES[role], unknown or {}))
        changed = world.changed() if world.store.db.conn.total_changes > writes else set()
        if changed:
            self._close(world)
        else:
            self._used[named] = world
        return outcome(changed, reply), reply

    def _copy(self, named: bool) -> World:
        if named not in self._filled:
            store = Store.in_memory()
            self._filled[named] = store, fill(store, named=named), kept(store)
        prepared, things, start = self._filled[named]
        conn = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        prepared.db.conn.backup(conn)
        store = Store(Database(conn))
        asker = Asker(store)
        return World(store, asker, Factbot(store, asker, operators=[ROLES["P"].id]), things, start)

    def close(self) -> None:
        for world in self._used.values():
            self._close(world)
        for store, *_ in self._filled.values():
            store.close()

    @staticmethod
    def _close(world: World) -> None:
        world.asker.close()
        world.store.close()


def fill(store: Store, *, named: bool) -> dict[str, str]:
    """Put the same things into each space; return what the table calls them: `home.change`, `away`"""
    things = {"linked.space": LINKED}
    for letter, space in (("w", GLOBAL), ("h", HOME), ("a", AWAY)):
        things |= {_called(space, name): value for name, value in _fill_space(store, space, letter).items()}
    own = _claim(AWAY, "w1", "missiles were launched on ten occasions", "Xanthe Wood")
    store.save_many([Change(None, own)], Trace("slack:T2:XANTHE", "slack", name="Xanthe Bo"))
    store.communities.link(LINKED, HOME)
    for who in ("slack:T2:XANTHE", "slack:T2:U5"):
        store.communities.name_moderator(AWAY, who)
    store.communities.block(HOME, ROLES["B"].id)
    if named:
        for who in (ROLES["N"].id, "discord:role:5", "terminal:quillon"):
            store.communities.name_moderator(HOME, who)
    return things


def _called(space: str, name: str) -> str:
    return f"{NAMES[space]}.{name}" if name else NAMES[space]


_TEXTS = {
    HOME: ("fountain on the market square has been dry", "statue was painted blue", "trams run every nine minutes"),
    AWAY: ("harbour bridge closes for repairs", "lighthouse was sold", "ferries leave every eleven minutes"),
    GLOBAL: ("missiles were launched on nine occasions", "balloons crossed the border", "launchers were handed over"),
}


def _claim(space: str, external_id: str, text: str, claimant: str) -> Claim:
    mark = MARKS[space]
    return Claim(
        f"{mark} {text}",
        external_id,
        space,
        claimant=claimant,
        status_note=f"{mark} note",
        sources=(Source(title=f"{mark} gazette", url=f"https://{mark}.example/"),),
        phrasings=(f"{mark} {external_id}",),
        tags=("shared", f"{mark}s"),
    )


def _fill_space(store: Store, space: str, letter: str) -> dict[str, str]:
    mark = MARKS[space]
    claims = [
        _claim(space, f"{letter}{number}", text, f"{mark} speaker {number}")
        for number, text in enumerate(_TEXTS[space], 1)
    ]
    first, removed, changed = claims[0], replace(claims[1], state=State.REMOVED), claims[2]
    who = Trace(f"terminal:{mark}", "terminal", name=OPERATOR_NAME if space == GLOBAL else f"{mark} Ann")
    store.save_many([Change(None, claim) for claim in (first, removed, changed)], who)
    store.save_many([Change(changed, replace(changed, via=mark))], replace(who, batch=f"batch-{letter}", why=mark))
    said = {"text": f"{mark} put so"}
    waiting, _ = store.suggestions.add(space, SuggestionKind.PHRASING, first.id, said, "", f"terminal:{mark}p")
    store.communities.set(space, "notices", f"slack:T0:channel:{mark.upper()}")
    store.communities.block(space, f"terminal:{mark}b")
    drafts = {
        f"draft.{name}": store.drafts.keep(account, space, "fact add", {"text": f"{mark} typed"})
        for name, account in [("stranger", "discord:404"), *((role.id, role.id) for role in ROLES.values())]
    }
    return {
        "": first.id,
        "removed": removed.id,
        "other": changed.id,
        "change": str(store.recent([space], limit=1)[0].id),
        "batch": f"batch-{letter}",
        "suggestion": waiting.id,
        "space": space,
        **drafts,
    }
