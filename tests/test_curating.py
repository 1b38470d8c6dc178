"""Removing and restoring, phrasings, merging, lists, and what others said."""

from dataclasses import replace

import pytest

from bot.model import GLOBAL, Source, State
from bot.reply import Tone, plain
from bot.store import Change, Trace
from tests.newsroom import AWAY, FOUNTAIN, HARBOUR, HOME, KIRBY, MEMBER, OPERATOR, WOOD, Newsroom, labels

ASK = {"question": FOUNTAIN.text}


def test_removing_asks_first_and_hides_the_claim_then(newsroom: Newsroom) -> None:
    asked = newsroom.handle("fact remove", {"claim": "fountain", "why": "said twice"})
    assert not asked.changed
    assert [choice.hides for choice in asked.choices] == [True, False]
    assert FOUNTAIN.text in plain(newsroom.handle("factcheck", ASK))
    assert newsroom.press(asked, "Remove").changed
    assert newsroom.claim("fountain").state is State.REMOVED
    assert FOUNTAIN.text not in plain(newsroom.handle("factcheck", ASK))
    assert newsroom.store.history(FOUNTAIN.id)[-1].why == "said twice"


def test_keeping_it_changes_nothing(newsroom: Newsroom) -> None:
    asked = newsroom.handle("fact remove", {"claim": "fountain"})
    assert not newsroom.press(asked, "Keep it").changed
    assert newsroom.claim("fountain") == FOUNTAIN


def test_a_community_that_removes_a_global_claim_hides_it_for_itself_alone(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "wood", "sure": "yes"})
    assert WOOD.text not in plain(newsroom.handle("factcheck", {"question": WOOD.text}))
    assert WOOD.text in plain(newsroom.handle("factcheck", {"question": WOOD.text}, at=AWAY))
    assert newsroom.claim("wood", GLOBAL) == WOOD


def test_restoring_brings_it_back(newsroom: Newsroom) -> None:
    for name, text in (("wood", WOOD.text), ("fountain", FOUNTAIN.text)):
        newsroom.handle("fact remove", {"claim": name, "sure": "yes"})
        assert newsroom.handle("fact restore", {"claim": name}).changed
        assert text in plain(newsroom.handle("factcheck", {"question": text}))


def test_a_globally_removed_claim_is_brought_back_by_operators_alone(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "wood", "sure": "yes", "space": GLOBAL}, by=OPERATOR)
    assert "only an operator" in newsroom.handle("fact restore", {"claim": "wood"}).text
    assert newsroom.handle("fact restore", {"claim": "wood", "space": GLOBAL}, by=OPERATOR).changed
    assert newsroom.claim("wood", GLOBAL) == WOOD


@pytest.mark.parametrize("verb", ["fact remove", "fact restore"])
def test_what_is_so_already_is_refused(newsroom: Newsroom, verb: str) -> None:
    if verb == "fact remove":
        newsroom.handle(verb, {"claim": "fountain", "sure": "yes"})
    assert "already" in newsroom.handle(verb, {"claim": "fountain"}).text


@pytest.mark.parametrize("verb", ["fact remove", "fact restore", "fact alias"])
def test_no_verb_reaches_into_another_community(newsroom: Newsroom, verb: str) -> None:
    more = {"phrasing": "x y"} if verb == "fact alias" else {}
    for name in ("harbour", HARBOUR.id):
        assert newsroom.handle(verb, {"claim": name, **more}).tone is Tone.REFUSED
    assert newsroom.claim("harbour", AWAY) == HARBOUR


def test_a_phrasing_is_added_and_found(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "no water runs at the market"}).changed
    reply = newsroom.handle("factcheck", {"question": "no water runs at the market"})
    assert FOUNTAIN.text in plain(reply)


def test_a_wording_that_must_not_match_is_kept_apart(newsroom: Newsroom) -> None:
    newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "the fountain is new", "never": "yes"})
    assert newsroom.claim("fountain").never_phrasings == ("the fountain is new",)
    refused = newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "The fountain is new!"})
    assert "drop it there first" in refused.text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "whoever asks “is it dry” gets this claim"),
        ({"never": "yes"}, "whoever asks “is it dry” never gets this claim"),
        ({"drop": "yes"}, "“is it dry” is a phrasing no longer"),
    ],
)
def test_what_became_of_a_phrasing_is_said(newsroom: Newsroom, more: dict[str, str], said: str) -> None:
    given = {"claim": "fountain", "phrasing": "is it dry"}
    if "drop" in more:
        newsroom.handle("fact alias", given)
    assert said in plain(newsroom.handle("fact alias", given | more))


def test_a_changed_claim_names_whom_to_tell_as_every_answer_does(newsroom: Newsroom) -> None:
    newsroom.store.communities.set(HOME, "contact", "the desk: desk@example.org")
    assert "desk@example.org" in plain(newsroom.handle("fact edit", {"claim": "fountain", "note": "Seen dry"}))


def test_a_phrasing_is_dropped_whatever_its_capitals(newsroom: Newsroom) -> None:
    newsroom.handle("fact alias", {"claim": "wood", "phrasing": "nine launches"})
    newsroom.handle("fact alias", {"claim": "wood", "phrasing": "NINE launches", "drop": "yes"})
    assert newsroom.claim("wood").phrasings == ()
    assert newsroom.handle("fact alias", {"claim": "wood", "phrasing": "nine", "drop": "yes"}).tone is Tone.REFUSED


@pytest.mark.parametrize("phrasing", [FOUNTAIN.text.upper(), "no water", "No water!"])
def test_what_is_on_record_already_is_no_new_phrasing(newsroom: Newsroom, phrasing: str) -> None:
    newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "no water"})
    assert "already" in newsroom.handle("fact alias", {"claim": "fountain", "phrasing": phrasing}).text


def test_without_a_phrasing_they_are_listed(newsroom: Newsroom) -> None:
    newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "no water"})
    newsroom.handle("fact alias", {"claim": "fountain", "phrasing": "it is new", "never": "yes"})
    shown = plain(newsroom.handle("fact alias", {"claim": "fountain"}))
    assert "Also put as: no water" in shown
    assert "Never put as: it is new" in shown


def test_two_claims_found_to_be_one_are_joined(newsroom: Newsroom) -> None:
    source = Source(publisher="Town log")
    twin = replace(
        FOUNTAIN,
        external_id="twin",
        text="No water at the market",
        phrasings=("dry",),
        tags=("town",),
        sources=(source,),
    )
    newsroom.store.save_many([Change(None, twin)], Trace("test", "test"))
    asked = newsroom.handle("fact merge", {"claim": twin.id, "into": "fountain", "why": "the same"})
    assert not asked.changed
    assert newsroom.press(asked, "Join").changed
    joined = newsroom.claim("fountain")
    assert joined == replace(FOUNTAIN, phrasings=(twin.text, "dry"), tags=("town",), sources=(source,))
    assert newsroom.claim("twin").state is State.REMOVED
    [batch] = {each.batch for each in newsroom.store.recent([HOME], limit=2)}
    assert batch.startswith("merge-")


def test_global_claims_are_joined_for_the_own_community_alone(newsroom: Newsroom) -> None:
    newsroom.handle("fact merge", {"claim": "kirby", "into": "wood", "sure": "yes"})
    assert newsroom.claim("wood").phrasings == (KIRBY.text,)
    assert newsroom.claim("kirby").state is State.REMOVED
    assert {claim.external_id for claim in newsroom.store.claims([GLOBAL])} == {"wood", "kirby"}


def test_a_claim_is_not_joined_with_itself_or_with_one_of_another_community(newsroom: Newsroom) -> None:
    for other in ("fountain", "harbour", HARBOUR.id):
        assert newsroom.handle("fact merge", {"claim": "fountain", "into": other}).tone is Tone.REFUSED


def test_the_list_shows_the_newest_change_first_and_nothing_of_others(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "kirby", "via": "Reuters"})
    reply = newsroom.handle("fact list", by=MEMBER)
    assert reply.title == "3 claims"
    own = newsroom.claim("kirby").id
    assert [field.name for field in reply.fields] == [own, FOUNTAIN.id, "wood"]


def test_the_list_is_narrowed_by_tag_status_and_claimant(newsroom: Newsroom) -> None:
    for given in ({"tag": "Missiles", "claimant": "john kirby"}, {"claimant": "John Kirby"}):
        assert [field.name for field in newsroom.handle("fact list", given).fields] == ["kirby"]
    assert newsroom.handle("fact list", {"status": "refuted"}).title == "No claims like that here"


def test_the_list_comes_in_pages(newsroom: Newsroom) -> None:
    more = [replace(FOUNTAIN, external_id=f"more-{n}", text=f"Well number {n}") for n in range(20)]
    newsroom.store.save_many([Change(None, claim) for claim in more], Trace("test", "test"))
    first = newsroom.handle("fact list")
    assert (first.title, first.text, len(first.fields)) == ("23 claims", "page 1 of 3", 10)
    last = newsroom.press(newsroom.press(first, "Next"), "Next")
    assert len(last.fields) == 3
    assert labels(last) == ["Previous page"]
    assert "from 1 to 3" in newsroom.handle("fact list", {"page": "4"}).text


def test_removed_claims_are_listed_for_moderators_alone(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "fountain", "sure": "yes"})
    shown = newsroom.handle("fact list", {"state": "removed"})
    assert [each.name for each in shown.fields] == [FOUNTAIN.id]
    assert "/fact restore" in shown.footer
    assert newsroom.handle("fact list", {"state": "removed"}, by=MEMBER).tone is Tone.REFUSED
    assert newsroom.handle("fact list", {"state": "removed"}, at=AWAY).title == "No claims like that here"


def test_what_others_said_is_shown_from_the_answer(newsroom: Newsroom) -> None:
    other = replace(WOOD, external_id="hwang", claimant="Joonkook Hwang", text="Missiles were launched three times")
    newsroom.store.save_many([Change(None, other)], Trace("test", "test"))
    answer = newsroom.handle("factcheck", {"question": WOOD.text})
    assert "Others" in labels(answer)
    assert "Joonkook Hwang" in plain(newsroom.press(answer, "Others", by=MEMBER))
