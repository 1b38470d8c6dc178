"""What a Slack message says, as plain text: Slack hands it over escaped, with its own marks for links and names."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

_MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_MOST_ATTACHMENTS = 20


def read(text: str, *, links: bool = False) -> str:
    """Return the text as a person sees it; with `links`, the address of a link rather than its label."""
    return _unescaped(_MARK.sub(lambda found: _words(found, links), text))


def _words(found: re.Match[str], links: bool) -> str:
    kind, target, label = found[1], found[2], found[3] or ""
    if kind == "@":
        return f"@{label}" if label else " "
    if kind == "#":
        return f"#{label}" if label else " "
    if kind == "!":
        return label
    return target if links or not label else label


def _unescaped(text: str) -> str:
    """Slack escapes these three and nothing else: `&quot;` in a message is what somebody typed."""
    return re.sub(r"&(?:lt|gt|amp);", lambda found: html.unescape(found[0]), text)


def mentions(text: str, user: str) -> bool:
    """Whether the user is named in the text."""
    return re.search(rf"<@{re.escape(user)}(?:\|[^>]*)?>", text) is not None


def without_mention(text: str, user: str) -> str:
    """Return what is left of a raw text when the mention of a user is taken out."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^>]*)?>", " ", text).strip()


def said_in(message: Mapping[str, Any], bot_user: str = "") -> str:
    """Return everything a message says, its lines parted: its text, and that of forwarded messages and previews."""
    own = without_mention(str(message.get("text") or ""), bot_user) if bot_user else str(message.get("text") or "")
    parts = [own, *_attached(message)]
    return "\n".join(line for part in parts if (line := read(part).strip()))


def forwarded(message: Mapping[str, Any]) -> bool:
    """Whether somebody else's message is in this one."""
    return any(each.get("is_share") or each.get("is_msg_unfurl") for each in message.get("attachments") or ())


def _attached(message: Mapping[str, Any]) -> Iterator[str]:
    for each in (message.get("attachments") or ())[:_MOST_ATTACHMENTS]:
        parts = [str(each.get(name) or "") for name in ("title", "text")]
        yield "\n".join(parts) if any(parts) else str(each.get("fallback") or "")


def quote(question: str, limit: int = 600) -> str:
    """Return what was asked, to put above an answer that nobody else saw asked."""
    words = " ".join(question.split())
    return f"Asked: “{words if len(words) <= limit else words[: limit - 1] + '…'}”"
