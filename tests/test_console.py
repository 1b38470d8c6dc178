"""The terminal face, on a real terminal where it matters."""

import errno
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pytest

from adapters.console import Session
from bot.reply import Choice, Reply, Tone
from bot.request import Request

pytestmark = pytest.mark.usefixtures("home")
_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")
SECONDS = 20


class Terminal:
    """A pseudo-terminal with a program in it: type into it, and wait for what it shows."""

    def __init__(self, *arguments: str, **environ: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color", **environ},
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)
        self.raw = b""
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def wait_for(self, words: str) -> str:
        """Return what was shown since the last wait, once `words` are among it."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            new = _SEQUENCE.sub("", self.raw.decode("utf-8", "replace"))[self._seen :]
            if words in new:
                shown, _, _ = new.partition(words)
                self._seen += len(shown) + len(words)
                return shown + words
            if not self._read():
                break
        pytest.fail(f"{words!r} was not shown, but {self.raw!r}")

    def ends_with(self, status: int) -> None:
        while self._read():
            pass
        assert self.process.wait(SECONDS) == status
        assert b"Traceback" not in self.raw

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], SECONDS)[0]:
            return False
        try:
            chunk = os.read(self._ours, 65536)
        except OSError as end:
            if end.errno == errno.EIO:  # Linux: nobody holds the other side any more
                return False
            raise
        self.raw += chunk
        return bool(chunk)


def _take_terminal() -> None:
    """Make the terminal that of the new session, so that Ctrl-C reaches the program."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_question_gets_a_card_and_ctrl_d_ends_the_session(home: Path) -> None:
    with Terminal("console") as terminal:
        terminal.wait_for("factbot> ")
        terminal.type("did russia use north korean missiles nine times?\r")
        card = terminal.wait_for("Kept by")
        assert "Robert Wood (US Alternate Representative" in card
        assert "said on 6 Feb 2024:" in card.replace("\n", " ")
        assert "╭" in card
        assert "? unverified" in card
        assert b"\x1b[33m" in terminal.raw
        terminal.wait_for("factbot> ")
        terminal.type("\x04")
        terminal.ends_with(0)


def test_factbot_alone_on_a_terminal_is_the_console_and_ctrl_c_ends_it() -> None:
    with Terminal() as terminal:
        terminal.wait_for("factbot> ")
        terminal.type("half a quest")
        terminal.wait_for("half a quest")
        time.sleep(0.3)  # Python's readline sleeps through a signal that comes between its echo and its next wait
        terminal.type("\x03")
        terminal.ends_with(130)


def test_the_choices_of_an_ambiguous_answer_can_be_picked_by_number_and_declined_with_0() -> None:
    with Terminal("console") as terminal:
        terminal.wait_for("factbot> ")
        terminal.type("what did kirby say?\r")
        terminal.wait_for("None of these")
        terminal.wait_for("factbot> ")
        terminal.type("1\r")
        card = terminal.wait_for("Kept by")
        assert "John Kirby" in card
        terminal.type("what did kirby say?\r")
        terminal.wait_for("None of these")
        terminal.type("0\r")
        terminal.wait_for("Nothing on record")


def test_commands_are_understood_and_a_mistyped_one_gets_a_did_you_mean() -> None:
    with Terminal("console") as terminal:
        terminal.wait_for("factbot> ")
        terminal.type("/fact show hwang-three-times\r")
        terminal.wait_for("Joonkook Hwang")
        terminal.type("/fact search bolvinov\r")
        terminal.wait_for("bolvinov-five-kn23")
        terminal.type("/help\r")
        terminal.wait_for("/fact show <claim>")
        terminal.type("/factchek x\r")
        terminal.wait_for("Did you mean /factcheck?")
        terminal.type("quit\r")
        terminal.ends_with(0)


def test_typed_lines_are_kept_for_their_owners_eyes_and_come_back_with_the_up_key(home: Path) -> None:
    for keys in ("zebra crossing\r", "\x1b[A\r"):
        with Terminal("console") as terminal:
            terminal.wait_for("factbot> ")
            terminal.type(keys)
            terminal.wait_for("zebra crossing")
            terminal.wait_for("factbot> ")
            terminal.type("\x04")
            terminal.ends_with(0)
    [history] = home.rglob("history")
    assert history.read_text(encoding="utf-8") == "zebra crossing\n"
    assert history.stat().st_mode & 0o077 == 0


def test_no_color_gives_plain_text_on_a_terminal() -> None:
    with Terminal("ask", "did russia use north korean missiles nine times?", NO_COLOR="1") as terminal:
        terminal.ends_with(0)
        assert b"Robert Wood" in terminal.raw
        assert b"\x1b" not in terminal.raw


def test_piped_lines_are_answered_plainly_without_a_prompt() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "console"],
        input=b"did russia use north korean missiles nine times?\n/fact show \xff\n",
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert b"Robert Wood" in done.stdout
    assert b"That did not work" in done.stdout
    assert b"factbot> " not in done.stdout
    assert b"\x1b" not in done.stdout


ASKED: Reply = Reply(
    "Which?",
    choices=(
        Choice("One", "fact show", (("claim", "one"),)),
        Choice("Two", "fact show", (("claim", "two"),)),
        Choice("None of these", "none of these", declines=True),
    ),
)


class Face:
    """Takes the place of the core and of the screen: keeps the requests, replies from a list."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.requests: list[Request] = []
        self.shown: list[Reply] = []
        self.session = Session(self._handle, self.shown.append, "discord:1")

    def _handle(self, request: Request) -> Reply:
        self.requests.append(request)
        return self._replies.pop(0) if self._replies else Reply("x")


def test_a_number_is_a_question_when_nothing_was_offered() -> None:
    face = Face()
    face.session.take("9")
    assert face.requests[0].arguments == {"question": "9"}


def test_a_number_that_was_not_offered_is_refused_and_the_offer_stands() -> None:
    face = Face(ASKED)
    for line in ("who?", "7", "2"):
        face.session.take(line)
    assert face.shown[1].tone is Tone.REFUSED
    assert "1, 2, 0" in face.shown[1].text
    assert [request.verb for request in face.requests] == ["factcheck", "fact show"]
    assert face.requests[1].arguments == {"claim": "two"}


def test_another_question_takes_the_offer_back() -> None:
    face = Face(ASKED)
    for line in ("who?", "what else?", "1"):
        face.session.take(line)
    assert face.requests[2].arguments == {"question": "1"}


@pytest.mark.parametrize("line", ["", "  ", "\n", "\t\n"])
def test_a_blank_line_asks_nothing(line: str) -> None:
    face = Face()
    face.session.take(line)
    assert not face.requests
    assert not face.shown


def test_requests_say_which_space_they_come_from() -> None:
    face = Face()
    face.session.take("/fact search x")
    assert (face.requests[0].space, face.requests[0].platform) == ("discord:1", "terminal")
