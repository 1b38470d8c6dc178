"""Whoever asks the store about a space hears of that space alone; a draft is for its person alone."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import NotFound
from bot.model import GLOBAL, Claim, State
from bot.storage import drafts as book
from bot.store import ALL_STATES, Change, Listing, Store, SuggestionKind, SuggestionState, Trace, known_as

HOME, AWAY = "discord:1", "slack:T2"
ANN, BOB = "discord:7", "slack:T2:U8"


def claim(space: str, external_id: str, **more: Any) -> Claim:
    """A claim that says the same in every space, but for its claimant, role and tag."""
    values = {"claimant": f"Ann {space}", "claimant_role": f"Role {space}", "tags": ("all", f"tag {space}"), **more}
    return Claim("The sky is blue", external_id, space, **values)


CLAIMS = [claim(space, external_id) for space in (GLOBAL, HOME, AWAY) for external_id in ("one", "two")]


@pytest.fixture
def full(store: Store) -> Store:
    removed = [claim(space, "gone", state=State.REMOVED) for space in (GLOBAL, HOME, AWAY)]
    store.save_many([Change(None, each) for each in (*CLAIMS, *removed)], Trace(ANN, "test", batch="b"))
    return store


def test_claims_are_read_and_counted_by_space(full: Store) -> None:
    assert {each.space for each in full.claims([HOME])} == {HOME}
    assert (full.count([HOME]), full.count([HOME], ALL_STATES), full.count()) == (2, 3, 6)
    assert full.claims([]) == []
    assert {each.space for each in full.claims()} == {GLOBAL, HOME, AWAY}


def test_a_claim_is_found_by_id_in_the_spaces_that_are_named(full: Store) -> None:
    wanted = claim(AWAY, "one")
    assert full.get(wanted.id) == full.get(wanted.id, [GLOBAL, AWAY]) == wanted
    for name in (wanted.id, "no-such-claim"):
        with pytest.raises(NotFound, match="no claim with the id"):
            full.get(name, [GLOBAL, HOME])
    with pytest.raises(NotFound):
        full.get("no-such-claim")


def test_a_claim_is_known_by_external_id_and_by_what_it_says_in_one_space(full: Store) -> None:
    wanted = claim(HOME, "one")
    key = known_as(wanted.text, wanted.claimant, wanted.said_on)
    assert full.find_known(HOME, external_id="one") == wanted
    assert full.find_known("discord:2", external_id="one") is None
    assert full.find_many(HOME, ["one"], []) == [wanted]
    assert {each.space for each in full.find_many(HOME, [], [key])} == {HOME}
    assert full.find_many(AWAY, [], [key]) == []


def test_tags_claimants_roles_and_ids_are_of_the_spaces_that_are_named(full: Store) -> None:
    assert {each.space for each in full.tagged(["all"], [HOME])} == {HOME}
    assert full.claimants([HOME], "Ann", limit=9) == [f"Ann {HOME}"]
    assert full.tags_like("tag", [AWAY], limit=9) == [f"tag {AWAY}"]
    assert full.role_of(f"Ann {HOME}", [HOME]) == f"Role {HOME}"
    assert full.role_of(f"Ann {AWAY}", [GLOBAL, HOME]) == ""
    assert {each.space for each in full.claims_like("", HOME, limit=99)} == {HOME}
    assert {each.space for each in full.claims_like("", "discord:2", limit=99)} == {GLOBAL}


def test_a_list_holds_ones_own_claims_and_the_global_ones_without_an_own_version(full: Store) -> None:
    full.save(None, claim(GLOBAL, "three"), Trace(ANN, "test"))
    full.save(None, claim(AWAY, "three"), Trace(BOB, "test"))
    seen = {each.id for each in full.listed(Listing(HOME), limit=99)}
    assert seen == {claim(HOME, "one").id, claim(HOME, "two").id, "three"}
    assert full.listed_count(Listing(HOME)) == 3
    assert [each.space for each in full.listed(Listing(HOME, State.REMOVED), limit=99)] == [HOME]
    assert {each.space for each in full.listed(Listing("discord:2"), limit=99)} == {GLOBAL}
    assert {each.id for each in full.listed(Listing(GLOBAL), limit=99)} == {"one", "two", "three"}


def test_changes_are_read_by_space(full: Store) -> None:
    assert {each.space for each in full.recent([HOME], limit=99)} == {HOME}
    assert {each.space for each in full.recent([HOME, GLOBAL], limit=99)} == {HOME, GLOBAL}
    [last] = full.recent([AWAY], limit=1)
    assert full.revision(last.id) == full.revision(last.id, [AWAY]) == last
    with pytest.raises(NotFound, match="no change number"):
        full.revision(last.id, [GLOBAL, HOME])


def test_suggestions_wait_in_one_space_and_are_counted_there(store: Store) -> None:
    for number in range(5):
        store.suggestions.add(HOME, SuggestionKind.CLAIM, "", {"text": f"Claim {number}"}, "", ANN)
    theirs, folded = store.suggestions.add(AWAY, SuggestionKind.CLAIM, "", {"text": "Claim 1"}, "", ANN)
    assert not folded
    assert store.suggestions.open(AWAY) == [theirs]
    assert (store.suggestions.waiting(AWAY), store.suggestions.waiting(HOME)) == (1, 5)
    assert {each.space for each in store.suggestions.open(HOME)} == {HOME}


def test_suggestions_of_one_person_are_not_those_of_another(store: Store) -> None:
    first, _ = store.suggestions.add(HOME, SuggestionKind.CLAIM, "", {"text": "Mine"}, "", ANN)
    other, _ = store.suggestions.add(HOME, SuggestionKind.CLAIM, "", {"text": "Yours"}, "", BOB)
    assert store.suggestions.of(ANN) == [first]
    assert store.suggestions.backers(other.id) == [store.people.find(BOB)]
    assert store.suggestions.of("discord:404") == []


def test_a_draft_is_read_by_its_person_in_its_place(store: Store) -> None:
    draft = store.drafts.keep(ANN, HOME, "fact add", {"text": "Typed"})
    assert store.drafts.get(draft, ANN, HOME).values == {"text": "Typed"}
    for account, space in ((BOB, HOME), (ANN, AWAY), (ANN, GLOBAL), ("", HOME), ("discord:404", HOME)):
        with pytest.raises(NotFound, match="expired"):
            store.drafts.get(draft, account, space)


@pytest.mark.parametrize(("account", "space"), [(BOB, HOME), (ANN, AWAY)])
def test_keeping_over_a_draft_that_is_not_ones_own_here_makes_another(store: Store, account: str, space: str) -> None:
    draft = store.drafts.keep(ANN, HOME, "fact add", {"text": "Typed"})
    other = store.drafts.keep(account, space, "fact add", {"text": "Else"}, draft)
    assert other != draft
    assert store.drafts.get(draft, ANN, HOME).values == {"text": "Typed"}
    assert store.drafts.keep(ANN, HOME, "fact add", {"text": "Again"}, draft) == draft
    assert store.drafts.get(draft, ANN, HOME).values == {"text": "Again"}


def test_the_oldest_draft_of_a_person_goes_first_and_no_one_elses(store: Store) -> None:
    theirs = store.drafts.keep(BOB, HOME, "fact add", {"text": "Bob's"})
    kept = [store.drafts.keep(ANN, HOME, "fact add", {"text": str(number)}) for number in range(book.MOST_DRAFTS)]
    assert store.drafts.get(kept[0], ANN, HOME)
    store.db.execute("UPDATE drafts SET expires = '9999' WHERE id <> ?", [kept[0]])
    store.drafts.keep(ANN, HOME, "fact add", {"text": "One more"})
    assert len(store.drafts.of_person(store.people.find(ANN))) == book.MOST_DRAFTS
    assert store.drafts.get(theirs, BOB, HOME)
    assert [each.id for each in store.drafts.of_person(store.people.find(BOB))] == [theirs]


def transactions(store: Store, act: Callable[[], object]) -> int:
    """Return how many transactions `act` takes: within one, nobody else changes anything between look and change."""
    begun: list[str] = []
    store.db.conn.set_trace_callback(lambda sql: begun.append(sql) if sql.startswith("BEGIN") else None)
    try:
        act()
    finally:
        store.db.conn.set_trace_callback(None)
    return len(begun)


def test_what_looks_before_it_writes_and_what_looks_twice_is_one_transaction(full: Store) -> None:
    book = full.suggestions
    made, _ = book.add(HOME, SuggestionKind.CLAIM, "", {"text": "First"}, "", ANN)
    for act in (
        lambda: book.add(HOME, SuggestionKind.CLAIM, "", {"text": "Second"}, "", BOB),
        lambda: book.take(made.id, HOME, ANN),
        lambda: book.decide(made.id, HOME, SuggestionState.DECLINED, ANN, "No"),
        lambda: full.drafts.keep(ANN, HOME, "fact add", {"text": "Typed"}),
        lambda: full.communities.link("slack:T9", HOME),
        lambda: full.communities.name_moderator(HOME, ANN),
        lambda: full.communities.block(HOME, BOB),
        lambda: full.recent([HOME, AWAY], limit=9),
    ):
        assert transactions(full, act) == 1


def test_changes_of_a_person_are_theirs_alone(full: Store) -> None:
    full.save(None, claim(HOME, "more"), Trace(BOB, "test"))
    assert [each["claim_id"] for each in full.about(BOB)["revisions"]] == [claim(HOME, "more").id]
    assert len(full.about(ANN)["revisions"]) == 9
