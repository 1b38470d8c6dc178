"""The Slack face in this process, with real sockets: as a whole run of the bot, without the time that a start takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_loopback import SlackLoopback

from adapters.chat.core import Core
from adapters.on_slack import run
from adapters.on_slack.credentials import Credentials
from adapters.on_slack.reaching import Reach
from bot.app import App


@asynccontextmanager
async def served(app: App, server: SlackLoopback, *rows: Credentials) -> AsyncIterator[tuple[run.Face, Any]]:
    """Serve workspaces in this process; yield the face and the task that serves."""
    core, reach = Core(app.factbot.handle), Reach(server.base)
    face = run.Face(app, core, reach)
    task = asyncio.create_task(face.serve(rows))
    try:
        yield face, task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await core.finish()
        await reach.close()
