"""Ask the platforms whether they take the tokens: one request for each, some seconds at most, to no other server."""

import json
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot import __version__
from bot.settings import (
    DISCORD_API_BASE,
    DISCORD_TOKEN,
    SLACK_API_BASE,
    SLACK_APP_TOKEN,
    SLACK_BOT_TOKEN,
    Settings,
)
from bot.text import clean
from bot.tokens import Workspace

SECONDS = 5.0
_MOST = 100_000
_LONGEST_WORD = 40
_REFUSED = (401, 403)


class Service(NamedTuple):
    """What a platform said; `problem` is empty when it takes the token, and then `words` says as whom."""

    name: str
    problem: str
    words: str = ""


def services(settings: Settings, workspaces: Sequence[Workspace] = ()) -> Iterator[Service]:
    """Ask each platform that has a token about each token that it can be asked about."""
    if token := settings.tokens.get(DISCORD_TOKEN.name):
        yield _discord(settings.discord_api_base, token)
    for number, each in enumerate(workspaces, start=1):
        name = "Slack" if len(workspaces) == 1 else f"Slack, workspace {number}"
        yield _slack(name, settings.slack_api_base, each)
        if each.app_token:
            yield _socket_mode(f"{name}, Socket Mode", settings.slack_api_base, each)


def _discord(base: str, token: str) -> Service:
    status, said = _asked(f"{base.rstrip('/')}/users/@me", f"Bot {token}", "GET")
    if status in _REFUSED:
        return Service("Discord", f"{DISCORD_TOKEN.name}: Discord does not take it. Copy the bot's token anew.")
    if status != 200 or "id" not in said:
        return Service("Discord", _unreachable(DISCORD_API_BASE.name, said))
    return Service("Discord", "", f"takes the token of {_word(said, 'username')} ({_word(said, 'id')})")


def _slack(name: str, base: str, asked: Workspace) -> Service:
    problem, said = _method(base, "auth.test", asked.bot_token, asked.named)
    words = f"takes the token of {_word(said, 'user_id')} in workspace {_word(said, 'team_id')}"
    return Service(name, problem, "" if problem else words)


def _socket_mode(name: str, base: str, asked: Workspace) -> Service:
    """Asking for the address of a socket opens none."""
    own = asked.named == SLACK_BOT_TOKEN.name
    named = SLACK_APP_TOKEN.name if own else f"{asked.named}, app_token"
    problem, _ = _method(base, "apps.connections.open", asked.app_token, named)
    return Service(name, problem, "" if problem else "takes the app token")


def _method(base: str, method: str, token: str, named: str) -> tuple[str, dict[str, Any]]:
    """Call a method of Slack's; return what is wrong, if anything, and what it said."""
    status, said = _asked(f"{base.rstrip('/')}/{method}", f"Bearer {token}", "POST")
    if status == 200 and "ok" in said:
        return "" if said["ok"] else f"{named}: Slack does not take it ({_word(said, 'error')}).", said
    return _unreachable(SLACK_API_BASE.name, said), said


def _word(said: dict[str, Any], name: str) -> str:
    return clean(str(said.get(name)), _LONGEST_WORD)


def _unreachable(setting: str, said: dict[str, Any]) -> str:
    return f"{setting}: no good answer from there ({said.get('why', 'not what was expected')})."


class _Nowhere(HTTPRedirectHandler):
    """A token goes to the server that was named, and not to whom that one names."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def _refuse_other_schemes(url: str) -> None:
    """The address is a setting: a `file:` there must not be read as what a platform said."""
    if not url.lower().startswith(("https://", "http://")):
        raise ValueError("no address of a server")


def _asked(url: str, authorization: str, method: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON object of the answer; 0 and `why` when there is none."""
    agent = f"factbot/{__version__}"
    try:
        _refuse_other_schemes(url)
        request = Request(url, method=method, headers={"Authorization": authorization, "User-Agent": agent})  # noqa: S310 - see `_refuse_other_schemes`
        with build_opener(_Nowhere).open(request, timeout=SECONDS) as answer:
            said = json.loads(answer.read(_MOST))
            return answer.status, said if isinstance(said, dict) else {}
    except HTTPError as problem:
        problem.close()
        return problem.code, {"why": f"status {problem.code}"}
    except (OSError, HTTPException, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        return 0, {"why": getattr(reason, "strerror", None) or type(reason).__name__}
