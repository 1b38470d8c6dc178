"""Questions for what somebody said, and for what is among claims of what will be."""

import pytest

from bot.ask import Asker
from bot.model import Outcome


@pytest.mark.parametrize(
    ("question", "claimant"),
    [
        ("Which claims did Business Insider make?", "Business Insider"),
        ("show me the claims made by john kirby", "John Kirby"),
        ("Kirby's statements of January 4th, what were they?", "John Kirby"),
        ("kirbys remarks of january 4th?", "John Kirby"),
        ("robert wood feb 6 statements?", "Robert Wood"),
        ("could you tell me what that mr wood from the united states said on february 6th", "Robert Wood"),
    ],
)
def test_what_somebody_said_may_be_asked_for_in_many_ways(question: str, claimant: str, starter: Asker) -> None:
    answer = starter.ask(question)
    assert answer.outcome is Outcome.AMBIGUOUS
    assert {hit.claim.claimant for hit in answer.hits} == {claimant}


@pytest.mark.parametrize(
    "said",
    [
        "Kirby claims missiles on 4 January",
        "remarks",
        "claims Kirby lies",
        "Kirby made no claims",
        "US claims",
        "forecast January",
    ],
)
def test_what_somebody_claims_asks_for_no_list(said: str, starter: Asker) -> None:
    assert starter.ask(said).outcome is not Outcome.AMBIGUOUS


@pytest.mark.parametrize(
    "said", ["Hwang made no claims", "did Hwang make no claims?", "Hwang's false claims", "police claims"]
)
def test_what_is_said_of_claims_is_no_question_for_them(said: str, starter: Asker) -> None:
    assert starter.ask(said).outcome is Outcome.NONE


def test_both_adds_nothing_to_two_that_are_named(starter: Asker) -> None:
    answer = starter.ask("Both Russia and the DPRK must be held accountable for their actions.")
    assert answer.outcome is Outcome.MATCH


@pytest.mark.parametrize(
    "question",
    ["did russia use north korean missiles against ukraine", "Has Russia used North Korean missiles in Ukraine?"],
)
def test_a_claim_of_what_will_be_gives_way_to_one_of_what_is(question: str, starter: Asker) -> None:
    answer = starter.ask(question)
    assert answer.outcome is Outcome.MATCH
    assert answer.hits[0].claim.external_id != "kirby-forecast"
