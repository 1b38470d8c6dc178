"""How the command line writes: in UTF-8 whatever the locale, line by line, to readers that may go away."""

import os
import re
import sys
from io import TextIOWrapper

from bot.errors import Refused
from bot.reply import one_line, visible

_STEERING = re.compile("[\x7f-\x9f\u2028\u2029]")


def speak_utf8() -> None:
    """Make every standard stream speak UTF-8. What cannot be encoded is replaced rather than refused."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def _open_closed_streams() -> None:
    """A service manager or a shell (`>&-`) may start a program without these; Python then has None there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def say(text: str) -> None:
    """Write a line (or more) to standard output, now, with nothing in it that steers a terminal."""
    _write(visible(text))


def say_json(text: str) -> None:
    """Write JSON to standard output, now; the same value, with nothing in it that steers a terminal."""
    _write(harmless_json(text))


def harmless_json(text: str) -> str:
    """Return the same JSON, with escapes for what JSON lets stand and a terminal obeys."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _write(line: str) -> None:
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        drop_output()
        raise Refused(f"Standard output cannot be written: {problem.strerror}.") from problem


def note(text: str) -> None:
    """Write one plain line to standard error."""
    sys.stderr.write(f"factbot: {one_line(text)}\n")
    sys.stderr.flush()


def drop_output() -> None:
    """Point standard output at nothing: its reader has gone, and the flush at exit must not complain."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, sys.stdout.fileno())
    except OSError:  # not a real stream, so there is nothing to flush at exit
        pass
    finally:
        os.close(nothing)
