"""The revisions: what each says, and what is stored for it."""

from dataclasses import replace

import pytest

from bot.errors import NotFound
from bot.storage.chain import GENESIS, Row
from tests.revised import ANN, SEA, SKY


def test_a_sound_history_is_found_sound(filled):
    assert filled.check_chain() == []
    assert filled.check_chain(filled.chain_head()) == []
    assert filled.damage() == []


def test_an_empty_history_is_sound_and_has_a_head(store):
    assert store.chain_head() == f"0:{GENESIS.hex()}"
    assert store.check_chain(store.chain_head()) == []


def test_a_revision_says_who_what_where_why_and_what_it_undoes(filled):
    first, second, third = filled.history(SKY.id)
    assert (first.actor, first.person, first.before, first.after) == ("starter", "starter", None, SKY)
    assert (second.actor, second.name, second.why, second.space) == ("discord:7", "Ann", "It was wrong", "global")
    assert second.person == filled.people.find("discord:7") != "discord:7"
    assert (third.verb, third.undoes, third.before, third.after) == ("undo", second.id, second.after, SKY)
    assert not third.taken_down


def test_no_account_is_part_of_the_chain(filled):
    found = filled.db.execute("SELECT group_concat(person) FROM revisions").fetchone()[0]
    assert "discord" not in found
    assert "terminal" not in found


def test_a_revision_of_another_space_is_not_found(filled):
    assert filled.revision(2).claim_id == SEA.id
    assert filled.revision(2, ["discord:1"]).after == SEA
    for number in (0, -1, 99, 1 << 70):
        with pytest.raises(NotFound):
            filled.revision(number)
    with pytest.raises(NotFound, match="no change number 2 here"):
        filled.revision(2, ["global", "discord:2"])


def test_the_latest_revisions_come_newest_first_page_by_page_and_by_space(filled):
    assert [each.id for each in filled.recent(None, limit=3)] == [9, 8, 7]
    assert [each.id for each in filled.recent(None, limit=3, before=7)] == [6, 5, 4]
    assert [each.id for each in filled.recent(["discord:1"], limit=5)] == [8, 2]
    assert [each.id for each in filled.recent(["discord:1", "global"], limit=4, before=9)] == [8, 7, 6, 5]
    assert filled.recent([], limit=5) == []


def test_a_text_that_a_change_starts_from_is_stored_once(filled):
    before, after = filled.db.execute("SELECT before, after FROM revisions WHERE claim_id = 'sky'").fetchall()[1:]
    assert before[1] == after[0]
    assert filled.db.execute("SELECT count(*) FROM contents").fetchone()[0] == 9 + 4


def test_the_same_text_twice_has_two_commitments(store):
    other = replace(SKY, text="x")
    store.save(None, SKY, ANN)
    store.save(SKY, other, ANN)
    store.save(other, SKY, ANN)
    assert len({row[0] for row in store.db.execute("SELECT after FROM revisions")}) == 3


def test_the_row_of_the_chain_is_the_row_of_the_table(store):
    columns = [row[1] for row in store.db.execute("PRAGMA table_info(revisions)").fetchall()]
    assert columns == [*Row._fields, "hash"]
