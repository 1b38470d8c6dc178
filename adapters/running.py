"""Run every face that is configured in one process, on one core, until it is told to stop."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from adapters.metrics import watched
from bot.app import App
from bot.backups import Plan
from bot.settings import DISCORD_TOKEN, SLACK_TOKENS, Settings
from bot.upkeep import Upkeep

LOG = logging.getLogger("factbot")
_SIGN_OF_LIFE = 5.0
_PATIENCE = 4.5
"""Seconds after which the process ends although something is still under way; SQLite takes that as a power cut."""


def run_faces(app: App, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; the work in hand is finished. Raises what ends a face (`SettingsProblem`)."""
    app.asker.prepare()
    upkeep = Upkeep(Path(app.store.path), app.watch, _plan(settings), settings.left_days)
    upkeep.start()
    try:
        asyncio.run(_serve(app, settings, upkeep))
    finally:
        upkeep.stop()


def _plan(settings: Settings) -> Plan | None:
    return Plan(settings.backup_dir, settings.backup_hours, settings.backups_kept) if settings.backup_dir else None


def _faces(app: App, settings: Settings) -> list[Coroutine[Any, Any, None]]:
    """Import only what is used: a Slack bot needs no discord.py in memory."""
    faces: list[Coroutine[Any, Any, None]] = []
    if DISCORD_TOKEN.name in settings.tokens:
        from adapters.on_discord.run import run_discord

        faces.append(run_discord(app, settings.tokens[DISCORD_TOKEN.name], settings.discord_api_base))
    if {token.name for token in SLACK_TOKENS} & settings.tokens.keys():
        from adapters.on_slack.run import run_slack

        faces.append(run_slack(app, settings))
    return faces


async def _serve(app: App, settings: Settings, upkeep: Upkeep) -> None:
    async with watched(app, settings.metrics):
        await _together([*_faces(app, settings), _show_life(upkeep)])
    LOG.info("stopped")


async def _show_life(upkeep: Upkeep) -> None:
    """Say, for as long as this loop turns, that it does."""
    while True:
        upkeep.alive()
        await asyncio.sleep(_SIGN_OF_LIFE)


async def _together(faces: list[Coroutine[Any, Any, None]]) -> None:
    """One face that ends ends all: a bot that is half there looks well and answers nobody."""
    tasks = [asyncio.create_task(face) for face in faces]
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, _stop, tasks)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            if not task.cancelling():  # a second time would cut off the face that finishes its work in hand
                task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    faults = [end for end in ends if isinstance(end, BaseException) and not isinstance(end, asyncio.CancelledError)]
    if faults:
        raise faults[0]


def _stop(tasks: list[asyncio.Task[None]]) -> None:
    end = threading.Timer(_PATIENCE, _end_now)
    end.daemon = True
    end.start()
    for task in tasks:
        task.cancel()


def _end_now() -> None:
    LOG.warning("stopped with work under way: what was not acknowledged is not saved")
    os._exit(0)
