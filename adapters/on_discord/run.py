"""Run the Discord face until it is told to stop; what cannot work ends with one clear line."""

import asyncio
import logging

import aiohttp
import discord

from adapters.chat.one_server import checked_base
from adapters.on_discord.client import FactbotClient
from adapters.on_discord.gateway import OWN_BASE, SETTING, connector_for
from bot.app import App
from bot.errors import SettingsProblem
from bot.watch import Face

LOG = logging.getLogger("factbot.discord")
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 300.0
_SERVER_FAULT = 500
_AUTHENTICATION_FAILED = 4004
_REFUSED = (
    "DISCORD_TOKEN: Discord does not take it. Copy the bot's token anew from the developer portal (Bot, Reset Token)."
)


async def run_discord(app: App, token: str, base: str) -> None:
    """Connect with `token` to the API at `base` and serve. Raises `SettingsProblem` for what only settings can cure.

    A server that cannot be reached when the bot starts is tried again, more and more slowly.
    """
    address = checked_base(base, SETTING, OWN_BASE)
    wait = _FIRST_WAIT
    while True:
        try:
            await _serve(app, token, address)
        except (aiohttp.ClientConnectionError, discord.GatewayNotFound, OSError) as problem:
            LOG.warning("Discord cannot be reached (%s): next try in %.0f s", type(problem).__name__, wait)
        except discord.HTTPException as problem:
            if problem.status < _SERVER_FAULT:
                raise
            LOG.warning("Discord answers with %d: next try in %.0f s", problem.status, wait)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(_LONGEST_WAIT, wait * 2)


async def _serve(app: App, token: str, base: str) -> None:
    async with FactbotClient(app, connector_for(base)) as client:
        core = client.interactions.core
        app.watch.faces["discord"] = Face(client.is_ready, lambda: core.pending)
        notices = asyncio.create_task(client.bring_notices())
        try:
            await client.start(token)
        except discord.LoginFailure as problem:
            raise SettingsProblem(_REFUSED) from problem
        except discord.ConnectionClosed as problem:
            if problem.code != _AUTHENTICATION_FAILED:
                raise
            raise SettingsProblem(_REFUSED) from problem
        except discord.PrivilegedIntentsRequired as problem:
            raise SettingsProblem(
                "Discord refused the intents of the connection (4014). Factbot asks for no privileged one: "
                "check that DISCORD_TOKEN belongs to a bot that is not suspended."
            ) from problem
        except discord.Forbidden as problem:
            raise SettingsProblem(
                "Discord did not let the bot register its commands: invite it again with the scopes bot and "
                "applications.commands (the invite link stands in the README)."
            ) from problem
        finally:
            notices.cancel()
