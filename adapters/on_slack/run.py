"""Run the Slack face until it is told to stop; what cannot work ends with one clear line."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from aiohttp import web
from slack_sdk.errors import SlackApiError

from adapters.chat.core import Core
from adapters.chat.outbox import deliver_notices
from adapters.on_slack.credentials import Credentials, credentials
from adapters.on_slack.http_mode import Door
from adapters.on_slack.listening import bolt_app
from adapters.on_slack.manifest import SCOPES
from adapters.on_slack.notices import tell
from adapters.on_slack.people import UNREACHABLE, why
from adapters.on_slack.reaching import Reach
from adapters.on_slack.refusals import check_refusal, missing
from adapters.on_slack.socket_mode import Socket
from adapters.on_slack.team import Member, dispatch
from adapters.on_slack.workspace import Workspace
from bot.app import App
from bot.errors import SettingsProblem
from bot.settings import PORT, Settings
from bot.watch import Face as Watched

LOG = logging.getLogger("factbot.slack")
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 300.0
Work = Coroutine[Any, Any, None]


async def run_slack(app: App, settings: Settings) -> None:
    """Serve every workspace that the settings name. Raises `SettingsProblem` for what only settings can cure."""
    wanted = credentials(settings)
    core, reach = Core(app.factbot.handle), Reach(settings.slack_api_base)
    face = Face(app, core, reach)
    app.watch.faces["slack"] = Watched(face.healthy, lambda: core.pending)
    try:
        async with web_server(face.door, settings.port):
            await face.serve(wanted)
    finally:
        await core.finish()
        await reach.close()


class Face:
    """All workspaces of one process."""

    def __init__(self, app: App, core: Core, reach: Reach) -> None:
        self._app = app
        self._core = core
        self._reach = reach
        self._members: list[Member] = []
        self._sockets: list[Socket] = []
        self._ready = False
        self.door = Door(self._members, self.healthy)

    def healthy(self) -> bool:
        """Whether every workspace is known and every socket open."""
        return self._ready and all(socket.connected for socket in self._sockets)

    async def serve(self, wanted: Sequence[Credentials]) -> None:
        """Log in everywhere, then listen and deliver notices, until something ends."""
        workspaces = await asyncio.gather(*(self._login(each) for each in wanted))
        for each, workspace in zip(wanted, workspaces, strict=True):
            member = Member(workspace.team, bolt_app(workspace), each.app_token, each.signing_secret)
            self._members.append(member)
            LOG.info("ready in workspace %s", workspace.team)
        self._sockets += [self._socket(token, setting) for token, setting in _app_tokens(wanted).items()]
        self._ready = True
        await _together([socket.run() for socket in self._sockets] + [self._notices(each) for each in workspaces])

    def _socket(self, token: str, setting: str) -> Socket:
        members = [member for member in self._members if member.app_token == token]
        return Socket(token, setting, self._reach, partial(dispatch, members))

    def _notices(self, workspace: Workspace) -> Work:
        prefix = f"{workspace.people.space}:"
        return deliver_notices(self._core, self._app.conversations, prefix, partial(tell, workspace))

    async def _login(self, each: Credentials) -> Workspace:
        """Ask Slack who the bot is; as long as Slack cannot be reached, try again, more and more slowly."""
        client = self._reach.client(each.bot_token)
        wait = _FIRST_WAIT
        while True:
            try:
                me = await client.auth_test()
            except UNREACHABLE as problem:
                if isinstance(problem, SlackApiError):
                    check_refusal(problem, each.named, "")
                LOG.warning("Slack cannot be reached (%s): next try in %.0f s", why(problem), wait)
            else:
                _check_scopes(each, me.headers)
                team, user, bot = (str(me.get(name) or "") for name in ("team_id", "user_id", "bot_id"))
                return Workspace(team, user, bot, client, self._reach, self._app, self._core)
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)


def _app_tokens(wanted: Sequence[Credentials]) -> dict[str, str]:
    """Return the app tokens, each once, with the setting where it stands."""
    return {each.app_token: each.app_setting for each in reversed(wanted) if each.app_token}


def _check_scopes(each: Credentials, headers: Any) -> None:
    """Slack says with every answer what a token may do; a server that does not say it is believed."""
    said = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    lacking = SCOPES - {scope.strip() for scope in said.split(",")} if said else frozenset()
    if lacking:
        raise missing(each.named, lacking)


async def _together(works: Sequence[Work]) -> None:
    """Run until the first one ends; it ends them all, and what it raises is raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def web_server(door: Door, port: int | None) -> AsyncIterator[None]:
    """Listen on the port, where one is given. Raises `SettingsProblem` for one that is taken."""
    runner = web.AppRunner(door.application(), access_log=None, shutdown_timeout=3.0)
    try:
        if port is not None:
            await runner.setup()
            await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, port=port).start()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise SettingsProblem(f"{PORT.name}: cannot listen on {port} ({reason}). Name a free port.") from problem
    LOG.info("listening on %s", ", ".join(str(address[1]) for address in runner.addresses))
