"""What may be typed next: quick, short, and only what the person may see."""

from dataclasses import replace

import pytest

from bot.model import GLOBAL, Status
from bot.request import Actor, Request
from bot.store import Change, Trace
from tests.newsroom import AWAY, FOUNTAIN, HARBOUR, HOME, MEMBER, MODERATOR, WOOD, Newsroom


def completed(newsroom: Newsroom, verb: str, name: str, typed: str, by: Actor = MODERATOR, at: str = HOME) -> list[str]:
    request = Request(verb, {}, at.partition(":")[0], at, by)
    return [value for value, label in newsroom.factbot.complete(request, name, typed) if label]


@pytest.mark.parametrize(
    ("verb", "name", "typed", "found"),
    [
        ("fact show", "claim", "woo", ["wood"]),
        ("fact show", "claim", "market fountain", [FOUNTAIN.id]),
        ("fact add", "claimant", "wood", ["Robert Wood"]),
        ("fact add", "claimant", "K", ["John Kirby"]),
        ("fact add", "tags", "town | mis", ["town | missiles"]),
        ("fact list", "tag", "MISS", ["missiles"]),
        ("fact status", "status", "re", ["refuted", "retracted"]),
        ("fact help", "command", "fact sh", ["fact show"]),
        ("fact show", "claim", "zzz", []),
        ("fact search", "text", "woo", []),
        ("fact show", "no such parameter", "woo", []),
    ],
)
def test_values_are_offered_by_what_they_are_for(
    newsroom: Newsroom, verb: str, name: str, typed: str, found: list[str]
) -> None:
    assert completed(newsroom, verb, name, typed) == found


def test_nothing_of_another_community_is_offered(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "harbour", "claimant": "Zoë Quill", "tags": "bridges"}, at=AWAY)
    for name, typed in (("claim", "harbour bridge"), ("claim", HARBOUR.id[:4]), ("claimant", "Zo"), ("tags", "brid")):
        verb = "fact show" if name == "claim" else "fact add"
        assert completed(newsroom, verb, name, typed) == []
        assert completed(newsroom, verb, name, typed, at=AWAY) != []


def test_who_may_not_use_a_verb_is_offered_nothing_for_it(newsroom: Newsroom) -> None:
    assert completed(newsroom, "fact add", "claimant", "wood", by=MEMBER) == []
    assert completed(newsroom, "fact undo", "change", "", by=MEMBER) == []


def test_an_own_version_is_offered_in_place_of_the_global_claim(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "status": "refuted"})
    offered = completed(newsroom, "fact show", "claim", "missiles nine occasions")
    assert offered == [newsroom.claim("wood").id]
    assert completed(newsroom, "fact show", "claim", "woo") == []


def test_changes_are_offered_by_number(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "fountain", "via": "x"})
    number = str(newsroom.store.history(FOUNTAIN.id)[-1].id)
    assert number in completed(newsroom, "fact undo", "change", "")


@pytest.mark.parametrize("typed", ["", "%", "_", "'", "\x00", "x" * 5_000, "a\U0010ffff"])
def test_whatever_is_typed_at_most_25_values_come(newsroom: Newsroom, typed: str) -> None:
    many = [replace(WOOD, external_id=f"c{n}", claimant=f"Person {n}", tags=(f"t{n}",)) for n in range(60)]
    newsroom.store.save_many([Change(None, claim) for claim in many], Trace("test", "test"))
    for verb, name in (("fact show", "claim"), ("fact add", "claimant"), ("fact add", "tags"), ("fact undo", "change")):
        found = completed(newsroom, verb, name, typed)
        assert len(found) <= 25
        assert typed or found
    assert {claim.status for claim in newsroom.store.claims([GLOBAL])} == {Status.UNVERIFIED}
