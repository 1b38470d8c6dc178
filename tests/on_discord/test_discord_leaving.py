"""What becomes of a server that removes the bot, and of one that takes it back."""

from pathlib import Path

import pytest
from town import Town

from bot.errors import Refused

pytestmark = pytest.mark.asyncio
ASKED = "Has Russia launched North Korean ballistic missiles against Ukraine on at least nine occasions?"


async def _ask(town: Town) -> None:
    await town.ask(ASKED)
    await town.env.settle()
    town.app.conversations.settle()


async def test_a_server_that_removes_the_bot_is_noted_as_left_and_one_that_takes_it_back_is_not(town: Town) -> None:
    await _ask(town)
    guild = town.bot.get_guild(town.guild.id)
    assert guild is not None
    await town.bot.on_guild_remove(guild)
    assert town.space in town.app.store.spaces.left()
    await town.bot.on_guild_join(guild)
    assert town.app.store.spaces.left() == {}


async def test_a_server_that_was_left_while_the_bot_was_away_is_noted_at_the_next_start(town: Town) -> None:
    await _ask(town)
    town.bot._connection._guilds.clear()
    await town.bot.on_ready()
    assert town.space in town.app.store.spaces.left()


async def test_an_answer_belongs_to_its_server_so_that_it_can_be_erased_with_it(town: Town) -> None:
    await _ask(town)
    assert town.app.store.db.execute("SELECT DISTINCT space FROM replies").fetchall() == [(town.space,)]


async def test_a_database_that_is_gone_is_one_line_of_warning(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await _ask(town)
    (tmp_path / "facts.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(Refused) as problem:
        town.app.conversations.left(town.space)
    told = town.bot.interactions.record_fault("guild_remove", problem.value)
    assert "is gone" in told.text
    assert [each.levelname for each in caplog.records if "is gone" in each.getMessage()] == ["WARNING"]
    assert "incident" not in caplog.text
