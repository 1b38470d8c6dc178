"""A file as a killed process leaves it, in the middle of a write: it is rolled back, not called damaged."""

import shutil
from pathlib import Path

from bot.store import Store
from tests.kept import add, has


def test_a_file_that_is_shorter_than_its_first_page_says_is_rolled_back(path: Path, tmp_path: Path) -> None:
    """The first page, with the new length, is written before what the file grows by."""
    killed = tmp_path / "killed.db"
    with Store.open(path, missing="empty") as store:
        add(store, "kept")
        store.db.execute("PRAGMA cache_size = 1")  # so that the journal is on the disk before the commit
        before = path.stat().st_size
        with store.transaction():
            store.db.execute(f"PRAGMA user_version = {store.schema()}")  # brings page 1 into the journal, first
            for number in range(50):
                add(store, f"lost-{number}")
            shutil.copy(path, killed)
            shutil.copy(f"{path}-journal", f"{killed}-journal")
    whole = path.read_bytes()
    cut = killed.read_bytes()
    killed.write_bytes(whole[:4096] + cut[4096:before])
    with Store.open(killed) as store:
        assert has(store, "kept")
        assert not has(store, "lost-0")
        assert not store.damage()
        assert not store.check_chain()
