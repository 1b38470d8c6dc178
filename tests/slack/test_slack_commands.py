"""Commands, buttons, the shortcut and the Home tab on Slack: private answers that work after a restart."""

import pytest
import slack_events as events
from block_kit import buttons, words
from slack_loopback import ADMIN, ANN, BOT, CHANNEL, GUEST, TEAM, TOKEN
from slack_town import SlackTown

from adapters.on_slack.listening import bolt_app
from adapters.on_slack.workspace import Workspace

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"
LONG = ASKED + " " + "Тише едешь, дальше будешь. " * 100


async def test_a_question_behind_the_command_is_answered_to_the_asker_alone(town: SlackTown) -> None:
    answer = await town.command("/factcheck", ASKED)
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False
    assert "Robert Wood" in words(answer)
    assert ASKED in words(answer)
    assert not town.slack.posted


async def test_the_command_without_a_question_gives_help_that_tells_of_threads(town: SlackTown) -> None:
    answer = words(await town.command("/factcheck"))
    assert "/factcheck <question>" in answer
    assert "Slack has no slash commands there: mention me instead" in answer


@pytest.mark.parametrize("question", [ASKED, LONG])
async def test_a_private_answer_can_be_shared_to_the_channel(town: SlackTown, question: str) -> None:
    answer = await town.command("/factcheck", question)
    share = buttons(answer)["Share to channel"]
    await town.send(events.press(share, town.hook))
    shared, gone = town.slack.hooks[-2:]
    assert shared["response_type"] == "in_channel"
    assert "Robert Wood" in words(shared)
    assert "Shared by Ann." in words(shared)
    assert "Remove" in buttons(shared)
    assert gone == {"delete_original": True}


async def test_a_button_under_a_long_question_reads_the_question_where_it_was_asked(town: SlackTown) -> None:
    answer = await town.ask(LONG)
    why = buttons(answer)["Why this answer?"]
    assert why["value"].endswith("question=~")
    await town.send(events.press(why, town.hook, shown=answer))
    assert "nine" in words(town.slack.hooks[-1])
    assert "did not work" not in words(town.slack.hooks[-1])


async def test_nobody_can_share_what_somebody_else_asked_at_length(town: SlackTown) -> None:
    share = buttons(await town.command("/factcheck", LONG))["Share to channel"]
    await town.send(events.press(share, town.hook, user="UBEN"))
    assert "expired" in words(town.slack.hooks[-1])


async def test_somebody_elses_message_can_be_checked(town: SlackTown) -> None:
    said = events.message(ASKED, ts="1700000001.000001", user="UBEN")
    await town.send(events.shortcut(said, town.hook))
    assert "Robert Wood" in words(town.slack.hooks[-1])
    await town.send(events.shortcut({**said, "text": "", "files": [{}]}, town.hook))
    assert "no text" in words(town.slack.hooks[-1])


async def test_a_mistyped_command_is_told_what_was_meant(town: SlackTown) -> None:
    assert "Did you mean /fact search?" in words(await town.command("/fact", "serch missiles"))


async def test_a_choice_works_after_a_restart(town: SlackTown) -> None:
    answer = await town.ask("what did the us say?")
    choice = buttons(answer)["Show 1"]
    after = Workspace(TEAM, BOT, "B1", town.at.reach.client(TOKEN), town.at.reach, town.app, town.at.core)
    town.bolt = bolt_app(after)
    await town.send(events.press(choice, town.hook, shown=answer))
    assert "Status" in words(town.slack.hooks[-1])
    assert town.slack.hooks[-1]["response_type"] == "ephemeral"
    await town.send(events.press(buttons(answer)["None of these"], town.hook, shown=answer))
    assert "Nothing on record" in words(town.slack.hooks[-1])


async def test_a_press_in_a_private_answer_takes_its_place(town: SlackTown) -> None:
    answer = await town.command("/factcheck", "what did the us say?")
    await town.send(events.press(buttons(answer)["Show 1"], town.hook))
    assert town.slack.hooks[-1]["replace_original"] is True


@pytest.mark.parametrize(
    "value", ["", "!", "!?", "nonsense", "!fact+show?claim=%ff", "!fact+zap?x=1", "!" + "a" * 1_990]
)
async def test_a_value_that_is_not_ours_is_refused(town: SlackTown, value: str) -> None:
    made = {"action_id": "press:0", "value": value, "block_id": "0:"}
    await town.send(events.press(made, town.hook))
    assert "did not work" in words(town.slack.hooks[-1])


async def test_the_same_press_twice_changes_once(town: SlackTown) -> None:
    added = await town.command("/fact", 'add text="The pond in the park is 4 m deep" claimant="Ann Lee" --sure', ADMIN)
    number = claim_id(town)
    body = events.press(
        {"action_id": "press:0", "value": f"!fact+remove?claim={number}&sure=yes"}, town.hook, user=ADMIN
    )
    for _ in range(2):
        await town.send(body)
    changes = [each.verb for each in town.app.store.history(number)]
    assert changes.count("remove") == 1, words(added)


def claim_id(town: SlackTown) -> str:
    return next(claim.id for claim in town.app.store.claims([f"slack:{TEAM}"]) if "pond" in claim.text)


async def test_what_a_moderator_adds_is_in_the_next_answer_here_and_for_no_guest(town: SlackTown) -> None:
    await town.command("/fact", 'add text="The pond in the park is 4 m deep" claimant="Ann Lee" --sure', ADMIN)
    assert "Ann Lee" in words(await town.ask("is the pond in the park 4 m deep?"))
    assert "Ann Lee" not in words(await town.ask("is the pond in the park 4 m deep?", user=GUEST))


async def test_what_is_stored_pings_nobody(town: SlackTown) -> None:
    claim = 'text="The pond is <!channel> *deep* &lt;@U1&gt; :fire:" claimant="&lt;!here&gt; Lee"'
    await town.command("/fact", f"add {claim} --sure", ADMIN)
    answer = await town.command("/fact", f"show {claim_id(town)}")
    assert "Lee" in words(answer)
    assert "<!" not in str(answer)
    assert "<@" not in str(answer)


async def test_nobody_else_can_change_anything(town: SlackTown) -> None:
    for user in (ANN, GUEST, "USTR"):
        answer = words(await town.command("/fact", "add text=x claimant=y --sure", user))
        assert "for moderators" in answer


async def test_settings_know_channels_and_moderators_people(town: SlackTown) -> None:
    wanted = town.app.factbot.handle
    seen = []
    town.at.core._handle = lambda request: (seen.append(request), wanted(request))[1]
    await town.command("/fact", "settings quiet <#C7|news> here", ADMIN)
    await town.command("/fact", "moderators <@U7|ann> name", ADMIN)
    await town.command("/fact", "moderators <!subteam^S7|@desk> name", ADMIN)
    assert seen[0].arguments["value"] == f"slack:{TEAM}:channel:C7 slack:{TEAM}:channel:{CHANNEL}"
    assert [each.arguments["who"] for each in seen[1:]] == [f"slack:{TEAM}:U7", "slack:group:S7"]


async def test_a_fault_of_ours_is_shown_with_its_number(town: SlackTown) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("secret words")

    town.at.reply = broken  # type: ignore[method-assign, assignment]
    answer = words(await town.command("/fact", "search missiles"))
    assert "incident" in answer
    assert "secret" not in answer
