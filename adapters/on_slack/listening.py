"""What Slack sends goes to the one who deals with it: Bolt acknowledges at once, the work follows.

The commands, the shortcut and the events that are heard here are those of the manifest; a test compares them.
"""

import logging
import re
from collections.abc import Awaitable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.chat.faults import note_fault
from adapters.on_slack.answering import Answering
from adapters.on_slack.choices import PRESS, REMOVE, SHARE
from adapters.on_slack.forms import FORM
from adapters.on_slack.home import draw_home, redraw_homes
from adapters.on_slack.interactions import CHECK_MESSAGE, COMMANDS, Interactions
from adapters.on_slack.modals import Modals
from adapters.on_slack.people import UNREACHABLE
from adapters.on_slack.showing import Showing, spot_of
from adapters.on_slack.workspace import Workspace
from bot.errors import FactbotError
from bot.handle import incident_words
from bot.incident import record_incident
from bot.reply import refusal

Body = dict[str, Any]


def bolt_app(workspace: Workspace) -> AsyncApp:
    """Return the Bolt app of a workspace. What reaches it has been checked: by the HTTP door or by the socket."""

    async def authorize(**_about: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.team,
            bot_user_id=workspace.bot_user,
            bot_id=workspace.bot_id,
            bot_token=workspace.client.token,
        )

    quiet = logging.getLogger("factbot.slack.bolt")
    quiet.setLevel(logging.ERROR)  # its warnings hold what people wrote
    app = AsyncApp(
        name=quiet.name,  # Bolt sets the logger of this name like `quiet`; without one it reads all code on the stack
        logger=quiet,
        client=workspace.client,
        authorize=authorize,
        request_verification_enabled=False,
    )
    listeners = Listeners(workspace)
    app.event("app_mention")(listeners.heard)
    app.event("message")(listeners.message)
    app.event("app_home_opened")(listeners.home)
    app.event("app_uninstalled")(listeners.uninstalled)
    app.event("tokens_revoked")(listeners.revoked)
    for command in COMMANDS:
        app.command(command)(listeners.typed)
    app.shortcut({"type": "message_action", "callback_id": CHECK_MESSAGE})(listeners.shortcut)
    app.action(re.compile(f"^{PRESS}:"))(listeners.pressed)
    app.action(SHARE)(listeners.shared)
    app.action(REMOVE)(listeners.removed)
    app.view(FORM)(listeners.sent)
    app.options(re.compile(""))(listeners.completed)
    app.error(listeners.failed)
    return app


class Listeners:
    """Bolt's listeners: each acknowledges and hands on."""

    def __init__(self, workspace: Workspace) -> None:
        self._at = workspace
        self._showing = Showing(workspace)
        self._answering = Answering(workspace)
        self._interactions = Interactions(workspace, self._showing)
        self._modals = Modals(workspace, self._showing)

    async def heard(self, event: Body, body: Body) -> None:
        """Hear a mention."""
        with self._at.core.in_hand():
            await self._answering.heard(event, str(body.get("event_id") or ""))
            await redraw_homes(self._at)

    async def message(self, event: Body, body: Body) -> None:
        """Hear a message, or what has become of one."""
        kind = event.get("subtype")
        with self._at.core.in_hand():
            if kind == "message_changed":
                await self._answering.changed(event)
            elif kind == "message_deleted":
                await self._answering.deleted(event)
            else:
                await self.heard(event, body)

    async def home(self, event: Body) -> None:
        """Draw the Home tab when somebody opens it."""
        if event.get("tab") == "home" and (user := str(event.get("user") or "")):
            with self._at.core.in_hand():
                await draw_home(self._at, user)

    async def uninstalled(self) -> None:
        """Note that the workspace has removed the app."""
        with self._at.core.in_hand():
            await self._at.core.call(self._at.app.conversations.left, self._at.people.space)

    async def revoked(self, event: Body) -> None:
        """The same, where Slack says no more than that the bot's token is gone; a person's token is none of ours."""
        if (event.get("tokens") or {}).get("bot"):
            await self.uninstalled()

    async def typed(self, ack: AsyncAck, body: Body) -> None:
        """Take a slash command."""
        await ack()
        await self._told(body, self._interactions.typed(body))

    async def shortcut(self, ack: AsyncAck, body: Body) -> None:
        """Take “Check this message”."""
        await ack()
        await self._told(body, self._interactions.check_message(body))

    async def pressed(self, ack: AsyncAck, body: Body, action: Body) -> None:
        """Take a press of a button."""
        await ack()
        await self._told(body, self._interactions.pressed(body, action))

    async def shared(self, ack: AsyncAck, body: Body, action: Body) -> None:
        """Take a press of *Share to channel*."""
        await ack()
        await self._told(body, self._interactions.share(body, action))

    async def removed(self, ack: AsyncAck, body: Body, action: Body) -> None:
        """Take a press of *Remove*."""
        await ack()
        await self._told(body, self._interactions.remove(body, action))

    async def sent(self, ack: AsyncAck, body: Body) -> None:
        """Take a modal that was filled in; its answer is the acknowledgement."""
        await self._told(body, self._modals.sent(ack, body))

    async def completed(self, ack: AsyncAck, body: Body) -> None:
        """Complete what is being typed; the options are the acknowledgement."""
        with self._at.core.in_hand():
            await self._modals.completed(ack, body)

    async def failed(self, error: Exception) -> None:
        """Keep a fault in the log, without what was said."""
        note_fault(error)

    async def _told(self, body: Body, work: Awaitable[None]) -> None:
        """Do the work; a fault of ours is shown with its number to whoever waits, if Slack can still be reached."""
        with self._at.core.in_hand():
            try:
                await work
            except FactbotError as problem:
                await self._showing.show(spot_of(body), refusal(problem.message))
            except Exception as fault:
                number = record_incident(fault)
                if not isinstance(fault, UNREACHABLE):
                    await self._showing.show(spot_of(body), refusal(incident_words(number)))
            await redraw_homes(self._at)
