"""Undo of what was changed together: all of it or nothing, and the undo can be undone."""

from dataclasses import replace
from typing import Any

from bot.model import GLOBAL, Claim, State, Status
from bot.reply import File, Reply, Tone, plain
from bot.store import Change, Trace
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HOME,
    KIRBY,
    OPERATOR,
    OTHER_MODERATOR,
    TERMINAL,
    WOOD,
    Newsroom,
    choice_of,
)


def last(newsroom: Newsroom, claim: Claim) -> int:
    return newsroom.store.history(claim.id)[-1].id


def undo(newsroom: Newsroom, change: object, **more: Any) -> Reply:
    return newsroom.handle("fact undo", {"change": str(change), "sure": "yes"}, **more)


def bulk(newsroom: Newsroom) -> tuple[str, Reply]:
    reply = newsroom.handle("fact status", {"claim": "wood kirby fountain", "status": "disputed", "sure": "yes"})
    return dict(choice_of(reply, "Undo").arguments)["change"], reply


def test_a_bulk_change_is_shown_first_and_then_undone_as_one(newsroom: Newsroom) -> None:
    batch, reply = bulk(newsroom)
    asked = newsroom.press(reply, "Undo")
    assert not asked.changed
    assert "3 changes" in asked.title
    assert len(asked.fields) == 3
    done = newsroom.press(asked, "Undo 3")
    assert done.changed
    assert newsroom.claim("fountain") == FOUNTAIN
    assert {newsroom.claim(name).state for name in ("wood", "kirby")} == {State.WITHDRAWN}
    assert {each.verb for each in newsroom.store.recent([HOME], limit=3)} == {"undo"}
    assert newsroom.store.check_chain() == []
    assert batch in newsroom.store.recent([HOME], limit=1)[0].why


def test_the_undo_of_a_bulk_change_can_be_undone(newsroom: Newsroom) -> None:
    batch, _ = bulk(newsroom)
    before = {claim.id: claim for claim in newsroom.store.claims([HOME])}
    done = undo(newsroom, batch)
    newsroom.press(newsroom.press(done, "Undo"), "Undo 3")
    assert {claim.id: claim for claim in newsroom.store.claims([HOME])} == before


def test_the_reason_for_undoing_a_batch_survives_the_question(newsroom: Newsroom) -> None:
    batch, _ = bulk(newsroom)
    why = "The list was the wrong one, " * 8
    asked = newsroom.handle("fact undo", {"change": batch, "why": why})
    assert newsroom.press(asked, "Undo 3").changed
    assert why.strip() in newsroom.store.recent([HOME], limit=1)[0].why
    assert "has expired" in newsroom.press(asked, "Undo 3").text


def test_one_change_in_the_way_leaves_the_whole_batch_as_it_is(newsroom: Newsroom) -> None:
    batch, _ = bulk(newsroom)
    newsroom.handle("fact edit", {"claim": "kirby", "status": "refuted"}, by=OTHER_MODERATOR)
    before = newsroom.store.claims([HOME])
    reply = undo(newsroom, batch)
    assert reply.tone is Tone.REFUSED
    assert "Nothing was undone" in reply.text
    assert "status by #" in reply.text
    assert "(Ben (discord:8))" in reply.text
    assert newsroom.store.claims([HOME]) == before


def test_what_stands_in_the_way_of_a_batch_is_listed_ten_at_most(newsroom: Newsroom) -> None:
    made = [Claim(f"Claim number {n} is on record", f"n{n}", HOME) for n in range(12)]
    newsroom.store.save_many([Change(None, claim) for claim in made], Trace("test", "import", "import-1"))
    newsroom.store.save_many([Change(each, replace(each, via="x")) for each in made], Trace("discord:8", "discord"))
    text = undo(newsroom, "import-1").text
    assert text.count("cannot be undone") == 10
    assert "and 2 more" in text
    asked = newsroom.handle("fact undo", {"change": "import-1"})
    assert [field.name for field in asked.fields] == [*(claim.id for claim in made[:10]), "…"]
    assert asked.fields[-1].value == "and 2 more"


def test_a_batch_that_changed_a_claim_twice_is_undone_to_its_beginning(newsroom: Newsroom) -> None:
    first, second = replace(FOUNTAIN, via="a"), replace(FOUNTAIN, via="b", status=Status.REFUTED)
    for before, after in ((FOUNTAIN, first), (first, second)):
        newsroom.store.save(before, after, Trace("discord:7", "discord", "twice"))
    assert undo(newsroom, "twice").changed
    assert newsroom.claim("fountain") == FOUNTAIN


def test_an_import_and_a_merge_are_undone_as_a_whole(newsroom: Newsroom) -> None:
    file = File("new.csv", b"external_id,text\none,Trams run every nine minutes\nfountain,The fountain runs again\n")
    imported = newsroom.handle("fact import", file=file)
    newsroom.press(newsroom.press(imported, "Undo"), "Undo 2")
    assert newsroom.claim("fountain") == FOUNTAIN
    assert newsroom.claim("one").state is State.REMOVED
    merged = newsroom.handle("fact merge", {"claim": "wood", "into": "kirby", "sure": "yes"})
    newsroom.press(newsroom.press(merged, "Undo"), "Undo 2")
    for claim in (WOOD, KIRBY):
        assert newsroom.claim(claim.external_id).state is State.WITHDRAWN
        assert claim.text in plain(newsroom.handle("factcheck", {"question": claim.text}))


def test_an_operator_is_told_where_else_a_batch_changed_claims(newsroom: Newsroom) -> None:
    made = [Claim("Trams run every nine minutes", "one", space) for space in (GLOBAL, HOME, AWAY)]
    newsroom.store.save_many([Change(None, claim) for claim in made], Trace("terminal:root", "import", "import-1"))
    reply = undo(newsroom, "import-1", by=TERMINAL, at=GLOBAL)
    assert newsroom.claim("one", GLOBAL).state is State.REMOVED
    assert newsroom.claim("one").state is State.ACTIVE
    assert HOME in plain(reply)
    assert AWAY in plain(reply)
    assert AWAY not in plain(undo(newsroom, "import-1"))
    assert newsroom.claim("one", AWAY).state is State.ACTIVE


def test_a_batch_of_one_change_is_undone_unasked(newsroom: Newsroom) -> None:
    newsroom.store.save(FOUNTAIN, replace(FOUNTAIN, via="a"), Trace("discord:7", "discord", "alone"))
    reply = newsroom.handle("fact undo", {"change": "alone"}, by=OPERATOR)
    assert reply.title == "alone is undone: 1 claim"
    assert "space" not in reply.text
    assert newsroom.claim("fountain") == FOUNTAIN


def test_an_undo_of_a_batch_delivered_twice_undoes_once(newsroom: Newsroom) -> None:
    batch, _ = bulk(newsroom)
    replies = [newsroom.handle("fact undo", {"change": batch, "sure": "yes"}, delivery="6") for _ in range(2)]
    assert [reply.changed for reply in replies] == [True, False]
    done = newsroom.press(replies[0], "Undo")
    assert newsroom.press(done, "Undo 3", delivery="6").text == "This was done already, and nothing was changed twice."
    assert newsroom.claim("fountain") == FOUNTAIN
