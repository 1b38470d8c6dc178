"""The verbs, listed once. Faces build their commands, parsers and help from this list: none can drift.

A verb stands here when it works, not before.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.errors import UsageProblem
from bot.text import MAX_MESSAGE, clean, shorten


class Role(IntEnum):
    """Who may use a verb; a higher role may do everything that a lower one may."""

    ANYONE = 0
    MODERATOR = 1
    OPERATOR = 2


class Kind(StrEnum):
    """What a parameter holds: faces choose their input (and completion) by it."""

    TEXT = "text"
    CLAIM = "claim"
    VERB = "verb"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a verb is given. More characters than `limit` are refused, or with `cuts` not read.

    What is not cut is cleaned: it is a name, an id, a few words. A message keeps its lines for the matcher.
    """

    name: str
    help: str
    kind: Kind = Kind.TEXT
    limit: int = 200
    required: bool = True
    cuts: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that people can ask for. `typed` is False for what only a button or a number can send."""

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()
    least: Role = Role.ANYONE
    typed: bool = True

    @property
    def usage(self) -> str:
        """How it is typed: `/fact show <claim>`; what may be left out stands in square brackets."""
        names = (f"<{item.name}>" if item.required else f"[{item.name}]" for item in self.parameters)
        return " ".join((f"/{self.name}", *names))


FACTCHECK = Verb(
    "factcheck",
    "Is it on record, who said it, and is it so?",
    (Parameter("question", "a statement, a question or a pasted message", limit=MAX_MESSAGE, cuts=True),),
)
SEARCH = Verb("fact search", "Find claims by words, claimant, place or date.", (Parameter("text", "what to look for"),))
SHOW = Verb(
    "fact show",
    "Show one claim with everything on record about it.",
    (Parameter("claim", "the claim's id, as search shows it", kind=Kind.CLAIM),),
)
HELP = Verb(
    "fact help",
    "List the commands, or explain one.",
    (Parameter("command", "the command to explain", kind=Kind.VERB, required=False),),
)
NONE_OF_THESE = Verb("none of these", "Say that no choice is the claim that was meant.", typed=False)

VERBS = (FACTCHECK, SEARCH, SHOW, HELP, NONE_OF_THESE)
_SHORTHANDS = {"help": HELP.name}


def typed_verbs() -> tuple[Verb, ...]:
    """Return the verbs that a person can type."""
    return tuple(verb for verb in VERBS if verb.typed)


def verb_named(name: str) -> Verb:
    """Return the verb of that name, or say which one may have been meant."""
    for verb in VERBS:
        if verb.name == name:
            return verb
    raise UsageProblem(_no_such(name))


def parse(line: str) -> tuple[Verb, dict[str, str]]:
    """Read a typed command such as `/fact show wood-nine`: the verb, and its arguments by name."""
    body = line.strip().removeprefix("/").strip()
    for count in (2, 1):
        words = body.split(maxsplit=count)
        name = " ".join(words[:count]).lower()
        if verb := _find(_SHORTHANDS.get(name, name)):
            return verb, _arguments(verb, "".join(words[count:]))
    raise UsageProblem(_no_such(" ".join(body.lower().split()[:2])))


def _find(name: str) -> Verb | None:
    return next((verb for verb in typed_verbs() if verb.name == name), None)


def _arguments(verb: Verb, rest: str) -> dict[str, str]:
    """Give all that follows the verb to its one parameter; whether it may be missing is checked later."""
    return {verb.parameters[0].name: rest} if verb.parameters and rest else {}


def checked(verb: Verb, arguments: dict[str, str]) -> dict[str, str]:
    """Return the arguments that `verb` takes, or say which one is missing, unknown or too long."""
    known = {item.name for item in verb.parameters}
    if unknown := sorted(arguments.keys() - known):
        raise UsageProblem(f"{verb.usage}: there is no {unknown[0]!r} to give.")
    return {item.name: _checked_value(verb, item, arguments.get(item.name, "")) for item in verb.parameters}


def _checked_value(verb: Verb, item: Parameter, value: str) -> str:
    kept = value[: item.limit].strip() if item.cuts else clean(value)
    if item.required and not kept:
        raise UsageProblem(f"{verb.usage}: {item.name} is missing: give {item.help}.")
    if len(value) > item.limit and not item.cuts:
        raise UsageProblem(f"{verb.usage}: {item.name} has {len(value):,} characters, {item.limit:,} at most.")
    return kept


def _no_such(name: str) -> str:
    return f"There is no command /{shorten(name, 40)}. {_did_you_mean(name)}"


def _did_you_mean(name: str) -> str:
    from difflib import get_close_matches  # a mistyped command is rare, and this import is not free

    names = [verb.name for verb in typed_verbs()]
    first = {known.split()[0]: known for known in reversed(names)}
    near = get_close_matches(name, names, n=1, cutoff=0.6) or [
        first[word] for word in get_close_matches(name.split(" ")[0], first, n=1, cutoff=0.6)
    ]
    return f"Did you mean /{near[0]}?" if near else f"/{HELP.name} lists the commands."
