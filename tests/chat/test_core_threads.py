"""Who waits for whom: answers go one after the other, and what may take long holds none of them up."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from adapters.chat.core import Core
from bot.reply import Reply
from bot.request import Request

pytestmark = pytest.mark.asyncio


class Newsroom:
    """Handles requests: an import lasts until `imported` is set, a question a moment. Counts those under way."""

    def __init__(self) -> None:
        self.imported = threading.Event()
        self.asked = self.most = 0

    def handle(self, request: Request) -> Reply:
        if request.verb == "fact import":
            self.imported.wait(10)
            return Reply("imported")
        self.asked += 1
        self.most = max(self.most, self.asked)
        time.sleep(0.005)
        self.asked -= 1
        return Reply("answered")


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest_asyncio.fixture
async def core(newsroom: Newsroom) -> AsyncIterator[Core]:
    core = Core(newsroom.handle)
    yield core
    newsroom.imported.set()
    await core.finish()


async def test_questions_are_answered_while_a_file_is_being_imported(core: Core, newsroom: Newsroom) -> None:
    importing = asyncio.create_task(core.reply(Request("fact import")))
    reply, _ = await asyncio.wait_for(core.reply(Request("factcheck")), 5)
    assert reply.title == "answered"
    assert not importing.done()
    newsroom.imported.set()
    assert (await importing)[0].title == "imported"


async def test_questions_are_answered_one_after_the_other(core: Core, newsroom: Newsroom) -> None:
    await asyncio.gather(*(core.reply(Request("factcheck")) for _ in range(8)))
    assert newsroom.most == 1


async def test_what_is_in_hand_is_finished_in_both_threads(newsroom: Newsroom) -> None:
    core = Core(newsroom.handle)
    finished: list[str] = []
    work: list[Callable[[], None]] = [lambda: time.sleep(0.05), lambda: finished.append("call")]
    importing = asyncio.create_task(core.reply(Request("fact import")))
    calls = [asyncio.create_task(core.call(each)) for each in work]
    await asyncio.gather(*calls)
    threading.Timer(0.1, newsroom.imported.set).start()
    await core.finish()
    assert finished == ["call"]
    assert (await importing)[0].title == "imported"
