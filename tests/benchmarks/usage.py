"""What a long run uses of the machine, and what the machine itself does meanwhile."""

import multiprocessing
import os
import time
from dataclasses import dataclass
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path

_NAP, _HELD = 0.005, 0.02
"""Seconds the sleeping process sleeps at a time, and how late it wakes at least when something kept it from waking."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the process has used: processor seconds, seconds of waiting for one, MB of memory, MB of files."""

    cpu: float
    waited: float
    memory: float
    files: float

    @classmethod
    def now(cls, folder: Path) -> "Usage":
        """Look it up. What is under way in SQLite (the journal) and the index's file count too; backups do not."""
        waited = sum(_waited(task) for task in Path("/proc/self/task").iterdir())
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        sizes = sum(each.stat().st_size for each in folder.glob("facts.db*"))
        return cls(time.process_time(), waited, pages * os.sysconf("SC_PAGE_SIZE") / 2**20, sizes / 2**20)


def _waited(task: Path) -> float:
    try:
        return int((task / "schedstat").read_text().split()[1]) / 1e9
    except OSError:  # the thread has ended
        return 0.0


class Sleeper:
    """A process that only sleeps and notes how late it woke: what the machine alone does to whoever runs on it.

    Begun before there are threads: it is a fork.
    """

    def __init__(self) -> None:
        forking = multiprocessing.get_context("fork")
        self._noted: SynchronizedArray[float] = forking.Array("d", [0.0, 0.0])
        forking.Process(target=self._sleep, daemon=True).start()

    def _sleep(self) -> None:
        before = time.perf_counter()
        while True:
            time.sleep(_NAP)
            now = time.perf_counter()
            if (late := now - before - _NAP) > _HELD:
                self._noted[0] += late
                self._noted[1] = max(self._noted[1], late)
            before = now

    def take(self) -> tuple[float, float]:
        """Return the seconds it was kept from waking since the last time, and the longest of them at once."""
        with self._noted:
            held, longest = self._noted[:]
            self._noted[:] = [0.0, 0.0]
        return held, longest
