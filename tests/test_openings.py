"""Questions that leave something open are answered by the claim that says it."""

from collections.abc import Iterator

import pytest

from bot.ask import Asker
from bot.matching.openings import opening_of
from bot.model import Claim, Outcome
from bot.store import Change, Store, Trace

SUMMIT = Claim(
    "Mara Velt met Ivo Lunde in May 2019 at a rare summit in Olden", external_id="summit", claimant="Reuters"
)
BOATS = Claim("Soon after the Velt-Lunde summit in Olden boats seemed to reach Varland", external_id="boats")
CRATES = Claim(
    "Varland gave Tavaria several dozen field kitchens and a bakery", external_id="crates", claimant="Jo Berg"
)
STOVES = Claim("Tavaria used the field kitchens of Varland in the mountains", external_id="stoves", claimant="Jo Berg")


@pytest.fixture(scope="module")
def asker() -> Iterator[Asker]:
    with Store.in_memory() as store:
        store.save_many([Change(None, claim) for claim in (SUMMIT, BOATS, CRATES, STOVES)], Trace("test", "import"))
        yield Asker(store)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("when was the summit of velt and lunde in olden?", "summit"),
        ("ok so when did mara velt meet ivo lunde", "summit"),
        ("how many field kitchens did varland give to tavaria", "crates"),
        ("what did jo berg say about the field kitchens in the mountains", "stoves"),
    ],
)
def test_the_claim_that_says_what_is_asked_for_answers(asker: Asker, question: str, claim: str) -> None:
    answer = asker.ask(question)
    assert (answer.outcome, [hit.claim.external_id for hit in answer.hits]) == (Outcome.MATCH, [claim])


@pytest.mark.parametrize(
    "question",
    [
        "how many submarines did varland give to tavaria",
        "when was the wedding of velt and lunde",
        "how much does a kitchen cost in varland",
        "when we met in olden it rained for days",
    ],
)
def test_what_no_claim_says_stays_unanswered(asker: Asker, question: str) -> None:
    assert asker.ask(question).outcome is not Outcome.MATCH


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("how often was it used", "number"),
        ("what was the number of crates", "number"),
        ("ok so when did it happen", "date"),
        ("in which year was that", "date"),
        ("what did the Times write about it", "words"),
    ],
)
def test_what_a_question_leaves_open_is_known(question: str, what: str) -> None:
    opening = opening_of(question)
    assert opening is not None
    assert opening.what == what


@pytest.mark.parametrize(
    "question", ["did it happen when they met?", "is it true that he said so", "when we were kids"]
)
def test_a_question_whether_something_is_so_leaves_nothing_open(question: str) -> None:
    assert opening_of(question) is None
