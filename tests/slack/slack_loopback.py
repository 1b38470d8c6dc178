"""A small Slack on this machine: the Web API in use, sockets, and where replies go. It can misbehave on demand.

It refuses what Slack would refuse (messages, calls that the manifest asks no scope for), and remembers every call.
"""

import asyncio
import json
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

import yaml
from aiohttp import WSMsgType, web
from block_kit import faults
from slack_scopes import lacking

from adapters.on_slack.manifest import manifest

TOKEN, APP_TOKEN, SECRET = "xoxb-loopback", "xapp-loopback", "loopback secret"
TEAM, BOT, ANN, ADMIN, GUEST, STRANGER, CHANNEL, DIRECT = "T1", "UBOT", "UANN", "UADMIN", "UGUEST", "USTR", "C1", "D1"


def _people() -> dict[str, dict[str, Any]]:
    return {
        ANN: {"team_id": TEAM, "name": "ann", "profile": {"display_name": "Ann"}},
        "UBEN": {"team_id": TEAM, "name": "ben"},
        ADMIN: {"team_id": TEAM, "name": "admin", "is_admin": True},
        "UOWNER": {"team_id": TEAM, "name": "owner", "is_owner": True},
        GUEST: {"team_id": TEAM, "name": "guest", "is_restricted": True, "is_admin": True},
        STRANGER: {"team_id": "T9", "name": "stranger", "is_stranger": True, "is_admin": True},
        BOT: {"team_id": TEAM, "name": "factbot", "is_bot": True},
    }


@cache
def _of_the_manifest() -> frozenset[str]:
    return frozenset(yaml.safe_load(manifest())["oauth_config"]["scopes"]["bot"])


@dataclass
class SlackLoopback:
    """The server's state, and what it is to do next."""

    port: int = 0
    teams: dict[str, str] = field(default_factory=lambda: {TOKEN: TEAM})
    app_tokens: set[str] = field(default_factory=lambda: {APP_TOKEN})
    users: dict[str, dict[str, Any]] = field(default_factory=_people)
    groups: dict[str, list[str]] = field(default_factory=dict)
    granted: frozenset[str] = field(default_factory=_of_the_manifest)
    scopes: str = ""
    """What it says that a bot token may do; nothing when empty."""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    hooks: list[dict[str, Any]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    downloads: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What `files.info` says of a file."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Where downloads of these names are sent on to."""
    tokens_seen: list[str] = field(default_factory=list)
    """What came as authorization with downloads."""
    refusals: dict[str, str] = field(default_factory=dict)
    """Errors by method, for every call."""
    stumbles: dict[str, deque[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(deque))
    """Answers to the next calls of a method: a status (0: silence), and whether the call is carried out."""
    retry_after: str = "0"
    wrong: list[str] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    opened: int = 0
    greets: bool = True
    pongs: bool = True
    """Whether a ping on a socket is answered: a dead one takes everything and says nothing."""
    acked: dict[str, float] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    _ids: Any = field(default_factory=lambda: count(1))

    @property
    def base(self) -> str:
        """What `SLACK_API_BASE` is to be."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def posted(self) -> list[dict[str, Any]]:
        """The messages of the bot."""
        return [each for messages in self.messages.values() for each in messages if each.get("user") == BOT]

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of a method."""
        return [given for name, given in self.calls if name == method]

    def new_ts(self) -> str:
        """Return a ts that no message has."""
        return f"17000{next(self._ids):05}.000100"

    async def wait(self, done: Callable[[], Any], seconds: float = 30) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(f"calls: {[name for name, _ in self.calls][-10:]}")
            await asyncio.sleep(0.01)

    async def send(self, payload: dict[str, Any], kind: str = "events_api", socket: int = -1) -> str:
        """Send something over a socket; return the envelope's id."""
        envelope = f"e{next(self._ids)}"
        await self.sockets[socket].send_json({"envelope_id": envelope, "type": kind, "payload": payload})
        return envelope

    async def api(self, request: web.Request) -> web.Response:
        """Answer a method of the Web API."""
        method, given = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append((method, given))
        status, taken = self.stumbles[method].popleft() if self.stumbles[method] else (200, True)
        answer = self._answer(method, given, token) if taken else {"ok": False}
        if status == 0:
            await asyncio.sleep(3_600)
        if status == 429:
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": self.retry_after}
            )
        if status >= 500:
            return web.Response(status=status, text="oh no")
        return web.json_response(answer, headers={"x-oauth-scopes": self.scopes} if self.scopes else None)

    def _answer(self, method: str, given: dict[str, Any], token: str) -> dict[str, Any]:
        if token not in {*self.teams, *self.app_tokens}:
            return {"ok": False, "error": "invalid_auth"}
        if (method == "apps.connections.open") is not (token in self.app_tokens):
            return {"ok": False, "error": "not_allowed_token_type"}
        if needed := lacking(method, given, self.granted):
            self.wrong.append(f"{method} without {needed}")
            return {"ok": False, "error": "missing_scope", "needed": needed}
        if error := self.refusals.get(method):
            return {"ok": False, "error": error, "needed": "some:scope"}
        does = getattr(self, f"do_{method.replace('.', '_')}", None)
        if does is None:
            self.unknown[method] += 1
            return {"ok": False, "error": "unknown_method"}
        return {"ok": True, **does(given, token)}

    def do_auth_test(self, _given: dict[str, Any], token: str) -> dict[str, Any]:
        return {"team_id": self.teams[token], "user_id": BOT, "bot_id": "B1"}

    def do_apps_connections_open(self, _given: dict[str, Any], _token: str) -> dict[str, Any]:
        self.opened += 1
        return {"url": f"ws://127.0.0.1:{self.port}/socket"}

    def do_users_info(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        about = self.users.get(given["user"], {"team_id": TEAM, "name": "somebody"})
        return {"user": {"id": given["user"], **about}} if about else {"ok": False, "error": "user_not_found"}

    def do_usergroups_users_list(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        return {"users": self.groups.get(given["usergroup"], [])}

    def do_chat_postMessage(self, given: dict[str, Any], _token: str) -> dict[str, Any]:  # noqa: N802
        self.wrong += faults(given)
        made = {**given, "ts": self.new_ts(), "user": BOT, "bot_id": "B1"}
        self.messages[given["channel"]].append(made)
        return {"ts": made["ts"], "channel": given["channel"], "message": made}

    def do_chat_postEphemeral(self, given: dict[str, Any], _token: str) -> dict[str, Any]:  # noqa: N802
        self.wrong += faults(given)
        return {"message_ts": self.new_ts()}

    def do_chat_update(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        self.wrong += faults(given)
        self._message(given).update(given)
        return {"ts": given["ts"]}

    def do_chat_delete(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        self.messages[given["channel"]].remove(self._message(given))
        return {}

    def _message(self, given: dict[str, Any]) -> dict[str, Any]:
        return next(each for each in self.messages[given["channel"]] if each["ts"] == given["ts"])

    def do_conversations_replies(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        oldest = given.get("oldest", "0")
        around = [each for each in self.messages[given["channel"]] if each["ts"] >= oldest]
        latest = [each for each in around if each["ts"] <= given.get("latest", "9")]
        return {"messages": [each for each in latest if given["ts"] in {each["ts"], each.get("thread_ts")}]}

    def do_conversations_history(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        return {"messages": [each for each in self.messages[given["channel"]] if not each.get("thread_ts")]}

    def do_conversations_open(self, _given: dict[str, Any], _token: str) -> dict[str, Any]:
        return {"channel": {"id": DIRECT}}

    def do_views_open(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        return self._view(given, f"V{next(self._ids)}")

    def do_views_update(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        return self._view(given, given["view_id"])

    def do_views_publish(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        return self._view(given, f"home:{given['user_id']}")

    def _view(self, given: dict[str, Any], number: str) -> dict[str, Any]:
        view = given["view"] if isinstance(given["view"], dict) else json.loads(given["view"])
        self.wrong += faults(view)
        self.views[number] = {**view, "id": number, "hash": f"h{next(self._ids)}"}
        return {"view": self.views[number]}

    def do_files_getUploadURLExternal(self, given: dict[str, Any], _token: str) -> dict[str, Any]:  # noqa: N802
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{given['filename']}", "file_id": given["filename"]}

    def do_files_info(self, given: dict[str, Any], _token: str) -> dict[str, Any]:
        return {"file": self.files[given["file"]]}

    def do_files_completeUploadExternal(self, given: dict[str, Any], _token: str) -> dict[str, Any]:  # noqa: N802
        return {"files": [{"id": "F1"}]}

    async def hook(self, request: web.Request) -> web.Response:
        """Take an answer at a `response_url`."""
        given = await request.json()
        if not given.get("delete_original"):
            self.wrong += faults(given)
        self.hooks.append(given)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["name"]] = await request.read()
        return web.Response(text="OK")

    async def download(self, request: web.Request) -> web.Response:
        name, token = request.match_info["name"], request.headers.get("Authorization", "")
        self.tokens_seen.append(token)
        if name in self.redirects:
            raise web.HTTPFound(self.redirects[name])
        if token != f"Bearer {TOKEN}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=self.downloads[name], content_type="text/csv")

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """A socket."""
        socket = web.WebSocketResponse(max_msg_size=0, autoping=self.pongs)
        await socket.prepare(request)
        self.sockets.append(socket)
        if self.greets:
            await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                self.acked[said["envelope_id"]] = time.monotonic()
                self.answers[said["envelope_id"]] = said.get("payload")
        return socket


async def _arguments(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.method == "POST":
        given |= dict(await request.post())
    blocks = given.get("blocks")
    return {**given, "blocks": json.loads(blocks)} if isinstance(blocks, str) else given


@asynccontextmanager
async def running(server: SlackLoopback | None = None) -> AsyncIterator[SlackLoopback]:
    """Run a loopback Slack on a free port."""
    state = server or SlackLoopback()
    application = web.Application(client_max_size=30_000_000)
    application.router.add_route("*", "/api/{method}", state.api)
    application.router.add_post("/hooks/{id}", state.hook)
    application.router.add_post("/upload/{name}", state.upload)
    application.router.add_get("/files/{name}", state.download)
    application.router.add_get("/socket", state.socket)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    state.port = runner.addresses[0][1]
    try:
        yield state
    finally:
        for socket in state.sockets:
            await socket.close()
        await runner.cleanup()
