"""What headlines leave out or turn round is no difference; what they get wrong is one."""

import pytest

from bot.matching.conflicts import find_conflicts, read

SAME = [
    ("Marchers Didn’t Have Permits in Kelmar?", "Marchers in Kelmar did not have the proper permits"),
    ("a man got a 90,000 dollar bill after a failed selfie", "A man got a 90,000 dollar bill after a selfie"),
    ("Ann Lee said ‘I can’t look at the flag’", "Ann Lee said that she can't look at the flag"),
    ("Ann Lee took 5,000 euros from the fund", "Ann Lee took 5,000 euros from the fund, although she was not poor"),
    ("Did Norway display fake missiles at a parade?", "The missiles displayed during a Norwegian parade were fake"),
    ("Are over 100 whales trapped?", "More than 100 whales are trapped"),
    ("was it entirely run by robots", "The shop is completely run by robots"),
    ("the shop is completely run by robots", "The shop is run by robots"),
    ("millions are heading to D.C.", "Millions are on their way to Washington D.C."),
    ("the first ex-president to sing there", "He became the first former U.S. president to sing there"),
    ("did eric hill delete the photo", "Donald Hill's son, Eric, deleted the photo"),
    ("the singer was found dead in her home bathroom", "The singer was found dead in her home on 28 March 2016"),
    ("he said he'd ban the sale of maps", "He said that he would ban the sale of maps if elected president"),
    ("40 children went home in one week", "40 children went home in a single week"),
    ("Kelmar Radio called satire by the council", "The council called Kelmar Radio satire"),
    ("tumours caused by Weedex", "The tumours were caused by eating plants sprayed with Weedex"),
    ("he requested marriage rights for priests", "He called for marriage rights for priests"),
    ("ruins of an ancient city were discovered", "The remains of an ancient city were discovered"),
]
OTHER = [
    ("negation", "did the marchers have the right permits", "The marchers did not have the proper permits"),
    ("name", "did donald hill delete the photo", "Donald Hill's son, Eric, deleted the photo"),
    ("name", "did bill hill delete the photo", "Donald Hill's son, Eric, deleted the photo"),
    ("direction", "did Norway agree to buy Sweden", "Sweden agreed to buy Norway"),
    ("direction", "is Norway set to sue Sweden", "Sweden is set to sue Norway"),
    ("modality", "it's now confirmed that they sank the ship", "They claimed to have sunk the ship"),
    ("antonym", "the head expelled 60 pupils for walking out", "The head suspended 60 pupils for walking out"),
    ("thing", "did the ex-minister leave the room", "The minister left the room"),
]


def told(question: str, record: str) -> set[str]:
    return {c.kind for c in find_conflicts(read(question), read(record)) if c.strength >= 0.5}


@pytest.mark.parametrize(("question", "record"), SAME)
def test_the_same_in_the_manner_of_headlines_is_no_difference(question: str, record: str) -> None:
    assert not told(question, record)


@pytest.mark.parametrize(("kind", "question", "record"), OTHER)
def test_what_a_headline_gets_wrong_is_named(kind: str, question: str, record: str) -> None:
    assert kind in told(question, record)


def test_an_amount_of_pounds_is_told_as_such() -> None:
    assert [amount.text for amount in read("sold for £62,500").quantities] == ["62,500 pounds"]
