"""Curating, at length and at size: `python -m tests.benchmarks.curation [steps] [undo] [search] [--steps N] …`.

steps: the stateful test, 10,000 requests by people of every role in four places through two bots, each compared with
a plain model. undo: 1,000 changes of every kind, undone one by one, newest first and all at once, each compared with
what was there before. search: `/fact search` and the completion of a claim among 100,000 claims.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.ask import Asker
from bot.handle import Factbot
from bot.model import Claim, Source, State, Status
from bot.request import Actor, Request
from bot.store import Change, Store, Trace
from tests.benchmarks.bench import asker_over, table
from tests.curation.machine import Curation
from tests.curation.world import STEPS

ROOT = Actor("terminal:root", "root", holds_database=True)
_WORDS = 20_000
_ASKED = 300


def steps(wanted: int) -> None:
    """Run the stateful test with one seed after the other. A leak or a lost change ends the program with its steps."""
    begun, start = time.perf_counter(), STEPS.total()
    for number in range(1, sys.maxsize):
        run_state_machine_as_test(seed(number)(Curation), settings=_SETTINGS)  # type: ignore[no-untyped-call]
        if STEPS.total() - start >= wanted:
            break
    seconds = time.perf_counter() - begun
    table([("verb", "requests"), *STEPS.most_common()])
    print(f"{STEPS.total() - start:,} steps in {number} runs and {seconds:.0f} s: 0 leaks, 0 lost changes, chain sound")


_SETTINGS = settings(
    max_examples=25,
    stateful_step_count=60,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def undo(count: int) -> None:
    """Change 100 claims `count` times at random; undo all, the last first; then redo and undo all as one batch."""
    claims = [Claim(f"The fountain number {number} is dry", f"c{number}") for number in range(100)]
    with Store.in_memory() as store:
        bot = Factbot(store, Asker(store))
        store.save_many([Change(None, claim) for claim in claims], Trace("starter", "starter"))
        first, states = store.chain_head().partition(":")[0], _changed(store, claims, count)
        begun = time.perf_counter()
        for number in range(int(first) + count, int(first), -1):
            reply = bot.handle(Request("fact undo", {"change": str(number)}, actor=ROOT))
            assert reply.changed, reply
            before = store.revision(number).before
            assert before is not None
            assert store.get(before.id) == before
            assert {each.id: each for each in store.claims(states=tuple(State))} == states.pop()
        assert not states
        assert store.check_chain() == []
        seconds = time.perf_counter() - begun
        print(f"{count:,} changes undone one by one, each exact, in {seconds:.1f} s; chain sound")
        _undo_batch(store, bot, claims, count)


def _changed(store: Store, claims: list[Claim], count: int) -> list[dict[str, Claim]]:
    """Make this many changes; return what was there before each."""
    chance, now = random.Random(11), {claim.id: claim for claim in claims}
    states = []
    while len(states) < count:
        before = now[chance.choice(claims).id]
        after = chance.choice(_EDITS)(before, chance)
        if after != before:
            states.append(dict(now))
            store.save(before, after, Trace("terminal:root", "terminal"))
            now[after.id] = after
    return states


_EDITS: tuple[Callable[[Claim, random.Random], Claim], ...] = (
    lambda claim, chance: replace(
        claim, status=chance.choice(list(Status)), status_on=f"2024-{chance.randint(1, 9):02}"
    ),
    lambda claim, chance: replace(claim, state=chance.choice([State.ACTIVE, State.REMOVED])),
    lambda claim, chance: replace(claim, text=f"{claim.text.split(',')[0]}, they say for the {chance.random()}th time"),
    lambda claim, chance: replace(claim, sources=(*claim.sources[-3:], Source(publisher=f"Paper {chance.random()}"))),
    lambda claim, chance: replace(claim, phrasings=(*claim.phrasings[1:], f"no water {chance.random()}")),
    lambda claim, chance: replace(claim, tags=tuple(chance.sample(["town", "water", "square"], 2))),
)


def _undo_batch(store: Store, bot: Factbot, claims: list[Claim], count: int) -> None:
    """Make `count` claims in one batch, edit each in another, and undo both as wholes."""
    new = [Claim(f"The tram number {number} is late", f"t{number}") for number in range(count)]
    changes = [Change(None, claim) for claim in new], [Change(claim, replace(claim, via="Reuters")) for claim in new]
    for name, each in zip(("made", "edited"), changes, strict=True):
        store.save_many(each, Trace("terminal:root", "terminal", batch=name))
    begun = time.perf_counter()
    for name in ("edited", "made"):
        assert bot.handle(Request("fact undo", {"change": name, "sure": "yes"}, actor=ROOT)).changed
    assert store.get_many([claim.id for claim in new]) == [
        replace(store.get(claim.id), state=State.REMOVED, via="") for claim in store.get_many([each.id for each in new])
    ]
    assert store.get_many([claim.id for claim in claims]) == sorted(claims, key=lambda claim: claim.id)
    print(f"two batches of {count:,} changes undone as wholes in {time.perf_counter() - begun:.1f} s")


def search(size: int) -> None:
    """Measure searching and completing through the door, from a request to a reply."""
    texts = list(_texts(size + _ASKED))
    asker = asker_over(Claim(text, f"c{at}", claimant=text.split()[1]) for at, text in enumerate(texts[:size]))
    bot = Factbot(asker._store, asker)  # the store that was made for it
    asker.prepare()
    chance = random.Random(3)
    asked = [" ".join(chance.sample(text.split()[2:], 3)) for text in chance.sample(texts[:size], _ASKED)]
    rows = [
        ("/fact search", _timed(lambda text: bot.handle(Request("fact search", {"text": text})), asked)),
        ("complete a claim", _timed(lambda text: bot.complete(_EDIT, "claim", text), asked)),
        ("complete an id", _timed(lambda text: bot.complete(_EDIT, "claim", f"c{len(text)}"), asked)),
        ("complete a claimant", _timed(lambda text: bot.complete(_EDIT, "claimant", text.split()[0][:3]), asked)),
        ("/fact list", _timed(lambda _text: bot.handle(Request("fact list")), asked[:20])),
    ]
    print(f"{size:,} claims, milliseconds")
    table([("", "median", "p95", "worst"), *((name, *map(float, found)) for name, found in rows)])


_EDIT = Request("fact edit", actor=ROOT)


def _texts(count: int) -> Iterator[str]:
    """Yield sentences of made-up words, which are as frequent as words are: a few in most of them, most in a few."""
    chance = random.Random(5)
    syllables = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(_WORDS)]
    weights = [1 / place for place in range(1, _WORDS + 1)]
    for _ in range(count):
        yield " ".join(chance.choices(words, weights, k=chance.randint(8, 20)))


def _timed(do: Callable[[str], object], asked: list[str]) -> tuple[float, float, float]:
    times = []
    for text in asked:
        begun = time.perf_counter()
        do(text)
        times.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], max(times)


def main() -> None:
    """Do what is asked for, or all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=["steps", "undo", "search", []])
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--undone", type=int, default=1_000)
    parser.add_argument("--claims", type=int, default=100_000)
    given = parser.parse_args()
    parts = given.parts or ["steps", "undo", "search"]
    if "undo" in parts:
        undo(given.undone)
    if "search" in parts:
        search(given.claims)
    if "steps" in parts:
        steps(given.steps)


if __name__ == "__main__":
    main()
