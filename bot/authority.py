"""Who may do what: decided here, on every call, from facts. What a platform shows or hides is no permission."""

from collections.abc import Collection

from bot.errors import Refused
from bot.model import GLOBAL
from bot.request import Actor
from bot.verb import Role, Verb


def role_of(actor: Actor, space: str, *, operators: Collection[str], named: Collection[str]) -> Role:
    """Return what `actor` is in `space` (the community's home space, see `Communities.home`).

    `operators` are the accounts of `FACTBOT_OPERATORS`; `named` the accounts and groups that the community's admins
    have named: where there are some, they moderate in place of whoever the platform lets moderate.
    """
    if actor.holds_database or (actor.id and actor.id in operators):
        return Role.OPERATOR
    if space == GLOBAL or not actor.belongs:
        return Role.ANYONE
    if actor.administers:
        return Role.ADMIN
    if named:
        return Role.MODERATOR if {actor.id, *actor.groups} & set(named) - {""} else Role.ANYONE
    return Role.MODERATOR if actor.moderates else Role.ANYONE


def permit(verb: Verb, given: Collection[str], role: Role) -> None:
    """Refuse the verb, or one of the parameters that are given, to a role that may not use it."""
    if role < verb.least:
        raise Refused(f"/{verb.name} is for {_people(verb.least)}: ask one of yours to do it.")
    for item in verb.parameters:
        if item.name in given and role < item.least:
            raise Refused(f"/{verb.name}: {item.name} is for {_people(item.least)}: leave it out, or ask one of yours.")


def acting_space(home: str, wanted: str, role: Role) -> str:
    """Return the space in which a verb acts: one's own; only an operator may name another one."""
    if not wanted or wanted == home:
        return home
    if role < Role.OPERATOR:
        raise Refused("Only an operator can act in another space than their own.")
    return wanted


def visible_spaces(space: str) -> tuple[str, ...]:
    """Return the spaces that somebody in `space` reads: the global one, and their own."""
    return (GLOBAL,) if space == GLOBAL else (GLOBAL, space)


def _people(role: Role) -> str:
    return f"{role.name.lower()}s"
