"""Where a private answer goes: a message that only one person sees, a modal, or into the modal that is open."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from adapters.on_slack.forms import form_modal, result
from adapters.on_slack.people import why
from adapters.on_slack.posting import Posting, message
from adapters.on_slack.workspace import Workspace
from bot.reply import Reply

LOG = logging.getLogger("factbot.slack")
_OK = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody pressed or typed, and so how they can be answered.

    `trigger` opens a modal for three seconds; `url` answers in the channel, five times in half an hour; `view` is the
    open modal. With `replaces` the private message that was pressed is used up; `direct` is a direct message.
    """

    user: str
    trigger: str = ""
    url: str = ""
    view: str = ""
    channel: str = ""
    replaces: bool = False
    direct: bool = False


def spot_of(body: dict[str, Any]) -> Spot:
    """Return where a command, a press or a shortcut came from."""
    user, view, container = body.get("user") or {}, body.get("view") or {}, body.get("container") or {}
    channel = str((body.get("channel") or {}).get("id") or body.get("channel_id") or "")
    return Spot(
        user=str(user.get("id") or body.get("user_id") or ""),
        trigger=str(body.get("trigger_id") or ""),
        url=str(body.get("response_url") or ""),
        view=str(view.get("id") or "") if view.get("type") == "modal" else "",
        channel=channel,
        replaces=bool(container.get("is_ephemeral")),
        direct=channel.startswith("D") and not container.get("is_ephemeral") and bool(container),
    )


class Showing:
    """Shows replies to one person."""

    def __init__(self, workspace: Workspace) -> None:
        self._at = workspace
        self._posting = Posting(workspace)

    async def show(
        self, spot: Spot, reply: Reply, own: Sequence[ButtonElement] = (), *, asked: str = "", above: str = ""
    ) -> None:
        """Show a reply: its file is handed over, its form is opened, the rest stands where it was asked for."""
        reply = await self._posting.handed_over(spot.user, reply)
        form = form_modal(reply)
        if form is not None and await self.open(spot, form):
            return
        if spot.view:
            await self._at.client.views_update(view_id=spot.view, view=result(reply, asked))
        elif spot.url:
            await self.say(spot, message(reply, own, asked=asked, above=above))
        else:
            await self.open(spot, result(reply, asked))

    async def open(self, spot: Spot, view: View) -> bool:
        """Open a modal, or put it in the place of the one that is open; False where that is too late."""
        try:
            if spot.view:
                await self._at.client.views_update(view_id=spot.view, view=view)
            else:
                await self._at.client.views_open(trigger_id=spot.trigger, view=view)
        except SlackApiError as problem:
            LOG.warning("a modal could not be opened (%s)", why(problem))
            return False
        return True

    async def say(self, spot: Spot, shown: dict[str, Any]) -> None:
        """Say it where it was asked, to that person alone; in their direct messages it stays."""
        kind = "in_channel" if spot.direct else "ephemeral"
        await self.send(spot.url, **shown, response_type=kind, replace_original=spot.replaces)

    async def send(self, url: str, **shown: Any) -> None:
        """Send to a `response_url`."""
        answer = await self._at.reach.webhook(url).send(**shown)
        if answer.status_code != _OK:
            LOG.warning("Slack does not take an answer at a response_url (%s)", answer.status_code)
