"""Contradictions as people write them in chat: names without capitals, dates from either side, words between words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.ask import Asker
from bot.matching.conflicts import find_conflicts, read, stranger_conflicts
from bot.matching.sentences import without_talk
from bot.model import Claim, Outcome
from bot.store import Change, Store, Trace

SURE = 0.5
"""Strength from which a conflict counts."""

FERRY = "Police in Ghent seized 300 kilos of tea hidden in a ferry"
TRAMS = "The trams of Varland save 900 tonnes of coal a year"
DAM = "The Kelmar dam will be finished by the end of 2031"
PEAK = "The volcano Mount Orrin erupted for the first time in 70 years"
BANK = "The bank froze the accounts of two charities"

CONTRADICTIONS = [
    ("place", "antwerp police seized 300 kilos of tea on a ferry", FERRY),
    ("place", "wine made up 12% of spains exports in may", "Wine made up 12% of Portugal's exports in May"),
    ("place", "the king opened the longest bridge in utrecht", "The king opened the longest bridge in Rotterdam"),
    ("place", "rents in porto doubled since 2011", "Rents in Lisbon have doubled since 2011"),
    ("name", "senator ana ruiz sued the harbour board", "Senator Maria Lopez sued the harbour board"),
    ("date", "the kelmar dam won't be done until after 2031", DAM),
    ("date", "the kelmar dam will be finished after 2031", DAM),
    ("date", "the bridge opened on New Year's Eve", "The bridge opened on 14 February"),
    ("scope", "mount orrin erupted for the first time ever", PEAK),
    ("scope", "the airline cancelled a few of its lisbon flights", "The airline cancelled all its flights to Lisbon"),
    ("scope", "they talked about nothing but the dam", "They talked about all the dams"),
    ("direction", "ruby overtook perl as the most used language", "Perl overtook Ruby as the most used language"),
    ("direction", "Bromly buys Kestrel", "Kestrel bought the company Bromly"),
    ("thing", "a software bug delayed the ferry by two days", "Heavy rain delayed the ferry by two days"),
    ("thing", "Nora Holm dropped out of the Oslo marathon", "Nora Holm won the Oslo marathon"),
]  # fmt: skip
NO_CONTRADICTIONS = [
    ("police in belgium seized 300 kilos of tea in a ferry", FERRY),
    ("canadian doctors put a pig kidney in a patient", "Doctors in Toronto put a pig kidney in a patient"),
    ("will the kelmar dam be finished before the end of 2031", DAM),
    ("the bridge opened on dec 31, new years eve", "The bridge opened on New Year's Eve"),
    ("the sales tax ended on 1 Jan '26", "The sales tax ended on 1 January 2026"),
    ("ECB keeps its rate at 4%", "The European Central Bank keeps its rate at 4%"),
    ("only MPs voted in the contest", "Only members of parliament voted in the contest"),
    ("north koraen ships reached ukriane", "North Korean ships reached Ukraine"),
    ("putn met the minister", "Putin met the minister"),
    ("an x-ray of a 900-lb. man", "An image shows an x-ray of a 900-pound man"),
]  # fmt: skip


def conflicts(question: str, record: str) -> list[tuple[str, str]]:
    statements = read(question), read(record)
    found = (*find_conflicts(*statements), *stranger_conflicts(*statements))
    return [(one.kind, one.difference) for one in found if one.strength >= SURE]


@pytest.mark.parametrize(("kind", "question", "record"), CONTRADICTIONS)
def test_a_question_in_chat_that_says_something_else_is_a_conflict(kind: str, question: str, record: str) -> None:
    assert kind in {found for found, _ in conflicts(question, record)}


@pytest.mark.parametrize(("question", "record"), NO_CONTRADICTIONS)
def test_a_question_in_chat_that_says_the_same_is_none(question: str, record: str) -> None:
    assert conflicts(question, record) == []


PAIRS = Path(__file__).parent / "data" / "contrast_pairs.jsonl"
RECORDS = sorted({json.loads(line)["claim"] for line in PAIRS.read_text("utf-8").splitlines()})
TWICE_THE_SAME = [
    "Hillary Alden filed for divorce from Bill Alden",
    "The Norse government, not the Danish government, built the harbours",
    "The pump at Kelmar lifts 40 litres a minute",
]


TYPED: tuple[Callable[[str], str], ...] = (str.lower, str.upper, lambda text: text.rstrip(".") + " ?")


@pytest.mark.parametrize("way", range(len(TYPED)))
def test_no_record_contradicts_itself_in_small_letters_in_capitals_or_as_a_question(way: int) -> None:
    some = (*RECORDS[way :: len(TYPED)], *TWICE_THE_SAME)
    assert {text: found for text in some if (found := conflicts(TYPED[way](text), text))} == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [("milion", "he lost 3 milion euros"), ("bilion", "he lost 3 bilion euros"), ("k", "he lost 3k euros")],
)
def test_a_misspelt_magnitude_is_read_as_one(kind: str, text: str) -> None:
    (amount,) = read(text).quantities
    assert amount.value == {"milion": 3e6, "bilion": 3e9, "k": 3e3}[kind]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("hey all, my sister insists the dam leaks", "my sister insists the dam leaks"),
        ("sorry to bother, at work we argued over lunch, the dam leaks badly", "the dam leaks badly"),
        ("I read that in Oslo, the dam leaks badly", "I read that in Oslo, the dam leaks badly"),
        ("my 3 aunts say, the dam leaks badly", "my 3 aunts say, the dam leaks badly"),
        ("the dam leaks badly, any truth to it?", "the dam leaks badly"),
        ("the dam leaks badly - true or rumour mate??", "the dam leaks badly"),
        ("my brother in Cork keeps saying that the dam leaks badly", "the dam leaks badly"),
        ("the dam leaks badly, I think", "the dam leaks badly, I think"),
        ("my sister won't shut up about it, she says the dam leaks badly", "the dam leaks badly"),
        ("the mayor came, she says the dam leaks badly", "the mayor came, she says the dam leaks badly"),
        ("the dam leaks badly, which is not true", "the dam leaks badly, which is not true"),
        ("the dam leaks badly, is it true of Oslo?", "the dam leaks badly, is it true of Oslo?"),
    ],
)
def test_talk_of_oneself_before_a_claim_is_left_out_but_no_name_or_number(message: str, left: str) -> None:
    assert without_talk(message) == left


def test_a_claim_behind_talk_of_oneself_is_found(store: Store) -> None:
    claim = Claim("The Kelmar dam leaks 40 litres a minute", external_id="dam", claimant="Ann Lee")
    store.save_many([Change(None, claim, "import")], Trace("test", "import"))
    talk = "sorry to bother you all again, at the office we were arguing over lunch about this and that with my boss, "
    answer = Asker(store).ask(talk + "the kelmar dam leaks 40 litres a minute")
    assert answer.outcome is Outcome.MATCH
