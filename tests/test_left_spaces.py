"""Communities that the bot was removed from: kept for a time, then erased, unless it came back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import upkeep
from bot.conversations import Conversations
from bot.errors import Refused
from bot.leaving import erase_left
from bot.settings import read_settings
from bot.store import Store, Trace
from bot.watch import Watch
from tests.communities import GONE, STAYS, fill
from tests.test_upkeep import until


@pytest.fixture
def filled(database: Path) -> Path:
    with Store.open(database) as store:
        fill(store)
    return database


def test_where_the_bot_is_and_is_not_is_remembered(filled: Path) -> None:
    with Store.open(filled) as store:
        conversations = Conversations(store)
        conversations.present("discord:", ["discord:9"])
        assert list(store.spaces.left()) == [GONE]
        at = store.spaces.left()[GONE]
        conversations.left(GONE)
        conversations.left("discord:nobody")
        assert store.spaces.left() == {GONE: at}
        conversations.present("discord:", [GONE])
        assert store.spaces.left() == {}
        conversations.left(STAYS)
        conversations.came_back(STAYS)
        conversations.came_back("discord:nobody")
        assert store.spaces.left() == {}


def leave(store: Store, space: str, days: float) -> datetime:
    at = datetime.now(UTC) - timedelta(days=days)
    store.communities.set(space, "left", at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    return at


def test_a_community_is_erased_once_it_was_left_long_enough(filled: Path) -> None:
    with Store.open(filled) as store:
        at = leave(store, GONE, 29.9)
        erase_left(store, {}, 30)
        assert store.spaces.stored(GONE)
        leave(store, GONE, 30.1)
        erase_left(store, {GONE: at.timestamp() - 86400}, 30)
        assert not store.spaces.stored(GONE)
        assert store.check_chain() == []


def test_a_community_that_asks_again_or_shares_its_claims_is_not_erased(filled: Path) -> None:
    with Store.open(filled) as store:
        leave(store, GONE, 50)
        leave(store, STAYS, 50)
        erase_left(store, {GONE: datetime.now(UTC).timestamp()}, 30)
        assert list(store.spaces.left()) == [STAYS]
        assert store.spaces.stored(GONE)
        assert store.spaces.stored(STAYS)


def test_a_running_bot_erases_what_was_left(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "HOUR", 0.05)
    with Store.open(filled) as store:
        leave(store, GONE, 31)
        kept = upkeep.Upkeep(filled, Watch(), left_days=read_settings({}).left_days)
        kept.start()
        assert until(lambda: not store.spaces.stored(GONE))
        kept.stop()


def test_with_0_days_nothing_is_erased_by_itself_but_what_has_expired(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "HOUR", 0.05)
    with Store.open(filled) as store:
        leave(store, GONE, 5_000)
        store.drafts.keep("discord:99", GONE, "factcheck", {"question": "is Zzyzx dry?"})
        store.drafts.keep("discord:98", GONE, "factcheck", {"question": "is the harbour dry?"})
        store.db.execute("UPDATE drafts SET expires = '2020' WHERE fields LIKE '%Zzyzx%'")
        kept = upkeep.Upkeep(filled, Watch(), left_days=read_settings({"FACTBOT_LEFT_DAYS": "0"}).left_days)
        kept.start()
        assert until(lambda: b"Zzyzx" not in filled.read_bytes())
        kept.stop()
        assert store.spaces.stored(GONE)
        assert not store.about("discord:99")["drafts"]
        assert not store.people.find("discord:99")
        assert store.people.find("discord:98")
        assert store.check_chain() == []


def test_while_somebody_else_writes_it_is_refused_and_nothing_is_gone(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other, Store.open(filled) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="another process"):
            store.spaces.erase(GONE, Trace("", "terminal"))
        other.execute("ROLLBACK")
        assert store.spaces.stored(GONE)["claims"] == 2
