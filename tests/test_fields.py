"""Values of columns, checked: what is kept, what is refused, and in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadValue, BadValues
from bot.fields.cells import join_cell, split_cell
from bot.fields.checks import checked_date, checked_space, checked_text, checked_url
from bot.fields.columns import COLUMNS, claim_from
from bot.model import GLOBAL, Attribution, Claim, Source, State, Status


def problems(**values):
    with pytest.raises(BadValues) as caught:
        claim_from({"text": "A claim", **values})
    return caught.value.problems


def test_the_columns_are_those_of_the_contract():
    contract = (
        "external_id, space, state, text, claimant, claimant_role, said_on, occasion, via, attribution, "
        "status, status_note, status_on, original_rating, source_title, source_publisher, source_url, "
        "source_date, phrasings, never_phrasings, tags, lang"
    )
    assert ", ".join(COLUMNS) == contract


def test_only_the_text_is_needed():
    claim = claim_from({"text": "  The\tsky is\u200b blue "})
    assert claim.text == "The sky is blue"
    assert (claim.space, claim.state, claim.status) == (GLOBAL, State.ACTIVE, Status.UNVERIFIED)
    assert (claim.attribution, claim.lang, claim.sources) == (Attribution.REPORTED, "en", ())


@pytest.mark.parametrize("values", [{}, {"text": ""}, {"text": " \u200b "}])
def test_a_claim_without_a_text_is_refused(values):
    with pytest.raises(BadValues, match="text: is"):
        claim_from(values)


def test_all_problems_are_named_at_once():
    found = problems(status="confirmd", said_on="2023-02-30", source_url="http://a.org", lang="?")
    assert [each.field for each in found] == ["status", "said_on", "source_url", "lang"]


def test_an_unknown_word_lists_the_known_ones_and_the_nearest():
    (problem,) = problems(status="confirmd")
    assert "did you mean 'confirmed'?" in problem.message
    assert "retracted, opinion" in problem.message
    assert "got 'confirmd'" in problem.message


def test_an_unknown_column_names_the_nearest():
    (problem,) = problems(claiment="x")
    assert "did you mean 'claimant'?" in problem.message


def test_words_may_be_written_in_capitals():
    assert claim_from({"text": "a", "status": " Refuted"}).status is Status.REFUTED


@pytest.mark.parametrize("good", ["", "2023", "2023-10", "2024-02-29", "1000", "2999-12-31"])
def test_dates_may_be_partial(good):
    assert checked_date("said_on", good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "2023-02-30",
        "2023-13",
        "2023-00",
        "0999",
        "3000",
        "23",
        "2023-1",
        "1.2.2023",
        "2023-10-14T00:00",
        "20²3-",
    ],
)
def test_dates_that_do_not_exist_are_refused(bad):
    with pytest.raises(BadValue, match="said_on"):
        checked_date("said_on", bad)


@pytest.mark.parametrize("good", ["https://a.org", "HTTPS://a.org/x?y=1#z", "https://a.org:8443/", "https://[::1]/"])
def test_https_links_are_kept(good):
    assert checked_url("source_url", good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "http://a.org", "javascript:alert(1)", "https://", "https:///path", "https://:443/", "https://u:p@a.org",
        "https://a.org@b.org", "https://a.org/a b", "https://a.org\\b", "https://a.org/\x00", "https://a.org/\u202ex",
        "https://a.org:99999", "https://[::1", "https://a.org/<x>", "//a.org", "a.org",
    ],
)  # fmt: skip
def test_other_links_are_refused(bad):
    with pytest.raises(BadValue, match="source_url"):
        checked_url("source_url", bad)


@pytest.mark.parametrize("good", ["global", "discord:123", "slack:T024BE7LD", "a.b_c-1:x", "x" * 80])
def test_names_of_spaces_are_kept(good):
    assert checked_space("space", good) == good


@pytest.mark.parametrize("bad", ["Global", "a b", "x" * 81, "discord:", "ü", "a/b"])
def test_other_names_of_spaces_are_refused(bad):
    with pytest.raises(BadValue, match="space"):
        checked_space("space", bad)


@pytest.mark.parametrize(
    ("column", "cap"),
    [
        ("text", 2000),
        ("claimant", 300),
        ("via", 300),
        ("status_note", 1000),
        ("phrasings", 500),
        ("tags", 60),
    ],
)
def test_a_value_that_is_too_long_is_refused_and_never_cut(column, cap):
    assert claim_from({"text": "a", column: "x" * cap})
    (problem,) = problems(**{column: "x" * (cap + 1)})
    assert problem.field == column
    assert f"{cap:,} is the most" in problem.message


@pytest.mark.parametrize(("column", "most"), [("phrasings", 100), ("never_phrasings", 100), ("tags", 30)])
def test_too_many_values_are_refused(column, most):
    assert len(getattr(claim_from({"text": "a", column: [f"v{n}" for n in range(most)]}), column)) == most
    assert problems(**{column: [f"v{n}" for n in range(most + 1)]})[0].field == column


def test_too_many_sources_are_refused():
    assert problems(source_publisher=["x"] * 31)[0].field == "source_publisher"


def test_tags_are_lower_case_and_said_once():
    assert claim_from({"text": "a", "tags": "War | UKRAINE | war | "}).tags == ("war", "ukraine")


def test_sources_are_read_side_by_side_and_empty_entries_keep_their_place():
    claim = claim_from({"text": "a", "source_publisher": "Reuters |  | AP", "source_url": " | https://b.org | "})
    assert claim.sources == (Source(publisher="Reuters"), Source(url="https://b.org"), Source(publisher="AP"))


@pytest.mark.parametrize(
    ("url", "publisher"), [("https://log.example/2", "Town log"), ("https://other.example/1", ""), ("", "Town log")]
)
def test_a_link_to_another_site_is_another_source(url: str, publisher: str):
    known = Claim(text="x", sources=(Source("Town log", "Town log", "https://log.example/1"),))
    [source] = claim_from({"source_url": url}, known).sources
    assert (source.url, source.publisher) == (url, publisher)


def test_source_columns_of_different_lengths_are_refused():
    (problem,) = problems(source_publisher="Reuters | AP", source_url="https://b.org")
    assert problem.field == "source_url"
    assert "1 values where source_publisher has 2" in problem.message


def test_a_column_that_is_absent_keeps_what_is_on_record_and_an_empty_one_clears_it():
    known = claim_from({"text": "a", "claimant": "X", "via": "Y", "source_title": "T", "source_publisher": "P"})
    changed = claim_from({"via": "", "source_title": ""}, known)
    assert (changed.claimant, changed.via, changed.sources) == ("X", "", (Source(publisher="P"),))
    assert changed.id == known.id


def test_clearing_all_source_columns_clears_the_sources():
    known = claim_from({"text": "a", "source_title": "T"})
    nothing = dict.fromkeys(["source_title", "source_publisher", "source_url", "source_date"], "")
    assert claim_from(nothing, known).sources == ()


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("", []), ("a", ["a"]), ("a | b", ["a", "b"]), ("a|b", ["a|b"]), ("a |  | b", ["a", "", "b"]),
        ("a | | b", ["a", "", "b"]), ("| b", ["", "b"]), ("a |", ["a", ""]), (r"a \| b", ["a | b"]),
        (r"C:\dir | x", [r"C:\dir", "x"]),
    ],
)  # fmt: skip
def test_a_bar_parts_values_only_where_it_stands_alone(cell, values):
    assert split_cell(cell) == values


words = st.text(alphabet=st.sampled_from("ab|\\ ='"), max_size=12).map(lambda text: " ".join(text.split()))


@given(st.lists(words, max_size=5))
def test_any_values_come_back_from_a_cell(values):
    assert split_cell(join_cell(values)) == (values if any(values) or len(values) > 1 else [])


@given(st.text(max_size=200))
def test_checked_text_is_stable_and_fit_for_a_file_and_a_database(raw):
    try:
        text = checked_text("text", raw, cap=2_000)
    except BadValue:
        return
    assert checked_text("text", text, cap=2_000) == text
    assert text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & set("\n\r\t\0")


@given(st.text(alphabet="İẞΣǅ\u0344ﬀ½a ", max_size=20))
def test_a_tag_is_stable(raw):
    once = claim_from({"text": "a", "tags": [raw]}).tags
    assert claim_from({"text": "a", "tags": list(once)}).tags == once
