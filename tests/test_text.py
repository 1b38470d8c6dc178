"""Safe text: joiners stay where they are seen, go where they only hide, and never tell two texts apart."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadValue
from bot.fields.checks import checked_text
from bot.text import clean, clean_lines, counted, fold, normalised

ZWNJ, ZWJ = "\u200c", "\u200d"
MEANT = [
    "می\u200cخواهم",  # Persian: prefix and stem do not join
    "کتاب\u200cها",
    "क्\u200dष",  # Hindi: half a letter instead of the ligature
    "ന്\u200d",  # Malayalam: an old chillu at the end of a word
    "র\u200d্যাব",  # Bengali: ra before a ya-phala
    "ශ්\u200dරී",  # Sinhala
    "👩\u200d🚀",
    "👩🏽\u200d🚀",
    "🏳\u200d🌈",
]
HIDDEN = [
    "a\u200db",
    "re\u200cfuted",
    "Киї\u200cв",
    "a\u200d",
    "\u200cа",
    "می\u200c",
    "می \u200cخ",
    "،\u200cخ",
    "5\u200d6",
]

hostile = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("یخ\u064bक\u094d\u093cá👩🚀a1 \n" + ZWNJ * 4 + ZWJ * 4))
)


@pytest.mark.parametrize("text", MEANT)
def test_a_joiner_that_changes_what_is_seen_stays(text):
    assert clean(text) == clean_lines(text) == checked_text("text", text, cap=100) == text


@pytest.mark.parametrize("text", HIDDEN)
def test_a_joiner_that_shows_nothing_is_dropped(text):
    assert clean(text) == re.sub(f"[{ZWNJ}{ZWJ}]", "", text)


def test_of_several_joiners_in_a_row_one_stays():
    assert clean("می\u200c\u200d\u200c\u200cخواهم") == "می\u200cخواهم"
    assert clean("می\u200c\u200b\u200cخواهم") == "می\u200cخواهم"


def test_joiners_do_not_let_more_marks_in():
    assert clean("خ" + "\u064b\u200c" * 100).count("\u064b") == 3


def test_many_joiners_take_no_time():
    assert len(clean("ی\u200c" * 20_000)) == 39_999


@pytest.mark.parametrize("text", MEANT)
def test_matching_does_not_see_joiners(text):
    plain = re.sub(f"[{ZWNJ}{ZWJ}]", "", text)
    assert fold(text) == fold(plain)
    assert normalised(text) == normalised(plain)


@given(hostile)
def test_what_is_left_of_any_text_is_safe(raw):
    text = clean(raw)
    assert text == unicodedata.normalize("NFKC", text)
    assert not re.search(f"[{ZWNJ}{ZWJ}]{{2}}|^[{ZWNJ}{ZWJ}]|[a-zA-Z0-9 ][{ZWNJ}{ZWJ}]", text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in text)
    assert text == " ".join(text.split())


@given(hostile)
def test_checked_text_is_stable(raw):
    try:
        text = checked_text("text", raw, cap=2_000)
    except BadValue:
        return
    assert checked_text("text", text, cap=2_000) == clean(text) == text


@given(hostile, st.integers(0, 8))
def test_a_cap_is_kept(raw, cap):
    assert len(clean(raw, cap)) <= cap
    assert len(clean_lines(raw, cap)) <= cap


@given(hostile)
def test_the_short_way_gives_what_the_long_one_does(raw):
    """A blank at the end, which is dropped, sends a text the long way."""
    assert clean(raw) == clean(f"{raw}  ")


def test_the_short_way_knows_every_character_that_the_long_one_drops():
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x10000), *range(0xE0000, 0xE1000)):
        text = f"a{chr(code)}b"
        assert clean(text) == clean(f"{text}  ")


@given(hostile)
def test_what_is_compared_is_letters_digits_per_cent_and_dots_in_ascii(raw):
    assert normalised(raw) == " ".join(re.findall(r"[a-z0-9%.]+", fold(raw))).strip(" .")


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1_200, "1,200 claims")]
)
def test_a_count_is_said_in_words(number, words):
    assert counted(number, "claim") == words
