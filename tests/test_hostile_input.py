"""Inputs that the fuzzer found (tests/benchmarks/fuzz_parsers.py): each is a value or a refusal, and quick."""

import time
from collections.abc import Callable

import pytest

from adapters.on_discord import render as discord
from adapters.on_slack import render as slack
from bot.matching.conflicts.quantities import written
from bot.matching.conflicts.reading import read
from bot.matching.evidence import learned
from bot.matching.index import Index
from bot.matching.matcher import Matcher
from bot.matching.reading import read_words
from bot.matching.sentences import LONGEST_SENTENCE, without_talk
from bot.model import GLOBAL, Claim


@pytest.mark.parametrize("digits", ["9" * 400, "9" * 5_000, "1e999", "9" * 400 + " million"])
def test_a_number_beyond_all_numbers_is_read(digits: str) -> None:
    assert read(f"The city has {digits} people and &#{digits}; dogs").text


def test_a_number_beyond_all_numbers_is_written() -> None:
    assert written(float("inf"))
    assert written(7.0) == "seven"


@pytest.mark.parametrize("escaped", [discord.escaped, slack.escaped])
@pytest.mark.parametrize("piece", ["\n", " \n", "\n> ", " ", "\t"])
def test_many_blank_lines_are_escaped_in_one_pass(escaped: Callable[[str], str], piece: str) -> None:
    begun = time.thread_time()
    escaped(piece * 10_000 + "x")
    assert time.thread_time() - begun < 1.0


def test_a_line_that_begins_a_quotation_is_escaped_after_blank_lines_too() -> None:
    assert discord.escaped("a\n\n  > b") == "a\n\n  \\> b"
    assert slack.escaped("a\n\n  > b") == "a\n\n  \u200b&gt; b"


@pytest.mark.parametrize("end", ["", ", x"])
@pytest.mark.parametrize("piece", ["?", " ?", " - ", " - true", "… true ", ", so", " i", "my says "])
def test_no_sentence_of_signs_holds_up_the_search_for_its_last_clause(piece: str, end: str) -> None:
    text = (piece * LONGEST_SENTENCE)[:LONGEST_SENTENCE] + end
    begun = time.thread_time()
    for _ in range(5):
        without_talk(text)
    assert time.thread_time() - begun < 0.25


def test_the_clause_that_asks_is_still_dropped() -> None:
    assert without_talk("The fountain is dry for years now? , is it true ?") == "The fountain is dry for years now?"
    assert without_talk("The fountain is dry for years - any truth to that?") == "The fountain is dry for years"


def test_words_that_people_make_up_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("evidence", "index"):
        monkeypatch.setattr(f"bot.matching.{module}.WORDS_KEPT", 50)
    matcher = Matcher.over(Index.build([Claim(text="The clock is late")]))
    for number in range(200):
        made_up = f"zzq{chr(97 + number % 26) * (number // 26 + 3)}"
        keys = read_words(f"the {made_up} clock is late", matcher.index)
        assert matcher.aligned(keys, matcher.nearest(keys, [GLOBAL]))
    assert len(matcher.scales) <= 50
    assert len(matcher.index._weights) <= 50
    assert not any(word.startswith("zzq") for word in learned()._kin)
