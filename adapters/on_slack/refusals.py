"""What only the settings can cure ends with one clear line: a token that Slack does not take, a missing scope."""

from collections.abc import Collection
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.errors import SettingsProblem

_BAD = {
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
    "no_permission", "org_login_required", "ekm_access_denied", "team_access_not_granted", "access_denied",
    "app_missing_action_url", "bad_token",
}  # fmt: skip
_OFF = {"link_disabled", "socket_mode_disabled", "forbidden_team"}


def check_refusal(problem: SlackApiError, setting: str, scope: str) -> None:
    """Raise `SettingsProblem` if Slack's refusal says that the token in `setting` is bad or lacks a scope."""
    data: Any = problem.response.data
    error = str(data.get("error")) if isinstance(data, dict) else ""
    if error == "missing_scope":
        raise missing(setting, [str(data.get("needed") or scope)]) from problem
    if error in _OFF:
        raise SettingsProblem(
            f"{setting}: Socket Mode is off for this Slack app ({error}). Turn it on under Socket Mode."
        ) from problem
    if error in _BAD:
        raise SettingsProblem(
            f"{setting}: Slack does not take it ({error}). Copy it anew from the app's settings at api.slack.com/apps."
        ) from problem


def missing(setting: str, scopes: Collection[str]) -> SettingsProblem:
    """Return the problem of a token without these scopes."""
    names = ", ".join(sorted(scopes))
    return SettingsProblem(
        f"{setting}: the Slack app lacks the scope {names}. Add it under OAuth & Permissions (or paste the manifest "
        "anew), install the app again, and use the new token."
    )
