"""The core off the event loop: requests are answered in two threads, so that no heartbeat ever waits for one."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import ParamSpec, TypeVar

from bot.reply import Reply
from bot.request import Request
from bot.verbs import EXPORT, VERBS

_LONG = frozenset(verb.name for verb in VERBS if verb.changes) | {EXPORT.name}
"""What may take seconds: it has a thread of its own, and no question waits behind somebody's import."""
Given = ParamSpec("Given")
Got = TypeVar("Got")


class Core:
    """Calls the core in threads of its own. Close it when the face ends: the work in hand is finished first.

    Questions are answered in one thread, one after the other. Threads that compute take turns on one processor under
    Python's lock, and every call of SQLite gives a turn away: at 100 questions a second 99 % were answered within
    36 ms with one thread and within 830 ms with two (`tests/benchmarks/soak.py`).
    """

    def __init__(self, handle: Callable[[Request], Reply]) -> None:
        self._handle = handle
        self._in_hand = 0
        self.pending = 0
        """Calls that wait for a thread or are in one."""
        self._idle = asyncio.Event()
        self._answering = ThreadPoolExecutor(1, thread_name_prefix="answering")
        self._curating = ThreadPoolExecutor(1, thread_name_prefix="curating")

    async def reply(self, request: Request) -> tuple[Reply, float]:
        """Return the reply to `request`, and how many milliseconds it took."""
        begun = time.perf_counter()
        thread = self._curating if request.verb in _LONG else self._answering
        reply = await self._in(thread, lambda: self._handle(request))
        return reply, (time.perf_counter() - begun) * 1000

    async def call(self, work: Callable[Given, Got], *args: Given.args, **kwargs: Given.kwargs) -> Got:
        """Return what `work` returns: something short, that may read and write the database."""
        return await self._in(self._answering, lambda: work(*args, **kwargs))

    async def _in(self, thread: ThreadPoolExecutor, work: Callable[[], Got]) -> Got:
        self.pending += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(thread, work)
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
        for thread in (self._answering, self._curating):
            await asyncio.to_thread(thread.shutdown, cancel_futures=True)
