"""Erasing a community: nothing of it is left anywhere, and nothing of anybody else is touched."""

import io
import json
import sys
from pathlib import Path

import pytest

from bot.app import build
from bot.cli import run
from bot.matching import cachefile
from bot.model import Claim
from bot.storage import chain
from bot.store import ALL_STATES, Store, SuggestionKind, Trace, restore
from tests.communities import ANN, BOB, GONE, LOST, PEOPLE, STAYS, fill, of_others, words


@pytest.fixture
def filled(database: Path) -> Path:
    with Store.open(database) as store:
        fill(store)
    return database


def test_nothing_of_an_erased_community_is_in_any_table_or_in_the_file(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words(filled) == [*LOST, *PEOPLE]
    with Store.open(filled) as store:
        head, gone = store.chain_head(), {GONE, ANN, store.people.find(ANN)}
        others = of_others(store, gone)
    assert run(["forget-space", GONE, "--yes"]) == 0
    told = capsys.readouterr()
    assert f"Erased {GONE}: revisions 3, claims 2, suggestions 1, drafts 1" in told.out
    assert "Earlier backups" in told.err
    assert words(filled) == []
    with Store.open(filled) as store:
        assert of_others(store, gone) == others
        assert all(others.values())
        assert store.check_chain() == []
        assert store.damage() == []
        assert store.spaces.stored(GONE) == {}
        assert store.count(["global"]) == 18
        assert [each.why for each in store.batch("both")] == ["For both"]
        assert store.check_chain(head) == []
    assert run(["check", "--anchor", head]) == 0


def test_who_was_known_only_there_is_forgotten(filled: Path) -> None:
    with Store.open(filled) as store:
        store.communities.name_moderator(GONE, "discord:88")
        store.suggestions.add(GONE, SuggestionKind.CLAIM, "", {"text": "x"}, "", "discord:55", "Only Here")
        erased = store.spaces.erase(GONE, Trace("terminal:op", "terminal", name="Op"))
        assert erased["people"] == 2
        assert not store.people.find("discord:55")
        assert not store.people.find(ANN)
        assert store.people.name(store.people.find(BOB)) == "Qqann"
    assert b"Only Here" not in filled.read_bytes()


def test_an_erasure_is_on_record_and_none_can_be_made_without_one(filled: Path) -> None:
    with Store.open(filled) as store:
        store.spaces.erase(GONE, Trace("terminal:op", "terminal", name="Op"))
        (record,) = store.db.execute("SELECT record FROM erased WHERE record NOTNULL").fetchall()
        at, person, origin, _ = json.loads(record[0])
        assert (store.people.name(person), origin) == ("Op", "terminal")
        assert at.endswith("Z")
        assert [len(each) for each in chain.erased(record[0])] == [1, 1, 1]
        added = Claim("A later one", "later")
        store.save(None, added, Trace(BOB, "slack"))
        assert store.check_chain() == []
        store.db.execute("INSERT INTO erased SELECT id, hash, NULL FROM revisions WHERE id = 2")
        store.db.execute("DELETE FROM revisions WHERE id = 2")
        assert "Revision 2 was erased without a record of it." in store.check_chain()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE erased SET record = replace(record, 'terminal', 'tyrannus') WHERE record NOTNULL",
        "UPDATE erased SET hash = zeroblob(32) WHERE id = (SELECT min(id) FROM erased)",
        "DELETE FROM erased WHERE id = (SELECT min(id) FROM erased)",
        "DELETE FROM erased WHERE record NOTNULL",
        "UPDATE erased SET record = 'x' WHERE id = (SELECT min(id) FROM erased)",
        "UPDATE erased SET record = NULL WHERE record NOTNULL",
        "UPDATE erased SET id = id + 1000 WHERE record NOTNULL",
    ],
)
def test_a_change_to_what_was_left_of_an_erasure_is_found(filled: Path, sql: str) -> None:
    with Store.open(filled) as store:
        store.spaces.erase(GONE, Trace("", "terminal"))
        assert store.check_chain() == []
        assert store.db.execute(sql).rowcount == 1
        assert store.check_chain()


@pytest.mark.parametrize("record", ["", "7", "[]", "{}", "[1,2,3,4]", '["","","","x-y 5"]', '["","",""]', "\ud800"])
def test_what_is_no_record_names_no_revision(record: str) -> None:
    assert chain.erased(record) == []


def test_a_community_is_erased_whole_or_not_at_all(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(filled) as store:
        before = store.spaces.stored(GONE)
        with monkeypatch.context() as broken:
            broken.setattr("bot.storage.forgotten.put_on_list", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                store.spaces.erase(GONE, Trace("", "terminal"))
        assert store.spaces.stored(GONE) == before
        assert store.check_chain() == []


def test_global_and_a_community_whose_claims_others_share_are_not_erased(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forget-space", "global", "--yes"]) == 1
    assert "everybody's" in capsys.readouterr().err
    assert run(["forget-space", STAYS, "--yes"]) == 1
    assert f"The claims of {STAYS} are shared by slack:T9: unlink that first." in capsys.readouterr().err
    assert run(["forget-space", "slack:T9", "--yes"]) == 0
    told = capsys.readouterr()
    assert told.out == "Erased slack:T9: links 1.\n"
    assert f"slack:T9 shared the claims of {STAYS}: those stay there." in told.err
    assert run(["forget-space", STAYS, "--yes", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["space"] == STAYS
    assert found["erased"]["claims"] == 2


def test_nothing_is_erased_without_a_yes(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = filled.read_bytes()
    assert run(["forget-space", GONE]) == 1
    assert "revisions 3, claims 2" in capsys.readouterr().err
    for answer in ("n\n", "\n", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        assert run(["forget-space", GONE]) in (1, 130)
    assert filled.read_bytes() == before
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert run(["forget-space", GONE]) == 0


def test_an_unknown_community_is_refused_and_the_known_ones_are_named(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forget-space", "discord:1\x1b[31m", "--yes"]) == 1
    said = capsys.readouterr().err
    assert f"There is something of: {GONE}, {STAYS}, slack:T9." in said
    assert "\x1b" not in said


def test_a_running_bot_follows_at_its_next_answer(database: Path) -> None:
    question = "has it all burnt down again?"
    with build(database) as app:
        fill(app.store)
        app.asker.settle()
        assert app.asker.ask("The Zzorchard stands", spaces=(GONE, "global")).hits
        assert run(["forget-space", GONE, "--yes"]) == 0
        answer = app.asker.ask(question, spaces=(GONE, "global"))
        assert not answer.hits
        assert not [each for each in answer.candidates if each.claim.space == GONE]
        app.asker.settle()
        assert app.asker.ask("The harbour is open", spaces=(STAYS, "global")).hits
        index = app.asker._keeper.current().matcher.index
        assert not index.patches
        assert "zzorchard" not in str(vars(index)).casefold()


def test_the_index_kept_beside_a_large_database_is_thrown_away(filled: Path) -> None:
    cachefile.beside(filled).write_text("Zzorchard")
    assert run(["forget-space", GONE, "--yes"]) == 0
    assert not cachefile.beside(filled).exists()


def test_a_restored_backup_erases_the_community_again(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, later = tmp_path / "copy.db", tmp_path / "later.db"
    with Store.open(filled) as store:
        store.communities.link("discord:5", GONE)
        store.back_up(backup)
        store.communities.unlink("discord:5")
    assert run(["forget-space", GONE, "--yes"]) == 0
    with Store.open(filled) as store:
        store.save(None, Claim("It is back", "back", GONE), Trace(BOB, "slack"))
        store.back_up(later)
    capsys.readouterr()
    assert run(["restore", str(backup)]) == 0
    told = capsys.readouterr()
    assert "Erased again: 1 community." in told.out
    assert "Zzorchard" not in words(filled)
    assert GONE.encode() not in filled.read_bytes()
    assert run(["check"]) == 0
    assert restore(later, filled).erased == 0
    with Store.open(filled) as store:
        assert [claim.text for claim in store.claims([GONE], ALL_STATES)] == ["It is back"]


def test_the_list_of_the_erased_names_no_community_and_is_not_that_of_people(filled: Path) -> None:
    with Store.open(filled) as store:
        store.spaces.erase(GONE, Trace("", "terminal"))
        names = [row[0] for row in store.db.execute("SELECT name || value FROM meta").fetchall()]
        assert [name[:7] for name in names if GONE in name or "forgotten:" in name] == []
        store.people.person(GONE, "an account of the same name")
        store.back_up(filled.parent / "copy.db")
    assert restore(filled.parent / "copy.db", filled).forgotten == 0
