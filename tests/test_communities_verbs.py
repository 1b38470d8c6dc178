"""What /fact moderators, block, settings and link say and do, case by case; who may is in the permission matrix."""

import pytest

from bot.model import GLOBAL
from bot.reply import Reply, Tone
from tests.newsroom import ADMIN, AWAY, HOME, MODERATOR, OPERATOR, TERMINAL, Newsroom

ROLE = "discord:role:5"


def told(reply: Reply) -> tuple[str, str, bool]:
    assert reply.tone is not Tone.REFUSED, reply.text
    return reply.title, reply.text, reply.changed


def admin(newsroom: Newsroom, verb: str, **given: str) -> Reply:
    return newsroom.handle(f"fact {verb}", given, by=ADMIN)


def test_naming_is_said_and_done_once(newsroom: Newsroom) -> None:
    assert told(admin(newsroom, "moderators")) == (
        "Moderators",
        "Nobody is named: who may manage messages on Discord, or the workspace on Slack, moderates.",
        False
    )  # fmt: skip
    assert told(admin(newsroom, "moderators", who=ROLE)) == (f"{ROLE} moderates now", "", True)
    assert told(admin(newsroom, "moderators", who=ROLE, do="name")) == (f"{ROLE} was named already", "", False)
    assert told(admin(newsroom, "moderators", who="discord:7", do="name")) == ("discord:7 moderates now", "", True)
    assert told(admin(newsroom, "moderators")) == ("Moderators", f"discord:7\n{ROLE}", False)
    assert told(admin(newsroom, "moderators", who=ROLE, do="unname")) == (
        f"{ROLE} does not moderate any more",
        "",
        True,
    )
    assert told(admin(newsroom, "moderators", who=ROLE, do="unname")) == (f"{ROLE} was not named", "", False)
    assert newsroom.store.communities.moderators(HOME) == {"discord:7"}


def test_moderators_see_the_list_and_are_told_that_admins_name(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact moderators").title == "Moderators"
    for given in ({"who": ROLE}, {"do": "name"}, {"who": ROLE, "do": "unname"}):
        reply = newsroom.handle("fact moderators", given)
        assert reply.text == "/fact moderators: naming moderators is for admins: ask one of yours to do it."


def test_the_global_space_has_no_moderators(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact moderators", by=TERMINAL, at=GLOBAL)
    assert reply.text == "/fact moderators is about a community: use it in one, or name its space."
    assert newsroom.handle("fact moderators", {"space": HOME}, by=TERMINAL, at=GLOBAL).title == "Moderators"


GOOD = (
    "discord:1",
    "discord:" + "9" * 20,
    "slack:T1:U2",
    f"slack:{'T' * 20}:{'U' * 20}",
    "terminal:ann",
    "terminal:" + "a" * 60,
)
GROUPS = (ROLE, "discord:role:" + "9" * 20, "slack:group:S1", "slack:group:" + "S" * 20)
BAD = (
    "", "ann", "discord:", "discord:x", "discord:" + "9" * 21, "xdiscord:1", "discord:1 ", "slack:T1", "slack:t1:u2",
    "slack:T1:" + "U" * 21, f"slack:{'T' * 21}:U2", "terminal:", "terminal:a b", "terminal:a:b", "terminal:" + "a" * 61,
    "discord:channel:1",
)  # fmt: skip
BAD_GROUPS = (
    "discord:role:x",
    "discord:role:" + "9" * 21,
    "slack:group:s1",
    "slack:group:" + "S" * 21,
    "discord:role:",
)


@pytest.mark.parametrize("who", GOOD + GROUPS)
def test_accounts_and_groups_of_all_platforms_can_be_named(newsroom: Newsroom, who: str) -> None:
    assert admin(newsroom, "moderators", who=who, do="name").changed
    assert newsroom.store.communities.moderators(HOME) == {who}


@pytest.mark.parametrize("who", [*(who for who in BAD if who.strip() == who), *BAD_GROUPS])
def test_what_is_neither_an_account_nor_a_group_is_not_named(newsroom: Newsroom, who: str) -> None:
    reply = admin(newsroom, "moderators", who=who, do="name")
    assert reply.text == (
        f"/fact moderators: {who[:60]!r} is not a person, a role or a group; write it like discord:123 or slack:T1:U2."
    )
    assert newsroom.store.communities.moderators(HOME) == frozenset()


@pytest.mark.parametrize("who", GOOD)
def test_every_account_can_be_blocked(newsroom: Newsroom, who: str) -> None:
    assert admin(newsroom, "block", who=who).changed
    assert newsroom.store.communities.is_blocked(HOME, who)


@pytest.mark.parametrize("who", [*(who for who in BAD if who and who.strip() == who), *GROUPS])
def test_groups_and_what_is_no_account_are_not_blocked(newsroom: Newsroom, who: str) -> None:
    reply = admin(newsroom, "block", who=who, do="block")
    assert reply.text.startswith(f"/fact block: {who[:60]!r} is not a person;")
    assert newsroom.store.communities.blocked(HOME) == []


def test_blocking_is_said_and_done_once(newsroom: Newsroom) -> None:
    who = "slack:T1:U2"
    assert told(admin(newsroom, "block")) == ("Blocked from suggesting", "Nobody is blocked here.", False)
    assert "'' is not a person" in admin(newsroom, "block", do="unblock").text
    assert told(admin(newsroom, "block", who=who, do="unblock")) == (f"{who} was not blocked", "", False)
    assert told(admin(newsroom, "block", who=who)) == (f"{who} cannot suggest here any more", "", True)
    assert told(admin(newsroom, "block", who=who, do="block")) == (f"{who} was blocked already", "", False)
    admin(newsroom, "block", who="discord:20")
    assert told(admin(newsroom, "block")) == ("Blocked from suggesting", f"discord:20\n{who}", False)
    newsroom.store.forget("discord:20")
    assert told(admin(newsroom, "block", who=who, do="unblock")) == (f"{who} may suggest again", "", True)
    assert newsroom.store.communities.blocked(AWAY) == []


def test_a_blocked_person_who_was_forgotten_is_listed_without_a_name(newsroom: Newsroom) -> None:
    newsroom.store.communities.block(HOME, "p0123456789ab")
    assert told(admin(newsroom, "block"))[1] == "somebody forgotten"


MEANINGS = {
    "notices": "not set (the channel that is told of new suggestions)",
    "quiet": "not set (channels in which the bot says nothing, parted by blanks)",
    "contact": "not set (whom answers name for corrections, in one line)",
}


def test_settings_are_shown_with_what_they_mean(newsroom: Newsroom) -> None:
    shown = admin(newsroom, "settings")
    assert (shown.title, shown.text) == ("Settings", "Change one: give setting and value; - clears it.")
    assert {field.name: field.value for field in shown.fields} == MEANINGS
    for given in ({"setting": "quiet"}, {"setting": "quiet", "value": ""}):
        [only] = admin(newsroom, "settings", **given).fields
        assert (only.name, only.value) == ("quiet", MEANINGS["quiet"])
    assert len(admin(newsroom, "settings", value="x").fields) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("notices", "discord:channel:9"),
        ("notices", "slack:T1:channel:C1"),
        ("quiet", "discord:channel:9 slack:T1:channel:C1"),
        ("contact", "the desk: desk@example.org"),
    ],
)
def test_a_setting_is_kept_shown_and_cleared(newsroom: Newsroom, name: str, value: str) -> None:
    meaning = MEANINGS[name].removeprefix("not set (").removesuffix(")")
    assert told(admin(newsroom, "settings", setting=name, value=value)) == (f"{name}: {value}", meaning, True)
    assert newsroom.store.communities.setting(HOME, name) == value
    assert newsroom.store.communities.setting(AWAY, name) == ""
    assert admin(newsroom, "settings", setting=name).fields[0].value == value
    assert told(admin(newsroom, "settings", setting=name, value="-")) == (f"{name}: cleared", meaning, True)
    assert newsroom.store.communities.setting(HOME, name) == ""


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("notices", "general", "general"),
        ("notices", "discord:channel:9 discord:channel:8", "discord:channel:9 discord:channel:8"),
        ("notices", "discord:channel:" + "9" * 21, "discord:channel:" + "9" * 21),
        ("notices", "slack:channel:C1", "slack:channel:C1"),
        ("notices", f"slack:{'T' * 21}:channel:C1", f"slack:{'T' * 21}:channel:C1"),
        ("notices", "slack:T1:channel:" + "C" * 21, "slack:T1:channel:" + "C" * 21),
        ("notices", "discord:7", "discord:7"),
        ("quiet", "discord:channel:9 general", "general"),
        ("quiet", "- discord:channel:9", "-"),
    ],
)
def test_what_is_no_channel_is_refused_and_changes_nothing(
    newsroom: Newsroom, name: str, value: str, wrong: str
) -> None:
    reply = admin(newsroom, "settings", setting=name, value=value)
    assert reply.tone is Tone.REFUSED
    assert f"/fact settings: {wrong[:60]!r} is not a channel;" in reply.text
    assert newsroom.store.communities.setting(HOME, name) == ""


def link(newsroom: Newsroom, **given: str) -> Reply:
    return newsroom.handle("fact link", given, by=OPERATOR)


def test_links_are_listed_made_and_parted(newsroom: Newsroom) -> None:
    assert told(link(newsroom)) == ("Linked communities", "None.", False)
    made = link(newsroom, community="slack:T9", to=HOME)
    assert told(made) == ("slack:T9 shares the claims of discord:1 now", "", True)
    link(newsroom, community="slack:T8", to=HOME)
    listed = ("Linked communities", "slack:T8 shares discord:1\nslack:T9 shares discord:1", False)
    assert told(link(newsroom)) == listed
    assert link(newsroom, community="slack:T9").text.endswith(": to is missing.")
    assert link(newsroom, to=HOME).text.endswith(": community is missing.")
    assert told(link(newsroom, community="slack:T9", to="-")) == ("slack:T9 has its own claims again", "", True)
    assert told(link(newsroom, community="slack:T9", to="-")) == ("slack:T9 was not linked", "", False)
    assert newsroom.store.communities.links() == {"slack:T8": HOME}
    assert link(newsroom, community=AWAY, to=HOME).tone is Tone.REFUSED


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("moderators", {"who": ROLE, "do": "name"}),
        ("block", {"who": "discord:20"}),
        ("settings", {"setting": "contact", "value": "us"}),
    ],
)
def test_the_same_click_twice_counts_once(newsroom: Newsroom, verb: str, given: dict[str, str]) -> None:
    first, second = (newsroom.handle(f"fact {verb}", given, by=ADMIN, delivery="5") for _ in range(2))
    assert first.changed
    assert "done already" in second.text


def test_the_same_link_twice_counts_once(newsroom: Newsroom) -> None:
    given = {"community": "slack:T9", "to": HOME}
    assert newsroom.handle("fact link", given, by=OPERATOR, delivery="5").changed
    parted = {**given, "to": "-"}
    assert "done already" in newsroom.handle("fact link", parted, by=OPERATOR, delivery="5").text
    assert newsroom.store.communities.home("slack:T9") == HOME
    assert newsroom.handle("fact moderators", by=MODERATOR, at="slack:T9").title == "Moderators"
