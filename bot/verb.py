"""What a verb is: its name, its parameters with their limits, its help, and who may use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.errors import UsageProblem
from bot.text import clean


class Role(IntEnum):
    """Who may use a verb; a higher role may do everything that a lower one may."""

    ANYONE = 0
    MODERATOR = 1
    ADMIN = 2
    OPERATOR = 3


class Kind(StrEnum):
    """What a parameter holds: faces choose their input (and completion) by it."""

    TEXT = "text"
    LONG = "long"
    CLAIM = "claim"
    CLAIMANT = "claimant"
    CHANGE = "change"
    SUGGESTION = "suggestion"
    PERSON = "person"
    SPACE = "space"
    VERB = "verb"
    FILE = "file"
    YES = "yes"
    """Given or not: the value is `yes`."""
    HIDDEN = "hidden"
    """Only buttons and forms give it: nobody types it, no help names it."""


YES = "yes"
CLEARED = "-"
"""Typed as a value, it clears what is there: an empty value cannot be typed everywhere."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a verb is given. More characters than `limit` are refused, or with `cuts` not read.

    `column` says which column of a claim it fills (see `bot.fields.columns`), `options` which words alone are taken.
    What is not cut is cleaned: it is a name, an id, a few words. A message keeps its lines for the matcher.
    """

    name: str
    help: str
    kind: Kind = Kind.TEXT
    limit: int = 200
    required: bool = False
    cuts: bool = False
    column: str = ""
    options: tuple[str, ...] = ()
    least: Role = Role.ANYONE

    @property
    def typed(self) -> bool:
        """Whether a person can give it."""
        return self.kind is not Kind.HIDDEN


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that people can ask for. `typed` is False for what only a button or a number can send.

    `changes` says that it writes. The first `positional` parameters may be typed without their names: each is one
    word, and the last of them the rest.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()
    least: Role = Role.ANYONE
    typed: bool = True
    changes: bool = False
    positional: int = 1

    @property
    def offered(self) -> tuple[Parameter, ...]:
        """The parameters that a person can give."""
        return tuple(item for item in self.parameters if item.typed)

    @property
    def usage(self) -> str:
        """How it is typed: `/fact show <claim>`; what may be left out stands in square brackets."""
        return " ".join((f"/{self.name}", *map(self._shown, range(len(self.offered)))))

    def _shown(self, place: int) -> str:
        item = self.offered[place]
        named = f"--{item.name}" if item.kind is Kind.YES else f"{item.name}=…"
        words = item.name if place < self.positional else named
        return f"<{words}>" if item.required else f"[{words}]"

    def checked(self, arguments: Mapping[str, str]) -> dict[str, str]:
        """Return the arguments that are given, cleaned, or say which one is missing, unknown, too long or no option.

        What a draft may hold need not be given again.
        """
        known = {item.name for item in self.parameters}
        if unknown := sorted(arguments.keys() - known):
            raise UsageProblem(f"{self.usage}: there is no {unknown[0][:40]!r} to give.")
        held = "draft" in known and bool(arguments.get("draft"))
        return {
            item.name: self._checked_value(item, arguments.get(item.name, ""))
            for item in self.parameters
            if item.name in arguments or (item.required and not held)
        }

    def _checked_value(self, item: Parameter, value: str) -> str:
        if len(value) > item.limit and not item.cuts:
            raise UsageProblem(f"{self.usage}: {item.name} has {len(value):,} characters, {item.limit:,} at most.")
        kept = value[: item.limit].strip() if item.cuts else clean(value)
        if item.required and not kept:
            raise UsageProblem(f"{self.usage}: {item.name} is missing: give {item.help}.")
        if item.options and kept and kept.lower() not in item.options:
            raise UsageProblem(f"{self.usage}: {item.name} can be {', '.join(item.options)}, not {kept[:40]!r}.")
        return kept.lower() if item.options else kept
