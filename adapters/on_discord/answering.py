"""Mentions and direct messages: answered in place, once, to whoever asked, pinging nobody."""

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

import discord

from adapters.chat.cooldown import Cooldown, pause_words
from adapters.chat.core import Core
from adapters.chat.pointing import only_points
from adapters.chat.turns import Turns
from adapters.on_discord.buttons import Interaction, remove_button, view_of
from adapters.on_discord.people import PLATFORM, account, actor_of, channel_address, installed_here, space_of
from adapters.on_discord.render import embeds
from adapters.on_discord.texts import mentions, said_in, without_mention
from bot.app import App
from bot.recorder import Answered
from bot.reply import Reply, refusal
from bot.request import Request
from bot.verb import Role
from bot.verbs import FACTCHECK, HELP

if TYPE_CHECKING:
    from adapters.on_discord.client import FactbotClient

LOG = logging.getLogger("factbot.discord")
_UNSEEN = (
    "Discord does not hand me the text of that message. Open its menu, choose Apps and “Check this message”, "
    "or paste what it says behind my name."
)
_TYPING_AFTER = 0.7


class Answering:
    """Hears messages and answers those that are meant for the bot."""

    def __init__(self, client: "FactbotClient", app: App, core: Core) -> None:
        self._client = client
        self._app = app
        self._core = core
        self.cooldown = Cooldown()
        self.turns = Turns()

    async def heard(self, message: discord.Message) -> None:
        """Answer a mention or a direct message of a person, once, unless the channel is to stay quiet."""
        if not self.is_meant(message):
            return
        async with self.turns.of(str(message.id)):
            await self._once(message)

    async def _once(self, message: discord.Message) -> None:
        conversations = self._app.conversations
        event = f"{PLATFORM}:message:{message.id}"
        if not await self._core.call(conversations.begin, event, space_of(message.guild), _places(message)):
            return
        try:
            sent = await self._answer(message)
        except discord.Forbidden:
            LOG.warning("not allowed to answer in channel %s", message.channel.id)
            sent = None
        except BaseException:
            conversations.failed(event)
            raise
        answer = self._kept(message, sent) if sent is not None else None
        conversations.done(event, answer)

    def _kept(self, message: discord.Message, sent: discord.Message) -> Answered:
        place, asker = channel_address(message.channel.id), account(message.author.id)
        return Answered(place, str(message.id), str(sent.id), asker, space_of(message.guild))

    def is_meant(self, message: discord.Message) -> bool:
        """No bots, no system messages; in a server only where the bot is named in the text."""
        me = self._client.user
        if me is None or message.author.bot or message.webhook_id or message.is_system():
            return False
        return message.guild is None or mentions(message.content, me.id)

    async def _answer(self, message: discord.Message) -> discord.Message | None:
        """Return the answer that was sent, if one was."""
        pause = self.cooldown.take(str(message.author.id), str(message.channel.id))
        if pause is not None:
            if pause.say:
                await _tell_privately(message.author, pause_words(pause))
            return None
        return await self._send(message, await self.reply_to(message))

    async def reply_to(self, message: discord.Message) -> Reply:
        """Return what the core says to a message, or why it was not asked."""
        question, problem = await self._question(message)
        if problem is not None:
            return problem
        verb, given = (FACTCHECK.name, {"question": question}) if question else (HELP.name, {})
        request = Request(
            verb,
            given,
            platform=PLATFORM,
            space=space_of(message.guild),
            actor=actor_of(message.author, message.guild),
            delivery=str(message.id),
        )
        reply, milliseconds = await self._replied(message, request)
        LOG.info(
            "verb=mention guild=%s channel=%s outcome=%s ms=%.0f",
            message.guild.id if message.guild else "-",
            message.channel.id,
            reply.outcome or reply.tone,
            milliseconds,
        )
        return reply

    async def _replied(self, message: discord.Message, request: Request) -> tuple[Reply, float]:
        """Ask the core; show that the bot is typing when it takes a while."""
        work = asyncio.ensure_future(self._core.reply(request))
        done, _ = await asyncio.wait({work}, timeout=_TYPING_AFTER)
        if not done:
            with contextlib.suppress(discord.HTTPException):
                await message.channel.typing()
        return await work

    async def _question(self, message: discord.Message) -> tuple[str, Reply | None]:
        """Return what is asked: in the message itself, or, where it only points, in the message it replies to."""
        own = without_mention(message.content, self._client.user.id if self._client.user else 0)
        own = own or _forwarded(message)
        if message.reference is None or message.reference.type is discord.MessageReferenceType.forward:
            return own, None
        if not only_points(own):
            return own, None
        original = await self._original(message)
        if original is None:
            return "", refusal(_UNSEEN)
        text = without_mention(said_in(original), self._client.user.id if self._client.user else 0)
        return (text, None) if text else ("", refusal(_UNSEEN))

    async def _original(self, message: discord.Message) -> discord.Message | None:
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        with contextlib.suppress(discord.HTTPException):
            return await message.channel.fetch_message(reference.message_id)
        return None

    async def _send(self, message: discord.Message, reply: Reply) -> discord.Message:
        """Reply to the message; the nonce lets Discord drop a second try of the same answer."""
        view = view_of(reply, remove_button())
        return await message.reply(
            embeds=embeds(reply), view=view or discord.utils.MISSING, mention_author=False, nonce=str(message.id)
        )

    async def remove(self, interaction: Interaction) -> None:
        """Take an answer away: for the one who asked, and for moderators."""
        message = interaction.message
        if message is None or not await self._may_remove(interaction, message):
            await interaction.response.send_message(
                embeds=embeds(refusal("Only the person who asked and moderators can remove this.")), ephemeral=True
            )
            return
        await interaction.response.defer()
        await interaction.delete_original_response()

    async def _may_remove(self, interaction: Interaction, message: discord.Message) -> bool:
        guild = installed_here(interaction)
        actor = actor_of(interaction.user, guild)
        place = channel_address(message.channel.id)
        asker = await self._core.call(self._app.conversations.asker_of, place, str(message.id))
        if asker and asker == actor.id:
            return True
        request = Request(HELP.name, platform=PLATFORM, space=space_of(guild), actor=actor)
        return await self._core.call(self._app.factbot.role_of, request) >= Role.MODERATOR


def _places(message: discord.Message) -> list[str]:
    """Return the places that may be quiet: thread, channel, category; none for a direct message."""
    if message.guild is None:
        return []
    above = (getattr(message.channel, name, 0) or 0 for name in ("parent_id", "category_id"))
    return [channel_address(int(each)) for each in (message.channel.id, *above) if each]


def _forwarded(message: discord.Message) -> str:
    return said_in(message) if message.message_snapshots else ""


async def _tell_privately(user: discord.User | discord.Member, words: str) -> None:
    """Say it in a direct message; who takes none is not told."""
    with contextlib.suppress(discord.HTTPException):
        await user.send(words)
