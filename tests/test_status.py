"""Setting the status: of one claim at once, of several after they were shown."""

from datetime import UTC, datetime

import pytest

from bot.model import GLOBAL, Claim, Status
from bot.reply import Tone, plain
from bot.store import Change, Trace
from tests.newsroom import AWAY, HARBOUR, HOME, MEMBER, OTHER_MODERATOR, Newsroom, input_of, labels, problems


def statuses(newsroom: Newsroom, space: str = HOME) -> dict[str, Status]:
    return {claim.external_id: claim.status for claim in newsroom.store.claims([space])}


def test_the_status_of_one_claim_is_set_with_its_note_and_todays_date(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact status", {"claim": "fountain", "status": "refuted", "note": "It ran in June"}).changed
    claim = newsroom.claim("fountain")
    assert (claim.status, claim.status_note) == (Status.REFUTED, "It ran in June")
    assert claim.status_on == datetime.now(UTC).date().isoformat()


def test_a_note_that_is_not_given_stays(newsroom: Newsroom) -> None:
    newsroom.handle("fact status", {"claim": "fountain", "status": "refuted", "note": "It ran", "checked_on": "2024"})
    newsroom.handle("fact status", {"claim": "fountain", "status": "confirmed"})
    assert newsroom.claim("fountain").status_note == "It ran"


def test_without_a_status_the_form_comes_and_can_be_sent(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact status", {"claim": "fountain"})
    assert input_of(reply, "status") == "unverified"
    assert newsroom.fill_in(reply, {"status": "misleading"}).changed
    assert statuses(newsroom) == {"fountain": Status.MISLEADING}


def test_a_date_that_a_form_leaves_empty_is_today_as_the_form_says(newsroom: Newsroom) -> None:
    for word in ("refuted", "confirmed"):
        reply = newsroom.handle("fact status", {"claim": "fountain"})
        assert newsroom.fill_in(reply, {"status": word, "checked_on": ""}).changed
        assert newsroom.claim("fountain").status_on == datetime.now(UTC).date().isoformat()


def test_without_anything_the_form_asks_which_claim(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact status")
    assert reply.form
    assert "claim" in {each.name for each in reply.form.inputs}
    assert newsroom.fill_in(reply, {"claim": "fountain", "status": "opinion"}).changed


def test_a_wrong_date_keeps_what_was_typed(newsroom: Newsroom) -> None:
    given = {"claim": "fountain", "status": "refuted", "note": "It ran", "checked_on": "soon"}
    reply = newsroom.handle("fact status", given)
    assert set(problems(reply)) == {"checked_on"}
    assert newsroom.fill_in(reply, {"checked_on": "2024"}).changed
    assert newsroom.claim("fountain").status_note == "It ran"


@pytest.mark.parametrize(
    "which", [{"claim": "wood, kirby"}, {"tag": "Missiles"}, {"search": "russia has"}], ids=["ids", "tag", "search"]
)
def test_several_are_shown_first_and_then_set_as_one_batch(newsroom: Newsroom, which: dict[str, str]) -> None:
    reply = newsroom.handle("fact status", {**which, "status": "disputed"})
    assert not reply.changed
    assert {field.name for field in reply.fields} == {"wood", "kirby"}
    assert labels(reply) == ["Set 2 to disputed"]
    done = newsroom.press(reply, "Set 2")
    assert done.changed
    assert statuses(newsroom) == {"fountain": Status.UNVERIFIED, "wood": Status.DISPUTED, "kirby": Status.DISPUTED}
    assert set(statuses(newsroom, GLOBAL).values()) == {Status.UNVERIFIED}
    batch = dict(done.choices[0].arguments)["change"]
    assert len(newsroom.store.batch(batch)) == 2


def test_every_claim_with_the_words_of_a_search_is_meant_however_many_they_are(newsroom: Newsroom) -> None:
    texts = [f"Sluice {number} of the Marrow dam leaks" for number in range(60)]
    claims = [Claim(text=text, external_id=f"sluice-{at}", space=HOME) for at, text in enumerate(texts)]
    newsroom.store.save_many([Change(None, claim, "add") for claim in claims], Trace("test", "test"))
    reply = newsroom.handle("fact status", {"search": "marrow dam", "status": "disputed"})
    assert labels(reply) == ["Set 60 to disputed"]


def test_exactly_those_that_were_shown_are_set(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact status", {"tag": "missiles", "status": "disputed"})
    newsroom.handle("fact add", {"text": "The talks begin in Geneva", "tags": "missiles"}, by=OTHER_MODERATOR)
    newsroom.press(reply, "Set 2")
    assert newsroom.only_new().status is Status.UNVERIFIED


def test_one_that_was_changed_meanwhile_stops_all_and_the_list_comes_again(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact status", {"tag": "missiles", "status": "disputed"})
    newsroom.handle("fact edit", {"claim": "kirby", "via": "Reuters"}, by=OTHER_MODERATOR)
    again = newsroom.press(reply, "Set 2")
    assert again.tone is Tone.REFUSED
    assert statuses(newsroom).get("wood") is None
    assert newsroom.press(again, "Set 2").changed
    assert newsroom.claim("kirby").via == "Reuters"


def test_a_tag_never_reaches_into_another_community(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "harbour", "tags": "missiles"}, at=AWAY)
    reply = newsroom.handle("fact status", {"tag": "missiles", "status": "refuted"})
    assert HARBOUR.text not in plain(reply)
    newsroom.press(reply, "Set 2")
    assert newsroom.claim("harbour", AWAY).status is Status.UNVERIFIED


def test_a_global_claim_with_an_own_version_is_listed_once(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"})
    reply = newsroom.handle("fact status", {"tag": "missiles", "status": "refuted"})
    assert {field.name for field in reply.fields} == {"kirby", newsroom.claim("wood").id}


def test_the_same_list_pressed_by_somebody_else_is_not_theirs(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact status", {"tag": "missiles", "status": "refuted"})
    assert newsroom.press(reply, "Set 2", by=OTHER_MODERATOR).tone is Tone.REFUSED
    assert newsroom.press(reply, "Set 2", by=MEMBER).tone is Tone.REFUSED
    assert set(statuses(newsroom)) == {"fountain"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tag": "zebra", "status": "refuted"}, "No claim here"),
        ({"search": "zebra crossing", "status": "refuted"}, "No claim here"),
        ({"claim": "wood", "tag": "missiles", "status": "refuted"}, "not both"),
        ({"claim": "wood zebra", "status": "refuted"}, "no claim with the id 'zebra'"),
        ({"claim": " ".join(f"c{n}" for n in range(201)), "status": "refuted"}, "201 claims, 200 at most"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(newsroom: Newsroom, given: dict[str, str], words: str) -> None:
    reply = newsroom.handle("fact status", given)
    assert reply.tone is Tone.REFUSED
    assert words in reply.text


def test_a_claim_that_is_named_twice_in_two_ways_is_set_once(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"})
    own = newsroom.claim("wood").id
    given = {"claim": f"wood {own} fountain", "status": "refuted", "sure": "yes"}
    assert newsroom.handle("fact status", given).title == "Set 2 claims to refuted"
    assert len(newsroom.store.history(own)) == 2
