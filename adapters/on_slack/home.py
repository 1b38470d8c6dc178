"""The Home tab: what the bot is, how to ask, one's own suggestions, and for moderators the queue."""

import logging
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from adapters.on_slack.about import ABOUT
from adapters.on_slack.choices import choice_blocks
from adapters.on_slack.people import UNREACHABLE, why
from adapters.on_slack.render import blocks
from adapters.on_slack.workspace import Workspace
from bot.records import Suggestion
from bot.reply import Field, Reply
from bot.verb import Role
from bot.verbs import QUEUE

LOG = logging.getLogger("factbot.slack")
_SHOWN = 10


async def draw_home(workspace: Workspace, user: str) -> None:
    """Draw the Home tab for somebody who opens it, and from now on when what it shows has changed."""
    workspace.homes.add(user)
    await workspace.client.views_publish(user_id=user, view=await home_view(workspace, user))


async def redraw_homes(workspace: Workspace) -> None:
    """Draw the Home tabs anew that show something old."""
    while workspace.stale:
        user = workspace.stale.pop()
        if user not in workspace.homes:
            continue
        try:
            await draw_home(workspace, user)
        except UNREACHABLE as problem:
            LOG.warning("a Home tab could not be drawn (%s)", why(problem))


async def home_view(workspace: Workspace, user: str) -> View:
    """Return the Home tab of a user."""
    request = await workspace.request(user, QUEUE.name, {})
    mine = await workspace.core.call(workspace.app.conversations.suggested_by, request.actor.id)
    made = [*blocks(ABOUT), DividerBlock(), *blocks(_suggested(mine))]
    if await workspace.core.call(workspace.app.factbot.role_of, request) >= Role.MODERATOR:
        made += await _queue(workspace, user)
    return View(type="home", blocks=made[:100])


async def _queue(workspace: Workspace, user: str) -> list[Block]:
    reply = await workspace.reply(await workspace.request(user, QUEUE.name, {}))
    return [DividerBlock(), *blocks(reply), *choice_blocks(reply)]


def _suggested(mine: Sequence[Suggestion]) -> Reply:
    fields = tuple(Field(f"{each.kind}, {each.state}", _words(each)) for each in mine[:_SHOWN])
    text = "" if fields else "None yet. /fact suggest, or “Suggest this claim” under an answer, begins one."
    return Reply(title="Your suggestions", text=text, fields=fields)


def _words(each: Suggestion) -> str:
    said = next((value for value in each.values.values() if value), each.note or each.claim_id)
    return f"{said} ({each.reason})" if each.reason else said
