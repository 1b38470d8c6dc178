"""Undo: exactly the fields of one change, or of a whole batch, and nothing that somebody has changed since."""

from dataclasses import fields, replace
from typing import Any

import pytest

from bot.model import GLOBAL, Attribution, Claim, Source, State, Status
from bot.reply import Reply, Tone, plain
from bot.request import Request
from bot.store import Trace
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HARBOUR,
    HOME,
    KIRBY,
    MEMBER,
    MODERATOR,
    OPERATOR,
    OTHER_MODERATOR,
    TERMINAL,
    WOOD,
    Newsroom,
    labels,
)

OTHER: dict[str, Any] = {
    "text": "The fountain on the market square has run for years",
    "state": State.REMOVED,
    "claimant": "Ada Lovelace",
    "claimant_role": "Mayor",
    "said_on": "2024-02",
    "occasion": "Market day",
    "via": "Reuters",
    "attribution": Attribution.QUOTED,
    "status": Status.REFUTED,
    "status_note": "It ran in June",
    "status_on": "2024-06-01",
    "original_rating": "Mostly false",
    "sources": (Source("A", "Reuters", "https://example.org/1", "2024"), Source(publisher="BBC")),
    "phrasings": ("no water on the square", "dry fountain"),
    "never_phrasings": ("the fountain is new",),
    "tags": ("water", "town"),
    "lang": "de",
}


def changed(newsroom: Newsroom, before: Claim, by: str = "discord:7", **values: Any) -> int:
    """Save these values of a claim; return the number of the change."""
    newsroom.store.save(before, replace(before, **values), Trace(by, "discord", name={"discord:8": "Ben"}.get(by, "")))
    return last(newsroom, before)


def last(newsroom: Newsroom, claim: Claim) -> int:
    return newsroom.store.history(claim.id)[-1].id


def undo(newsroom: Newsroom, change: object, **more: Any) -> Reply:
    return newsroom.handle("fact undo", {"change": str(change), "sure": "yes"}, **more)


def shows(reply: Reply, name: str) -> bool:
    return name in [each.name for each in reply.fields]


def test_every_field_of_a_claim_is_tried() -> None:
    assert {each.name for each in fields(Claim)} == {*OTHER, "external_id", "space"}


@pytest.mark.parametrize("name", OTHER)
def test_undo_of_any_field_is_exact_and_so_is_its_redo(newsroom: Newsroom, name: str) -> None:
    first = replace(FOUNTAIN, sources=(Source("Z"),), phrasings=("so",), never_phrasings=("not so",), tags=("old",))
    newsroom.store.save(FOUNTAIN, first, Trace("test", "test"))
    number = changed(newsroom, first, **{name: OTHER[name]})
    assert undo(newsroom, number).changed
    assert newsroom.claim("fountain") == first
    assert undo(newsroom, last(newsroom, FOUNTAIN)).changed
    assert newsroom.claim("fountain") == replace(first, **{name: OTHER[name]})


def test_an_undo_is_a_change_of_its_own_that_names_what_it_undoes(newsroom: Newsroom) -> None:
    number = changed(newsroom, FOUNTAIN, via="Reuters")
    reply = newsroom.handle("fact undo", {"change": f"#{number}", "why": "a mistake"}, by=OTHER_MODERATOR)
    assert "via: Reuters → (nothing)" in plain(reply)
    revision = newsroom.store.history(FOUNTAIN.id)[-1]
    assert (revision.verb, revision.undoes, revision.why, revision.actor) == (
        "undo",
        number,
        "a mistake",
        OTHER_MODERATOR.id,
    )
    assert revision.origin == "discord"
    assert newsroom.store.check_chain() == []


def test_later_changes_of_other_fields_stay(newsroom: Newsroom) -> None:
    number = changed(newsroom, FOUNTAIN, via="Reuters", status=Status.REFUTED)
    changed(newsroom, newsroom.claim("fountain"), occasion="Market day")
    assert undo(newsroom, number).changed
    assert newsroom.claim("fountain") == replace(FOUNTAIN, occasion="Market day")


def test_a_later_change_of_the_same_field_is_named_and_nothing_is_undone(newsroom: Newsroom) -> None:
    number = changed(newsroom, FOUNTAIN, via="Reuters", status_note="It ran")
    later = changed(newsroom, newsroom.claim("fountain"), by="discord:8", status_note="It ran in June")
    newest = changed(newsroom, newsroom.claim("fountain"), by="discord:7", via="BBC")
    reply = undo(newsroom, number)
    assert reply.tone is Tone.REFUSED
    assert f"status note by #{later} (Ben (discord:8))" in reply.text
    assert f"via by #{newest} (" in reply.text
    assert newsroom.claim("fountain").via == "BBC"
    assert last(newsroom, FOUNTAIN) == newest


def test_undoing_twice_is_refused_and_names_the_first_undo(newsroom: Newsroom) -> None:
    number = changed(newsroom, FOUNTAIN, via="Reuters")
    undo(newsroom, number)
    reply = undo(newsroom, number)
    assert reply.tone is Tone.REFUSED
    assert f"#{last(newsroom, FOUNTAIN)}" in reply.text


def test_undo_redo_and_undo_again_by_the_buttons(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact edit", {"claim": "fountain", "via": "Reuters"})
    for via in ("", "Reuters", "", "Reuters"):
        reply = newsroom.press(reply, "Undo")
        assert newsroom.claim("fountain").via == via


def test_undoing_the_making_of_a_claim_removes_it_and_undoing_that_brings_it_back(newsroom: Newsroom) -> None:
    reply = undo(newsroom, last(newsroom, FOUNTAIN))
    assert reply.changed
    assert newsroom.claim("fountain") == replace(FOUNTAIN, state=State.REMOVED)
    assert FOUNTAIN.text not in plain(newsroom.handle("factcheck", {"question": FOUNTAIN.text}))
    assert undo(newsroom, last(newsroom, FOUNTAIN)).changed
    assert newsroom.claim("fountain") == FOUNTAIN
    assert FOUNTAIN.text in plain(newsroom.handle("factcheck", {"question": FOUNTAIN.text}))


def test_the_making_of_a_claim_that_was_changed_since_is_not_undone(newsroom: Newsroom) -> None:
    first = last(newsroom, FOUNTAIN)
    later = changed(newsroom, FOUNTAIN, by="discord:8", via="Reuters")
    assert f"via by #{later} (Ben" in undo(newsroom, first).text
    assert newsroom.claim("fountain").state is State.ACTIVE


def test_undoing_the_making_of_an_own_version_shows_the_global_claim_again(newsroom: Newsroom) -> None:
    ask = {"question": WOOD.text}
    newsroom.handle("fact edit", {"claim": "wood", "status": "refuted", "note": "quillon"})
    assert "quillon" in plain(newsroom.handle("factcheck", ask))
    own = newsroom.claim("wood")
    assert undo(newsroom, last(newsroom, own)).changed
    assert newsroom.claim("wood").state is State.WITHDRAWN
    for verb, given in (("factcheck", ask), ("fact search", {"text": WOOD.text}), ("fact show", {"claim": "wood"})):
        shown = plain(newsroom.handle(verb, given))
        assert WOOD.text in shown
        assert "quillon" not in shown
    assert undo(newsroom, last(newsroom, own)).changed
    assert newsroom.claim("wood") == own
    assert "quillon" in plain(newsroom.handle("factcheck", ask))


def test_undoing_the_removal_of_a_global_claim_here_shows_it_again(newsroom: Newsroom) -> None:
    ask, search = {"question": WOOD.text}, {"text": WOOD.text}
    newsroom.handle("fact remove", {"claim": "wood", "sure": "yes"})
    assert WOOD.text not in plain(newsroom.handle("factcheck", ask))
    assert not shows(newsroom.handle("fact search", search), "wood")
    assert undo(newsroom, last(newsroom, newsroom.claim("wood"))).changed
    assert WOOD.text in plain(newsroom.handle("factcheck", ask))
    assert shows(newsroom.handle("fact search", search), "wood")


def test_a_second_version_made_after_a_withdrawn_one_is_undone_to_that(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"})
    undo(newsroom, last(newsroom, newsroom.claim("wood")))
    withdrawn = newsroom.claim("wood")
    newsroom.handle("fact edit", {"claim": "wood", "status": "refuted"})
    undo(newsroom, last(newsroom, withdrawn))
    assert newsroom.claim("wood") == withdrawn
    assert WOOD.text in plain(newsroom.handle("factcheck", {"question": WOOD.text}))


def test_undoing_the_making_of_a_global_claim_removes_it_everywhere(newsroom: Newsroom) -> None:
    assert undo(newsroom, last(newsroom, WOOD), by=TERMINAL, at=GLOBAL).changed
    assert newsroom.claim("wood", GLOBAL).state is State.REMOVED
    assert WOOD.text not in plain(newsroom.handle("factcheck", {"question": WOOD.text}))


def test_a_claim_that_came_removed_has_nothing_to_undo(newsroom: Newsroom) -> None:
    gone = replace(FOUNTAIN, external_id="gone", text="The old fountain", state=State.REMOVED)
    newsroom.store.save(None, gone, Trace("test", "test"))
    count = len(newsroom.store.history(gone.id))
    reply = undo(newsroom, last(newsroom, gone))
    assert reply.tone is Tone.REFUSED
    assert len(newsroom.store.history(gone.id)) == count


# who, where, and what is none


def test_what_another_space_did_cannot_be_undone(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "harbour", "note": "xanthe"}, at=AWAY)
    newsroom.store.save(KIRBY, replace(KIRBY, via="x"), Trace("discord:99", "discord", "globally"))
    newsroom.store.save(newsroom.claim("harbour", AWAY), HARBOUR, Trace("slack:T2:U5", "slack", "away-batch"))
    numbers = [last(newsroom, HARBOUR), last(newsroom, KIRBY), "away-batch", "globally"]
    for name in numbers:
        reply = undo(newsroom, name)
        assert reply.tone is Tone.REFUSED
        assert "xanthe" not in plain(reply)
    assert newsroom.claim("harbour", AWAY) == HARBOUR


def test_an_operator_undoes_in_the_space_that_is_named(newsroom: Newsroom) -> None:
    number = changed(newsroom, HARBOUR, via="x")
    reply = newsroom.handle("fact undo", {"change": str(number), "space": AWAY}, by=OPERATOR)
    assert reply.changed
    assert newsroom.claim("harbour", AWAY) == HARBOUR
    assert newsroom.press(reply, "Undo", by=OPERATOR).changed
    assert newsroom.claim("harbour", AWAY).via == "x"


def test_members_undo_nothing(newsroom: Newsroom) -> None:
    assert undo(newsroom, last(newsroom, FOUNTAIN), by=MEMBER).tone is Tone.REFUSED


@pytest.mark.parametrize("name", ["0", "99999", "9" * 40, "#", "²", "import-nothing", "-1", "1 2", "%"])
def test_a_change_that_there_is_not_is_refused_in_words(newsroom: Newsroom, name: str) -> None:
    reply = undo(newsroom, name)
    assert reply.tone is Tone.REFUSED
    assert "incident" not in reply.text
    assert "There is no change" in reply.text


def test_what_was_taken_down_cannot_be_undone(newsroom: Newsroom) -> None:
    number = changed(newsroom, FOUNTAIN, status_note="Said by Zebulon Quill")
    newsroom.store.take_down("Zebulon Quill", Trace("terminal:root", "terminal"))
    assert "taken down" in undo(newsroom, number).text


def test_a_change_whose_earlier_text_was_taken_down_is_not_taken_for_its_making(
    newsroom: Newsroom,
) -> None:
    noted = replace(FOUNTAIN, status_note="Said by Zebulon Quill")
    newsroom.store.save(FOUNTAIN, noted, Trace("test", "test"))
    number = changed(newsroom, noted, status_note="It ran")
    newsroom.store.take_down("Zebulon Quill", Trace("terminal:root", "terminal"))
    assert "taken down" in undo(newsroom, number).text
    assert newsroom.claim("fountain") == replace(FOUNTAIN, status_note="It ran")


def test_an_undo_delivered_twice_undoes_once(newsroom: Newsroom) -> None:
    number = changed(newsroom, FOUNTAIN, via="Reuters")
    for expected in (True, False):
        reply = newsroom.handle("fact undo", {"change": str(number)}, delivery="5")
        assert reply.changed is expected
    assert "done already" in reply.text
    assert newsroom.claim("fountain") == FOUNTAIN


def test_who_changed_a_global_claim_later_is_not_named_to_a_community(newsroom: Newsroom) -> None:
    asked = undo(newsroom, last(newsroom, WOOD))
    assert asked.tone is Tone.REFUSED
    assert MODERATOR.id not in asked.text


def test_the_card_of_what_an_undo_hides_says_that_it_is_hidden(newsroom: Newsroom) -> None:
    reply = undo(newsroom, last(newsroom, FOUNTAIN))
    assert "not shown" in plain(reply)
    assert "Edit" not in labels(reply)


@pytest.mark.parametrize("withdrawn", [False, True], ids=["removed", "withdrawn"])
def test_a_removed_version_hides_the_global_claim_everywhere_here_and_a_withdrawn_one_does_not(
    newsroom: Newsroom, withdrawn: bool
) -> None:
    newsroom.handle("fact remove", {"claim": "wood", "sure": "yes"})
    if withdrawn:
        undo(newsroom, last(newsroom, newsroom.claim("wood")))
    given = {
        "factcheck": {"question": WOOD.text},
        "why": {"question": WOOD.text},
        "fact search": {"text": "nine occasions"},
        "fact list": {"tag": "missiles"},
        "others": {"claim": "kirby"},
        "fact show": {"claim": "wood"},
        "sources": {"claim": "wood"},
    }
    for verb, each in given.items():
        assert ("Robert Wood" in plain(newsroom.handle(verb, each))) == withdrawn, verb
        assert "Robert Wood" in plain(newsroom.handle(verb, each, at=AWAY))
    for typed in ("nine occasions", "woo"):
        request = Request("fact edit", {}, "discord", HOME, MODERATOR)
        offered = [value for value, _ in newsroom.factbot.complete(request, "claim", typed)]
        assert ("wood" in offered) == withdrawn
