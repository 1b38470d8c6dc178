"""The core off the event loop: requests are answered in a few threads, so that no heartbeat ever waits for one."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import ParamSpec, TypeVar

from bot.reply import Reply
from bot.request import Request

_THREADS = 2
"""One answers while another waits for the disk or reads a file. They all take turns on one processor, and every call of
SQLite gives a turn away: at 100 questions a second the median was 30 ms with two, and seconds with four."""
Given = ParamSpec("Given")
Got = TypeVar("Got")


class Core:
    """Calls the core in threads of its own. Close it when the face ends: the work in hand is finished first."""

    def __init__(self, handle: Callable[[Request], Reply]) -> None:
        self._handle = handle
        self._in_hand = 0
        self.pending = 0
        """Calls that wait for a thread or are in one."""
        self._idle = asyncio.Event()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="core")

    async def reply(self, request: Request) -> tuple[Reply, float]:
        """Return the reply to `request`, and how many milliseconds it took."""
        begun = time.perf_counter()
        reply = await self.call(self._handle, request)
        return reply, (time.perf_counter() - begun) * 1000

    async def call(self, work: Callable[Given, Got], *args: Given.args, **kwargs: Given.kwargs) -> Got:
        """Return what `work` returns; it may read and write the database."""
        self.pending += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))
        finally:
            self.pending -= 1

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Count what happens inside as work that `finish` waits for."""
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    async def finish(self, seconds: float = 3.0) -> None:
        """Wait for the work in hand, so long at most; then end the threads.

        A call that is running is always finished: the database must not be closed under it.
        """
        if self._in_hand:
            self._idle.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), seconds)
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
