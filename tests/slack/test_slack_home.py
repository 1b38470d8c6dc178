"""The Home tab: what the bot is, one's own suggestions, for moderators the queue; drawn anew when they change."""

from typing import Any

import pytest
import slack_events as events
from block_kit import buttons, words
from slack_loopback import ADMIN, ANN, TEAM
from slack_town import SlackTown

from adapters.on_slack.notices import tell

pytestmark = pytest.mark.asyncio
POND = "The pond in the park is 4 m deep"


async def opened(town: SlackTown, user: str) -> None:
    await town.send(events.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1"}))


def home(town: SlackTown, user: str) -> dict[str, Any]:
    return town.slack.views[f"home:{user}"]


async def suggest(town: SlackTown) -> None:
    view = await town.opened("/fact", "suggest", ANN)
    await town.fill(view, {"text": POND, "kind": "claim"}, ANN)


async def act(town: SlackTown, word: str) -> dict[str, Any]:
    """Press the button of the Home tab's queue with this word, then of the card that opens; return the last modal."""
    for wanted in ("Look at", word):
        shown = home(town, ADMIN) if wanted == "Look at" else list(town.slack.views.values())[-1]
        button = next(each for name, each in buttons(shown).items() if wanted in name)
        view = {**shown, "type": shown.get("type", "modal")}
        await town.send(events.press(button, "", user=ADMIN, view=view))
    return list(town.slack.views.values())[-1]


async def test_it_says_what_the_bot_is_and_shows_moderators_the_queue(town: SlackTown) -> None:
    for user in (ANN, ADMIN):
        await opened(town, user)
    assert "mention me" in words(home(town, ANN))
    assert "Your suggestions" in words(home(town, ANN))
    assert len(home(town, ADMIN)["blocks"]) > len(home(town, ANN)["blocks"])
    await town.send(events.event({"type": "app_home_opened", "user": ANN, "tab": "messages", "channel": "D1"}))
    assert len(town.slack.called("views.publish")) == 2


async def test_it_shows_a_suggestion_as_soon_as_it_is_made(town: SlackTown) -> None:
    await opened(town, ANN)
    assert POND not in words(home(town, ANN))
    await suggest(town)
    assert POND in words(home(town, ANN))


async def test_nobody_who_has_not_opened_it_is_sent_one(town: SlackTown) -> None:
    await suggest(town)
    assert not town.slack.called("views.publish")


@pytest.mark.parametrize(
    ("word", "became"), [("Accept", "accepted"), ("Edit", "accepted"), ("Decline", "declined"), ("Take", "taken")]
)
async def test_the_queue_is_drawn_anew_for_who_acts_on_it_and_for_who_suggested(
    town: SlackTown, word: str, became: str
) -> None:
    await suggest(town)
    for user in (ANN, ADMIN):
        await opened(town, user)
    assert POND in words(home(town, ADMIN))
    before = words(home(town, ADMIN))
    form = await act(town, word)
    if form.get("private_metadata"):
        await town.fill(form, {"why": "We measured it", "claimant": "Ann Lee"})
    assert words(home(town, ADMIN)) != before
    for notice in town.app.conversations.notices(f"slack:{TEAM}:"):
        assert await tell(town.at, notice)
    assert (became in words(home(town, ANN))) is (became != "taken")


async def test_a_home_tab_that_slack_refuses_holds_nothing_up(
    town: SlackTown, caplog: pytest.LogCaptureFixture
) -> None:
    await opened(town, ANN)
    town.slack.refusals["views.publish"] = "fatal_error"
    await suggest(town)
    assert "incident" not in caplog.text
    assert town.app.store.suggestions.waiting(f"slack:{TEAM}") == 1


async def test_a_press_in_the_home_tab_opens_a_modal(town: SlackTown) -> None:
    made = {"action_id": "press:0", "value": "!fact+search?text=missiles", "block_id": "0:"}
    await town.send(events.press(made, "", view={"type": "home", "id": "home:1"}))
    assert "on record for" in words(list(town.slack.views.values())[-1])
