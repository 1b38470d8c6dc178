"""A Slack in memory: the real Bolt machinery against a loopback server, with people of every kind."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from slack_loopback import BOT, TEAM, TOKEN, SlackLoopback, running
from slack_town import SlackTown

from adapters.chat.core import Core
from adapters.on_slack import people, posting, run, socket_mode
from adapters.on_slack.listening import bolt_app
from adapters.on_slack.reaching import Reach
from adapters.on_slack.workspace import Workspace
from bot.app import App, build


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made from the starter, to be copied."""
    path = tmp_path_factory.mktemp("starter") / "facts.db"
    with build(path):
        return path


@pytest.fixture
def app(tmp_path: Path, starter: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """A core on a database of its own, made from the starter; it gathers no writes, for here they come one by one."""
    monkeypatch.setattr("bot.recorder._GATHERED", 0.0)
    with build(Path(shutil.copy(starter, tmp_path / "facts.db"))) as made:
        yield made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot waits a twentieth of a second between two tries, and no longer for Slack to say who somebody is."""
    for module, name in (
        (run, "_FIRST_WAIT"),
        (socket_mode, "_FIRST_WAIT"),
        (posting, "_PAUSE"),
        (people, "_PATIENCE"),
    ):
        monkeypatch.setattr(module, name, 0.05)


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackLoopback]:
    """A loopback Slack; at the end, everything that was sent to it must have been fit for Slack."""
    async with running() as server:
        yield server
        assert not server.wrong
        assert not server.unknown


@pytest_asyncio.fixture
async def town(app: App, slack: SlackLoopback) -> AsyncIterator[SlackTown]:
    """A bot that is installed in a workspace."""
    core, reach = Core(app.factbot.handle), Reach(slack.base)
    at = Workspace(TEAM, BOT, "B1", reach.client(TOKEN), reach, app, core)
    yield SlackTown(slack, app, at, bolt_app(at))
    await core.finish()
    await reach.close()
