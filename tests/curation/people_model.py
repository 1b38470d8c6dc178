"""What suggestions, roles and settings should come to, in the plain model."""

from dataclasses import replace

from bot.model import GLOBAL, Claim, Source
from bot.request import Actor
from tests.curation.world_model import ADMIN, NEW, Effect, Given, No, Pair, Seen, Wish

MOST_OPEN = 5


class People(Seen):
    def do_suggest(self, given: Given, space: str, actor: Actor, _role: int) -> Effect:
        if actor.id in self.blocked[space]:
            raise No
        claim = self.shown_claim(given["claim"], space).id if "claim" in given else ""
        kind = given.get("kind") or ("correction" if claim else "claim")
        values = {
            name: given[column] for name, column in (("text", "text"), ("source_url", "source")) if column in given
        }
        same = [each for each in self.wishes.values() if each.waits and each.space == space]
        known = [each for each in same if (each.kind, each.claim, each.values) == (kind, claim, values)]
        if known and actor.id in known[0].backers:
            return Effect(other=True)
        if sum(actor.id in each.backers for each in same) >= MOST_OPEN:
            raise No
        if known:
            known[0].backers.append(actor.id)
        else:
            self.wishes[NEW] = Wish(space, kind, claim, values, [actor.id])
            self.told += [(self.settings[space, "notices"], space)] if (space, "notices") in self.settings else []
        return Effect(other=True)

    def do_queue(self, given: Given, space: str, actor: Actor, _role: int) -> Effect:
        wish = self.wishes.get(given["suggestion"])
        if wish is None or wish.space != space:
            raise No
        do = given["do"]
        if not wish.waits:
            raise No
        if (do, wish.kind) == ("accept", "correction"):
            self.shown_claim(wish.claim, space)
            if "sure" not in given:
                return Effect()
        if do == "decline" and "why" not in given:
            return Effect()
        pairs = [self._wished(wish)] if do == "accept" and wish.kind != "correction" else []
        if do == "take" and wish.taken_by not in {"", actor.id}:
            raise No
        if do == "take":
            wish.state, wish.taken_by = "taken", actor.id
            return Effect(other=wish.waits)
        self._decide(wish, "accepted" if do == "accept" else "declined")
        return Effect(pairs, other=True)

    def _wished(self, wish: Wish) -> Pair:
        text = wish.values["text"]
        if wish.kind == "claim":
            return None, Claim(text, NEW, wish.space)
        claim = self.shown_claim(wish.claim, wish.space)
        source = Source(title=text, url=wish.values.get("source_url", ""))
        if wish.kind == "phrasing":
            after = replace(claim, phrasings=tuple(dict.fromkeys((*claim.phrasings, text))))
        else:
            after = replace(claim, sources=tuple(dict.fromkeys((*claim.sources, source))))
        return self.own(claim, after, wish.space) if after != claim else (claim, claim)

    def answer(self, given: Given, space: str) -> None:
        if "suggestion" in given:
            wish = self.wishes.get(given["suggestion"])
            if wish is None or wish.space != space or not wish.waits:
                raise No

    def accept(self, given: Given) -> None:
        if "suggestion" in given:
            self._decide(self.wishes[given["suggestion"]], "accepted")

    def _decide(self, wish: Wish, state: str) -> None:
        wish.state = state
        self.told += [(account, wish.space) for account in wish.backers]

    def do_moderators(self, given: Given, space: str, _actor: Actor, role: int) -> Effect:
        if space == GLOBAL or role < ADMIN:
            raise No
        return Effect(other=_put(self.named[space], given["who"], given["do"] == "name"))

    def do_block(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        return Effect(other=_put(self.blocked[space], given["who"], given["do"] == "block"))

    def do_settings(self, given: Given, space: str, _actor: Actor, _role: int) -> Effect:
        self.settings[space, given["setting"]] = given["value"]
        return Effect(other=True)

    def do_link(self, given: Given, _space: str, _actor: Actor, _role: int) -> Effect:
        space, home = given["community"], given["to"]
        if home == "-":
            return Effect(other=self.homes.pop(space, None) is not None)
        waits = any(each.waits and each.space == space for each in self.wishes.values())
        if waits or any(key[0] == space for key in self.claims):
            raise No
        self.homes[space] = home
        return Effect(other=True)


def _put(into: set[str], who: str, inside: bool) -> bool:
    was = who in into
    (into.add if inside else into.discard)(who)
    return was != inside
