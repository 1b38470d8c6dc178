"""What is kept for a while: drafts, deliveries, notices, and which reply answers which question."""

from datetime import UTC, datetime

import pytest

from bot.errors import NotFound, Refused
from bot.storage import clock, deliveries, replies
from bot.store import Draft, Notice, Store

ANN, BOB = "discord:1", "slack:T1:U2"
TYPED = {"text": "The sea is “green”\nand deep", "tags": "sea"}


@pytest.fixture
def later(monkeypatch):
    """Let days pass."""

    def pass_days(days):
        class Later(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromtimestamp(datetime.now(UTC).timestamp() + days * 86_400, tz)

        monkeypatch.setattr(clock, "datetime", Later)

    return pass_days


def rows(store, table):
    return store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_what_was_typed_comes_back_to_whoever_typed_it_where_they_did(store):
    draft = store.drafts.keep(ANN, "global", "fact add", TYPED)
    assert store.drafts.get(draft, ANN, "global") == Draft(draft, "fact add", TYPED)
    for account, space in ((BOB, "global"), (ANN, "discord:1"), ("", "global")):
        with pytest.raises(NotFound, match="has expired"):
            store.drafts.get(draft, account, space)


def test_a_draft_can_be_kept_again_and_dropped(store):
    draft = store.drafts.keep(ANN, "global", "fact add", TYPED)
    assert store.drafts.keep(ANN, "global", "fact add", {"text": "new"}, draft) == draft
    assert store.drafts.get(draft, ANN, "global").values == {"text": "new"}
    store.drafts.drop(draft)
    with pytest.raises(NotFound):
        store.drafts.get(draft, ANN, "global")


def test_nobody_overwrites_the_draft_of_another(store):
    draft = store.drafts.keep(ANN, "global", "fact add", TYPED)
    assert store.drafts.keep(BOB, "global", "fact add", {"text": "mine"}, draft) != draft
    assert store.drafts.get(draft, ANN, "global").values == TYPED


def test_a_draft_lasts_a_day_and_is_then_swept_out(store, later):
    draft = store.drafts.keep(ANN, "global", "fact add", TYPED)
    later(0.9)
    assert store.drafts.get(draft, ANN, "global").values == TYPED
    later(1.1)
    with pytest.raises(NotFound):
        store.drafts.get(draft, ANN, "global")
    store.drafts.keep(BOB, "global", "fact add", TYPED)
    assert rows(store, "drafts") == 1


def test_one_person_has_fifty_drafts_at_most(store):
    for number in range(60):
        store.drafts.keep(ANN, "global", "fact add", {"text": str(number)})
    store.drafts.keep(BOB, "global", "fact add", TYPED)
    assert rows(store, "drafts") == 51


def test_too_long_a_draft_is_refused(store):
    with pytest.raises(Refused, match="too much"):
        store.drafts.keep(ANN, "global", "fact add", {"text": "x" * 100_001})


def test_half_a_character_does_no_harm(store):
    draft = store.drafts.keep(ANN, "global", "fact add", {"text": "x\ud800y"})
    assert store.drafts.get(draft, ANN, "global").values == {"text": "x?y"}
    store.deliveries.keep("\udfff", "\ud800")
    assert store.deliveries.seen("\udfff") == "?"


def test_the_second_delivery_finds_the_answer_to_the_first(store, later):
    assert store.deliveries.seen("discord:9") is None
    store.deliveries.keep("discord:9", '{"text": "Saved"}')
    assert store.deliveries.seen("discord:9") == '{"text": "Saved"}'
    assert store.deliveries.seen("discord:10") is None
    later(8)
    assert store.deliveries.seen("discord:9") is None
    store.deliveries.keep("discord:10", "")
    assert store.deliveries.seen("discord:10") == ""
    assert rows(store, "deliveries") == 1


def test_an_answer_is_not_kept_when_the_change_fails(store):
    def fail():
        with store.transaction():
            store.deliveries.keep("click", "Saved")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.deliveries.seen("click") is None


def test_a_delivery_without_end_is_refused(store):
    for key, answer in (("k" * 501, ""), ("k", "a" * 200_001)):
        with pytest.raises(Refused, match="at most"):
            store.deliveries.keep(key, answer)


def test_notices_wait_in_order_for_the_face_that_brings_them(store, path):
    store.notices.add("discord:1", "global", "First\n", "one\ntwo")
    store.notices.add("slack:T1:U2", "slack:T1", "Second", "three")
    store.notices.add("discord:channel:9", "discord:1", "Third", "")
    with Store.open(path) as restarted:
        first, third = restarted.notices.pending("discord:")
        assert first == Notice(first.id, "discord:1", "global", "First", "one\ntwo", first.at)
        assert third.title == "Third"
        assert [each.title for each in restarted.notices.pending("slack:T1:")] == ["Second"]
        assert restarted.notices.pending("slack:T2:") == []
        assert restarted.notices.pending("discord:", limit=1) == [first]
        restarted.notices.delivered(first.id)
    assert store.notices.pending("discord:") == [third]


def test_wildcards_in_a_prefix_are_letters(store):
    store.notices.add("discord:1", "global", "t", "x")
    assert store.notices.pending("%") == []
    assert store.notices.pending("discord_") == []


def test_notices_that_nobody_brings_end_after_thirty_days_or_a_thousand(store, later):
    store.notices.add("discord:1", "global", "old", "x")
    later(31)
    assert store.notices.pending("discord:") == []
    with store.transaction():
        for number in range(1_010):
            store.notices.add("discord:2", "global", str(number), "y" * 5_000)
    assert rows(store, "notices") == 1_000
    oldest = store.notices.pending("discord:", limit=1)[0]
    assert (oldest.title, len(oldest.text)) == ("10", 4_000)


def test_which_reply_answers_which_question_is_known_for_a_while(store, later):
    store.replies.keep("discord:channel:9", "1", "2", ANN)
    assert store.replies.reply_to("discord:channel:9", "1") == "2"
    assert store.replies.asker_of("discord:channel:9", "2") == ANN
    assert store.replies.reply_to("discord:channel:8", "1") == ""
    later(31)
    store.replies.keep("discord:channel:9", "3", "4", BOB)
    assert rows(store, "replies") == 1


def test_what_is_kept_beside_claims_does_not_make_the_index_anew(store):
    before = store.data_version()
    store.drafts.keep(ANN, "global", "fact add", TYPED)
    store.notices.add(ANN, "global", "t", "x")
    store.deliveries.keep("k", "a")
    assert store.data_version() == before


def test_a_flood_of_questions_leaves_no_more_than_so_many_rows(store, monkeypatch):
    monkeypatch.setattr(deliveries, "MOST_KEPT", 20)
    monkeypatch.setattr(replies, "MOST_KEPT", 20)
    monkeypatch.setattr(clock.Seldom, "due", lambda _each: True)
    at = iter(range(1_000))
    for module in (deliveries, replies):
        monkeypatch.setattr(module, "now", lambda days=0.0: f"{2_000 + days:04.0f}-{next(at):04}")
    for number in range(100):
        store.deliveries.keep(f"discord:{number}", "")
        store.replies.keep("discord:channel:9", f"q{number}", f"r{number}", ANN)
    assert 20 <= rows(store, "deliveries") <= 22
    assert 20 <= rows(store, "replies") <= 22
    assert store.deliveries.seen("discord:99") == ""
    assert store.replies.reply_to("discord:channel:9", "q99") == "r99"
    assert store.replies.reply_to("discord:channel:9", "q0") == ""
