"""Import and export as commands: progress on a terminal, and a line that says what was done."""

import gc
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from bot.command import terminal
from bot.command.printing import note, say
from bot.interchange.exporting import export_file
from bot.interchange.files import Progress, no_progress
from bot.interchange.importing import ImportReport, import_file
from bot.store import Store

_SKIPPED_SHOWN = 10
_TERMINATED = 128 + signal.SIGTERM


def import_claims(store: Store, file: Path, *, space: str | None, dry_run: bool, skip_bad: bool) -> ImportReport:
    """Import `file` as whoever sits at this terminal, and show how far it is."""
    actor = terminal.terminal_actor()
    with _many_objects():
        return import_file(
            store,
            file,
            space=space,
            dry_run=dry_run,
            skip_bad=skip_bad,
            actor=actor.id,
            name=actor.name,
            progress=_progress(),
        )


@contextmanager
def tidy_when_ended() -> Iterator[None]:
    """Let SIGTERM end the block like an error, so that half a file is taken away; the process ends with 143."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(_TERMINATED)


@contextmanager
def _many_objects() -> Iterator[None]:
    """Looking for garbage again and again among millions of objects that are all in use takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def tell_imported(file: Path, report: ImportReport) -> None:
    """Say what became of the rows of `file`."""
    for problem in report.problems[:_SKIPPED_SHOWN]:
        note(f"left out: {problem}")
    if report.skipped > _SKIPPED_SHOWN:
        note(f"left out: {report.skipped - _SKIPPED_SHOWN:,} more.")
    say(_told(file, report))


def export_claims(store: Store, file: Path, *, space: str | None, history: bool) -> None:
    """Export to `file` and say how many claims, or changes, it holds."""
    count = export_file(store, file, space=space, history=history, progress=_progress())
    thing = "change" if history else "claim"
    say(f"{file}: {count:,} {thing}{'' if count == 1 else 's'}.")


def _told(file: Path, report: ImportReport) -> str:
    done = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    left_out = f", {report.skipped:,} left out" if report.skipped else ""
    dry = " Nothing was written: this was a dry run." if report.dry_run else ""
    return f"{file}: {done}{left_out}.{dry}"


def _progress() -> Progress:
    """Return what shows progress: how many per cent are done on a terminal, nothing elsewhere."""
    return _Percent() if sys.stderr.isatty() else no_progress


class _Percent:
    """Shows how many per cent are done, whenever that is another number."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // total
        if percent != self._shown:
            self._shown = percent
            sys.stderr.write(f"\r{percent} %" + ("\n" if done == total else ""))
            sys.stderr.flush()
