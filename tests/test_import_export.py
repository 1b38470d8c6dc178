"""Claims into files and back: nothing is lost, and nothing is done twice."""

import csv
import io
import json
from dataclasses import replace

import pytest
from filing import counts, fill, write
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadValue
from bot.fields.checks import checked_text
from bot.fields.columns import COLUMNS, LIST_COLUMNS, claim_from
from bot.interchange.exporting import export_file
from bot.interchange.importing import import_file
from bot.interchange.table import defused, restored
from bot.model import Attribution, Claim, Source, State, Status
from bot.store import ALL_STATES, Store, Trace

FORMATS = [".csv", ".jsonl", ".json"]
AWKWARD = [
    Claim('=1+1 said "he", she', "a,b", claimant="'=x", via="@here", tags=("a | b", "|", "c\\|d", "-1")),
    Claim(
        "- minus",
        "z",
        space="slack:T1",
        state=State.REMOVED,
        sources=(Source(title="x | y"), Source(url="https://a.org/?a|b"), Source(date="2023-10")),
        phrasings=("=one", "two | three"),
        never_phrasings=("'four", "| five"),
    ),
    Claim("'Antifa' admitted it", "''", attribution=Attribution.QUOTED, status=Status.OPINION, lang="uk"),
    Claim("Росія 🚀 \\", "я", said_on="2023", original_rating="Pants on fire", status_note="{}[]"),
]


def revisions(store):
    return store.db.execute("SELECT count(*) FROM revisions").fetchone()[0]


def there_and_back(claims, ending, folder):
    """Export, import into an empty database, export again.

    Return both files and what the second database holds.
    """
    first, second = folder / f"first{ending}", folder / f"second{ending}"
    with Store.in_memory() as one, Store.in_memory() as two:
        fill(one, claims)
        export_file(one, first)
        import_file(two, first)
        export_file(two, second)
        return first.read_bytes(), second.read_bytes(), two.claims(states=ALL_STATES)


@pytest.mark.parametrize("ending", FORMATS)
def test_our_own_files_survive_byte_for_byte(ending, tmp_path):
    first, second, claims = there_and_back(AWKWARD, ending, tmp_path)
    assert first == second
    assert claims == sorted(AWKWARD, key=lambda claim: (claim.space, claim.id))


@st.composite
def any_text(draw, most=40):
    odd = st.sampled_from("=+-@|\\'\" ,\t<>&;یخ\u094dक👩\u200c\u200d")
    raw = draw(st.text(alphabet=st.one_of(st.characters(), odd), max_size=most))
    return checked_text("text", raw, cap=2_000)


dates = st.sampled_from(["", "2023", "2023-10", "2023-10-14"])
links = st.sampled_from(["", "https://a.org", "https://a.org/?x=|&y='", "https://ü.org/=1"])
sources = st.builds(Source, any_text(), any_text(), links, dates).filter(lambda source: source != Source())
several = st.lists(any_text().filter(bool), max_size=3, unique=True).map(tuple)
any_claim = st.builds(
    Claim,
    text=any_text().filter(bool),
    external_id=any_text().filter(bool),
    space=st.sampled_from(["global", "discord:1"]),
    state=st.sampled_from(State),
    claimant=any_text(),
    claimant_role=any_text(),
    said_on=dates,
    occasion=any_text(),
    via=any_text(),
    attribution=st.sampled_from(Attribution),
    status=st.sampled_from(Status),
    status_note=any_text(),
    status_on=dates,
    original_rating=any_text(),
    sources=st.lists(sources, max_size=3).map(tuple),
    phrasings=several,
    never_phrasings=several,
    tags=several.map(lambda tags: claim_from({"text": "x", "tags": tags}).tags),
    lang=st.sampled_from(["en", "pt-BR"]),
)


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=30, deadline=None)
@given(claims=st.lists(any_claim, max_size=4, unique_by=lambda claim: (claim.space, claim.external_id)))
def test_any_claims_survive_byte_for_byte(ending, claims, tmp_path_factory):
    first, second, stored = there_and_back(claims, ending, tmp_path_factory.mktemp("x"))
    assert first == second
    assert stored == sorted(claims, key=lambda claim: (claim.space, claim.id))


@given(st.text(alphabet="'=+-@\t\rab", max_size=6))
def test_no_cell_starts_a_formula_and_every_cell_is_restored(cell):
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(defused(cell)) == cell


FIXED = ("space", "state", "attribution", "status", "lang", "said_on", "status_on", "source_date", "source_url")
"""Columns that take no text which a formula could begin."""


@pytest.mark.parametrize("column", [column for column in COLUMNS if column not in FIXED])
@settings(max_examples=12, deadline=None)
@given(cell=st.text(alphabet="'=+-@a |\t", min_size=1, max_size=6))
def test_in_no_column_a_formula_gets_out_or_gets_lost(column, cell, tmp_path_factory):
    claim = claim_from(
        {"text": "x", "external_id": "x", column: [cell] if column in LIST_COLUMNS else cell.strip() or "x"}
    )
    first, second, stored = there_and_back([claim], ".csv", tmp_path_factory.mktemp("x"))
    assert (first, stored) == (second, [claim])
    (row,) = list(csv.reader(io.StringIO(first.decode(), newline="")))[1:]
    assert not [each for each in row if each.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("cell", ["'Antifa' admitted", "'", "it's", ""])
def test_a_quotation_mark_that_defuses_nothing_stays(cell):
    assert restored(cell) == defused(cell) == cell


def test_an_exported_csv_is_what_other_programs_read(store, tmp_path):
    fill(store, AWKWARD)
    assert export_file(store, tmp_path / "claims.csv") == 4
    content = (tmp_path / "claims.csv").read_bytes()
    assert content.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["external_id"] for row in rows if row["space"] == "slack:T1"] == ["z"]
    last = rows[-1]
    assert (last["text"], last["state"]) == ("'- minus", "removed")
    assert last["source_title"] == r"x \| y |  | "
    assert last["source_url"] == r" | https://a.org/?a\|b | "


def test_an_exported_json_line_has_the_columns_and_no_apostrophe(store, tmp_path):
    fill(store, AWKWARD)
    export_file(store, tmp_path / "claims.jsonl", space="slack:T1")
    (row,) = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()]
    assert list(row) == list(COLUMNS)
    assert row["text"] == "- minus"
    assert row["phrasings"] == r"=one | two \| three"


@pytest.mark.parametrize("ending", FORMATS)
def test_importing_a_file_again_changes_nothing(ending, store, tmp_path):
    fill(store, AWKWARD)
    path = tmp_path / f"claims{ending}"
    export_file(store, path)
    before = revisions(store)
    report = import_file(store, path)
    assert counts(report) == (0, 0, 4, 0)
    assert (revisions(store), report.batch) == (before, "")


def test_only_the_text_is_needed_and_a_row_without_an_id_is_known_by_its_text(store, tmp_path):
    path = write(tmp_path, "text,claimant\nThe sky is blue,Ann\nThe sky is blue,Bob\n")
    assert counts(import_file(store, path)) == (2, 0, 0, 0)
    assert counts(import_file(store, path)) == (0, 0, 2, 0)
    again = write(tmp_path, "text,claimant,via\nthe SKY is blue!,ann,AP\n")
    assert counts(import_file(store, again)) == (0, 1, 0, 0)
    assert counts(import_file(store, again)) == (0, 0, 1, 0)
    assert store.count() == 2


def test_ids_of_rows_without_one_are_the_same_everywhere(store, tmp_path):
    path = write(tmp_path, "text\nThe sky is blue\n")
    import_file(store, path)
    with Store.in_memory() as other:
        import_file(other, path)
        assert other.claims() == store.claims()


def test_a_row_without_an_id_is_still_known_when_its_claim_was_edited(store, tmp_path):
    path = write(tmp_path, "text\nThe sky is blue\n")
    import_file(store, path)
    (claim,) = store.claims()
    store.save(claim, replace(claim, text="The sky is grey"), Trace("me", "test"))
    assert counts(import_file(store, path)) == (0, 1, 0, 0)
    assert [claim.text for claim in store.claims()] == ["The sky is blue"]


def test_a_row_with_an_unknown_id_is_known_by_its_text(store, tmp_path):
    fill(store, [Claim("The sky is blue", "mine")])
    path = write(tmp_path, "external_id,text,via\ntheirs,The sky is blue,AP\n")
    assert counts(import_file(store, path)) == (0, 1, 0, 0)
    assert counts(import_file(store, path)) == (0, 0, 1, 0)
    assert [(claim.external_id, claim.via) for claim in store.claims()] == [("mine", "AP")]


def test_two_rows_with_one_text_and_two_ids_stay_two_claims(store, tmp_path):
    path = write(tmp_path, "external_id,text\na,The sky is blue\nb,The sky is blue\n")
    assert counts(import_file(store, path)) == (2, 0, 0, 0)
    assert counts(import_file(store, path)) == (0, 0, 2, 0)


def test_a_row_without_an_id_is_the_row_with_an_id_and_the_same_text(store, tmp_path):
    path = write(tmp_path, "external_id,text\n,The sky is blue\nb,The sky is blue\n")
    assert counts(import_file(store, path)) == (1, 0, 1, 0)
    assert counts(import_file(store, path)) == (0, 0, 2, 0)


def test_a_known_row_with_new_content_is_one_revision_of_one_batch(store, tmp_path):
    fill(store, [Claim("old", "a", claimant="Ann", tags=("t",), sources=(Source(publisher="AP"),))])
    path = write(tmp_path, "external_id,text,claimant,status\na,new,,refuted\n")
    report = import_file(store, path, actor="terminal:me")
    assert counts(report) == (0, 1, 0, 0)
    claim = store.get("a")
    assert (claim.text, claim.claimant, claim.status) == ("new", "", Status.REFUTED)
    assert (claim.tags, claim.sources) == (("t",), (Source(publisher="AP"),))
    (revision,) = store.batch(report.batch)
    assert (revision.actor, revision.origin, revision.verb) == ("terminal:me", "import", "edit")


def test_a_removed_claim_stays_removed_unless_the_file_says_otherwise(store, tmp_path):
    fill(store, [Claim("old", "a", state=State.REMOVED)])
    assert counts(import_file(store, write(tmp_path, "external_id,text\na,old\n"))) == (0, 0, 1, 0)
    assert counts(import_file(store, write(tmp_path, "external_id,text,state\na,old,active\n"))) == (
        0,
        1,
        0,
        0,
    )


def test_the_space_that_is_asked_for_overrides_the_column(store, tmp_path):
    path = write(tmp_path, "external_id,text,space\na,x,global\nb,y,nonsense here\n")
    assert counts(import_file(store, path, space="discord:1")) == (2, 0, 0, 0)
    assert {claim.space for claim in store.claims()} == {"discord:1"}
    with pytest.raises(BadValue, match="space"):
        import_file(store, path, space="No Such")


def test_a_dry_run_counts_and_changes_nothing(store, tmp_path):
    report = import_file(store, write(tmp_path, "text\na\nb\n"), dry_run=True)
    assert counts(report) == (2, 0, 0, 0)
    assert report.dry_run
    assert store.claims() == []


def test_json_lines_take_lists_and_objects_and_numbers(store, tmp_path):
    row = {
        "external_id": 7,
        "text": "a",
        "said_on": 2023,
        "via": None,
        "tags": ["x | y", "z"],
        "phrasings": "p | q",
        "sources": [{"title": "t", "url": None}, {"publisher": "p"}],
    }
    import_file(store, write(tmp_path, json.dumps(row), "claims.JSONL"))
    (claim,) = store.claims()
    assert (claim.external_id, claim.said_on, claim.via) == ("7", "2023", "")
    assert (claim.tags, claim.phrasings) == (("x | y", "z"), ("p", "q"))
    assert claim.sources == (Source(title="t"), Source(publisher="p"))


def test_text_in_json_lines_may_begin_with_an_apostrophe(store, tmp_path):
    import_file(store, write(tmp_path, json.dumps({"text": "'=x"}), "claims.jsonl"))
    assert store.claims()[0].text == "'=x"


def test_export_follows_a_link(store, tmp_path):
    fill(store, AWKWARD)
    target = write(tmp_path, "old", "target.csv")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    export_file(store, link)
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("external_id")


def test_progress_is_told(store, tmp_path):
    seen = []
    import_file(store, write(tmp_path, "text\na\nb\n"), progress=lambda done, total: seen.append((done, total)))
    export_file(store, tmp_path / "x.json", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (2, 4), (4, 4), (1, 2), (2, 2)]
