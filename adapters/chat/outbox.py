"""What people are to be told later: the core keeps it, a face delivers it, and nothing is lost by a restart."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from adapters.chat.core import Core
from bot.conversations import Conversations
from bot.errors import FactbotError
from bot.records import Notice

LOG = logging.getLogger("factbot.notices")
EVERY = 5.0
"""Seconds between two looks."""

Tell = Callable[[Notice], Awaitable[bool]]
"""Delivers a notice; False when it cannot be delivered now but may be later."""


async def deliver_notices(core: Core, conversations: Conversations, prefix: str, tell: Tell) -> None:
    """Deliver what is to be told on the platform whose accounts begin with `prefix`, as long as the face runs.

    While the database cannot be read or written, notices wait; one that was told meanwhile is not told again.
    """
    unwritten: set[int] = set()
    while True:
        with suppress(FactbotError):  # the heartbeat says what is wrong
            for notice in await core.call(conversations.notices, prefix):
                if notice.id in unwritten or await _told(tell, notice):
                    unwritten.add(notice.id)
                    await core.call(conversations.told, notice)
                    unwritten.discard(notice.id)
        await asyncio.sleep(EVERY)


async def _told(tell: Tell, notice: Notice) -> bool:
    try:
        return await tell(notice)
    except Exception:  # one notice that cannot be shown must not hold up the others
        LOG.exception("notice %d could not be delivered", notice.id)
        return True
