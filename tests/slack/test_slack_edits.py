"""What becomes of a question is respected: edited, it is answered anew; deleted, its answer goes with it."""

from collections.abc import Callable

import pytest
import slack_events as events
from block_kit import words
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_loopback import ADMIN, ANN, BOT, CHANNEL
from slack_town import SlackTown

from adapters.chat.cooldown import Cooldown

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"
OTHER = "how tall is the eiffel tower?"
TS = "1700000001.000001"


def mention_in_the_channel(text: str) -> events.Body:
    return events.mention(text, ts=TS)


def mention_in_a_thread(text: str) -> events.Body:
    return events.mention(text, ts=TS, thread_ts="1699999999.000001")


def direct_message(text: str) -> events.Body:
    return events.direct(text, ts=TS)


def direct_message_in_a_thread(text: str) -> events.Body:
    return events.direct(text, ts=TS, thread_ts="1699999999.000001")


WAYS: list[Callable[[str], events.Body]] = [
    mention_in_the_channel, mention_in_a_thread, direct_message, direct_message_in_a_thread,
]  # fmt: skip
everywhere = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


def edit(said: events.Body, text: str) -> events.Body:
    """Return the event of an edit of a question to the bot into another one."""
    return events.event(events.changed(said, f"<@{BOT}> {text}"))


@everywhere
async def test_an_edited_question_changes_the_answer(town: SlackTown, way: Callable[[str], events.Body]) -> None:
    said = way(ASKED)
    await town.send(events.event(said))
    [first] = [dict(each) for each in town.slack.posted]
    await town.send(edit(said, OTHER))
    [answer] = town.slack.posted
    assert "Nothing on record" in words(answer)
    assert (answer["ts"], answer.get("thread_ts")) == (first["ts"], first.get("thread_ts"))


@everywhere
async def test_a_deleted_question_takes_its_answer_along(town: SlackTown, way: Callable[[str], events.Body]) -> None:
    said = way(ASKED)
    await town.send(events.event(said))
    await town.send(events.event(events.deleted(said)))
    assert not town.slack.posted


@everywhere
async def test_a_question_that_comes_after_its_deletion_is_not_answered(
    town: SlackTown, way: Callable[[str], events.Body]
) -> None:
    said = way(ASKED)
    await town.send(events.event(events.deleted(said)))
    await town.send(events.event(said))
    assert not town.slack.posted


@everywhere
async def test_an_edit_that_comes_before_its_question_wins(town: SlackTown, way: Callable[[str], events.Body]) -> None:
    said = way(OTHER)
    town.slack.messages[said["channel"]].append({**said, "text": f"<@{BOT}> {ASKED}"})
    await town.send(edit(said, ASKED))
    assert not town.slack.posted
    await town.send(events.event(said))
    assert "Robert Wood" in words(town.slack.posted[-1])


async def test_an_edit_in_the_pause_leaves_no_old_answer(town: SlackTown) -> None:
    said = mention_in_the_channel(ASKED)
    await town.send(events.event(said))
    while town.at.cooldown.take(ANN, CHANNEL) is None:
        pass
    await town.send(edit(said, OTHER))
    [answer] = town.slack.posted
    assert "Robert Wood" not in words(answer)
    assert "Your question has changed. One moment" in words(answer)
    town.at.cooldown = Cooldown()
    await town.send(edit(said, f"{ASKED} really?"))
    assert "Robert Wood" in words(town.slack.posted[0])


async def test_what_is_no_question_any_more_loses_its_answer(town: SlackTown) -> None:
    said = mention_in_the_channel(ASKED)
    await town.send(events.event(said))
    await town.send(events.event(events.changed(said, "never mind")))
    assert not town.slack.posted


async def test_edits_at_the_same_time_end_in_the_last_one(town: SlackTown) -> None:
    said = mention_in_the_channel(OTHER)
    town.slack.messages[CHANNEL].append(dict(said))
    await town.send(events.event(said))
    texts = [ASKED if number == 9 else f"{OTHER} {number}" for number in range(5, 10)]
    for text in texts:
        town.slack.messages[CHANNEL][0]["text"] = f"<@{BOT}> {text}"
        await town.bolt.async_dispatch(AsyncBoltRequest(body=edit(said, text), mode="socket_mode"))
    await town.settle()
    assert "Robert Wood" in words(town.slack.posted[0])


async def test_an_answer_that_was_removed_stays_removed(town: SlackTown, caplog: pytest.LogCaptureFixture) -> None:
    said = mention_in_the_channel(ASKED)
    await town.send(events.event(said))
    town.slack.refusals["chat.update"] = "message_not_found"
    await town.send(edit(said, OTHER))
    assert "incident" not in caplog.text


async def test_an_edit_is_no_way_to_give_a_command(town: SlackTown) -> None:
    said = events.mention(ASKED, ts="1700000001.000001", user=ADMIN)
    await town.send(events.event(said))
    edit = events.changed(said, f"<@{BOT}> /fact remove wood-nine-occasions --sure")
    await town.send(events.event(edit))
    assert not town.slack.posted
    assert not town.slack.called("chat.update")
    assert "Robert Wood" in words(await town.ask(ASKED))


async def test_a_preview_that_slack_adds_changes_nothing(town: SlackTown) -> None:
    said = events.mention(ASKED, ts="1700000001.000001")
    await town.send(events.event(said))
    await town.send(events.event(events.changed(said, said["text"])))
    assert not town.slack.called("chat.update")


async def test_an_old_edit_that_comes_late_does_not_win(town: SlackTown) -> None:
    said = events.mention("how tall is the eiffel tower?", ts="1700000001.000001")
    await town.send(events.event(said))
    town.slack.messages[CHANNEL].append({**said, "text": f"<@{BOT}> {ASKED}"})
    await town.send(events.event(events.changed(said, f"<@{BOT}> who shot jfk?")))
    assert "Robert Wood" in words(town.slack.posted[0])


async def test_a_deleted_question_with_a_thread_takes_its_answer_along(town: SlackTown) -> None:
    said = mention_in_the_channel(ASKED)
    await town.send(events.event(said))
    gone = events.changed(said, "This message was deleted.")
    gone["message"] = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": said["ts"]}
    await town.send(events.event(gone))
    assert not town.slack.posted


async def test_a_deletion_of_something_else_is_nothing(town: SlackTown) -> None:
    said = events.message("hello", ts="1700000001.000001")
    await town.send(events.event(events.deleted(said)))
    assert not town.slack.calls


async def test_an_answer_that_is_not_written_down_yet_is_changed_and_deleted_too(
    town: SlackTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.recorder._GATHERED", 1.0)
    asked = [events.mention(ASKED, ts=f"170000000{number}.000001") for number in range(4)]
    for count, said in enumerate(asked, start=1):
        await town.bolt.async_dispatch(AsyncBoltRequest(body=events.event(said), mode="socket_mode"))
        await town.slack.wait(lambda count=count: len(town.slack.posted) == count)
    await town.bolt.async_dispatch(AsyncBoltRequest(body=edit(asked[2], OTHER), mode="socket_mode"))
    await town.bolt.async_dispatch(AsyncBoltRequest(body=events.event(events.deleted(asked[3])), mode="socket_mode"))
    await town.settle()
    assert ["Robert Wood" in words(each) for each in town.slack.posted] == [True, True, False]
