"""Import and export as commands: progress on a terminal, and a line that says what was done."""

import getpass
import sys
from pathlib import Path

from bot.command.printing import note, say
from bot.interchange.exporting import export_file
from bot.interchange.files import Progress, no_progress
from bot.interchange.importing import ImportReport, import_file
from bot.store import Store

_STEPS = 100
_SKIPPED_SHOWN = 10


def import_claims(store: Store, file: Path, *, space: str | None, dry_run: bool, skip_bad: bool) -> ImportReport:
    """Import `file` as whoever sits at this terminal, and show how far it is."""
    return import_file(
        store,
        file,
        space=space,
        dry_run=dry_run,
        skip_bad=skip_bad,
        actor=terminal_actor(),
        progress=_progress(),
    )


def tell_imported(file: Path, report: ImportReport) -> None:
    """Say what became of the rows of `file`."""
    for problem in report.problems[:_SKIPPED_SHOWN]:
        note(f"left out: {problem}")
    if report.skipped > _SKIPPED_SHOWN:
        note(f"left out: {report.skipped - _SKIPPED_SHOWN:,} more.")
    say(_told(file, report))


def export_claims(store: Store, file: Path, *, space: str | None) -> None:
    """Export to `file` and say how many claims it holds."""
    count = export_file(store, file, space=space, progress=_progress())
    say(f"{file}: {_claims(count)}.")


def terminal_actor() -> str:
    """Return who changes something from a terminal, as the history names them."""
    try:
        return f"terminal:{getpass.getuser()}"
    except (KeyError, OSError):  # a user id without a name, as containers have
        return "terminal"


def _told(file: Path, report: ImportReport) -> str:
    done = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    left_out = f", {report.skipped:,} left out" if report.skipped else ""
    dry = " Nothing was written: this was a dry run." if report.dry_run else ""
    return f"{file}: {done}{left_out}.{dry}"


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count:,} claims"


def _progress() -> Progress:
    """Return what shows progress: a counter on a terminal, nothing elsewhere."""
    return _count if sys.stderr.isatty() else no_progress


def _count(done: int, total: int) -> None:
    if done % max(1, total // _STEPS) == 0 or done == total:
        sys.stderr.write(f"\r{done:,} of {total:,}" + ("\n" if done == total else ""))
        sys.stderr.flush()
