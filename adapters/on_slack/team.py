"""Several workspaces in one process: each event goes to the workspace it is from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

_UNHANDLED = 404
_OBJECTS = (
    "event", "event.message", "event.previous_message", "team", "view", "view.state.values", "container", "message",
    "channel",
)  # fmt: skip
_LISTS = (
    "actions", "authorizations", "view.blocks", "message.attachments", "event.attachments", "event.message.attachments",
)  # fmt: skip


class Malformed(Exception):
    """What came in is not what Slack sends."""


@dataclass(frozen=True, slots=True)
class Member:
    """One workspace, with what proves that something is from its Slack app.

    `alone`: no other workspace of this process has the same Slack app.
    """

    team: str
    app: AsyncApp
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    alone: bool = True

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
    except (AttributeError, LookupError, TypeError, ValueError) as problem:  # raised by Bolt before any listener runs
        raise Malformed from problem
    return BoltResponse(status=200) if answer.status == _UNHANDLED else answer


def member_of(members: Sequence[Member], body: dict[str, Any]) -> Member:
    """Return the workspace that an event is from. A Slack app of one workspace has only that, whatever is named.

    What Slack sends to see whether anybody is there is from none.
    """
    if members and (body.get("type") == "url_verification" or "ssl_check" in body):
        return members[0]
    named = list(_teams(body))
    found = next((member for team in named for member in members if member.team == team), None)
    if found is None and not (len(members) == 1 and members[0].alone):
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
    """What is an object for Slack must be one, as far as anybody reads it; lists hold objects."""
    kind = body.get("type")
    if not isinstance(kind, str | None):
        raise Malformed
    objects = [*_OBJECTS, *(("user",) if kind != "event_callback" else ())]
    if not all(isinstance(_at(body, path) or {}, dict) for path in objects):
        raise Malformed
    if not all(_holds_objects(_at(body, path)) for path in _LISTS):
        raise Malformed
    inputs = (_at(body, "view.state.values") or {}).values()
    if not all(isinstance(each, dict) and all(map(_is_element, each.values())) for each in inputs):
        raise Malformed
    if kind == "event_callback" and not isinstance((body.get("event") or {}).get("type"), str):
        raise Malformed
    actions = body.get("actions") or ()
    if kind == "block_actions" and not (actions and all(isinstance(each.get("action_id"), str) for each in actions)):
        raise Malformed


def _at(body: dict[str, Any], path: str) -> Any:
    """Return what lies at a path; None where there is nothing. Raises `Malformed` for a way through no object."""
    found: Any = body
    for name in path.split("."):
        if found is None:
            return None
        if not isinstance(found, dict):
            raise Malformed
        found = found.get(name)
    return found


def _is_element(value: Any) -> bool:
    """Whether this is an input of a modal as it was filled in."""
    if not isinstance(value, dict) or not isinstance(value.get("selected_option") or {}, dict):
        return False
    return _holds_objects(value.get("selected_options")) and _holds_objects(value.get("files"))


def _holds_objects(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(each, dict) for each in value))
