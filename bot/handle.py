"""One door for every face: a Request goes in, a Reply comes out, whatever happens on the way."""

import time
from collections.abc import Collection

from bot import authority
from bot.ask import Asker
from bot.completing import completions
from bot.desk import Desk
from bot.doers import DOERS
from bot.errors import FactbotError
from bot.fields.checks import checked_space
from bot.incident import record_incident
from bot.reply import Reply, Tone, refusal
from bot.request import Request
from bot.store import Store
from bot.typed import verb_named
from bot.verb import Role, Verb
from bot.watch import Watch

DONE, REFUSED, FAULT = "done", "refused", "fault"
"""What a request that is no question came to, for the operator's counts."""


class Factbot:
    """The core as faces see it. `handle` always gives a reply; `answer` may raise instead."""

    def __init__(self, store: Store, asker: Asker, operators: Collection[str] = (), watch: Watch | None = None) -> None:
        self._store = store
        self._watch = watch or Watch()
        self._asker = asker
        self._operators = frozenset(operators)

    def handle(self, request: Request) -> Reply:
        """Return the reply to `request`; a refusal and a fault of ours are replies too."""
        begun = time.perf_counter()
        try:
            reply, came_to = self.answer(request), DONE
        except FactbotError as problem:
            reply, came_to = refusal(problem.message), REFUSED
        except Exception as fault:  # the person must see something, and the operator everything
            number = record_incident(fault)
            reply, came_to = Reply("Something went wrong here", incident_words(number), tone=Tone.REFUSED), FAULT
        verb = request.verb if request.verb in DOERS else "other"
        seconds = time.perf_counter() - begun
        self._watch.saw(request.platform, verb, reply.outcome or came_to, request.space, seconds)
        return reply

    def answer(self, request: Request) -> Reply:
        """Return the reply to `request`, or raise what stands in its way."""
        verb = verb_named(request.verb)
        given = verb.checked(request.arguments)
        return DOERS[verb.name](self._desk(request, verb, given), given)

    def complete(self, request: Request, name: str, typed: str) -> list[tuple[str, str]]:
        """Return what the parameter `name` of the verb of `request` may be, as far as `typed`: values and labels.

        At most 25, all of which the actor may see; none for a verb that they may not use.
        """
        verb = verb_named(request.verb)
        given = {"space": request.arguments["space"]} if request.arguments.get("space") else {}
        item = next((item for item in verb.parameters if item.name == name), None)
        try:
            desk = self._desk(request, verb, given)
        except FactbotError:
            return []
        return completions(desk, item, typed) if item and desk.role >= item.least else []

    def _desk(self, request: Request, verb: Verb, given: dict[str, str]) -> Desk:
        """Return the desk at which `request` may be done, the space taken out of what is given.

        An operator who names a linked space acts in its home. Raises `Refused`, and `BadValue` for what is no space.
        """
        home = self._store.communities.home(request.space)
        role = self._role(request, home)
        authority.permit(verb, given, role)
        named = authority.acting_space(home, given.pop("space", ""), role)
        space = home if named == home else self._store.communities.home(checked_space("space", named))
        return Desk(self._store, self._asker, request, role, home, space)

    def role_of(self, request: Request) -> Role:
        """Return what the actor of `request` is where it comes from."""
        return self._role(request, self._store.communities.home(request.space))

    def _role(self, request: Request, home: str) -> Role:
        named = self._store.communities.moderators(home)
        return authority.role_of(request.actor, home, operators=self._operators, named=named)


def incident_words(number: str) -> str:
    """Return what a person is told about a fault of ours."""
    return f"A fault in Factbot, not in what you asked. Tell whoever runs it: incident {number}."
