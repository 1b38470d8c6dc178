"""Two bots on one database file, the plain model beside them, and the comparison of the two after each request.

Every text carries the mark of the space that it was typed for. What is shown of a space that the asker may not see
shows by its mark, and by the ids of its claims, suggestions and batches.
"""

import itertools
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.ask import Asker
from bot.handle import Factbot
from bot.model import GLOBAL, Claim
from bot.reply import File, Reply, Tone
from bot.request import Actor, Request
from bot.store import ALL_STATES, Change, Store, Trace
from tests.curation.model import Model
from tests.curation.world_model import NEW, OPERATOR, Effect, Entry, No, Pair

HOME, AWAY, LINKED = "discord:1", "slack:T2", "slack:T9"
MARKS = {GLOBAL: "zephyr", HOME: "quillon", AWAY: "xanthe", LINKED: "umber"}
OPERATOR_ID = "discord:99"
WORDS = ("fountain", "harbour", "trams", "lighthouse", "missiles", "launchers")
STEPS: Counter[str] = Counter()
"""How often each verb was used since the program began, for whoever counts."""


class Who(NamedTuple):
    """Who does something, where, in which space they say (None: they say nothing), and through which bot."""

    actor: Actor
    place: str
    space: str | None
    bot: int


class World:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "facts.db"
        self.stores = [Store.open(path, missing="empty"), Store.open(path)]
        self.askers = [Asker(store) for store in self.stores]
        self.bots = [Factbot(*each, operators=[OPERATOR_ID]) for each in zip(self.stores, self.askers, strict=True)]
        self.model = Model([OPERATOR_ID])
        self.numbers = itertools.count()
        first = [self._claim(space, word) for space in (GLOBAL, HOME, AWAY) for word in WORDS[:2]]
        self.stores[0].save_many([Change(None, claim) for claim in first], Trace("starter", "starter"))
        self._adopt([(None, claim) for claim in first])
        self.stores[0].communities.link(LINKED, HOME)
        self.model.homes[LINKED] = HOME

    def close(self) -> None:
        """Look at the whole history once more."""
        try:
            assert self.stores[1].check_chain() == []
            kept = [(each.before, each.after) for each in reversed(self.stores[1].recent(None, limit=10**6))]
            assert kept == [(each.before, each.after) for each in self.model.log]
        finally:
            for asker, store in zip(self.askers, self.stores, strict=True):
                asker.close()
                store.close()
            shutil.rmtree(self.folder)

    def _claim(self, space: str, word: str) -> Claim:
        mark = MARKS[space]
        name = f"{mark}-{word}-{next(self.numbers)}"
        return Claim(self.text(space, word), name, space, claimant=f"{mark} speaker", tags=("all", mark))

    def text(self, space: str, word: str) -> str:
        """Return a text that nobody has typed before, with the mark of the space."""
        return f"{MARKS[space]} says the {word} number {next(self.numbers)} was seen"

    def space(self, by: Who) -> str:
        """Return the space that they act in, if they may."""
        operates = self.model.role(by.actor, by.place) == OPERATOR
        return self.model.home(by.space if by.space and operates else by.place)

    def request(
        self, verb: str, given: Mapping[str, str], by: Who, delivery: str = "", file: File | None = None
    ) -> Request:
        named = {"space": by.space} if by.space and verb not in _SPACELESS else {}
        return Request(verb, {**given, **named}, "discord", by.place, by.actor, delivery, file)

    def send(self, request: Request, by: Who) -> Reply:
        """Hand in a request, and see that nothing of another space is in the reply."""
        space = self.space(by if "space" in request.arguments else by._replace(space=None))
        reply = self.bots[by.bot].handle(request)
        STEPS[request.verb] += 1
        file = "" if reply.file is None else reply.file.content.decode()
        sent = "" if request.attachment is None else request.attachment.content.decode()
        self.no_leak(f"{reply!r} {file}", f"{dict(request.arguments)} {sent}", space)
        return reply

    def no_leak(self, shown: str, typed: str, space: str) -> None:
        """Nothing of a space but this one and the global one is shown, unless the asker typed it."""
        seen, known = _tokens(shown), _tokens(typed)
        secret = {MARKS[each] for each in MARKS if each not in {GLOBAL, space}}
        secret |= {each.id for each in self.model.claims.values() if each.space not in {GLOBAL, space}}
        secret |= {name for name, wish in self.model.wishes.items() if wish.space != space}
        secret |= {each.batch for each in self.model.log if each.after.space not in {GLOBAL, space}}
        assert not (leaked := (seen - known) & secret), f"{leaked} in {shown[:2_000]}"

    def do(self, verb: str, given: Mapping[str, str], by: Who, delivery: str = "") -> Reply:
        """Do something, and compare what came of it with what the model says."""
        request = self.request(verb, given, by, delivery)
        reply = self.send(request, by)
        self.judge(reply, lambda: self.model.expect(verb, request.arguments, by.actor, by.place))
        return reply

    def judge(self, reply: Reply, expect: Callable[[], Effect]) -> None:
        """Compare a reply, and what is in the database after it, with the effect that is expected."""
        try:
            effect = expect()
        except No:
            assert reply.tone is Tone.REFUSED, reply
            assert not reply.changed
            self._adopt([])
        else:
            assert reply.tone is not Tone.REFUSED, reply
            assert reply.changed == bool(effect.pairs or effect.other), reply
            if NEW in self.model.wishes:
                self.model.wishes[reply.fields[0].value] = self.model.wishes.pop(NEW)
            self._adopt(effect.pairs)
        self.same()

    def _adopt(self, pairs: list[Pair]) -> None:
        """Take over the numbers and batches of the new revisions, which are those of `pairs` and no others."""
        last = self.model.log[-1].number if self.model.log else 0
        found = [each for each in reversed(self.stores[0].recent(None, limit=1_000)) if each.id > last]
        unknown = {before: after for before, after in pairs if after.external_id == NEW}
        for each in found:
            assert each.after is not None
            if each.before is None and None in unknown and (each.before, each.after) not in pairs:
                made = replace(unknown.pop(None), external_id=each.after.external_id)
                pairs = [(before, made if after.external_id == NEW else after) for before, after in pairs]
            assert (each.before, each.after) in pairs, each
            self.model.record(Entry(each.id, each.before, each.after, each.batch, each.undoes))
        assert len(found) == len(pairs)

    def same(self) -> None:
        """The database, read by the other bot, is what the model says."""
        store, model = self.stores[1], self.model
        assert {(each.space, each.external_id): each for each in store.claims(states=ALL_STATES)} == model.claims
        assert store.communities.links() == model.homes
        for space in MARKS:
            assert store.communities.moderators(space) == model.named[space]
            blocked = {store.people.account(person) for person in store.communities.blocked(space)}
            assert blocked == model.blocked[space]
            for name in ("contact", "notices"):
                assert store.communities.setting(space, name) == model.settings.get((space, name), "")
            waiting = {each.id: each for each in store.suggestions.open(space, limit=1_000)}
            wished = {name: each for name, each in model.wishes.items() if each.space == space and each.waits}
            assert waiting.keys() == wished.keys()
            for name, each in wished.items():
                found = waiting[name]
                assert (found.kind, found.claim_id, found.values) == (each.kind, each.claim, each.values)
        notices = store.notices.pending("", limit=10_000)
        assert Counter((each.to, each.space) for each in notices) == Counter(model.told)
        for notice in notices[-3:]:
            self.no_leak(f"{notice.title} {notice.text}", "", notice.space)


_SPACELESS = {
    "fact suggest",
    "factcheck",
    "fact search",
    "fact show",
    "fact list",
    "others",
    "sources",
    "why",
    "fact link",
}
"""The verbs that take no `space`."""


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.casefold())) | set(re.findall(r"[a-z]+", text.casefold()))
