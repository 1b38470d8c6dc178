"""Editing: what is given is changed, a global claim gets an own version, and nobody's change is overwritten."""

from dataclasses import replace

from bot.model import GLOBAL, Source, State, Status
from bot.reply import Tone, plain
from bot.store import Change, Trace
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HARBOUR,
    HOME,
    KIRBY,
    MEMBER,
    OPERATOR,
    OTHER_MODERATOR,
    TERMINAL,
    WOOD,
    Newsroom,
    input_of,
    problems,
)


def test_only_what_is_given_is_changed(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact edit", {"claim": "fountain", "status": "refuted", "tags": "water | town"})
    assert reply.changed
    assert newsroom.claim("fountain") == replace(FOUNTAIN, status=Status.REFUTED, tags=("water", "town"))
    assert "status: unverified → refuted" in plain(reply)


def test_a_moderator_who_edits_a_global_claim_makes_an_own_version(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact edit", {"claim": "wood", "status": "disputed"})
    assert "your community's own version" in plain(reply)
    assert newsroom.claim("wood") == replace(WOOD, space=HOME, status=Status.DISPUTED)
    assert newsroom.claim("wood", GLOBAL) == WOOD
    assert "disputed" in plain(newsroom.handle("factcheck", {"question": WOOD.text}))
    assert "disputed" not in plain(newsroom.handle("factcheck", {"question": WOOD.text}, at=AWAY))


def test_an_operator_in_a_community_is_a_moderator_of_it_unless_the_space_is_named(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "status": "disputed"}, by=OPERATOR)
    assert newsroom.claim("wood", GLOBAL) == WOOD
    newsroom.handle("fact edit", {"claim": "wood", "status": "refuted", "space": GLOBAL}, by=OPERATOR)
    assert newsroom.claim("wood", GLOBAL).status is Status.REFUTED


def test_the_terminal_changes_the_global_claim(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"}, by=TERMINAL, at=GLOBAL)
    assert newsroom.claim("wood", GLOBAL).via == "Reuters"


def test_a_later_edit_changes_the_own_version(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "status": "disputed"})
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"})
    own = newsroom.claim("wood")
    assert (own.status, own.via) == (Status.DISPUTED, "Reuters")


def test_a_withdrawn_version_is_made_anew_from_the_global_claim(newsroom: Newsroom) -> None:
    own = replace(WOOD, space=HOME, via="Old", state=State.WITHDRAWN)
    newsroom.store.save_many([Change(None, own)], Trace("test", "test"))
    assert newsroom.handle("fact edit", {"claim": "wood", "status": "disputed"}).changed
    assert newsroom.claim("wood") == replace(WOOD, space=HOME, status=Status.DISPUTED)


def test_members_and_other_communities_change_nothing(newsroom: Newsroom) -> None:
    for reply in (
        newsroom.handle("fact edit", {"claim": "fountain", "via": "x"}, by=MEMBER),
        newsroom.handle("fact edit", {"claim": HARBOUR.id, "via": "x"}),
        newsroom.handle("fact edit", {"claim": "harbour", "via": "x"}),
    ):
        assert reply.tone is Tone.REFUSED
        assert HARBOUR.text not in plain(reply)
    assert newsroom.claim("harbour", AWAY) == HARBOUR
    assert newsroom.claim("fountain") == FOUNTAIN


def test_without_a_change_the_form_holds_what_is_on_record(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact edit", {"claim": "wood"})
    assert input_of(reply, "text") == WOOD.text
    assert input_of(reply, "role") == "US envoy"
    assert input_of(reply, "tags") == "missiles"
    assert newsroom.fill_in(reply, {}).title == "Nothing to change"
    assert newsroom.fill_in(reply, {"said_on": "2024-02-07"}).changed
    assert newsroom.claim("wood") == replace(WOOD, space=HOME, said_on="2024-02-07")


def test_an_emptied_input_and_a_dash_clear_a_field(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "said_on": "-"})
    assert newsroom.claim("wood").said_on == ""
    newsroom.fill_in(newsroom.handle("fact edit", {"claim": "wood"}), {"role": ""})
    assert newsroom.claim("wood").claimant_role == ""


def test_several_sources_come_through_the_form_unharmed(newsroom: Newsroom) -> None:
    sources = (Source("A", "Reuters", "https://example.org/1", "2024"), Source(publisher="BBC"))
    newsroom.store.save_many([Change(FOUNTAIN, replace(FOUNTAIN, sources=sources))], Trace("test", "test"))
    reply = newsroom.handle("fact edit", {"claim": "fountain"})
    assert input_of(reply, "publisher") == "Reuters | BBC"
    newsroom.fill_in(reply, {"publisher": "Reuters | BBC News"})
    assert newsroom.claim("fountain").sources == (sources[0], Source(publisher="BBC News"))


def test_each_wrong_field_is_named_and_the_rest_stays(newsroom: Newsroom) -> None:
    form = newsroom.handle("fact edit", {"claim": "fountain"})
    reply = newsroom.fill_in(form, {"said_on": "soon", "text": "", "occasion": "Market day"})
    assert set(problems(reply)) == {"said_on", "text"}
    assert input_of(reply, "occasion") == "Market day"
    assert newsroom.fill_in(reply, {"said_on": "2024", "text": FOUNTAIN.text}).changed
    assert newsroom.claim("fountain") == replace(FOUNTAIN, said_on="2024", occasion="Market day")


def test_a_claim_that_somebody_changed_meanwhile_is_not_overwritten(newsroom: Newsroom) -> None:
    form = newsroom.handle("fact edit", {"claim": "fountain"})
    newsroom.handle("fact edit", {"claim": "fountain", "status": "refuted"}, by=OTHER_MODERATOR)
    reply = newsroom.fill_in(form, {"occasion": "Market day"})
    assert reply.tone is Tone.REFUSED
    assert "Ben" in plain(reply)
    assert "status: unverified → refuted" in plain(reply)
    assert newsroom.claim("fountain").occasion == ""
    assert input_of(reply, "occasion") == "Market day"


def test_after_seeing_the_other_change_ones_own_can_be_sent(newsroom: Newsroom) -> None:
    form = newsroom.handle("fact edit", {"claim": "fountain"})
    newsroom.handle("fact edit", {"claim": "fountain", "status": "refuted"}, by=OTHER_MODERATOR)
    reply = newsroom.fill_in(form, {"occasion": "Market day"})
    assert newsroom.fill_in(reply, {"status": "refuted"}).changed
    assert newsroom.claim("fountain") == replace(FOUNTAIN, status=Status.REFUTED, occasion="Market day")


def test_an_own_version_made_meanwhile_counts_as_a_change(newsroom: Newsroom) -> None:
    form = newsroom.handle("fact edit", {"claim": "wood"})
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"}, by=OTHER_MODERATOR)
    reply = newsroom.fill_in(form, {"occasion": "UN"})
    assert reply.tone is Tone.REFUSED
    assert newsroom.claim("wood").via == "Reuters"


def test_who_changed_a_global_claim_is_not_named_to_a_community(newsroom: Newsroom) -> None:
    form = newsroom.handle("fact edit", {"claim": "wood"})
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters", "space": GLOBAL}, by=OPERATOR)
    shown = plain(newsroom.fill_in(form, {"occasion": "UN"}))
    assert "an operator" in shown
    assert "Olga" not in shown


def test_the_same_click_delivered_twice_changes_once(newsroom: Newsroom) -> None:
    given = {"claim": "kirby", "status": "refuted"}
    newsroom.handle("fact edit", given, delivery="7")
    newsroom.handle("fact edit", {**given, "status": "confirmed"}, delivery="7")
    assert newsroom.claim("kirby").status is Status.REFUTED
    assert newsroom.claim("kirby", GLOBAL) == KIRBY


def test_a_removed_claim_is_not_edited(newsroom: Newsroom) -> None:
    newsroom.handle("fact remove", {"claim": "fountain", "sure": "yes"})
    assert "removed" in newsroom.handle("fact edit", {"claim": "fountain", "via": "x"}).text
