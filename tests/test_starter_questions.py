"""The table of questions on the starter, written before the matcher was tuned: what must hold of every kind."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.ask import Asker
from bot.model import Answer, Outcome, Wish
from bot.store import Store

TABLE = Path(__file__).parent / "data" / "starter_questions.jsonl"
QUESTIONS = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
EVERY_DAY = 10
"""One of how many questions the everyday suite asks; all of them with -m 'slow or not slow'."""
KNOWN = json.loads((TABLE.parent / "starter_known.json").read_text("utf-8"))
WRONG_MATCHES = frozenset(KNOWN["wrong match"])
"""Answered with a claim that does not say so: the worst kind, known, and not hidden."""
STILL_WRONG = WRONG_MATCHES.union(KNOWN["not answered as it should be"])
"""Not answered as they should be (silent, offering choices, a difference that is none): known, and not hidden."""


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with Store.open(tmp_path_factory.mktemp("starter") / "facts.db", missing="starter") as store:
        yield Asker(store)


def rightly_answered(row: Mapping[str, Any], answer: Answer) -> bool:
    """Tell whether an answer has an accepted outcome and shows accepted claims."""
    if str(answer.outcome) not in row["outcome"]:
        return False
    shown = [hit.claim.external_id for hit in answer.hits]
    if answer.outcome is Outcome.AMBIGUOUS:
        return all(claim in row["claims"] for claim in shown)
    return not shown or shown[0] in row["claims"]


def said_of(row: Mapping[str, Any], answer: Answer) -> tuple[bool, bool]:
    """Return whether an answer is right, and whether it is a `match` that is not."""
    right = rightly_answered(row, answer)
    return right, answer.outcome is Outcome.MATCH and not right


def known(row: Mapping[str, Any]) -> tuple[bool, bool]:
    """Return the same as it is known."""
    return row["question"] not in STILL_WRONG, row["question"] in WRONG_MATCHES


@pytest.mark.parametrize("row", QUESTIONS[::EVERY_DAY], ids=lambda row: f"{row['kind']}: {row['question'][:60]!a}")
def test_a_question_is_answered_rightly_but_for_the_known_ones(asker: Asker, row: Mapping[str, Any]) -> None:
    assert said_of(row, asker.ask(row["question"])) == known(row)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_question_is_answered_rightly_but_for_the_known_ones(asker: Asker) -> None:
    changed = [row["question"] for row in QUESTIONS if said_of(row, asker.ask(row["question"])) != known(row)]
    assert changed == []


@pytest.mark.parametrize("one_of", [3 * EVERY_DAY, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(600)])])
def test_whoever_wants_only_the_outcome_is_shown_the_same_and_computes_less(asker: Asker, one_of: int) -> None:
    cut_short, some = 0, QUESTIONS[::one_of]
    for question in some:
        full, brief = (asker.ask(question["question"], wish=wish) for wish in (Wish.NEAREST, Wish.OUTCOME))
        assert (brief.outcome, brief.reason) == (full.outcome, full.reason)
        for one, other in zip(brief.hits, full.hits, strict=True):
            assert (one.claim.id, one.outcome, one.difference) == (other.claim.id, other.outcome, other.difference)
            assert one.score == pytest.approx(other.score, abs=0.01)
        cut_short += brief.candidates != full.candidates
    assert cut_short > len(some) / 10


def test_a_question_of_which_a_claim_has_every_word_needs_less_to_be_answered(asker: Asker) -> None:
    answer = asker.ask("did russia use north korean missiles?")
    assert answer.outcome is Outcome.MATCH
    assert answer.hits[0].claim.external_id in {"hwang-three-times", "wood-nine-occasions", "kirby-two-attacks"}
    assert asker.ask("russian missiles").outcome is not Outcome.MATCH
