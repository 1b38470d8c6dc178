"""Whatever is typed is answered soon, without an exception, and never with a claim that it does not ask about."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ask import Asker
from bot.model import Outcome


def test_light_words_alone_find_nothing(starter: Asker) -> None:
    for text in ("", "   ", "is it true?", "the of and", "🙂🙂🙂", "\x00", "\ud800", "‮‮"):
        assert starter.ask(text).outcome is Outcome.NONE


NOISE = (
    "Dzień dobry wszystkim, dzisiaj znowu pada deszcz i autobus się spóźnia, więc idę do pracy pieszo",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N XgL0n3I9PlFUP0THsR8U kirby",
    " ".join(f"{a}{b}{c}{a}{b}" for a in "bdgkp" for b in "aeiou" for c in "lmnrst") + " missile",
    "1.",
    "7",
    "march",
    "what is unknown about this",
    "he was the chief of it",
)


@pytest.mark.parametrize("text", NOISE)
def test_noise_foreign_talk_and_bare_numbers_never_match(starter: Asker, text: str) -> None:
    assert starter.ask(text).outcome is not Outcome.MATCH


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9), min_size=3, max_size=200))
def test_gibberish_never_matches(starter: Asker, gibberish: list[str]) -> None:
    assert starter.ask(" ".join(gibberish)).outcome is not Outcome.MATCH


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_any_text_gets_an_answer(starter: Asker, text: str) -> None:
    answer = starter.ask(text)
    assert all(0 <= hit.score <= 1 for hit in (*answer.hits, *answer.candidates))
    assert bool(answer.hits) is (answer.outcome is not Outcome.NONE)


HOSTILE = {
    "one letter": "a" * 40_000,
    "combining marks": "a" + "\u0301" * 40_000,
    "growing characters": "\ufdfa" * 40_000,
    "digits": "9" * 40_000,
    "number words": "nine million " * 3_000,
    "one word": "missile " * 5_000,
    "no blanks": "russiamissile" * 3_000,
    "mixed scripts": "aа" * 20_000,
    "questions": "did russia fire north korean missiles at ukraine nine times? " * 600,
    "punctuation": "?!.,;" * 8_000,
    "names": "North Korea " * 3_000,
    "dots": "U.S." * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_holds_the_bot_for_long(starter: Asker, text: str) -> None:
    starter.ask("warm up: did russia fire missiles?")
    begun = time.perf_counter()
    starter.ask(text)
    assert time.perf_counter() - begun < 0.5  # the goal is 0.1 s on a quiet machine; see tests/benchmarks/speed.py
