"""Every surface for every kind of person: whoever may ask is answered, and only moderators change anything."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
import slack_events as events
from block_kit import words
from slack_loopback import ADMIN, ANN, CHANNEL, GUEST, STRANGER, TEAM
from slack_town import SlackTown

from adapters.chat.cooldown import Cooldown
from adapters.on_slack.notices import tell
from bot.records import Notice

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"
SPACE = f"slack:{TEAM}"
Surface = Callable[[SlackTown, str], Awaitable[bool]]
"""Lets somebody use a surface; says whether they got what it is for."""

ROLES = {
    "member": (ANN, False),
    "guest": (GUEST, False),
    "somebody of another organisation": (STRANGER, False),
    "somebody whom Slack does not know": ("UGONE", False),
    "bot user": ("UOTHERBOT", False),
    "named person": ("UNAMED", True),
    "member of a named group": ("UGROUPED", True),
    "admin": (ADMIN, True),
    "owner": ("UOWNER", True),
}
"""Who they are, and whether they moderate."""


async def mention(town: SlackTown, user: str) -> bool:
    return "Robert Wood" in words(await town.ask(ASKED, user=user))


async def mention_under_a_message(town: SlackTown, user: str) -> bool:
    above = events.message(ASKED, ts=town.slack.new_ts(), user="UBEN")
    town.slack.messages[CHANNEL].append(above)
    return "Robert Wood" in words(await town.ask("is this true?", user=user, thread_ts=above["ts"]))


async def direct_message(town: SlackTown, user: str) -> bool:
    await town.send(events.event(events.direct(ASKED, ts=town.slack.new_ts(), user=user)))
    return "Robert Wood" in words(town.slack.posted[-1])


async def factcheck(town: SlackTown, user: str) -> bool:
    return "Robert Wood" in words(await town.command("/factcheck", ASKED, user))


async def check_this_message(town: SlackTown, user: str) -> bool:
    await town.send(events.shortcut(events.message(ASKED, ts="1.0"), town.hook, user=user))
    return "Robert Wood" in words(town.slack.hooks[-1])


async def press_of_a_choice(town: SlackTown, user: str) -> bool:
    made = {"action_id": "press:0", "value": "!fact+search?text=missiles", "block_id": "0:"}
    await town.send(events.press(made, town.hook, user=user))
    return "on record for" in words(town.slack.hooks[-1])


async def home_tab(town: SlackTown, user: str) -> bool:
    await town.send(events.event({"type": "app_home_opened", "user": user, "tab": "home"}))
    return "Your suggestions" in words(town.slack.views[f"home:{user}"])


async def queue_in_the_home_tab(town: SlackTown, user: str) -> bool:
    await home_tab(town, user)
    return len(town.slack.views[f"home:{user}"]["blocks"]) > 4


async def typed_change(town: SlackTown, user: str) -> bool:
    before = len(town.app.store.claims([SPACE]))
    await town.command("/fact", f'add text="The pond of {user} is deep" claimant="{user}" --sure', user)
    return len(town.app.store.claims([SPACE])) > before


async def typed_change_in_a_thread(town: SlackTown, user: str) -> bool:
    before = len(town.app.store.claims([SPACE]))
    text = f'/fact add text="The lake of {user} is wide" claimant="{user}" --sure'
    await town.send(events.event(events.mention(text, ts=town.slack.new_ts(), user=user, thread_ts="1.0")))
    return len(town.app.store.claims([SPACE])) > before


async def press_that_changes(town: SlackTown, user: str) -> bool:
    known = next(claim for claim in town.app.store.claims(["global"]))
    number = len(town.app.store.recent([SPACE], limit=500))
    value = f"!fact+alias?claim={known.id}&phrasing=in+the+words+of+{user}"
    await town.send(events.press({"action_id": "press:0", "value": value, "block_id": "0:"}, town.hook, user=user))
    return len(town.app.store.recent([SPACE], limit=500)) > number


async def modal_that_changes(town: SlackTown, user: str) -> bool:
    before = len(town.app.store.claims([SPACE]))
    view = await town.opened("/fact", "add", ADMIN)
    await town.send(events.submission(view, {"text": f"The well of {user} is dry", "claimant": user}, user=user))
    return len(town.app.store.claims([SPACE])) > before


async def completion_for_moderators(town: SlackTown, user: str) -> bool:
    view = {"private_metadata": "!fact+edit?x=1"}
    answer = await town.send(events.suggestion(view, "claim", "wood", user=user))
    return bool(json.loads(answer.body)["options"])


FOR_ALL: tuple[Surface, ...] = (
    mention, mention_under_a_message, direct_message, factcheck, check_this_message, press_of_a_choice, home_tab,
)  # fmt: skip
FOR_MODERATORS: tuple[Surface, ...] = (
    queue_in_the_home_tab, typed_change, typed_change_in_a_thread, press_that_changes, modal_that_changes,
    completion_for_moderators,
)  # fmt: skip


@pytest.mark.parametrize("surface", [*FOR_ALL, *FOR_MODERATORS], ids=lambda surface: surface.__name__)
async def test_a_surface_does_for_each_kind_of_person_what_they_may(town: SlackTown, surface: Surface) -> None:
    town.slack.users["UGONE"] = {}
    town.slack.users["UOTHERBOT"] = {"team_id": TEAM, "is_bot": True, "is_admin": True}
    town.slack.groups = {"S1": ["UGROUPED", GUEST, STRANGER]}
    for who in ("slack:group:S1", f"{SPACE}:UNAMED", f"{SPACE}:{GUEST}", f"{SPACE}:{STRANGER}"):
        town.app.store.communities.name_moderator(SPACE, who)
    for role, (user, moderates) in ROLES.items():
        town.at.cooldown = Cooldown()
        assert await surface(town, user) is (moderates or surface in FOR_ALL), role


async def test_a_notice_goes_to_the_person_or_the_channel_that_it_is_for(town: SlackTown) -> None:
    told = Notice(
        1, f"{SPACE}:{ANN}", SPACE, "Your suggestion <!here> was accepted", "Thank you.", "2024-01-01T00:00:00Z"
    )
    assert await tell(town.at, told)
    assert await tell(town.at, replace(told, to=f"{SPACE}:channel:C7"))
    assert [each["channel"] for each in town.slack.posted] == [ANN, "C7"]
    town.slack.refusals["chat.postMessage"] = "channel_not_found"
    assert await tell(town.at, told)
    town.slack.stumbles["chat.postMessage"].append((503, False))
    assert not await tell(town.at, told)
