"""Asking on Discord: where the bot answers, what it checks, and where it stays silent."""

import asyncio

import discord
import pytest
import simcord
from town import Town, buttons_of, words_of

from adapters.chat.cooldown import MOST
from adapters.on_discord.client import FactbotClient
from adapters.on_discord.commands import CHECK_MESSAGE
from bot.app import App

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"
OFF = "is the library open on sundays?"


async def test_a_mention_is_answered_as_a_reply_in_its_place(town: Town) -> None:
    asked = await town.ann.send(town.channel, town.mention(ASKED))
    answer = town.channel.last_message
    assert answer is not None
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    assert "Robert Wood" in words_of(answer)
    assert "unverified" in words_of(answer)


async def test_the_answer_pings_nobody(town: Town) -> None:
    await town.ask(ASKED)
    sent = [entry for entry in town.env.http_requests if entry.method == "POST" and "/messages" in entry.path]
    assert sent
    for entry in sent:
        allowed = (entry.json or {})["allowed_mentions"]
        assert allowed.get("parse") == []
        assert not allowed.get("replied_user")


async def test_a_direct_message_needs_no_mention(town: Town) -> None:
    await town.ann.send_dm(ASKED)
    answer = town.ann.user.dm_channel.last_message
    assert answer is not None
    assert "Robert Wood" in words_of(answer)


async def test_talk_without_a_mention_is_not_answered(town: Town) -> None:
    await town.ann.send(town.channel, ASKED)
    assert len(town.channel.history()) == 1


async def test_a_reply_to_the_bot_that_names_it_nowhere_asks_it_nothing(town: Town) -> None:
    answer = await town.ask(ASKED)
    before = len(town.channel.history())
    await town.ann.send(town.channel, "thanks, that is what I thought", reply_to=answer)
    assert len(town.channel.history()) == before + 1


async def test_a_mention_under_a_message_checks_that_message_where_discord_hands_it_over(town: Town) -> None:
    first = await town.mod.send(town.channel, town.mention(ASKED))
    await town.ann.send(town.channel, town.mention("is this true?"), reply_to=first)
    answer = town.channel.last_message
    assert answer is not None
    assert "Robert Wood" in words_of(answer)


async def test_a_message_whose_text_is_kept_back_is_said_to_be_so(town: Town) -> None:
    first = await town.mod.send(town.channel, ASKED)
    await town.ann.send(town.channel, town.mention("is this true?"), reply_to=first)
    answer = town.channel.last_message
    assert answer is not None
    assert "Check this message" in words_of(answer)


async def test_nothing_on_record_is_said_kindly_and_offers_to_suggest(town: Town) -> None:
    answer = await town.ask(OFF)
    assert "Nothing on record" in words_of(answer)
    assert "Suggest this claim" in buttons_of(answer)


async def test_a_bot_is_not_answered(town: Town) -> None:
    other = town.guild.add_member(town.env.create_user("other", bot=True))
    await other.send(town.channel, town.mention(ASKED))
    assert len(town.channel.history()) == 1


async def test_a_message_that_comes_twice_is_answered_once(town: Town) -> None:
    asked = await town.ann.send(town.channel, town.mention(ASKED))
    before = len(town.channel.history())
    message = await town.bot.get_channel(town.channel.id).fetch_message(asked.id)  # type: ignore[union-attr]
    await asyncio.gather(town.bot.answering.heard(message), town.bot.answering.heard(message))
    assert len(town.channel.history()) == before


async def test_a_restart_answers_no_message_twice(town: Town) -> None:
    asked = await town.ann.send(town.channel, town.mention(ASKED))
    before = len(town.channel.history())
    again = FactbotClient(town.app, shard_count=1)
    await town.env.restart_bot(again)
    message = await again.get_channel(town.channel.id).fetch_message(asked.id)  # type: ignore[union-attr]
    await again.answering.heard(message)
    assert len(town.channel.history()) == before


async def test_a_slash_command_answers_privately_and_can_be_shared(town: Town) -> None:
    result = await town.ann.slash(town.channel, "factcheck", question=ASKED)
    assert result.response is not None
    assert result.ephemeral
    assert "Robert Wood" in words_of(result.response)
    assert ASKED in words_of(result.response)
    await town.ann.click(result.response, label="Share")
    shared = town.channel.last_message
    assert shared is not None
    assert "Robert Wood" in words_of(shared)
    assert "Shared by ann" in words_of(shared)
    assert buttons_of(shared) == ["Remove"]


async def test_a_message_can_be_checked_from_its_menu(town: Town) -> None:
    said = await town.mod.send(town.channel, ASKED)
    result = await town.ann.context_menu(town.channel, CHECK_MESSAGE, said)
    assert result.response is not None
    assert result.ephemeral
    assert "Robert Wood" in words_of(result.response)


async def test_a_forwarded_message_can_be_checked_from_its_menu(town: Town) -> None:
    said = await town.mod.send(town.channel, ASKED)
    forwarded = await town.mod.forward(said, town.channel)
    result = await town.ann.context_menu(town.channel, CHECK_MESSAGE, forwarded)
    assert result.response is not None
    assert "Robert Wood" in words_of(result.response)


async def test_the_one_who_asked_can_remove_the_answer(town: Town) -> None:
    answer = await town.ask(ASKED)
    await town.ann.click(answer, label="Remove")
    assert town.channel.last_message is not None
    assert town.channel.last_message.id != answer.id


async def test_a_moderator_can_remove_an_answer_and_others_cannot(town: Town) -> None:
    answer = await town.ask(ASKED)
    other = town.guild.add_member(town.env.create_user("other"))
    refused = await other.click(answer, label="Remove")
    assert refused.response is not None
    assert "Only the person who asked" in words_of(refused.response)
    await town.mod.click(answer, label="Remove")
    assert answer.id not in [message.id for message in town.channel.history()]


async def test_buttons_work_after_a_restart(town: Town) -> None:
    answer = await town.ask(ASKED)
    await town.env.restart_bot(FactbotClient(town.app, shard_count=1))
    await town.ann.click(answer, label="Remove")
    assert answer.id not in [message.id for message in town.channel.history()]


async def test_somebody_who_asks_too_fast_is_told_once_and_privately(town: Town) -> None:
    for _ in range(MOST + 3):
        await town.ann.send(town.channel, town.mention(ASKED))
    answers = [message for message in town.channel.history() if message.author == town.bot.user]
    assert len(answers) == MOST
    told = town.ann.user.dm_channel.history()
    assert len(told) == 1
    assert "ask again in" in told[0].content


async def test_in_a_quiet_channel_the_bot_says_nothing(town: Town) -> None:
    home = town.app.store.communities
    home.set(town.space, "quiet", f"discord:channel:{town.channel.id}")
    await town.ann.send(town.channel, town.mention(ASKED))
    assert len(town.channel.history()) == 1


async def test_a_thread_is_answered_in_the_thread(town: Town) -> None:
    said = await town.ann.send(town.channel, "let us talk")
    channel = town.bot.get_channel(town.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.fetch_message(said.id)
    await message.create_thread(name="talk")
    thread = town.channel.threads[0]
    await town.ann.send(thread, town.mention(ASKED))
    assert thread.last_message is not None
    assert "Robert Wood" in words_of(thread.last_message)


async def test_commands_are_told_to_discord_only_when_they_have_changed(app: App) -> None:
    for expected in (1, 0):
        bot = FactbotClient(app, shard_count=1)
        async with simcord.run(bot, strict_sync=False) as env:
            synced = [entry for entry in env.http_requests if entry.method == "PUT" and "commands" in entry.path]
            assert len(synced) == expected
    app.close()


async def test_nothing_is_kept_in_memory_of_the_buttons_and_forms_that_were_shown(town: Town) -> None:
    await town.ask("did russia use north korean missiles nine times?")
    await town.ask("did russia use north korean missiles fifty times?")
    answered = await town.ann.slash(town.channel, "factcheck", question="what did kirby say?")
    await town.ann.click(answered.response.message, label="Share")
    shown = await town.mod.slash(town.channel, "fact add")
    assert shown.modal is not None
    await town.mod.submit_modal(shown, {"text": "The fountain is dry"})
    kept = town.bot._connection._view_store
    assert not kept._views
    assert not kept._modals
