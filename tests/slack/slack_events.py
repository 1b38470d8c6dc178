"""What Slack sends, made as Slack makes it: events, commands, presses, shortcuts, modals."""

import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_loopback import ANN, BOT, CHANNEL, DIRECT, SECRET, TEAM

Body = dict[str, Any]
_NUMBERS = count(1)


def event(inner: Body, event_id: str = "", team: str = TEAM) -> Body:
    """Return an event as the Events API wraps it."""
    number = event_id or f"Ev{next(_NUMBERS)}"
    return {
        "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": number, "event": inner,
        "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}],
    }  # fmt: skip


def message(text: str, *, ts: str, user: str = ANN, channel: str = CHANNEL, **more: Any) -> Body:
    """Return a message event."""
    return {
        "type": "message",
        "channel": channel,
        "channel_type": "channel",
        "user": user,
        "text": text,
        "ts": ts,
        **more,
    }


def mention(text: str, *, ts: str, user: str = ANN, channel: str = CHANNEL, **more: Any) -> Body:
    """Return a mention of the bot."""
    made = message(f"<@{BOT}> {text}".strip(), ts=ts, user=user, channel=channel, **more)
    return {**made, "type": "app_mention"}


def direct(text: str, *, ts: str, user: str = ANN, **more: Any) -> Body:
    """Return a direct message to the bot."""
    return message(text, ts=ts, user=user, channel=DIRECT, **{"channel_type": "im", **more})


def changed(before: Body, text: str) -> Body:
    """Return the event of an edit."""
    now = {**before, "type": "message", "text": text, "edited": {"user": before["user"], "ts": "1800000000.000000"}}
    return message("", ts="1800000001.000000", channel=before["channel"], channel_type=before["channel_type"]) | {
        "subtype": "message_changed", "message": now, "previous_message": before, "user": "",
    }  # fmt: skip


def deleted(before: Body) -> Body:
    """Return the event of a deletion."""
    return {
        "type": "message", "subtype": "message_deleted", "channel": before["channel"], "deleted_ts": before["ts"],
        "channel_type": before["channel_type"], "previous_message": before, "ts": "1800000002.000000",
    }  # fmt: skip


def command(name: str, text: str, url: str, *, user: str = ANN, channel: str = CHANNEL) -> Body:
    """Return a slash command."""
    return {
        "command": name, "text": text, "user_id": user, "team_id": TEAM, "channel_id": channel, "response_url": url,
        "trigger_id": f"t{next(_NUMBERS)}", "api_app_id": "A1",
    }  # fmt: skip


def press(
    button: Body,
    url: str,
    *,
    user: str = ANN,
    shown: Body | None = None,
    channel: str = CHANNEL,
    view: Body | None = None,
) -> Body:
    """Return a press of a button: in a public message (`shown`), in a view, or in a private message."""
    container: Body = (
        {"type": "view", "view_id": view["id"]} if view else {"type": "message", "is_ephemeral": shown is None}
    )
    made = _interaction("block_actions", user) | {
        "container": container, "actions": [{"type": "button", **button}], "response_url": "" if view else url,
    }  # fmt: skip
    if view:
        return made | {"view": view}
    return made | {"channel": {"id": channel}, **({"message": shown} if shown else {})}


def shortcut(said: Body, url: str, *, user: str = ANN) -> Body:
    """Return the use of the message shortcut."""
    return _interaction("message_action", user) | {
        "callback_id": "check_message", "message": said, "channel": {"id": CHANNEL}, "response_url": url,
    }  # fmt: skip


def submission(view: Body, values: Body, *, user: str = ANN) -> Body:
    """Return a modal that was filled in: what is not given stays as it was shown."""
    state = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            state[block["block_id"]] = {block["block_id"]: _filled(block["element"], values.get(block["block_id"]))}
    return _interaction("view_submission", user) | {"view": {**view, "state": {"values": state}}}


def _filled(element: Body, value: Any) -> Body:
    kind = element["type"]
    if kind == "file_input":
        return {"type": kind, "files": value or []}
    if kind == "plain_text_input":
        return {"type": kind, "value": value if value is not None else element.get("initial_value")}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": [{"value": value}] if value else []}
    return {"type": kind, "selected_option": {"value": value} if value else element.get("initial_option")}


def suggestion(view: Body, name: str, typed: str, *, user: str = ANN) -> Body:
    """Return what Slack sends while something is typed into a menu."""
    return _interaction("block_suggestion", user) | {"view": view, "block_id": name, "action_id": name, "value": typed}


def _interaction(kind: str, user: str) -> Body:
    return {
        "type": kind, "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A1",
        "trigger_id": f"t{next(_NUMBERS)}",
    }  # fmt: skip


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Return the headers of a signed request."""
    timestamp = str(int(time.time() if at is None else at))
    made = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={made}"}


def encoded(body: Body) -> tuple[bytes, str]:
    """Return the body of a request as Slack sends it over HTTP, and its content type."""
    if "command" in body:
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    if str(body.get("type")) in {"event_callback", "url_verification"}:
        return json.dumps(body).encode(), "application/json"
    return urlencode({"payload": json.dumps(body)}).encode(), "application/x-www-form-urlencoded"
