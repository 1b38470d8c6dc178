"""The one door: requests in, replies out, refusals and faults too."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import typed, verbs
from bot.ask import Asker
from bot.authority import visible_spaces
from bot.errors import FactbotError, NotFound, UsageProblem
from bot.handle import Factbot
from bot.incident import LOGGER
from bot.model import Claim, State
from bot.reply import Tone, plain
from bot.request import Actor, Request
from bot.store import Change, Store, Trace
from bot.typed import parse
from bot.verb import Kind, Parameter, Role, Verb

WOOD = Claim(text="Russia has launched missiles on nine occasions", external_id="wood", claimant="Robert Wood")
OURS = Claim(text="The fountain has been dry for years", external_id="fountain", space="discord:1")
GONE = Claim(text="The moon is made of cheese", external_id="moon", state=State.REMOVED)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory() as store:
        store.save_many([Change(None, claim) for claim in (WOOD, OURS, GONE)], Trace("test", "test"))
        yield store


@pytest.fixture
def factbot(store: Store) -> Factbot:
    return Factbot(store, Asker(store))


class Broken(Asker):
    """An asker with a fault whose message quotes what was asked."""

    def ask(self, question: str, **_: object) -> None:  # type: ignore[override]
        raise KeyError(question)


def test_a_question_gets_the_claim_on_record(factbot: Factbot) -> None:
    reply = factbot.handle(Request("factcheck", {"question": "russia launched missiles on nine occasions"}))
    assert "Robert Wood" in reply.title


def test_a_claim_is_shown_by_its_id(factbot: Factbot) -> None:
    assert WOOD.text in plain(factbot.handle(Request("fact show", {"claim": " wood "})))


def test_a_community_is_shown_its_own_version_of_a_global_claim(factbot: Factbot, store: Store) -> None:
    own = replace(WOOD, space="discord:1", text="Russia has launched missiles on ten occasions")
    store.save_many([Change(None, own)], Trace("test", "test"))
    for name in ("wood", own.id):
        assert own.text in plain(factbot.handle(Request("fact show", {"claim": name}, space="discord:1")))
    for space in ("global", "discord:2"):
        assert WOOD.text in plain(factbot.handle(Request("fact show", {"claim": "wood"}, space=space)))
    assert OURS.text in plain(factbot.handle(Request("fact show", {"claim": "fountain"}, space="discord:1")))


def test_search_lists_claims(factbot: Factbot) -> None:
    assert "wood" in plain(factbot.handle(Request("fact search", {"text": "missiles"})))


def test_help_lists_every_verb_that_can_be_typed(factbot: Factbot) -> None:
    text = plain(factbot.handle(Request("fact help")))
    assert all(verb.usage in text for verb in verbs.typed_verbs())


@pytest.mark.parametrize("named", ["/fact show", "fact show", "show", "Show"])
def test_help_explains_one_command(factbot: Factbot, named: str) -> None:
    text = plain(factbot.handle(Request("fact help", {"command": named})))
    assert "/fact show <claim>" in text
    assert "/fact search" not in text


def test_none_of_these_is_answered(factbot: Factbot) -> None:
    assert factbot.handle(Request("none of these")).title == "Nothing on record"


@pytest.mark.parametrize("claim", ["zebra", OURS.id, "moon"])
def test_a_claim_that_is_not_there_or_not_yours_to_see_is_refused(factbot: Factbot, claim: str) -> None:
    reply = factbot.handle(Request("fact show", {"claim": claim}))
    assert reply.tone is Tone.REFUSED
    with pytest.raises(NotFound):
        factbot.answer(Request("fact show", {"claim": claim}))


def test_a_community_sees_its_own_claims_and_the_global_ones(factbot: Factbot) -> None:
    for claim in (WOOD, OURS):
        assert claim.text in plain(factbot.handle(Request("fact show", {"claim": claim.id}, space="discord:1")))


def test_another_community_does_not_see_them(factbot: Factbot) -> None:
    reply = factbot.handle(Request("fact show", {"claim": OURS.id}, space="discord:2"))
    assert OURS.text not in plain(reply)


def test_everybody_reads_the_global_space_once() -> None:
    assert visible_spaces("global") == ("global",)
    assert visible_spaces("discord:1") == ("global", "discord:1")


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (Request("fact dance"), "no command /fact dance"),
        (Request("factcheck"), "question is missing"),
        (Request("fact search", {"text": "x" * 201}), "201 characters, 200 at most"),
        (Request("fact show", {"claim": "wood", "colour": "red"}), "there is no 'colour' to give"),
    ],
    ids=["unknown verb", "missing argument", "too long", "unknown argument"],
)
def test_a_wrong_request_is_refused_in_words(factbot: Factbot, request_: Request, words: str) -> None:
    reply = factbot.handle(request_)
    assert reply.tone is Tone.REFUSED
    assert words in reply.text


def test_a_long_question_is_cut_not_refused(factbot: Factbot) -> None:
    reply = factbot.handle(Request("factcheck", {"question": "zebra " * 20_000}))
    assert reply.tone is not Tone.REFUSED


def test_a_fault_shows_a_number_and_logs_the_way_but_not_the_words(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, LOGGER)
    reply = Factbot(store, Broken(store)).handle(Request("factcheck", {"question": "my secret words"}))
    number = reply.text.rsplit(" ", 1)[-1].rstrip(".")
    assert reply.tone is Tone.REFUSED
    assert f"incident {number}" in caplog.text
    assert "KeyError" in caplog.text
    assert "handle.py" in caplog.text
    assert "my secret words" not in caplog.text + plain(reply)


def test_at_level_debug_the_whole_fault_is_logged(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, LOGGER)
    Factbot(store, Broken(store)).handle(Request("factcheck", {"question": "my words"}))
    assert "my words" in caplog.text


def test_who_may_do_what_is_decided_on_every_call(factbot: Factbot, monkeypatch: pytest.MonkeyPatch) -> None:
    for_operators = replace(verbs.HELP, least=Role.OPERATOR)
    monkeypatch.setattr(typed, "VERBS", (for_operators,))
    assert "is for operators" in factbot.handle(Request("fact help")).text
    assert factbot.handle(Request("fact help", actor=Actor(holds_database=True))).tone is not Tone.REFUSED


@pytest.mark.parametrize(
    ("line", "verb", "arguments"),
    [
        ("/factcheck is it so?", "factcheck", {"question": "is it so?"}),
        ("/fact show wood", "fact show", {"claim": "wood"}),
        ("/FACT Search  two  words ", "fact search", {"text": "two  words"}),
        ("/help", "fact help", {}),
        ("/help fact show", "fact help", {"command": "fact show"}),
        ("/fact help", "fact help", {}),
    ],
)
def test_a_typed_command_is_read(line: str, verb: str, arguments: dict[str, str]) -> None:
    found, given = parse(line)
    assert (found.name, given) == (verb, arguments)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/factchek x", "/factcheck"),
        ("/fact serch x", "/fact search"),
        ("/fct", "/fact"),
        ("/none of these", "/fact help"),
    ],
)
def test_a_mistyped_command_gets_a_did_you_mean(line: str, meant: str) -> None:
    with pytest.raises(UsageProblem, match=meant):
        parse(line)


@pytest.mark.parametrize("line", ["/", "/ ", "//", "/\x00", "/fact", "/" + "x" * 10_000])
def test_an_odd_command_is_refused_in_one_short_sentence(line: str) -> None:
    with pytest.raises(FactbotError) as caught:
        parse(line)
    assert len(caught.value.message) < 200


def test_a_parameter_that_is_not_given_is_not_there_and_an_empty_one_is_empty() -> None:
    verb = Verb("x", "X.", (Parameter("y", "y", kind=Kind.TEXT, required=False),))
    assert verb.checked({}) == {}
    assert verb.checked({"y": ""}) == {"y": ""}
    assert verb.usage == "/x [y]"


def test_what_a_draft_may_hold_need_not_be_given_again() -> None:
    verb = Verb("x", "X.", (Parameter("y", "y", required=True), Parameter("draft", "what was typed", Kind.HIDDEN)))
    assert verb.checked({"draft": "d1"}) == {"draft": "d1"}
    with pytest.raises(UsageProblem, match="y is missing"):
        verb.checked({"draft": ""})


def test_verb_names_are_unique_and_every_verb_has_help() -> None:
    names = [verb.name for verb in verbs.VERBS]
    assert len(names) == len(set(names))
    assert all(verb.help.endswith((".", "?")) for verb in verbs.VERBS)


@pytest.mark.parametrize(
    "line",
    [
        "/fact alias a the clock is late --never",
        "/fact alias a --never the clock is late",
        "/fact alias a the clock is late never=yes",
        '/fact alias a "the clock is late" --never yes',
    ],
)
def test_a_flag_may_stand_anywhere_by_its_name(line: str) -> None:
    assert parse(line)[1] == {"claim": "a", "phrasing": "the clock is late", "never": "yes"}


@pytest.mark.parametrize(
    "line", ["/fact alias a the clock is late never", "/fact alias a NEVER", "/fact add Ann is sure"]
)
def test_a_flag_typed_as_a_bare_word_is_not_taken_for_text(line: str) -> None:
    with pytest.raises(UsageProblem, match="in quotes"):
        parse(line)


def test_a_text_in_quotes_may_end_with_the_name_of_a_flag() -> None:
    assert parse('/fact alias a "now or never"')[1] == {"claim": "a", "phrasing": "now or never"}
