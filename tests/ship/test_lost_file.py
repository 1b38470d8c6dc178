"""A running bot whose database goes away: whoever changes something is told, and the bot is there when it is back."""

import asyncio
from pathlib import Path

import pytest

from adapters.chat.outbox import EVERY
from tests.ship.engine import OPERATOR, slack_loopback, typed
from tests.slack.test_slack_process import SOCKET, started

ADD = 'add text="The {} in the park is 4 m deep" claimant="Ann Lee" --sure'


@pytest.mark.asyncio
async def test_a_bot_outlives_its_database_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    settings = {**SOCKET, "FACTBOT_OPERATORS": OPERATOR}
    async with slack_loopback.running() as slack, started(slack, tmp_path, settings) as process:
        await slack.wait(lambda: slack.sockets)
        (tmp_path / "facts.db").rename(tmp_path / "aside.db")
        assert "is gone: put it back, or restore a backup. Nothing was saved." in await typed(slack, ADD.format("pond"))
        await asyncio.sleep(EVERY + 1)
        assert process.returncode is None
        (tmp_path / "aside.db").rename(tmp_path / "facts.db")
        assert "Saved: as" in await typed(slack, ADD.format("river"))
