"""Where log records go: a file in the user's log folder, opened only when there is something to write.

At level debug they go to standard error as well. Times are UTC.
"""

import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from bot.incident import LOGGER

_MOST_BYTES = 1_000_000
_FORMAT = "%(asctime)sZ %(levelname)s %(message)s"


def set_up_logging(level: str) -> None:
    """Send log records of `level` and above to the log file; a second call replaces the first."""
    log = logging.getLogger(LOGGER)
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level.upper())
    handlers: list[logging.Handler] = [_LogFile()]
    if level == "debug":
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_utc_format())
        log.addHandler(handler)


def log_file() -> Path:
    """Return where the log file is, or will be."""
    from platformdirs import user_log_path  # only when something is logged

    return user_log_path("factbot", appauthor=False) / "factbot.log"


def _utc_format() -> logging.Formatter:
    formatter = logging.Formatter(_FORMAT, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    return formatter


class _LogFile(logging.Handler):
    """Appends each record to the log file, which only its owner may read; one full file is kept, as `.1`."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # a log that cannot be written must not stop an answer
            _append(log_file(), self.format(record))


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.replace(path.with_name(f"{path.name}.1"))
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as file:
        file.write(f"{text}\n")
