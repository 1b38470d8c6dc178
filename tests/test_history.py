"""The history: who changed what, when, from where and why, in words, and who is shown what of it."""

from dataclasses import replace

import pytest

from bot.model import GLOBAL, Source, State
from bot.reply import Reply, Tone, plain
from bot.store import Change, Trace
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HARBOUR,
    HOME,
    MEMBER,
    MODERATOR,
    OPERATOR,
    OTHER_MODERATOR,
    TERMINAL,
    WOOD,
    Newsroom,
    labels,
)

NOTED = {"claim": "fountain", "status": "refuted", "why": "It ran in June"}


def headlines(reply: Reply) -> list[str]:
    return [field.name for field in reply.fields]


def test_a_change_says_who_when_from_where_and_why(newsroom: Newsroom) -> None:
    trace = Trace("discord:7", "discord", at="2024-02-06T14:03:09Z", why="It ran in June", name="Ann")
    newsroom.store.save(FOUNTAIN, replace(FOUNTAIN, via="Reuters"), trace, "edit")
    reply = newsroom.handle("fact history", {"claim": "fountain"})
    number = newsroom.store.history(FOUNTAIN.id)[-1].id
    assert headlines(reply)[0] == f"#{number} · 6 Feb 2024 14:03 UTC · Ann (discord:7) · edit · via discord"
    assert reply.fields[0].value == "via: (nothing) → Reuters\nwhy: It ran in June"


def test_what_was_changed_is_told_field_by_field(newsroom: Newsroom) -> None:
    long = "The fountain " + "has run and run and run and " * 8
    after = replace(
        FOUNTAIN,
        text=long + "still runs",
        status_note="Seen on site",
        sources=(Source(publisher="Reuters", url="https://example.org/1"),),
        tags=("water", "town"),
    )
    newsroom.store.save(FOUNTAIN, replace(after, text=long + "never ran", tags=("town",)), Trace("test", "test"))
    newsroom.store.save(newsroom.claim("fountain"), after, Trace("test", "test"))
    last, first, _ = newsroom.handle("fact history", {"claim": "fountain"}).fields
    assert "still runs" in last.value
    assert "never ran" in last.value
    assert len(last.value) < len(long) * 2
    assert "tags: + water" in last.value
    assert "sources: + Reuters https://example.org/1" in first.value
    assert "status note: (nothing) → Seen on site" in first.value


def test_making_a_claim_tells_what_it_says(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact history", {"claim": "wood"})
    assert f"text: {WOOD.text}" in reply.fields[0].value
    assert "claimant: Robert Wood" in reply.fields[0].value


def test_the_newest_comes_first_ten_on_a_page(newsroom: Newsroom) -> None:
    for number in range(24):
        newsroom.handle("fact edit", {"claim": "fountain", "via": f"paper {number}"})
    pages = [newsroom.handle("fact history", {"claim": "fountain", "page": str(page)}) for page in (1, 2, 3)]
    assert [len(page.fields) for page in pages] == [10, 10, 5]
    assert pages[0].fields[0].value == "via: paper 22 → paper 23"
    assert "page=2" in pages[0].footer
    assert not pages[2].footer
    numbers = [int(name.split(" ")[0][1:]) for page in pages for name in headlines(page)]
    assert numbers == sorted(numbers, reverse=True)
    assert "There is no page 4" in newsroom.handle("fact history", {"claim": "fountain", "page": "4"}).text


def test_pages_are_turned_by_buttons_where_the_operator_looks(newsroom: Newsroom) -> None:
    for number in range(11):
        newsroom.handle("fact edit", {"claim": "harbour", "via": f"paper {number}"}, at=AWAY)
    first = newsroom.handle("fact history", {"claim": "harbour", "space": AWAY}, by=OPERATOR)
    older = newsroom.press(first, "Older", by=OPERATOR)
    assert len(older.fields) == 2
    assert len(newsroom.press(older, "Newer", by=OPERATOR).fields) == 10


@pytest.mark.parametrize("page", ["0", "-1", "two", "1.5", "²", "999999"])
def test_what_is_no_page_is_refused(newsroom: Newsroom, page: str) -> None:
    reply = newsroom.handle("fact history", {"page": page})
    assert reply.tone is Tone.REFUSED
    assert "incident" not in reply.text


def test_without_a_claim_the_latest_changes_here_come(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", NOTED)
    newsroom.handle("fact edit", {"claim": "harbour", "via": "x"}, at=AWAY)
    reply = newsroom.handle("fact history")
    assert len(reply.fields) == 2
    assert "refuted" in reply.fields[0].value
    assert HARBOUR.text not in plain(reply)


def test_each_change_says_of_which_claim_it_is(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", NOTED)
    assert FOUNTAIN.id in newsroom.handle("fact history").fields[0].name


def test_the_changes_of_an_own_version_stand_with_those_of_the_global_claim(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "status": "disputed"})
    newsroom.handle("fact edit", {"claim": "wood", "status": "refuted", "space": GLOBAL}, by=OPERATOR)
    text = plain(newsroom.handle("fact history", {"claim": "wood"}))
    assert "status: unverified → refuted" in text
    assert "status: disputed" in text
    assert "disputed" not in plain(newsroom.handle("fact history", {"claim": "wood"}, at=AWAY))


def test_who_changed_a_global_claim_is_an_operator_to_communities(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters", "space": GLOBAL}, by=OPERATOR)
    shown = plain(newsroom.handle("fact history", {"claim": "wood"}))
    assert "an operator" in shown
    assert "Olga" not in shown
    assert "discord:99" not in shown
    for by in (OPERATOR, TERMINAL):
        assert "Olga (discord:99)" in plain(newsroom.handle("fact history", {"claim": "wood"}, by=by))


def test_the_program_itself_stands_by_its_name(newsroom: Newsroom) -> None:
    newsroom.store.save(FOUNTAIN, replace(FOUNTAIN, via="x"), Trace("starter", "starter"))
    assert "· starter · edit · via starter" in headlines(newsroom.handle("fact history", {"claim": "fountain"}))[0]


def test_somebody_forgotten_is_not_named(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", NOTED)
    newsroom.store.forget(MODERATOR.id)
    shown = plain(newsroom.handle("fact history", {"claim": "fountain"}, by=OTHER_MODERATOR))
    assert "somebody forgotten" in shown
    assert "Ann" not in shown


def test_what_was_taken_down_is_not_shown_as_made_anew_and_offers_no_undo(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "fountain", "note": "Said by Zebulon Quill"})
    newsroom.handle("fact edit", {"claim": "fountain", "via": "Reuters"})
    newsroom.store.take_down("Zebulon Quill", Trace("terminal:root", "terminal"))
    reply = newsroom.handle("fact history", {"claim": "fountain"})
    assert "Zebulon" not in plain(reply)
    assert ["taken down" in field.value for field in reply.fields] == [True, True, True, False]
    assert FOUNTAIN.text not in reply.fields[0].value
    assert len([label for label in labels(reply) if label.startswith("Undo")]) == 1


def test_each_change_here_can_be_undone_from_the_history_and_a_global_one_cannot(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "status": "disputed"})
    reply = newsroom.handle("fact history", {"claim": "wood"})
    own = newsroom.store.history(newsroom.claim("wood").id)[-1].id
    assert labels(reply) == [f"Undo #{own}"]
    assert newsroom.press(reply, "Undo").changed
    assert newsroom.claim("wood").state is State.WITHDRAWN


def test_an_undo_says_what_it_undoes_and_a_batch_its_name(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", NOTED)
    number = newsroom.store.history(FOUNTAIN.id)[-1].id
    newsroom.handle("fact undo", {"change": str(number)})
    newsroom.handle("fact status", {"claim": "fountain wood", "status": "opinion", "sure": "yes"})
    batch = newsroom.store.recent([HOME], limit=1)[0].batch
    latest, undone, _ = headlines(newsroom.handle("fact history", {"claim": "fountain"}))[:3]
    assert f"batch {batch}" in latest
    assert f"undo of #{number}" in undone


def test_the_history_of_a_removed_claim_is_there_for_moderators(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "fountain", "sure": "yes"})
    assert "state: active → removed" in plain(newsroom.handle("fact history", {"claim": "fountain"}))


def test_members_and_other_communities_see_no_history(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "harbour", "note": "xanthe"}, at=AWAY)
    assert newsroom.handle("fact history", {"claim": "fountain"}, by=MEMBER).tone is Tone.REFUSED
    for name in ("harbour", HARBOUR.id):
        reply = newsroom.handle("fact history", {"claim": name})
        assert reply.tone is Tone.REFUSED
        assert "xanthe" not in plain(reply)


def test_markup_and_steering_characters_in_names_and_reasons_stay_text(newsroom: Newsroom) -> None:
    name = "Ann\x1b[31m \u202eevil"
    trace = Trace("discord:7", "discord", why="be\x07ll", name=name)
    newsroom.store.save_many([Change(FOUNTAIN, replace(FOUNTAIN, via="x"))], trace)
    shown = plain(newsroom.handle("fact history", {"claim": "fountain"}))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
