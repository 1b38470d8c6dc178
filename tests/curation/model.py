"""What curating should do, as a plain model: a dict of claims, and rules in as few words as possible.

It shares no code with what it judges but the types and the ids. A verb either gives the changes that it makes, or
raises `No`.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from bot.model import GLOBAL, Claim, State, Status
from bot.request import Actor
from tests.curation.people_model import People
from tests.curation.world_model import MODERATOR, NEW, OPERATOR, Effect, Entry, Given, No, Pair

_FIELDS = [each.name for each in fields(Claim) if each.name not in {"space", "external_id"}]

_EDITED = {"text": "text", "note": "status_note", "via": "via"}


class Model(People):
    def expect(self, verb: str, given: Given, actor: Actor, place: str) -> Effect:
        """Return what the verb does. Suggestions, roles and settings are changed here; claims by `record`."""
        space = self.space(actor, place, given)
        do: Callable[[Given, str, Actor, int], Effect] = getattr(self, verb.replace("fact ", "do_"))
        role = self.role(actor, place)
        if verb != "fact suggest" and role < (OPERATOR if verb == "fact link" else MODERATOR):
            raise No
        effect = do(given, space, actor, role)
        effect.pairs = [(before, after) for before, after in effect.pairs if before != after]
        return effect

    def do_add(self, given: Given, space: str, actor: Actor, _role: int) -> Effect:
        self.answer(given, space)
        claim = Claim(given["text"], NEW, space, tags=tuple(given["tags"].split(" | ")) if "tags" in given else ())
        self.accept(given)
        return Effect([(None, claim)])

    def do_edit(self, given: Given, space: str, actor: Actor, _role: int) -> Effect:
        claim = self.shown_claim(given["claim"], space)
        if given.get("seen", str(self.last_change(claim))) != str(self.last_change(claim)):
            raise No
        new: dict[str, Any] = {field: given[name] for name, field in _EDITED.items() if name in given}
        after = replace(claim, **new)
        if after == claim:
            return Effect()
        self.answer(given, space)
        self.accept(given)
        return Effect([self.own(claim, after, space)])

    def do_status(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        if "tag" in given:
            claims = [claim for claim in self.shown(space) if given["tag"] in claim.tags]
        else:
            named = [self.shown_claim(name, space) for name in given["claim"].split()]
            claims = list({each.id: each for each in named}.values())
        if not claims:
            raise No
        if "sure" not in given and (len(claims) > 1 or "tag" in given):
            return Effect()
        new: dict[str, Any] = {"status": Status(given["status"]), "status_on": given["checked_on"]}
        pairs = [(claim, replace(claim, **new)) for claim in claims]
        return Effect([self.own(claim, after, space) for claim, after in pairs if claim != after])

    def do_remove(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        claim = self.shown_claim(given["claim"], space)
        return Effect([self.own(claim, replace(claim, state=State.REMOVED), space)] if "sure" in given else [])

    def do_restore(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        claim = self.named_claim(given["claim"], space)
        own = self.claims.get((space, claim.external_id))
        hidden = own if own is not None and own.state is not State.ACTIVE else claim
        if hidden.state is State.ACTIVE or hidden.space != space:
            raise No
        return Effect([(hidden, replace(hidden, state=State.ACTIVE))])

    def do_alias(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        claim, new = self.shown_claim(given["claim"], space), given["phrasing"]
        if ("drop" in given) != (new in claim.phrasings) or new == claim.text:
            raise No
        kept = tuple(each for each in claim.phrasings if each != new)
        return Effect([self.own(claim, replace(claim, phrasings=kept if "drop" in given else (*kept, new)), space)])

    def do_merge(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        first, second = (self.shown_claim(given[name], space) for name in ("claim", "into"))
        if first.id == second.id:
            raise No
        if "sure" not in given:
            return Effect()
        texts = dict.fromkeys((*second.phrasings, first.text, *first.phrasings))
        joined = replace(
            second,
            phrasings=tuple(text for text in texts if text != second.text),
            tags=tuple(dict.fromkeys((*second.tags, *first.tags))),
            sources=tuple(dict.fromkeys((*second.sources, *first.sources))),
        )
        gone = replace(first, state=State.REMOVED)
        return Effect([self.own(second, joined, space), self.own(first, gone, space)])

    def do_undo(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        name = given["change"]
        one = [each for each in self.log if str(each.number) == name and each.after.space == space]
        batch = [each for each in self.log if each.batch == name and each.after.space == space]
        if not one and not batch:
            raise No
        if len(batch) > 1 and "sure" not in given:
            return Effect()
        present = {each.key: self.claims[each.key] for each in one or batch}
        for each in reversed(one or batch):
            present[each.key] = self._taken_back(each, present[each.key])
        pairs = [(self.claims[key], after) for key, after in present.items()]
        if all(before == after for before, after in pairs):
            raise No
        return Effect(list(pairs))

    def _taken_back(self, entry: Entry, now: Claim) -> Claim:
        changed = [name for name in _FIELDS if not entry.before or _of(entry.before, name) != _of(entry.after, name)]
        if any(_of(now, name) != _of(entry.after, name) for name in changed):
            raise No
        if entry.before is not None:
            return replace(now, **{name: _of(entry.before, name) for name in changed})
        of_global = now.space != GLOBAL and (GLOBAL, now.external_id) in self.claims
        return replace(now, state=State.WITHDRAWN if of_global else State.REMOVED)

    def imported(self, rows: Iterable[tuple[str, str, str]], space: str) -> list[Pair]:
        """What a file of external ids, texts and statuses changes."""
        found = ((self.claims.get((space, name)), name, text, status) for name, text, status in rows)
        pairs = [
            (old, replace(old or Claim("", name, space), text=text, status=Status(to))) for old, name, text, to in found
        ]
        return [(old, new) for old, new in pairs if old != new]


def _of(claim: Claim, name: str) -> Any:
    return getattr(claim, name)
