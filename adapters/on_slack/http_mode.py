"""The door for HTTP: only what Slack has signed just now, and only once; anything else is told 400 or 401, no more."""

import asyncio
import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from adapters.on_slack.team import Malformed, Member, dispatch

PATH, HEALTH = "/slack/events", "/healthz"
MOST_BYTES = 1_000_000
_SECONDS = 10.0
_KEPT = 360.0
"""Seconds for which a signature is remembered: a request is good for 300."""
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_MOST_FIELDS = 50
_SERVER_FAULT = 500


class Door:
    """Takes requests for the workspaces that have a signing secret; `members` may change while it is open.

    `state` says whether any workspace is served, and names those that are not.
    """

    def __init__(self, members: Collection[Member], state: Callable[[], tuple[bool, Sequence[str]]]) -> None:
        self._members = members
        self._state = state
        self._seen: OrderedDict[str, float] = OrderedDict()

    def application(self) -> web.Application:
        """Return the web application."""
        made = web.Application(client_max_size=MOST_BYTES)
        made.router.add_post(PATH, self.events)
        made.router.add_get(HEALTH, self.health)
        return made

    async def health(self, _request: web.Request) -> web.Response:
        """Say which workspaces are not connected; 503 only when none is, for the others must go on."""
        served, missing = self._state()
        said = ["ok"] if served else []
        said += [f"not connected: {', '.join(missing)}"] if missing or not served else []
        return web.Response(text="; ".join(said) + "\n", status=200 if served else 503)

    async def events(self, request: web.Request) -> web.Response:
        """Take an event, a command or an interaction."""
        body = await _body(request)
        if body is None:
            return _refused(400)
        signature = request.headers.get("X-Slack-Signature", "")
        members = self._senders(body, request.headers.get("X-Slack-Request-Timestamp", ""), signature)
        if not members or not self._first(signature):
            return _refused(401)
        try:
            return await self._dispatched(members, body, request)
        except Malformed:
            return _refused(400)
        except BaseException:
            self._seen.pop(signature, None)
            raise

    def _senders(self, body: bytes, timestamp: str, signature: str) -> list[Member]:
        """Return the workspaces whose Slack app has signed this; the raw bytes count, before anybody reads them."""
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return []
        return [member for member in self._members if member.signed(body, timestamp, signature)]

    def _first(self, signature: str) -> bool:
        now = time.monotonic()
        while self._seen and next(iter(self._seen.values())) < now - _KEPT:
            self._seen.popitem(last=False)
        known = signature in self._seen
        self._seen.setdefault(signature, now)
        return not known

    async def _dispatched(self, members: Sequence[Member], body: bytes, request: web.Request) -> web.Response:
        answer = await dispatch(members, _parsed(body, request.content_type))
        if answer.status >= _SERVER_FAULT:  # what is well formed is acknowledged before anything can go wrong
            raise Malformed
        kind = answer.first_headers().get("content-type", "text/plain;charset=utf-8")
        return web.Response(body=answer.body.encode(), status=answer.status, headers={"Content-Type": kind})


async def _body(request: web.Request) -> bytes | None:
    """Read the body, if it is not too long, not too slow, and text."""
    if (request.content_length or 0) > MOST_BYTES:
        return None
    try:
        async with asyncio.timeout(_SECONDS):
            body = await request.read()
        body.decode()
    except (TimeoutError, web.HTTPException, ValueError, OSError):
        return None
    return body


def _parsed(body: bytes, kind: str) -> dict[str, Any]:
    """Return what a body says: JSON, or a form that holds JSON or a command. Raises `Malformed` for anything else."""
    try:
        text = body.decode()
        if kind == "application/json":
            found = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
            found = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError) as problem:
        raise Malformed from problem
    if not isinstance(found, dict) or not found:
        raise Malformed
    return found


def _refused(status: int) -> web.Response:
    return web.Response(status=status)
