"""Search puts the claim first that a text tells, by its words and by a close reading."""

from collections.abc import Iterator

import pytest

from bot.ask import Asker
from bot.matching import search as searching
from bot.matching.cross_encoder import Opinion
from bot.matching.matcher import Found
from bot.matching.weighing import Read
from bot.model import Claim
from bot.store import Change, Store, Trace

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


def first(asker: Asker, text: str) -> str:
    return asker.search(text)[0].claim.external_id


def test_what_a_text_tells_comes_before_what_only_shares_its_words(asker: Asker) -> None:
    assert first(asker, "councillors closed down a library on mill lane") == "library"
    assert first(asker, "nowhere to swim in mill lane any more, the council closed the pool") == "pool"


def test_a_close_reading_can_turn_the_order_and_loses_no_claim(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    text = "the council shut it in Mill Lane"
    before = [hit.claim.external_id for hit in asker.search(text)]

    def read(_reader: object, _text: str, _found: Found, claim: Claim) -> Read:
        same = 0.99 if claim.external_id == before[1] else 0.01
        return Read(*[Opinion(same, 1 - same, 0.0)] * 2)

    monkeypatch.setattr(searching, "read_by", read)
    after = [hit.claim.external_id for hit in asker.search(text)]
    assert sorted(after) == sorted(before)
    assert after[0] == before[1]
    assert [hit.claim.external_id for hit in asker.search(text, limit=1)] == after[:1]


def test_a_text_in_another_script_is_ordered_by_its_words(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(searching, "read_by", unread)
    assert len(asker.search("Библиотека Милл Лейн Mill Lane")) == len(CLAIMS)
