"""Every kind of person in a workspace, and what they are to the bot."""

from slack_loopback import ADMIN, ANN, GUEST, STRANGER, TEAM
from slack_town import SlackTown

from bot.verb import Role

SPACE = f"slack:{TEAM}"
_NOBODY = {
    "member": (ANN, {}),
    "guest in several channels": (GUEST, {"is_restricted": True, "is_admin": True}),
    "guest in one channel": ("USINGLE", {"is_restricted": True, "is_ultra_restricted": True, "is_owner": True}),
    "somebody of another organisation": (STRANGER, {"team_id": "T9", "is_stranger": True, "is_admin": True}),
    "admin of another organisation": ("UFARADMIN", {"team_id": "T9", "is_admin": True, "is_owner": True}),
    "somebody who was invited": ("UINVITED", {"is_invited_user": True, "is_admin": True}),
    "somebody who has left": ("ULEFT", {"deleted": True, "is_admin": True}),
    "bot user": ("UOTHERBOT", {"is_bot": True, "is_admin": True}),
    "somebody of whom Slack says nothing": ("UMUTE", None),
}
_SOMEBODY = {
    "named person": ("UNAMED", {}, Role.MODERATOR),
    "member of a named group": ("UGROUPED", {}, Role.MODERATOR),
    "admin": (ADMIN, {"is_admin": True}, Role.ADMIN),
    "owner": ("UOWNER", {"is_owner": True}, Role.ADMIN),
    "primary owner": ("UPRIMARY", {"is_primary_owner": True}, Role.ADMIN),
    "operator": ("UOPERATOR", {}, Role.OPERATOR),
}
ROLES: dict[str, tuple[str, Role]] = {
    **{name: (user, Role.ANYONE) for name, (user, _) in _NOBODY.items()},
    **{name: (user, role) for name, (user, _, role) in _SOMEBODY.items()},
}
"""By name: their id, and what they may be."""
FEW = ("member", "guest in several channels", "somebody of another organisation", "named person", "owner", "operator")
"""One of each role and the outsiders that matter most: for every day."""


def settle_in(town: SlackTown) -> None:
    """Let all of them live in the town. Outsiders are named as moderators too, which must not help them."""
    about = [each[:2] for each in (*_NOBODY.values(), *_SOMEBODY.values())]
    town.slack.users |= {user: {"team_id": TEAM, "name": user, **facts} if facts is not None else {}
                         for user, facts in about}  # fmt: skip
    outside = [user for user, _ in _NOBODY.values() if user != ANN]
    town.slack.groups = {"S1": ["UGROUPED", *outside]}
    for who in ("slack:group:S1", f"{SPACE}:UNAMED", *(f"{SPACE}:{user}" for user in outside)):
        town.app.store.communities.name_moderator(SPACE, who)
    town.app.factbot._operators = frozenset({f"{SPACE}:UOPERATOR"})
