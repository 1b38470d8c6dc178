"""What was acknowledged is there: after kill -9, after a power cut, after a call to the disk that failed.

The process under test writes through a shim (`shim.c`, which needs a C compiler); `-m slow` for the long runs.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Refused
from bot.store import Store

HERE = Path(__file__).parent
sys.path.append(str(HERE))
from cuts import Call, Disk, calls  # noqa: E402

COMPILER = shutil.which("cc")
needs_shim = pytest.mark.skipif(COMPILER is None or sys.platform != "linux", reason="needs Linux and a C compiler")
long = pytest.mark.slow
SEED = 20261


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run([str(COMPILER), "-shared", "-fPIC", "-o", made, HERE / "shim.c", "-ldl"], check=True)
    return made


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder with an empty database in it."""
    folder = tmp_path / "disk"
    Store.open(folder / "facts.db", missing="empty").close()
    return folder


def writing(shim: Path | None, disk: Path, *more: str, log: Path | None = None) -> subprocess.Popen[str]:
    environ = {**os.environ, "SHIM_FOLDER": f"{disk}/"}
    if shim:
        environ["LD_PRELOAD"] = str(shim)
    if log:
        environ["SHIM_LOG"] = str(log)
    command = [sys.executable, HERE / "writing.py", disk / "facts.db", disk / "acknowledged", *more]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0
    return said


def is_whole(database: Path, acknowledged: set[str]) -> bool:
    """Whether a database opens, is sound and holds all of these claims."""
    try:
        with Store.open(database) as store:
            there = {claim.id for claim in store.claims()}
            return not store.damage() and not store.check_chain() and acknowledged <= there
    except Refused:
        return False


@needs_shim
@pytest.mark.parametrize("kind", ["KILL", "EIO", "ENOSPC"])
@pytest.mark.parametrize("step", [9, pytest.param(1, marks=long)])
def test_whichever_call_fails_nothing_acknowledged_is_lost_and_it_goes_on_afterwards(
    shim: Path, disk: Path, kind: str, step: int
) -> None:
    runs: list[dict[str, Any]] = [
        json.loads(line) for line in finished(writing(shim, disk, "faults", kind, str(step))).splitlines()
    ]
    print(f"{kind}: {len(runs)} runs")  # noqa: T201
    assert len(runs) > 100 // step
    for run in runs:
        saved = {word.removeprefix("saved:") for word in run["said"] if word.startswith("saved:")}
        assert saved <= set(run["stored"]), run
        assert not run["problems"], run
        assert kind == "KILL" or "after" in saved, run


def power_cuts(shim: Path, disk: Path, count: int, synchronous: str) -> int:
    """Cut the power so many times; return in how many cases something acknowledged was lost."""
    log = disk.parent / "log"
    before = {str(path): path.read_bytes() for path in disk.iterdir()}
    finished(writing(shim, disk, "log", "40", *([synchronous] if synchronous else []), log=log))
    done, chance = list(calls(log)), random.Random(SEED)
    lost = 0
    for at in sorted(chance.sample(range(1, len(done)), min(count, len(done) - 1))):
        lost += not survives(disk, before, done[:at], chance)
    return lost


def survives(disk: Path, before: dict[str, bytes], done: list[Call], chance: random.Random) -> bool:
    model, acknowledged = Disk(str(disk), before), set()
    for call in done:
        if call.path.endswith("/acknowledged"):
            acknowledged |= set(call.data.decode().split())
        else:
            model.take(call)
    after = disk.parent / "after"
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir()
    for path, content in model.cut(chance).items():
        (after / Path(path).name).write_bytes(content)
    return is_whole(after / "facts.db", acknowledged)


@needs_shim
@pytest.mark.parametrize("count", [40, pytest.param(300, marks=[long, pytest.mark.timeout(600)])])
def test_a_power_cut_loses_nothing_that_was_acknowledged(shim: Path, disk: Path, count: int) -> None:
    assert power_cuts(shim, disk, count, "") == 0


@needs_shim
@pytest.mark.parametrize("count", [40, pytest.param(300, marks=[long, pytest.mark.timeout(600)])])
@pytest.mark.parametrize(("unsafe", "share"), [("OFF", 0.5), ("FULL", 0.05)])
def test_the_same_cuts_show_an_unsafe_setting_to_be_unsafe(
    shim: Path, disk: Path, count: int, unsafe: str, share: float
) -> None:
    lost = power_cuts(shim, disk, count, unsafe)
    print(f"control with synchronous={unsafe}: lost in {lost} of {count}")  # noqa: T201
    assert lost > share * count


@pytest.mark.parametrize("count", [5, pytest.param(1_000, marks=[long, pytest.mark.timeout(1_800)])])
def test_kill_9_at_any_moment_loses_nothing_that_was_acknowledged(disk: Path, count: int) -> None:
    chance, total = random.Random(SEED), 0
    acknowledged = disk / "acknowledged"
    for _ in range(count):
        for old in disk.iterdir():
            old.unlink()
        Store.open(disk / "facts.db", missing="empty").close()
        process = writing(None, disk, "log", "100000")
        until = time.monotonic() + 30
        while not acknowledged.exists() and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        saved = set(acknowledged.read_text().split())
        total += len(saved)
        assert is_whole(disk / "facts.db", saved)
    print(f"{count} kills, {total:,} acknowledged writes, none lost")  # noqa: T201
    assert total
