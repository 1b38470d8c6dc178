"""Every surface for every kind of person: whoever may ask is answered, and only moderators change anything."""

import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace

import pytest
import slack_events as events
from block_kit import buttons, words
from slack_loopback import ADMIN, ANN, CHANNEL
from slack_roles import FEW, ROLES, SPACE, settle_in
from slack_town import SlackTown

from adapters.chat.cooldown import Cooldown
from adapters.on_slack.listening import Listeners
from adapters.on_slack.notices import tell
from bot.records import Notice
from bot.verb import Role

ASKED = "did russia fire north korean missiles on at least nine occasions?"
Surface = Callable[[SlackTown, str], Awaitable[bool]]
"""Lets somebody use a surface; says whether they got what it is for."""


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


async def import_by_a_file(town: SlackTown, user: str) -> bool:
    name = f"{user}.csv"
    town.slack.downloads[name] = f"text,claimant\nThe barn of {user} is red,{user}\n".encode()
    sent = [{"id": "F1", "name": name, "url_private_download": f"http://127.0.0.1:{town.slack.port}/files/{name}"}]
    before = len(town.app.store.claims([SPACE]))
    await town.fill(await town.opened("/fact", "import", ADMIN), {"file": sent}, user)
    return len(town.app.store.claims([SPACE])) > before


async def export(town: SlackTown, user: str) -> bool:
    before = len(town.slack.called("files.completeUploadExternal"))
    await town.command("/fact", "export", user)
    return len(town.slack.called("files.completeUploadExternal")) > before


async def suggestion(town: SlackTown, user: str) -> bool:
    view = await town.opened("/fact", "suggest", user)
    done = await town.fill(view, {"text": f"The mill of {user} is old", "kind": "claim"}, user)
    return done["response_action"] == "update"


async def share(town: SlackTown, user: str) -> bool:
    private = await town.command("/factcheck", ASKED, user)
    await town.send(events.press(buttons(private)["Share to channel"], town.hook, user=user))
    return "Robert Wood" in words(town.slack.hooks[-2]) and town.slack.hooks[-2]["response_type"] == "in_channel"


async def removal_of_ones_own(town: SlackTown, user: str) -> bool:
    return await removed(town, await town.ask(ASKED, user=user), user)


async def removal_of_somebody_elses(town: SlackTown, user: str) -> bool:
    return await removed(town, await town.ask(ASKED, user="UBEN", ts=town.slack.new_ts()), user)


async def removed(town: SlackTown, answer: events.Body, user: str) -> bool:
    town.at.cooldown = Cooldown()
    await town.send(events.press(buttons(answer)["Remove"], town.hook, user=user, shown=answer))
    return town.slack.hooks[-1] == {"delete_original": True}


FOR_ALL: dict[str, tuple[Surface, ...]] = {
    "heard": (mention, mention_under_a_message),
    "message": (direct_message,),
    "typed": (factcheck,),
    "shortcut": (check_this_message,),
    "pressed": (press_of_a_choice,),
    "shared": (share,),
    "removed": (removal_of_ones_own,),
    "home": (home_tab,),
}
"""Surfaces that everybody may use, by the listener that hears them."""
FOR_MEMBERS: dict[str, tuple[Surface, ...]] = {"sent": (suggestion,)}
"""Who does not belong can ask; there is no community to which they could suggest something."""
FOR_MODERATORS: dict[str, tuple[Surface, ...]] = {
    "heard": (typed_change_in_a_thread,),
    "typed": (typed_change, export),
    "pressed": (press_that_changes,),
    "removed": (removal_of_somebody_elses,),
    "sent": (modal_that_changes, import_by_a_file),
    "completed": (completion_for_moderators,),
    "home": (queue_in_the_home_tab,),
}
NO_SURFACE = {"failed", "uninstalled", "revoked"}
"""What Bolt or Slack says, and no person."""
TABLES = (FOR_ALL, FOR_MEMBERS, FOR_MODERATORS)
SURFACES = {surface: table for table in TABLES for surfaces in table.values() for surface in surfaces}


def test_every_listener_has_a_surface() -> None:
    heard = {name for name in vars(Listeners) if not name.startswith("_")} - NO_SURFACE
    assert set().union(*TABLES) == heard
    print(f"\n{len(SURFACES)} surfaces, {len(ROLES)} kinds of people")  # noqa: T201 - to be seen with -s


surfaces = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)


@pytest.mark.asyncio
@surfaces
async def test_a_surface_does_for_each_role_what_it_may(town: SlackTown, surface: Surface) -> None:
    await check_surface(town, surface, FEW)


@pytest.mark.slow
@pytest.mark.asyncio
@surfaces
async def test_a_surface_does_for_each_kind_of_person_what_they_may(town: SlackTown, surface: Surface) -> None:
    await check_surface(town, surface, ROLES)


async def check_surface(town: SlackTown, surface: Surface, names: Collection[str]) -> None:
    settle_in(town)
    for name in names:
        user, role = ROLES[name]
        town.at.cooldown = Cooldown()
        may = SURFACES[surface] is not FOR_MODERATORS or role >= Role.MODERATOR
        assert await surface(town, user) is may, name


@pytest.mark.asyncio
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
