"""The starter.

Built from its text, copied into a new database, and brought up to date without overruling anyone.
"""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.model import GLOBAL, Claim, State
from bot.starter.build import build, main, read_claims
from bot.starter.upgrade import Upgrade, upgrade
from bot.store import STARTER, Change, Store, Trace, starter_path

ME = Trace("me", "terminal")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "facts.db", missing="starter") as opened:
        yield opened


@pytest.fixture
def newer(tmp_path, store):
    """A starter in which every claim has a new note, and there is one claim more."""
    path = tmp_path / "newer.db"
    claims = [replace(claim, status_note="newer") for claim in store.claims()]
    with Store.open(path, missing="empty") as made:
        changes = [Change(None, claim) for claim in [*claims, Claim("A new claim", "brand-new")]]
        made.save_many(changes, Trace(STARTER, STARTER))
    return path


def test_facts_db_holds_what_its_text_says():
    with Store.open(starter_path(), readonly=True) as starter:
        assert starter.claims(states=tuple(State)) == read_claims()
        assert starter.damage() == []
        assert {claim.space for claim in starter.claims()} == {GLOBAL}


def test_building_twice_gives_the_same_content(tmp_path):
    for name in ("one.db", "two.db"):
        build(tmp_path / name)
    with Store.open(tmp_path / "one.db") as one, Store.open(tmp_path / "two.db") as two:
        assert list(one.db.conn.iterdump()) == list(two.db.conn.iterdump())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one.db", "two.db"]


def test_the_command_builds_the_file_that_it_is_given(tmp_path, capsys):
    assert main([str(tmp_path / "made.db")]) == 0
    assert f"{len(read_claims())} claims" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[claim]]\ntext = 'a'\n", "has no external_id"),
        ("[[claim]]\nexternal_id = 'a'\ntext = 'a'\nstatus = 'x'\n", "the claim 'a': status: is not known"),
        ("[[claim]]\nexternal_id = 'a'\ntext = 'a'\nnote = 'x'\n", "the claim 'a': column: is not known"),
        ("[[claim]]\nexternal_id = 'a'\ntext = 'a'\n" * 2, "more than once: a"),
        ("[[claim]\n", "cannot be read"),
    ],
)
def test_a_wrong_text_is_refused_with_the_claim_and_the_reason(text, words, tmp_path):
    (tmp_path / "claims.toml").write_text(text)
    with pytest.raises(Refused) as caught:
        build(tmp_path / "made.db", tmp_path / "claims.toml")
    assert words in caught.value.message
    assert not (tmp_path / "made.db").exists()


def test_the_starter_that_is_there_already_changes_nothing(store):
    before = store.data_version()
    assert upgrade(store) == Upgrade(0, 0)
    assert store.data_version() == before


def test_a_newer_starter_adds_new_claims_and_updates_untouched_ones(store, newer):
    count = store.count()
    assert upgrade(store, newer) == Upgrade(1, count)
    assert store.get("brand-new").text == "A new claim"
    assert {claim.status_note for claim in store.claims()} == {"newer", ""}
    assert {each.actor for each in store.history(store.claims()[0].id)} == {STARTER}
    assert upgrade(store, newer) == Upgrade(0, 0)


def test_a_newer_starter_leaves_alone_what_somebody_changed(store, newer):
    edited, removed, undone, *_ = store.claims()
    store.save(edited, replace(edited, via="me"), ME)
    store.save(removed, replace(removed, state=State.REMOVED), ME, verb="remove")
    store.save(undone, replace(undone, via="me"), ME)
    store.save(replace(undone, via="me"), undone, ME, verb="undo")
    assert upgrade(store, newer) == Upgrade(1, store.count() - 3)
    assert store.get(edited.id) == replace(edited, via="me")
    assert store.get(removed.id).state is State.REMOVED
    assert store.get(undone.id) == undone


def test_a_newer_starter_never_touches_an_override_or_what_it_does_not_hold(store, newer):
    override = replace(store.claims()[0], space="discord:1", status_note="ours")
    own = Claim("Our own", "own")
    store.save_many([Change(None, override), Change(None, own)], ME)
    upgrade(store, newer)
    assert store.get(override.id) == override
    assert store.get(own.id) == own


def test_a_database_without_the_starter_gets_all_of_it(tmp_path):
    with Store.in_memory() as empty:
        assert upgrade(empty) == Upgrade(len(read_claims()), 0)
        assert empty.claims() == read_claims()
