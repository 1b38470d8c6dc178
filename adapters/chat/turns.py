"""What happens to one message (it comes, is edited, is deleted) is dealt with in turn."""

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """A lock for each name. It lives as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, name: str) -> asyncio.Lock:
        """Return the lock of this name; those who wait for it come in the order in which they asked."""
        return self._locks.setdefault(name, asyncio.Lock())
