"""Keep secrets out of what is logged: the second lock, for the words of libraries and the messages of faults."""

import re
from collections.abc import Collection

HIDDEN = "[hidden]"
_SHORTEST = 8
"""A shorter value is a part of too many words."""
_SHAPES = re.compile(
    r"""
    \b(?:xox[a-z]|xapp)-[\w-]{4,}                       # Slack's tokens
    | \b[\w-]{17,}\.[\w-]{6,}\.[\w-]{27,}               # Discord's
    | (?<=/webhooks/)\d+/[\w-]{20,} | (?<=/interactions/)\d+/[\w-]{20,}
    | (?<=ticket=)[\w-]{8,}                             # the address of a socket
    | \b(?:Bot|Bearer)[ ][\w.-]{8,}
    | \b[0-9a-f]{32}\b                                  # a signing secret
    """,
    re.VERBOSE | re.ASCII,
)


def redacted(text: str, secrets: Collection[str] = ()) -> str:
    """Return `text` without these secrets, and without what looks like a token of a platform."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, HIDDEN)
    return _SHAPES.sub(HIDDEN, text)
