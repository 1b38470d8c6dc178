"""Taking a text down by legal demand: it is gone from the file, and the history still holds."""

import json
from dataclasses import replace

import pytest

from bot.errors import NotFound, Refused
from bot.model import Claim, Source, State
from bot.store import ALL_STATES, Change, Store, SuggestionKind, SuggestionState, Trace

ME = Trace("terminal:ann", "terminal", why="Court order 5")
WORD = "Zzyzx"
TEXT = Claim(f"{WORD} stole the bread", "bread", claimant="Bob", phrasings=("did they steal it",), tags=("bread",))
NOTE = Claim(
    "The sky is blue",
    "sky",
    space="discord:1",
    claimant=f"Ann {WORD}",
    status_note=f"says “{WORD.upper()}”",
    phrasings=("is it blue", f"did {WORD.lower()} say it"),
    sources=(Source(publisher="AP"), Source("Story", "X", f"https://example.org/{WORD}")),
    tags=(WORD.lower(), "sky"),
)
OTHER = Claim("Nothing of it", "other")


@pytest.fixture
def filled(store):
    store.save_many([Change(None, each) for each in (TEXT, NOTE, OTHER)], replace(ME, why=f"{WORD} again"))
    store.save(OTHER, replace(OTHER, via=f"{WORD} News"), ME)
    store.save(replace(OTHER, via=f"{WORD} News"), replace(OTHER, via="AP"), replace(ME, why="mended"))
    return store


def test_the_text_is_nowhere_in_the_file_and_the_chain_holds(filled, path):
    head = filled.chain_head()
    assert WORD.lower().encode() in path.read_bytes().lower()
    assert filled.take_down(f" {WORD.lower()} ", ME) == 6
    assert filled.check_chain(head) == []
    assert filled.damage() == []
    filled.close()
    assert WORD.lower().encode() not in path.read_bytes().lower()
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with Store.open(path) as after:
        assert after.check_chain() == []


def test_a_claim_loses_the_values_that_hold_it_and_one_without_its_text_is_not_shown(filled):
    filled.take_down(WORD, ME)
    assert filled.claims() == [
        replace(NOTE, claimant="", status_note="", phrasings=("is it blue",), sources=NOTE.sources[:1], tags=("sky",)),
        replace(OTHER, via="AP"),
    ]
    gone = filled.get("bread")
    assert (gone.text, gone.state, gone.claimant) == ("[taken down]", State.REMOVED, "Bob")
    assert filled.find_known("global", key="zzyzx stole the bread\nbob\n") is None


def test_the_history_says_that_something_was_taken_down_and_why(filled):
    filled.take_down(WORD, ME)
    *_, mended, taken = filled.history("other")
    assert (mended.before, mended.why, mended.taken_down) == (None, "mended", True)
    assert (taken.verb, taken.why, taken.actor) == ("takedown", "Court order 5", "terminal:ann")
    assert taken.before == taken.after == filled.get("other")
    first, last = filled.history("bread")
    assert (first.after, first.why, first.taken_down) == (None, "", True)
    assert (last.before, last.after, last.taken_down) == (None, filled.get("bread"), True)


def test_a_second_take_down_does_not_undo_the_first_for_the_check(filled):
    filled.take_down(WORD, ME)
    assert filled.take_down("Nothing of it", ME) == 3
    assert filled.check_chain() == []
    assert filled.take_down(WORD, ME) == 0
    filled.save(filled.get("other"), replace(filled.get("other"), text="New"), ME)
    assert filled.check_chain() == []


def test_a_text_that_is_gone_without_a_take_down_is_found(filled):
    filled.take_down(WORD, ME)
    filled.db.execute("UPDATE contents SET salt = NULL, body = NULL WHERE body LIKE '%mended%'")
    assert filled.check_chain() == ["Revision 5: the text of the reason is missing."]


def test_a_dry_run_only_counts(filled):
    head = filled.chain_head()
    assert filled.take_down(WORD, ME, dry_run=True) == 6
    assert (filled.chain_head(), filled.get("bread")) == (head, TEXT)
    assert filled.check_chain() == []


def test_it_is_taken_out_of_what_people_typed_and_what_waits_for_them(store, path):
    values = {"text": f"{WORD} said “so”"}
    store.suggestions.add("global", SuggestionKind.CLAIM, "", values, "", "discord:1")
    kept, _ = store.suggestions.add("global", SuggestionKind.CLAIM, "", {"text": "x"}, f"by {WORD}", "discord:2", WORD)
    declined, _ = store.suggestions.add("global", SuggestionKind.CLAIM, "", {"text": "y"}, "", "discord:1")
    store.suggestions.decide(declined.id, "global", SuggestionState.DECLINED, "discord:3", f"{WORD} is nobody")
    draft = store.drafts.keep("discord:1", "global", "fact add", values)
    store.notices.add("discord:1", "global", f"On {WORD}", "text")
    store.deliveries.keep("click:1", f'{{"text": "{WORD}"}}')
    assert store.take_down(f'{WORD} said "so"'.replace('"so"', "“so”"), ME) == 2
    assert store.take_down(WORD, ME) == 5
    assert (store.suggestions.open("global"), store.people.name(kept.person)) == ([replace(kept, note="")], "")
    assert store.suggestions.of("discord:1") == []
    assert store.notices.pending("discord:") == []
    assert store.deliveries.seen("click:1") is None
    with pytest.raises(NotFound, match="expired"):
        store.drafts.get(draft, "discord:1", "global")
    store.close()
    assert WORD.encode() not in path.read_bytes()


@pytest.mark.parametrize("text", ["", "  ", "a", "\u200b\n"])
def test_too_short_a_text_is_refused(filled, text):
    with pytest.raises(Refused, match="at least 2 characters"):
        filled.take_down(text, ME)


def test_the_reason_may_not_hold_the_text(filled):
    with pytest.raises(Refused, match="The reason is kept"):
        filled.take_down(WORD, replace(ME, why=f"{WORD} demands it"))


@pytest.mark.parametrize("text", ["claimant", "global", "reported", "active", "sources", '","'])
def test_names_of_fields_and_words_of_ours_are_not_taken_for_texts(filled, text):
    assert filled.take_down(text, ME) == 0
    assert filled.claims(states=ALL_STATES)


def test_an_answer_is_found_in_whatever_form_it_was_kept(store):
    store.deliveries.keep("one", json.dumps({"text": "ÉCLAIR “5”"}))
    store.deliveries.keep("two", json.dumps({"text": "éclair “5”"}, ensure_ascii=False))
    store.deliveries.keep("three", "Éclair “5”")
    assert store.take_down("éclair “5”", ME) == 3


def test_quotes_and_backslashes_are_found_too(store):
    store.save(None, Claim('He said "C:\\new" twice', "path"), ME)
    assert store.take_down('"C:\\NEW"', ME) == 2
    assert store.get("path").text == "[taken down]"
    assert store.check_chain() == []
