"""Differences that once were seen where there are none, each beside what is still one."""

import pytest

from bot.matching.conflicts import read, stranger_conflicts
from tests.conflicting import conflicts


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("elon said", "Elon Musk"),
        ("pcg says", "Philippine Coast Guard"),
        ("does the usda say", "US Department of Agriculture"),
    ],
)
def test_a_claimant_may_be_told_by_one_name_or_initials(said: str, claimant: str) -> None:
    assert (
        conflicts(f"{said} the boats were hit by water cannon", "The boats were hit by water cannon", claimant=claimant)
        == []
    )


def test_a_number_on_record_of_another_time_is_no_sure_contradiction() -> None:
    record = "Burglaries in Hexley rose from 20 in January to 30 in February"
    found = conflicts("Is it correct that Hexley recorded 30 burglaries in February?", record)
    assert [conflict.strength < 0.75 for conflict in found] == [True]
    assert conflicts("Is it correct that Hexley recorded 50 burglaries in February?", record)[0].strength > 0.75


def test_a_claimant_who_predicts_stands_in_nobodys_place() -> None:
    record = "the US expects Russia to fire additional missiles at civilian infrastructure"
    question = "Did Kirby predict that Russia will fire more missiles at civilian infrastructure?"
    assert conflicts(question, record, claimant="John Kirby", around="US spokesman") == []


def test_an_adverb_is_nothing_that_a_country_owns() -> None:
    record = "North Korea recently provided Russia with ballistic missile launchers"
    assert conflicts("Was Russia recently supplied with ballistic missile launchers by North Korea?", record) == []


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("Five tanks destroyed in a Ukrainian attack", "Ukraine destroyed five tanks in an attack"),
        ("more than two missiles hit Kyiv", "three missiles hit Kyiv"),
        ("Did Moscow use ballistic missiles on Ukraine?", "Russia fired North Korean ballistic missiles at Ukraine"),
        (
            "Will Russia use further missiles to kill civilians?",
            "Russia will use additional missiles to kill civilians",
        ),
        ("a half-point drop in inflation", "a drop in inflation of 0.5 points"),
        ("the embassy hasnt paid its 2.3 mil rent", "The embassy has not paid its rent of 2.3 million euros"),
        ("a half a per cent rise", "a rise of 0.5 percent"),
        ("The coroner said he in all probability died at 2", "The coroner said he most probably died at 2"),
    ],
)
def test_what_was_taken_for_a_difference_once(question: str, record: str) -> None:
    assert conflicts(question, record) == []


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("China's only ally is Russia", "Russia's only ally is China"),
        ("Did Turkish supply ships sail for Greece?", "Greek supply ships sailed for Turkey"),
        ("Did the company sell 4.5m cars in Peru?", "The company sold $4.5m of cars in Peru"),
        ("more than two missiles hit Kyiv", "less than three missiles hit Kyiv"),
        ("a three-quarter-point hike of the rate", "a quarter-point hike of the rate"),
        ("one in 2000 people gets it", "one in 20 people gets it"),
        ("Iran helped in the attack on Israel", "Israel helped in the attack on Iran"),
        ("All told investigators they saw the fire", "Two of the witnesses told investigators they saw the fire"),
        ("did the new bill be signed by Law", "Biden signed the new bill"),
    ],
)
def test_what_is_still_a_difference(question: str, record: str) -> None:
    assert conflicts(question, record)


@pytest.mark.parametrize("text", ["the two leaders met", "they held two-way talks"])
def test_a_two_that_points_back_counts_nothing_new(text: str) -> None:
    record = read("Ann Lee and Bob Ray met in 2023 on at least nine occasions")
    assert stranger_conflicts(read(text), record) == []
    assert stranger_conflicts(read("two leaders met"), record)
