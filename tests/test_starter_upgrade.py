"""The starter.

Built from its text, copied into a new database, and brought up to date without overruling anyone.
"""

import io
import tomllib
from dataclasses import replace

import pytest

from bot.cli import run
from bot.errors import Refused
from bot.model import GLOBAL, Claim, State
from bot.starter.build import SOURCE_TEXT, build, main, read_claims, write_starter
from bot.starter.upgrade import Upgrade, upgrade
from bot.store import STARTER, Change, Store, Trace, fingerprint, starter_path

EDITION = tomllib.loads(SOURCE_TEXT.read_text(encoding="utf-8"))["edition"]
ME = Trace("me", "terminal")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "facts.db", missing="starter") as opened:
        yield opened


@pytest.fixture
def newer(tmp_path, store):
    """A starter in which every claim has a new note, and there is one claim more."""
    claims = [replace(claim, status_note="newer") for claim in store.claims()]
    return starter(tmp_path / "newer.db", [*claims, Claim("A new claim", "brand-new")])


def starter(path, claims, edition=1000):
    write_starter(path, claims, edition)
    return path


def test_facts_db_holds_what_its_text_says():
    with Store.open(starter_path(), readonly=True) as starter:
        assert starter.claims(states=tuple(State)) == read_claims()
        assert starter.damage() == []
        assert {claim.space for claim in starter.claims()} == {GLOBAL}
        assert starter.remembered(STARTER) == f"{EDITION} {fingerprint(read_claims())}"


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
        ("[[claim]]\nexternal_id = 'a'\ntext = 'a'\n", "has no edition"),
        ("edition = true\n", "has no edition"),
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


def test_a_database_that_was_not_made_from_the_starter_gets_nothing_of_it(tmp_path, newer):
    with Store.open(tmp_path / "own.db", missing="empty") as own:
        own.save(None, replace(read_claims()[0], status_note="ours"), ME)
        assert upgrade(own) == upgrade(own, newer) == Upgrade()
        assert own.count() == 1


def test_an_older_starter_changes_nothing_and_one_that_goes_back_to_earlier_words_does(tmp_path, store, newer):
    first = store.claims()
    older = starter(tmp_path / "older.db", first, edition=999)
    back = starter(tmp_path / "back.db", first, edition=1001)
    upgrade(store, newer)
    assert upgrade(store, older) == Upgrade()
    assert upgrade(store, back) == Upgrade(0, len(first))
    assert store.claims() == sorted([*first, Claim("A new claim", "brand-new")], key=lambda claim: claim.id)


def test_a_start_without_a_newer_starter_reads_no_claims_and_writes_nothing(tmp_path, store, newer):
    upgrade(store, newer)
    said = []
    store.db.conn.set_trace_callback(said.append)
    assert upgrade(store, newer) == Upgrade()
    assert not [each for each in said if "claims" in each or "IMMEDIATE" in each]


def test_a_database_that_may_not_be_written_is_left_as_it_is(tmp_path, store, newer):
    with Store.open(store.path, readonly=True) as readonly:
        assert upgrade(readonly, newer) == Upgrade()


def test_an_upgrade_that_fails_midway_changes_nothing_and_is_made_up_for_later(store, newer, monkeypatch):
    def fail(*_):
        raise Refused("the disk is full")

    before = store.claims()
    with monkeypatch.context() as patched:
        patched.setattr(Store, "remember", fail)
        with pytest.raises(Refused):
            upgrade(store, newer)
    assert store.claims() == before
    assert upgrade(store, newer) == Upgrade(1, len(before))


@pytest.fixture
def packaged(newer, monkeypatch):
    """The newer starter in place of the packaged one."""
    monkeypatch.setattr("bot.starter.upgrade.starter_path", lambda: newer)
    return newer


def test_a_question_brings_the_database_up_to_date_once_and_says_so(home, made, packaged, capsys):
    assert run(["ask", "zebra"]) == 0
    count = len(read_claims())
    assert capsys.readouterr().err == (
        f"factbot: Brought the starter's claims in {made} up to date: 1 new, {count} changed.\n"
    )
    assert run(["fact", "show", "brand-new"]) == 0
    assert capsys.readouterr().err == ""


def test_starting_the_console_brings_the_database_up_to_date_too(home, made, packaged, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["console"]) == 0
    assert "1 new" in capsys.readouterr().err


def test_an_operators_changes_outlive_an_upgrade_by_the_command(home, made, packaged, capsys):
    edited, removed = read_claims()[:2]
    with Store.open(made) as store:
        store.save(edited, replace(edited, status_note="ours"), ME)
        store.save(removed, replace(removed, state=State.REMOVED), ME, verb="remove")
    assert run(["ask", "zebra"]) == 0
    with Store.open(made) as store:
        assert store.get(edited.id).status_note == "ours"
        assert store.get(removed.id).state is State.REMOVED


def test_an_imported_database_stays_as_it_is(home, packaged, monkeypatch):
    monkeypatch.setenv("FACTS_DB", str(home / "own.db"))
    (home / "claims.csv").write_text("text\nThe fountain is dry\n", encoding="utf-8")
    assert run(["import", str(home / "claims.csv")]) == 0
    assert run(["ask", "zebra"]) == 0
    with Store.open(home / "own.db") as store:
        assert [claim.text for claim in store.claims()] == ["The fountain is dry"]


def test_a_missing_starter_is_no_reason_to_give_no_answer(home, made, capsys, monkeypatch):
    monkeypatch.setattr("bot.starter.upgrade.starter_path", lambda: home / "none.db")
    assert run(["ask", "zebra"]) == 0
    assert capsys.readouterr().err == ""
