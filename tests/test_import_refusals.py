"""Imports and exports that cannot be done: refused as a whole, with the reason, nothing half done."""

import os
import sqlite3
import threading
from contextlib import suppress

import pytest
from filing import counts, fill, refusal, write

from bot.errors import Refused
from bot.interchange.exporting import export_file
from bot.interchange.importing import BadFile, import_file
from bot.model import Claim
from bot.store import Store


def test_one_bad_row_rejects_the_file_and_names_row_column_and_value(store, tmp_path):
    path = write(tmp_path, "text,status,said_on\ngood,,\nbad,confirmd,2023-02-30\n")
    message = refusal(store, path)
    assert "1 bad row. Row 3: status:" in message
    assert "did you mean 'confirmed'" in message
    assert "said_on: is not a day or month that exists (got '2023-02-30')" in message


def test_many_bad_rows_are_counted_and_ten_are_shown(store, tmp_path):
    message = refusal(store, write(tmp_path, "text,status\n" + "x,wrong\n" * 25))
    assert "25 bad rows" in message
    assert message.count("Row ") == 10
    assert message.endswith("and 15 more.")


def test_bad_rows_are_left_out_when_asked(store, tmp_path):
    report = import_file(store, write(tmp_path, "text,status\na,\nb,wrong\n,\nc,\n,refuted\n"), skip_bad=True)
    assert counts(report) == (2, 0, 0, 2)
    assert [problem.number for problem in report.problems] == [3, 6]
    assert str(report.problems[0]).startswith("Row 3: status:")


def test_one_id_with_two_contents_is_a_bad_row_that_names_both(store, tmp_path):
    path = write(tmp_path, "external_id,text\na,one\nb,x\na,two\na,one\n")
    assert "Row 4: external_id: is also in row 2, with other content (got 'a')" in refusal(store, path)
    report = import_file(store, path, skip_bad=True)
    assert counts(report) == (2, 0, 1, 1)
    assert store.get("a").text == "one"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "it is empty"),
        ("claimant\nx\n", "no column named text"),
        ("text,claiment\nx,y\n", "did you mean 'claimant'?"),
        ("text,text\nx,y\n", "text is there twice"),
        ("text,\nx,y\n", "column 2 has no name"),
        ("text;status\nx;y\n", "parted by semicolons"),
        ("text,status\nx\n", "Row 2: row: has 1 cells where the header has 2"),
        ('text\na\n"b', "row 3 is not CSV"),
        ('text\n"a"b\n', "row 2 is not CSV"),
        ("text\n" + "x" * 200_000, "row 2 is not CSV"),
    ],
)
def test_a_csv_that_cannot_be_read_is_refused_with_the_reason(content, words, store, tmp_path):
    assert words in refusal(store, write(tmp_path, content))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ("[" * 100_000, "is not JSON"),
        ('{"txt": "a"}', "did you mean 'text'"),
        ('{"text": ["a"]}', "not a list"),
        ('{"text": "a", "status": true}', "must be text"),
        ('{"text": "a", "sources": {}}', "must be a list of objects"),
        ('{"text": "a", "sources": [{"name": "x"}]}', "Known are title"),
        ('{"text": "a", "sources": [], "source_title": "x"}', "stands beside source_title"),
        ('{"claimant": "a"}', "text: is missing"),
    ],
)
def test_a_json_line_that_cannot_be_read_is_refused_with_the_reason(line, words, store, tmp_path):
    message = refusal(store, write(tmp_path, '{"text": "good"}\n\n' + line, "claims.jsonl"))
    assert "Row 3: " in message
    assert words in message


def test_a_byte_order_mark_and_old_line_ends_are_tolerated(store, tmp_path):
    assert counts(import_file(store, write(tmp_path, "\ufeffText \rone\r\rtwo\r"))) == (2, 0, 0, 0)


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(store, tmp_path):
    path = tmp_path / "claims.csv"
    path.write_bytes("text\ngut\nÄrger\n".encode("latin-1"))
    assert "not UTF-8 (line 3)" in refusal(store, path)


def test_files_that_are_not_there_or_of_an_unknown_kind_are_refused(store, tmp_path):
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    assert "No such file" in refusal(store, tmp_path / "none.csv")
    assert "is not a file" in refusal(store, tmp_path / "folder.csv")
    assert "is not a file" in refusal(store, tmp_path / "pipe.csv")
    assert ".csv, .jsonl, or .json" in refusal(store, tmp_path / "claims.xlsx")
    with pytest.raises(Refused, match="is a folder"):
        export_file(store, tmp_path / "folder.csv")
    with pytest.raises(Refused, match="cannot be written"):
        export_file(store, tmp_path / "none" / "claims.csv")


def test_a_failed_export_leaves_the_old_file_and_nothing_beside_it(store, tmp_path, monkeypatch):
    fill(store)
    folder = tmp_path / "out"
    folder.mkdir()
    path = write(folder, "old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="No space left on device"):
        export_file(store, path)
    assert [(each.name, each.read_text()) for each in folder.iterdir()] == [("claims.csv", "old")]


def test_a_full_disk_in_the_middle_of_an_import_leaves_nothing_half_imported(store, tmp_path):
    fill(store)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 5}")
    path = write(tmp_path, "text\n" + "".join(f"claim number {n} {'x' * 300}\n" for n in range(500)))
    assert "the disk is full" in refusal(store, path)
    assert store.damage() == []


def test_an_error_while_revisions_are_written_takes_the_claims_back_too(store, tmp_path, monkeypatch):
    def fail(*_):
        raise sqlite3.IntegrityError

    monkeypatch.setattr("bot.storage.revisions.Revisions.record", fail)
    with pytest.raises(sqlite3.IntegrityError):
        import_file(store, write(tmp_path, "text\na\n"))
    assert store.claims() == []


def test_an_import_that_another_process_overtakes_is_planned_again(store, tmp_path, monkeypatch):
    path = write(tmp_path, "text,via\nThe sky is blue,AP\n")
    real = Store.find_many
    overtaken = []

    def overtake(self, *arguments):
        found = real(self, *arguments)
        if not overtaken:
            overtaken.append(True)
            with Store.open(self.path) as other:
                fill(other, [Claim("The sky is blue", "theirs")])
        return found

    monkeypatch.setattr(Store, "find_many", overtake)
    assert counts(import_file(store, path)) == (0, 1, 0, 0)
    assert [(claim.external_id, claim.via) for claim in store.claims()] == [("theirs", "AP")]


def test_an_import_that_is_overtaken_again_and_again_arrives(store, tmp_path, monkeypatch):
    path = write(tmp_path, "text,via\nThe sky is blue,AP\n")
    real, numbers = Store.find_many, iter(range(100))

    def overtake(self, *arguments):
        found = real(self, *arguments)
        with Store.open(self.path) as other, suppress(Refused):
            fill(other, [Claim(f"Pig {(number := next(numbers))} flies", f"pig{number}")])
        return found

    monkeypatch.setattr("bot.storage.database.BUSY_SECONDS", 0.1)
    monkeypatch.setattr(Store, "find_many", overtake)
    assert counts(import_file(store, path)) == (1, 0, 0, 0)


def test_an_import_that_is_always_overtaken_gives_up_in_plain_words(store, tmp_path, monkeypatch):
    ticks = iter(range(100))
    monkeypatch.setattr(Store, "data_version", lambda self: (next(ticks), 0))
    assert "changed all the time" in refusal(store, write(tmp_path, "text\na\n"))


def test_two_imports_at_once_both_arrive(tmp_path):
    path = tmp_path / "both.db"
    Store.open(path, missing="empty").close()

    def run(name):
        with Store.open(path) as mine:
            import_file(mine, write(tmp_path, "text\n" + "".join(f"{name} {n}\n" for n in range(300)), f"{name}.csv"))

    threads = [threading.Thread(target=run, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(path) as store:
        assert store.count() == 900


def test_nothing_can_be_imported_into_a_read_only_database(store, tmp_path):
    with Store.open(store.path, readonly=True) as frozen:
        assert "is read-only" in refusal(frozen, write(tmp_path, "text\na\n"))


def test_the_problems_of_a_bad_file_can_be_read_one_by_one(store, tmp_path):
    with pytest.raises(BadFile) as caught:
        import_file(store, write(tmp_path, "text,lang\n,en\na,?\n"))
    assert [problem.number for problem in caught.value.problems] == [2, 3]
