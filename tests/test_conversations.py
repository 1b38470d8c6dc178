"""What the chat faces remember: done once, under load in few writes, and whatever becomes of the disk."""

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.conversations import Conversations
from bot.recorder import Answered, Recorder
from bot.store import Store

ANSWERED = Answered("discord:channel:9", "q", "r", "discord:7")


def test_many_events_at_once_are_all_remembered_in_few_writes(store: Store) -> None:
    conversations = Conversations(store)
    writes: list[str] = []
    store.db.conn.set_trace_callback(lambda sql: writes.append(sql) if sql.startswith(("COMMIT", "INSERT")) else None)
    with ThreadPoolExecutor(4) as threads:
        for number in range(200):
            assert conversations.begin(f"discord:message:{number}")
            answered = Answered("discord:channel:9", f"q{number}", f"r{number}", "discord:7")
            threads.submit(conversations.done, f"discord:message:{number}", answered)
    conversations.settle()
    store.db.conn.set_trace_callback(None)
    assert 1 <= len(writes) < 100
    assert not any(conversations.begin(f"discord:message:{number}") for number in range(200))
    assert all(conversations.reply_to("discord:channel:9", f"q{number}") == f"r{number}" for number in range(200))


def test_an_event_that_failed_can_come_again_and_one_under_way_cannot(store: Store) -> None:
    conversations = Conversations(store)
    assert conversations.begin("discord:message:1")
    assert not conversations.begin("discord:message:1")
    conversations.failed("discord:message:1")
    assert conversations.begin("discord:message:1")
    conversations.done("discord:message:1")
    assert not conversations.begin("discord:message:1")
    conversations.close()
    assert not Conversations(store).begin("discord:message:1")


def test_an_answer_is_known_before_it_is_written(store: Store) -> None:
    conversations = Conversations(store)
    with store.transaction():
        conversations.done("discord:message:1", ANSWERED)
        assert conversations.reply_to("discord:channel:9", "q") == "r"
        assert conversations.asker_of("discord:channel:9", "r") == "discord:7"
        assert not conversations.reply_to("discord:channel:8", "q")
    conversations.close()
    assert Conversations(store).asker_of("discord:channel:9", "r") == "discord:7"


def test_what_cannot_be_written_is_held_and_written_when_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.recorder._AGAIN", 0.01)
    path, aside = tmp_path / "facts.db", tmp_path / "elsewhere.db"
    with Store.open(path, missing="empty") as store, caplog.at_level(logging.WARNING):
        conversations = Conversations(store)
        path.rename(aside)
        conversations.done("discord:message:1", ANSWERED)
        while not caplog.records:
            pass
        assert "1 answered messages are not noted yet: The database" in caplog.text
        assert "Traceback" not in caplog.text
        aside.rename(path)
        conversations.settle()
        assert conversations.asker_of("discord:channel:9", "r") == "discord:7"
        assert not Conversations(store).begin("discord:message:1")


def test_what_cannot_be_written_is_given_up_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with Store.open(path, missing="empty") as store:
        conversations = Conversations(store)
        path.rename(tmp_path / "elsewhere.db")
        conversations.done("discord:message:1")
        conversations.close()


def test_of_too_many_that_cannot_be_written_the_oldest_are_dropped(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.recorder.MOST_HELD", 3)
    recorder = Recorder(store)
    with store.transaction():
        for number in range(5):
            recorder.add(f"event {number}", None)
        assert list(recorder.held()) == ["event 2", "event 3", "event 4"]
    recorder.close()
    assert not recorder.held()
