"""Run the Slack face until it is told to stop; what cannot work ends with one clear line."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

from aiohttp import web
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

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
_TOKEN_EVERY = 600.0
"""Seconds between two looks whether a token still holds: nobody tells the bot that it was revoked."""
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
    """All workspaces of one process: one that cannot be served is given up, the others go on."""

    def __init__(self, app: App, core: Core, reach: Reach) -> None:
        self._app = app
        self._core = core
        self._reach = reach
        self._wanted: Sequence[Credentials] = ()
        self._left: Sequence[Credentials] = ()
        self._members: dict[str, Member] = {}
        self._connected: dict[str, Callable[[], bool]] = {}
        self.door = Door(self._members.values(), self.state)

    def healthy(self) -> bool:
        """Whether every workspace is served."""
        served, missing = self.state()
        return served and not missing

    def state(self) -> tuple[bool, list[str]]:
        """Return whether any workspace is served, and in which settings those stand that are not."""
        missing = [each.named for each in self._wanted if not self._connected.get(each.named, bool)()]
        return len(missing) < len(self._wanted), missing

    async def serve(self, wanted: Sequence[Credentials]) -> None:
        """Serve every workspace until cancelled. Raises `SettingsProblem` when the last one is given up."""
        self._wanted = self._left = wanted
        await _together([self._serve_app(group) for group in _by_app(wanted)])

    async def _serve_app(self, group: Sequence[Credentials]) -> None:
        """Log in to the workspaces that share a socket; then listen and deliver notices, as long as any is left."""
        entered = zip(group, await asyncio.gather(*(self._enter(each) for each in group)), strict=True)
        ready = [(each, workspace) for each, workspace in entered if workspace is not None]
        token = group[0].app_token
        if not ready:
            return
        if not token:
            await _together([self._attend(each, workspace, _always) for each, workspace in ready])
            return
        socket = Socket(token, group[0].app_setting, self._reach, partial(self._dispatch, token))
        attended = _together([self._attend(each, workspace, lambda: socket.connected) for each, workspace in ready])
        with self._giving_up(group):
            await _together([socket.run(), attended], asyncio.FIRST_COMPLETED)

    async def _enter(self, each: Credentials) -> Workspace | None:
        """Return a workspace that hears what comes from now on; None for one that is given up."""
        with self._giving_up([each]):
            workspace = await self._login(each)
            alone = not any(_share(each, other) for other in self._wanted if other is not each)
            self._members[each.named] = Member(
                workspace.team, bolt_app(workspace), each.app_token, each.signing_secret, alone
            )
            LOG.info("ready in workspace %s", workspace.team)
            return workspace
        return None

    async def _attend(self, each: Credentials, workspace: Workspace, connected: Callable[[], bool]) -> None:
        self._connected[each.named] = connected
        with self._giving_up([each]):
            await _together([self._notices(workspace), _token_holds(each, workspace.client)])

    @contextmanager
    def _giving_up(self, those: Sequence[Credentials]) -> Iterator[None]:
        """Give these workspaces up for what only settings can cure; raise it when no other one is left."""
        try:
            yield
        except SettingsProblem as problem:
            self._left = [each for each in self._left if each not in those]
            for each in those:
                self._members.pop(each.named, None)
                self._connected.pop(each.named, None)
            if not self._left:
                raise
            LOG.error("%s The other workspaces go on.", problem.message)

    async def _dispatch(self, app_token: str, body: dict[str, Any]) -> BoltResponse:
        return await dispatch([each for each in self._members.values() if each.app_token == app_token], body)

    def _notices(self, workspace: Workspace) -> Work:
        prefix = f"{workspace.people.space}:"
        return deliver_notices(self._core, self._app.conversations, prefix, partial(tell, workspace))

    async def _login(self, each: Credentials) -> Workspace:
        """Ask Slack who the bot is; as long as Slack cannot be reached, try again, more and more slowly."""
        client = self._reach.client(each.bot_token)
        wait = _FIRST_WAIT
        while (me := await _asked(each, client)) is None:
            LOG.warning("next try in %.0f s", wait)
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        _check_scopes(each, me.headers)
        team, user, bot = (str(me.get(name) or "") for name in ("team_id", "user_id", "bot_id"))
        workspace = Workspace(team, user, bot, client, self._reach, self._app, self._core)
        await self._core.call(self._app.conversations.came_back, workspace.people.space)
        return workspace


async def _asked(each: Credentials, client: AsyncWebClient) -> AsyncSlackResponse | None:
    """Return what Slack says of a bot token, None when it cannot be asked. Raises `SettingsProblem` for a bad one."""
    try:
        return await client.auth_test()
    except UNREACHABLE as problem:
        if isinstance(problem, SlackApiError):
            check_refusal(problem, each.named, "")
        LOG.warning("Slack cannot be reached (%s)", why(problem))
        return None


async def _token_holds(each: Credentials, client: AsyncWebClient) -> None:
    """Look now and then whether Slack still takes the token. Raises `SettingsProblem` when it does not."""
    while True:
        await asyncio.sleep(_TOKEN_EVERY)
        await _asked(each, client)


def _always() -> bool:
    """Over HTTP there is nothing to be connected."""
    return True


def _share(one: Credentials, other: Credentials) -> bool:
    """Whether two workspaces have the same Slack app."""
    pairs = ((one.app_token, other.app_token), (one.signing_secret, other.signing_secret))
    return any(mine and mine == theirs for mine, theirs in pairs)


def _by_app(wanted: Sequence[Credentials]) -> list[list[Credentials]]:
    """Return the workspaces that share an app token together, each of the others by itself."""
    shared: dict[str, list[Credentials]] = {}
    for each in wanted:
        shared.setdefault(each.app_token or each.named, []).append(each)
    return list(shared.values())


def _check_scopes(each: Credentials, headers: Any) -> None:
    """Slack says with every answer what a token may do; a server that does not say it is believed."""
    said = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    lacking = SCOPES - {scope.strip() for scope in said.split(",")} if said else frozenset()
    if lacking:
        raise missing(each.named, lacking)


async def _together(works: Sequence[Work], until: str = asyncio.FIRST_EXCEPTION) -> None:
    """Run until all have ended or one raises (or `until`); the rest is cancelled, what was raised is raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=until)
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
