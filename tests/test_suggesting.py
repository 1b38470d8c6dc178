"""Suggesting: anyone may, what is typed is checked and never lost, and nobody floods a queue."""

import pytest

from bot.model import GLOBAL, State
from bot.reply import Tone, plain
from bot.request import Actor
from bot.store import Suggestion, SuggestionKind
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HARBOUR,
    HOME,
    KIRBY,
    MEMBER,
    MODERATOR,
    OPERATOR,
    TERMINAL,
    WOOD,
    Newsroom,
    input_of,
    problems,
)

STRANGER = Actor("slack:T9:U1", "Sue")
PIGS = {"text": "Pigs fly at noon"}
CHANNEL = "discord:channel:9"


def waiting(newsroom: Newsroom, space: str = HOME) -> list[Suggestion]:
    return newsroom.store.suggestions.open(space)


@pytest.mark.parametrize("by", [MEMBER, STRANGER, MODERATOR, OPERATOR], ids=lambda by: by.name)
def test_anyone_suggests_a_claim(newsroom: Newsroom, by: Actor) -> None:
    reply = newsroom.handle("fact suggest", {**PIGS, "claimant": "Ann Lee", "said_on": "2024-02"}, by=by)
    assert reply.changed
    [made] = waiting(newsroom)
    assert made.kind is SuggestionKind.CLAIM
    assert made.values == {"text": "Pigs fly at noon", "claimant": "Ann Lee", "said_on": "2024-02"}
    assert made.id in plain(reply)
    assert newsroom.store.people.account(made.person) == by.id
    assert len(newsroom.store.claims([HOME])) == 1


def test_with_a_claim_it_is_a_correction_of_it_and_another_kind_when_that_is_said(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", {"claim": "fountain", "text": "It ran in June"}, by=MEMBER)
    newsroom.handle("fact suggest", {"claim": "wood", "text": "nine launches", "kind": "Phrasing"}, by=MEMBER)
    newsroom.handle("fact suggest", {"claim": "wood", "source": "https://example.org/1", "kind": "source"}, by=MEMBER)
    assert [(each.kind.value, each.claim_id) for each in waiting(newsroom)] == [
        ("correction", FOUNTAIN.id),
        ("phrasing", "wood"),
        ("source", "wood"),
    ]


def test_a_new_claim_is_about_no_other_one(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", {**PIGS, "claim": "wood", "kind": "claim"}, by=MEMBER)
    assert waiting(newsroom)[0].claim_id == ""


def test_from_an_answer_what_is_wrong_can_be_said(newsroom: Newsroom) -> None:
    answer = newsroom.handle("factcheck", {"question": FOUNTAIN.text}, by=MEMBER)
    form = newsroom.press(answer, "Wrong?", by=MEMBER)
    assert not form.changed
    assert newsroom.fill_in(form, {"text": "It ran in June"}, by=MEMBER).changed
    assert (waiting(newsroom)[0].kind, waiting(newsroom)[0].claim_id) == (SuggestionKind.CORRECTION, FOUNTAIN.id)


def test_what_is_not_on_record_can_be_suggested_from_the_answer(newsroom: Newsroom) -> None:
    answer = newsroom.handle("factcheck", {"question": "Do pigs fly at noon?"}, by=MEMBER)
    assert newsroom.press(answer, "Suggest this claim", by=MEMBER).changed
    assert waiting(newsroom)[0].values == {"text": "Do pigs fly at noon?"}


def test_without_anything_the_form_comes(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact suggest", by=MEMBER)
    assert not reply.changed
    assert newsroom.fill_in(reply, {"text": "Pigs fly"}, by=MEMBER).changed


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({**PIGS, "said_on": "soon"}, {"said_on"}),
        ({**PIGS, "said_on": "soon", "source": "ftp:x"}, {"said_on", "source"}),
        ({"claim": "wood", "kind": "phrasing", "text": "x" * 501}, {"text"}),
        ({"claim": "wood", "kind": "source", "text": "x" * 301}, {"text"}),
        ({"claim": "zebra", "text": "It ran in June"}, {"claim"}),
        ({"kind": "correction", "text": "It ran in June"}, {"claim"}),
        ({"kind": "phrasing", "text": "It ran in June"}, {"claim"}),
    ],
)
def test_what_is_wrong_is_said_field_by_field_and_what_was_typed_stays(
    newsroom: Newsroom, given: dict[str, str], wrong: set[str]
) -> None:
    reply = newsroom.handle("fact suggest", given, by=MEMBER)
    assert reply.tone is Tone.REFUSED
    assert set(problems(reply)) == wrong
    assert input_of(reply, "text") == given["text"]
    assert not waiting(newsroom)
    right = {"said_on": "2024", "source": "https://example.org", "claim": "wood", "text": "It ran in June"}
    assert newsroom.fill_in(reply, {name: right[name] for name in wrong}, by=MEMBER).changed
    assert waiting(newsroom)[0].values["text"] in {given["text"], "It ran in June"}


def test_a_refused_suggestion_is_somebodys_own(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact suggest", {**PIGS, "said_on": "soon"}, by=MEMBER)
    assert reply.form
    draft = dict(reply.form.arguments)["draft"]
    for by, at in ((MODERATOR, HOME), (MEMBER, AWAY)):
        other = newsroom.handle("fact suggest", {"draft": draft, "said_on": "2024"}, by=by, at=at)
        assert other.tone is Tone.REFUSED
        assert "Pigs" not in plain(other)
    assert input_of(newsroom.handle("fact suggest", {"draft": draft}, by=MEMBER), "text") == PIGS["text"]


def test_a_draft_is_gone_when_it_was_sent(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact suggest", {**PIGS, "said_on": "soon"}, by=MEMBER)
    assert newsroom.fill_in(reply, {"said_on": ""}, by=MEMBER).changed
    assert newsroom.fill_in(reply, {"said_on": ""}, by=MEMBER).tone is Tone.REFUSED


def test_five_can_wait_at_once_and_the_sixth_stays_with_its_person(newsroom: Newsroom) -> None:
    for number in range(5):
        assert newsroom.handle("fact suggest", {"text": f"Pig {number} flies"}, by=MEMBER).changed
    reply = newsroom.handle("fact suggest", {"text": "Pig 6 flies"}, by=MEMBER)
    assert reply.tone is Tone.REFUSED
    assert "5 of your suggestions" in reply.text
    assert input_of(reply, "text") == "Pig 6 flies"
    assert newsroom.handle("fact suggest", {"text": "Pig 6 flies"}, by=STRANGER).changed
    first = {"suggestion": waiting(newsroom)[0].id, "do": "decline", "why": "no"}
    newsroom.handle("fact queue", first)
    assert newsroom.fill_in(reply, {}, by=MEMBER).changed


def test_five_in_one_community_are_none_in_another(newsroom: Newsroom) -> None:
    for number in range(5):
        newsroom.handle("fact suggest", {"text": f"Pig {number} flies"}, by=MEMBER)
    assert newsroom.handle("fact suggest", PIGS, by=MEMBER, at=AWAY).changed
    assert newsroom.handle("fact suggest", PIGS, by=MEMBER, at=GLOBAL).changed


def test_the_same_of_two_people_is_one_with_both_behind_it(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", PIGS, by=MEMBER)
    reply = newsroom.handle("fact suggest", {"text": "pigs fly, at NOON!"}, by=STRANGER)
    assert "the same" in reply.text
    [only] = waiting(newsroom)
    assert only.backers == 2


def test_the_same_of_the_same_person_is_said_to_wait(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", PIGS, by=MEMBER)
    reply = newsroom.handle("fact suggest", PIGS, by=MEMBER)
    assert "You suggested this already" in reply.text
    assert waiting(newsroom)[0].backers == 1


def test_whoever_is_blocked_is_told_kindly_and_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.handle("fact block", {"who": MEMBER.id})
    for given in (PIGS, {}, {"draft": "d1"}):
        reply = newsroom.handle("fact suggest", given, by=MEMBER)
        assert "take no suggestions from you" in reply.text
        assert reply.form is None
    assert not waiting(newsroom)
    assert newsroom.handle("fact suggest", PIGS, by=MEMBER, at=AWAY).changed
    newsroom.handle("fact block", {"who": MEMBER.id, "do": "unblock"})
    assert newsroom.handle("fact suggest", PIGS, by=MEMBER).changed


def test_the_channel_of_choice_is_told_once_and_nobody_without_one(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", {"text": "Pig 1 flies"}, by=MEMBER)
    assert not newsroom.store.notices.pending("")
    newsroom.handle("fact settings", {"setting": "notices", "value": CHANNEL})
    for by in (MEMBER, STRANGER):
        newsroom.handle("fact suggest", PIGS, by=by)
    newsroom.handle("fact suggest", PIGS, by=MEMBER, at=AWAY)
    [notice] = newsroom.store.notices.pending("")
    assert (notice.to, notice.space) == (CHANNEL, HOME)
    assert PIGS["text"] in notice.text
    assert waiting(newsroom)[-1].id in notice.text


def test_in_a_direct_message_it_goes_to_the_operators(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", {"claim": "wood", "text": "It was said twice"}, by=MEMBER, at=GLOBAL)
    assert [each.claim_id for each in waiting(newsroom, GLOBAL)] == ["wood"]
    assert (
        newsroom.handle("fact suggest", {"claim": "fountain", "text": "x"}, by=MEMBER, at=GLOBAL).tone is Tone.REFUSED
    )
    assert not waiting(newsroom)


@pytest.mark.parametrize("name", ["harbour", HARBOUR.id])
def test_a_claim_of_another_community_cannot_be_meant(newsroom: Newsroom, name: str) -> None:
    reply = newsroom.handle("fact suggest", {"claim": name, "text": "It was said twice"}, by=MEMBER)
    assert reply.tone is Tone.REFUSED
    assert HARBOUR.text not in plain(reply)
    assert not waiting(newsroom)


def test_a_removed_claim_cannot_be_meant(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "kirby", "sure": "yes"})
    assert newsroom.claim("kirby").state is State.REMOVED
    reply = newsroom.handle("fact suggest", {"claim": "kirby", "text": "It was said twice"}, by=MEMBER)
    assert reply.tone is Tone.REFUSED
    assert KIRBY.text not in plain(reply)


def test_a_suggestion_about_a_global_claim_with_an_own_version_is_about_that(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"})
    newsroom.handle("fact suggest", {"claim": "wood", "text": "It was said twice"}, by=MEMBER)
    assert waiting(newsroom)[0].claim_id == newsroom.claim("wood").id


def test_the_same_click_suggests_once(newsroom: Newsroom) -> None:
    for text in ("Pigs fly", "Pigs swim"):
        newsroom.handle("fact suggest", {"text": text}, by=MEMBER, delivery="3")
    assert [each.values["text"] for each in waiting(newsroom)] == ["Pigs fly"]


def test_what_people_type_is_cleaned(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", {"text": "Pigs\x1b[2J fly\u202e at\x00 noon"}, by=MEMBER)
    assert not {"\x1b", "\u202e", "\x00"} & set(waiting(newsroom)[0].values["text"])
    assert WOOD.text not in waiting(newsroom)[0].values["text"]


def test_at_the_terminal_nobody_is_promised_word(newsroom: Newsroom) -> None:
    shown = plain(newsroom.handle("fact suggest", {"text": "The clock is late"}, by=TERMINAL))
    assert "You will be told" not in shown
    assert "/fact queue" in shown
