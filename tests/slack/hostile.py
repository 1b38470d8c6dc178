"""Requests that no Slack would send, and messages that somebody writes to break the bot: the same every time."""

import copy
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import slack_events as events
from slack_loopback import BOT, CHANNEL, SECRET

_ALPHABET = "aé😀<>&|@#!*_~`:;%\\\"'\n\t\x00\u200b\u202e\ud800 "
_KINDS = ("application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "")
_NO_EVENTS = (
    b"[]SALT", b'"text"SALT', b"{SALT", b"payload=SALT", b"payload=[SALT]", b"\xff\xfeSALT", b"[" * 100_000 + b"SALT",
    b'{"event": 1, "x": SALT}', b'{"team": [SALT]}', b'{"actions": "x", "x": SALT}', b'{"authorizations": [1, SALT]}',
    b'{"type": "block_actions", "user": ["SALT"]}',
)  # fmt: skip
_PIECES = (
    "<!channel>", "<!here>", "<@U1>", f"<@{BOT}>", "<#C1|x>", "<https://e.org|x>", "&lt;!channel&gt;", "@everyone",
    "/fact", "```", "\u202e", "*" * 50, "a\u0301" * 50, "did russia fire missiles?",
)  # fmt: skip


@dataclass
class Hostile:
    """One request: it must be answered with 400 or 401."""

    body: bytes
    headers: dict[str, str]


def requests(count: int, seed: int = 1) -> Iterator[Hostile]:
    """Yield so many hostile requests of every kind."""
    dice = random.Random(seed)
    for _ in range(count):
        yield dice.choice([_unsigned, _wrongly_signed, _odd_headers, _stale, _oversized, _malformed])(dice)


def _event(dice: random.Random) -> bytes:
    said = events.mention(text(dice, 40), ts=f"17{dice.random():.6f}", channel=CHANNEL)
    return events.encoded(events.event(said))[0]


def _kind(dice: random.Random) -> dict[str, str]:
    return {"Content-Type": dice.choice(_KINDS)}


def _unsigned(dice: random.Random) -> Hostile:
    return Hostile(dice.choice([b"", b"{}", _event(dice), dice.randbytes(200)]), _kind(dice))


def _wrongly_signed(dice: random.Random) -> Hostile:
    body = _event(dice)
    return Hostile(body, {**events.signed(body, secret=dice.choice(["x", SECRET + " ", "é"])), **_kind(dice)})


def _odd_headers(dice: random.Random) -> Hostile:
    body = _event(dice)
    good = events.signed(body)
    odd = ["", "now", "-1", "1e9", "9" * 400, "٣", "0x10", "nan", "\u00e9"]
    if dice.random() < 0.5:
        good["X-Slack-Request-Timestamp"] = dice.choice(odd)
    else:
        good["X-Slack-Signature"] = dice.choice(
            [*odd, "v0=", "v0=" + "g" * 64, "v1=" + "0" * 64, good["X-Slack-Signature"].upper()]
        )
    return Hostile(body, {**good, **_kind(dice)})


def _stale(dice: random.Random) -> Hostile:
    body = _event(dice)
    return Hostile(
        body, {**events.signed(body, at=time.time() + dice.choice([-301, -86_400, 400, 86_400])), **_kind(dice)}
    )


def _oversized(dice: random.Random) -> Hostile:
    body = b"{" + b" " * 1_000_001 if dice.random() < 0.02 else b""
    return Hostile(body, {**events.signed(body), **_kind(dice)})


def _malformed(dice: random.Random) -> Hostile:
    """Signed, and still not what Slack sends: what a stolen secret or a fault of Slack's could bring."""
    salt = str(dice.random()).encode()
    body = dice.choice(_NO_EVENTS).replace(b"SALT", salt)
    return Hostile(body, {**events.signed(body), "Content-Type": "application/json"})


def text(dice: random.Random, length: int) -> str:
    """Return a text that somebody writes to break the bot."""
    made = "".join(dice.choice(_PIECES) if dice.random() < 0.2 else dice.choice(_ALPHABET) for _ in range(length))
    return made if dice.random() < 0.9 else made * 50


_ODD: tuple[Any, ...] = (
    None, 0, -1, 1e300, True, "", [], {}, [None], ["x"], {"id": None}, {"x": {"y": 1}}, "x" * 5_000, "<!channel>",
    "!fact+add", "!factcheck?question=~", "!fact+import?file=x", "!zap", "http://127.0.0.1:1/x", "T9", "U9", "D9",
)  # fmt: skip


def mutated(body: events.Body, dice: random.Random) -> events.Body:
    """Return what Slack sends with a few things in it that Slack would not send there, or left out."""
    made = copy.deepcopy(body)
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        place, name = dice.choice(list(_places(made)))
        if dice.random() < 0.3:
            del place[name]
        else:
            place[name] = copy.deepcopy(dice.choice(_ODD))
        if not made:
            return {"type": "event_callback"}
    return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, name
            yield from _places(inner)
