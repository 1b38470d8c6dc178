"""Who moderates, who is blocked, how the bot behaves in a community, and communities that share their claims."""

import pytest

from bot.model import GLOBAL
from bot.reply import Tone, plain
from bot.request import Actor
from tests.newsroom import (
    ADMIN,
    AWAY,
    FOUNTAIN,
    HOME,
    MEMBER,
    MODERATOR,
    OPERATOR,
    TERMINAL,
    Newsroom,
)

LINKED = "slack:T9"
GIL = Actor("discord:60", "Gil", groups=frozenset({"discord:role:5"}), belongs=True)
EDIT = {"claim": "fountain", "via": "Reuters"}


def may_edit(newsroom: Newsroom, by: Actor, at: str = HOME) -> bool:
    return newsroom.handle("fact edit", {"claim": "fountain"}, by=by, at=at).form is not None


# moderators


def test_at_first_nobody_is_named_and_the_list_says_who_moderates_then(newsroom: Newsroom) -> None:
    assert "Nobody is named" in plain(newsroom.handle("fact moderators"))


@pytest.mark.parametrize("by", [ADMIN, OPERATOR], ids=lambda by: by.name)
def test_admins_name_people_and_groups_who_then_moderate_alone(newsroom: Newsroom, by: Actor) -> None:
    assert may_edit(newsroom, MODERATOR)
    for who in (MEMBER.id, "discord:role:5"):
        assert newsroom.handle("fact moderators", {"who": who, "do": "name"}, by=by).changed
    assert [may_edit(newsroom, each) for each in (MEMBER, GIL, MODERATOR, ADMIN)] == [True, True, False, True]
    shown = plain(newsroom.handle("fact moderators", by=ADMIN))
    assert MEMBER.id in shown
    assert "discord:role:5" in shown
    for who in (MEMBER.id, "discord:role:5"):
        assert newsroom.handle("fact moderators", {"who": who, "do": "unname"}, by=by).changed
    assert [may_edit(newsroom, each) for each in (MEMBER, GIL, MODERATOR)] == [False, False, True]


def test_moderators_see_the_list_and_do_not_change_it(newsroom: Newsroom) -> None:
    newsroom.handle("fact moderators", {"who": MODERATOR.id, "do": "name"}, by=ADMIN)
    assert MODERATOR.id in plain(newsroom.handle("fact moderators"))
    for given in ({"who": MEMBER.id}, {"who": MEMBER.id, "do": "name"}, {"who": MODERATOR.id, "do": "unname"}):
        assert "for admins" in newsroom.handle("fact moderators", given).text
    assert newsroom.store.communities.moderators(HOME) == {MODERATOR.id}


def test_members_and_guests_see_nothing(newsroom: Newsroom) -> None:
    newsroom.handle("fact moderators", {"who": "discord:555", "do": "name"}, by=ADMIN)
    guest = Actor("discord:1001", "Ada", administers=True)
    for by in (MEMBER, guest):
        reply = newsroom.handle("fact moderators", by=by)
        assert reply.tone is Tone.REFUSED
        assert "discord:555" not in plain(reply)


def test_naming_twice_and_unnaming_nobody_change_nothing(newsroom: Newsroom) -> None:
    given = {"who": MEMBER.id, "do": "name"}
    assert [newsroom.handle("fact moderators", given, by=ADMIN).changed for _ in range(2)] == [True, False]
    reply = newsroom.handle("fact moderators", {"who": "discord:404", "do": "unname"}, by=ADMIN)
    assert not reply.changed
    assert "was not named" in plain(reply)


@pytest.mark.parametrize(
    "who",
    [
        "Ann",
        "discord:",
        "discord:ann",
        "slack:U2",
        "discord:role:x",
        "slack:t1:u2",
        "p0123456789ab",
        "*",
        "discord:7 8",
    ],
)
def test_what_is_neither_person_nor_group_is_refused_with_how_to_write_it(newsroom: Newsroom, who: str) -> None:
    reply = newsroom.handle("fact moderators", {"who": who, "do": "name"}, by=ADMIN)
    assert reply.tone is Tone.REFUSED
    assert "discord:123" in reply.text
    assert not newsroom.store.communities.moderators(HOME)


@pytest.mark.parametrize("who", ["discord:123", "discord:role:5", "slack:T1:U2", "slack:group:S1", "terminal:ann"])
def test_every_kind_of_person_and_group_can_be_named(newsroom: Newsroom, who: str) -> None:
    assert newsroom.handle("fact moderators", {"who": who, "do": "name"}, by=ADMIN).changed


def test_doing_without_somebody_is_refused(newsroom: Newsroom) -> None:
    for verb in ("fact moderators", "fact block"):
        reply = newsroom.handle(verb, {"do": "name" if verb == "fact moderators" else "block"}, by=ADMIN)
        assert reply.tone is Tone.REFUSED


def test_the_global_space_has_operators_and_no_moderators(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact moderators", by=TERMINAL, at=GLOBAL).tone is Tone.REFUSED
    given = {"who": MEMBER.id, "do": "name", "space": GLOBAL}
    assert newsroom.handle("fact moderators", given, by=OPERATOR).tone is Tone.REFUSED


def test_an_operator_names_moderators_anywhere_and_nobody_else_does(newsroom: Newsroom) -> None:
    given = {"who": "slack:T2:U5", "do": "name", "space": AWAY}
    assert newsroom.handle("fact moderators", given, by=ADMIN).tone is Tone.REFUSED
    assert newsroom.handle("fact moderators", given, by=OPERATOR).changed
    assert newsroom.store.communities.moderators(AWAY) == {"slack:T2:U5"}
    assert not newsroom.store.communities.moderators(HOME)


# blocking


def test_moderators_block_and_unblock_in_their_own_community(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact block", {"who": MEMBER.id}).changed
    assert newsroom.store.communities.is_blocked(HOME, MEMBER.id)
    assert not newsroom.store.communities.is_blocked(AWAY, MEMBER.id)
    assert MEMBER.id in plain(newsroom.handle("fact block"))
    assert MEMBER.id not in plain(newsroom.handle("fact block", at=AWAY))
    assert not newsroom.handle("fact block", {"who": MEMBER.id, "do": "block"}).changed
    assert newsroom.handle("fact block", {"who": MEMBER.id, "do": "unblock"}).changed
    assert not newsroom.handle("fact block", {"who": MEMBER.id, "do": "unblock"}).changed
    assert "Nobody is blocked" in plain(newsroom.handle("fact block"))


def test_members_block_nobody_and_groups_cannot_be_blocked(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact block", {"who": MODERATOR.id}, by=MEMBER).tone is Tone.REFUSED
    assert newsroom.handle("fact block", {"who": "discord:role:5"}).tone is Tone.REFUSED
    assert not newsroom.store.communities.blocked(HOME)


# settings


def test_settings_are_shown_with_what_they_mean_and_set_and_cleared(newsroom: Newsroom) -> None:
    assert "not set" in plain(newsroom.handle("fact settings"))
    assert newsroom.handle("fact settings", {"setting": "notices", "value": "discord:channel:9"}).changed
    assert "discord:channel:9" in plain(newsroom.handle("fact settings"))
    assert [field.name for field in newsroom.handle("fact settings", {"setting": "quiet"}).fields] == ["quiet"]
    assert newsroom.handle("fact settings", {"setting": "notices", "value": "-"}).changed
    assert newsroom.store.communities.setting(HOME, "notices") == ""


def test_settings_are_each_communitys_own(newsroom: Newsroom) -> None:
    newsroom.handle("fact settings", {"setting": "contact", "value": "the desk, desk@example.org"})
    assert newsroom.store.communities.setting(AWAY, "contact") == ""
    shown = newsroom.handle("factcheck", {"question": FOUNTAIN.text}, by=MEMBER)
    assert "desk@example.org" in plain(shown)
    assert "desk@example.org" not in plain(newsroom.handle("fact settings", at=AWAY))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("notices", "#general"),
        ("notices", "discord:9"),
        ("notices", "discord:channel:1 discord:channel:2"),
        ("quiet", "discord:channel:1 general"),
        ("colour", "red"),
    ],
)
def test_what_is_no_channel_is_refused_with_how_to_write_it(newsroom: Newsroom, setting: str, value: str) -> None:
    reply = newsroom.handle("fact settings", {"setting": setting, "value": value})
    assert reply.tone is Tone.REFUSED
    if setting != "colour":
        assert "discord:channel:123" in reply.text
    assert newsroom.store.communities.setting(HOME, setting) == ""


def test_several_channels_can_be_quiet(newsroom: Newsroom) -> None:
    value = "discord:channel:1 slack:T2:channel:C3"
    assert newsroom.handle("fact settings", {"setting": "quiet", "value": value}).changed
    assert newsroom.store.communities.setting(HOME, "quiet") == value


def test_members_see_no_settings(newsroom: Newsroom) -> None:
    newsroom.handle("fact settings", {"setting": "notices", "value": "discord:channel:9"})
    assert "discord:channel:9" not in plain(newsroom.handle("fact settings", by=MEMBER))


# linking


def test_an_operator_links_a_community_that_then_shares_claims_and_moderators(newsroom: Newsroom) -> None:
    newsroom.handle("fact moderators", {"who": MEMBER.id, "do": "name"}, by=ADMIN)
    assert newsroom.handle("fact link", {"community": LINKED, "to": HOME}, by=OPERATOR).changed
    assert f"{LINKED} shares {HOME}" in plain(newsroom.handle("fact link", by=OPERATOR))
    assert FOUNTAIN.text in plain(newsroom.handle("factcheck", {"question": FOUNTAIN.text}, at=LINKED))
    assert newsroom.handle("fact edit", EDIT, by=MEMBER, at=LINKED).changed
    assert newsroom.claim("fountain").via == "Reuters"
    assert newsroom.handle("fact link", {"community": LINKED, "to": "-"}, by=OPERATOR).changed
    assert FOUNTAIN.text not in plain(newsroom.handle("factcheck", {"question": FOUNTAIN.text}, at=LINKED))


@pytest.mark.parametrize("by", [MEMBER, MODERATOR, ADMIN], ids=lambda by: by.name)
def test_nobody_else_links_or_sees_links(newsroom: Newsroom, by: Actor) -> None:
    newsroom.handle("fact link", {"community": LINKED, "to": AWAY}, by=OPERATOR)
    for given in ({}, {"community": LINKED, "to": HOME}, {"community": LINKED, "to": "-"}):
        reply = newsroom.handle("fact link", given, by=by)
        assert reply.tone is Tone.REFUSED
        assert AWAY not in plain(reply)
    assert newsroom.store.communities.links() == {LINKED: AWAY}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"community": AWAY, "to": HOME}, "claims of its own"),
        ({"community": GLOBAL, "to": HOME}, "everybody's"),
        ({"community": LINKED, "to": GLOBAL}, "everybody's"),
        ({"community": LINKED, "to": LINKED}, "two different"),
        ({"community": "Discord One", "to": HOME}, "community"),
        ({"community": LINKED, "to": "the newsroom"}, "to:"),
        ({"community": LINKED}, "to is missing"),
        ({"to": HOME}, "community is missing"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_the_reason(
    newsroom: Newsroom, given: dict[str, str], words: str
) -> None:
    reply = newsroom.handle("fact link", given, by=OPERATOR)
    assert reply.tone is Tone.REFUSED
    assert words in reply.text
    assert not newsroom.store.communities.links()


def test_a_community_with_a_queue_is_not_linked_before_that_is_decided(newsroom: Newsroom) -> None:
    newsroom.handle("fact suggest", {"text": "Pigs fly at noon"}, by=MEMBER, at=LINKED)
    reply = newsroom.handle("fact link", {"community": LINKED, "to": HOME}, by=OPERATOR)
    assert reply.tone is Tone.REFUSED
    assert "1 suggestion" in reply.text
    name = newsroom.store.suggestions.open(LINKED)[0].id
    declined = {"suggestion": name, "do": "decline", "why": "no", "space": LINKED}
    assert newsroom.handle("fact queue", declined, by=OPERATOR).changed
    assert newsroom.handle("fact link", {"community": LINKED, "to": HOME}, by=OPERATOR).changed


def test_parting_what_is_not_linked_changes_nothing(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact link", {"community": LINKED, "to": "-"}, by=OPERATOR)
    assert not reply.changed
    assert "not linked" in plain(reply)


@pytest.mark.parametrize(
    ("verb", "given", "by"),
    [
        ("fact moderators", {"who": MEMBER.id, "do": "name"}, ADMIN),
        ("fact block", {"who": MEMBER.id}, ADMIN),
        ("fact settings", {"setting": "contact", "value": "the desk"}, ADMIN),
        ("fact link", {"community": LINKED, "to": HOME}, OPERATOR),
    ],
)
def test_the_same_command_delivered_twice_is_done_once(
    newsroom: Newsroom, verb: str, given: dict[str, str], by: Actor
) -> None:
    assert newsroom.handle(verb, given, by=by, delivery="4").changed
    assert "done already" in newsroom.handle(verb, given, by=by, delivery="4").text
