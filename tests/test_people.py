"""People: a random id in place of an account, what is stored about them, and that they can be forgotten."""

import json
import re

import pytest

from bot.model import Claim
from bot.store import Change, Store, SuggestionKind, Trace

ANN, BOB = "discord:70707", "slack:T1:U20202"
NAME = "Annette Zzyzx"


def everything(store):
    """Let Ann do all that one can do, and Bob something too."""
    store.save_many([Change(None, Claim("The sky is blue", "sky"))], Trace(ANN, "discord", name=NAME, why="I saw it"))
    store.save(store.get("sky"), Claim("The sky is grey", "sky"), Trace(BOB, "slack", name="Bob"))
    values = {"text": "The sea is green"}
    store.suggestions.add("global", SuggestionKind.CLAIM, "", values, "Quite zzure", ANN, NAME)
    store.suggestions.add("global", SuggestionKind.CLAIM, "", values, "me too", BOB, "Bob")
    store.drafts.keep(ANN, "global", "fact add", {"text": "Zzomething typed"})
    store.drafts.keep(BOB, "global", "fact add", {"text": "Bob's"})
    store.notices.add(ANN, "global", "For you", "Zzaccepted")
    store.notices.add(BOB, "global", f"{NAME} accepted it", f"by {NAME} ({ANN})")
    store.communities.name_moderator("discord:1", ANN)
    store.communities.block("discord:2", ANN)
    store.deliveries.keep("click:1", json.dumps({"text": f"Saved, {NAME}"}))
    store.deliveries.keep("click:2", "Saved")
    store.replies.keep("discord:channel:9", "1", "2", ANN)
    return store.people.find(ANN)


def test_a_person_keeps_a_random_id_and_the_latest_name(store):
    person = store.people.person(ANN, "Ann")
    assert re.fullmatch("p[0-9a-f]{12}", person)
    assert store.people.person(ANN) == person == store.people.find(ANN)
    assert (store.people.account(person), store.people.name(person)) == (ANN, "Ann")
    assert store.people.person(f" {ANN}\u200b", "Ann\nLee " + "x" * 200) == person
    assert store.people.name(person).startswith("Ann Lee xxx")
    assert len(store.people.name(person)) == 80
    assert store.people.person(BOB) != person


def test_looking_for_somebody_does_not_make_them_known(store):
    assert store.people.find(ANN) == ""
    assert store.people.account("p" + "0" * 12) == ""
    assert store.people.name("p" + "0" * 12) == ""
    assert store.db.execute("SELECT count(*) FROM people").fetchone()[0] == 0


def test_the_program_itself_and_nobody_need_no_id(store):
    assert store.people.person("starter") == "starter"
    assert store.people.person("") == ""
    assert store.db.execute("SELECT count(*) FROM people").fetchone()[0] == 0


def test_an_old_id_never_comes_back(store):
    before = store.people.person(ANN)
    store.forget(ANN)
    assert store.people.person(ANN) != before


def test_all_that_is_stored_about_a_person_can_be_exported(store):
    person = everything(store)
    told = json.loads(json.dumps(store.about(ANN)))
    assert (told["account"], told["person"], told["name"]) == (ANN, person, NAME)
    assert [(each["claim_id"], each["why"]) for each in told["revisions"]] == [("sky", "I saw it")]
    assert [each["values"] for each in told["suggestions"]] == [{"text": "The sea is green"}]
    assert [each["values"] for each in told["drafts"]] == [{"text": "Zzomething typed"}]
    assert [row[2:] for row in told["notices"]] == [["For you", "Zzaccepted"]]
    assert told["replies"] == [["discord:channel:9", "1", "2"]]
    assert (told["moderates"], told["blocked_in"]) == (["discord:1"], ["discord:2"])


def test_of_a_stranger_nothing_is_stored(store):
    everything(store)
    assert not any(value for name, value in store.about("discord:1").items() if name != "account")
    assert store.forget("discord:1") == 0
    assert store.forget("") == 0
    assert store.people.find(ANN)


def test_what_is_no_account_cannot_be_forgotten(store):
    everything(store)
    store.communities.set("global", "tone", "starter")
    assert store.forget("starter") == 0
    assert store.communities.setting("global", "tone") == "starter"


def test_a_forgotten_person_is_nowhere_in_the_file_and_the_chain_holds(store, path):
    everything(store)
    head = store.chain_head()
    for text in (ANN, NAME, "Zzomething", "Zzaccepted", "zzure"):
        assert text.encode() in path.read_bytes()
    assert store.forget(ANN) == 7
    store.close()
    raw = path.read_bytes()
    for text in (ANN, NAME, "Zzomething", "Zzaccepted", "zzure"):
        assert text.encode() not in raw
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]
    with Store.open(path) as after:
        assert after.check_chain(head) == []
        assert not any(value for name, value in after.about(ANN).items() if name != "account")


def test_what_a_forgotten_person_did_stays_under_the_random_id(store):
    person = everything(store)
    store.forget(ANN)
    first, second = store.history("sky")
    assert (first.person, first.actor, first.name, first.why) == (person, "", "", "I saw it")
    assert (second.actor, second.name) == (BOB, "Bob")
    (suggestion,) = store.suggestions.open("global")
    assert (suggestion.person, suggestion.backers, suggestion.note) == (person, 1, "me too")


def test_others_keep_what_is_theirs_when_somebody_is_forgotten(store):
    everything(store)
    store.forget(ANN)
    (notice,) = store.notices.pending("slack:")
    assert (notice.title, notice.text) == ("somebody accepted it", "by somebody (somebody)")
    assert store.deliveries.seen("click:2") == "Saved"
    assert store.deliveries.seen("click:1") is None
    assert len(store.about(BOB)["drafts"]) == 1


@pytest.mark.parametrize("name", ["", "Al"])
def test_a_name_that_is_a_part_of_many_words_is_not_looked_for_in_messages(store, name):
    store.people.person(ANN, name)
    store.notices.add(BOB, "global", "Also", "Always")
    store.forget(ANN)
    assert store.notices.pending("slack:")[0].text == "Always"


def test_what_is_dropped_leaves_no_trace_in_the_file(store, path):
    draft = store.drafts.keep(ANN, "global", "fact add", {"text": "Zzomething typed"})
    store.drafts.drop(draft)
    assert b"Zzomething" not in path.read_bytes()
