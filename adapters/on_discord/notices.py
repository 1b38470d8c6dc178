"""Notices as Discord messages: to a person privately, to the channel that moderators chose."""

from collections.abc import Awaitable, Callable

import discord

from adapters.on_discord.buttons import view_of
from adapters.on_discord.people import PLATFORM, space_of
from adapters.on_discord.render import embeds
from bot.records import Notice
from bot.reply import Reply

PREFIX = f"{PLATFORM}:"
_CHANNEL = f"{PREFIX}channel:"
_SERVER_FAULT = 500
Belongs = Callable[[Notice, str], Awaitable[bool]]
"""Whether a notice may be told in a channel of this space."""


async def tell(client: discord.Client, belongs: Belongs, notice: Notice) -> bool:
    """Deliver a notice. One that Discord refuses (closed direct messages, a channel that is gone) is given up."""
    reply = Reply(title=notice.title, text=notice.text)
    try:
        target = await _target(client, belongs, notice)
        if target is not None:
            await target.send(embeds=embeds(reply), view=view_of(reply) or discord.utils.MISSING)
    except discord.HTTPException as problem:
        return problem.status < _SERVER_FAULT
    return True


async def _target(client: discord.Client, belongs: Belongs, notice: Notice) -> discord.abc.Messageable | None:
    """Return where a notice goes; nowhere when it names a channel of another server than its community's."""
    number = notice.to.rpartition(":")[2]
    if not number.isdecimal():
        return None
    if not notice.to.startswith(_CHANNEL):
        return await client.fetch_user(int(number))
    channel = client.get_channel(int(number)) or await client.fetch_channel(int(number))
    guild = getattr(channel, "guild", None)
    own = guild is not None and await belongs(notice, space_of(guild))
    return channel if own and isinstance(channel, discord.abc.Messageable) else None
