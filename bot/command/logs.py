"""Where log records go: a file in the user's log folder, opened only when there is something to write.

At level debug they go to standard error as well. Times are UTC. Whatever a record says, there is no secret in it,
nothing that steers a terminal, and no line that could be taken for another record.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from bot.command.printing import harmless_json
from bot.command.redacting import redacted
from bot.incident import LOGGER
from bot.reply import visible

_MOST_BYTES = 1_000_000
_FORMAT = "%(asctime)sZ %(levelname)s %(message)s"


def set_up_logging(level: str, form: str = "text", secrets: Collection[str] = ()) -> None:
    """Send log records of `level` and above to the log file, as text or JSON; a second call replaces the first."""
    log = logging.getLogger(LOGGER)
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level.upper())
    handlers: list[logging.Handler] = [_LogFile()]
    if level == "debug":
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_formatter(form, secrets))
        log.addHandler(handler)


def log_to_standard_error(form: str = "text", secrets: Collection[str] = ()) -> None:
    """Log to standard error as well: a service's log is read there. Warnings of the platforms' libraries too.

    Never their debug records: they hold the tokens of interactions and webhooks.
    """
    log = logging.getLogger(LOGGER)
    shown = [handler for handler in log.handlers if isinstance(handler, logging.StreamHandler)]
    handler = shown[0] if shown else logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(form, secrets))
    if not shown:
        log.addHandler(handler)
    for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp", "asyncio"):
        library = logging.getLogger(name)
        library.setLevel(logging.WARNING)
        library.addHandler(handler)
        library.propagate = False


def log_file() -> Path:
    """Return where the log file is, or will be."""
    from platformdirs import user_log_path  # only when something is logged

    return user_log_path("factbot", appauthor=False) / "factbot.log"


def _formatter(form: str, secrets: Collection[str]) -> logging.Formatter:
    formatter = (_AsJson if form == "json" else _AsText)(_FORMAT, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    formatter.secrets = secrets
    return formatter


class _AsText(logging.Formatter):
    """A line for each record; what goes on for more lines is indented."""

    secrets: Collection[str] = ()

    def format(self, record: logging.LogRecord) -> str:
        return visible(redacted(super().format(record), self.secrets)).replace("\n", "\n  ")


class _AsJson(_AsText):
    """One JSON object on one line for each record; a traceback is a text in it."""

    def format(self, record: logging.LogRecord) -> str:
        about = {
            "at": f"{self.formatTime(record, self.datefmt)}Z",
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            about["fault"] = self.formatException(record.exc_info)
        shown = {name: redacted(value, self.secrets) for name, value in about.items()}
        return harmless_json(json.dumps(shown, ensure_ascii=False))


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
