"""The terminal face: type a question, get the card that chat users get; `/fact …` works as it does there."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from adapters.console_files import attached, with_file_kept
from bot import typed, verbs
from bot.errors import FactbotError, UsageProblem
from bot.model import GLOBAL
from bot.reply import Choice, Form, Input, Reply, Tone, numbered, refusal, visible
from bot.request import Actor, Request
from bot.text import shorten
from bot.verb import CLEARED

Handle = Callable[[Request], Reply]
Show = Callable[[Reply], None]
Complete = Callable[[Request, str, str], list[tuple[str, str]]]
Prompt = Callable[[Input], str]
"""Asks for one input; an empty line keeps what is in it. Raises `EOFError` when the person stops."""

PROMPT = "factbot> "
GO_ON = "+"
_WELCOME = "Ask whether something is true, or who said it. /help lists the commands; Ctrl-D ends.\n"
_STOPPED = Reply("Not sent", f"What you typed is kept: type {GO_ON} to go on with it.", tone=Tone.NEUTRAL)
_END = {"exit", "quit", "/exit", "/quit"}
_HISTORY_LINES = 1000
_VALUE_SHOWN = 60


class Session:
    """One conversation on a terminal. It remembers the choices and the form that were last offered.

    With a `prompt`, a form that comes in reply is filled in field by field; those with a problem alone where
    there are any.
    """

    def __init__(
        self, handle: Handle, show: Show, space: str = GLOBAL, actor: Actor | None = None, prompt: Prompt | None = None
    ) -> None:
        self._handle = handle
        self._show = show
        self._space = space
        self._actor = actor or Actor(holds_database=True)
        self._prompt = prompt
        self._offered: dict[str, Choice] = {}
        self._form: Form | None = None

    def take(self, line: str) -> None:
        """Answer a typed line: a number picks an offer, a slash begins a command, the rest is a question."""
        text = line.strip()
        if text == GO_ON and self._form is not None and self._prompt is not None:
            self._fill_in(self._form, self._prompt)
        elif text:
            self._answer(text)

    def _answer(self, text: str) -> None:
        try:
            request = self._request(text)
            reply = with_file_kept(self._handle(request), Path.cwd())
        except FactbotError as problem:
            self._show(refusal(problem.message))
        else:
            self._take_reply(reply)

    def _take_reply(self, reply: Reply) -> None:
        self._offered = {str(number): choice for number, choice in numbered(reply.choices)}
        self._form = reply.form
        self._show(reply)
        if reply.form is not None and self._prompt is not None:
            self._fill_in(reply.form, self._prompt)

    def _fill_in(self, form: Form, prompt: Prompt) -> None:
        """Ask for the inputs and send them. What was given when the person stops stays in the form."""
        asked = [each for each in form.inputs if each.problem] or list(form.inputs)
        values = {each.name: each.value for each in form.inputs}
        try:
            for each in asked:
                values[each.name] = _kept_or_new(each, prompt)
        except EOFError:
            inputs = tuple(replace(each, value=values[each.name]) for each in form.inputs)
            self._form = replace(form, inputs=inputs)
            self._show(_STOPPED)
        else:
            self._take_reply(self._handle(self.request(form.verb, {**dict(form.arguments), **values})))

    def _request(self, text: str) -> Request:
        if self._offered and text.isdecimal():
            choice = self._picked(text)
            return self.request(choice.verb, dict(choice.arguments))
        if text.startswith("/"):
            verb, arguments = typed.parse(text)
            return self.request(verb.name, arguments)
        return self.request(verbs.FACTCHECK.name, {"question": text})

    def _picked(self, number: str) -> Choice:
        if number not in self._offered:
            numbers = ", ".join(self._offered)
            raise UsageProblem(f"{number[:20]} was not offered: type one of {numbers}, or ask anew.")
        return self._offered[number]

    def request(self, verb: str, arguments: dict[str, str]) -> Request:
        """Return a request of whoever sits here."""
        file = attached(verb, arguments)
        return Request(verb, arguments, space=self._space, actor=self._actor, attachment=file)


def _kept_or_new(each: Input, prompt: Prompt) -> str:
    """Ask until it is one of the options, where there are any: a word that is none must not cost the whole form."""
    text = prompt(each).strip()
    while text and text != CLEARED and each.options and text.lower() not in each.options:
        text = prompt(replace(each, problem=f"it can be {', '.join(each.options)}, not “{shorten(text, 40)}”")).strip()
    return each.value if not text else "" if text == CLEARED else text


def run_console(
    handle: Handle,
    show: Show,
    *,
    space: str = GLOBAL,
    actor: Actor | None = None,
    complete: Complete | None = None,
) -> None:
    """Answer what is typed until Ctrl-D; on Ctrl-C end as well, and let the caller know by the exception."""
    if not sys.stdin.isatty():
        session = Session(handle, show, space, actor)
        for line in sys.stdin:
            session.take(line)
        return
    session = Session(handle, show, space, actor, _prompt)
    sys.stdout.write(_WELCOME)
    with _line_editing(_Completer(session, complete)):
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


def _prompt(each: Input) -> str:
    """Ask for one input below what is wrong with it. What is typed here is no line to come back to."""
    for remark in (each.problem and f"! {each.problem}", each.hint, ", ".join(each.options)):
        if remark:
            sys.stdout.write(f"  {visible(remark)}\n")
    value = visible(shorten(each.value, _VALUE_SHOWN))
    with _no_history():
        try:
            return input(f"{each.label} [{value}]: " if value else f"{each.label}: ")
        except EOFError:
            sys.stdout.write("\n")
            raise


@contextmanager
def _no_history() -> Iterator[None]:
    try:
        import readline
    except ImportError:
        yield
        return
    readline.set_auto_history(False)
    try:
        yield
    finally:
        readline.set_auto_history(True)


class _Completer:
    """Completes commands, and what is given to them, at the end of the line."""

    def __init__(self, session: Session, complete: Complete | None) -> None:
        self._session = session
        self._complete = complete
        self._found: list[str] = []

    def __call__(self, line: str, state: int) -> str | None:
        if state == 0:
            self._found = self._lines(line)
        return self._found[state] if state < len(self._found) else None

    def _lines(self, line: str) -> list[str]:
        names = [f"/{verb.name}" for verb in verbs.typed_verbs()]
        fitting = [f"{name} " for name in names if line.startswith("/") and name.startswith(line)]
        place = typed.place_in(line)
        if fitting or place is None or self._complete is None:
            return fitting
        verb, item, begun = place
        head = line[: len(line) - len(begun)]
        found = self._complete(self._session.request(verb.name, {}), item.name, begun)
        return [f"{head}{value} " for value, _ in found]


@contextmanager
def _line_editing(completer: _Completer) -> Iterator[None]:
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
    readline.parse_and_bind("tab: complete")  # Python leaves the key unbound outside its own prompt
    readline.set_completer_delims("")
    readline.set_completer(completer)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
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
