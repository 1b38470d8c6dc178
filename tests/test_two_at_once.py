"""Two people, two processes, and the same click twice: each change is made once, and nobody's is lost."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from bot.model import State
from bot.reply import Reply, Tone, plain
from bot.store import Change, Store, Trace
from tests.newsroom import (
    ADMIN,
    FOUNTAIN,
    HARBOUR,
    HOME,
    KIRBY,
    MEMBER,
    MODERATOR,
    OTHER_MODERATOR,
    WOOD,
    Newsroom,
    input_of,
)

LINE = 8


@pytest.fixture
def processes(path: Path) -> Iterator[tuple[Newsroom, Newsroom]]:
    """Two bots with a connection each on one database file."""
    with Store.open(path, missing="empty") as one, Store.open(path) as two:
        one.save_many([Change(None, claim) for claim in (WOOD, KIRBY, FOUNTAIN, HARBOUR)], Trace("test", "test"))
        both = Newsroom(one), Newsroom(two)
        yield both
        for each in both:
            each.asker.close()


def together(
    newsrooms: Sequence[Newsroom], verb: str, given: Sequence[dict[str, str]], delivery: str = ""
) -> list[Reply]:
    """Send these at the same moment, by turns through one bot and the other."""
    start = Barrier(len(given))

    def send(number: int) -> Reply:
        start.wait()
        by = (MODERATOR, OTHER_MODERATOR)[number % 2]
        return newsrooms[number % 2].handle(verb, given[number], by=by, delivery=delivery)

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(send, range(len(given))))


ONCE = {
    "fact add": {"text": "Trams run every nine minutes", "sure": "yes"},
    "fact edit": {"claim": "fountain", "via": "Reuters"},
    "fact status": {"claim": "fountain wood", "status": "refuted", "sure": "yes"},
    "fact remove": {"claim": "fountain", "sure": "yes"},
    "fact restore": {"claim": "gone"},
    "fact undo": {"change": "3"},
    "fact alias": {"claim": "fountain", "phrasing": "no water on the square"},
    "fact merge": {"claim": "wood", "into": "kirby", "sure": "yes"},
}


@pytest.mark.parametrize("verb", ONCE)
def test_one_click_delivered_to_two_processes_many_times_changes_once(
    processes: tuple[Newsroom, Newsroom], verb: str
) -> None:
    store = processes[0].store
    gone = replace(FOUNTAIN, text="The old well is deep", external_id="gone", state=State.REMOVED)
    store.save(None, gone, Trace("test", "test"))
    count = len(store.recent(None, limit=99))
    replies = together(processes, verb, [ONCE[verb]] * LINE, delivery="click")
    assert sum(reply.changed for reply in replies) == 1
    assert all(each.changed or each.tone is Tone.REFUSED or each.title == "Nothing to change" for each in replies)
    made = store.recent(None, limit=99)[: len(store.recent(None, limit=99)) - count]
    assert len(made) == (2 if verb in {"fact status", "fact merge"} else 1)
    assert store.check_chain() == []


def test_a_suggestion_is_decided_by_one_of_many(processes: tuple[Newsroom, Newsroom]) -> None:
    name = processes[0].handle("fact suggest", {"text": "Pigs fly at noon"}, by=MEMBER).fields[0].value
    decisions = [{"do": "accept", "sure": "yes"}, {"do": "decline", "why": "no"}]
    replies = together(processes, "fact queue", [{"suggestion": name, **decisions[n % 3 % 2]} for n in range(LINE)])
    assert sum(reply.changed for reply in replies) == 1
    assert all("already, by" in reply.text for reply in replies if not reply.changed)
    state = processes[0].store.suggestions.get(name, HOME).state
    assert len(processes[0].store.claims([HOME])) == 1 + (state == "accepted")
    assert len(processes[0].store.notices.pending("")) == 1


def test_of_many_forms_opened_on_one_claim_one_is_saved_and_the_others_are_shown_what_changed(
    processes: tuple[Newsroom, Newsroom],
) -> None:
    form = processes[0].handle("fact edit", {"claim": "fountain"}).form
    assert form
    held = {**dict(form.arguments), **{each.name: each.value for each in form.inputs}}
    replies = together(processes, "fact edit", [{**held, "via": f"paper {n}"} for n in range(LINE)])
    [saved] = [number for number, reply in enumerate(replies) if reply.changed]
    for number, reply in enumerate(replies):
        if number != saved:
            assert f"via: (nothing) → paper {saved}" in plain(reply)
            assert input_of(reply, "via") == f"paper {number}"
    assert processes[1].claim("fountain") == replace(FOUNTAIN, via=f"paper {saved}")


def test_edits_of_different_fields_without_a_form_are_both_kept_or_refused(
    processes: tuple[Newsroom, Newsroom],
) -> None:
    replies = together(processes, "fact edit", [{"claim": "fountain", name: "2024"} for name in FIELDS])
    claim = processes[0].claim("fountain")
    for (name, field), reply in zip(FIELDS.items(), replies, strict=True):
        assert getattr(claim, field) == ("2024" if reply.changed else "")
        if not reply.changed:
            assert input_of(reply, name) == "2024"
    assert len(processes[0].store.history(FOUNTAIN.id)) == 1 + sum(reply.changed for reply in replies)
    assert processes[0].store.check_chain() == []


FIELDS = {
    "via": "via",
    "occasion": "occasion",
    "note": "status_note",
    "role": "claimant_role",
    "said_on": "said_on",
    "checked_on": "status_on",
    "claimant": "claimant",
}


def test_one_change_is_undone_once_by_many(processes: tuple[Newsroom, Newsroom]) -> None:
    processes[0].handle("fact edit", {"claim": "fountain", "via": "Reuters"})
    number = str(processes[0].store.history(FOUNTAIN.id)[-1].id)
    replies = together(processes, "fact undo", [{"change": number}] * LINE)
    assert sum(reply.changed for reply in replies) == 1
    assert all("changed since: via by #" in reply.text for reply in replies if not reply.changed)
    assert processes[1].claim("fountain") == FOUNTAIN


def test_five_suggestions_wait_at_most_however_fast_they_come(processes: tuple[Newsroom, Newsroom]) -> None:
    start = Barrier(LINE)

    def send(number: int) -> bool:
        start.wait()
        return processes[number % 2].handle("fact suggest", {"text": f"Pig {number} flies"}, by=MEMBER).changed

    with ThreadPoolExecutor(LINE) as pool:
        assert sum(pool.map(send, range(LINE))) == 5
    assert processes[0].store.suggestions.waiting(HOME) == 5


def test_what_one_process_links_and_names_counts_in_the_other_at_once(processes: tuple[Newsroom, Newsroom]) -> None:
    one, two = processes
    one.handle("fact moderators", {"who": MEMBER.id, "do": "name"}, by=ADMIN)
    assert two.handle("fact edit", {"claim": "fountain", "via": "Reuters"}, by=MEMBER).changed
    assert two.handle("fact edit", {"claim": "fountain", "via": "BBC"}).tone is Tone.REFUSED
    one.handle("fact moderators", {"who": MEMBER.id, "do": "unname"}, by=ADMIN)
    assert two.handle("fact edit", {"claim": "fountain", "via": "BBC"}, by=MEMBER).tone is Tone.REFUSED
    assert one.claim("fountain").via == "Reuters"


def test_what_was_typed_for_a_claim_that_was_removed_meanwhile_is_kept(processes: tuple[Newsroom, Newsroom]) -> None:
    one, two = processes
    opened = one.handle("fact edit", {"claim": "fountain"})
    two.handle("fact remove", {"claim": "fountain", "sure": "yes"}, by=OTHER_MODERATOR)
    reply = one.fill_in(opened, {"via": "Reuters"})
    assert reply.tone is Tone.REFUSED
    assert "has been removed" in reply.text
    assert one.press(reply, "Restore").changed
    form = one.press(reply, "Continue editing")
    assert input_of(form, "via") == "Reuters"
    assert one.fill_in(form, {}).tone is Tone.REFUSED  # it was changed since the form was opened: that is shown first
    assert two.claim("fountain") == FOUNTAIN
