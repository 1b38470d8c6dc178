"""What the chat faces remember: done once, and under load in few writes."""

from concurrent.futures import ThreadPoolExecutor

from bot.conversations import Answered, Conversations
from bot.store import Store


def test_many_events_at_once_are_all_remembered_in_few_writes(store: Store) -> None:
    conversations = Conversations(store)
    writes: list[str] = []
    store.db.conn.set_trace_callback(lambda sql: writes.append(sql) if sql == "COMMIT" else None)
    with ThreadPoolExecutor(4) as threads:
        for number in range(200):
            assert conversations.begin(f"discord:message:{number}")
            answered = Answered("discord:channel:9", f"q{number}", f"r{number}", "discord:7")
            threads.submit(conversations.done, f"discord:message:{number}", answered)
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
    assert not Conversations(store).begin("discord:message:1")
