"""Two things in each other's place, with the same words between them or others; the same things in another order."""

import pytest

from bot.matching.conflicts import find_conflicts, read
from tests.benchmarks.turns import Turn, turned, turns, written_turn

TURNED = [
    ("diesel cars outsold electric cars in Ireland in May", "Electric cars outsold diesel cars in Ireland in May"),
    (
        "did Marlow sell the theatre to Finch for 2 million and lease the library to a school",
        "Marlow sold the library to developer Finch for 2 million and leased the theatre to a school",
    ),
    (
        "Marlow paid 9 million for the goalkeeper and 4 million for the striker",
        "Marlow paid 4 million for the goalkeeper and 9 million for the striker",
    ),
    (
        "the motorcyclist overtook the tram and collided with the ambulance",
        "The motorcyclist overtook the ambulance and collided with the tram, whose brakes had been checked",
    ),
]
SAME = [
    (
        "in May electric cars outsold diesel cars in Ireland, is that right?",
        "Electric cars outsold diesel cars in Ireland in May",
    ),
    (
        "so Marlow leased the theatre to a school and sold the library to Finch?",
        "Marlow sold the library to developer Finch for 2 million and leased the theatre to a school",
    ),
    ("did Oslo and Bern sign the treaty in 1990", "Bern and Oslo signed the treaty in 1990"),
    ("was Bern sued by Oslo over the bridge", "Oslo sued Bern over the bridge"),
    ("Cyprus bought howitzers from Serbia", "Serbia sold howitzers to Cyprus"),
    ("petrol is dearer in Oslo than in Bern", "Petrol is cheaper in Bern than in Oslo"),
    ("Xi met Biden in Bali", "It was reported that Biden met Xi in Bali"),
    ("In January Xi met Biden in Bali", "In January Biden met Xi in Bali"),
    ("Xi shook hands with Biden in Bali", "Biden shook hands with Xi in Bali"),
    ("Epic sued Apple over store fees in 2020", "Apple was sued by Epic over store fees in 2020"),
    ("Ben won silver and Anna won gold", "Anna won gold and Ben won silver"),
    (
        "The firm opened its Nice plant in 2021 and its Lyon plant in 2019",
        "The firm opened its Lyon plant in 2019 and its Nice plant in 2021",
    ),
    (
        "the blue team won the league and the red team the cup",
        "The red team won the cup and the blue team the league",
    ),
    ("Italy banned smoking in bars before Spain did", "Before Spain banned smoking in bars, Italy did"),
    ("not Gaza but Aleppo is in the photo", "The photo shows Aleppo, not Gaza"),
]


def told(question: str, record: str) -> set[str]:
    return {c.difference for c in find_conflicts(read(question), read(record)) if "other way round" in c.difference}


@pytest.mark.parametrize(("question", "record"), TURNED)
def test_two_things_in_each_others_place_are_named(question: str, record: str) -> None:
    assert told(question, record)


@pytest.mark.parametrize(("question", "record"), SAME)
def test_the_same_things_in_another_order_are_no_difference(question: str, record: str) -> None:
    assert not told(question, record)


def test_what_is_named_are_the_two_that_changed_places() -> None:
    (said,) = told("Lahore shot down a drone over Pakistan", "Pakistan shot down a drone over Lahore")
    assert said == "on record Pakistan and Lahore are the other way round"


def test_a_turn_is_found_between_a_wording_and_its_conflict_and_made_in_other_texts() -> None:
    turn = written_turn("Oslo sued Bern over the bridge", "Bern sued Oslo over the bridge")
    assert turn == Turn("oslo", "bern")
    assert turn.on("was Bern taken to court by Oslo?") == "was Oslo taken to court by Bern?"
    assert turn.on("Oslo went to court") is None
    assert turn.on("Oslo, Oslo and Bern") is None


def test_a_list_and_things_of_different_sorts_are_not_turned() -> None:
    role = [("role", "nobody did it")]
    assert not turns("Oslo and Bern sued the bank", [], role)
    assert not turns("Oslo sued Jane Smith", [], role)
    assert turns("Oslo sued Bern", [], role) == [Turn("Oslo", "Bern")]
    assert not turns("Oslo sued Bern", [], [("date", "Oslo will sue Bern")])
    assert turns("Oslo paid 12 of 40 fines in 2019", [], []) == [Turn("12", "40")]


def test_a_claim_and_its_wordings_are_turned() -> None:
    texts = [now for now, _ in turned("Oslo sued Bern", ["did Oslo take Bern to court?"], [("role", "Bern sued Oslo")])]
    assert texts == ["Bern sued Oslo", "did Bern take Oslo to court?"]
