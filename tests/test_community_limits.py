"""The limits of what is kept about a community, and that nobody slips past them between the look and the change."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.model import Claim
from bot.store import Store, Trace

HOME, NEW = "discord:1", "slack:T9"
BLOCKED = 10_000


def fill_blocked(store: Store, count: int) -> None:
    rows = [(HOME, f"p{number:012x}") for number in range(count)]
    with store.transaction():
        store.db.conn.executemany("INSERT INTO blocked VALUES (?, ?)", rows)


def fill_moderators(store: Store, count: int) -> None:
    for number in range(count):
        store.communities.name_moderator(HOME, f"discord:{number}")


def test_names_and_settings_are_cut_at_their_limits(store: Store) -> None:
    store.communities.link("a" * 300, "b" * 300)
    assert store.communities.links() == {"a" * 200: "b" * 200}
    store.communities.set(HOME, "contact", "c" * 3_000)
    assert store.communities.setting(HOME, "contact") == "c" * 2_000


def test_a_space_is_not_linked_to_nothing(store: Store) -> None:
    for space, home in ((NEW, ""), ("", HOME), ("", "")):
        with pytest.raises(Refused, match="name two different spaces"):
            store.communities.link(space, home)
    assert store.communities.links() == {}


def test_ten_thousand_people_can_be_blocked_and_no_more(store: Store) -> None:
    fill_blocked(store, BLOCKED - 1)
    assert store.communities.block(HOME, "discord:7")
    with pytest.raises(Refused, match="10,000 blocked people here already"):
        store.communities.block(HOME, "discord:8")
    assert store.communities.block("discord:2", "discord:8")


def own_claim(store: Store) -> None:
    store.save(None, Claim("Ours", "ours", NEW), Trace("", "test"))


@pytest.mark.parametrize(
    ("before", "theirs", "ours", "problem"),
    [
        (lambda store: None, own_claim, lambda store: store.communities.link(NEW, HOME), "has claims of its own"),
        (
            lambda store: fill_moderators(store, 99),
            lambda store: store.communities.name_moderator(HOME, "discord:500"),
            lambda store: store.communities.name_moderator(HOME, "discord:501"),
            "100 moderators here already",
        ),
        (
            lambda store: fill_blocked(store, BLOCKED - 1),
            lambda store: store.communities.block(HOME, "discord:500"),
            lambda store: store.communities.block(HOME, "discord:501"),
            "blocked people here already",
        ),
    ],
    ids=["link", "name", "block"],
)
def test_what_another_process_is_writing_is_waited_for_before_the_limit_is_looked_at(
    store: Store,
    path: Path,
    before: Callable[[Store], None],
    theirs: Callable[[Store], object],
    ours: Callable[[Store], object],
    problem: str,
) -> None:
    before(store)
    with Store.open(path) as other, ThreadPoolExecutor() as pool:
        with other.transaction():
            theirs(other)
            late = pool.submit(ours, store)
            time.sleep(0.2)
        with pytest.raises(Refused, match=problem):
            late.result()


def test_each_setting_is_read_and_cleared_by_its_own_name(store: Store) -> None:
    for name in ("contact", "notices", "quiet"):
        store.communities.set(HOME, name, f"{name} here")
    assert store.communities.setting(HOME, "notices") == "notices here"
    store.communities.set(HOME, "notices", "")
    assert [store.communities.setting(HOME, name) for name in ("contact", "notices", "quiet")] == [
        "contact here",
        "",
        "quiet here",
    ]
