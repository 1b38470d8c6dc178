"""Initials in a question stand for the long name that a near claim has."""

import pytest

from bot.ask import Asker
from bot.matching.initials import initials, spelled_out
from bot.model import Claim, Outcome, Wish
from bot.store import Change, Store, Trace

HARBOUR = "The Kelmar Harbour Trust sold its oldest crane for two crowns"
SENATOR = "Senator Oda Brinkman-Tveit skipped the vote on the harbour"


@pytest.mark.parametrize(
    ("sentence", "text", "spelt"),
    [
        ("did KHT sell a crane", HARBOUR, "did Kelmar Harbour Trust sell a crane"),
        ("did kht sell a crane", HARBOUR, "did Kelmar Harbour Trust sell a crane"),
        ("OBT’s vote", SENATOR, "Oda Brinkman Tveit’s vote"),
        ("the eu sold it to the WHO", HARBOUR, "the eu sold it to the WHO"),
        ("DID KHT SELL A CRANE", HARBOUR, "DID KHT SELL A CRANE"),
        ("the key", "The King Edward Yard is closed", "the key"),
        ("did JRQ sign", "John R. Quill signed", "did John R Quill sign"),
    ],
)
def test_initials_are_spelled_out_where_a_name_has_them_and_a_word_is_left_alone(
    sentence: str, text: str, spelt: str
) -> None:
    assert spelled_out(sentence, [text]) == spelt


@pytest.mark.parametrize("wish", [Wish.NEAREST, Wish.OUTCOME])
def test_a_claim_with_a_long_name_is_found_by_its_initials_and_the_question_stays_as_written(
    store: Store, wish: Wish
) -> None:
    others = [
        Claim(f"The {thing} of Velby was painted {colour}") for thing, colour in (("pier", "red"), ("hall", "blue"))
    ]
    claims = [Claim(HARBOUR, external_id="crane"), Claim(SENATOR, external_id="vote"), *others]
    store.save_many([Change(None, claim, "import") for claim in claims], Trace("test", "import"))
    for question in ("did OBT skip the vote on the harbour?", "OBT skipped a vote", "did OBT skip"):
        answer = Asker(store).ask(question, wish=wish)
        assert answer.outcome is Outcome.MATCH
        assert answer.hits[0].claim.external_id == "vote"
        assert answer.question == question
    assert Asker(store).ask("did XYZ skip the vote on the harbour?", wish=wish).outcome is not Outcome.MATCH


def test_the_first_long_name_of_an_outlet_has_initials() -> None:
    assert initials("The Kelmar Harbour Trust") == "kht"
    assert initials("Ann Lee") == ""
