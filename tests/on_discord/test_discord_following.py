"""A question that is edited changes its answer; one that is deleted takes it along."""

import asyncio
from typing import Any

import pytest
from town import Town, words_of

from adapters.chat.cooldown import Cooldown
from adapters.on_discord.client import FactbotClient

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"
OFF = "is the library open on sundays?"


def answers(town: Town) -> list[str]:
    return [words_of(each) for each in town.channel.history() if each.author == town.bot.user]


async def test_an_edited_question_changes_the_answer_in_its_place(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(OFF))
    await town.ann.edit(said, town.mention(ASKED))
    [answer] = answers(town)
    assert "Robert Wood" in answer
    edits = [entry.json or {} for entry in town.env.http_requests if entry.method == "PATCH"]
    assert [each["allowed_mentions"]["parse"] for each in edits] == [[]]


async def test_an_edited_direct_message_changes_the_answer(town: Town) -> None:
    said = await town.ann.send_dm(OFF)
    town.env.backend.edit_message(said.channel.id, said.id, {"content": ASKED})
    await town.env.settle()
    last = town.ann.user.dm_channel.last_message
    assert last is not None
    assert "Robert Wood" in words_of(last)


async def test_an_edit_after_a_restart_changes_the_answer_too(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(OFF))
    await town.env.restart_bot(FactbotClient(town.app, shard_count=1))
    await town.ann.edit(said, town.mention(ASKED))
    assert "Robert Wood" in "".join(words_of(each) for each in town.channel.history())


async def test_an_edit_in_the_pause_leaves_no_old_answer(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(ASKED))
    cooldown = town.bot.answering.cooldown
    while cooldown.take(str(town.ann.id), str(town.channel.id)) is None:
        pass
    await town.ann.edit(said, town.mention(OFF))
    [answer] = answers(town)
    assert "Robert Wood" not in answer
    assert "Your question has changed. One moment" in answer
    town.bot.answering.cooldown = Cooldown()
    town.env.backend.advance_clock(1)
    await town.ann.edit(said, town.mention(f"{ASKED} really?"))
    assert "Robert Wood" in answers(town)[0]


async def test_what_is_no_question_to_the_bot_any_more_loses_its_answer(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(ASKED))
    await town.ann.edit(said, "never mind")
    assert not answers(town)


async def test_what_was_not_answered_is_not_answered_for_an_edit(town: Town) -> None:
    said = await town.ann.send(town.channel, ASKED)
    await town.ann.edit(said, town.mention(ASKED))
    assert not answers(town)


async def test_a_pin_or_a_preview_is_no_edit(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(ASKED))
    await town.ann.edit(said, town.mention(OFF))
    before = len(town.env.http_requests)
    town.env.backend.emit("MESSAGE_UPDATE", _payload(town, said.id))
    await town.env.settle()
    assert len(town.env.http_requests) == before


async def test_an_old_edit_that_comes_late_does_not_win(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(OFF))
    await town.ann.edit(said, town.mention(ASKED))
    old = {"content": town.mention(OFF), "edited_timestamp": "2001-01-01T00:00:00+00:00"}
    town.env.backend.emit("MESSAGE_UPDATE", _payload(town, said.id) | old)
    await town.env.settle()
    assert "Robert Wood" in answers(town)[0]


async def test_an_answer_that_was_removed_stays_removed(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(OFF))
    answer = town.channel.last_message
    assert answer is not None
    await town.ann.click(answer, label="Remove")
    await town.ann.edit(said, town.mention(ASKED))
    assert not answers(town)


async def test_the_answer_goes_with_its_question(town: Town) -> None:
    said = await town.ann.send(town.channel, town.mention(ASKED))
    await town.ann.delete(said)
    assert town.channel.history() == []


async def test_questions_that_are_deleted_together_take_their_answers_along(town: Town) -> None:
    said = [await town.ann.send(town.channel, town.mention(each)) for each in (ASKED, OFF)]
    town.env.backend.bulk_delete_messages(town.channel.id, [each.id for each in said])
    await town.env.settle()
    assert town.channel.history() == []


async def test_a_question_that_is_deleted_while_it_is_answered_leaves_no_answer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, begun, go_on = town.bot.answering.reply_to, asyncio.Event(), asyncio.Event()

    async def slow(message: Any) -> Any:
        begun.set()
        await go_on.wait()
        return await plain(message)

    monkeypatch.setattr(town.bot.answering, "reply_to", slow)
    asking = asyncio.ensure_future(town.ann.send(town.channel, town.mention(ASKED)))
    await begun.wait()
    said = town.channel.history()[0]
    deleting = asyncio.ensure_future(town.bot.following.deleted(town.channel.id, said.id))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(asking, deleting)
    assert not answers(town)


def _payload(town: Town, message_id: int) -> dict[str, Any]:
    from simcord.backend import serializers

    backend = town.env.backend
    return dict(serializers.message_payload(backend, backend.get_message(town.channel.id, message_id)))
