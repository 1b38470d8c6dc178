"""One door for every face: a Request goes in, a Reply comes out, whatever happens on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot import cards, verbs
from bot.ask import Asker
from bot.errors import FactbotError, NotFound, Refused
from bot.incident import record_incident
from bot.model import GLOBAL, Claim, State
from bot.reply import Reply, Tone, refusal
from bot.store import Store
from bot.verbs import Role, Verb


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and the facts about them that the adapter looked up just now. The core decides what follows.

    `holds_database`: sits at the machine where the database file is, and could change the file anyway.
    """

    id: str = ""
    name: str = ""
    holds_database: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants what, and where: everything that an answer may depend on."""

    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    platform: str = "terminal"
    space: str = GLOBAL
    actor: Actor = field(default_factory=Actor)


class Factbot:
    """The core as faces see it. `handle` always gives a reply; `answer` may raise instead."""

    def __init__(self, store: Store, asker: Asker) -> None:
        self._store = store
        self._asker = asker
        self._doers: Mapping[str, Callable[[Request, dict[str, str]], Reply]] = {
            verbs.FACTCHECK.name: self._factcheck,
            verbs.SEARCH.name: self._search,
            verbs.SHOW.name: self._show,
            verbs.HELP.name: self._help,
            verbs.NONE_OF_THESE.name: self._none_of_these,
        }

    def handle(self, request: Request) -> Reply:
        """Return the reply to `request`; a refusal and a fault of ours are replies too."""
        try:
            return self.answer(request)
        except FactbotError as problem:
            return refusal(problem.message)
        except Exception as fault:  # the person must see something, and the operator everything
            number = record_incident(fault)
            return Reply(title="Something went wrong here", text=incident_words(number), tone=Tone.REFUSED)

    def answer(self, request: Request) -> Reply:
        """Return the reply to `request`, or raise what stands in its way."""
        verb = verbs.verb_named(request.verb)
        _permit(verb, request.actor)
        return self._doers[verb.name](request, verbs.checked(verb, dict(request.arguments)))

    def _factcheck(self, request: Request, arguments: dict[str, str]) -> Reply:
        return cards.answer_reply(self._asker.ask(arguments["question"], spaces=visible_spaces(request.space)))

    def _search(self, request: Request, arguments: dict[str, str]) -> Reply:
        text = arguments["text"]
        return cards.search_reply(text, self._asker.search(text, spaces=visible_spaces(request.space)))

    def _show(self, request: Request, arguments: dict[str, str]) -> Reply:
        claim = self._claim_named(arguments["claim"], request.space)
        if claim.state is not State.ACTIVE:
            raise NotFound(f"The claim {claim.id} has been removed.")
        return cards.claim_reply(claim)

    def _claim_named(self, name: str, space: str) -> Claim:
        """Return the claim with this id; a community's own version, also by its external id, goes before the global."""
        own = self._store.find_known(space, external_id=name)
        if own is not None:
            return own
        claim = self._store.get(name, visible_spaces(space))
        return self._store.find_known(space, external_id=claim.external_id) or claim

    def _help(self, _request: Request, arguments: dict[str, str]) -> Reply:
        name = arguments["command"].removeprefix("/")
        return cards.help_reply((verbs.parse(name)[0],) if name else verbs.typed_verbs())

    def _none_of_these(self, _request: Request, _arguments: dict[str, str]) -> Reply:
        return cards.nothing_reply()


def visible_spaces(space: str) -> tuple[str, ...]:
    """Return the spaces that somebody in `space` reads: the global one, and their own."""
    return (GLOBAL,) if space == GLOBAL else (GLOBAL, space)


def incident_words(number: str) -> str:
    """Return what a person is told about a fault of ours."""
    return f"A fault in Factbot, not in what you asked. Tell whoever runs it: incident {number}."


def _permit(verb: Verb, actor: Actor) -> None:
    """Refuse what the actor may not do; decided here on every call, whatever a platform shows or hides."""
    role = Role.OPERATOR if actor.holds_database else Role.ANYONE
    if role < verb.least:
        raise Refused(f"/{verb.name} is for {verb.least.name.lower()}s: ask one of yours to do it.")
