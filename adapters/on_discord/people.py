"""Who acts, as the core wants to know it: facts about a member at the level of the server, never of a channel."""

from typing import Any

import discord

from bot.model import GLOBAL
from bot.request import Actor

PLATFORM = "discord"


def account(user_id: int) -> str:
    """Return the account of a Discord user."""
    return f"{PLATFORM}:{user_id}"


def role_account(role_id: int) -> str:
    """Return the name of a Discord role among moderators."""
    return f"{PLATFORM}:role:{role_id}"


def channel_address(channel_id: int) -> str:
    """Return the name of a Discord channel in settings."""
    return f"{PLATFORM}:channel:{channel_id}"


def space_of(guild: discord.abc.Snowflake | None) -> str:
    """Return the space of a server; direct messages and user installs read the global one."""
    return GLOBAL if guild is None else f"{PLATFORM}:{guild.id}"


def actor_of(user: discord.User | discord.Member, guild: discord.Guild | None) -> Actor:
    """Return who acts in `guild`. A member counts with what the server's roles allow, whatever a channel changes.

    Without a server (direct messages, user installs) nobody has rights.
    """
    if guild is None or not isinstance(user, discord.Member):
        return Actor(account(user.id), user.display_name)
    allowed = user.guild_permissions
    return Actor(
        account(user.id),
        user.display_name,
        moderates=allowed.manage_messages,
        administers=allowed.administrator or allowed.manage_guild,
        groups=frozenset(role_account(role.id) for role in user.roles if not role.is_default()),
        belongs=True,
    )


def installed_here(interaction: discord.Interaction[Any]) -> discord.Guild | None:
    """Return the server in which this happens, if the bot is in it; None where only a person installed it."""
    known = interaction.client.get_guild(interaction.guild_id or 0)
    only_personal = interaction.is_user_integration() and not interaction.is_guild_integration()
    return None if only_personal else known
