"""Notices as Slack messages: to a person privately, to the channel that moderators chose."""

import logging

from slack_sdk.errors import SlackApiError

from adapters.on_slack.home import redraw_homes
from adapters.on_slack.people import why
from adapters.on_slack.posting import message
from adapters.on_slack.workspace import Workspace
from bot.records import Notice
from bot.reply import Reply

LOG = logging.getLogger("factbot.slack")
_SERVER_FAULT = 500


async def tell(workspace: Workspace, notice: Notice) -> bool:
    """Deliver a notice. One that Slack refuses, or that names another community's channel, is given up."""
    before, _, target = notice.to.rpartition(":")
    in_channel = before.endswith(":channel")
    if in_channel and not await workspace.core.call(
        workspace.app.conversations.belongs, notice, workspace.people.space
    ):
        return True
    try:
        await workspace.client.chat_postMessage(channel=target, **message(Reply(title=notice.title, text=notice.text)))
    except SlackApiError as problem:
        LOG.warning("a notice for %s could not be told (%s)", target, why(problem))
        return int(problem.response.status_code) < _SERVER_FAULT
    if not in_channel:
        workspace.stale.add(target)
        await redraw_homes(workspace)
    return True
