"""Two communities and the global space on one real database, and people of every role in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.ask import Asker
from bot.handle import Factbot
from bot.model import Claim
from bot.reply import Choice, File, Reply
from bot.request import Actor, Request
from bot.store import Change, Store, Trace

HOME, AWAY = "discord:1", "slack:T2"
OPERATOR = Actor("discord:99", "Olga")
ADMIN = Actor("discord:1001", "Ada", administers=True, belongs=True)
MODERATOR = Actor("discord:7", "Ann", moderates=True, belongs=True)
OTHER_MODERATOR = Actor("discord:8", "Ben", moderates=True, belongs=True)
MEMBER = Actor("discord:20", "Mia", belongs=True)
TERMINAL = Actor("terminal:root", "root", holds_database=True)

WOOD = Claim(
    text="Russia has launched North Korean missiles on nine occasions",
    external_id="wood",
    claimant="Robert Wood",
    claimant_role="US envoy",
    said_on="2024-02-06",
    tags=("missiles",),
)
KIRBY = Claim(
    text="North Korea has given Russia several dozen launchers",
    external_id="kirby",
    claimant="John Kirby",
    tags=("missiles",),
)
FOUNTAIN = Claim(text="The fountain on the market square has been dry for years", external_id="fountain", space=HOME)
HARBOUR = Claim(text="The harbour bridge closes for repairs in autumn", external_id="harbour", space=AWAY)


class Newsroom:
    """Sends requests as people do, and presses the buttons of replies."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asker = Asker(store)
        self.factbot = Factbot(store, self.asker, operators=[OPERATOR.id])

    def handle(
        self,
        verb: str,
        given: dict[str, str] | None = None,
        *,
        by: Actor = MODERATOR,
        at: str = HOME,
        delivery: str = "",
        file: File | None = None,
    ) -> Reply:
        platform = at.partition(":")[0] if ":" in at else "terminal"
        return self.factbot.handle(Request(verb, given or {}, platform, at, by, delivery, file))

    def press(self, reply: Reply, label: str, *, by: Actor = MODERATOR, at: str = HOME, delivery: str = "") -> Reply:
        choice = choice_of(reply, label)
        return self.handle(choice.verb, dict(choice.arguments), by=by, at=at, delivery=delivery)

    def fill_in(self, reply: Reply, values: dict[str, str], *, by: Actor = MODERATOR, at: str = HOME) -> Reply:
        """Send the form of a reply with these values in place of what is in it."""
        assert reply.form
        held = {each.name: each.value for each in reply.form.inputs}
        assert values.keys() <= held.keys()
        return self.handle(reply.form.verb, {**dict(reply.form.arguments), **held, **values}, by=by, at=at)

    def claim(self, external_id: str, space: str = HOME) -> Claim:
        found = self.store.find_known(space, external_id=external_id)
        assert found
        return found

    def only_new(self, space: str = HOME) -> Claim:
        """The one claim of a space that was not there from the start."""
        [claim] = [each for each in self.store.claims([space]) if each.external_id not in KNOWN]
        return claim


KNOWN = {each.external_id for each in (WOOD, KIRBY, FOUNTAIN, HARBOUR)}


def choice_of(reply: Reply, label: str) -> Choice:
    [choice] = [each for each in reply.choices if each.label.startswith(label)]
    return choice


def labels(reply: Reply) -> list[str]:
    return [each.label for each in reply.choices]


def input_of(reply: Reply, name: str) -> str:
    assert reply.form
    [value] = [each.value for each in reply.form.inputs if each.name == name]
    return value


def problems(reply: Reply) -> dict[str, str]:
    assert reply.form
    return {each.name: each.problem for each in reply.form.inputs if each.problem}


@contextmanager
def opened() -> Iterator[Newsroom]:
    with Store.in_memory() as store:
        store.save_many([Change(None, claim) for claim in (WOOD, KIRBY, FOUNTAIN, HARBOUR)], Trace("test", "test"))
        newsroom = Newsroom(store)
        try:
            yield newsroom
        finally:
            newsroom.asker.close()
