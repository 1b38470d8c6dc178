"""Messages of the bot: posted once, also when Slack stumbles; changed and taken away with their question."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ButtonElement

from adapters.on_slack.choices import choice_blocks
from adapters.on_slack.people import UNREACHABLE, account, why
from adapters.on_slack.render import blocks, fallback
from adapters.on_slack.workspace import Workspace
from bot.recorder import Answered
from bot.reply import Reply, refusal

LOG = logging.getLogger("factbot.slack")
_ANSWER = "factbot_answer"
_TRIES = 4
_PAUSE = 0.3
"""Seconds before a message is sent again, doubled each time."""
_THREAD = 200
"""So many messages of a thread are looked through: Slack's page."""
_SENT = "The file is in your direct messages with me."
_NOT_SENT = "Slack did not take the file. Try again; if it stays so, the app needs the scopes files:write and im:write."
_SERVER_FAULT = 500


def message(reply: Reply, own: Sequence[ButtonElement] = (), *, asked: str = "", above: str = "") -> dict[str, Any]:
    """Return a reply as the arguments of a message."""
    made = [*blocks(reply, above), *choice_blocks(reply, own, asked)]
    return {
        "text": fallback(reply, above),
        "blocks": [block.to_dict() for block in made],
        "unfurl_links": False,
        "unfurl_media": False,
    }


class Posting:
    """Posts in channels and direct messages."""

    def __init__(self, workspace: Workspace) -> None:
        self._at = workspace

    async def answer(self, channel: str, question: str, thread: str, shown: dict[str, Any], account: str) -> Answered:
        """Post the answer to a question (its ts), in a thread where one is given; return what is to be remembered."""
        ts = await self._once(channel, question, thread, shown)
        return Answered(self._at.place(channel), question, ts, account, self._at.people.space)

    async def known(self, channel: str, question: str) -> str:
        """Return the ts of the answer to a question; empty when there is none."""
        place = self._at.place(channel)
        return await self._at.core.call(self._at.app.conversations.reply_to, place, question)

    async def change(self, channel: str, answer: str, shown: dict[str, Any]) -> None:
        """Put something else in the place of an answer; one that is gone stays gone."""
        try:
            await self._at.client.chat_update(channel=channel, ts=answer, text=shown["text"], blocks=shown["blocks"])
        except SlackApiError as problem:
            LOG.warning("an answer could not be changed (%s)", why(problem))

    async def remove(self, channel: str, answer: str) -> None:
        """Take an answer away; one that is gone already is no fault."""
        try:
            await self._at.client.chat_delete(channel=channel, ts=answer)
        except SlackApiError as problem:
            LOG.warning("an answer could not be taken away (%s)", why(problem))

    async def privately(self, channel: str, user: str, thread: str, shown: dict[str, Any]) -> None:
        """Say something in a channel that only one person sees; where that cannot be, it is not said."""
        kept = {name: value for name, value in shown.items() if name in {"text", "blocks"}}
        try:
            await self._at.client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread or None, **kept)
        except SlackApiError as problem:
            LOG.warning("nothing could be said privately (%s)", why(problem))

    async def handed_over(self, user: str, reply: Reply) -> Reply:
        """Send the file of a reply into somebody's direct messages: no private message holds one; return the rest."""
        if reply.file is None:
            return reply
        try:
            opened = await self._at.client.conversations_open(users=user)
            channel = str(opened["channel"]["id"])
            await self._at.client.files_upload_v2(channel=channel, content=reply.file.content, filename=reply.file.name)
        except UNREACHABLE as problem:
            LOG.warning("a file could not be handed over (%s)", why(problem))
            return refusal(_NOT_SENT)
        return replace(reply, file=None, text=f"{reply.text}\n{_SENT}".strip())

    async def read(self, channel: str, ts: str) -> dict[str, Any] | None:
        """Return one message, also one in a thread; None where the bot may not read."""
        with contextlib.suppress(*UNREACHABLE):
            found = await self._at.client.conversations_replies(
                channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=1
            )
            return next((each for each in found.get("messages") or () if each.get("ts") == ts), None)
        return None

    def note_check(self, channel: str, above: str, question: str, user: str) -> None:
        """Note that a message is checked by one in its thread (`question`, of `user`): what becomes of it matters."""
        place, mark = self._at.place(channel), _checked(above)
        noted = Answered(place, mark, question, account(self._at.team, user), self._at.people.space)
        self._at.app.conversations.done(f"{place}:{mark}", noted)

    async def checks(self, channel: str, above: str) -> list[dict[str, Any]]:
        """Return the thread under a message that was checked by one in it; Slack is asked for no other thread."""
        if above and await self.known(channel, _checked(above)):
            with contextlib.suppress(*UNREACHABLE):
                found = await self._at.client.conversations_replies(channel=channel, ts=above, limit=_THREAD)
                return list(found.get("messages") or ())
        return []

    async def _once(self, channel: str, question: str, thread: str, shown: dict[str, Any]) -> str:
        """Post. Slack may have taken a message and stumbled over the answer: look before it is sent again."""
        mark = {"event_type": _ANSWER, "event_payload": {"question": question}}
        for tries in range(1, _TRIES + 1):
            try:
                sent = await self._at.client.chat_postMessage(
                    channel=channel, thread_ts=thread or None, metadata=mark, **shown
                )
                return str(sent["ts"])
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
                if tries == _TRIES or not _stumbled(problem):
                    raise
            await asyncio.sleep(_PAUSE * 2**tries)
            if posted := await self._posted(channel, question, thread):
                return posted
        raise AssertionError  # the last try returns or raises

    async def _posted(self, channel: str, question: str, thread: str) -> str:
        with contextlib.suppress(*UNREACHABLE):
            if thread:
                found = await self._at.client.conversations_replies(
                    channel=channel, ts=thread, oldest=question, include_all_metadata=True, limit=100
                )
            else:
                found = await self._at.client.conversations_history(
                    channel=channel, oldest=question, include_all_metadata=True, limit=100
                )
            return next((str(each["ts"]) for each in found.get("messages") or () if _answers(each, question)), "")
        return ""


def _checked(ts: str) -> str:
    """Name the message with this ts as one that is checked: it is no question to the bot."""
    return f"above:{ts}"


def _stumbled(problem: BaseException) -> bool:
    """Whether the fault is the server's or the line's: what Slack refuses, it refuses again."""
    return not isinstance(problem, SlackApiError) or int(problem.response.status_code) >= _SERVER_FAULT


def _answers(message: dict[str, Any], question: str) -> bool:
    mark = message.get("metadata") or {}
    return mark.get("event_type") == _ANSWER and (mark.get("event_payload") or {}).get("question") == question
