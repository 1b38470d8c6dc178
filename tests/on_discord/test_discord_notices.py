"""Notices on Discord: to the channel that moderators chose, and never into another server."""

import pytest
from town import Town, words_of

from adapters.on_discord.notices import tell
from bot.records import Notice

pytestmark = pytest.mark.asyncio


def notice(town: Town, to: str) -> Notice:
    """Return a notice of this server's community."""
    return Notice(1, to, town.space, "New suggestion: claim", "The fountain is dry", "2024-02-06T12:00:00.000Z")


async def brought(town: Town, said: Notice) -> bool:
    """Deliver a notice as the bot does."""

    async def belongs(each: Notice, space: str) -> bool:
        return town.app.conversations.belongs(each, space)

    return await tell(town.bot, belongs, said)


async def test_a_notice_goes_to_a_channel_of_its_own_server(town: Town) -> None:
    assert await brought(town, notice(town, f"discord:channel:{town.channel.id}"))
    assert town.channel.last_message is not None
    assert "The fountain is dry" in words_of(town.channel.last_message)


async def test_a_notice_never_goes_to_a_channel_of_another_server(town: Town) -> None:
    other = town.env.create_guild("Other").create_text_channel("general")
    assert await brought(town, notice(town, f"discord:channel:{other.id}"))
    assert other.history() == []


async def test_a_person_is_told_privately(town: Town) -> None:
    assert await brought(town, notice(town, f"discord:{town.ann.id}"))
    told = town.ann.user.dm_channel.last_message
    assert told is not None
    assert "The fountain is dry" in words_of(told)


async def test_what_names_nobody_is_given_up(town: Town) -> None:
    assert await brought(town, notice(town, "discord:channel:somewhere"))
    assert await brought(town, notice(town, "discord:channel:123"))
