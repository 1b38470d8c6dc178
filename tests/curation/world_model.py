"""The plain model's world: claims as a dict, who is what, and what is seen from a space."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.model import GLOBAL, Claim, State
from bot.request import Actor

Given = Mapping[str, str]
Key = tuple[str, str]
Pair = tuple[Claim | None, Claim]
NEW = "new"
"""Stands for the external id of a claim that is made: it is drawn by chance."""
ANYONE, MODERATOR, ADMIN, OPERATOR = range(4)


class No(Exception):
    """It is refused."""


@dataclass(frozen=True)
class Entry:
    """One change on record."""

    number: int
    before: Claim | None
    after: Claim
    batch: str
    undoes: int

    @property
    def key(self) -> Key:
        return self.after.space, self.after.external_id


@dataclass
class Wish:
    """One suggestion."""

    space: str
    kind: str
    claim: str
    values: dict[str, str]
    backers: list[str]
    state: str = "open"
    taken_by: str = ""

    @property
    def waits(self) -> bool:
        return self.state in {"open", "taken"}


@dataclass
class Effect:
    """What a verb does: changes of claims, and whether it saves something else."""

    pairs: list[Pair] = field(default_factory=list)
    other: bool = False


class Seen:
    def __init__(self, operators: Iterable[str]) -> None:
        self.operators = set(operators)
        self.claims: dict[Key, Claim] = {}
        self.log: list[Entry] = []
        self.homes: dict[str, str] = {}
        self.named: dict[str, set[str]] = defaultdict(set)
        self.blocked: dict[str, set[str]] = defaultdict(set)
        self.settings: dict[Key, str] = {}
        self.wishes: dict[str, Wish] = {}
        self.told: list[tuple[str, str]] = []
        """Notices: to whom, and of which space."""

    def home(self, place: str) -> str:
        return self.homes.get(place, place)

    def role(self, actor: Actor, place: str) -> int:
        home = self.home(place)
        if actor.id in self.operators or actor.holds_database:
            return OPERATOR
        if home == GLOBAL or not actor.belongs:
            return ANYONE
        if actor.administers:
            return ADMIN
        if self.named[home]:
            return MODERATOR if self.named[home] & {actor.id, *actor.groups} else ANYONE
        return MODERATOR if actor.moderates else ANYONE

    def space(self, actor: Actor, place: str, given: Given) -> str:
        if "space" in given and self.role(actor, place) < OPERATOR:
            raise No
        return self.home(given.get("space", place))

    def record(self, entry: Entry) -> None:
        assert self.claims.get(entry.key) == entry.before
        self.claims[entry.key] = entry.after
        self.log.append(entry)

    # what is seen from a space

    def named_claim(self, name: str, space: str) -> Claim:
        """The claim that this name stands for here, hidden ones too."""
        claim = self.claims.get((space, name))
        if claim is None:
            seen = [each for each in self.claims.values() if each.id == name and each.space in {GLOBAL, space}]
            if not seen:
                raise No
            claim = seen[0]
        own = self.claims.get((space, claim.external_id))
        if own is not None and own.state is not State.WITHDRAWN:
            return own
        return self.claims.get((GLOBAL, claim.external_id), claim)

    def shown_claim(self, name: str, space: str) -> Claim:
        claim = self.named_claim(name, space)
        if claim.state is not State.ACTIVE:
            raise No
        return claim

    def shown(self, space: str) -> list[Claim]:
        """All claims that are shown in a space."""
        own = {key[1] for key, claim in self.claims.items() if key[0] == space and claim.state is not State.WITHDRAWN}
        return [
            claim
            for claim in self.claims.values()
            if claim.state is State.ACTIVE
            and (claim.space == space or (claim.space == GLOBAL and claim.external_id not in own))
        ]

    def last_change(self, claim: Claim) -> int:
        return max((each.number for each in self.log if each.after.id == claim.id), default=0)

    def own(self, claim: Claim, after: Claim, space: str) -> Pair:
        """The change of a claim in a space: of a global one it makes the space's own version."""
        return self.claims.get((space, claim.external_id)), replace(after, space=space)
