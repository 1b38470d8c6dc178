"""The claim database: what it keeps, and what survives two writers and a full disk."""

import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import NotFound, Refused, Stale
from bot.model import Attribution, Claim, Source, State, Status
from bot.storage import database
from bot.storage.rows import claim_from_json, claim_to_json, known_as
from bot.store import ALL_STATES, Change, Store, Trace

ME = Trace("me", "terminal")
FULL = Claim(
    text="Ракети “KN-23” | 5 < 6",
    external_id="full",
    space="discord:1",
    claimant="Болвінов",
    claimant_role="head",
    said_on="2023-10",
    occasion="briefing",
    via="Reuters",
    attribution=Attribution.QUOTED,
    status=Status.DISPUTED,
    status_note="why",
    status_on="2024",
    original_rating="Half true",
    sources=(Source("t", "p", "https://a.org", "2023"), Source(publisher="AP")),
    phrasings=("one", "two"),
    never_phrasings=("three",),
    tags=("b", "a"),
    lang="uk",
)


def add(store, *claims):
    store.save_many([Change(None, claim) for claim in claims], ME)


def run(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    return done.stdout


def test_a_claim_comes_back_as_it_was_saved(store):
    add(store, FULL)
    assert store.get(FULL.id) == FULL
    assert store.claims() == [FULL]


def test_a_claim_comes_back_from_a_revision_as_it_was_saved():
    assert claim_from_json(claim_to_json(FULL)) == FULL


def test_claims_are_sorted_and_chosen_by_space_and_state(store):
    removed = Claim("gone", "r", state=State.REMOVED)
    add(store, FULL, Claim("b", "b"), Claim("a", "a"), removed)
    assert [claim.external_id for claim in store.claims()] == ["full", "a", "b"]
    assert store.claims(["global"], [State.REMOVED]) == [removed]
    assert store.claims([]) == []
    assert (store.count(), store.count(states=ALL_STATES), store.count(["global"])) == (3, 4, 2)


def test_a_claim_of_another_space_is_not_found(store):
    add(store, FULL)
    with pytest.raises(NotFound, match="no claim with the id"):
        store.get(FULL.id, ["global"])
    with pytest.raises(NotFound):
        store.get("nothing")


def test_a_change_replaces_all_that_belongs_to_the_claim(store):
    add(store, FULL)
    edited = replace(FULL, sources=(), phrasings=("four",), never_phrasings=(), tags=("c",), text="new")
    assert store.save(FULL, edited, ME) == 1
    assert store.get(FULL.id) == edited
    assert len(store.history(FULL.id)) == 2
    assert store.last_revision(FULL.id) == store.history(FULL.id)[-1].id
    assert store.last_revision("nothing") == 0
    assert store.find_known("discord:1", key=known_as("new", FULL.claimant, FULL.said_on)) == edited
    assert store.find_known("discord:1", key=known_as(FULL.text, FULL.claimant, FULL.said_on)) is None


def test_every_change_leaves_a_revision_that_says_who_and_what(store):
    add(store, FULL)
    edited = replace(FULL, state=State.REMOVED)
    store.save(FULL, edited, Trace("you", "discord", batch="b1"), verb="remove")
    first, second = store.history(FULL.id)
    assert (first.verb, first.before, first.after, first.actor) == ("add", None, FULL, "me")
    assert (second.verb, second.before, second.after, second.origin) == ("remove", FULL, edited, "discord")
    assert second.at.endswith("Z")
    assert store.batch("b1") == [second]
    assert store.batch("") == []
    assert store.touched_by_others("terminal") == {FULL.id}


def test_a_change_that_changes_nothing_leaves_no_revision(store):
    add(store, FULL)
    assert store.save(FULL, FULL, ME) == 0
    assert len(store.history(FULL.id)) == 1


def test_a_change_to_what_somebody_else_has_changed_is_refused(store):
    add(store, FULL)
    store.save(FULL, replace(FULL, via="AP"), ME)
    with pytest.raises(Stale, match="somebody else"):
        store.save(FULL, replace(FULL, via="dpa"), ME)
    with pytest.raises(Stale):
        add(store, FULL)


def test_a_change_may_not_rename_a_claim(store):
    with pytest.raises(ValueError, match="another id"):
        store.save(FULL, replace(FULL, external_id="other"), ME)


def test_an_error_rolls_everything_back(store):
    version = store.data_version()

    def fail_halfway():
        with store.transaction():
            add(store, FULL)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert store.claims() == []
    assert store.data_version() == version


def test_an_external_id_is_known_before_the_text(store):
    other = Claim("same", "x1")
    add(store, other, Claim("else", "x2"))
    key = known_as("Same!", "", "")
    assert store.find_known("global", external_id="x2", key=key).text == "else"
    assert store.find_known("global", external_id="new", key=key) == other
    assert store.find_known("discord:1", key=key) is None


@pytest.mark.parametrize(
    ("one", "other"), [("it fell by -3%", "it fell by 3%"), ("x < 5", "x > 5"), ("?!", "!?"), ("8%", "8")]
)
def test_texts_that_say_different_things_have_different_keys(one, other):
    assert known_as(one, "", "") != known_as(other, "", "")


def test_texts_that_differ_in_punctuation_and_capitals_have_one_key():
    assert known_as("“The Sky”, it is blue!", "", "") == known_as("the sky it is blue", "", "")


def test_a_change_by_another_connection_shows_in_the_data_version(store, path):
    before = store.data_version()
    assert store.data_version() == before
    with Store.open(path) as other:
        add(other, FULL)
    between = store.data_version()
    add(store, Claim("mine"))
    assert len({before, between, store.data_version()}) == 3


def test_a_full_disk_is_said_in_plain_words_and_nothing_is_half_written(store):
    add(store, FULL)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(Refused, match="the disk is full"):
        add(store, *[Claim("x" * 1000) for _ in range(500)])
    assert store.claims() == [FULL]
    assert store.damage() == []


def test_two_processes_write_at_once_and_no_write_is_lost(path):
    Store.open(path, missing="empty").close()
    code = """
        import sys, time
        from bot.model import Claim
        from bot.store import Store, Trace
        with Store.open(sys.argv[1]) as store:
            for number in range(60):
                time.sleep(0.003)  # SQLite's lock is not fair: without a gap one of them may wait past the timeout
                with store.transaction():
                    year = str(1000 + store.count())
                    store.save(None, Claim(f"{sys.argv[2]} {number}", said_on=year), Trace("", ""))
    """
    threads = [threading.Thread(target=run, args=(code, path, name)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(path) as store:
        assert sorted(claim.said_on for claim in store.claims()) == [str(1000 + number) for number in range(120)]


def test_a_writer_that_waits_too_long_is_told_so(store, path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Store.open(path) as other, store.transaction(), pytest.raises(Refused, match="another process"):
        add(other, FULL)


def test_one_store_serves_several_threads(store):
    def work(name):
        for number in range(20):
            add(store, Claim(f"{name} {number}"))
            store.claims()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 80


def test_a_store_in_memory_keeps_claims_until_it_is_closed():
    with Store.in_memory() as store:
        add(store, FULL)
        assert store.claims() == [FULL]


def test_a_store_is_closed_between_two_statements_of_other_threads(tmp_path: Path) -> None:
    """Closed under one, SQLite takes the whole process along: so this runs in one of its own."""
    program = """
        import sqlite3, sys, threading
        from pathlib import Path
        from bot.model import Claim
        from bot.store import Change, Store, Trace

        def read(store, ready):
            try:
                while True:
                    store.get_many(["a"] * 50)
                    ready.set()
            except sqlite3.ProgrammingError:
                pass

        for number in range(30):
            store, ready = Store.open(Path(sys.argv[1]), missing="empty"), threading.Event()
            readers = [threading.Thread(target=read, args=(store, ready)) for _ in range(2)]
            for each in readers:
                each.start()
            ready.wait()
            store.close()
            for each in readers:
                each.join()
    """
    run = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "facts.db")]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
