"""Commands, buttons and the shortcut: each becomes one request to the core, and its reply one private answer."""

import re
from dataclasses import replace
from typing import Any

from adapters.chat.cooldown import pause_words
from adapters.chat.presses import ASKED, unpacked
from adapters.on_slack.choices import asked_in, needs_question, remove_button, share_button
from adapters.on_slack.forms import file_modal
from adapters.on_slack.posting import Posting, message
from adapters.on_slack.showing import Showing, Spot, spot_of
from adapters.on_slack.texts import quote, read, said_in
from adapters.on_slack.typing_in import wanted
from adapters.on_slack.workspace import Workspace
from bot.errors import FactbotError, UsageProblem
from bot.reply import Field, refusal
from bot.verb import Kind, Role
from bot.verbs import FACTCHECK, HELP

COMMANDS = (f"/{FACTCHECK.name}", "/fact")
CHECK_MESSAGE = "check_message"
"""The message shortcut's id in the manifest."""
_GONE = "That button is not known any more. Ask again."
_DRAFT = re.compile(r"d[0-9a-f]{6,40}")
_IN_THREADS = Field("In threads", "Slack has no slash commands there: mention me instead, with your question.")


class Interactions:
    """Answers what people type behind a slash and what they press."""

    def __init__(self, workspace: Workspace, showing: Showing) -> None:
        self._at = workspace
        self._showing = showing
        self._posting = Posting(workspace)

    async def typed(self, body: dict[str, Any]) -> None:
        """Answer a slash command."""
        spot, command = spot_of(body), str(body.get("command") or "")
        text = str(body.get("text") or "").strip()
        if command == COMMANDS[0] and text:
            await self._factcheck(spot, read(text))
            return
        line = f"{command} {text}" if text and command != COMMANDS[0] else HELP.name
        try:
            verb, given = wanted(line, self._at.team, spot.channel)
        except UsageProblem as problem:
            await self._showing.show(spot, refusal(problem.message))
            return
        takes_file = any(item.kind is Kind.FILE for item in verb.offered)
        if takes_file and await self._role(spot.user) >= verb.least:
            await self._showing.open(spot, file_modal(verb, given))
        else:
            await self._answer(spot, verb.name, given)

    async def check_message(self, body: dict[str, Any]) -> None:
        """Answer privately what is on record about somebody's message."""
        spot, text = spot_of(body), said_in(body.get("message") or {}, self._at.bot_user)
        if text:
            await self._factcheck(spot, text)
        else:
            await self._showing.show(spot, refusal("That message has no text that could be checked."))

    async def _factcheck(self, spot: Spot, question: str) -> None:
        if pause := self._at.cooldown.take(spot.user, spot.channel):
            await self._showing.show(spot, refusal(pause_words(pause)))
            return
        request = await self._at.request(spot.user, FACTCHECK.name, {"question": question})
        reply = await self._at.reply(request, spot.channel or "-")
        share = share_button(question)
        too_long = ASKED in str(share.value) or needs_question(reply)
        asked = await self._kept(request.actor.id, question) if too_long else ""
        await self._showing.show(spot, reply, [share], asked=asked, above=quote(question))

    async def _kept(self, account: str, question: str) -> str:
        """Keep a question that no button can hold: a private message cannot be read again."""
        return await self._at.core.call(
            self._at.app.conversations.keep_question, account, self._at.people.space, question
        )

    async def pressed(self, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Answer a press: the verb that the button names."""
        spot = spot_of(body)
        try:
            pressed = unpacked(str(action.get("value") or ""))
            given = await self._filled(spot, pressed[1], action) if pressed else {}
        except FactbotError as problem:
            await self._showing.show(spot, refusal(problem.message))
            return
        if pressed is None:
            await self._showing.show(spot, refusal(_GONE))
            return
        await self._answer(spot, pressed[0], given, asked=asked_in(str(action.get("block_id") or "")))

    async def share(self, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Show a private answer to the channel: asked again, so that it is what is on record now."""
        spot, pressed = spot_of(body), unpacked(str(action.get("value") or ""))
        try:
            given = await self._filled(spot, pressed[1], action) if pressed else {}
        except FactbotError as problem:
            await self._showing.show(spot, refusal(problem.message))
            return
        if not spot.url or not given.get("question"):
            await self._showing.show(spot, refusal(_GONE))
            return
        request = await self._at.request(spot.user, FACTCHECK.name, given)
        reply = await self._at.reply(request, spot.channel or "-")
        by = f"{quote(given['question'])} Shared by {request.actor.name or 'a member'}."
        shown = message(replace(reply, choices=()), [remove_button(spot.user)], above=by)
        await self._showing.send(spot.url, **shown, response_type="in_channel", replace_original=False)
        await self._showing.send(spot.url, delete_original=True)

    async def remove(self, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take a public answer away: for the one who asked, and for moderators."""
        spot = spot_of(body)
        if action.get("value") == spot.user or await self._role(spot.user) >= Role.MODERATOR:
            await self._showing.send(spot.url, delete_original=True)
            return
        problem = message(refusal("Only the person who asked and moderators can remove this."))
        await self._showing.send(spot.url, **problem, response_type="ephemeral", replace_original=False)

    async def _role(self, user: str) -> Role:
        request = await self._at.request(user, HELP.name, {})
        return await self._at.core.call(self._at.app.factbot.role_of, request)

    async def _filled(self, spot: Spot, given: dict[str, str], action: dict[str, Any]) -> dict[str, str]:
        """Put the question where a button could only say that there was one."""
        if ASKED not in given.values():
            return given
        question = await self._question(spot, asked_in(str(action.get("block_id") or "")))
        return {name: question if value == ASKED else value for name, value in given.items()}

    async def _question(self, spot: Spot, asked: str) -> str:
        if _DRAFT.fullmatch(asked):
            actor = await self._at.people.actor(spot.user)
            kept = self._at.app.conversations.kept_question
            return await self._at.core.call(kept, asked, actor.id, self._at.people.space)
        found = await self._posting.read(spot.channel, asked) if asked else None
        return said_in(found, self._at.bot_user) if found else ""

    async def _answer(self, spot: Spot, verb: str, given: dict[str, str], asked: str = "") -> None:
        request = await self._at.request(spot.user, verb, given, spot.trigger)
        reply = await self._at.reply(request, spot.channel or "-")
        if verb == HELP.name:
            reply = replace(reply, notes=(*reply.notes, _IN_THREADS))
        await self._showing.show(spot, reply, asked=asked)
