"""What people say in chat for plainer words is read as those."""

import pytest

from bot.matching.everyday import everyday_lines, in_plain_words
from bot.matching.kinship import synonyms
from bot.matching.words import keys


def test_what_people_say_in_chat_is_read_as_the_plainer_word() -> None:
    assert keys("They got the green light; 40 workers laid off") == keys(
        "They got the green light; 40 workers dismissed"
    )
    assert keys("the council gave the go-ahead to it") == keys("the council approved it")
    assert in_plain_words("two Cell Phones") == "two mobile phones"
    assert in_plain_words("Throw-away phrases stay: lay offline") == "Throw-away phrases stay: lay offline"


def test_every_line_of_everyday_words_has_the_same_forms_in_each_wording() -> None:
    assert all(len({len(wording) for wording in line}) == 1 and len(line) > 1 for line in everyday_lines())


def test_somebody_called_un_is_no_organisation() -> None:
    assert keys("kim jong un at the UN") == ("kim", "jong", "un", "at", "the", "united_nations")
    assert keys("kim jogn un") == ("kim", "jogn", "un")


def test_single_words_of_a_line_are_synonyms_in_each_form() -> None:
    assert synonyms().of("wealth")["fortun"] == synonyms().of("fortun")["wealth"] == 1.0
    assert synonyms().of("purchas")["bought"] == 1.0


def test_the_forms_of_an_irregular_verb_are_synonyms() -> None:
    assert synonyms().of("fell")["fall"] == synonyms().of("fall")["fell"] == 1.0
    assert synonyms().of("sold")["sell"] == synonyms().of("men")["man"] == 1.0
    assert "fall" not in synonyms().of("fall")


@pytest.mark.parametrize(
    ("one", "other"), [("led", "lead"), ("rose", "rise"), ("bit", "bite"), ("dove", "dive"), ("born", "bear")]
)
def test_a_form_that_is_another_word_as_well_is_no_synonym(one: str, other: str) -> None:
    assert other not in synonyms().of(one)
    assert one not in synonyms().of(other)


def test_an_amount_is_the_same_words_whichever_sign_or_code_its_currency_has() -> None:
    assert set(keys("€13bn")) == set(keys("13 billion euros")) == set(keys("EUR 13 billion"))
    assert set(keys("£1.6m")) == set(keys("1.6 million pounds"))


def test_a_phrase_with_a_digit_is_known_and_so_is_one_in_quotes() -> None:
    assert keys("CO2 rose") == keys("carbon dioxide rose")
    assert in_plain_words('he "cut down on" sugar') == 'he "reduced" sugar'
