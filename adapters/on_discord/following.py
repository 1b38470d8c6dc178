"""What becomes of a question is respected: its answer changes with it, and goes with it."""

import contextlib
import datetime as dt
from collections import OrderedDict

import discord

from adapters.chat.cooldown import pause_words
from adapters.chat.core import Core
from adapters.on_discord.answering import Answering
from adapters.on_discord.buttons import remove_button, view_of
from adapters.on_discord.people import channel_address
from adapters.on_discord.render import embeds
from bot.conversations import Conversations
from bot.reply import Reply, refusal

_MOST_KNOWN = 10_000


class Following:
    """Keeps answers true to their questions when these are edited or deleted."""

    def __init__(self, client: discord.Client, answering: Answering, core: Core, conversations: Conversations) -> None:
        self._client = client
        self._answering = answering
        self._core = core
        self._conversations = conversations
        self._followed: OrderedDict[int, dt.datetime] = OrderedDict()
        """The last edit that was dealt with, by message."""

    async def changed(self, message: discord.Message) -> None:
        """Answer an edited question anew, in the same place; what is no question any more loses its answer.

        Discord sends a message again as well when it has added a preview or somebody pins it: that is no edit.
        A message that was not answered is not answered for an edit.
        """
        if message.author.bot or message.edited_at is None:
            return
        async with self._answering.turns.of(str(message.id)):
            answer = await self._answer_to(message.channel.id, message.id)
            if answer is None or not self._is_new(message.id, message.edited_at):
                return
            reply = await self._anew(message)
            with contextlib.suppress(discord.NotFound, discord.Forbidden):  # an answer that was removed stays removed
                if reply is None:
                    await answer.delete()
                else:
                    view, nobody = view_of(reply, remove_button()), discord.AllowedMentions.none()
                    await answer.edit(embeds=embeds(reply), view=view, allowed_mentions=nobody)

    def _is_new(self, message_id: int, edited_at: dt.datetime) -> bool:
        """Whether this edit is later than those that were dealt with."""
        last = self._followed.get(message_id)
        if last is not None and edited_at <= last:
            return False
        self._followed[message_id] = edited_at
        if len(self._followed) > _MOST_KNOWN:
            self._followed.popitem(last=False)
        return True

    async def _anew(self, message: discord.Message) -> Reply | None:
        """Return what takes the place of the answer; no old answer stands under a new question, in a pause either."""
        if not self._answering.is_meant(message):
            return None
        if pause := self._answering.cooldown.take(str(message.author.id), str(message.channel.id)):
            return refusal(f"Your question has changed. {pause_words(pause)}")
        return await self._answering.reply_to(message)

    async def deleted(self, channel_id: int, message_id: int) -> None:
        """Take the answer away with its question, also one that is on its way."""
        async with self._answering.turns.of(str(message_id)):
            answer = await self._answer_to(channel_id, message_id)
            if answer is not None:
                with contextlib.suppress(discord.NotFound, discord.Forbidden):
                    await answer.delete()

    async def _answer_to(self, channel_id: int, message_id: int) -> discord.PartialMessage | None:
        place = channel_address(channel_id)
        answer = await self._core.call(self._conversations.reply_to, place, str(message_id))
        return self._client.get_partial_messageable(channel_id).get_partial_message(int(answer)) if answer else None
