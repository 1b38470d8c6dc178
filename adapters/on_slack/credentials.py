"""The workspaces that the settings name: one by the tokens themselves, several by a file."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import SettingsProblem
from bot.settings import (
    PORT,
    SLACK_APP_TOKEN,
    SLACK_BOT_TOKEN,
    SLACK_SIGNING_SECRET,
    SLACK_WORKSPACES,
    Settings,
)

_NAMES = ("bot_token", "app_token", "signing_secret")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the bot needs for one workspace; `named` says in which setting it stands."""

    named: str
    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)

    @property
    def app_setting(self) -> str:
        """Where the app token stands."""
        return SLACK_APP_TOKEN.name if self.named == SLACK_BOT_TOKEN.name else self.named


def credentials(settings: Settings) -> list[Credentials]:
    """Return what the settings say, one for each workspace. Raises `SettingsProblem` for what cannot work."""
    found = [_checked(each, settings.port) for each in (*_own(settings), *_listed(settings))]
    tokens = [each.bot_token for each in found]
    for each in found:
        if tokens.count(each.bot_token) > 1:
            raise SettingsProblem(f"{each.named}: the same bot token stands there twice. Name each workspace once.")
    return found


def _own(settings: Settings) -> list[Credentials]:
    kept = [settings.tokens.get(each.name, "") for each in (SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET)]
    if not any(kept):
        return []
    if not kept[0]:
        given = SLACK_APP_TOKEN if kept[1] else SLACK_SIGNING_SECRET
        raise SettingsProblem(f"{SLACK_BOT_TOKEN.name} is missing: {given.name} alone is not enough for Slack.")
    return [Credentials(SLACK_BOT_TOKEN.name, *kept)]


def _listed(settings: Settings) -> list[Credentials]:
    given = settings.tokens.get(SLACK_WORKSPACES.name, "")
    if not given:
        return []
    rows = _rows(_text(given))
    return [_row(row, f"{SLACK_WORKSPACES.name}, workspace {number}") for number, row in enumerate(rows, start=1)]


def _text(given: str) -> str:
    """The setting names a file; with `SLACK_WORKSPACES_FILE` the value is what stands in that file."""
    if "\n" in given or given.startswith(("[", "{")):
        return given
    try:
        return Path(given).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError, RuntimeError) as problem:
        shown = repr(given) if Path(given).name != given else "what it names"  # that may be a token, in the wrong place
        raise SettingsProblem(f"{SLACK_WORKSPACES.name}: {shown} cannot be read. Name a readable file.") from problem


def _rows(text: str) -> list[Any]:
    try:
        found = _parsed(text)
    except ValueError as problem:
        raise _unclear() from problem
    rows = found.get("workspaces") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not rows:
        raise _unclear()
    return rows


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return tomllib.loads(text)


def _unclear() -> SettingsProblem:
    return SettingsProblem(
        f"{SLACK_WORKSPACES.name}: write a JSON list of objects, or TOML tables [[workspaces]], each with bot_token "
        "and app_token or signing_secret."
    )


def _row(row: Any, named: str) -> Credentials:
    if not isinstance(row, Mapping) or not set(row) <= set(_NAMES):
        raise SettingsProblem(f"{named}: only {', '.join(_NAMES)} can stand there.")
    values = [row.get(name, "") for name in _NAMES]
    if not all(isinstance(value, str) for value in values) or not values[0].strip():
        raise SettingsProblem(f"{named}: bot_token is missing, or something is no text.")
    return Credentials(named, *(value.strip() for value in values))


def _checked(each: Credentials, port: int | None) -> Credentials:
    """Say which way in is missing, and which tokens stand in each other's place."""
    if each.bot_token.startswith("xapp-") or each.app_token.startswith("xoxb-"):
        raise SettingsProblem(f"{each.named}: the bot token begins with xoxb-, the app token with xapp-: swap them.")
    if each.app_token or (each.signing_secret and port is not None):
        return each
    raise SettingsProblem(
        f"{each.named}: no way in. Give an app token ({SLACK_APP_TOKEN.name}, for Socket Mode), or a signing secret "
        f"({SLACK_SIGNING_SECRET.name}) and {PORT.name} for HTTP."
    )
