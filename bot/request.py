"""What a face hands in: who wants what, where, and the facts about them that were looked up just now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model import GLOBAL
from bot.reply import File


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and the facts about them that the adapter looked up just now. The core decides what follows.

    `id`: the account (`discord:123`, `slack:T1:U2`, `terminal:ann`), and `name` what people call it.
    `moderates`, `administers`: what the platform says of them at the level of the whole community, not of a channel.
    `groups`: the roles and user groups they are in (`discord:role:5`, `slack:group:S1`).
    `belongs`: acts inside the community. False in direct messages and user installs, and for guests and people
    of another organisation: they may ask and suggest, and never moderate.
    `holds_database`: sits at the machine where the database file is, and could change the file anyway.
    """

    id: str = ""
    name: str = ""
    moderates: bool = False
    administers: bool = False
    groups: frozenset[str] = frozenset()
    belongs: bool = False
    holds_database: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants what, and where: everything that an answer may depend on.

    `delivery` is the platform's id of this one click, command or message: when it comes twice, it changes once.
    """

    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    platform: str = "terminal"
    space: str = GLOBAL
    actor: Actor = field(default_factory=Actor)
    delivery: str = ""
    attachment: File | None = None
