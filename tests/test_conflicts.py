"""What contradicts a claim on record, and what only says the same otherwise."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.conflicts import find_conflicts, read
from tests.conflicting import conflicts

CONTRADICTIONS = [
    # numbers
    ("number", "did Russia fire missiles on fifty occasions", "Russia has fired missiles on at least nine occasions"),
    ("number", "Russia fired missiles ten times", "Russia fired missiles at least nine times"),
    ("number", "Russia fired missiles at most nine times", "Russia fired missiles at least nine times"),
    ("number", "the hotel has fewer than 3,000 rooms", "The hotel has more than 3,000 rooms"),
    ("number", "the airline lost 5 million bags", "The airline lost 5 billion bags"),
    ("number", "the club sold only seven shirts", "The club sold only one shirt"),
    ("number", "hundreds of miners died in the mine", "Nine miners died in the mine"),
    ("number", "Norwood beat Eastham 4-1", "Norwood beat Eastham 3-1"),
    ("number", "between 5 and 10 wolves were seen near Oslo", "20 wolves were seen near Oslo"),
    # amounts
    ("amount", "a third of voters stayed at home", "A fifth of voters stayed at home"),
    ("amount", "the bridge cost $2m", "The bridge cost 2 million euros"),
    ("amount", "the bridge cost 3 million euros", "The bridge cost 2 million euros"),
    ("amount", "she ran 100 km in a day", "She ran 100 miles in a day"),
    ("amount", "prices rose by 4 dollars", "Prices rose by 4 percent"),
    ("amount", "the tank holds 900 gallons", "The tank holds 900 litres"),
    # dates
    ("date", "did the tower fall in 2019?", "The tower fell in 2018"),
    ("date", "the tower fell on Feb 7th, 2018", "The tower fell on 6 February 2018"),
    ("date", "the tower fell on 2018-03-06", "The tower fell on 6 February 2018"),
    ("date", "the tower fell in the 1990s", "The tower fell in 1987"),
    ("date", "the tower fell on 12 May and 2 June", "The tower fell on 30 December and 2 June"),
    # denials
    ("negation", "Russia did not fire missiles at Kyiv", "Russia fired missiles at Kyiv"),
    ("negation", "Russia never fired missiles at Kyiv", "Russia fired missiles at Kyiv"),
    ("negation", "coffee raises the risk of stroke, right?", "Coffee does not raise the risk of stroke"),
    ("negation", "magnets cure arthritis", "There is no evidence that magnets cure arthritis"),
    ("negation", "the mayor refused to sign the treaty", "The mayor signed the treaty"),
    ("negation", "the mayor failed to sign the treaty", "The mayor signed the treaty"),
    ("negation", "the mill dumped waste in the river", "The mill denied that it dumped waste in the river"),
    ("negation", "it is false that the mayor signed the treaty", "The mayor signed the treaty"),
    ("negation", "the city lifted the ban on diesel cars", "The city banned diesel cars"),
    ("negation", "nobody has swum across the lake", "People have swum across the lake"),
    # opposed words
    ("antonym", "inflation in Norway rose in August", "Inflation in Norway fell in August"),
    ("antonym", "the council allowed scooters in the park", "The council banned scooters in the park"),
    ("antonym", "the firm will hire 40 welders", "The firm will lay off 40 welders"),
    ("antonym", "nurses voted against a strike in May 2020", "Nurses voted for a strike in May 2020"),
    ("antonym", "cases have tripled within a week", "Cases have doubled within a week"),
    ("antonym", "the actor was convicted of fraud", "The actor was acquitted of fraud"),
    # names and places
    ("place", "did South Korea fire missiles?", "North Korea fired missiles"),
    ("place", "did iran ship containers to russia", "The DPRK shipped containers to Russia"),
    ("place", "did Anna Lund win the race in Turku in May", "Anna Lund won the race in Tampere in May"),
    ("name", "Arthur Pell invented the folding canoe", "Wendell Crane invented the folding canoe"),
    ("name", "did wendell crane marry lola vance in Malmo", "Wendell Crane married Mira Solano in Malmo"),
    ("name", "the Regent Hotel has a pool", "The Spire Hotel has a pool"),
    ("name", "Did UNICEF declare the outbreak over?", "The World Health Organization declared the outbreak over"),
    # who did it to whom
    ("direction", "Russia shipped arms to North Korea", "North Korea shipped arms to Russia"),
    ("direction", "Pelham Rail sued Zenith Freight", "Zenith Freight sued Pelham Rail"),
    ("direction", "Zenith Freight was sued by Pelham Rail", "Zenith Freight sued Pelham Rail"),
    ("direction", "the army attacked the rebels near Doro", "The rebels attacked the army near Doro"),
    ("direction", "Serbia bought howitzers from Cyprus", "Serbia sold howitzers to Cyprus"),
    ("direction", "men live longer than women", "Women live longer than men"),
    ("direction", "Porto sold the goalkeeper to Ajax", "The goalkeeper was sold by Ajax to Porto"),
    ("direction", "Russia gave North Korea missiles", "North Korea provided Russia with missiles"),
    # scope
    ("scope", "all octopuses can recognise faces", "Some octopuses can recognise faces"),
    ("scope", "only a few schools were tested for lead", "Every school was tested for lead"),
    ("scope", "Halden is the only spacecraft to land there", "Halden was the first spacecraft to land there"),
    # plans and fears
    ("modality", "the trial may be halted", "The trial was halted"),
    ("modality", "the bridge at Colm Bay nearly collapsed", "The bridge at Colm Bay collapsed"),
    ("modality", "the plant has already shut", "The plant will shut by 2027"),
    # a thing for another, all else being equal
    ("thing", "the army shot down twelve helicopters over the port", "The army shot down twelve drones over the port"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "question", "record"), CONTRADICTIONS, ids=lambda value: value[:60])
def test_a_contradiction_is_found_and_named(kind: str, question: str, record: str) -> None:
    assert kind in {conflict.kind for conflict in conflicts(question, record)}


SAME = [
    # numbers and amounts otherwise written
    ("Russia fired missiles 9+ times", "Russia has fired missiles on at least nine occasions"),
    ("Russia fired missiles nine times", "Russia has fired missiles on at least nine occasions"),
    ("20% of voters stayed at home", "A fifth of voters stayed at home"),
    ("one in five voters stayed at home", "20 percent of voters stayed at home"),
    ("the debt is 1,500,000,000 euros", "The debt is €1.5bn"),
    ("half a million people fled", "500,000 people fled"),
    ("dozens of missiles were given", "Several dozen missiles were given"),
    ("a dozen drones were shot down", "Twelve drones were shot down"),
    ("she ran 161 km in a day", "She ran 100 miles in a day"),
    ("about 1,000 people came", "1,012 people came"),
    ("5-10 wolves were seen", "Seven wolves were seen"),
    ("in 5 days Russia fired 3 missiles", "Russia fired 3 missiles on 5 days"),
    ("they paid $45m for it", "They paid 45 million dollars for it"),
    # asked for, or left out
    ("how many times did Russia fire missiles?", "Russia has fired missiles on at least nine occasions"),
    ("did Russia fire missiles?", "Russia has fired missiles on at least nine occasions"),
    ("did the tower fall?", "The tower fell on 6 February 2018"),
    ("did Anna Lund win the race?", "Anna Lund won the race in Tampere"),
    # dates otherwise written
    ("the tower fell on Feb. 6th, 2018", "The tower fell on 6 February 2018"),
    ("the tower fell 2018-02-06", "The tower fell on 6 February 2018"),
    ("the tower fell in February", "The tower fell on 6 February 2018"),
    ("the tower fell in the 1980s", "The tower fell in 1987"),
    # polite and tag questions, denials that deny nothing
    ("isn't it true that Russia fired missiles?", "Russia fired missiles"),
    ("didn't Russia fire missiles at Kyiv?", "Russia fired missiles at Kyiv"),
    ("so wasn't the treaty signed in Munden?", "The treaty was signed in Munden"),
    ("Russia fired missiles at Kyiv, didn't it?", "Russia fired missiles at Kyiv"),
    ("not only Russia fired missiles at Kyiv", "Russia fired missiles at Kyiv"),
    ("Russia fired missiles, true or not", "Russia fired missiles"),
    ("coffee doesnt raise the risk of stroke", "Coffee does not raise the risk of stroke"),
    ("there's no proof that magnets cure arthritis", "There is no evidence that magnets cure arthritis"),
    ("senator Dell did not support the farm bill", "Senator Dell voted against the farm bill"),
    ("has any US president ever visited Bhutan?", "No American president has visited Bhutan"),
    ("the actor was found not guilty of fraud", "The actor was acquitted of fraud"),
    ('the song "Don\'t Stop" was played at the rally', "The song was played at the rally"),
    # other names of the same
    ("did north korea fire missiles?", "The DPRK fired missiles"),
    ("did the US recall strollers", "The United States recalled strollers"),
    ("did they tell us about the strollers", "They told us about the strollers"),
    ("did the WHO declare it over", "The World Health Organization declared it over"),
    ("did the Food and Drug Administration approve it", "The FDA approved it"),
    ("did putin meet kim?", "Vladimir Putin met Kim Jong Un"),
    # turned round
    ("Pelham Rail was sued by Zenith Freight", "Zenith Freight sued Pelham Rail"),
    ("Cyprus bought howitzers from Serbia", "Serbia sold howitzers to Cyprus"),
    ("Crestfield lost to Harlow United in the final", "Harlow United beat Crestfield in the final"),
    ("Leo Brandt married Mira Solano", "Mira Solano married Leo Brandt"),
    ("in 1648 the treaty was signed in Munden", "The treaty was signed in Munden in 1648"),
]


@pytest.mark.parametrize(("question", "record"), SAME, ids=lambda value: value[:60])
def test_the_same_said_otherwise_is_no_contradiction(question: str, record: str) -> None:
    assert conflicts(question, record) == []


CLAIMANT = {"claimant": "Rita Osei", "around": "transport minister of Kenya"}
CLAIM = "The airport at Kibo handled 7 million passengers"


@pytest.mark.parametrize(
    "question",
    [
        "did Paul Wekesa say the airport at Kibo handled 7 million passengers?",
        "mayor alice burke said the airport at kibo handled 7 million passengers",
        "According to director Paul Wekesa the airport at Kibo handled 7 million passengers",
        "Paul Wekesa: the airport at Kibo handled 7 million passengers",
    ],
)
def test_another_claimant_is_a_contradiction(question: str) -> None:
    assert [conflict.kind for conflict in conflicts(question, CLAIM, **CLAIMANT)] == ["claimant"]


@pytest.mark.parametrize(
    "question",
    [
        "did Osei say the airport at Kibo handled 7 million passengers?",
        "did the transport minister say the airport at Kibo handled 7 million passengers?",
        "my sister says the airport at Kibo handled 7 million passengers",
        "the airport at Kibo handled 7 million passengers, people say",
        "rita osie said the airport at kibo handled 7 million passengers",
    ],
)
def test_the_claimant_or_nobody_in_particular_is_no_contradiction(question: str) -> None:
    assert conflicts(question, CLAIM, **CLAIMANT) == []


def test_a_date_may_be_the_day_on_which_it_was_said() -> None:
    record = "Russia used five missiles in Kharkiv"
    assert (
        conflicts("On 7 February Bolvinov said Russia used five missiles in Kharkiv", record, said_on="2024-02-07")
        == []
    )
    found = conflicts("On 7 June Bolvinov said Russia used five missiles in Kharkiv", record, said_on="2024-02-07")
    assert [conflict.kind for conflict in found] == ["date"]


@pytest.mark.parametrize(
    ("question", "record", "difference"),
    [
        (
            "missiles were fired on fifty occasions",
            "Missiles were fired on at least nine occasions",
            "on record: at least nine times; you wrote fifty times",
        ),
        ("did south korea fire missiles", "North Korea fired missiles", "on record it is North Korea, not South Korea"),
        ("Russia never fired missiles", "Russia fired missiles", "on record it is so; you wrote that it is not"),
        (
            "Pelham sued Zenith",
            "Zenith sued Pelham",
            "on record Zenith is the one who did it to Pelham, not the reverse",
        ),
    ],
)
def test_the_difference_is_told_in_plain_words(question: str, record: str, difference: str) -> None:
    assert conflicts(question, record)[0].difference == difference


def test_the_strongest_conflict_comes_first() -> None:
    found = find_conflicts(read("South Korea did not fire 50 missiles"), read("North Korea fired nine missiles"))
    assert len(found) > 1
    assert [conflict.strength for conflict in found] == sorted((c.strength for c in found), reverse=True)


SENTENCES = sorted({text for _, question, record in CONTRADICTIONS for text in (question, record)})


@pytest.mark.parametrize("text", SENTENCES, ids=lambda value: value[:60])
def test_no_sentence_contradicts_itself(text: str) -> None:
    assert find_conflicts(read(text), read(text)) == ()
    assert conflicts(f"is it true that {text}?", text) == []
    assert conflicts(f"so {text.lower()}, right?", text) == []


WORDS = st.sampled_from(
    "Russia the did not never NK South Korea sold to bought from by was 5 9+ $ 1.5bn half a third dozen at least"
    " most only"
    ' 2019 6 Feb May , . ? " % million rose fell no evidence that said according between and - / : us US tens'.split()
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200))
def test_no_text_contradicts_itself(text: str) -> None:
    assert find_conflicts(read(text), read(text)) == ()


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_no_row_of_treacherous_words_contradicts_itself(text: str) -> None:
    assert find_conflicts(read(text), read(text)) == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join), st.lists(WORDS, max_size=20).map(" ".join), st.text(max_size=40))
def test_any_two_texts_can_be_compared(first: str, second: str, about: str) -> None:
    found = find_conflicts(read(first), read(second), claimant=about, around=about, said_on=about)
    assert all(0 <= conflict.strength <= 1 and conflict.difference for conflict in found)


NUMBERS = st.integers(min_value=3, max_value=10**9)


@settings(max_examples=200, deadline=None)
@given(NUMBERS, NUMBERS)
def test_numbers_differ_both_ways_or_neither(first: int, second: int) -> None:
    one, other = f"the flood killed {first:,} sheep", f"the flood killed {second} sheep"
    assert bool(conflicts(one, other)) == bool(conflicts(other, one))


@settings(max_examples=100, deadline=None)
@given(NUMBERS)
def test_a_number_is_the_same_with_and_without_commas(number: int) -> None:
    assert conflicts(f"the flood killed {number:,} sheep", f"the flood killed {number} sheep") == []


@pytest.mark.parametrize(
    "text",
    [
        "nine " * 400, "not " * 500, "Russia sold Korea " * 110, "one in five " * 160, "a.b." * 500, "5-" * 1000,
        '"' * 2000,
        "rose fell " * 200, "May " * 500, "according to " * 150, "1" * 2000, "ж" * 2000, "$1.5bn, " * 250,
        "half a " * 280,
    ],
    ids=lambda value: value[:12],
)  # fmt: skip
def test_hostile_text_is_read_and_compared_in_no_time(text: str) -> None:
    record = read("Russia has launched DPRK-supplied ballistic missiles against Ukraine on at least nine occasions")
    find_conflicts(read("it is not so"), read("it is so"))  # tables are read once
    started = time.process_time()
    find_conflicts(read(text), record)
    statement = read(text)
    find_conflicts(statement, statement)
    assert time.process_time() - started < 0.3  # a tenth of it on a quiet machine
