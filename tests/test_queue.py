"""The queue: suggestions are looked through, taken, accepted, edited or declined, and everybody concerned is told."""

from dataclasses import replace

import pytest

from bot.model import GLOBAL
from bot.reply import Tone, plain
from bot.store import SuggestionKind, SuggestionState
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HOME,
    MEMBER,
    MODERATOR,
    OPERATOR,
    OTHER_MODERATOR,
    Newsroom,
    choice_of,
    labels,
    problems,
)
from tests.suggested import PIGS, SUE, decide, state, suggest, told

# the list and the card


def test_an_empty_queue_says_so(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact queue").title == "Nothing waits in the queue"


def test_the_oldest_comes_first_with_who_is_behind_it_five_on_a_page(newsroom: Newsroom) -> None:
    names = [
        suggest(newsroom, {"text": f"Pig {number} flies"}, by=replace(SUE, id=f"slack:T9:U{number}"))
        for number in range(6)
    ]
    suggest(newsroom, {"text": "pig 0 FLIES"})
    first, second = newsroom.handle("fact queue"), newsroom.handle("fact queue", {"page": "2"})
    assert first.title == "6 suggestions wait"
    assert [field.name.split(" ")[0] for field in (*first.fields, *second.fields)] == names
    assert "Sue (slack:T9:U0)" in first.fields[0].name
    assert "2 people" in first.fields[0].name
    assert "page=2" in first.footer
    assert not second.footer
    assert newsroom.handle("fact queue", {"page": "0"}).tone is Tone.REFUSED


def test_a_full_page_is_the_last_one_when_nothing_more_waits(newsroom: Newsroom) -> None:
    for number in range(5):
        assert newsroom.handle("fact queue").title.startswith(f"{number or 'Nothing'}")
        suggest(newsroom, {"text": f"Pig {number} flies"})
    reply = newsroom.handle("fact queue")
    assert (len(reply.fields), reply.footer) == (5, "")
    assert "people" not in plain(reply)


def test_what_somebody_forgotten_suggested_still_waits(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    newsroom.store.forget(MEMBER.id)
    reply = newsroom.handle("fact queue")
    assert reply.title == "1 suggestion waits"
    assert "somebody forgotten" in reply.fields[0].name
    assert MEMBER.name not in plain(reply)
    decide(newsroom, name, "decline", why="no")
    assert PIGS["text"] in plain(newsroom.handle("fact queue", {"suggestion": name}))


def test_a_card_shows_what_is_suggested_about_which_claim_and_what_can_be_done(newsroom: Newsroom) -> None:
    suggest(newsroom, {"claim": "fountain", "text": "It ran in June"})
    card = newsroom.press(newsroom.handle("fact queue"), "Look at")
    assert "It ran in June" in plain(card)
    assert FOUNTAIN.text in plain(card)
    assert labels(card) == ["Take", "Accept", "Edit", "Decline"]


def test_members_and_other_communities_see_no_queue(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"text": "quillon pigs"})
    for by, at in ((MEMBER, HOME), (MODERATOR, AWAY), (OPERATOR, GLOBAL)):
        for given in ({}, {"suggestion": name}, {"suggestion": name, "do": "accept", "sure": "yes"}):
            reply = newsroom.handle("fact queue", given, by=by, at=at)
            assert "quillon" not in plain(reply)
            assert not reply.changed
    assert newsroom.handle("fact queue", {"suggestion": name, "space": HOME}, by=OPERATOR, at=GLOBAL).choices


def test_an_operator_decides_elsewhere_by_its_buttons(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS, at=AWAY)
    card = newsroom.handle("fact queue", {"suggestion": name, "space": AWAY}, by=OPERATOR)
    assert newsroom.press(card, "Accept", by=OPERATOR).changed
    assert newsroom.only_new(AWAY).text == PIGS["text"]


# taking


def test_one_that_is_taken_shows_with_whom_and_others_may_still_decide(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    taken = decide(newsroom, name, "take")
    assert "with Ann (discord:7)" in plain(taken)
    assert "Take" not in labels(taken)
    reply = newsroom.handle("fact queue", {"suggestion": name, "do": "take"}, by=OTHER_MODERATOR)
    assert "Ann is looking after" in reply.text
    declined = {"suggestion": name, "do": "decline", "why": "no"}
    assert newsroom.handle("fact queue", declined, by=OTHER_MODERATOR).changed


# declining


def test_declining_asks_for_the_reason_and_the_person_is_told(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    asked = newsroom.press(newsroom.handle("fact queue", {"suggestion": name}), "Decline")
    assert not asked.changed
    assert problems(newsroom.fill_in(asked, {"why": " "}))
    assert newsroom.fill_in(asked, {"why": "It is a joke"}).changed
    assert state(newsroom, name) is SuggestionState.DECLINED
    assert "It is a joke" in told(newsroom)[MEMBER.id]
    assert "declined" in told(newsroom)[MEMBER.id]
    assert len(newsroom.store.claims([HOME])) == 1


def test_a_decided_one_waits_no_more_and_may_be_suggested_anew(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    decide(newsroom, name, "decline", why="no")
    assert newsroom.handle("fact queue").title == "Nothing waits in the queue"
    assert suggest(newsroom, PIGS) != name


def test_every_button_of_a_card_belongs_to_its_suggestion(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    card = newsroom.handle("fact queue", {"suggestion": name})
    assert {dict(choice_of(card, label).arguments)["suggestion"] for label in labels(card)} == {name}


@pytest.mark.parametrize("kind", list(SuggestionKind))
def test_what_is_not_valid_any_more_opens_its_form(newsroom: Newsroom, kind: SuggestionKind) -> None:
    about = "" if kind is SuggestionKind.CLAIM else "wood"
    values = {"text": "x" * 600, "said_on": "soon", "source_url": "ftp:x"}
    made, _ = newsroom.store.suggestions.add(HOME, kind, about, values, "", MEMBER.id)
    reply = decide(newsroom, made.id, "accept")
    assert reply.form
    assert state(newsroom, made.id) is SuggestionState.OPEN


def test_taking_and_declining_by_the_same_click_twice_is_done_once(newsroom: Newsroom) -> None:
    for do in ("take", "decline"):
        name = suggest(newsroom, {"text": f"Pigs {do}"})
        given = {"suggestion": name, "do": do, "why": "no"}
        assert newsroom.handle("fact queue", given, delivery=do).changed
        again = {"suggestion": suggest(newsroom, {"text": f"Cows {do}"}), "do": do, "why": "no"}
        assert "done already" in newsroom.handle("fact queue", again, delivery=do).text
