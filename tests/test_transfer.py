"""Files that come and go without a path, the history as a file, and an import that is told to end."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from filing import ONE, counts, fill, refusal
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refused
from bot.interchange.exporting import export_bytes, export_file
from bot.interchange.importing import BadFile, import_bytes, import_file
from bot.model import Claim, State
from bot.store import Store, Trace

ANN = Trace("discord:7", "discord", name="Ann")
CSV = b"external_id,text,space\na,It is so,global\nb,It is not so,discord:2\n"


def test_a_file_from_a_chat_is_imported_by_whoever_sent_it(store):
    report = import_bytes(store, "claims.csv", CSV, ANN, space="discord:1")
    assert counts(report) == (2, 0, 0, 0)
    assert {claim.space for claim in store.claims()} == {"discord:1"}
    (first, _) = store.batch(report.batch)
    assert (first.actor, first.name, first.origin) == ("discord:7", "Ann", "discord")


def test_the_batch_may_be_named_by_the_caller(store):
    assert import_bytes(store, "claims.csv", CSV, replace(ANN, batch="mine")).batch == "mine"
    assert len(store.batch("mine")) == 2


names = st.sampled_from(["global", "discord:1", "discord:2", "nonsense here", ""])
lines = st.tuples(st.sampled_from("abc"), st.sampled_from(["It is so", "New"]), names, st.sampled_from(["", "removed"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, max_size=5))
def test_whatever_a_file_says_only_the_space_that_was_given_is_touched(rows):
    table = "\n".join(["external_id,text,space,state", *map(",".join, rows)]).encode()
    with Store.in_memory() as store:
        fill(store, [Claim("It is so", name, space=space) for name in "ab" for space in ("global", "discord:2")])
        others = ["global", "discord:2"]
        before = store.claims(others, tuple(State))
        import_bytes(store, "claims.csv", table, ANN, space="discord:1", skip_bad=True)
        assert store.claims(others, tuple(State)) == before
        assert len(store.recent(others, limit=100)) == len(before)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(store):
    with pytest.raises(Refused, match="more than 10 bytes"):
        import_bytes(store, "claims.csv", b"\xff" * 11, ANN, most=10)
    fill(store)
    with pytest.raises(Refused, match="more than 10 bytes"):
        export_bytes(store, "claims.csv", most=10)


def test_the_name_of_a_file_is_shown_on_one_line_without_tricks(store):
    with pytest.raises(BadFile) as caught:
        import_bytes(store, "a\n\u202eb.csv", b"text,status\nx,wrong\n", ANN)
    assert caught.value.message.startswith("a b.csv was not imported")
    with pytest.raises(Refused, match="ending must say the format"):
        import_bytes(store, "claims.exe", CSV, ANN)


@pytest.mark.parametrize("name", ["claims.csv", "claims.jsonl", "claims.json", "h.jsonl"])
def test_the_bytes_of_a_download_are_those_of_a_file(name, store, tmp_path):
    fill(store, [*ONE, Claim("Ünd so", "b", space="discord:1")])
    history = name == "h.jsonl"
    assert export_file(store, tmp_path / name, space="global", history=history) == 1
    assert export_bytes(store, name, space="global", history=history) == ((tmp_path / name).read_bytes(), 1)


def exported_history(store, space=None):
    content, count = export_bytes(store, "h.jsonl", space=space, history=True)
    rows = [json.loads(line) for line in content.splitlines()]
    assert len(rows) == count
    return rows


def test_the_history_has_a_line_for_each_change_by_number(store):
    fill(store)
    (claim,) = store.claims()
    store.save(claim, replace(claim, text="It is not so"), replace(ANN, why="A slip", batch="x"))
    first, second = exported_history(store)
    assert (first["number"], first["verb"], first["before"], first["after"]["text"]) == (1, "add", None, "It is so")
    assert list(second) == [
        "number", "claim_id", "space", "at", "person", "name", "origin", "verb", "batch", "why", "undoes",
        "taken_down", "before", "after",
    ]  # fmt: skip
    assert (second["number"], second["verb"], second["why"], second["batch"]) == (2, "edit", "A slip", "x")
    assert (second["before"]["text"], second["after"]["text"]) == ("It is so", "It is not so")
    assert (second["name"], second["person"]) == ("Ann", store.people.find("discord:7"))
    assert "discord:7" not in json.dumps(second)


def test_a_long_history_is_whole_and_in_order(store):
    fill(store, [Claim(f"It is so, {n}", f"c{n}") for n in range(2_500)])
    assert [row["number"] for row in exported_history(store)] == list(range(1, 2_501))


def test_the_history_of_one_space_holds_no_other(store):
    fill(store, [*ONE, Claim("There", "b", space="discord:1")])
    assert [row["space"] for row in exported_history(store, "discord:1")] == ["discord:1"]


def test_a_history_is_for_reading_only(store, tmp_path):
    fill(store)
    export_file(store, tmp_path / "h.jsonl", history=True)
    assert "it holds the history, which is for reading only" in refusal(store, tmp_path / "h.jsonl")
    with pytest.raises(Refused, match=r"\.jsonl only"):
        export_file(store, tmp_path / "h.csv", history=True)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json"])
def test_joiners_that_mean_something_survive(ending, store, tmp_path):
    claim = Claim("می‌خواهم", "a", phrasings=("क्‍ष", "👩‍🚀"))
    fill(store, [claim])
    export_file(store, tmp_path / f"x.{ending}")
    with Store.in_memory() as other:
        import_file(other, tmp_path / f"x.{ending}")
        assert other.claims() == [claim]


def test_an_import_that_is_told_to_end_leaves_nothing_behind(tmp_path):
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "facts.db"
    rows = "".join(f"claim number {n}\n" for n in range(200_000))
    (tmp_path / "big.csv").write_text(f"text\n{rows}")
    command = [sys.executable, "-m", "bot", "--db", str(path), "import", str(tmp_path / "big.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not list(path.parent.iterdir()):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 128 + signal.SIGTERM
    assert list(path.parent.iterdir()) == []
