"""Who moderates on Slack: looked up, believed for a minute, and no when Slack cannot be asked."""

import asyncio
from collections import deque

import pytest
from slack_loopback import ADMIN, ANN, GUEST, STRANGER, TEAM
from slack_town import SlackTown

from adapters.on_slack import people as module
from adapters.on_slack.people import People
from bot.verb import Role

pytestmark = pytest.mark.asyncio


async def role(town: SlackTown, user: str) -> Role:
    request = await town.at.request(user, "fact status", {})
    return town.app.factbot.role_of(request)


@pytest.mark.parametrize(
    ("user", "expected"),
    [(ANN, Role.ANYONE), (ADMIN, Role.ADMIN), ("UOWNER", Role.ADMIN), (GUEST, Role.ANYONE), (STRANGER, Role.ANYONE)],
)
async def test_admins_and_owners_moderate_guests_and_strangers_never(
    town: SlackTown, user: str, expected: Role
) -> None:
    assert await role(town, user) is expected


async def test_people_and_user_groups_that_are_named_moderate(town: SlackTown) -> None:
    town.slack.groups = {"S1": ["UBEN", GUEST]}
    town.app.store.communities.name_moderator(f"slack:{TEAM}", "slack:group:S1")
    town.app.store.communities.name_moderator(f"slack:{TEAM}", f"slack:{TEAM}:{ANN}")
    roles = [await role(town, user) for user in ("UBEN", ANN, GUEST, "UCARL")]
    assert roles == [Role.MODERATOR, Role.MODERATOR, Role.ANYONE, Role.ANYONE]


@pytest.mark.parametrize("method", ["users.info", "usergroups.users.list"])
async def test_when_slack_cannot_be_asked_nobody_moderates(town: SlackTown, method: str) -> None:
    town.slack.groups = {"S1": ["UBEN"]}
    town.app.store.communities.name_moderator(f"slack:{TEAM}", "slack:group:S1")
    town.slack.refusals[method] = "fatal_error"
    assert await role(town, "UBEN") is Role.ANYONE


async def test_when_slack_is_silent_nobody_moderates(town: SlackTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    town.slack.stumbles["users.info"] = deque([(0, False)])
    assert await role(town, ADMIN) is Role.ANYONE


async def test_what_slack_said_is_believed_for_a_minute(town: SlackTown) -> None:
    now = [0.0]
    people = People(town.at.client, TEAM, clock=lambda: now[0])
    assert (await people.actor(ADMIN)).administers
    town.slack.users[ADMIN]["is_admin"] = False
    now[0] = 59
    assert (await people.actor(ADMIN)).administers
    now[0] = 61
    assert not (await people.actor(ADMIN)).administers
    assert len(town.slack.called("users.info")) == 2


async def test_what_is_too_old_is_not_believed_when_slack_cannot_be_asked(town: SlackTown) -> None:
    now = [0.0]
    people = People(town.at.client, TEAM, clock=lambda: now[0])
    assert (await people.actor(ADMIN)).administers
    town.slack.refusals["users.info"] = "fatal_error"
    now[0] = 61
    assert not (await people.actor(ADMIN)).administers


async def test_somebody_of_an_organisation_belongs_where_they_are_a_member(town: SlackTown) -> None:
    town.slack.users["UORG"] = {"team_id": "T9", "enterprise_user": {"teams": [TEAM]}, "is_admin": True}
    town.slack.users["UFAR"] = {"team_id": "T9", "enterprise_user": {"teams": ["T9"]}, "is_admin": True}
    assert (await town.at.people.actor("UORG")).belongs
    assert not (await town.at.people.actor("UFAR")).belongs


async def test_a_question_waits_for_no_user_group(town: SlackTown) -> None:
    town.app.store.communities.name_moderator(f"slack:{TEAM}", "slack:group:S1")
    await town.ask("what did kirby say?")
    assert not town.slack.called("usergroups.users.list")
    await asyncio.sleep(0)
