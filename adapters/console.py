"""The terminal face: type a question, get the card that chat users get; `/fact …` works as it does there."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from bot import verbs
from bot.errors import UsageProblem
from bot.handle import Actor, Request
from bot.model import GLOBAL
from bot.reply import Choice, Reply, numbered, refusal

Handle = Callable[[Request], Reply]
Show = Callable[[Reply], None]

PROMPT = "factbot> "
_WELCOME = "Ask whether something is true, or who said it. /help lists the commands; Ctrl-D ends.\n"
_END = {"exit", "quit", "/exit", "/quit"}
_HISTORY_LINES = 1000


class Session:
    """One conversation on a terminal. It remembers only the choices that were last offered."""

    def __init__(self, handle: Handle, show: Show, space: str = GLOBAL) -> None:
        self._handle = handle
        self._show = show
        self._space = space
        self._offered: dict[str, Choice] = {}

    def take(self, line: str) -> None:
        """Answer a typed line: a number picks an offer, a slash begins a command, the rest is a question."""
        text = line.strip()
        if not text:
            return
        try:
            reply = self._handle(self._request(text))
        except UsageProblem as problem:
            reply = refusal(problem.message)
        else:
            self._offered = {str(number): choice for number, choice in numbered(reply.choices)}
        self._show(reply)

    def _request(self, text: str) -> Request:
        if self._offered and text.isdecimal():
            choice = self._picked(text)
            return self._to(choice.verb, dict(choice.arguments))
        if text.startswith("/"):
            verb, arguments = verbs.parse(text)
            return self._to(verb.name, arguments)
        return self._to(verbs.FACTCHECK.name, {"question": text})

    def _picked(self, number: str) -> Choice:
        if number not in self._offered:
            numbers = ", ".join(self._offered)
            raise UsageProblem(f"{number[:20]} was not offered: type one of {numbers}, or ask anew.")
        return self._offered[number]

    def _to(self, verb: str, arguments: dict[str, str]) -> Request:
        return Request(verb, arguments, space=self._space, actor=Actor(holds_database=True))


def run_console(handle: Handle, show: Show, *, space: str = GLOBAL) -> None:
    """Answer what is typed until Ctrl-D; on Ctrl-C end as well, and let the caller know by the exception."""
    session = Session(handle, show, space)
    if not sys.stdin.isatty():
        for line in sys.stdin:
            session.take(line)
        return
    sys.stdout.write(_WELCOME)
    with _line_editing():
        for line in _typed_lines():
            session.take(line)


def _typed_lines() -> Iterator[str]:
    """Yield what is typed, line by line, until the person ends it."""
    while True:
        try:
            line = input(PROMPT)
        except EOFError:
            sys.stdout.write("\n")
            return
        except KeyboardInterrupt:
            sys.stdout.write("\n")
            raise
        if line.strip().lower() in _END:
            return
        yield line


@contextmanager
def _line_editing() -> Iterator[None]:
    """Give the prompt history, editing and completion of commands, where this system has readline."""
    try:
        import readline  # Windows has none: lines are typed plainly there
    except ImportError:
        yield
        return
    path = history_file()
    with suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(_HISTORY_LINES)
    readline.set_completer_delims("")
    readline.set_completer(_completion)
    try:
        yield
    finally:
        with suppress(OSError):  # a home that cannot be written costs the history, not the session
            _keep_history(readline, path)


def history_file() -> Path:
    """Return where typed lines are kept: in the user's state folder."""
    from platformdirs import user_state_path

    return user_state_path("factbot", appauthor=False) / "history"


def _keep_history(readline: ModuleType, path: Path) -> None:
    """Write the history for its owner's eyes only: it is made so before anything is in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)
    readline.write_history_file(path)


def _completion(typed: str, state: int) -> str | None:
    names = [f"/{verb.name}" for verb in verbs.typed_verbs()]
    fitting = [f"{name} " for name in names if typed.startswith("/") and name.startswith(typed)]
    return fitting[state] if state < len(fitting) else None
