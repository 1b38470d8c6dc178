"""The index follows the store: patched or built in the background, it answers as a fresh one."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ask import Asker
from bot.keeper import AT_FULL_SPEED, AT_ONCE, Keeper, at_leisure
from bot.matching.index import Index
from bot.matching.reading import read_words
from bot.matching.row import Row
from bot.model import GLOBAL, Answer, Claim, Outcome, State
from bot.store import Change, Store, Trace

TRACE = Trace("test", "test")
WORDS = "Kirby Wood missile missiles launcher launched Kharkiv Kyiv containers seven nine tariffs expert expect".split()
SPACES = (GLOBAL, "discord:1", "slack:2")


def made(number: int, text: str = "", **fields: Any) -> Claim:
    said = text or f"Minister number{number} opened bridge{number} over river{number}"
    return replace(Claim(said, external_id=f"c{number}"), **fields)


def put(store: Store, *claims: Claim) -> None:
    """Save the claims as they should be, new or not."""
    known = {claim.id: claim for claim in store.get_many([claim.id for claim in claims])}
    store.save_many([Change(known.get(claim.id), claim) for claim in claims], TRACE)


def told(answer: Answer) -> tuple[object, ...]:
    return answer.outcome, answer.hits, answer.candidates, answer.others


claims = st.builds(
    lambda number, words, phrasing, space, state, claimant: made(
        number,
        " ".join(words),
        phrasings=(" ".join(phrasing),) if phrasing else (),
        space=space,
        state=state,
        claimant=claimant,
    ),
    st.integers(0, 7),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.sampled_from(SPACES),
    st.sampled_from(State),
    st.sampled_from(("", "John Kirby", "Robert Wood")),
)
QUESTIONS = (
    "did Kirby say nine missiles were launched?",
    "expret tariffs kharkiv",
    "containers",
    "Wood kyiv launchers",
)


def seen(index: Index) -> list[object]:
    """Everything that an index says, its numbers of claims put as ids."""

    def ids(docs: Sequence[int]) -> list[str]:
        return [index.entries[doc].id for doc in docs]

    def of(spaces: Sequence[str]) -> Iterator[object]:
        for question in QUESTIONS:
            keys = read_words(question, index)
            docs = index.nearest(keys, spaces, 3)
            yield keys, ids(docs), [(index.views(doc), index.context(doc)) for doc in docs]
            yield index.evidence(keys, spaces), [ids(index.shown(index.holding(key), spaces)) for key in keys]

    keys = sorted(index.words)
    weights = [(key, index.spread(key), index.weight(key)) for key in keys]
    readers = [(GLOBAL,), *((GLOBAL, space) for space in SPACES[1:]), SPACES]
    return [len(index), weights, *(list(of(spaces)) for spaces in readers)]


@settings(max_examples=60, deadline=None)
@given(st.lists(claims, max_size=8), st.lists(st.lists(claims, min_size=1, max_size=3), max_size=6))
def test_a_patched_index_says_what_a_new_one_says(first: list[Claim], later: list[list[Claim]]) -> None:
    now = {claim.id: claim for claim in first}
    index = Index.build(now.values())
    for batch in later:
        changed = {claim.id: claim for claim in batch}
        now |= changed
        index = index.patched(changed)
        assert seen(index) == seen(Index.build(now.values()))


@settings(max_examples=25, deadline=None)
@given(st.lists(claims, max_size=8), st.lists(st.lists(claims, min_size=1, max_size=3), max_size=4))
def test_after_any_changes_answers_are_those_of_a_fresh_start(first: list[Claim], later: list[list[Claim]]) -> None:
    with Store.in_memory() as store:
        put(store, *{claim.id: claim for claim in first}.values())
        asker = Asker(store)
        for batch in [[], *later]:
            put(store, *{claim.id: claim for claim in batch}.values())
            fresh = Asker(store)
            for question in QUESTIONS:
                for spaces in ((GLOBAL,), (GLOBAL, "discord:1")):
                    assert told(asker.ask(question, spaces=spaces)) == told(fresh.ask(question, spaces=spaces))


def test_an_added_an_edited_and_a_removed_claim_show_in_the_very_next_answer(store: Store) -> None:
    put(store, *(made(n) for n in range(50)))
    asker = Asker(store)
    assert asker.ask("Minister number3 opened bridge3 over river3").outcome is Outcome.MATCH
    new = made(99, "The governor flooded seven cellars of Poltava")
    put(store, new)
    assert asker.ask(new.text).hits[0].claim == new
    edited = replace(new, text="The governor sold eleven tramways of Poltava")
    put(store, edited)
    assert asker.ask(edited.text).hits[0].claim == edited
    assert asker.ask(new.text).outcome is not Outcome.MATCH
    put(store, replace(edited, state=State.REMOVED))
    assert asker.ask(edited.text).outcome is Outcome.NONE


def test_a_removed_override_hides_the_global_claim_and_a_withdrawn_one_shows_it_again(store: Store) -> None:
    claim = made(1)
    put(store, claim, *(made(n) for n in range(2, 9)))
    asker = Asker(store)
    here = (GLOBAL, "discord:1")
    for state, outcome in ((State.REMOVED, Outcome.NONE), (State.WITHDRAWN, Outcome.MATCH)):
        put(store, replace(claim, space="discord:1", state=state))
        assert (asker.ask(claim.text, spaces=here).outcome is Outcome.MATCH) is (outcome is Outcome.MATCH)
        assert asker.ask(claim.text).outcome is Outcome.MATCH


def test_a_change_by_another_process_shows_in_the_very_next_answer(store: Store, path: Path) -> None:
    put(store, *(made(n) for n in range(50)))
    asker = Asker(store)
    asker.prepare()
    with Store.open(path) as other:
        put(other, made(99, "The governor flooded seven cellars of Poltava"))
    assert asker.ask("the governor flooded seven cellars of Poltava").outcome is Outcome.MATCH


def test_while_many_changes_are_read_an_edit_shows_at_once_and_nothing_old_is_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, *(made(n) for n in range(AT_ONCE + 50)))
    asker = Asker(store)
    asker.prepare()
    go = threading.Event()
    page = store.following.page
    monkeypatch.setattr(store.following, "page", lambda after, size: (go.wait(30), page(after, size))[1])
    put(store, *(made(n, f"Nobody ever dug canal{n} near lake{n}") for n in range(AT_ONCE + 20)))
    begun = time.perf_counter()
    assert asker.ask("Minister number3 opened bridge3 over river3").outcome is Outcome.NONE
    assert time.perf_counter() - begun < 1
    edited = made(7, "The governor flooded seven cellars of Poltava")
    put(store, edited)
    assert asker.ask(edited.text).hits[0].claim == edited
    go.set()
    asker.settle()
    assert asker.ask("did anybody dig canal3 near lake3").candidates[0].claim.external_id == "c3"
    assert asker.ask(edited.text).hits[0].claim == edited


def test_a_build_that_fails_is_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, *(made(n) for n in range(5)))
    kept = Keeper(store)
    kept.current()
    with monkeypatch.context() as broken:
        broken.setattr(store.following, "page", lambda after, size: 1 / 0)
        put(store, *(made(n) for n in range(5, AT_ONCE + 20)))
        kept.current()
        kept.settle()
    kept.current()
    kept.settle()
    assert len(kept.current().matcher.index) == AT_ONCE + 20


def test_an_index_built_at_leisure_leaves_others_most_of_the_time() -> None:
    used = time.thread_time()
    begun = time.perf_counter()

    def at_full_speed_only_at_first() -> Iterator[int]:
        """Go on until the quick beginning is a small part of the work, however fast the machine is."""
        number = 0
        while time.thread_time() - used < 4 * AT_FULL_SPEED:
            yield number
            number += 1

    rows = [
        Row.of(Claim(f"The dam of {number} villages broke")) for number in at_leisure(at_full_speed_only_at_first())
    ]
    assert len(rows) > 100
    assert time.thread_time() - used < 0.7 * (time.perf_counter() - begun)


def test_threads_may_ask_while_claims_change(store: Store) -> None:
    put(store, *(made(n) for n in range(30)))
    asker, wrong, done = Asker(store), [], threading.Event()

    def keep_asking() -> None:
        while not done.is_set():
            for n in range(0, 30, 7):
                answer = asker.ask(f"Minister number{n} opened bridge{n} over river{n}")
                wrong.extend(hit for hit in answer.hits if hit.claim.external_id != f"c{n}")

    threads = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(100, 140):
        put(store, made(n))
        assert asker.ask(made(n).text).hits[0].claim.external_id == f"c{n}"
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
