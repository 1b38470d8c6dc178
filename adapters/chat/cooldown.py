"""Manners: how often one person is answered in one channel. Said once, privately; then silence."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST = 10
SECONDS = 10.0
"""One person gets so many answers in one channel within so many seconds."""
_MOST_KEPT = 20_000


@dataclass(slots=True)
class _Recent:
    at: deque[float] = field(default_factory=deque)
    told: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """No answer now: for how many seconds, and whether to say so (only the first time)."""

    seconds: float
    say: bool


class Cooldown:
    """Counts answers by person and channel. None of it outlives the process: it protects a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._recent: OrderedDict[tuple[str, str], _Recent] = OrderedDict()

    def take(self, person: str, channel: str) -> Pause | None:
        """Count one answer, or say for how long there is none."""
        now = self._clock()
        recent = self._kept((person, channel), now)
        if len(recent.at) < MOST:
            recent.at.append(now)
            recent.told = False
            return None
        say, recent.told = not recent.told, True
        return Pause(recent.at[0] + SECONDS - now, say)

    def _kept(self, key: tuple[str, str], now: float) -> _Recent:
        recent = self._recent.setdefault(key, _Recent())
        self._recent.move_to_end(key)
        while recent.at and recent.at[0] <= now - SECONDS:
            recent.at.popleft()
        if len(self._recent) > _MOST_KEPT:
            self._recent.popitem(last=False)
        return recent


def pause_words(pause: Pause) -> str:
    """Return what a person is told who asks faster than they are answered."""
    seconds = max(1, round(pause.seconds))
    return f"One moment, please: ask again in {seconds} second{'s' if seconds > 1 else ''}."
