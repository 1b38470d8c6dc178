"""Mentions and direct messages: answered in place, once, pinging nobody; what becomes of the question is respected."""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.chat.cooldown import pause_words
from adapters.chat.pointing import only_greets, only_points
from adapters.chat.turns import Turns
from adapters.on_slack.about import ABOUT
from adapters.on_slack.choices import remove_button
from adapters.on_slack.people import why
from adapters.on_slack.posting import Posting, message
from adapters.on_slack.texts import forwarded, mentions, read, said_in, without_mention
from adapters.on_slack.typing_in import wanted
from adapters.on_slack.workspace import Workspace
from bot.errors import UsageProblem
from bot.recorder import Answered
from bot.reply import Reply, refusal
from bot.request import Request
from bot.verbs import FACTCHECK, HELP

LOG = logging.getLogger("factbot.slack")
_UNSEEN = (
    "I cannot read that message. Invite me to the channel, or open the message's menu and choose “Check this message”."
)
_DELETED = "The message above has been deleted."
_PLAIN = {"", "file_share", "thread_broadcast"}
"""Subtypes of messages that people write."""
_TOMBSTONE = "tombstone"
"""Subtype of what is left of a deleted message that has a thread."""
_DIRECT = "im"
_SLACK = "USLACKBOT"
"""Slack itself, which reminds people of things in their own words."""
_MOST_HEARD = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that asks the bot something."""

    channel: str
    ts: str
    user: str
    text: str
    thread: str
    direct: bool
    raw: dict[str, Any]

    @property
    def answer_thread(self) -> str:
        """Where the answer goes: into the question's thread; in direct messages only if it is in one already."""
        return self.thread or ("" if self.direct else self.ts)


class Answering:
    """Hears messages and answers those that are meant for the bot."""

    def __init__(self, workspace: Workspace) -> None:
        self._at = workspace
        self._posting = Posting(workspace)
        self._turns = Turns()
        self._heard: OrderedDict[str, None] = OrderedDict()
        self._edited: OrderedDict[str, None] = OrderedDict()
        """Questions whose edit came before they did, or that were not answered."""

    async def heard(self, event: dict[str, Any], event_id: str = "") -> None:
        """Answer a mention or a direct message of a person, once, unless the channel is to stay quiet.

        One message can come as two events, one event more than once: neither is answered twice.
        """
        asked = self._asked(event)
        if asked is None:
            return
        if event_id and not self._is_new(event_id):
            return
        try:
            await self._once(self._key(asked.channel, asked.ts), asked)
        except BaseException:
            self._heard.pop(event_id, None)
            raise

    def _is_new(self, event_id: str) -> bool:
        """Events come again within minutes. What outlives a restart is which message was answered."""
        known = event_id in self._heard
        self._note(self._heard, event_id)
        return not known

    def _note(self, names: OrderedDict[str, None], name: str) -> None:
        names[name] = None
        if len(names) > _MOST_HEARD:
            names.popitem(last=False)

    def _asked(self, event: dict[str, Any]) -> Asked | None:
        """No bots, no notices of the system; in channels only where the bot is named."""
        user, text = str(event.get("user") or ""), str(event.get("text") or "")
        direct = event.get("channel_type") == _DIRECT or str(event.get("channel", "")).startswith("D")
        if event.get("bot_id") or (event.get("subtype") or "") not in _PLAIN or user in {"", _SLACK, self._at.bot_user}:
            return None
        if not direct and not mentions(text, self._at.bot_user):
            return None
        channel, ts = str(event.get("channel") or ""), str(event.get("ts") or "")
        thread = str(event.get("thread_ts") or "")
        return Asked(channel, ts, user, text, thread, direct, event) if channel and ts else None

    async def _once(self, key: str, asked: Asked) -> None:
        """Answer if nobody has or is about to; remember that it was dealt with, also when Slack refuses the answer."""
        conversations = self._at.app.conversations
        async with self._turns.of(key):
            places = () if asked.direct else (self._at.place(asked.channel),)
            if await self._at.core.call(conversations.begin, key, self._at.people.space, places):
                await self._dealt_with(key, asked)

    async def _dealt_with(self, key: str, asked: Asked) -> None:
        conversations, answered = self._at.app.conversations, None
        try:
            now = await self._latest(asked, asked) if key in self._edited else asked
            answered = await self._answer(now) if now else None
        except SlackApiError as problem:
            LOG.warning("Slack does not take an answer (%s)", why(problem))
        except BaseException:
            conversations.failed(key)
            raise
        conversations.done(key, answered)

    async def _answer(self, asked: Asked) -> Answered | None:
        pause = self._at.cooldown.take(asked.user, asked.channel)
        if pause is not None:
            if pause.say:
                shown = message(refusal(pause_words(pause)))
                await self._posting.privately(asked.channel, asked.user, asked.answer_thread, shown)
            return None
        reply, request = await self._reply(asked)
        account = request.actor.id if request else ""
        own = [remove_button(asked.user)]
        reply = await self._posting.handed_over(asked.user, reply)
        if request is not None and request.verb not in {FACTCHECK.name, HELP.name} and not asked.direct:
            await self._posting.privately(asked.channel, asked.user, asked.thread, message(reply))
            return None
        shown = message(reply, own, asked=asked.ts)
        return await self._posting.answer(asked.channel, asked.ts, asked.answer_thread, shown, account)

    async def _reply(self, asked: Asked) -> tuple[Reply, Request | None]:
        try:
            verb, given, problem = await self._wanted(asked)
        except UsageProblem as wrong:
            return refusal(wrong.message), None
        if problem:
            return refusal(problem), None
        if verb == HELP.name and not self._is_command(asked):
            return ABOUT, None
        request = await self._at.request(asked.user, verb, given, f"{asked.channel}:{asked.ts}")
        return await self._at.reply(request, asked.channel), request

    async def _wanted(self, asked: Asked) -> tuple[str, dict[str, str], str]:
        """Return verb and arguments, or why there are none: a question, a typed command, or the message above."""
        raw = without_mention(asked.text, self._at.bot_user)
        own = read(raw).strip()
        if self._is_command(asked):
            verb, given = wanted(raw, self._at.team, asked.channel)
            return verb.name, given, ""
        if not only_points(own) and not only_greets(own):
            return FACTCHECK.name, {"question": own}, ""
        if forwarded(asked.raw):
            return FACTCHECK.name, {"question": said_in(asked.raw, self._at.bot_user)}, ""
        if not self._checks_above(asked):
            return (HELP.name, {}, "") if only_greets(own) else (FACTCHECK.name, {"question": own}, "")
        self._posting.note_check(asked.channel, asked.thread, asked.ts, asked.user)
        above = await self._posting.read(asked.channel, asked.thread)
        if above and above.get("subtype") == _TOMBSTONE:
            return FACTCHECK.name, {}, _DELETED
        text = said_in(above, self._at.bot_user) if above else ""
        return FACTCHECK.name, {"question": text}, "" if text else _UNSEEN

    def _checks_above(self, asked: Asked) -> bool:
        """Whether a message asks about the one above its thread, and says nothing of its own."""
        own = read(without_mention(asked.text, self._at.bot_user)).strip()
        below = asked.thread not in {"", asked.ts}
        return below and only_points(own) and not forwarded(asked.raw) and not self._is_command(asked)

    def _is_command(self, asked: Asked) -> bool:
        return without_mention(asked.text, self._at.bot_user).startswith("/")

    async def changed(self, event: dict[str, Any]) -> None:
        """Answer an edited question anew, in the same place, as it is now: edits may come late and out of order.

        What is no question to the bot any more loses its answer. A deleted message with a thread comes as a change too.
        """
        now, before = event.get("message") or {}, event.get("previous_message") or {}
        if now.get("subtype") == _TOMBSTONE:
            await self.deleted(event)
            return
        if now.get("text") == before.get("text"):
            return
        where = {"channel": event.get("channel"), "channel_type": event.get("channel_type")}
        asked = self._asked({**now, **where})
        if was := asked or self._asked({**before, **where}):
            await self._follow(was, asked)
        for each in await self._checking(where, str(now.get("ts") or "")):
            await self._follow(each, each)

    async def _follow(self, was: Asked, now: Asked | None) -> None:
        """Put the answer to a question right, or away, when the question or what it is about has changed."""
        key = self._key(was.channel, was.ts)
        async with self._turns.of(key):
            answer = await self._posting.known(was.channel, was.ts)
            if not answer:
                self._note(self._edited, key)
            elif shown := await self._anew(await self._latest(was, now)):
                await self._posting.change(was.channel, answer, shown)
            else:
                await self._posting.remove(was.channel, answer)

    async def _checking(self, where: dict[str, Any], ts: str) -> list[Asked]:
        """Return the messages in the thread under a message (its ts) that have it checked."""
        found = (self._asked({**each, **where}) for each in await self._posting.checks(str(where["channel"]), ts))
        return [each for each in found if each and each.thread == ts and self._checks_above(each)]

    async def _latest(self, asked: Asked, otherwise: Asked | None) -> Asked | None:
        """Return a question as it is now, None when it is no longer one; `otherwise` where it cannot be read."""
        found = await self._posting.read(asked.channel, asked.ts)
        where = {"channel": asked.channel, "channel_type": asked.raw.get("channel_type")}
        return self._asked({**found, **where}) if found else otherwise

    async def _anew(self, asked: Asked | None) -> dict[str, Any] | None:
        """Return what takes the place of an answer; None when nothing does: an edit is no way to give a command."""
        if asked is None or self._is_command(asked):
            return None
        if pause := self._at.cooldown.take(asked.user, asked.channel):
            return message(refusal(f"Your question has changed. {pause_words(pause)}"))
        reply, _ = await self._reply(asked)
        return message(reply, [remove_button(asked.user)], asked=asked.ts)

    async def deleted(self, event: dict[str, Any]) -> None:
        """Take the answer away with its question; a question that comes later than its deletion is not answered."""
        channel = str(event.get("channel") or "")
        ts = str(
            event.get("deleted_ts") or (event.get("previous_message") or event.get("message") or {}).get("ts") or ""
        )
        if not channel or not ts:
            return
        await self._withdraw(channel, ts, never=self._is_from_person(event))
        where = {"channel": channel, "channel_type": event.get("channel_type")}
        for each in await self._checking(where, ts):
            await self._withdraw(channel, each.ts)

    async def _withdraw(self, channel: str, ts: str, *, never: bool = False) -> None:
        """Take the answer to a question away; where there is none, there is to be none if `never` is said."""
        key = self._key(channel, ts)
        async with self._turns.of(key):
            if answer := await self._posting.known(channel, ts):
                await self._posting.remove(channel, answer)
            elif never:
                self._at.app.conversations.done(key)

    def _is_from_person(self, event: dict[str, Any]) -> bool:
        before = event.get("previous_message") or {}
        named = mentions(str(before.get("text") or ""), self._at.bot_user)
        return not before.get("bot_id") and (named or event.get("channel_type") == _DIRECT or not before)

    def _key(self, channel: str, ts: str) -> str:
        return f"{self._at.place(channel)}:{ts}"
