"""Tokens by their shape: most wrong ones are another one of the same page, or cut off while copying."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.settings import (
    DISCORD_API_BASE,
    DISCORD_TOKEN,
    SLACK_API_BASE,
    SLACK_APP_TOKEN,
    SLACK_BOT_TOKEN,
    SLACK_SIGNING_SECRET,
    Setting,
    Settings,
)

_SHAPES = {
    DISCORD_TOKEN: (r"[\w-]{17,}\.[\w-]{6,}\.[\w-]{27,}", "three parts with dots between, from the page Bot"),
    SLACK_BOT_TOKEN: (r"xoxb-[\w-]{20,}", "xoxb-…, from the page OAuth & Permissions"),
    SLACK_APP_TOKEN: (r"xapp-[\w-]{20,}", "xapp-…, from Basic Information, App-Level Tokens"),
    SLACK_SIGNING_SECRET: (r"[0-9a-f]{32}", "32 digits and letters a to f, from Basic Information"),
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace that the settings name; `named` says in which of them its tokens stand."""

    named: str
    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)


def odd_tokens(settings: Settings, workspaces: Sequence[Workspace] = ()) -> Iterator[str]:
    """Yield a sentence for each token that cannot be one, without a character of it.

    A stand-in server may have tokens of any shape.
    """
    given = [(setting, setting.name, settings.tokens.get(setting.name, "")) for setting in _SHAPES]
    for each in workspaces:
        if each.named != SLACK_BOT_TOKEN.name:
            given.append((SLACK_BOT_TOKEN, f"{each.named}, bot_token", each.bot_token))
            given.append((SLACK_APP_TOKEN, f"{each.named}, app_token", each.app_token))
            given.append((SLACK_SIGNING_SECRET, f"{each.named}, signing_secret", each.signing_secret))
    for setting, name, token in given:
        shape, looks = _SHAPES[setting]
        if token and not _elsewhere(setting, settings) and not re.fullmatch(shape, token, re.ASCII):
            yield f"{name} does not look like one ({len(token)} characters): it should be {looks}."


def _elsewhere(setting: Setting, settings: Settings) -> bool:
    if setting is DISCORD_TOKEN:
        return settings.discord_api_base != DISCORD_API_BASE.default
    return settings.slack_api_base != SLACK_API_BASE.default
