"""The close reading: word pieces, the small transformer, and how much of it one message gets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.cross_encoder import MOST_PIECES, MOST_READ, Opinion, Reader, claim_side, learned_encoder
from bot.matching.wordpieces import END, START, UNKNOWN, pieces

CLAIM = "Vaccines do not cause autism"


def read(question: str, claim: str) -> Opinion:
    found = Reader().opinion(question, claim)
    assert found is not None
    return found


def test_a_known_word_is_one_piece_and_an_unknown_one_several() -> None:
    assert len(pieces("missile", 10)) == 1
    assert len(pieces("Bolvinov", 10)) > 1


def test_pieces_do_not_depend_on_capitals_accents_or_script() -> None:
    assert pieces("Kharkiv café", 10) == pieces("kharkiv cafe", 10)
    assert pieces("Болвінов", 10) == pieces("Bolvinov", 10)


def test_a_word_too_long_to_be_one_is_unknown() -> None:
    assert pieces("x" * 5_000, 10) == [UNKNOWN]


@given(st.text(max_size=200), st.integers(0, 50))
def test_any_text_has_pieces_that_the_network_knows_and_no_more_than_asked_for(text: str, most: int) -> None:
    found = pieces(text, most)
    assert len(found) <= most
    assert all(UNKNOWN <= number < len(learned_encoder().words) for number in found)
    assert START not in found
    assert END not in found


@pytest.mark.parametrize("question", ["", "did vaccines cause it?", "🚀" * 100, "a" * 10_000, "\n".join("word" * 50)])
def test_an_opinion_is_three_probabilities_whatever_is_read(question: str) -> None:
    found = read(question, CLAIM)
    assert sum(found) == pytest.approx(1, abs=1e-5)
    assert all(0 <= chance <= 1 for chance in found)


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("so is it legit that the town hall said no to a skate park?", True),
        ("the council approved the new skate park", False),
        ("the skate park was rejected by the school board", False),
    ],
)
def test_other_words_for_the_same_and_another_deed_are_told_apart(question: str, same: bool) -> None:
    assert (read(question, "The council rejected the new skate park").same > 0.5) is same


def test_who_made_a_claim_is_read_with_it() -> None:
    assert claim_side("It rains", "Ann Lee", "mayor") == "Ann Lee, mayor: It rains"
    assert claim_side("It rains") == "It rains"


def test_reading_a_pair_again_costs_nothing_and_a_message_gets_so_much_and_no_more() -> None:
    reader, long = Reader(), "one two three four five six seven eight nine ten " * 10
    first = reader.opinion(long, CLAIM)
    assert first is not None
    read_in = [reader.opinion(long, f"{CLAIM} {at}") for at in range(20)]
    assert sum(found is not None for found in read_in) < MOST_READ / MOST_PIECES
    assert read_in[-1] is None
    assert reader.opinion(long, CLAIM) == first


def test_the_order_of_what_was_read_before_does_not_matter() -> None:
    pairs = [("did it rain", "It rained"), ("who won", "Ann won")]
    one, two = Reader(), Reader()
    forward = [one.opinion(*pair) for pair in pairs]
    backward = [two.opinion(*pair) for pair in reversed(pairs)]
    assert forward == backward[::-1]


def test_the_network_reads_a_known_pair_as_it_did_when_it_was_made() -> None:
    model = learned_encoder()
    rows = model.encoded([START, *pieces("it rains", 9), END, *pieces("it rained", 9), END], 4)
    assert rows.shape == (len(pieces("it rains it rained", 9)) + 3, model.places.shape[1])
    assert np.isfinite(rows).all()
