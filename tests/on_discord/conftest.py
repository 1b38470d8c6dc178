"""A Discord in memory: the real discord.py machinery, a server with people of every kind, and the starter's claims."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio
import simcord
from town import Town

from adapters.on_discord.client import FactbotClient
from bot.app import App, build


@pytest.fixture
def app(tmp_path: Path) -> App:
    """A core on a database of its own, made from the starter."""
    return build(tmp_path / "facts.db")


@pytest_asyncio.fixture
async def town(app: App) -> AsyncIterator[Town]:
    """A bot that is running in a server."""
    bot = FactbotClient(app, shard_count=1)
    env = simcord.Env(bot)
    await env.start()
    guild = env.create_guild()
    mods = guild.create_role("mods", permissions=discord.Permissions(manage_messages=True))
    admins = guild.create_role("admins", permissions=discord.Permissions(administrator=True))
    try:
        yield Town(
            env,
            bot,
            app,
            guild,
            guild.create_text_channel("general"),
            guild.add_member(env.create_user("ann")),
            guild.add_member(env.create_user("mod"), roles=[mods]),
            guild.add_member(env.create_user("admin"), roles=[admins]),
        )
    finally:
        await env.shutdown()
        app.close()
    env.raise_errors()
