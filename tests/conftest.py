"""What several test modules share: a user of our own, and a database made from the starter."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.ask import Asker
from bot.cli import run
from bot.incident import LOGGER
from bot.store import Store
from tests.kept import add
from tests.newsroom import Newsroom, opened
from tests.revised import fill

settings.register_profile("everyday", deadline=None, max_examples=60)
settings.load_profile("everyday")  # no deadline: a busy machine is no fault of the code

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processors are the workers': numpy is not loaded yet
_OF_THE_MACHINE = ("FACT", "DISCORD", "SLACK", "XDG", "LC_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: many tests wait for a process or a server that they started."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + 1


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with Store.open(tmp_path_factory.mktemp("starter") / "facts.db", missing="starter") as store:
        yield Asker(store)


@pytest.fixture(scope="session", autouse=True)
def checkout() -> Iterator[None]:
    """What a test starts in a process of its own is the code beside the tests too, whatever is installed.

    It is compiled once, as an installed one is, wherever the machine asks Python to keep no bytecode.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patched.setenv("PYTHONPATH", str(Path(__file__).parents[1]), prepend=os.pathsep)
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's own database lies."""
    return tmp_path / "facts.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A real, empty database."""
    with Store.open(path, missing="empty") as opened:
        yield opened


@pytest.fixture
def filled(store: Store) -> Store:
    """A database with nine revisions."""
    fill(store)
    return store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user of our own: no setting and no file of whoever runs the tests, and no log left open."""
    for name in [name for name in os.environ if name.startswith(_OF_THE_MACHINE)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FACTS_DB", str(tmp_path / "facts.db"))
    yield tmp_path
    logging.getLogger(LOGGER).handlers.clear()


@pytest.fixture
def made(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A database made from the starter."""
    assert run(["fact", "search", "missiles"]) == 0
    capsys.readouterr()
    return home / "facts.db"


@pytest.fixture
def database(home: Path) -> Path:
    """A database made from the starter, in which Ann has added a claim."""
    with Store.open(home / "facts.db", missing="starter") as store:
        add(store, "one")
    return home / "facts.db"


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """Two communities and the global space, with some claims in them."""
    with opened() as newsroom:
        yield newsroom
