"""schema.org ClaimReview.

Our own come back exactly, other people's as far as they go, the rest is refused.
"""

import json

import pytest

from bot.errors import Refused
from bot.interchange.claimreview import review_of
from bot.interchange.exporting import export_file
from bot.interchange.importing import import_file
from bot.interchange.reviews import read_reviews
from bot.model import Claim, Source, Status
from bot.store import Change, Store, Trace

THEIRS = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.org/moon",
    "datePublished": "2016-06-22T10:00:00Z",
    "author": {"@type": "Organization", "name": "Checkers"},
    "claimReviewed": "The moon is made of cheese",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ann Example", "jobTitle": "Cook"},
        "datePublished": "2016-06-20",
        "appearance": {"@type": "NewsArticle", "name": "A talk", "publisher": {"name": "Daily News"}},
    },
    "reviewRating": {"@type": "Rating", "ratingValue": "1", "bestRating": "5", "alternateName": "False"},
}


def load(store, tmp_path, document, **options):
    path = tmp_path / "reviews.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    import_file(store, path, **options)
    return store.claims()


def test_a_review_by_others_is_read_as_far_as_it_goes(store, tmp_path):
    (claim,) = load(store, tmp_path, THEIRS)
    assert (claim.text, claim.claimant, claim.claimant_role) == (
        THEIRS["claimReviewed"],
        "Ann Example",
        "Cook",
    )
    assert (claim.said_on, claim.occasion, claim.via) == ("2016-06-20", "A talk", "Daily News")
    assert (claim.status, claim.original_rating, claim.status_on) == (Status.REFUTED, "False", "2016-06-22")
    assert claim.sources == (Source("", "Checkers", "https://checkers.org/moon", "2016-06-22"),)


def test_a_rating_that_we_do_not_know_is_kept_and_not_guessed(store, tmp_path):
    (claim,) = load(store, tmp_path, {**THEIRS, "reviewRating": {"alternateName": "Four Pinocchios"}})
    assert (claim.status, claim.original_rating) == (Status.UNVERIFIED, "Four Pinocchios")


def test_a_review_by_others_leaves_alone_what_it_cannot_say(store, tmp_path):
    known = Claim("The moon is made of cheese", "m", claimant="Ann Example", said_on="2016-06-20", tags=("moon",))
    store.save(None, known, Trace("me", "test"))
    (claim,) = load(store, tmp_path, THEIRS)
    assert (claim.external_id, claim.tags, claim.occasion) == ("m", ("moon",), "A talk")


@pytest.mark.parametrize(
    "document",
    [
        THEIRS,
        [THEIRS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, THEIRS]},
        {**THEIRS, "@type": ["Review", "https://schema.org/ClaimReview"]},
    ],
)
def test_one_review_an_array_and_a_graph_are_read(document, store, tmp_path):
    assert [claim.text for claim in load(store, tmp_path, document)] == ["The moon is made of cheese"]


def test_a_reference_within_the_graph_is_followed(store, tmp_path):
    review = {
        **THEIRS,
        "author": {"@id": "#us"},
        "itemReviewed": {"author": [{"@id": "#ann"}, {"name": "Bob"}]},
    }
    people = [{"@id": "#us", "name": "Checkers"}, {"@id": "#ann", "@type": "Person", "name": "Ann"}]
    (claim,) = load(store, tmp_path, {"@graph": [*people, review]})
    assert (claim.claimant, claim.sources[0].publisher) == ("Ann, Bob", "Checkers")


def test_values_may_be_written_in_the_ways_of_json_ld(store, tmp_path):
    odd = {
        **THEIRS,
        "identifier": "id-1",
        "claimReviewed": {"@value": "It is so", "@language": "en"},
        "keywords": "Moon, Cheese",
        "inLanguage": {"@type": "Language", "alternateName": "uk"},
        "citation": ["https://a.org/1", "A book", {"@type": "Book", "name": "Another"}],
        "itemReviewed": [{"author": "Ann"}],
    }
    (claim,) = load(store, tmp_path, odd)
    assert (claim.text, claim.claimant, claim.external_id) == ("It is so", "Ann", "id-1")
    assert (claim.tags, claim.lang) == (("moon", "cheese"), "uk")
    assert claim.sources[1:] == (
        Source(url="https://a.org/1"),
        Source(title="A book"),
        Source(title="Another"),
    )


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ({"@graph": [{"@type": "WebPage"}]}, "holds no ClaimReview"),
        ([THEIRS, {"@type": "Article"}], "Row 2: @type: is not ClaimReview (got 'Article')"),
        ([THEIRS, 5], "Row 2: item: is not a JSON object (got '5')"),
        ({"@graph": [THEIRS, "x"]}, "Row 2: item: is not a JSON object"),
        ({**THEIRS, "claimReviewed": None}, "text: is"),
        ({**THEIRS, "claimReviewed": {"x": 1}}, "claimReviewed: is not text"),
        ({**THEIRS, "url": "http://checkers.org"}, "source_url: must begin with https://"),
        ({**THEIRS, "datePublished": "22 June"}, "status_on: is not a date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(document, words, store, tmp_path):
    with pytest.raises(Refused) as caught:
        load(store, tmp_path, document)
    assert words in caught.value.message
    assert store.claims() == []


def test_an_empty_file_of_ours_holds_no_claims(store, tmp_path):
    export_file(store, tmp_path / "empty.json")
    assert read_reviews((tmp_path / "empty.json").read_text()) == []


def test_our_review_says_in_common_words_what_it_can():
    claim = Claim(
        "It is so",
        "a",
        claimant="Ann",
        status=Status.DISPUTED,
        status_note="Why",
        status_on="2024",
        tags=("x",),
    )
    review = review_of(claim)
    assert (review["claimReviewed"], review["reviewBody"], review["keywords"]) == ("It is so", "Why", ["x"])
    assert review["reviewRating"]["alternateName"] == "disputed"
    assert review["itemReviewed"] == {"@type": "Claim", "author": {"name": "Ann"}}
    assert "citation" not in review


def test_where_a_claim_was_made_and_who_carried_it_are_two_appearances():
    item = review_of(Claim("It is so", "a", occasion="A talk", via="AP"))["itemReviewed"]
    assert item["firstAppearance"] == {"@type": "CreativeWork", "name": "A talk"}
    assert item["appearance"] == {"@type": "CreativeWork", "publisher": {"@type": "Organization", "name": "AP"}}


def ours_with(*identifiers):
    review = review_of(Claim("It is so", "a", via="AP"))
    made = [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in identifiers]
    return {**review, "identifier": [*review["identifier"], *made]}


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        (("factbot:status", "refuted"), "status: is there twice"),
        (("factbot:statos", "refuted"), "did you mean 'status'"),
        (("factbot:never_phrasings", 5), "never_phrasings: is not text"),
    ],
)
def test_our_own_identifiers_that_say_two_things_or_nothing_are_refused(identifier, words, store, tmp_path):
    with pytest.raises(Refused, match=words):
        load(store, tmp_path, ours_with(identifier))


def test_an_identifier_of_others_with_a_name_of_ours_is_not_ours(store, tmp_path):
    theirs = {**THEIRS, "identifier": [{"propertyID": "status", "value": "confirmed"}, {"propertyID": "x", "value": 7}]}
    (claim,) = load(store, tmp_path, theirs)
    assert claim.status is Status.REFUTED


def test_our_own_texts_are_not_read_as_html(store, tmp_path):
    claim = Claim("5 &lt; 6 &amp; <b>so</b>", "a", phrasings=("<p>",), status_note="&nbsp;", original_rating="<i>")
    store.save(None, claim, Trace("me", "test"))
    export_file(store, tmp_path / "ours.json")
    with Store.in_memory() as other:
        import_file(other, tmp_path / "ours.json")
        assert other.claims() == [claim]


def test_our_review_clears_what_it_does_not_say(store, tmp_path):
    bare = Claim("It is so", "a")
    path = tmp_path / "ours.json"
    with Store.in_memory() as other:
        other.save(None, bare, Trace("me", "test"))
        export_file(other, path)
    full = Claim("It is so", "a", via="AP", tags=("x",), never_phrasings=("n",), sources=(Source(title="t"),))
    store.save_many([Change(None, full)], Trace("me", "test"))
    import_file(store, path)
    assert store.claims() == [bare]
