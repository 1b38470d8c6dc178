"""Several workspaces in one process: each event goes to the workspace it is from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

_UNHANDLED = 404
_OBJECTS = ("event", "team", "view", "container", "message", "channel")


class Malformed(Exception):
    """What came in is not what Slack sends."""


@dataclass(frozen=True, slots=True)
class Member:
    """One workspace, with what proves that something is from its Slack app."""

    team: str
    app: AsyncApp
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)

    def signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Whether this body was signed by the Slack app of this workspace within the last five minutes."""
        verifier = SignatureVerifier(self.signing_secret) if self.signing_secret else None
        return verifier is not None and verifier.is_valid(body, timestamp, signature)


async def dispatch(members: Sequence[Member], body: dict[str, Any]) -> BoltResponse:
    """Hand what Slack sent to the workspace that it is from, one of those whose Slack app has sent it.

    Raises `Malformed` when it is not what Slack sends. What nobody listens to is acknowledged.
    """
    _check(body)
    member = member_of(members, body)
    try:
        answer = await member.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    except (AttributeError, KeyError, TypeError, ValueError) as problem:  # raised by Bolt before any listener runs
        raise Malformed from problem
    return BoltResponse(status=200) if answer.status == _UNHANDLED else answer


def member_of(members: Sequence[Member], body: dict[str, Any]) -> Member:
    """Return the workspace that an event is from. A Slack app that is installed in one workspace has only that."""
    named = list(_teams(body))
    found = next((member for team in named for member in members if member.team == team), None)
    if found is None and len(members) != 1:
        raise Malformed
    return found or members[0]


def _teams(body: dict[str, Any]) -> Iterator[str]:
    """Name the teams of a body, nearest first: in a shared channel, the one that the app is installed in."""
    for each in body.get("authorizations") or ():
        yield str(each.get("team_id"))
    yield str((body.get("view") or {}).get("app_installed_team_id"))
    yield str((body.get("team") or {}).get("id"))
    yield str(body.get("context_team_id"))
    yield str(body.get("team_id"))
    yield str((body.get("event") or {}).get("team"))


def _check(body: dict[str, Any]) -> None:
    """What is an object for Slack must be one; lists hold objects."""
    for name in _OBJECTS:
        if not isinstance(body.get(name) or {}, dict):
            raise Malformed
    for name in ("actions", "authorizations"):
        if not isinstance(body.get(name) or [], list) or not all(
            isinstance(each, dict) for each in body.get(name) or ()
        ):
            raise Malformed
    if "type" in body and body["type"] != "event_callback" and not isinstance(body.get("user") or {}, dict):
        raise Malformed
