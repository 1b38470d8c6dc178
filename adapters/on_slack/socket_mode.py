"""Socket Mode: one connection for each Slack app, kept alive, renewed without a gap, and given up when it is dead."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from adapters.chat.one_server import host_of
from adapters.on_slack.people import UNREACHABLE, why
from adapters.on_slack.reaching import Reach
from adapters.on_slack.refusals import check_refusal
from adapters.on_slack.team import Malformed

LOG = logging.getLogger("factbot.slack")
Dispatch = Callable[[dict[str, Any]], Awaitable[BoltResponse]]
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_SHORT = 5.0
"""A socket that lived shorter is followed by a pause."""
_DRAINED = 10.0
_ENDED = "it ended"
_ENDS = {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}


class Socket:
    """The connection of one Slack app.

    `ping`: seconds between two pings; a socket that does not answer one is dead. `quiet`: seconds without any message
    after which it is renewed, because it may be open and forgotten. `setting` is named when the token is bad.
    """

    def __init__(
        self, token: str, setting: str, reach: Reach, dispatch: Dispatch, *, ping: float = 10.0, quiet: float = 600.0
    ) -> None:
        self._token = token
        self._setting = setting
        self._reach = reach
        self._dispatch = dispatch
        self._ping = ping
        self._quiet = quiet
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: set[aiohttp.ClientWebSocketResponse] = set()
        self._greeted: set[aiohttp.ClientWebSocketResponse] = set()

    @property
    def connected(self) -> bool:
        """Whether Slack has greeted a socket that is still open."""
        return bool(self._greeted)

    async def run(self) -> None:
        """Be connected until cancelled. Raises `SettingsProblem` for a token that Slack does not take."""
        wait = _FIRST_WAIT
        try:
            while True:
                begun = time.monotonic()
                await self._connected_once()
                wait = _FIRST_WAIT if time.monotonic() - begun > _SHORT else min(_LONGEST_WAIT, wait * 2)
                if wait > _FIRST_WAIT:
                    await asyncio.sleep(wait / 2)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, *(socket.close() for socket in self._open), return_exceptions=True)

    async def _connected_once(self) -> None:
        try:
            socket = await self._connect()
        except SlackApiError as problem:
            check_refusal(problem, self._setting, "connections:write")
            LOG.warning("Slack gives no socket (%s)", why(problem))
            return
        except UNREACHABLE as problem:
            LOG.warning("Slack cannot be reached (%s)", type(problem).__name__)
            return
        reason = await self._read(socket, self._quiet)
        LOG.info("the socket is renewed (%s)", reason)
        self._spawn(self._drain(socket))

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        answer = await self._reach.client(self._token).apps_connections_open(app_token=self._token)
        address = str(answer["url"])
        self._reach.servers.hosts.add(host_of(address))
        closing = aiohttp.ClientWSTimeout(ws_close=1.0)
        socket = await self._reach.session.ws_connect(address, heartbeat=self._ping, timeout=closing, max_msg_size=0)
        self._open.add(socket)
        return socket

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, quiet: float) -> str:
        """Deal with what comes until the socket ends or is to be renewed; return why."""
        while True:
            try:
                message = await socket.receive(timeout=quiet)
            except TimeoutError:
                return "nothing came"
            if message.type in _ENDS:
                self._greeted.discard(socket)
                return _ENDED
            if message.type is aiohttp.WSMsgType.TEXT and (reason := self._received(socket, message.data)):
                return reason

    def _received(self, socket: aiohttp.ClientWebSocketResponse, text: str) -> str:
        """Deal with one message; return why the socket is to be renewed, if Slack says so."""
        try:
            envelope = json.loads(text)
            kind = envelope.get("type")
        except (ValueError, AttributeError):
            LOG.warning("Slack's socket said something that is no message")
            return ""
        if kind == "hello":
            self._greeted.add(socket)
            LOG.info("connected to Slack")
        elif kind == "disconnect":
            return str(envelope.get("reason") or "Slack asks for it")
        elif isinstance(envelope.get("payload"), dict):
            self._spawn(self._deal(socket, envelope))
        return ""

    async def _deal(self, socket: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        """Hand an event on, and acknowledge it; without that, Slack sends it again."""
        try:
            answer = await self._dispatch(envelope["payload"])
        except Malformed:
            answer = BoltResponse(status=200)
        if answer.status != 200:
            return
        sent: dict[str, Any] = {"envelope_id": envelope.get("envelope_id")}
        if answer.body:
            is_json = answer.first_headers().get("content-type", "").startswith("application/json")
            sent["payload"] = json.loads(answer.body) if is_json else {"text": answer.body}
        try:
            await socket.send_json(sent)
        except (ConnectionError, RuntimeError):
            LOG.warning("an event could not be acknowledged: its socket is gone")

    async def _drain(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Hear the old socket out while the new one opens: what is under way on it is not lost."""
        try:
            async with asyncio.timeout(_DRAINED):
                while not socket.closed and await self._read(socket, _DRAINED) != _ENDED:
                    pass
        except TimeoutError:
            pass
        finally:
            self._greeted.discard(socket)
            await socket.close()
            self._open.discard(socket)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
