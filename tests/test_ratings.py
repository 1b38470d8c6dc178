"""Other people's ratings: what the table says, and nothing that it does not say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interchange.ratings import RATINGS, label_key, rating_of, scale_of
from bot.model import Attribution, Status

DOC = (Path(__file__).parents[1] / "docs" / "claimreview.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("True", Status.CONFIRMED), ("FALSE.", Status.REFUTED), ("Pants on Fire!", Status.REFUTED),
        ("pants-on-fire", Status.REFUTED), ("Half True", Status.MISLEADING), ("Mixture", Status.MISLEADING),
        ("Unproven", Status.UNVERIFIED), ("Missing context", Status.MISLEADING), ("Falsch", Status.REFUTED),
        ("“Engañoso”", Status.MISLEADING), ("Full Flop", Status.UNVERIFIED),
    ],
)  # fmt: skip
def test_a_known_label_has_a_status_however_it_is_written(label, status):
    rating = rating_of(label)
    assert rating
    assert (rating.status, rating.attribution) == (status, None)


@pytest.mark.parametrize(
    "label",
    ["", "Four Pinocchios", "Not false", "False, but", "Somewhat true", "true or false", "This is not false", "5"],
)
def test_a_label_that_is_not_in_the_table_says_nothing(label):
    assert rating_of(label) is None


def test_labels_about_attribution_say_nothing_of_the_words():
    for label, attribution in (
        ("Correct Attribution", Attribution.QUOTED),
        ("Misattributed", Attribution.MISATTRIBUTED),
    ):
        rating = rating_of(label)
        assert rating
        assert (rating.attribution, rating.status) == (attribution, Status.UNVERIFIED)


def test_no_label_is_there_twice():
    labels = [label for rating in RATINGS for label in rating.each()]
    assert len(labels) == len(set(labels))


@given(st.text(max_size=12))
def test_only_the_labels_of_the_table_are_known(text):
    known = {label for rating in RATINGS for label in rating.each()}
    assert (rating_of(text) is not None) == (label_key(text) in known)


@pytest.mark.parametrize(
    ("numbers", "status"),
    [
        (("5", "5", "1"), Status.CONFIRMED), (("1", "5", "1"), Status.REFUTED), (("3", "5", "1"), Status.UNVERIFIED),
        (("1", "", ""), Status.UNVERIFIED), (("0", "0", "0"), Status.UNVERIFIED), (("1", "1", "5"), Status.UNVERIFIED),
        (("x", "5", "1"), Status.UNVERIFIED), (("nan", "5", "nan"), Status.UNVERIFIED),
        (("10.0", "10", "0"), Status.CONFIRMED),
    ],
)  # fmt: skip
def test_only_the_ends_of_a_whole_scale_say_something(numbers, status):
    label, found = scale_of(*numbers)
    assert found is status
    assert numbers[0] in label


def test_the_documented_table_is_the_table():
    for rating in RATINGS:
        said = f"{rating.status}, {rating.attribution}" if rating.attribution else str(rating.status)
        labels = rating.labels.replace(" | ", ", ")
        assert f"| {labels} | {said} | {rating.reason} |" in DOC
