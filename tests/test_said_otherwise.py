"""The same said otherwise is no difference: numbers in other forms, comparisons and events told from the other end."""

import pytest

from bot.matching.conflicts import find_conflicts, read
from bot.matching.cross_encoder import claim_side
from bot.matching.spelling import mended
from bot.matching.words import keys

PLAIN = 0.5
"""Strength from which a difference counts."""


def differences(question: str, record: str) -> set[str]:
    return {one.kind for one in find_conflicts(read(question), read(record)) if one.strength >= PLAIN}


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("rents in varland rose 7,5 percent", "Rents in Varland rose 7.5 percent"),
        ("Do three of Kelmar's eight dams leak?", "Three of its eight dams leak, the Kelmar board said"),
        ("only 9 outta 40 ferries were on time", "Only nine of the 40 ferries were on time"),
        ("Of 50 trams that came late, 12 were new", "12 of the 50 trams that came late were new"),
        ("88 percent of the lifts in Oslo do not work", "12 percent of the lifts in Oslo work"),
        ("somebody aged 71 swam the lake", "The 71-year-old swam the lake"),
        ("a child of nine won the chess cup", "A nine-year-old won the chess cup"),
        ("the bank cut its rate by 0.5 points", "The bank cut its rate by half a percentage point"),
        ("a ticket for the ferry costs 85 cents", "A ticket for the ferry costs 0.85 euros"),
        ("the reservoir holds 9m m³ of water", "The reservoir holds nine million cubic metres of water"),
        ("the clerk has 4 mil stolen from the fund", "The clerk stole $4 million from the fund"),
        ("A baby aged 6 months swam", "A 6-month-old baby swam"),
        ("On May 5,12 people left Velby", "On May 5, 12 people left Velby"),
        ("Rates rose half a percentage point", "Rates rose 0.5 percentage points"),
        ("half of the buses are over twenty years old", "Half of the buses are older than 20 years"),
        ("lindt lost to the world no. 3 in straight sets", "Lindt lost to the world number three in straight sets"),
    ],
)
def test_a_number_told_in_another_form_is_the_same_number(question: str, record: str) -> None:
    assert not differences(question, record) & {"number", "amount", "negation"}


@pytest.mark.parametrize(
    ("kind", "question", "record"),
    [
        ("amount", "rents in varland rose 5,7 percent", "Rents in Varland rose 7.5 percent"),
        ("amount", "88 percent of the lifts in Oslo work", "12 percent of the lifts in Oslo work"),
        ("amount", "a ticket for the ferry costs 58 cents", "A ticket for the ferry costs 0.85 euros"),
        ("amount", "4 million clerks left the fund", "The fund lost $4 million when it sold its clerks' homes"),
        ("negation", "no 3 ferries sank in May", "Three ferries sank in May"),
        ("negation", "There's no 10 percent tax on boats", "There's a 10 percent tax on boats"),
        ("negation", "Turnout was not 60 percent", "Turnout was 40 percent"),
        ("negation", "Rents did not fall to 5%", "Rents fell to 95%"),
        ("amount", "70% of Velby wants the dam", "30% of Velby wants the dam, and the council has not decided"),
        ("amount", "the harbour sold 500 boats", "The harbour sold boats for 500 dollars"),
        ("amount", "40 people fined in Velby", "40 dollars fined in Velby"),
        ("amount", "50 guards left and 100 were hurt", "50% of the guards left"),
        ("amount", "50% of Velby wants the dam", "60% of Velby wants the dam, by a survey of 500 men and 1,000 women"),
        ("amount", "The fee is 50 cents", "The fee is 0.5 yen"),
        ("amount", "A baby aged 6 months swam", "A 6-year-old baby swam"),
        ("number", "More than 500 people were not saved", "500 people were not saved"),
    ],
)
def test_another_number_in_another_form_is_a_difference(kind: str, question: str, record: str) -> None:
    assert kind in differences(question, record)


@pytest.mark.parametrize(
    ("same", "question", "record"),
    [
        (True, "Does Norheim export less fish than Velby?", "Velby exports more fish than Norheim"),
        (True, "norheim had fewer visitors than velby had", "Velby has had more visitors than Norheim"),
        (False, "Does Norheim export more fish than Velby?", "Velby exports more fish than Norheim"),
        (False, "Does Velby export less fish than Norheim?", "Velby exports more fish than Norheim"),
    ],
)
def test_a_comparison_turned_round_says_the_same_with_the_opposite_word_only(
    same: bool, question: str, record: str
) -> None:
    assert (differences(question, record) == set()) is same


LEFT = "The minister left the country before the court opened the case"


@pytest.mark.parametrize(
    ("same", "question", "record"),
    [
        (True, "Did the court open the case only after the minister left the country?", LEFT),
        (True, "After the minister left the country, did the court open the case?", LEFT),
        (False, "Did the court open the case before the minister left the country?", LEFT),
        (False, "the minister left the country after the court opened the case", LEFT),
        (False, "Norheim joined the league before Velby", "Velby joined the league before Norheim"),
        (True, "Norheim joined the league after Velby", "Velby joined the league before Norheim"),
        (False, "The mayor was fired before the report came out", "The report came out before the mayor was fired"),
        (
            True,
            "Anna Lindt of Velby renamed the mill after Oslo",
            "The mill in Oslo was renamed after Anna Lindt of Velby",
        ),
        (
            True,
            "boats began to come to Velby soon after the fair",
            "Shortly after the fair boats began to come to Velby",
        ),
        (
            True,
            "Did Lindt leave Velby after the mayor cut the aid?",
            "Lindt left Velby, as the mayor cut aid after a storm",
        ),
        (True, "police came to Velby, and hours before that he fled", "He fled Velby hours before police came"),
        (True, "Lindt was jailed after the trip by a court in Velby", "A court in Velby jailed Lindt after the trip"),
    ],
)
def test_what_came_first_stays_first_whichever_of_before_and_after_says_so(
    same: bool, question: str, record: str
) -> None:
    assert (differences(question, record) & {"order", "antonym"} == set()) is same


@pytest.mark.parametrize(
    ("same", "question", "record"),
    [
        (
            True,
            "Were 9 of the 12 boats that Velby sent stopped by Norheim?",
            "Norheim stopped 9 of 12 boats sent by Velby",
        ),
        (
            True,
            "Was a repeat of 'Ash, Ann' announced by Velby TV?",
            "Velby TV announced that they were repeating 'Ash, Ann'",
        ),
        (True, "Is the Norheim council quietly being paid by Velby?", "Velby is quietly paying the council of Norheim"),
        (False, "Velby stopped the boats of Norheim", "Norheim stopped the boats of Velby"),
        (False, "Velby was attacked with armed boats by Norheim", "Velby attacked Norheim with armed boats"),
    ],
)
def test_who_did_it_is_the_same_in_the_passive_and_with_an_adverb(same: bool, question: str, record: str) -> None:
    assert ("direction" not in differences(question, record)) is same


@pytest.mark.parametrize(
    ("same", "question", "record"),
    [
        (True, "were all the crew of the ferry saved?", "All 14 crew of the ferry were saved"),
        (True, "was her second book, unlike the first, a success?", "Her second book sold, unlike her first book"),
        (True, "forty euros of every hundred go to schools in Velby", "40 percent of the euros of Velby go to schools"),
        (True, "do the whales call each other by name?", "The whales call one another by name"),
        (True, "prices doubled in 24 months", "Prices doubled in two years"),
        (False, "prices doubled in two months", "Prices doubled in two years"),
        (False, "were all the crew of the ferry saved?", "14 crew of the ferry were saved"),
        (False, "all boats sank", "All 12 boats but one sank"),
        (False, "All boats in Velby sank", "All boats in Oslo were saved, 40 boats in Velby sank"),
        (False, "was her second book a success?", "Her first book was a success"),
    ],
)
def test_how_many_of_them_is_compared_by_what_is_counted(same: bool, question: str, record: str) -> None:
    assert (differences(question, record) & {"scope", "antonym", "amount"} == set()) is same


def test_rows_of_numbers_are_no_decimals() -> None:
    assert keys("tracks 1,2,3 and 4,500 fans") == ("track", "1", "2", "3", "and", "4500", "fan")
    assert keys("61,5 %") == keys("61.5 %")


def test_long_numbers_are_put_to_the_close_reading_as_the_claim_writes_them() -> None:
    claim = claim_side("Velby lost 4,000 of its 85,000 trees")
    assert (
        mended("did velby lose 4000 of 85000 trees in 2024?", claim) == "did velby lose 4,000 of 85,000 trees in 2024?"
    )
    assert mended("4000.5 or 40001", claim) == "4000.5 or 40001"


def test_who_halves_something_does_not_double_it() -> None:
    assert "antonym" in differences("does it halve the risk", "It doubles the risk")
    assert "antonym" in differences("sleep halves your risk of dementia", "Sleep doubles the risk of dementia")
    assert "antonym" not in differences("in both halves the team scored", "The team doubled its score in both halves")
