"""What goes on in a running bot, as numbers: for its operator, and without a word of what people write."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the classes in which latencies are counted."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face as its operator sees it: is it connected, and how many requests wait or are worked on."""

    connected: Callable[[], bool]
    pending: Callable[[], int]


@dataclass(slots=True)
class Numbers:
    """The counts at one moment. `requests` are by face, verb and outcome; `spaces` say when each was last seen."""

    requests: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    latencies: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0
    spaces: dict[str, float] = field(default_factory=dict)
    last_event: float = 0.0
    last_backup: float = 0.0


class Watch:
    """Counts requests. May be used from several threads.

    `trouble` says in a sentence why nothing can be saved; empty when all is well.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = Numbers()
        self.faces: dict[str, Face] = {}
        self.trouble = ""

    def saw(self, face: str, verb: str, outcome: str, space: str, seconds: float) -> None:
        """Count a request that was answered in so many seconds."""
        with self._lock:
            numbers = self._numbers
            numbers.requests[face, verb, outcome] += 1
            numbers.latencies[next((bound for bound in SECONDS if seconds <= bound), float("inf"))] += 1
            numbers.seconds += seconds
            numbers.spaces[space] = numbers.last_event = time.time()

    def backed_up(self) -> None:
        """Note that a scheduled backup was made."""
        with self._lock:
            self._numbers.last_backup = time.time()

    def numbers(self) -> Numbers:
        """Return a copy of the counts."""
        with self._lock:
            now = self._numbers
            return Numbers(
                now.requests.copy(),
                now.latencies.copy(),
                now.seconds,
                now.spaces.copy(),
                now.last_event,
                now.last_backup,
            )
