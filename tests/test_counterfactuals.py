"""Pairs made by exchanging words: a question stands with a claim that says so, and with one that does not."""

import random

from tests.benchmarks.counterfactuals import ASKED, Exchange, exchange, exchanged, varied

CLAIM = "The council voted 27 to 14 to close the Marsh Lane tip."
OTHER = "The council voted 21 to 20 to close the Marsh Lane tip."


def test_the_one_run_of_words_in_which_two_texts_differ_is_found() -> None:
    assert exchange(CLAIM, OTHER) == Exchange("27 to 14", "21 to 20")
    assert exchange("Ann Lee sold the tip on Monday", "Bo Lee sold the tip on Friday") is None  # too far apart
    assert exchange(CLAIM, CLAIM) is None


def test_an_exchange_keeps_the_rest_of_a_text_and_needs_one_place() -> None:
    swap = Exchange("north", "south")
    assert swap.on("Did it come from the North?") == "Did it come from the south?"
    assert swap.on("north of the north") is None
    assert swap.on("a northern town") is None


def test_each_question_stands_with_a_claim_that_says_the_same_and_with_one_that_does_not() -> None:
    same = ["did they vote 27 to 14 on the tip?"]
    written = [(OTHER, CLAIM, False), *((asked, CLAIM, True) for asked in same)]
    pairs = [*written, *exchanged(CLAIM, same, [OTHER])]
    for question in {question for question, _, _ in pairs}:
        assert {alike for asked, _, alike in pairs if asked == question} == {True, False}
    assert ("did they vote 21 to 20 on the tip?", OTHER, True) in pairs
    assert ("did they vote 27 to 14 on the tip?", OTHER, False) in pairs


def test_a_question_that_leaves_open_what_was_exchanged_is_answered_by_both_claims() -> None:
    asked = "how did the council vote on the tip?"
    assert (asked, OTHER, True) in exchanged(CLAIM, [], [OTHER], [asked])
    assert not [one for one in exchanged(CLAIM, [], [OTHER], ["was it 27 votes?"]) if one[0] == "was it 27 votes?"]


def test_a_text_typed_in_another_way_still_says_what_it_said() -> None:
    rng = random.Random(1)
    for text in (CLAIM, "did they close it?"):
        for _ in range(40):
            assert text.rstrip(".?") in varied(text, rng)
    assert all("{}" in way for way in ASKED)
