"""Ask the platforms whether they take the tokens: one request each, a few seconds at most, to no other server."""

import json
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot import __version__
from bot.settings import DISCORD_API_BASE, DISCORD_TOKEN, SLACK_API_BASE, SLACK_BOT_TOKEN, Settings

SECONDS = 5.0
_MOST = 100_000
_REFUSED = (401, 403)


class Service(NamedTuple):
    """What a platform said; `problem` is empty when it takes the token, and then `words` says as whom."""

    name: str
    problem: str
    words: str = ""


def services(settings: Settings) -> Iterator[Service]:
    """Ask each platform that has a token."""
    if token := settings.tokens.get(DISCORD_TOKEN.name):
        yield _discord(settings.discord_api_base, token)
    if token := settings.tokens.get(SLACK_BOT_TOKEN.name):
        yield _slack(settings.slack_api_base, token)


def _discord(base: str, token: str) -> Service:
    status, said = _asked(f"{base.rstrip('/')}/users/@me", f"Bot {token}", "GET")
    if status in _REFUSED:
        return Service("Discord", f"{DISCORD_TOKEN.name}: Discord does not take it. Copy the bot's token anew.")
    if status != 200:
        return Service("Discord", _unreachable(DISCORD_API_BASE.name, said))
    return Service("Discord", "", f"takes the token of {said.get('username')} ({said.get('id')})")


def _slack(base: str, token: str) -> Service:
    status, said = _asked(f"{base.rstrip('/')}/auth.test", f"Bearer {token}", "POST")
    if status == 200 and not said.get("ok"):
        return Service("Slack", f"{SLACK_BOT_TOKEN.name}: Slack does not take it ({str(said.get('error'))[:40]}).")
    if status != 200:
        return Service("Slack", _unreachable(SLACK_API_BASE.name, said))
    return Service("Slack", "", f"takes the token of {said.get('user_id')} in workspace {said.get('team_id')}")


def _unreachable(setting: str, said: dict[str, Any]) -> str:
    return f"{setting}: no good answer from there ({said.get('why', 'not what was expected')})."


class _Nowhere(HTTPRedirectHandler):
    """A token goes to the server that was named, and not to whom that one names."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def _asked(url: str, authorization: str, method: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON object of the answer; 0 and `why` when there is none."""
    agent = f"factbot/{__version__}"
    try:
        request = Request(url, method=method, headers={"Authorization": authorization, "User-Agent": agent})  # noqa: S310
        with build_opener(_Nowhere).open(request, timeout=SECONDS) as answer:
            said = json.loads(answer.read(_MOST))
            return answer.status, said if isinstance(said, dict) else {}
    except HTTPError as problem:
        problem.close()
        return problem.code, {"why": f"status {problem.code}"}
    except (OSError, HTTPException, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        return 0, {"why": getattr(reason, "strerror", None) or type(reason).__name__}
