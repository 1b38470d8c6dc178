"""Accepting a suggestion: its change and the decision are one, and it can be reworded first."""

from dataclasses import replace

import pytest

from bot.model import GLOBAL, Source, State, Status
from bot.reply import Tone, plain
from bot.store import Change, SuggestionState, Trace
from tests.newsroom import (
    FOUNTAIN,
    HOME,
    MEMBER,
    OTHER_MODERATOR,
    WOOD,
    Newsroom,
    input_of,
    labels,
    problems,
)
from tests.suggested import LINK, PIGS, SUE, decide, state, suggest, told


def test_an_accepted_claim_is_on_record_and_its_people_are_told(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    suggest(newsroom, PIGS, by=SUE)
    reply = decide(newsroom, name, "accept", why="Thanks")
    assert reply.changed
    claim = newsroom.only_new()
    assert (claim.text, claim.claimant) == (PIGS["text"], "Ann Lee")
    assert state(newsroom, name) is SuggestionState.ACCEPTED
    assert set(told(newsroom)) == {MEMBER.id, SUE.id}
    assert all("accepted" in text and "Thanks" in text and claim.id in text for text in told(newsroom).values())
    assert newsroom.press(reply, "Undo").changed
    assert newsroom.store.get(claim.id).state is State.REMOVED


def test_nobody_is_told_who_was_forgotten(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    suggest(newsroom, PIGS, by=SUE)
    newsroom.store.forget(MEMBER.id)
    decide(newsroom, name, "accept")
    assert set(told(newsroom)) == {SUE.id}


def test_a_claim_that_looks_like_one_on_record_is_asked_about_first(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"text": "russia launched north korean missiles on nine occasions"})
    asked = decide(newsroom, name, "accept")
    assert not asked.changed
    assert WOOD.text in plain(asked)
    assert state(newsroom, name) is SuggestionState.OPEN
    assert newsroom.press(asked, "Accept anyway").changed
    assert newsroom.only_new().text.startswith("russia launched")


def test_a_claim_that_was_removed_is_asked_about_first(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "fountain", "sure": "yes"})
    name = suggest(newsroom, {"text": FOUNTAIN.text})
    asked = decide(newsroom, name, "accept")
    assert not asked.changed
    assert "was removed" in plain(asked)
    assert newsroom.press(asked, "Accept anyway").changed


def test_a_lookalike_can_become_a_phrasing_from_the_form_and_that_decides_it(newsroom: Newsroom) -> None:
    text = "russia launched north korean missiles on nine occasions"
    name = suggest(newsroom, {"text": text})
    form = newsroom.press(newsroom.handle("fact queue", {"suggestion": name}), "Edit")
    alike = newsroom.fill_in(form, {})
    assert newsroom.press(alike, "Add as a phrasing").changed
    assert newsroom.claim("wood").phrasings == (text,)
    assert state(newsroom, name) is SuggestionState.ACCEPTED


def test_a_lookalike_can_be_edited_instead_and_that_decides_it(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"text": "russia launched north korean missiles on nine occasions"})
    form = newsroom.press(newsroom.handle("fact queue", {"suggestion": name}), "Edit")
    edit = newsroom.press(newsroom.fill_in(form, {}), "Edit wood")
    assert newsroom.fill_in(edit, {"via": "Reuters"}).changed
    assert newsroom.claim("wood").via == "Reuters"
    assert state(newsroom, name) is SuggestionState.ACCEPTED


def test_an_accepted_phrasing_and_source_are_added_to_what_is_there(newsroom: Newsroom) -> None:
    known = replace(FOUNTAIN, sources=(Source("A", "Reuters", LINK, "2024"),), phrasings=("dry fountain",))
    newsroom.store.save_many([Change(FOUNTAIN, known)], Trace("test", "test"))
    phrasing = suggest(newsroom, {"claim": "fountain", "kind": "phrasing", "text": "no water on the square"})
    source = suggest(newsroom, {"claim": "fountain", "kind": "source", "text": "The paper", "source": f"{LINK}0"})
    for name in (phrasing, source):
        assert decide(newsroom, name, "accept").changed
        assert state(newsroom, name) is SuggestionState.ACCEPTED
    claim = newsroom.claim("fountain")
    assert claim.phrasings == ("dry fountain", "no water on the square")
    assert claim.sources == (known.sources[0], Source("The paper", url=f"{LINK}0"))


def test_accepting_for_a_global_claim_makes_an_own_version(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "wood", "kind": "phrasing", "text": "nine launches"})
    assert "your community's own version" in plain(decide(newsroom, name, "accept"))
    assert newsroom.claim("wood").phrasings == ("nine launches",)
    assert newsroom.claim("wood", GLOBAL) == WOOD


@pytest.mark.parametrize("given", [{"kind": "phrasing", "text": "DRY fountain!"}, {"kind": "source", "source": LINK}])
def test_what_is_on_record_already_is_accepted_without_a_change(newsroom: Newsroom, given: dict[str, str]) -> None:
    known = replace(WOOD, sources=(Source("A", "Reuters", LINK, "2024"),), phrasings=("dry fountain",))
    newsroom.store.save_many([Change(WOOD, known)], Trace("test", "test"))
    name = suggest(newsroom, {"claim": "wood", **given})
    count = len(newsroom.store.recent(None, limit=100))
    reply = decide(newsroom, name, "accept")
    assert "on record already" in plain(reply)
    assert "Undo" not in labels(reply)
    assert state(newsroom, name) is SuggestionState.ACCEPTED
    assert len(newsroom.store.recent(None, limit=100)) == count
    assert "wood" in told(newsroom)[MEMBER.id]


def test_a_phrasing_that_must_not_match_is_not_accepted_unseen(newsroom: Newsroom) -> None:
    newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "the fountain is new", "never": "yes"})
    name = suggest(newsroom, {"claim": "fountain", "kind": "phrasing", "text": "The fountain is new"})
    reply = decide(newsroom, name, "accept")
    assert reply.tone is Tone.REFUSED
    assert "opposite" in reply.text
    assert state(newsroom, name) is SuggestionState.OPEN


def test_the_change_and_the_decision_are_one(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    name = suggest(newsroom, PIGS)
    newsroom.store.db.execute("CREATE TRIGGER full BEFORE INSERT ON notices BEGIN SELECT RAISE(FAIL, 'full'); END")
    assert not decide(newsroom, name, "accept").changed
    assert len(newsroom.store.claims([HOME])) == 1
    assert state(newsroom, name) is SuggestionState.OPEN
    newsroom.store.db.execute("DROP TRIGGER full")
    assert decide(newsroom, name, "accept").changed


@pytest.mark.parametrize("do", ["take", "accept", "edit", "decline"])
@pytest.mark.parametrize("kind", ["claim", "correction", "phrasing"])
def test_a_second_decision_says_who_decided(newsroom: Newsroom, kind: str, do: str) -> None:
    about = {} if kind == "claim" else {"claim": "fountain"}
    name = suggest(newsroom, {"kind": kind, "text": "Pigs fly at noon", **about})
    declined = {"suggestion": name, "do": "decline", "why": "It is a joke"}
    newsroom.handle("fact queue", declined, by=OTHER_MODERATOR)
    reply = decide(newsroom, name, do, why="x", sure="yes")
    assert reply.tone is Tone.REFUSED
    assert "declined already" in reply.text
    assert "Ben" in reply.text
    card = plain(newsroom.handle("fact queue", {"suggestion": name}))
    assert "Ben" in card
    assert "It is a joke" in card
    assert len(newsroom.store.recent([HOME], limit=9)) == 1


def test_the_same_click_decides_once(newsroom: Newsroom) -> None:
    name = suggest(newsroom, PIGS)
    given = {"suggestion": name, "do": "accept"}
    assert newsroom.handle("fact queue", given, delivery="8").changed
    assert newsroom.handle("fact queue", given, delivery="8").tone is Tone.REFUSED
    assert newsroom.only_new().text == PIGS["text"]


@pytest.mark.parametrize("kind", ["correction", "phrasing", "source"])
@pytest.mark.parametrize("do", ["accept", "edit"])
def test_what_is_about_a_claim_that_is_gone_can_only_be_declined(newsroom: Newsroom, kind: str, do: str) -> None:
    name = suggest(newsroom, {"claim": "fountain", "kind": kind, "text": "It ran in June"})
    newsroom.handle("fact remove", {"claim": "fountain", "sure": "yes"})
    reply = decide(newsroom, name, do)
    assert reply.tone is Tone.REFUSED
    assert "decline the suggestion" in reply.text
    assert reply.form is None
    assert decide(newsroom, name, "decline", why="gone").changed


# editing before it is accepted


def test_accepting_a_correction_opens_the_claim_and_saving_decides_it(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "fountain", "text": "It ran in June", "said_on": "2024-06"})
    opened = decide(newsroom, name, "accept")
    assert "It ran in June" in plain(opened)
    assert input_of(opened, "text") == FOUNTAIN.text
    assert input_of(opened, "said_on") == "2024-06"
    assert state(newsroom, name) is SuggestionState.OPEN
    assert newsroom.fill_in(opened, {"status": "refuted", "note": "It ran in June"}).changed
    assert state(newsroom, name) is SuggestionState.ACCEPTED
    assert newsroom.claim("fountain").status is Status.REFUTED
    assert FOUNTAIN.id in told(newsroom)[MEMBER.id]


def test_a_correction_that_somebody_has_made_by_hand_is_accepted_as_it_is(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "fountain", "text": "It ran in June"})
    newsroom.handle("fact edit", {"claim": "fountain", "note": "It ran in June"})
    before = newsroom.claim("fountain")
    assert newsroom.press(decide(newsroom, name, "accept"), "It is done already").changed
    assert newsroom.claim("fountain") == before
    assert state(newsroom, name) is SuggestionState.ACCEPTED
    assert FOUNTAIN.id in told(newsroom)[MEMBER.id]


def test_a_form_opened_from_the_queue_overwrites_nobodys_change(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "fountain", "text": "It ran in June"})
    opened = decide(newsroom, name, "accept")
    newsroom.handle("fact edit", {"claim": "fountain", "via": "Reuters"}, by=OTHER_MODERATOR)
    reply = newsroom.fill_in(opened, {"status": "refuted"})
    assert reply.tone is Tone.REFUSED
    assert "via: (nothing) → Reuters" in plain(reply)
    assert state(newsroom, name) is SuggestionState.OPEN
    assert newsroom.fill_in(reply, {"via": "Reuters"}).changed
    assert state(newsroom, name) is SuggestionState.ACCEPTED


def test_a_mistake_in_that_form_loses_neither_text_nor_suggestion(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "fountain", "text": "It ran in June"})
    wrong = newsroom.fill_in(decide(newsroom, name, "edit"), {"said_on": "soon", "via": "Reuters"})
    assert set(problems(wrong)) == {"said_on"}
    assert newsroom.fill_in(wrong, {"said_on": "2024"}).changed
    assert newsroom.claim("fountain").via == "Reuters"
    assert state(newsroom, name) is SuggestionState.ACCEPTED


def test_a_form_that_comes_after_the_decision_saves_nothing(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "fountain", "text": "It ran in June"})
    opened = decide(newsroom, name, "edit")
    newsroom.handle("fact queue", {"suggestion": name, "do": "decline", "why": "no"}, by=OTHER_MODERATOR)
    reply = newsroom.fill_in(opened, {"via": "Reuters"})
    assert "Ben" in reply.text
    assert newsroom.claim("fountain") == FOUNTAIN


def test_a_claim_is_edited_before_it_is_accepted(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {**PIGS, "source": LINK})
    form = decide(newsroom, name, "edit")
    assert input_of(form, "text") == PIGS["text"]
    assert newsroom.fill_in(form, {"text": "Pigs fly at midnight", "status": "refuted"}).changed
    claim = newsroom.only_new()
    assert (claim.text, claim.status, claim.sources) == ("Pigs fly at midnight", Status.REFUTED, (Source(url=LINK),))
    assert state(newsroom, name) is SuggestionState.ACCEPTED


def test_a_phrasing_is_edited_before_it_is_accepted(newsroom: Newsroom) -> None:
    name = suggest(newsroom, {"claim": "wood", "kind": "phrasing", "text": "nine lunches"})
    form = decide(newsroom, name, "edit")
    assert input_of(form, "phrasing") == "nine lunches"
    assert newsroom.fill_in(form, {"phrasing": "nine launches"}).changed
    assert newsroom.claim("wood").phrasings == ("nine launches",)
    assert state(newsroom, name) is SuggestionState.ACCEPTED


def test_a_source_is_edited_before_it_is_accepted(newsroom: Newsroom) -> None:
    known = replace(FOUNTAIN, sources=(Source("A", "Reuters", LINK, "2024"),))
    newsroom.store.save_many([Change(FOUNTAIN, known)], Trace("test", "test"))
    name = suggest(newsroom, {"claim": "fountain", "kind": "source", "text": "The paper", "source": f"{LINK}0"})
    form = decide(newsroom, name, "edit")
    assert newsroom.fill_in(form, {"publisher": "Reuters | The Paper"}).changed
    added = Source("The paper", "The Paper", f"{LINK}0")
    assert newsroom.claim("fountain") == replace(known, sources=(known.sources[0], added))
    assert state(newsroom, name) is SuggestionState.ACCEPTED


@pytest.mark.parametrize("kind", ["correction", "claim", "phrasing"])
def test_what_was_typed_after_somebody_else_decided_can_still_be_saved(newsroom: Newsroom, kind: str) -> None:
    about = {} if kind == "claim" else {"claim": "fountain"}
    name = suggest(newsroom, {**about, "kind": kind, "text": "Pigs fly at noon"})
    opened = decide(newsroom, name, "edit")
    newsroom.handle("fact queue", {"suggestion": name, "do": "decline", "why": "no"}, by=OTHER_MODERATOR)
    wanted = {"correction": "via", "claim": "via", "phrasing": "phrasing"}[kind]
    reply = newsroom.fill_in(opened, {wanted: "Reuters says so"})
    assert reply.tone is Tone.REFUSED
    assert "declined already, by Ben" in reply.text
    assert input_of(reply, wanted) == "Reuters says so"
    assert newsroom.fill_in(reply, {}).changed
    assert state(newsroom, name) is SuggestionState.DECLINED
