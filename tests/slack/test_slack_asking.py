"""Questions on Slack: answered in place, once, to whoever asked, pinging nobody; manners."""

from collections import deque

import aiohttp
import pytest
import slack_events as events
from block_kit import buttons, words
from slack_loopback import ADMIN, BOT, CHANNEL, DIRECT, GUEST, TEAM
from slack_town import SlackTown

from bot.conversations import QUIET

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"


async def test_a_mention_is_answered_in_its_thread(town: SlackTown) -> None:
    answer = await town.ask(ASKED, ts="1700000001.000001")
    assert answer["thread_ts"] == "1700000001.000001"
    assert "Robert Wood" in words(answer)
    assert "Robert Wood" in answer["text"]
    assert answer["unfurl_links"] is False


async def test_a_direct_message_is_answered_in_place_without_a_mention(town: SlackTown) -> None:
    await town.send(events.event(events.direct(ASKED, ts="1700000001.000001")))
    [answer] = town.slack.posted
    assert answer["channel"] == DIRECT
    assert "thread_ts" not in answer
    assert "Robert Wood" in words(answer)


async def test_a_mention_under_a_message_checks_that_message(town: SlackTown) -> None:
    above = events.message(ASKED, ts="1700000001.000001", user="UBEN")
    town.slack.messages[CHANNEL].append(above)
    answer = await town.ask("is this true?", thread_ts=above["ts"])
    assert answer["thread_ts"] == above["ts"]
    assert "Robert Wood" in words(answer)


async def test_a_message_that_cannot_be_read_is_said_to_be_unreadable(town: SlackTown) -> None:
    town.slack.refusals["conversations.replies"] = "missing_scope"
    answer = await town.ask("is this true?", thread_ts="1700000001.000001")
    assert "Check this message" in words(answer)


@pytest.mark.parametrize("greeting", ["", "hi!", "Help", "hello there", "what can you do?"])
async def test_a_greeting_is_answered_with_how_to_ask_and_not_with_every_command(
    town: SlackTown, greeting: str
) -> None:
    for answer in (await town.ask(greeting), await town.ask(greeting, channel=DIRECT, channel_type="im")):
        assert "mention me with your question" in words(answer)
        assert "/fact add" not in words(answer)


async def test_a_call_for_help_with_words_of_its_own_is_a_question(town: SlackTown) -> None:
    assert "Nothing on record" in words(await town.ask("help is on its way to the moon"))


async def test_a_forwarded_message_is_checked(town: SlackTown) -> None:
    shared = [{"is_share": True, "text": ASKED}]
    assert "Robert Wood" in words(await town.ask("is that so?", attachments=shared))


@pytest.mark.parametrize("again", ["the same event", "the same message as another event", "both"])
async def test_one_message_is_answered_once(town: SlackTown, again: str) -> None:
    said = events.mention(ASKED, ts="1700000001.000001")
    await town.send(events.event(said, "Ev-1"))
    if again != "the same message as another event":
        await town.send(events.event(said, "Ev-1"))
    if again != "the same event":
        await town.send(events.event({**said, "type": "message"}, "Ev-2"))
    assert len(town.slack.posted) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B9"},
        {"subtype": "bot_message", "bot_id": "B9"},
        {"subtype": "channel_join"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": ""},
        {"bot_id": "B1"},
    ],
)
async def test_bots_system_messages_and_itself_are_not_answered(town: SlackTown, more: dict[str, str]) -> None:
    said = {**events.mention(ASKED, ts="1700000001.000001"), "type": "message", **more}
    await town.send(events.event(said))
    await town.send(events.event({**said, "channel": DIRECT, "channel_type": "im"}))
    assert not town.slack.posted


async def test_what_is_not_for_the_bot_is_not_answered_and_not_kept(town: SlackTown) -> None:
    await town.send(events.event(events.message(ASKED, ts="1700000001.000001")))
    assert not town.slack.calls


async def test_a_quiet_channel_is_quiet(town: SlackTown) -> None:
    town.app.store.communities.set(f"slack:{TEAM}", QUIET, f"slack:{TEAM}:channel:{CHANNEL}")
    await town.send(events.event(events.mention(ASKED, ts="1700000001.000001")))
    assert not town.slack.posted


async def test_too_many_questions_are_told_once_privately_then_not_answered(town: SlackTown) -> None:
    for _ in range(30):
        await town.send(events.event(events.mention("what did kirby say?", ts=town.slack.new_ts())))
    [told] = town.slack.called("chat.postEphemeral")
    assert "One moment" in words(told)
    assert 1 <= len(town.slack.posted) < 30


async def test_a_typed_command_in_a_thread_is_answered_privately(town: SlackTown) -> None:
    said = events.mention("/fact search missiles", ts="1700000002.000001", thread_ts="1700000001.000001")
    await town.send(events.event(said))
    assert not town.slack.posted
    [told] = town.slack.called("chat.postEphemeral")
    assert told["thread_ts"] == "1700000001.000001"
    assert "on record for" in words(told)


async def test_a_channel_that_refuses_is_asked_once(town: SlackTown) -> None:
    town.slack.refusals["chat.postMessage"] = "not_in_channel"
    said = events.mention(ASKED, ts="1700000001.000001")
    await town.send(events.event(said))
    await town.send(events.event(said))
    assert len(town.slack.called("chat.postMessage")) == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("stumble", [(429, False), (500, True), (503, False)])
async def test_when_slack_stumbles_the_answer_is_there_once(town: SlackTown, stumble: tuple[int, bool]) -> None:
    town.slack.stumbles["chat.postMessage"] = deque([stumble])
    await town.ask(ASKED)
    assert len(town.slack.posted) == 1


@pytest.mark.usefixtures("quick")
async def test_when_slack_takes_an_answer_and_says_nothing_it_is_there_once(
    town: SlackTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(town.at.reach.session, "_timeout", aiohttp.ClientTimeout(total=0.3))
    town.slack.stumbles["chat.postMessage"] = deque([(0, True)])
    await town.ask(ASKED)
    assert len(town.slack.posted) == 1


async def test_guests_and_people_whom_slack_does_not_know_see_only_global_claims(town: SlackTown) -> None:
    people = town.at.people
    assert people.space_of(await people.actor(ADMIN)) == f"slack:{TEAM}"
    assert people.space_of(await people.actor(GUEST)) == "global"
    town.slack.refusals["users.info"] = "user_not_found"
    assert people.space_of(await people.actor("UBEN")) == "global"


async def test_an_answer_can_be_removed_by_its_asker_and_by_moderators_only(town: SlackTown) -> None:
    remove = buttons(await town.ask(ASKED))["Remove"]
    answer = town.slack.posted[-1]
    await town.send(events.press(remove, town.hook, user="UBEN", shown=answer))
    assert "Only the person who asked" in words(town.slack.hooks[-1])
    for user in ("UANN", ADMIN):
        await town.send(events.press(remove, town.hook, user=user, shown=answer))
        assert town.slack.hooks[-1] == {"delete_original": True}


async def test_what_is_said_in_entities_and_marks_is_read_as_people_see_it(town: SlackTown) -> None:
    await town.ask("is it &lt;true&gt; that <https://example.org|example.org> &amp; <#C1|general> said so?")
    assert "example.org" not in str(town.slack.wrong)
