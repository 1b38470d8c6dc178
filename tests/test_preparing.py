"""What is made ready before the first question."""

import gc
from pathlib import Path

from bot.ask import Asker
from bot.store import Store


def test_what_was_loaded_is_not_looked_through_for_garbage_again(tmp_path: Path) -> None:
    before = gc.get_threshold()
    try:
        with Store.open(tmp_path / "facts.db", missing="starter") as store:
            Asker(store).prepare()
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
        assert gc.get_threshold() == (*before[:2], 100)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
