"""What becomes of a message that somebody has had checked from its thread: the answer below follows it."""

import pytest
import slack_events as events
from block_kit import words
from slack_loopback import BOT, CHANNEL
from slack_town import SlackTown

from adapters.on_slack.listening import bolt_app

pytestmark = pytest.mark.asyncio
SAID = "Russia fired North Korean missiles on at least nine occasions."
OTHER = "The Eiffel tower is tall."
ABOVE = events.message(SAID, ts="1700000001.000001", user="UBEN")


async def checked(town: SlackTown, asked: str = "is this true?", **more: str) -> events.Body:
    """Have the message checked from its thread; return the answer."""
    if ABOVE not in town.slack.messages[CHANNEL]:
        town.slack.messages[CHANNEL].append(dict(ABOVE))
    return await town.ask(asked, thread_ts=ABOVE["ts"], **more)


async def edited(town: SlackTown, text: str) -> None:
    above = town.slack.messages[CHANNEL][0]
    before, above["text"] = dict(above), text
    await town.send(events.event(events.changed(before, text)))


async def deleted(town: SlackTown) -> None:
    """Delete the message as Slack does where there is a thread: a stone stays in its place."""
    town.slack.messages[CHANNEL][0] |= {
        "text": "This message was deleted.",
        "subtype": "tombstone",
        "user": "USLACKBOT",
    }
    gone = events.changed(ABOVE, "")
    await town.send(events.event(gone | {"message": town.slack.messages[CHANNEL][0]}))


async def test_when_the_message_above_is_edited_the_answer_follows(town: SlackTown) -> None:
    first = dict(await checked(town))
    assert "Robert Wood" in words(first)
    await edited(town, OTHER)
    [answer] = town.slack.posted
    assert "Nothing on record" in words(answer)
    assert answer["ts"] == first["ts"]
    await edited(town, SAID)
    assert "Robert Wood" in words(town.slack.posted[0])


async def test_everybody_who_had_it_checked_gets_the_new_answer(town: SlackTown) -> None:
    await checked(town)
    await checked(town, "", user="UBEN")
    await edited(town, OTHER)
    assert ["Nothing on record" in words(each) for each in town.slack.posted] == [True, True]


async def test_when_the_message_above_is_deleted_the_answer_goes_too(town: SlackTown) -> None:
    await checked(town)
    await deleted(town)
    assert not town.slack.posted


async def test_a_deleted_message_is_not_checked(town: SlackTown) -> None:
    town.slack.messages[CHANNEL].append(dict(ABOVE))
    await deleted(town)
    assert "has been deleted" in words(await town.ask("is this true?", thread_ts=ABOVE["ts"]))


async def test_an_answer_in_the_thread_to_a_question_of_its_own_stays(town: SlackTown) -> None:
    await checked(town)
    await checked(town, "what did kirby say?")
    own = words(town.slack.posted[1])
    await edited(town, OTHER)
    assert words(town.slack.posted[1]) == own
    await deleted(town)
    assert [words(each) for each in town.slack.posted] == [own]


async def test_no_thread_is_read_for_an_edit_of_what_nobody_had_checked(town: SlackTown) -> None:
    town.slack.messages[CHANNEL].append(dict(ABOVE))
    await edited(town, OTHER)
    assert not town.slack.calls


async def test_a_message_above_that_asks_the_bot_itself_is_answered_anew_as_well(town: SlackTown) -> None:
    above = {**ABOVE, "text": f"<@{BOT}> {SAID}"}
    town.slack.messages[CHANNEL].append(above)
    await town.send(events.event(above))
    await town.ask("is this true?", thread_ts=above["ts"])
    assert ["Robert Wood" in words(each) for each in town.slack.posted] == [True, True]
    before, above["text"] = dict(above), f"<@{BOT}> {OTHER}"
    await town.send(events.event(events.changed(before, above["text"])))
    assert ["Nothing on record" in words(each) for each in town.slack.posted] == [True, True]


async def test_after_a_restart_the_answer_still_follows(town: SlackTown) -> None:
    await checked(town)
    town.bolt = bolt_app(town.at)
    await edited(town, OTHER)
    assert "Nothing on record" in words(town.slack.posted[0])


async def test_when_the_thread_cannot_be_read_nothing_is_said_and_nothing_breaks(
    town: SlackTown, caplog: pytest.LogCaptureFixture
) -> None:
    await checked(town)
    town.slack.refusals["conversations.replies"] = "not_in_channel"
    await edited(town, OTHER)
    assert "Robert Wood" in words(town.slack.posted[0])
    assert "incident" not in caplog.text
