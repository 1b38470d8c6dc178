"""Offices a step away, the two ends of a change, and what only seems so or is only under way."""

import pytest

from bot.matching.conflicts import find_conflicts, read

OTHER = [
    ("name", "did the president open the tram line", "The vice president opened the tram line"),
    ("name", "the finance minister quit over the leak", "The deputy finance minister quit over the leak"),
    ("name", "the acting mayor opened the fair", "The mayor opened the fair"),
    ("name", "parliament approved the rent bill", "A parliamentary committee approved the rent bill"),
    ("amount", "unemployment fell two percent", "Unemployment fell by two percentage points"),
    ("direction", "the ferry was going from Lindholm to Maro", "The ferry was sailing from Maro to Lindholm"),
    ("direction", "sales went from 90,000 down to 60,000", "Sales rose to 90,000 from 60,000"),
    ("direction", "the city replaced its trams with diesel buses", "The city replaced its diesel buses with trams"),
    ("direction", "did buses replace the trams in the city", "The city replaced its buses with trams"),
    ("scope", "lots of residents voted in the bypass referendum", "Few residents voted in the bypass referendum"),
    ("modality", "scientists proved the algae came with ships", "Scientists suspect that the algae came with ships"),
    ("modality", "the firm sold its chocolate unit", "The firm is in talks to sell its chocolate unit"),
]
SAME = [
    ("was it the vice president who opened the tram line", "The vice president opened the tram line"),
    ("a parliamentary committee approved it", "A parliamentary committee approved it"),
    ("the ferry from Maro to Lindholm caught fire", "The ferry was sailing from Maro to Lindholm when it caught fire"),
    ("e-bikes went from 60,000 to 90,000 sales", "Sales of e-bikes rose to 90,000 from 60,000"),
    ("did trams replace the diesel buses in the city", "The city replaced its diesel buses with trams"),
    ("the diesel buses were replaced by trams", "The city replaced its diesel buses with trams"),
    ("a few residents voted", "Some residents voted"),
    ("a boy climbed the tower with no ropes", "A boy climbed the tower without ropes"),
    ("the clinic treats 400 patients every week", "The clinic treats 400 patients a week"),
    ("the rent in Lorne is 1100 a month", "The rent in Lorne is 1,100 euros a month"),
    ("the storm was a cat 3 when it came ashore", "The storm was a category 3 when it made landfall"),
    ("no one got hurt when the crane collapsed", "Nobody was injured when the crane collapsed"),
]


def told(question: str, record: str) -> set[str]:
    return {c.kind for c in find_conflicts(read(question), read(record)) if c.strength >= 0.5}


@pytest.mark.parametrize(("kind", "question", "record"), OTHER)
def test_an_office_an_end_or_a_hedge_that_is_another_is_named(kind: str, question: str, record: str) -> None:
    assert kind in told(question, record)


@pytest.mark.parametrize(("question", "record"), SAME)
def test_the_same_office_ends_or_amount_said_otherwise_is_no_difference(question: str, record: str) -> None:
    assert not told(question, record)


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("did israel sue norway", "Norway filed a border case against Israel"),
        ("israel took norway to court", "Norway filed a lawsuit against Israel"),
        ("kelmar never scrapped the smoking ban", "Kelmar repealed its smoking ban in May"),
        ("kelmar voted yes on letting bases in", "Voters in Kelmar rejected letting bases in"),
        ("did the president sign the pill law", "The president vetoed the pill law"),
    ],
)
def test_a_suit_or_a_vote_the_other_way_is_another_matter(question: str, record: str) -> None:
    assert told(question, record)


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("norway took israel to court", "Norway filed a border case against Israel"),
        ("norway is suing israel", "Norway is taking Israel to court"),
        ("kelmar scrapped the smoking ban", "Kelmar repealed its smoking ban"),
    ],
)
def test_a_suit_or_a_ban_said_otherwise_is_the_same(question: str, record: str) -> None:
    assert not told(question, record)
