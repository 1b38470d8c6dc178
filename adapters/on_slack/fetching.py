"""Files that people hand in: fetched with the bot's token, which goes to Slack alone and follows no redirect."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.on_slack.workspace import Workspace
from bot.reply import MOST_BYTES, File

_OK = 200


async def fetched(workspace: Workspace, sent: dict[str, Any]) -> File | None:
    """Return a file by what Slack says of it; None when Slack does not hand it over.

    One that is too large is handed on empty, by its name, for the core to refuse.
    """
    try:
        about = sent if _address(sent) else (await workspace.client.files_info(file=str(sent.get("id"))))["file"]
        name = str(about.get("name") or "file")
        too_large = int(about.get("size") or 0) > MOST_BYTES
        content = b"" if too_large else await _content(workspace, _address(about))
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ValueError):
        return None
    return None if content is None else File(name, content)


def _address(about: dict[str, Any]) -> str:
    """Of a file in a shared channel, Slack may say no more than its id."""
    return str(about.get("url_private_download") or about.get("url_private") or "")


async def _content(workspace: Workspace, url: str) -> bytes | None:
    """Return what lies there, empty when it is too large; None for a redirect, an error, or a page to sign in."""
    headers = {"Authorization": f"Bearer {workspace.client.token}"}
    async with workspace.reach.session.get(url, headers=headers, allow_redirects=False) as answer:
        if answer.status != _OK or answer.content_type == "text/html":
            return None
        content = b""
        while len(content) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES)):
            content += more
    return content if len(content) <= MOST_BYTES else b""
