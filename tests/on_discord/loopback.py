"""A small Discord on this machine: real HTTP and a real websocket, for whole runs of the bot's process.

It knows one server with one channel, speaks as much of the API as the bot uses, and can misbehave on demand: refuse,
be slow, answer 429 or 500 after it has taken a message, drop the socket, call a session invalid, replay events.
"""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "MTA.loopback.token"  # noqa: S105 - of no use anywhere else
BOT_ID, GUILD_ID, CHANNEL_ID, MEMBER_ID = "1000", "2000", "3000", "4000"
_USER = {"id": BOT_ID, "username": "factbot", "discriminator": "0", "avatar": None, "bot": True, "global_name": None}
_FLAGS = {"flags": 0}


@dataclass
class Loopback:
    """The server's state, and what it is to do next."""

    port: int = 0
    heartbeat_ms: int = 41_250
    sent: list[dict[str, Any]] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    commands: list[Any] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    identified: int = 0
    login: dict[str, Any] = field(default_factory=dict)
    """What the bot said of itself when it logged in."""
    resumed: int = 0
    beats: list[float] = field(default_factory=list)
    faults: deque[tuple[int, bool]] = field(default_factory=deque)
    """Answers to the next messages: a status, and whether the message is taken all the same."""
    close_with: int = 0
    """Close code for the next identify; 0 lets it in."""
    refuses_commands: bool = False
    """The bot was invited without the scope for commands."""
    nonces: dict[str, dict[str, Any]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    _socket: web.WebSocketResponse | None = None
    _sequence: int = 0
    _ids: int = 900_000_000_000_000_000
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base(self) -> str:
        """What `DISCORD_API_BASE` is to be."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    async def wait_ready(self, seconds: float = 30) -> None:
        """Wait until the bot has its session and its server."""
        await asyncio.wait_for(self._ready.wait(), seconds)

    async def wait_sent(self, count: int, seconds: float = 30) -> None:
        """Wait until the bot has sent so many messages."""
        end = time.monotonic() + seconds
        while len(self.sent) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(self.sent)} of {count} messages")
            await asyncio.sleep(0.01)

    async def say(self, content: str, *, message_id: str = "", author: str = MEMBER_ID) -> str:
        """Let a member write a message; return its id."""
        made = message_id or self._new_id()
        await self.dispatch(
            "MESSAGE_CREATE", _message(made, content, author) | {"guild_id": GUILD_ID, "member": _member(author)}
        )
        return made

    async def ask(self, question: str, **more: Any) -> str:
        """Let a member ask the bot by a mention."""
        return await self.say(f"<@{BOT_ID}> {question}", **more)

    async def dispatch(self, event: str, data: Any) -> None:
        """Send an event."""
        self._sequence += 1
        await self._send({"op": 0, "t": event, "s": self._sequence, "d": data})

    async def drop(self) -> None:
        """Cut the connection without a goodbye."""
        self._ready.clear()
        if self._socket is not None and self._socket._req is not None and self._socket._req.transport is not None:
            self._socket._req.transport.abort()

    async def invalidate(self) -> None:
        """Call the session invalid (op 9)."""
        self._ready.clear()
        await self._send({"op": 9, "d": False})

    async def _send(self, payload: dict[str, Any]) -> None:
        assert self._socket is not None
        await self._socket.send_str(json.dumps(payload))

    def _new_id(self) -> str:
        self._ids += 1
        return str(self._ids)

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """The websocket."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self._socket = socket
        await self._send({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._received(json.loads(message.data))
        return socket

    async def _received(self, payload: dict[str, Any]) -> None:
        op = payload["op"]
        if op == 1:
            self.beats.append(time.monotonic())
            await self._send({"op": 11})
        elif op == 2:
            await self._identify(payload["d"])
        elif op == 6:
            self.resumed += 1
            await self.dispatch("RESUMED", {})
            self._ready.set()

    async def _identify(self, data: dict[str, Any]) -> None:
        self.login = data
        assert self._socket is not None
        self.identified += 1
        if self.close_with or data["token"] != TOKEN:
            await self._socket.close(code=self.close_with or 4004)
            return
        await self.dispatch(
            "READY",
            {
                "v": 10,
                "user": _USER,
                "guilds": [{"id": GUILD_ID, "unavailable": True}],
                "session_id": "s1",
                "resume_gateway_url": f"ws://127.0.0.1:{self.port}",
                "application": {"id": BOT_ID, **_FLAGS},
                "shard": data.get("shard", [0, 1]),
            },
        )
        await self.dispatch("GUILD_CREATE", _guild())
        self._ready.set()

    async def create_message(self, request: web.Request) -> web.Response:
        """Take a message of the bot; a nonce that was seen gives the first one again, as Discord does."""
        body = await _body(request)
        status, taken = self.faults.popleft() if self.faults else (200, True)
        nonce = str(body.get("nonce", ""))
        made = self.nonces.get(nonce) if nonce and body.get("enforce_nonce") else None
        if taken and made is None:
            made = _message(self._new_id(), body.get("content") or "", BOT_ID) | {"embeds": body.get("embeds", [])}
            self.nonces[nonce] = made
            self.sent.append(body)
            self.sent_at.append(time.monotonic())
        if status == 429:
            headers = {"Retry-After": "0.2", "Via": "1.1 loopback", "X-RateLimit-Reset-After": "0.2"}
            return _json({"message": "slow down", "retry_after": 0.2, "global": False}, status, headers)
        return _json(made or {}, status)

    async def put_commands(self, request: web.Request) -> web.Response:
        """Take the commands."""
        if self.refuses_commands:
            return _json({"message": "Missing Access", "code": 50001}, 403)
        self.commands = await request.json()
        made = [
            {"description": "", **command, "id": self._new_id(), "application_id": BOT_ID, "version": "1"}
            for command in self.commands
        ]
        return _json(made)

    async def respond(self, request: web.Request) -> web.Response:
        """Take a response to an interaction."""
        self.responses.append(await _body(request))
        return web.Response(status=204)

    async def anything(self, request: web.Request) -> web.Response:
        """Count what is not known."""
        self.unknown[f"{request.method} {request.path}"] += 1
        return _json({"message": "404: Not Found", "code": 0}, 404)


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Exactly `application/json`: discord.py looks at nothing else."""
    made = web.Response(body=json.dumps(value).encode(), status=status, headers=headers)
    made.headers["Content-Type"] = "application/json"
    return made


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        return dict(json.loads(str(form["payload_json"])))
    return dict(await request.json())


def _user(user_id: str) -> dict[str, Any]:
    return {**_USER, "id": user_id, "username": f"user{user_id}", "bot": user_id == BOT_ID}


def _member(user_id: str) -> dict[str, Any]:
    return {"user": _user(user_id), "roles": [], "joined_at": "2024-01-01T00:00:00+00:00", "deaf": False, "mute": False,
            "flags": 0}  # fmt: skip


def _message(message_id: str, content: str, author: str) -> dict[str, Any]:
    return {
        "id": message_id, "channel_id": CHANNEL_ID, "author": _user(author), "content": content,
        "timestamp": "2024-02-06T12:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": [_user(BOT_ID)] if BOT_ID in content else [], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": False, "type": 0, "components": [],
    }  # fmt: skip


def _guild() -> dict[str, Any]:
    everyone = {
        "id": GUILD_ID, "name": "@everyone", "color": 0, "hoist": False, "position": 0, "permissions": "3072",
        "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    channel = {"id": CHANNEL_ID, "type": 0, "name": "general", "position": 0, "permission_overwrites": []}
    return {
        "id": GUILD_ID, "name": "Town", "owner_id": MEMBER_ID, "roles": [everyone], "channels": [channel],
        "members": [_member(BOT_ID)], "member_count": 2, "emojis": [], "stickers": [], "features": [], "threads": [],
        "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [], "large": False,
        "unavailable": False, "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0, "nsfw_level": 0, "system_channel_flags": 0,
        "preferred_locale": "en-US", "afk_timeout": 300, "premium_progress_bar_enabled": False,
        "joined_at": "2024-01-01T00:00:00+00:00", "soundboard_sounds": [],
    }  # fmt: skip


@asynccontextmanager
async def running(server: Loopback | None = None) -> AsyncIterator[Loopback]:
    """Run a loopback Discord on a free port."""
    state = server or Loopback()
    application = web.Application(client_max_size=30_000_000)

    async def me(request: web.Request) -> web.Response:
        good = request.headers.get("Authorization") == f"Bot {TOKEN}"
        return _json(_USER) if good else _json({"message": "401: Unauthorized", "code": 0}, 401)

    async def about(_request: web.Request) -> web.Response:
        owner = _user(MEMBER_ID)
        named = {"id": BOT_ID, "name": "factbot", "icon": None, "description": "", "verify_key": "x", **_FLAGS}
        return _json({**named, "bot_public": True, "bot_require_code_grant": False, "owner": owner, "team": None})

    async def where(_request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": f"ws://127.0.0.1:{state.port}", "shards": 1, "session_start_limit": limit})

    async def done(_request: web.Request) -> web.Response:
        return web.Response(status=204)

    api = "/api/v10"
    application.add_routes(
        [
            web.get("/", state.gateway),
            web.get(f"{api}/users/@me", me),
            web.get(f"{api}/oauth2/applications/@me", about),
            web.get(f"{api}/applications/@me", about),
            web.get(f"{api}/gateway/bot", where),
            web.put(f"{api}/applications/{BOT_ID}/commands", state.put_commands),
            web.post(f"{api}/channels/{{channel}}/messages", state.create_message),
            web.post(f"{api}/channels/{{channel}}/typing", done),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", state.respond),
            web.route("*", "/{path:.*}", state.anything),
        ]
    )
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    state.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    try:
        yield state
    finally:
        if state._socket is not None:
            await state._socket.close()
        await runner.cleanup()
