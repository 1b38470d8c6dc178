"""Whatever people do, in whatever order: nothing leaks between spaces, no change is lost, and undo is exact.

The same steps every time, and what fails is not made smaller, which takes minutes. `python -m tests.benchmarks.curation
steps` takes 10,000 steps of other kinds.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings

from bot.ask import Asker
from bot.handle import Factbot
from bot.reply import Tone
from bot.request import Actor, Request
from bot.store import ALL_STATES, Change, Store, Trace
from tests.curation.machine import Curation
from tests.newsroom import FOUNTAIN, HOME, MODERATOR, OTHER_MODERATOR

TestCuration = seed(1)(Curation).TestCase
TestCuration.settings = settings(
    max_examples=25,
    stateful_step_count=60,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WRITTEN = 60


def test_two_bots_that_write_at_once_lose_no_change_and_overwrite_none(tmp_path: Path) -> None:
    """Each adds claims of its own, and both edit the same claim: who comes second is refused, or sees it first."""
    path = tmp_path / "facts.db"
    with Store.open(path, missing="empty") as first, Store.open(path) as second:
        first.save_many([Change(None, FOUNTAIN)], Trace("test", "test"))
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(_write, (first, second), (MODERATOR, OTHER_MODERATOR)))
        claims = {claim.text for claim in second.claims([HOME], ALL_STATES)}
        history = first.history(FOUNTAIN.id)
        assert {text for texts, _ in done for text in texts} <= claims
        assert len(history) == 1 + sum(edits for _, edits in done)
        assert all(earlier.after == later.before for earlier, later in pairwise(history))
        assert second.check_chain() == []


def _write(store: Store, by: Actor) -> tuple[list[str], int]:
    """Add and edit in turn; return the texts that were added, and how many edits were saved."""
    asker = Asker(store)
    bot = Factbot(store, asker)
    texts, edits = [], 0
    for number in range(WRITTEN):
        text = f"The tram of {by.name} is late for the {number}th time"
        added = bot.handle(Request("fact add", {"text": text, "sure": "yes"}, "discord", HOME, by))
        edit = {"claim": FOUNTAIN.id, "note": text}
        edited = bot.handle(Request("fact edit", edit, "discord", HOME, by))
        texts += [text] if added.changed else []
        edits += edited.changed
        assert added.changed
        assert edited.changed or edited.tone is Tone.REFUSED
    asker.close()
    return texts, edits
