"""A server on Discord in memory, with people of every kind, and ways to read what the bot says."""

from dataclasses import dataclass

import discord
import simcord

from adapters.on_discord.client import FactbotClient
from bot.app import App


@dataclass
class Town:
    """One server: a channel, and people who may more or less."""

    env: simcord.Env
    bot: FactbotClient
    app: App
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ann: simcord.MemberActor
    mod: simcord.MemberActor
    admin: simcord.MemberActor

    @property
    def space(self) -> str:
        """The space of this server."""
        return f"discord:{self.guild.id}"

    def mention(self, text: str = "") -> str:
        """Return a message that names the bot."""
        assert self.bot.user is not None
        return f"<@{self.bot.user.id}> {text}"

    async def ask(self, text: str, who: simcord.MemberActor | None = None) -> discord.Message:
        """Ask in the channel and return the answer."""
        await (who or self.ann).send(self.channel, self.mention(text))
        answer = self.channel.last_message
        assert answer is not None
        return answer


def words_of(message: discord.Message | simcord.ResponseMessage) -> str:
    """Return everything that a message of the bot says, without the backslashes of its markup."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
        parts += [f"{field.name}: {field.value}" for field in embed.fields]
    return "\n".join(parts).replace("\\", "")


def buttons_of(message: discord.Message | simcord.ResponseMessage) -> list[str]:
    """Return what the buttons of a message say."""
    rows = message.message.components if isinstance(message, simcord.ResponseMessage) else message.components
    return [
        str(child.label) for row in rows for child in getattr(row, "children", []) if isinstance(child, discord.Button)
    ]
