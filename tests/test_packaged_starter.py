"""The starter that ships with the bot is a file to read."""

import shutil
from pathlib import Path

import pytest

from bot.store import Store, starter_path


def test_the_packaged_starter_is_read_and_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starter = tmp_path / "facts.db"
    shutil.copy(starter_path(), starter)
    monkeypatch.setattr("bot.storage.starter_file.starter_path", lambda: starter)
    with Store.open(starter) as store:
        assert store.count() > 10
        assert not store.writable
