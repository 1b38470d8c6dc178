"""The second for the first of its kind, until for from, what a thing contains, what was only considered."""

import pytest

from bot.matching.conflicts import find_conflicts, read

OTHER = [
    ("antonym", "was the current coach hired by Rovers", "The former coach was hired by Rovers"),
    ("direction", "farmers are suing a seed firm in the valley", "Farmers in the valley are being sued by a seed firm"),
    ("direction", "robots taught by teachers improved", "Teachers taught by robots improved"),
    ("scope", "the hottest june since records began?", "It was the second-hottest June since records began"),
    ("scope", "Lumo is the biggest phone maker", "Lumo is the third largest phone maker"),
    ("scope", "was it the years most watched film", "The film was the year's second most watched"),
    ("scope", "the first ever strike at the plant", "It is the first strike at the plant since 1998"),
    ("direction", "the museum is closed from march", "The museum is closed until March"),
    ("direction", "the refund is to be paid after 14 days", "The refund must be paid within 14 days"),
    ("direction", "the pill is available without a prescription", "The pill is available only on prescription"),
    ("negation", "the senator endorsed the candidate", "The senator stopped short of endorsing the candidate"),
    ("negation", "the vaccine has mercury in it", "The vaccine does not contain mercury"),
    ("negation", "there is strong evidence that the diet works", "There is little evidence that the diet works"),
    ("modality", "it's official, Mira plays the queen", "Mira is rumoured to play the queen"),
    ("modality", "the minister banned vapes", "The minister considered banning vapes"),
    ("antonym", "the right wing party won the most seats", "The left-wing party won the most seats"),
    ("amount", "the key rate stands at 0.5%", "The key rate stands at -0.5%"),
    ("amount", "is the key rate -0.5 percent", "The key rate is 0.5 percent"),
    ("amount", "power in Texas was priced at £37 on Monday", "Power in Texas was priced at -£37 on Monday"),
    ("amount", "oil traded at $37 a barrel in April", "Oil traded at minus $37 a barrel in April"),
    ("amount", "the key rate stands at 0.5% since May", "The key rate stands at “-0.5%” since May"),
    ("amount", "the rate is -0.50%", "The rate is 0.5%"),
    ("amount", "it was minus 5 in Oslo on Monday", "It was 5 degrees in Oslo on Monday"),
    ("amount", "it was 5 degrees in Oslo on Monday", "It was five degrees below zero in Oslo on Monday"),
    ("amount", "up to 30 inches of snow in bits of Tyrol", "Up to 30 centimetres of snow fell in parts of Tyrol"),
]
SAME = [
    ("the key rate is minus 0.5 %", "The key rate is -0.5%"),
    ("it was -5 in Oslo on Monday", "It was five degrees below zero in Oslo on Monday"),
    ("the rate is \u22120.50%", "The rate is -0.5%"),
    ("Acme shares sank 12% on Monday", "Acme shares -12% on Monday"),
    ("10 -15 people were hurt", "From 10 to 15 people were hurt"),
    ("- 3 people died in Pune", "3 people died in Pune"),
    ("the economy shrank by 0.3% in May", "Growth of the economy was -0.3% in May"),
    ("the score was 3 - 1 in the final", "The final ended 3-1"),
    ("about 20-30 people were hurt", "From 20 to 30 people were hurt"),
    ("the second hottest june since records began", "It was the second-hottest June since records began"),
    ("Lumo is the no 3 phone maker", "Lumo is the third phone maker"),
    ("the oldest bridge in town is shut", "The oldest bridge in town is closed"),
    ("the museum stays closed until march", "The museum is closed until March"),
    ("no mercury in the vaccine", "The vaccine does not contain mercury"),
    ("hardly any evidence that the diet works", "There is little evidence that the diet works"),
    ("a little evidence was found", "Some evidence was found"),
    ("the minister considered a ban on vapes", "The minister considered banning vapes"),
    ("the first strike at the plant since 1998", "It is the first strike at the plant since 1998"),
    ("Kelmar was considered safe", "Kelmar is safe"),
]


def told(question: str, record: str) -> set[str]:
    return {c.kind for c in find_conflicts(read(question), read(record)) if c.strength >= 0.5}


@pytest.mark.parametrize(("kind", "question", "record"), OTHER)
def test_another_rank_bound_or_content_is_named(kind: str, question: str, record: str) -> None:
    assert kind in told(question, record)


@pytest.mark.parametrize(("question", "record"), SAME)
def test_the_same_rank_bound_or_content_said_otherwise_is_no_difference(question: str, record: str) -> None:
    assert not told(question, record)


@pytest.mark.parametrize(
    ("kind", "question", "record"),
    [
        ("amount", "the tower is 20 metres tall", "The tower is 20 metres taller than the cathedral"),
        ("modality", "the cable was cut on purpose", "It is unclear whether the cable was cut on purpose"),
        ("antonym", "the mayor knew about the contract", "The mayor was unaware of the contract"),
        ("direction", "the state bought the isle from a bank", "The isle was bought by a bank from the state"),
        ("antonym", "the dam was finished a year late", "The dam was finished a year ahead of schedule"),
        ("antonym", "turnout was higher than in 2019", "Turnout was lower than in 2019"),
        ("modality", "the bridge is toll free", "The bridge used to be toll-free"),
        ("number", "the hospital has 12 beds", "The hospital has 12 beds per ward"),
        ("antonym", "she became mayor in her forties", "She became mayor in her thirties"),
        ("modality", "the drug has been approved", "The drug is awaiting approval"),
        ("scope", "both pilots were asleep", "At least one of the pilots was asleep"),
        ("direction", "dogs outnumber cats in the city", "Cats outnumber dogs in the city"),
        ("name", "the yacht belongs to the sheikh", "The yacht belongs to the sheikh's cousin"),
        ("modality", "the board decided on the merger in may", "The board will decide on the merger in May"),
        ("antonym", "the leak is downstream of the town", "The leak is upstream of the town"),
        ("modality", "the voting age was lowered to 16", "The government wants to lower the voting age to 16"),
    ],
)
def test_what_is_unclear_wanted_or_more_than_another_is_not_simply_so(kind: str, question: str, record: str) -> None:
    assert kind in told(question, record)


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("buses cost more to run than trams", "Trams are cheaper to run than buses"),
        ("did the state sell the isle to a bank", "The isle was bought by a bank from the state"),
        ("the museum gave the mask back to Benin", "The museum returned the mask to Benin"),
        ("the talk took an hour and a half", "The talk took 90 minutes"),
        ("was the bridge toll free before", "The bridge used to be toll-free"),
        ("more cats than dogs in the city", "Cats outnumber dogs in the city"),
        ("the phone is impossible to repair", "The phone cannot be repaired"),
        ("the drug hasn't been approved yet", "The drug is awaiting approval"),
        ("was one of the pilots asleep", "At least one of the pilots was asleep"),
        ("was the cable cut on purpose", "It is unclear whether the cable was cut on purpose"),
        ("they planted 5,000 oak trees by the river", "They planted 5,000 oaks along the river"),
    ],
)
def test_what_is_asked_openly_or_turned_round_twice_is_no_difference(question: str, record: str) -> None:
    assert not told(question, record)
