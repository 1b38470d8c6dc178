"""Everything that people can do to a database, in any order: what comes of it, the plain model says."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.model import GLOBAL, State
from bot.reply import Choice, File, Reply, Tone
from bot.request import Actor, Request
from tests.curation import people
from tests.curation.people import NAMED, PEOPLE, bots, maybe, often, operating, pick, reasons, who, words
from tests.curation.world import HOME, LINKED, MARKS, Who, World
from tests.curation.world_model import MODERATOR, Effect, Entry, No


class Curation(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.opened: list[tuple[Who, dict[str, str]]] = []
        self.drafts: list[tuple[Who, str, str, dict[str, str]]] = []
        self.offered: list[Choice] = []

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()

    def do(self, verb: str, given: dict[str, str], by: Who, delivery: str = "") -> Reply:
        reply = self.world.do(verb, given, by, delivery)
        self.offered += reply.choices
        return reply

    def name(self, by: Who, number: int) -> str:
        """Some claim, mostly one that is shown where they act; hidden ones and other spaces' too."""
        model = self.world.model
        known = model.shown(self.world.space(by)) if number % 4 else []
        known = known or list(model.claims.values())
        claim = known[number // 4 % min(len(known), 5)]
        return claim.external_id if number % 7 == 0 else claim.id

    def typed(self, by: Who, word: str) -> str:
        return self.world.text(self.world.space(by), word)

    # changing claims

    @rule(by=who, word=words, tagged=maybe, wish=pick)
    def add(self, by: Who, word: str, tagged: bool, wish: int) -> None:
        tags = {"tags": f"all | {MARKS[self.world.space(by)]}"} if tagged else {}
        self.do("fact add", {"text": self.typed(by, word), "sure": "yes", **tags, **self.wished(wish)}, by)

    def wished(self, number: int) -> dict[str, str]:
        known = list(self.world.model.wishes)
        return {"suggestion": known[number % len(known)]} if known and number % 3 == 0 else {}

    @rule(by=who, number=pick)
    def add_what_is_there(self, by: Who, number: int) -> None:
        shown = self.world.model.shown(self.world.space(by))
        if shown:
            text = shown[number % len(shown)].text
            reply = self.world.send(self.world.request("fact add", {"text": text}, by), by)
            self.world.judge(reply, lambda: nothing(reply))

    @rule(by=who, number=pick, word=words, column=st.sampled_from(("text", "note", "via")), wish=pick, why=reasons)
    def edit(self, by: Who, number: int, word: str, column: str, wish: int, why: str) -> None:
        self.do(
            "fact edit",
            {"claim": self.name(by, number), column: self.typed(by, word), "why": why, **self.wished(wish)},
            by,
        )

    @rule(by=who, number=pick)
    def open_a_form(self, by: Who, number: int) -> None:
        reply = self.world.send(self.world.request("fact edit", {"claim": self.name(by, number)}, by), by)
        if reply.form is not None:
            self.opened.append((by, dict(reply.form.arguments)))

    @precondition(lambda self: self.opened)
    @rule(number=pick, word=words, bot=bots)
    def send_an_opened_form(self, number: int, word: str, bot: int) -> None:
        by, hidden = self.opened[number % len(self.opened)]
        hidden = {name: value for name, value in hidden.items() if name != "space"}
        self.do("fact edit", {**hidden, "note": self.typed(by, word)}, by._replace(bot=bot))

    @rule(by=who, number=pick, other=pick, many=maybe, sure=often, status=st.sampled_from(("refuted", "confirmed")))
    def set_a_status(self, by: Who, number: int, other: int, many: bool, sure: bool, status: str) -> None:
        names = f"{self.name(by, number)} {self.name(by, other)}" if many else self.name(by, number)
        self.do("fact status", {"claim": names, "status": status, "checked_on": "2024-05", **_sure(sure)}, by)

    @rule(
        by=who,
        tag=st.sampled_from(("all", *MARKS.values())),
        sure=often,
        day=st.dates(date(2024, 1, 1), date(2024, 1, 3)),
    )
    def set_the_status_of_a_tag(self, by: Who, tag: str, sure: bool, day: date) -> None:
        self.do("fact status", {"tag": tag, "status": "disputed", "checked_on": day.isoformat(), **_sure(sure)}, by)

    @rule(by=who, number=pick, sure=often, why=reasons)
    def remove(self, by: Who, number: int, sure: bool, why: str) -> None:
        self.do("fact remove", {"claim": self.name(by, number), "why": why, **_sure(sure)}, by)

    @rule(by=who, number=pick, hidden=often)
    def restore(self, by: Who, number: int, hidden: bool) -> None:
        space, claims = self.world.space(by), self.world.model.claims.values()
        gone = [each.id for each in claims if each.state is not State.ACTIVE and each.space in {space, GLOBAL}]
        self.do("fact restore", {"claim": gone[number % len(gone)] if hidden and gone else self.name(by, number)}, by)

    @rule(by=who, number=pick, word=words, drop=maybe)
    def phrase(self, by: Who, number: int, word: str, drop: bool) -> None:
        name = self.name(by, number)
        having = [each for each in self.world.model.shown(self.world.space(by)) if each.phrasings]
        if drop and having:
            name = having[number % len(having)].id
        text = having[number % len(having)].phrasings[0] if drop and having else self.typed(by, word)
        self.do("fact alias", {"claim": name, "phrasing": text, **({"drop": "yes"} if drop else {})}, by)

    @rule(by=who, number=pick, other=pick, sure=often)
    def merge(self, by: Who, number: int, other: int, sure: bool) -> None:
        self.do("fact merge", {"claim": self.name(by, number), "into": self.name(by, other), **_sure(sure)}, by)

    @rule(by=who, back=pick, batch=maybe, sure=often, later=maybe)
    def undo(self, by: Who, back: int, batch: bool, sure: bool, later: bool) -> None:
        """Undo a change of this space, or one of a claim that was changed since."""
        log, space = self.world.model.log, self.world.space(by)
        last = {entry.key: entry for entry in log}
        near = [each for each in log if each.after.space == space]
        near = [each for each in near if each is not last[each.key]] or near if later else near
        self._undo(near or log, back, batch, sure, by)

    @rule(by=people.moderating, back=pick, batch=often)
    def undo_what_is_elsewhere(self, by: Who, back: int, batch: bool) -> None:
        log, space = self.world.model.log, self.world.space(by)
        away = [each for each in log if each.after.space != space]
        self._undo([each for each in away if each.batch] or away if batch else away, back, batch, True, by)

    def _undo(self, log: list[Entry], back: int, batch: bool, sure: bool, by: Who) -> None:
        entry = log[-1 - back % len(log)]
        self.do("fact undo", {"change": entry.batch if batch and entry.batch else str(entry.number), **_sure(sure)}, by)

    @rule(by=operating, back=st.integers(0, 3), batch=maybe)
    def take_back_what_was_just_done(self, by: Who, back: int, batch: bool) -> None:
        """An operator goes there and undoes it, or redoes what was undone."""
        log = self.world.model.log
        entry = log[max(-1 - back, -len(log))]
        change = entry.batch if batch and entry.batch else str(entry.number)
        self.do("fact undo", {"change": change, "sure": "yes"}, by._replace(space=entry.after.space))

    @rule(by=who, numbers=st.lists(pick, min_size=1, max_size=4), dry=maybe, bot=bots)
    def bring_a_file(self, by: Who, numbers: list[int], dry: bool, bot: int) -> None:
        space, model = self.world.space(by), self.world.model
        known = [name for place, name in model.claims if place in {space, GLOBAL}]
        names = {known[number % len(known)] if number % 2 else f"{MARKS[space]}-file-{number}" for number in numbers}
        rows = [(name, self.typed(by, "statue"), "misleading") for name in sorted(names)]
        lines = [f"{name},{people.ELSEWHERE[space]},{text},{status}" for name, text, status in rows]
        file = File("claims.csv", "\n".join(("external_id,space,text,status", *lines)).encode())
        given = {"dry_run": "yes"} if dry else {}
        reply = self.world.send(self.world.request("fact import", given, by, file=file), by)

        def expected() -> Effect:
            if self.world.model.space(by.actor, by.place, {"space": by.space} if by.space else {}) != space:
                raise No
            if model.role(by.actor, by.place) < MODERATOR:
                raise No
            return Effect([] if dry else model.imported(rows, space))

        self.world.judge(reply, expected)

    # suggesting

    @rule(by=people.suggesting | who, number=pick, word=words, kind=people.kinds, again=often)
    def suggest(self, by: Who, number: int, word: str, kind: str, again: bool) -> None:
        by = by._replace(space=None)
        text = "it was seen twice" if again else self.typed(by, word)
        about = {} if kind == "claim" else {"claim": self.name(by, number)}
        self.do("fact suggest", {"text": text, "kind": kind, **about}, by)

    @precondition(lambda self: self.world.model.wishes)
    @rule(by=who, number=pick, do=st.sampled_from(("take", "accept", "accept", "decline")), why=reasons)
    def decide(self, by: Who, number: int, do: str, why: str) -> None:
        wishes = self.world.model.wishes
        near = [name for name, each in wishes.items() if each.space == self.world.space(by) and each.waits]
        names = near or list(wishes) if number % 4 else list(wishes)
        given = {"suggestion": names[number % len(names)], "do": do, **_sure(True), **({"why": why} if why else {})}
        self.do("fact queue", given, by)

    # people and communities

    @rule(by=who, name=st.sampled_from(NAMED), do=st.sampled_from(("name", "unname")))
    def name_moderators(self, by: Who, name: str, do: str) -> None:
        self.do("fact moderators", {"who": name, "do": do}, by)

    @rule(by=who, name=st.sampled_from(PEOPLE[:3]), do=st.sampled_from(("block", "block", "unblock")))
    def block(self, by: Who, name: Actor, do: str) -> None:
        self.do("fact block", {"who": name.id, "do": do}, by)

    @rule(by=who, name=st.sampled_from(("contact", "notices")))
    def set_up(self, by: Who, name: str) -> None:
        space = self.world.space(by)
        self.do(
            "fact settings",
            {"setting": name, "value": people.CHANNELS[space] if name == "notices" else f"{MARKS[space]} desk"},
            by,
        )

    @rule(by=who, part=maybe)
    def link(self, by: Who, part: bool) -> None:
        self.do("fact link", {"community": LINKED, "to": "-" if part else HOME}, by._replace(space=None))

    # the same twice, other people's buttons and drafts

    @rule(by=who, word=words)
    def send_twice(self, by: Who, word: str) -> None:
        given = {"text": self.typed(by, word), "sure": "yes"}
        delivery = f"delivery-{next(self.world.numbers)}"
        self.do("fact add", given, by, delivery)
        other = by._replace(bot=1 - by.bot)
        again = self.world.send(self.world.request("fact add", given, other, delivery), other)
        assert again.tone is Tone.REFUSED
        self.world.judge(again, lambda: nothing(again))

    @rule(by=who, number=pick, word=words)
    def mistype(self, by: Who, number: int, word: str) -> None:
        given = {"claim": self.name(by, number), "via": self.typed(by, word), "said_on": "31 June"}
        reply = self.world.send(self.world.request("fact edit", given, by), by)
        self.world.judge(reply, lambda: nothing(reply))
        if reply.form is not None:
            self.drafts.append((by, self.world.space(by), dict(reply.form.arguments)["draft"], given))

    @precondition(lambda self: self.drafts)
    @rule(by=who, number=pick, who_goes_on=st.sampled_from(("owner", "owner elsewhere", "somebody")))
    def go_on(self, by: Who, number: int, who_goes_on: str) -> None:
        owner, space, draft, typed = self.drafts[number % len(self.drafts)]
        by = {"owner": owner, "owner elsewhere": by._replace(actor=owner.actor), "somebody": by}[who_goes_on]
        reply = self.world.send(self.world.request("fact edit", {"draft": draft}, by), by)
        self.world.judge(reply, lambda: nothing(reply))
        if by.actor.id != owner.actor.id or self.world.space(by) != space:
            assert reply.tone is Tone.REFUSED
        elif reply.form is not None:
            assert {each.name: each.value for each in reply.form.inputs}["via"] == typed["via"]

    @precondition(lambda self: self.offered)
    @rule(by=who, number=pick)
    def press(self, by: Who, number: int) -> None:
        """Press a button that somebody was shown, whoever it was, wherever."""
        choice = self.offered[-1 - number % len(self.offered)]
        given = {name: value for name, value in choice.arguments if name != "space"}
        if "draft" not in given and choice.verb in {"fact undo", "fact remove", "fact restore"}:
            self.do(choice.verb, given, by)

    # reading

    @rule(by=who, number=pick, verb=st.sampled_from(people.READING))
    def read(self, by: Who, number: int, verb: str) -> None:
        claim = list(self.world.model.claims.values())[number % len(self.world.model.claims)]
        name = {"fact search": "text", "factcheck": "question", "why": "question"}.get(verb, "claim")
        given = {name: claim.id if name == "claim" else claim.text}
        reply = self.world.send(self.world.request(verb, given, by), by)
        if verb == "fact show":
            self.world.judge(reply, lambda: self.is_shown(claim.id, by, reply))

    def is_shown(self, name: str, by: Who, reply: Reply) -> Effect:
        claim = self.world.model.shown_claim(name, self.world.model.home(by.place))
        assert claim.text in repr(reply)
        return Effect()

    @rule(by=who)
    def read_the_list(self, by: Who) -> None:
        reply = self.world.send(self.world.request("fact list", {}, by), by)
        count = len(self.world.model.shown(self.world.model.home(by.place)))
        assert reply.title.startswith(f"{count} claim" if count else "No claims")

    @rule(by=who, verb=st.sampled_from(people.LOOKING))  # fmt: skip
    def look_around(self, by: Who, verb: str) -> None:
        self.offered += self.world.send(self.world.request(verb, {}, by), by).choices

    @rule(
        by=who,
        what=st.sampled_from(people.COMPLETED),
        begun=st.sampled_from(("", "x", "1", "s", "was seen", *MARKS.values())),
    )
    def complete(self, by: Who, what: tuple[str, str], begun: str) -> None:
        verb, name = what
        request: Request = self.world.request(verb, {}, by)
        found = self.world.bots[by.bot].complete(request, name, begun)
        space = self.world.space(by if "space" in request.arguments else by._replace(space=None))
        self.world.no_leak(repr(found), begun, space)


def _sure(sure: bool) -> dict[str, str]:
    return {"sure": "yes"} if sure else {}


def nothing(reply: Reply) -> Effect:
    """Whatever it says, nothing is changed."""
    if reply.tone is Tone.REFUSED:
        raise No
    return Effect()
