"""Forms on Slack: modals with errors at their fields, nothing typed lost, completion, files in and out."""

import json
from collections import deque
from typing import Any

import pytest
import slack_events as events
from block_kit import buttons, faults, inputs, words
from slack_loopback import ADMIN, ANN, TEAM
from slack_town import SlackTown

from adapters.on_slack import modals
from adapters.on_slack.notices import tell

pytestmark = pytest.mark.asyncio
POND = {
    "text": "The pond in the park is 4 m deep",
    "claimant": "Ann Lee",
    "status": "refuted",
    "note": "It is 2 m deep.",
}


async def test_add_opens_one_modal_with_all_inputs(town: SlackTown) -> None:
    view = await town.opened("/fact", "add")
    made = inputs(view)
    assert {"text", "claimant", "status", "source", "tags"} <= set(made)
    assert made["text"]["multiline"] is True
    assert made["claimant"]["type"] == "external_select"
    assert made["status"]["type"] == "static_select"


async def test_what_is_filled_in_is_saved_and_said_in_the_modal(town: SlackTown) -> None:
    done = await town.fill(await town.opened("/fact", "add"), POND)
    assert done["response_action"] == "update"
    assert not faults(done["view"])
    assert "Ann Lee" in words(done["view"])
    assert "✘ refuted" in words(await town.ask("is the pond in the park 4 m deep?"))


async def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(town: SlackTown) -> None:
    view = await town.opened("/fact", "add")
    wrong = await town.fill(view, {**POND, "said_on": "yesterday", "source": "http://example.org"})
    assert wrong["response_action"] == "errors"
    assert set(wrong["errors"]) == {"said_on", "source"}
    done = await town.fill(view, {**POND, "said_on": "2024-05", "source": "https://example.org/pond"})
    assert done["response_action"] == "update"
    [claim] = [claim for claim in town.app.store.claims([f"slack:{TEAM}"]) if "pond" in claim.text]
    assert (claim.said_on, claim.sources[0].url) == ("2024-05", "https://example.org/pond")


async def test_a_lookalike_is_shown_with_what_can_be_done_and_can_be_saved_anyway(town: SlackTown) -> None:
    await town.fill(await town.opened("/fact", "add"), POND)
    same = {**POND, "text": "The pond in the park is 4 metres deep", "claimant": "Bob Ray"}
    doubt = (await town.fill(await town.opened("/fact", "add"), same))["view"]
    anyway = next(button for name, button in buttons(doubt).items() if "anyway" in name.lower())
    town.slack.views["V99"] = {**doubt, "id": "V99", "type": "modal"}
    await town.send(events.press(anyway, "", user=ADMIN, view=town.slack.views["V99"]))
    assert "Bob Ray" in words(town.slack.views["V99"])
    assert len([claim for claim in town.app.store.claims([f"slack:{TEAM}"]) if "pond" in claim.text]) == 2


async def test_edit_opens_filled_with_what_is_on_record(town: SlackTown) -> None:
    await town.fill(await town.opened("/fact", "add"), POND)
    [claim] = town.app.store.claims([f"slack:{TEAM}"])
    view = await town.opened("/fact", f"edit {claim.id}")
    assert inputs(view)["text"]["initial_value"] == POND["text"]
    assert inputs(view)["status"]["initial_option"]["value"] == "refuted"
    await town.fill(view, {"text": "The pond in the park is 5 m deep"})
    assert town.app.store.get(claim.id, [f"slack:{TEAM}"]).text == "The pond in the park is 5 m deep"


async def test_an_edit_of_what_somebody_else_has_changed_shows_the_others_change(town: SlackTown) -> None:
    await town.fill(await town.opened("/fact", "add"), POND)
    [claim] = town.app.store.claims([f"slack:{TEAM}"])
    mine, theirs = [await town.opened("/fact", f"edit {claim.id}") for _ in range(2)]
    await town.fill(theirs, {"text": "The pond in the park is 5 m deep"})
    refused = await town.fill(mine, {"text": "The pond in the park is 6 m deep"})
    assert "5 m" in str(refused)
    assert town.app.store.get(claim.id, [f"slack:{TEAM}"]).text == "The pond in the park is 5 m deep"


async def test_a_modal_that_was_sent_twice_changes_once(town: SlackTown) -> None:
    body = events.submission(await town.opened("/fact", "add"), POND, user=ADMIN)
    for _ in range(2):
        await town.send(body)
    assert len(town.app.store.claims([f"slack:{TEAM}"])) == 1


async def test_who_is_no_moderator_any_more_is_refused_and_keeps_what_they_typed(town: SlackTown) -> None:
    view = await town.opened("/fact", "add")
    refused = await town.fill(view, POND, user=ANN)
    assert refused["response_action"] == "errors"
    assert "for moderators" in str(refused["errors"])
    assert not town.app.store.claims([f"slack:{TEAM}"])


async def test_a_modal_that_comes_too_late_is_shown_as_text_with_a_button(town: SlackTown) -> None:
    town.slack.refusals["views.open"] = "expired_trigger_id"
    answer = await town.command("/fact", "add", ADMIN)
    again = buttons(answer)["Open the form"]
    del town.slack.refusals["views.open"]
    await town.send(events.press(again, town.hook, user=ADMIN))
    assert "text" in inputs(list(town.slack.views.values())[-1])


async def test_when_the_core_takes_long_the_modal_says_so_and_then_shows_the_result(
    town: SlackTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modals, "_PATIENCE", 0.0)
    view = await town.opened("/fact", "add")
    waits = await town.fill(view, POND)
    assert "longer" in words(waits["view"])
    assert "Ann Lee" in words(town.slack.views[view["id"]])


async def test_claims_and_claimants_are_completed_and_a_claimant_may_be_new(town: SlackTown) -> None:
    view = await town.opened("/fact", "add")
    answer = json.loads((await town.send(events.suggestion(view, "claimant", "wood", user=ADMIN))).body)
    found = [option["value"] for option in answer["options"]]
    assert found[0] == "wood"
    assert "Robert Wood" in found
    answer = json.loads((await town.send(events.suggestion(view, "claimant", "wood", user=ANN))).body)
    assert [option["value"] for option in answer["options"]] == ["wood"]


async def suggested(town: SlackTown) -> dict[str, dict[str, Any]]:
    """Let somebody suggest a claim; return the buttons of its card in the queue."""
    view = await town.opened("/fact", "suggest", ANN)
    assert (await town.fill(view, {"text": POND["text"], "kind": "claim"}, user=ANN))["response_action"] == "update"
    queue = await town.command("/fact", "queue", ADMIN)
    assert POND["text"] in words(queue)
    return buttons(queue if "Accept" in str(queue) else await pressed(town, named(buttons(queue), "Look at")))


async def pressed(town: SlackTown, button: dict[str, Any]) -> dict[str, Any]:
    """Press a button of a private message; return what takes its place, or the modal that opens."""
    hooks = len(town.slack.hooks)
    await town.send(events.press(button, town.hook, user=ADMIN))
    return town.slack.hooks[-1] if len(town.slack.hooks) > hooks else list(town.slack.views.values())[-1]


def named(shown: dict[str, dict[str, Any]], word: str) -> dict[str, Any]:
    return next(button for name, button in shown.items() if word in name)


async def told(town: SlackTown) -> str:
    """Deliver what is to be told; return what people are told."""
    for notice in town.app.conversations.notices(f"slack:{TEAM}:"):
        assert await tell(town.at, notice)
    return "\n".join(words(each) for each in town.slack.posted)


async def test_a_suggestion_can_be_accepted_from_its_card_and_the_person_is_told(town: SlackTown) -> None:
    done = await pressed(town, named(await suggested(town), "Accept"))
    if "private_metadata" in done:
        await town.fill(done, {})
    assert [claim.text for claim in town.app.store.claims([f"slack:{TEAM}"])] == [POND["text"]]
    assert "accepted" in await told(town)


async def test_a_suggestion_can_be_declined_with_a_reason(town: SlackTown) -> None:
    view = await pressed(town, named(await suggested(town), "Decline"))
    await town.fill(view, {"why": "We measured it"})
    assert "We measured it" in await told(town)
    assert not town.app.store.claims([f"slack:{TEAM}"])


async def test_history_and_undo_work_by_buttons(town: SlackTown) -> None:
    await town.fill(await town.opened("/fact", "add"), POND)
    [claim] = town.app.store.claims([f"slack:{TEAM}"])
    history = await town.command("/fact", f"history {claim.id}", ADMIN)
    done = await pressed(town, named(buttons(history), "Undo"))
    for name, button in buttons(done).items():
        if "anyway" in name.lower() or "yes" in name.lower():
            done = await pressed(town, button)
    assert not town.app.store.claims([f"slack:{TEAM}"]), words(done)


async def test_a_slow_server_is_not_waited_for(town: SlackTown) -> None:
    town.slack.stumbles["views.open"] = deque([(500, False)])
    answer = await town.command("/fact", "add", ADMIN)
    assert "Open the form" in buttons(answer)
