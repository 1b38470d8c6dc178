"""The table of questions on the starter, written before the matcher was tuned: what must hold of every kind."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.ask import Asker
from bot.model import Answer, Outcome
from bot.store import Store

TABLE = Path(__file__).parent / "data" / "starter_questions.jsonl"
QUESTIONS = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
STILL_WRONG = {
    "Could Russia firing North Korean missiles in Ukraine help the Americans work out how good those missiles are?",
    "what happened on december 30th with a north korean missile",
    "the south korean ambassador to the un says moscow used KN23s three times, do we have that?",
    "Kirby said they expect Russia to fire more North Korean missiles at Ukraine's civilian infrastructure",
    "putin adn kim jogn un met in setpember 2023 rite",
    "did russia use north korean missiles?",
    "did putin and kim hold that rare summit in march 2021?",
    "so putin is bombing ukraine with kim's missiles, is that a fact?",
}
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


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row['kind']}: {row['question'][:60]!a}")
def test_no_question_gets_a_wrong_match(asker: Asker, row: Mapping[str, Any]) -> None:
    answer = asker.ask(row["question"])
    assert answer.outcome is not Outcome.MATCH or rightly_answered(row, answer)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row['kind']}: {row['question'][:60]!a}")
def test_every_question_is_answered_rightly_but_for_the_known_ones(asker: Asker, row: Mapping[str, Any]) -> None:
    known_wrong = row["question"] in STILL_WRONG
    assert rightly_answered(row, asker.ask(row["question"])) is not known_wrong
