"""Suggestions: folded when they say the same, capped for each person, taken and decided once."""

import pytest

from bot.errors import NotFound, Refused, Stale
from bot.store import Store, SuggestionKind, SuggestionState

ANN, BOB, EVE = "discord:1", "slack:T1:U2", "discord:3"
TEXT = {"text": "The sea is green", "claimant": "Bob"}


def suggest(
    store, account=ANN, space="discord:1", values=TEXT, note="", kind=SuggestionKind.CLAIM, claim_id="", name=""
):
    return store.suggestions.add(space, kind, claim_id, values, note, account, name)


def test_a_suggestion_waits_as_it_was_typed(store):
    made, folded = suggest(store, note="I read it", name="Ann")
    assert not folded
    assert (made.space, made.kind, made.values, made.note) == ("discord:1", SuggestionKind.CLAIM, TEXT, "I read it")
    assert (made.state, made.backers, made.taken_by, made.decided_at) == (SuggestionState.OPEN, 1, "", "")
    assert store.people.account(made.person) == ANN
    assert store.people.name(made.person) == "Ann"
    assert store.suggestions.open("discord:1") == [made]
    assert store.suggestions.get(made.id, "discord:1") == made


def test_the_same_said_by_another_is_folded_in_and_both_are_remembered(store):
    first, _ = suggest(store, note="first")
    second, folded = suggest(
        store, BOB, values={"claimant": "bob", "text": "the sea is GREEN!", "via": ""}, note="second"
    )
    assert folded
    assert (second.id, second.backers, second.note, second.values) == (first.id, 2, "first\nsecond", TEXT)
    people = [store.people.find(ANN), store.people.find(BOB)]
    assert store.suggestions.backers(first.id) == people
    assert store.suggestions.of(BOB) == [second]


def test_the_same_said_twice_by_one_person_counts_once(store):
    first, _ = suggest(store)
    assert suggest(store) == (first, True)


@pytest.mark.parametrize(
    "other",
    [
        {"space": "discord:2"},
        {"kind": SuggestionKind.PHRASING},
        {"claim_id": "sky"},
        {"values": {"text": "The sea is blue", "claimant": "Bob"}},
        {"values": {"text": "The sea is green", "via": "Bob"}},
    ],
)
def test_what_differs_in_anything_is_another_suggestion(store, other):
    suggest(store)
    assert not suggest(store, BOB, **other)[1]


def test_what_was_decided_can_be_suggested_again(store):
    made, _ = suggest(store)
    store.suggestions.decide(made.id, "discord:1", SuggestionState.DECLINED, EVE, "")
    again, folded = suggest(store)
    assert (again.id != made.id, folded) == (True, False)


def test_one_person_can_have_five_waiting_in_a_space(store):
    made = [suggest(store, values={"text": f"Claim {n}"})[0] for n in range(5)]
    with pytest.raises(Refused, match="5 of your suggestions are waiting"):
        suggest(store)
    assert suggest(store, values={"text": "Claim 3"}) == (made[3], True)
    suggest(store, space="discord:2")
    suggest(store, BOB)
    store.suggestions.decide(made[0].id, "discord:1", SuggestionState.ACCEPTED, EVE, "")
    suggest(store, values={"text": "One more"})
    assert store.suggestions.waiting("discord:1") == 6


def test_the_queue_is_read_page_by_page_oldest_first(store):
    made = [suggest(store, f"discord:{n}", values={"text": f"Claim {n}"})[0].id for n in range(12)]
    assert {each.id for each in store.suggestions.open("discord:1", limit=99)} == set(made)
    pages = [*store.suggestions.open("discord:1"), *store.suggestions.open("discord:1", skip=10)]
    assert len(pages) == 12
    assert [each.at for each in pages] == sorted(each.at for each in pages)
    assert store.suggestions.waiting("discord:1") == 12
    assert store.suggestions.open("global") == []


def test_a_suggestion_of_another_space_is_not_found(store):
    made, _ = suggest(store)
    for act in (
        lambda: store.suggestions.get(made.id, "discord:2"),
        lambda: store.suggestions.take(made.id, "discord:2", EVE),
        lambda: store.suggestions.decide(made.id, "global", SuggestionState.ACCEPTED, EVE, ""),
    ):
        with pytest.raises(NotFound, match="no suggestion"):
            act()


def test_one_moderator_takes_a_suggestion_and_another_may_still_decide_it(store):
    made, _ = suggest(store)
    store.people.person(EVE, "Eve")
    taken = store.suggestions.take(made.id, "discord:1", EVE)
    assert (taken.state, taken.taken_by) == (SuggestionState.TAKEN, store.people.find(EVE))
    assert store.suggestions.take(made.id, "discord:1", EVE) == taken
    with pytest.raises(Stale, match="Eve is looking after"):
        store.suggestions.take(made.id, "discord:1", BOB)
    assert store.suggestions.open("discord:1") == [taken]
    done = store.suggestions.decide(made.id, "discord:1", SuggestionState.DECLINED, BOB, "No\nsource")
    assert (done.state, done.reason) == (SuggestionState.DECLINED, "No source")
    assert (done.decided_by, done.taken_by) == (store.people.find(BOB), store.people.find(EVE))
    assert done.decided_at.endswith("Z")
    assert store.suggestions.waiting("discord:1") == 0


def test_what_is_decided_is_decided_once(store):
    made, _ = suggest(store)
    store.suggestions.decide(made.id, "discord:1", SuggestionState.ACCEPTED, EVE, "")
    with pytest.raises(Stale, match="is accepted already"):
        store.suggestions.decide(made.id, "discord:1", SuggestionState.DECLINED, BOB, "")
    with pytest.raises(Stale):
        store.suggestions.take(made.id, "discord:1", BOB)
    assert store.suggestions.get(made.id, "discord:1").state is SuggestionState.ACCEPTED


def test_open_and_taken_are_no_decisions(store):
    made, _ = suggest(store)
    for state in (SuggestionState.OPEN, SuggestionState.TAKEN):
        with pytest.raises(ValueError, match="accepted or declined"):
            store.suggestions.decide(made.id, "discord:1", state, EVE, "")


def test_too_much_at_once_is_refused(store):
    with pytest.raises(Refused, match="too much"):
        suggest(store, values={"text": "x" * 200_000})
    with pytest.raises(Refused, match="too much"):
        suggest(store, values={f"field {n}": "x" for n in range(200)})
    assert len(suggest(store, note="n" * 9_000)[0].note) == 1_000


def test_two_connections_fold_into_one(store, path):
    with Store.open(path) as other:
        first, _ = suggest(store)
        second, folded = suggest(other, BOB)
    assert (second.id, second.backers, folded) == (first.id, 2, True)
