"""What a verb works with: the store and the matcher, who asks, what they may do, and in which space."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.ask import Asker
from bot.authority import visible_spaces
from bot.errors import NotFound, Refused
from bot.model import GLOBAL, Claim, State
from bot.records import CONTACT
from bot.request import Request
from bot.store import Store, Trace
from bot.verb import Role


class DoneAlready(Refused):
    """The same click or command came twice; the first one did it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One request on its way through a verb.

    `home` is the space of the community that asks, `space` the one to act in: the same, unless an operator says
    otherwise. What is read is always `spaces`: nothing here reaches into another community.
    """

    store: Store
    asker: Asker
    request: Request
    role: Role
    home: str
    space: str

    @property
    def spaces(self) -> tuple[str, ...]:
        """The spaces that can be seen from here: the global one, and the one to act in."""
        return visible_spaces(self.space)

    @property
    def contact(self) -> str:
        """Whom people here are to tell when a claim is wrong; empty when the community has named nobody."""
        return self.store.communities.setting(self.space, CONTACT)

    def claim_named(self, name: str) -> Claim:
        """Return the claim with this id, whatever its state; one's own version goes before the global claim.

        Raises `NotFound` for a claim of another space too.
        """
        own = self.store.find_known(self.space, external_id=name)
        claim = own or self.store.get(name, self.spaces)
        version = self.store.find_known(self.space, external_id=claim.external_id)
        if version is not None and version.state is not State.WITHDRAWN:
            return version
        return self._global(claim) if claim.state is State.WITHDRAWN else claim

    def shown_claim(self, name: str) -> Claim:
        """Return the claim with this id if it is shown here; raise `NotFound` otherwise."""
        claim = self.claim_named(name)
        if claim.state is not State.ACTIVE:
            raise NotFound(f"The claim {claim.id} has been removed.")
        return claim

    def _global(self, claim: Claim) -> Claim:
        return self.store.find_known(GLOBAL, external_id=claim.external_id) or claim

    def trace(self, *, batch: str = "", why: str = "", undoes: int = 0) -> Trace:
        """Return who changes something here, and through what."""
        actor = self.request.actor
        return Trace(actor.id, self.request.platform, batch, why=why, undoes=undoes, name=actor.name)

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Hold one transaction for everything that this request writes. Raises `DoneAlready` the second time."""
        with self.store.transaction():
            self._once()
            yield

    def refuse_again(self) -> None:
        """Raise `DoneAlready` where this request was carried out before."""
        if self._key and self.store.deliveries.seen(self._key) is not None:
            raise DoneAlready("This was done already, and nothing was changed twice.")

    def _once(self) -> None:
        self.refuse_again()
        if self._key:
            self.store.deliveries.keep(self._key, self.request.verb)

    @property
    def _key(self) -> str:
        delivery = self.request.delivery
        return f"{self.request.platform}:{delivery}" if delivery else ""
