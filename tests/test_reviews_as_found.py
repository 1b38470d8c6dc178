"""ClaimReviews as they are found: read in one way, or refused with the reason. Never half."""

import codecs
import json

import pytest
from filing import refusal
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadValue
from bot.interchange.importing import import_file
from bot.interchange.jsonld import Graph
from bot.interchange.odd_dates import iso_date
from bot.interchange.reviews import read_reviews
from bot.model import Attribution, Source, Status

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.org/moon",
    "author": {"@type": "Organization", "name": "Checkers"},
    "claimReviewed": "The moon is made of cheese",
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann Example"}},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}


def write_json(folder, document):
    path = folder / "reviews.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def load(store, tmp_path):
    """Import a document that holds one review, and return its claim."""

    def loaded(document=None, **changed):
        import_file(store, write_json(tmp_path, document or {**REVIEW, **changed}))
        (claim,) = store.claims()
        return claim

    return loaded


def item(**properties):
    return {"itemReviewed": {"@type": "Claim", **properties}}


@pytest.mark.parametrize(
    "document",
    [
        {**REVIEW, "@context": "http://schema.org/"},
        {**REVIEW, "@context": ["https://www.schema.org", {"@language": "en"}]},
        {**REVIEW, "@context": {"@vocab": "http://schema.org/"}},
        {"@graph": REVIEW},
        [{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]}],
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"type" if key == "@type" else key: value for key, value in REVIEW.items()},
        {"@context": {"schema": "https://schema.org/"}}
        | {key if key[0] == "@" else f"schema:{key}": value for key, value in REVIEW.items() if key != "@context"}
        | {"@type": "schema:ClaimReview"},
        {key if key[0] == "@" else f"https://schema.org/{key}": value for key, value in REVIEW.items()},
        {key: value if key[0] == "@" else [value] for key, value in REVIEW.items()},
        {**REVIEW, "claimReviewed": {"@value": REVIEW["claimReviewed"]}, "reviewRating": "False"},
    ],
)
def test_one_review_in_many_forms_is_one_claim(document, load):
    claim = load(document)
    assert (claim.text, claim.claimant, claim.status) == (REVIEW["claimReviewed"], "Ann Example", Status.REFUTED)
    assert claim.sources == (Source(publisher="Checkers", url="https://checkers.org/moon"),)


@pytest.mark.parametrize(
    ("author", "claimant"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ("Ann", "Ann"),
        (["Ann", {"name": "Bob"}], "Ann, Bob"),
        ({"@type": "Organization", "name": "The Council"}, "The Council"),
        ({"@type": "Person", "name": "Ann", "sameAs": ["https://a.org", "https://b.org"]}, "Ann"),
        ({"@type": "Person", "sameAs": "https://x.com/ann"}, ""),
        ("https://x.com/ann", ""),
        ({"@type": "Person", "givenName": "Ann", "familyName": "Lee"}, "Ann Lee"),
    ],
)
def test_authors_of_all_kinds(author, claimant, load):
    assert load(**item(author=author)).claimant == claimant


def test_the_roles_of_two_authors_are_both_kept(load):
    claim = load(**item(author=[{"name": "Ann", "jobTitle": "Cook"}, {"name": "Bob", "jobTitle": "Baker"}]))
    assert (claim.claimant, claim.claimant_role) == ("Ann, Bob", "Cook, Baker")


def test_the_first_appearance_comes_before_others(load):
    claim = load(
        **item(
            firstAppearance={"@type": "CreativeWork", "headline": "A post"},
            appearance=["https://a.org/1", {"name": "A talk", "publisher": "Daily News"}],
        )
    )
    assert (claim.occasion, claim.via) == ("A post", "Daily News")


@pytest.mark.parametrize(("name", "occasion"), [("Parliament", "Parliament"), (REVIEW["claimReviewed"], "")])
def test_the_name_of_the_item_is_where_it_was_said_unless_it_is_the_claim(name, occasion, load):
    assert load(**item(name=name)).occasion == occasion


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ham &amp; eggs</p>", "Ham & eggs"),
        ("It&#8217;s <b>so</b><br/>and&nbsp;so", "It’s so and so"),
        ("10<sup>6</sup> t of H<sub>2</sub>O", "10^6 t of H2O"),
        ("A &lt;b&gt; tag", "A <b> tag"),
        ('<a href="https://a.org/?a=1&b=2">R&D</a> <!-- note -->', "R&D"),
        ("5 < 6 and AT&T, a <b and c", "5 < 6 and AT&T, a <b and c"),
        ("x&region=1 &copy; 2", "x&region=1 © 2"),
    ],
)
def test_html_is_read_as_the_text_it_shows(html, text, load):
    claim = load(claimReviewed=html, reviewBody=html)
    assert (claim.text, claim.status_note) == (text, text)


@pytest.mark.parametrize(
    "html", ["a <script>b</script>", "<del>not</del> so", "<img src=x> so", "List<String>", "<b and c>", "a <![<b> c"]
)
def test_html_that_is_more_than_text_is_refused(html, store, tmp_path):
    message = refusal(store, write_json(tmp_path, {**REVIEW, "claimReviewed": html}))
    assert "Row 1: claimReviewed: holds HTML that is not only text" in message


@pytest.mark.parametrize(
    ("odd", "date"),
    [
        ("2024-02-06T23:59:00-05:00", "2024-02-06"), ("2024-02-06 10:00:00", "2024-02-06"), ("2024/2/6", "2024-02-06"),
        ("6 February 2024", "2024-02-06"), ("Feb. 6th, 2024", "2024-02-06"), ("february 6 2024", "2024-02-06"),
        ("Tue, 06 Feb 2024 10:00:00 GMT", "2024-02-06"), ("Tuesday, February 6, 2024", "2024-02-06"),
        ("6th of September 2024", "2024-09-06"), ("May 2024", "2024-05"), ("2024-02", "2024-02"), (2024, "2024"),
    ],
)  # fmt: skip
def test_a_date_that_can_be_read_in_one_way_is_read(odd, date, load):
    claim = load(datePublished=odd, **item(datePublished=odd))
    assert (claim.said_on, claim.status_on, claim.sources[0].date) == (date, date, date)


@pytest.mark.parametrize(
    "odd",
    [
        "02/06/2024",
        "6.2.2024",
        "06-02-24",
        1707217200,
        "1707217200000",
        "yesterday",
        "2024-02-30T10:00",
        "31 June 2024",
    ],
)
def test_a_date_that_cannot_is_refused_with_row_column_and_value(odd, store, tmp_path):
    message = refusal(store, write_json(tmp_path, [REVIEW, {**REVIEW, **item(datePublished=odd)}]))
    assert "1 bad row. Row 2: said_on: is not a da" in message
    assert f"(got '{iso_date(str(odd))}')" in message


@given(
    st.dates().filter(lambda date: 999 < date.year < 3000),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%Y-%m-%dT00:00Z"]),
)
def test_any_date_written_out_is_that_date(date, form):
    assert iso_date(date.strftime(form)) == date.isoformat()


@given(st.text(alphabet="0123456789/-. TJunemay", max_size=14))
def test_what_is_read_as_a_date_begins_with_its_year(text):
    assert iso_date(text) == text or iso_date(text)[:4] in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"claimReviewed": ["One", "Two"]}, "claimReviewed: holds several texts"),
        ({"claimReviewed": 5}, "claimReviewed: is not text"),
        ({"claimReviewed": True}, "claimReviewed: is not text"),
        ({"claimReviewed": {"name": "x"}}, "claimReviewed: is not text"),
        ({"@type": "Review"}, "@type: is not ClaimReview (got 'Review')"),
        ({"@type": "claimreview"}, "@type: is not ClaimReview"),
        ({"@type": 5}, "@type: is not ClaimReview (got '5')"),
        ({"itemReviewed": "The moon"}, "itemReviewed: is not an object"),
        ({"itemReviewed": {"@type": "Person", "name": "Ann"}}, "itemReviewed: is somebody, not a claim"),
        ({"itemReviewed": [{"author": "Ann"}, {"author": "Bob"}]}, "itemReviewed: holds several"),
        ({"itemReviewed": {"@id": "#claim"}}, "itemReviewed: refers to something that is not in this file"),
        (item(author=5), "author: is neither an object nor a text"),
        (item(author={"name": 5}), "name: is not text"),
        (item(author={"name": ["Ann", "Bob"]}), "name: holds several texts"),
        ({"reviewRating": [{"alternateName": "True"}, {"alternateName": "False"}]}, "reviewRating: holds several"),
        ({"reviewRating": {"alternateName": 3}}, "alternateName: is not text"),
        ({"inLanguage": "English"}, "lang: is not a language code"),
    ],
)
def test_what_cannot_be_read_in_one_way_is_refused(changed, words, store, tmp_path):
    document = {"@graph": [{**REVIEW, **changed}]}
    assert f"Row 1: {words}" in refusal(store, write_json(tmp_path, document))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!doctype html><script type="application/ld+json">{}</script>', "it is a web page, not JSON"),
        ('{"@context": "https://example.org/", "@type": "ClaimReview"}', "its @context is not schema.org"),
        ('{"@type": "ClaimReview", "claimReviewed": "a", "claimReviewed": "b"}', "'claimReviewed' is there twice"),
        ("\0", "it is not JSON"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(text, words, store, tmp_path):
    assert words in refusal(store, write_json(tmp_path, text))


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_says_how_to_read(mark, store, tmp_path):
    encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
    path = tmp_path / "reviews.json"
    path.write_bytes(mark + json.dumps(REVIEW).encode(encoding))
    import_file(store, path)
    assert store.count() == 1


def test_the_explanation_of_the_rating_is_the_note_when_there_is_no_other(load):
    claim = load(reviewRating={"alternateName": "Misattributed", "ratingExplanation": "It was Bob."})
    assert (claim.status_note, claim.attribution, claim.status) == (
        "It was Bob.",
        Attribution.MISATTRIBUTED,
        Status.UNVERIFIED,
    )


def test_a_label_that_is_not_known_takes_back_what_an_earlier_one_said(load):
    assert load().status is Status.REFUTED
    claim = load(reviewRating={"alternateName": "Four Pinocchios"})
    assert (claim.status, claim.original_rating) == (Status.UNVERIFIED, "Four Pinocchios")


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["https://a.org", "<p>", "#a"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["name", "@id", "@type", "@value", "url", "author", "alternateName"]), inner),
    ),
    max_leaves=6,
)


@given(st.sampled_from([*REVIEW, "identifier", "keywords", "citation", "inLanguage"]), json_values)
def test_whatever_stands_in_a_property_the_review_is_read_or_refused(key, value):
    text = json.dumps({"@graph": [{**REVIEW, key: value}, REVIEW]})
    for row in read_reviews(text):
        assert row.values or isinstance(row.problem, BadValue)


def test_a_circle_of_references_ends():
    nodes = [{"@id": "#a", "author": {"@id": "#b"}}, {"@id": "#b", "author": {"@id": "#a"}}]
    assert len(Graph(json.dumps({"@graph": nodes})).document["@graph"]) == 2
