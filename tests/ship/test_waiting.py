"""What a container starts: it waits after wrong settings, and is a new process when it tries again."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.command import container

START = [sys.executable, "-m", "bot.command.container"]


def environ(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ["PYTHONPATH"], "HOME": str(home)}


def test_it_waits_after_wrong_settings_and_ends_at_once_on_sigterm(tmp_path: Path) -> None:
    process = subprocess.Popen(
        START, env=environ(tmp_path), stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    assert "Nothing to start" in process.stderr.readline()
    assert "tried again in 15 minutes" in process.stderr.readline()
    time.sleep(0.2)
    assert process.poll() is None
    process.terminate()
    assert process.wait(5) == 0
    process.stderr.close()


@pytest.mark.parametrize(("arguments", "status"), [(["ask", "hello"], 78), (["--version"], 0), (["nonsense"], 2)])
def test_a_command_does_not_wait(tmp_path: Path, arguments: list[str], status: int) -> None:
    wrong = {"FACTBOT_LOG_LEVEL": "loud"} if status == 78 else {}
    done = subprocess.run(
        [*START, *arguments], env=environ(tmp_path) | wrong, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == status


def test_after_the_wait_it_starts_as_a_new_process(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    started: list[list[str]] = []

    def start(_program: str, command: list[str]) -> None:
        started.append(command)
        raise SystemExit

    monkeypatch.setattr(sys, "argv", ["factbot"])
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(os, "execv", start)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with pytest.raises(SystemExit):
        container.main()
    assert waited == [container.AGAIN]
    assert container.AGAIN >= 15 * 60
    assert started == [START]


@pytest.mark.parametrize(("ran", "waits"), [(1, 99), (50, 50), (5_000, 0)])
def test_after_another_failure_it_ends_so_late_that_a_day_has_not_1_000_starts(
    home: Path, monkeypatch: pytest.MonkeyPatch, ran: float, waits: float
) -> None:
    waited: list[float] = []
    clock = iter([1_000.0, 1_000.0 + ran])
    monkeypatch.setattr(sys, "argv", ["factbot"])
    monkeypatch.setattr(container, "run", lambda _arguments: 1)
    monkeypatch.setattr(container.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(container.time, "sleep", waited.append)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with pytest.raises(SystemExit) as end:
        container.main()
    assert end.value.code == 1
    assert waited == [waits]
    assert 24 * 60 * 60 / container.APART < 1_000
