"""Search puts the claim first that a text tells, by its words and by a close reading."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.ask import Asker
from bot.matching import search as searching
from bot.matching.cross_encoder import Opinion
from bot.matching.matcher import Found
from bot.matching.weighing import Read
from bot.model import GLOBAL, Claim, State
from bot.store import Change, Listing, Store, Trace

CLAIMS = [
    Claim(text="The council shut the library in Mill Lane", external_id="library"),
    Claim(text="The council shut the swimming pool in Mill Lane", external_id="pool"),
    Claim(text="The council opened a library in Mill Lane in 1954", external_id="opened"),
]


@pytest.fixture
def asker() -> Iterator[Asker]:
    with Store.in_memory() as store:
        store.save_many([Change(None, claim, "add") for claim in CLAIMS], Trace("test", "test"))
        yield Asker(store)


def ids(asker: Asker, text: str, *, closely: bool = True, limit: int = 10) -> list[str]:
    return [hit.claim.external_id for hit in asker.search(text, closely=closely, limit=limit)]


def test_a_close_reading_can_turn_the_order_and_loses_no_claim(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    text = "the council shut it in Mill Lane"
    before = ids(asker, text, closely=False)

    def read(_reader: object, _text: str, _found: Found, claim: Claim) -> Read:
        same = 0.99 if claim.external_id == before[1] else 0.01
        return Read(*[Opinion(same, 1 - same, 0.0)] * 2)

    monkeypatch.setattr(searching, "read_by", read)
    after = ids(asker, text)
    assert sorted(after) == sorted(before)
    assert after[0] == before[1]
    assert ids(asker, text, limit=1) == after[:1]
    assert ids(asker, text, limit=0) == []


def test_once_enough_was_read_the_rest_stays_behind_in_its_order(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    text = "the council shut it in Mill Lane"
    before = ids(asker, text, closely=False)
    unlike = Opinion(0.001, 0.999, 0.0)

    def read(_reader: object, _text: str, _found: Found, claim: Claim) -> Read | None:
        return Read(unlike, unlike) if claim.external_id == before[0] else None

    monkeypatch.setattr(searching, "read_by", read)
    assert ids(asker, text) == before


@pytest.mark.parametrize(("text", "closely"), [("Библиотека Милл Лейн Mill Lane", True), ("a library", False)])
def test_a_text_in_another_script_or_searched_for_while_typing_is_not_read(
    monkeypatch: pytest.MonkeyPatch, asker: Asker, text: str, closely: bool
) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(searching, "read_by", unread)
    assert ids(asker, text, closely=closely)


def test_a_claim_that_shares_little_is_found_behind_those_that_share_much() -> None:
    text = "the council shut the library in Mill Lane and angry neighbours marched to the mayor's house with candles"
    alike = [Claim(text=f"The council shut the library in Mill Lane on day {n}", external_id=f"{n}") for n in range(9)]
    little = Claim(text="A crowd with candles stood before Ann Lee's door", external_id="crowd")
    with Store.in_memory() as store:
        store.save_many([Change(None, claim, "add") for claim in (*alike, little)], Trace("test", "test"))
        found = [hit.claim.external_id for hit in Asker(store).search(text)]
    assert found[-1] == "crowd"


def test_a_claim_that_was_removed_is_not_found_and_no_words_find_nothing(asker: Asker) -> None:
    assert ids(asker, "") == []
    with Store.in_memory() as store:
        store.save_many([Change(None, claim, "add") for claim in CLAIMS], Trace("test", "test"))
        searcher, removed = Asker(store), store.listed(Listing(GLOBAL), limit=1)[0]
        store.save(removed, replace(removed, state=State.REMOVED), Trace("test", "test"))
        assert removed.external_id not in ids(searcher, removed.text)
