"""Texts told again nearly word for word, from which the cross-encoder learns that a claim's own words say the same."""

import re

import pytest

from tests.benchmarks.near_copies import NearCopies

CLAIMS = (
    "Bexford council rejected the plan to close the swimming pool on Mill Street.",
    "Bangladesh has never defaulted on its World Bank loans.",
    "Half of the eleven miners were brought out alive on Sunday, according to the owner.",
)


def told(text: str, **options: bool) -> set[str]:
    copies = NearCopies((*CLAIMS, "they reject plans and close pools"))
    return {copies.of(text, "Ann Lee", **options) for _ in range(300)}


def test_a_question_puts_the_verb_first() -> None:
    assert any(text.startswith("Did Bexford council reject the plan") for text in told(CLAIMS[0]))
    assert any(text.startswith("Has Bangladesh never defaulted") for text in told(CLAIMS[1]))


@pytest.mark.parametrize("text", CLAIMS)
def test_most_words_are_the_claims_own(text: str) -> None:
    own = set(re.findall(r"\w+", text.lower()))
    for copy in told(text, less=False):
        words = set(re.findall(r"\w+", copy.lower()))
        assert len(own & words) >= len(own) / 2


def test_a_detail_is_left_out_only_where_that_is_wanted() -> None:
    assert any("mill" not in copy.lower() for copy in told(CLAIMS[0]))
    whole = told(CLAIMS[0], less=False)
    assert sum("street" in copy.lower() for copy in whole) > 0.8 * len(whole)


def test_the_same_seed_tells_the_same() -> None:
    one, other = (NearCopies(CLAIMS, seed=4) for _ in range(2))
    assert [one.of(CLAIMS[2]) for _ in range(20)] == [other.of(CLAIMS[2]) for _ in range(20)]
