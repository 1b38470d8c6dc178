"""Communities: linked spaces, named moderators, blocked people, settings."""

import pytest

from bot.errors import Refused
from bot.model import Claim
from bot.store import Trace

HOME, OTHER = "discord:1", "slack:T1"


def test_a_space_is_its_own_home_until_it_is_linked(store):
    assert store.communities.home(OTHER) == OTHER
    store.communities.link(OTHER, HOME)
    assert store.communities.home(OTHER) == HOME
    assert store.communities.home(HOME) == HOME
    assert store.communities.links() == {OTHER: HOME}
    store.communities.link(OTHER, "discord:2")
    assert store.communities.links() == {OTHER: "discord:2"}
    assert store.communities.unlink(OTHER)
    assert not store.communities.unlink(OTHER)
    assert store.communities.home(OTHER) == OTHER


@pytest.mark.parametrize(
    ("space", "home", "problem"),
    [
        ("global", HOME, "everybody's"),
        (HOME, "global", "everybody's"),
        (HOME, HOME, "two different"),
        ("", HOME, "two different"),
        ("new", OTHER, "is linked to discord:1"),
        (HOME, "new", "other spaces are linked"),
        ("discord:7", HOME, "has claims of its own"),
    ],
)
def test_a_link_that_would_hide_claims_or_make_a_chain_is_refused(store, space, home, problem):
    store.save(None, Claim("x", "x", space="discord:7"), Trace("", "terminal"))
    store.communities.link(OTHER, HOME)
    with pytest.raises(Refused, match=problem):
        store.communities.link(space, home)
    assert store.communities.links() == {OTHER: HOME}


def test_moderators_are_named_by_account_or_group_for_one_space(store):
    assert store.communities.moderators(HOME) == frozenset()
    assert store.communities.name_moderator(HOME, "discord:role:5")
    assert store.communities.name_moderator(HOME, "discord:7")
    assert not store.communities.name_moderator(HOME, " discord:7\n")
    assert store.communities.moderators(HOME) == {"discord:role:5", "discord:7"}
    assert store.communities.moderators(OTHER) == frozenset()
    assert store.communities.unname_moderator(HOME, "discord:7")
    assert not store.communities.unname_moderator(HOME, "discord:7")
    assert store.communities.moderators(HOME) == {"discord:role:5"}


def test_nobody_and_too_many_moderators_are_refused(store):
    with pytest.raises(Refused, match="Name the account"):
        store.communities.name_moderator(HOME, " ")
    for number in range(100):
        store.communities.name_moderator(HOME, f"discord:{number}")
    assert not store.communities.name_moderator(HOME, "discord:99")
    with pytest.raises(Refused, match="100 moderators here already"):
        store.communities.name_moderator(HOME, "discord:100")


def test_somebody_is_blocked_in_one_space_by_account_or_id(store):
    assert not store.communities.is_blocked(HOME, "discord:7")
    assert store.people.find("discord:7") == ""
    assert store.communities.block(HOME, "discord:7")
    assert not store.communities.block(HOME, "discord:7")
    person = store.people.find("discord:7")
    assert store.communities.blocked(HOME) == [person]
    assert store.communities.is_blocked(HOME, "discord:7")
    assert store.communities.is_blocked(HOME, person)
    assert not store.communities.is_blocked(OTHER, "discord:7")
    assert store.communities.unblock(HOME, person)
    assert not store.communities.unblock(HOME, "discord:7")
    assert store.communities.block(HOME, person)
    assert store.communities.is_blocked(HOME, "discord:7")


def test_a_setting_is_kept_for_one_space_until_it_is_emptied(store):
    assert store.communities.setting(HOME, "notices") == ""
    store.communities.set(HOME, "notices", "discord:channel:9")
    store.communities.set(HOME, "notices", "discord:channel:10")
    assert store.communities.setting(HOME, "notices") == "discord:channel:10"
    assert store.communities.setting(OTHER, "notices") == ""
    store.communities.set(HOME, "notices", "  ")
    assert store.communities.setting(HOME, "notices") == ""
    assert store.db.execute("SELECT count(*) FROM settings").fetchone()[0] == 0
