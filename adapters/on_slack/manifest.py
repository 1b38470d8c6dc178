"""The manifest that makes the Slack app, and the scopes that it asks for."""

from importlib.resources import files

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "mpim:history",
        "usergroups:read",
        "users:read",
    }
)
"""What the bot token must be allowed; the manifest names the same."""
EVENTS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
        "tokens_revoked",
    }
)
"""The events that the bot is told of."""


def manifest() -> str:
    """Return the YAML to paste at api.slack.com/apps (Create New App, From a manifest)."""
    return (files(__package__) / "manifest.yaml").read_text(encoding="utf-8")
