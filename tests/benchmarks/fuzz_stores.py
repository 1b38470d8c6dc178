"""The core's one door as targets: any verb with any parameters, completions, questions."""

from collections.abc import Sequence
from dataclasses import replace

from bot.ask import Asker
from bot.handle import Factbot
from bot.model import GLOBAL, Claim
from bot.reply import File, plain
from bot.request import Actor, Request
from bot.store import Change, Store, Trace
from bot.verb import Kind, Parameter, Verb
from bot.verbs import VERBS
from tests.benchmarks.fuzz_core import Made, Target
from tests.benchmarks.fuzz_files import csv_text
from tests.benchmarks.hostile import Hostile

_HOME = "discord:1"
_ACTORS = (
    Actor("terminal:root", "root", holds_database=True),
    Actor("discord:1001", "Ada", administers=True, belongs=True),
    Actor("discord:7", "Ann", moderates=True, belongs=True),
    Actor("discord:20", "Mia", belongs=True),
    Actor(),
)
_MOST_CHANGES = 3_000


class _Newsroom:
    """A database in memory with the seeds as claims; begun anew when much has been written."""

    def __init__(self, claims: Sequence[str]) -> None:
        self.store = Store.in_memory()
        kept = [Claim(text, f"c{at}", space=_HOME if at % 3 == 0 else GLOBAL) for at, text in enumerate(claims[:300])]
        self.store.save_many([Change(None, claim) for claim in kept], Trace("starter", "starter"))
        self.asker = Asker(self.store)
        self.asker.prepare()
        self.bot = Factbot(self.store, self.asker)
        self.ids = [claim.id for claim in kept]
        self.first = self.store.following.version().number

    @property
    def full(self) -> bool:
        return self.store.following.version().number - self.first > _MOST_CHANGES


_KEPT: dict[str, _Newsroom] = {}


def _newsroom(hostile: Hostile) -> _Newsroom:
    if "room" in _KEPT and _KEPT["room"].full:
        old = _KEPT.pop("room")
        old.asker.close()
        old.store.close()
    if "room" not in _KEPT:
        _KEPT["room"] = _Newsroom(hostile.seeds)
    return _KEPT["room"]


def requests(hostile: Hostile) -> Made:
    """Any verb with any parameters, by anybody, through the core's door."""
    room, verb = _newsroom(hostile), hostile.chance.choice(VERBS)
    often = {item.name: 0.97 if item.required else 0.4 for item in verb.parameters}
    given = {
        item.name: _value(hostile, room, item) for item in verb.parameters if hostile.chance.random() < often[item.name]
    }
    if hostile.chance.random() < 0.05:
        given[hostile.text(20)] = hostile.text(40)
    name = verb.name if hostile.chance.random() < 0.97 else hostile.text(30)
    space = hostile.chance.choice([_HOME, _HOME, GLOBAL, "slack:T2"])
    request = Request(name, given, hostile.chance.choice(["discord", "slack"]), space,
                      hostile.chance.choice(_ACTORS), hostile.chance.choice(["", hostile.text(90)]),
                      _file(hostile, verb))  # fmt: skip
    press = hostile.chance.random()

    def call() -> None:
        reply = room.bot.answer(request)
        plain(reply)
        if reply.choices:
            choice = reply.choices[int(press * len(reply.choices))]
            room.bot.answer(replace(request, verb=choice.verb, arguments=dict(choice.arguments), delivery=""))
        if reply.form:
            held = {each.name: each.value for each in reply.form.inputs}
            room.bot.answer(replace(request, verb=reply.form.verb, arguments={**dict(reply.form.arguments), **held}))

    return request, call


def _value(hostile: Hostile, room: _Newsroom, item: Parameter) -> str:
    claim = hostile.chance.choice(room.ids)
    if hostile.chance.random() < 0.25:
        return hostile.text(item.limit)
    if item.options:
        return hostile.chance.choice(item.options)
    if item.kind in _REAL:
        return claim if item.kind is Kind.CLAIM else hostile.chance.choice(_REAL[item.kind])
    if item.name in _REAL_BY_NAME:
        return _REAL_BY_NAME[item.name]
    return hostile.chance.choice([claim, hostile.chance.choice(hostile.seeds)[: item.limit], "1", "-", "d0123456789ab"])


_REAL: dict[Kind, tuple[str, ...]] = {
    Kind.CLAIM: (), Kind.CHANGE: ("301", "#302", "9" * 20, "undo-1"), Kind.SUGGESTION: ("s1",), Kind.YES: ("yes",),
    Kind.PERSON: ("discord:20", "discord:role:5"), Kind.SPACE: (_HOME, "global", "slack:T2"),
}  # fmt: skip
_REAL_BY_NAME = {"said_on": "2024-02", "checked_on": "2024-02-06", "source_date": "2023", "page": "2", "seen": "v1",
                 "source": "https://a.org/b", "tags": "a | b"}  # fmt: skip


def _file(hostile: Hostile, verb: Verb) -> File | None:
    if verb.name != "fact import" or hostile.chance.random() < 0.1:
        return None
    ending = hostile.chance.choice([".csv", ".jsonl", ".json", ".CSV", "", hostile.text(20)])
    return File(hostile.text(20) + ending, csv_text(hostile).encode(errors="surrogatepass"))


def completing(hostile: Hostile) -> Made:
    """Completions of whatever is being typed."""
    room, verb = _newsroom(hostile), hostile.chance.choice([verb for verb in VERBS if verb.parameters])
    item, typed = hostile.chance.choice(verb.parameters), hostile.text(200)[:200]
    request = Request(verb.name, {"space": hostile.text(20)}, space=_HOME, actor=hostile.chance.choice(_ACTORS))

    def call() -> None:
        assert len(room.bot.complete(request, item.name, typed)) <= 25, "more completions than a menu holds"

    return (verb.name, item.name, typed), call


def questions(hostile: Hostile) -> Made:
    """Questions of any text."""
    room, text = _newsroom(hostile), hostile.text()
    request = Request("factcheck", {"question": text}, space=_HOME, actor=_ACTORS[3])
    return text, lambda: plain(room.bot.answer(request))


TARGETS: dict[str, Target] = {
    "core: any verb, any parameters": Target(requests, 45, 500),
    "core: completions": Target(completing, 20),
    "core: questions": Target(questions, 10, 500),
}
