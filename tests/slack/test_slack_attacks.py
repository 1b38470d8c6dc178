"""What somebody tries who means harm: another community's ids, forms and buttons that were tampered with, pings."""

import json
from collections.abc import Callable

import pytest
import slack_events as events
from block_kit import buttons
from slack_loopback import ADMIN, ANN, CHANNEL, TEAM
from slack_town import SlackTown
from test_slack_matrix import shown

from adapters.on_slack.forms import FORM
from bot.model import Claim
from bot.store import Change, Trace

pytestmark = pytest.mark.asyncio
THEIRS = "slack:T2"
XANTHIPPE = "Xanthippe"
PINGS = "<!channel> <!here|x> <@U1> <#C1|x> <!subteam^S1> <https://evil.org|https://bank.org> @everyone &lt;!here&gt;"


@pytest.fixture
def theirs(town: SlackTown) -> Claim:
    """A claim of another workspace in the same database."""
    claim = Claim(text=f"{XANTHIPPE} owns the quarry", claimant=XANTHIPPE, space=THEIRS)
    town.app.store.save_many([Change(None, claim)], Trace("slack:T2:U9", "slack", name="Ann"))
    return claim


def modal(metadata: str, values: events.Body | None = None) -> events.Body:
    view = {"id": "V1", "type": "modal", "callback_id": FORM, "blocks": [], "private_metadata": metadata}
    sent = events.submission(view, {}, user=ADMIN)
    sent["view"]["state"] = {"values": {name: {name: {"value": value}} for name, value in (values or {}).items()}}
    return sent


def button(value: str) -> Callable[[SlackTown], events.Body]:
    return lambda town: events.press({"action_id": "press:0", "value": value, "block_id": "0:"}, town.hook, user=ADMIN)


ATTEMPTS: dict[str, Callable[[SlackTown, str], events.Body]] = {
    "show": lambda town, claim: button(f"!fact+show?claim={claim}")(town),
    "sources": lambda town, claim: button(f"!sources?claim={claim}")(town),
    "remove": lambda town, claim: button(f"!fact+remove?claim={claim}&sure=yes")(town),
    "remove there": lambda town, claim: button(f"!fact+remove?claim={claim}&sure=yes&space=slack:T2")(town),
    "edit by a modal": lambda town, claim: modal(f"!fact+edit?claim={claim}&space=slack:T2", {"text": "Mine"}),
    "add by a modal": lambda town, claim: modal("!fact+add?space=slack:T2&sure=yes", {"text": "x", "claimant": "y"}),
    "history": lambda town, claim: events.command("/fact", f"history claim={claim} space=slack:T2", "", user=ADMIN),
    "export": lambda town, claim: events.command("/fact", "export space=slack:T2", town.hook, user=ADMIN),
    "search": lambda town, claim: events.command("/fact", f"search {XANTHIPPE}", town.hook, user=ADMIN),
    "question": lambda town, claim: events.event(events.mention(f"does {XANTHIPPE.lower()} own the quarry?", ts="1.0")),
    "menu": lambda town, claim: events.suggestion({"private_metadata": "!fact+edit"}, "claim", claim[:4], user=ADMIN),
    "menu there": lambda town, claim: events.suggestion(
        {"private_metadata": "!fact+edit?space=slack:T2"}, "claimant", XANTHIPPE[:5], user=ADMIN
    ),
    "another team": lambda town, claim: {**button(f"!fact+show?claim={claim}")(town), "team": {"id": "T2"}},
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_another_workspaces_claims_are_out_of_reach(town: SlackTown, theirs: Claim, attempt: str) -> None:
    said = await shown(town, ATTEMPTS[attempt](town, theirs.id))
    assert XANTHIPPE not in said.replace(f"“{XANTHIPPE}”", "")
    assert not town.slack.uploads
    assert [claim.text for claim in town.app.store.claims([THEIRS])] == [theirs.text]
    assert len(town.app.store.history(theirs.id)) == 1


@pytest.mark.parametrize("attempt", ["show", "search", "question", "menu"])
async def test_in_the_same_way_ones_own_are_found(town: SlackTown, attempt: str) -> None:
    own = Claim(text=f"{XANTHIPPE} owns the quarry", claimant=XANTHIPPE, space=f"slack:{TEAM}")
    town.app.store.save_many([Change(None, own)], Trace("slack:T1:U9", "slack", name="Ann"))
    assert f"{XANTHIPPE} owns" in (await shown(town, ATTEMPTS[attempt](town, own.id))).replace("“", "")


async def test_a_shared_answer_pings_nobody_whatever_was_asked_and_whoever_shares_it(town: SlackTown) -> None:
    town.slack.users[ANN] = {"team_id": TEAM, "profile": {"display_name": f"Ann {PINGS}"}}
    private = await town.command("/factcheck", PINGS)
    await town.send(events.press(buttons(private)["Share to channel"], town.hook))
    shared = json.dumps(town.slack.hooks[-2])
    assert not [mark for mark in ("<!", "<@", "<#", "<https://evil") if mark in shared]


async def test_a_suggestion_full_of_marks_pings_no_moderator(town: SlackTown) -> None:
    view = await town.opened("/fact", "suggest", ANN)
    await town.fill(view, {"text": f"The pond is deep {PINGS}", "kind": "claim"}, ANN)
    for said in (await town.command("/fact", "queue", ADMIN), town.slack.views):
        assert not [mark for mark in ("<!", "<@", "<#") if f'"text": "{mark}' in json.dumps(said)]


@pytest.mark.parametrize("size", [40_000, 900_000])
async def test_a_giant_message_is_answered_once_within_all_limits(town: SlackTown, size: int) -> None:
    text = ("did russia fire missiles? " * (size // 26))[:size]
    await town.send(events.event(events.mention(text, ts="1.0", channel=CHANNEL)))
    assert len(town.slack.posted) == 1


@pytest.mark.parametrize("metadata", ["", "!", "!zap", "!fact+add?" + "x=1&" * 700, "!fact+zap?claim=1", "\x00", "{}"])
async def test_a_form_that_is_not_ours_is_refused(town: SlackTown, metadata: str) -> None:
    answer = await town.send(modal(metadata, {"text": "x", "claimant": "y"}))
    assert "did not work" in answer.body
    assert not town.app.store.recent([f"slack:{TEAM}"], limit=1)
    answer = await town.send(events.suggestion({"private_metadata": metadata}, "claim", "wood", user=ADMIN))
    assert json.loads(answer.body) == {"options": []}
