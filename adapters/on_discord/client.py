"""The client: what Discord sends goes to the one who deals with it; how it starts, and what it says of itself."""

import logging
from functools import partial
from typing import Any

import discord
from discord import app_commands

from adapters.chat.one_server import OneServer
from adapters.chat.outbox import deliver_notices
from adapters.on_discord.answering import Answering
from adapters.on_discord.buttons import REMOVE, SHARE, Interaction, Menu, Press
from adapters.on_discord.commands import CHECK_MESSAGE, add_commands, fingerprint
from adapters.on_discord.following import Following
from adapters.on_discord.forms import FORM
from adapters.on_discord.gateway import stay_at
from adapters.on_discord.interactions import Interactions
from adapters.on_discord.notices import PREFIX, tell
from adapters.on_discord.people import space_of
from bot.app import App
from bot.records import Notice

LOG = logging.getLogger("factbot.discord")
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot needs, and no more."""
_SYNCED = "discord commands"


def intents() -> discord.Intents:
    """No privileged intent: mentions, direct messages and menu commands hand their text over without one."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    return wanted


def invite_link(application_id: int) -> str:
    """Return the link by which a server's admin adds the bot, with the least permissions."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


class FactbotClient(discord.AutoShardedClient):
    """The bot on Discord. Everything that is asked goes through `answering` or `interactions`."""

    def __init__(self, app: App, connector: OneServer | None = None, **options: Any) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice, and no warning about it
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity("Mention me: is it true?"),
            max_messages=None,
            chunk_guilds_at_startup=False,
            connector=connector,
            **options,
        )
        self._server = connector
        self._app = app
        self.tree = app_commands.CommandTree(
            self,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.interactions = Interactions(self, app)
        self.answering = Answering(self, app, self.interactions.core)
        self.following = Following(self, self.answering, self.interactions.core, app.conversations)
        add_commands(self.tree, self.interactions.used, self.interactions.completed)
        self.tree.add_command(app_commands.ContextMenu(name=CHECK_MESSAGE, callback=self._check_message))
        self.tree.error(self.interactions.failed)

    async def setup_hook(self) -> None:
        """Make old buttons work, and tell Discord the commands if they are not the ones it knows."""
        await stay_at(self, self._server)
        self.add_dynamic_items(Press, Menu)
        await self._tell_commands()
        LOG.info("invite link: %s", invite_link(self.application_id or 0))

    async def _tell_commands(self) -> None:
        """Two hundred times a day is all that Discord takes: only when the commands have changed."""
        known = f"{_SYNCED} {self.application_id}"
        wanted = fingerprint(self.tree)
        if self._app.conversations.known(known) == wanted:
            return
        try:
            await self.tree.sync()
        except discord.Forbidden:
            raise
        except Exception:  # mentions and buttons work without the commands; the next start tries again
            LOG.exception("Discord did not take the commands")
        else:
            self._app.conversations.know(known, wanted)

    async def on_shard_connect(self, shard_id: int) -> None:
        """Keep a resumed session at the server that was named, whatever address it gave for resuming."""
        shard = self.get_shard(shard_id)
        if self._server is not None and shard is not None:
            from discord.gateway import DiscordWebSocket

            shard._parent.ws.gateway = DiscordWebSocket.DEFAULT_GATEWAY

    async def on_ready(self) -> None:
        """Say that it is there, and note which servers it was removed from meanwhile."""
        LOG.info("ready as %s in %d servers", self.user, len(self.guilds))
        here = [space_of(guild) for guild in self.guilds]
        await self.interactions.core.call(self._app.conversations.present, PREFIX, here)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that a server has removed the bot; one that is only out of reach is not left."""
        await self.interactions.core.call(self._app.conversations.left, space_of(guild))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that a server has the bot (again)."""
        await self.interactions.core.call(self._app.conversations.came_back, space_of(guild))

    async def bring_notices(self) -> None:
        """Bring what people are to be told, as long as the bot runs."""
        await self.wait_until_ready()
        core, conversations = self.interactions.core, self._app.conversations

        async def belongs(notice: Notice, space: str) -> bool:
            return await core.call(conversations.belongs, notice, space)

        await deliver_notices(core, conversations, PREFIX, partial(tell, self, belongs))

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot."""
        with self.interactions.core.in_hand():
            await self.answering.heard(message)

    async def on_raw_message_edit(self, edited: discord.RawMessageUpdateEvent) -> None:
        """Put the answer right when its question is edited."""
        with self.interactions.core.in_hand():
            await self.following.changed(edited.message)

    async def on_raw_message_delete(self, deleted: discord.RawMessageDeleteEvent) -> None:
        """Take the answer away with its question."""
        await self.following.deleted(deleted.channel_id, deleted.message_id)

    async def on_raw_bulk_message_delete(self, deleted: discord.RawBulkMessageDeleteEvent) -> None:
        """Take the answers away with questions that were deleted together."""
        for message_id in deleted.message_ids:
            await self.following.deleted(deleted.channel_id, message_id)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a form that was sent; buttons and commands find their own way."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.interactions.form_sent(interaction)

    async def pressed(self, interaction: Interaction, press: str) -> None:
        """Take a press of a button or a menu."""
        if press == SHARE:
            await self.interactions.share(interaction)
        elif press == REMOVE:
            await self.answering.remove(interaction)
        elif press.startswith(FORM):
            await self.interactions.open_form(interaction, press)
        else:
            await self.interactions.pressed(interaction, press)

    async def on_error(self, event: str, /, *_args: Any, **_kwargs: Any) -> None:
        """Keep a fault in the log under a number, without what was said."""
        self.interactions.record_fault(event)

    async def _check_message(self, interaction: Interaction, message: discord.Message) -> None:
        await self.interactions.check_message(interaction, message)

    async def close(self) -> None:
        """Stop, with the work in hand finished."""
        await self.interactions.core.finish()
        await super().close()
