"""Which scope each method of Slack's Web API needs, and each event: from its documentation, not from our code."""

from collections.abc import Collection
from typing import Any

HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history"}
"""By the first letter of a channel's id; conversations of several people may have any."""
OF_EVENT = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "tokens_revoked": "",
}
OF_METHOD = {
    "auth.test": "",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "*:history",
    "conversations.open": "im:write",
    "conversations.replies": "*:history",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "usergroups.users.list": "usergroups:read",
    "users.info": "users:read",
    "views.open": "",
    "views.publish": "",
    "views.update": "",
}


def lacking(method: str, given: dict[str, Any], granted: Collection[str]) -> str:
    """Return the scope that a call lacks; empty when it may be made."""
    needed = OF_METHOD.get(method, "")
    if needed == "*:history":
        needed = HISTORY.get(str(given.get("channel"))[:1], HISTORY["C"])
    return needed if needed not in {"", *granted} else ""
