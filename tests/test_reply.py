"""What a person is shown: who said it, then whether it is so, and never the one in the guise of the other."""

import unicodedata
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console_render import card_printer
from bot.cards import STATUS_SHOWN, answer_reply, claim_reply, help_reply, nothing_reply, search_reply
from bot.dates import human_date, on_date
from bot.model import Answer, Attribution, Claim, Explanation, Hit, Outcome, Source, Status, WordEvidence
from bot.reply import Field, Link, Reply, Tone, numbered, one_line, plain, visible
from bot.verbs import VERBS, typed_verbs

WOOD = Claim(
    text="Russia has launched missiles on at least nine occasions",
    external_id="wood-nine",
    claimant="Robert Wood",
    claimant_role="US envoy",
    said_on="2024-02-06",
    occasion="UN Security Council meeting",
    via="Reuters",
    attribution=Attribution.QUOTED,
    status_note="Nobody confirmed the number",
    status_on="2024-02",
    sources=(
        Source(publisher="Reuters", url="https://example.org/1"),
        Source(publisher="BBC"),
        Source(publisher="BBC"),
    ),
)
KIRBY = Claim(text="North Korea gave launchers", external_id="kirby", claimant="John Kirby", said_on="2024-01")


def answered(outcome: Outcome, *claims: Claim, difference: str | None = None, others: tuple[Claim, ...] = ()) -> Answer:
    hits = tuple(Hit(claim, outcome, 0.97, difference) for claim in claims)
    return Answer("did he say twelve?", outcome, "The words agree.", hits, hits, others)


def test_a_card_leads_with_claimant_verb_and_claim_then_status_then_sources() -> None:
    lines = plain(answer_reply(answered(Outcome.MATCH, WOOD, others=(KIRBY,)))).splitlines()
    assert lines == [
        "Robert Wood (US envoy) said on 6 Feb 2024:",
        "“Russia has launched missiles on at least nine occasions”",
        "Status: ? unverified. Nobody confirmed the number. Checked in Feb 2024. 2 independent sources.",
        "Occasion: UN Security Council meeting",
        "Via: Reuters",
        "Source: Reuters https://example.org/1",
        "Source: BBC",
        "Source: BBC",
        "How sure: 97 % that you mean this claim. The words agree.",
        "Others said: 1 other said something about it: John Kirby",
        "Next: 1 Others · 2 Sources · 3 Wrong? · 4 Why this answer?",
        "Kept by whoever runs this Factbot. Wrong or out of date? Tell them, and name the claim: wood-nine",
    ]


@pytest.mark.parametrize(
    ("attribution", "verb"),
    [
        ("quoted", " said on "),
        ("reported", " is reported to have said "),
        ("misattributed", " is wrongly said to have said "),
    ],
)
def test_the_verb_tells_how_sure_it_is_that_it_was_said(attribution: str, verb: str) -> None:
    assert verb in claim_reply(replace(WOOD, attribution=Attribution(attribution))).title


@pytest.mark.parametrize("attribution", Attribution)
@pytest.mark.parametrize("status", [status for status in Status if status is not Status.CONFIRMED])
def test_that_somebody_said_it_never_looks_like_confirmed(attribution: Attribution, status: Status) -> None:
    reply = claim_reply(replace(WOOD, attribution=attribution, status=status, status_note=""))
    assert "confirmed" not in plain(reply).replace("unconfirmed", "")
    assert STATUS_SHOWN[Status.CONFIRMED][0] not in plain(reply)


def test_every_status_has_its_own_symbol_and_shows_its_word() -> None:
    assert set(STATUS_SHOWN) == set(Status)
    assert len({symbol for symbol, _ in STATUS_SHOWN.values()}) == len(Status)
    for status in Status:
        assert f"Status: {STATUS_SHOWN[status][0]} {status}" in plain(claim_reply(replace(WOOD, status=status)))


def test_an_unknown_claimant_is_shown_as_unattributed() -> None:
    nobody = replace(WOOD, claimant="", claimant_role="")
    assert claim_reply(nobody).title == "Unattributed, 6 Feb 2024:"
    assert claim_reply(replace(nobody, said_on="")).title == "Unattributed:"


def test_a_claim_without_sources_says_so() -> None:
    assert "No source on record." in plain(claim_reply(KIRBY))


def test_a_different_claim_shows_both_wordings_and_the_difference_and_takes_no_colour_from_the_status() -> None:
    confirmed = replace(WOOD, status=Status.CONFIRMED)
    reply = answer_reply(answered(Outcome.DIFFERENT, confirmed, difference="You say twelve, on record is nine."))
    shown = {field.name: field.value for field in reply.fields}
    assert shown["Yours"] == "“did he say twelve?”"
    assert "at least nine occasions" in shown["On record"]
    assert shown["Difference"] == "You say twelve, on record is nine."
    assert reply.tone is Tone.NEUTRAL
    assert "Status" not in shown


def test_an_ambiguous_answer_offers_the_claims_and_none_of_these_as_zero() -> None:
    reply = answer_reply(answered(Outcome.AMBIGUOUS, WOOD, KIRBY))
    choices = numbered(reply.choices)
    assert [number for number, _ in choices] == [1, 2, 0]
    assert choices[-1][1].label == "None of these"
    assert dict(choices[1][1].arguments) == {"claim": "kirby"}
    assert all(choice.verb in {verb.name for verb in VERBS} for choice in reply.choices)


def test_none_is_short_and_no_verdict() -> None:
    text = plain(nothing_reply("No claim shares its words."))
    assert len(text.splitlines()) <= 4
    assert "neither true nor false" in text
    assert not set(Status) & set(text.replace(".", "").split())


def test_a_message_with_several_claims_gets_a_card_for_each() -> None:
    text = plain(answer_reply(answered(Outcome.MATCH, WOOD, KIRBY)))
    assert "Robert Wood" in text
    assert "John Kirby" in text


def test_an_explanation_is_shown_in_words() -> None:
    why = Explanation(
        (WordEvidence("nk", "north korea", "synonym", 2.0),), (("words", 0.9, 1.5),), ("number",), "a way"
    )
    hit = Hit(WOOD, Outcome.MATCH, 0.9, explanation=why)
    text = plain(answer_reply(Answer("nk?", Outcome.MATCH, "Why.", (hit,))))
    assert "nk = north korea [synonym 2.00]" in text
    assert "words 0.90 (+1.50)" in text
    assert "Conflicts: number" in text
    assert "Matched phrasing: a way" in text


@pytest.mark.parametrize("score", [0.0, 0.001, 0.999, 1.0])
def test_certainty_is_never_claimed(score: float) -> None:
    text = plain(answer_reply(Answer("q", Outcome.MATCH, "", (Hit(WOOD, Outcome.MATCH, score),))))
    assert "100 %" not in text
    assert " 0 %" not in text


def test_a_search_lists_ids_and_says_when_there_are_none() -> None:
    assert [field.name for field in search_reply("x", (Hit(KIRBY, Outcome.MATCH, 1),)).fields] == ["kirby"]
    assert search_reply("zebra", ()).title == "No claim on record has to do with “zebra”"


def test_help_lists_what_can_be_typed_and_nothing_else() -> None:
    assert [field.name for field in help_reply(typed_verbs()).fields] == [verb.usage for verb in typed_verbs()]


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2024-02-06", "on 6 Feb 2024"),
        ("2023-10", "in Oct 2023"),
        ("2023", "in 2023"),
        ("", ""),
        ("2023-13", "in 2023-13"),
    ],
)
def test_dates_are_shown_as_people_read_them(iso: str, shown: str) -> None:
    assert on_date(iso) == shown


@given(st.text())
def test_any_text_can_stand_where_a_date_should(text: str) -> None:
    assert isinstance(human_date(text), str)


def steers(text: str) -> list[str]:
    """What in `text` a terminal would act on instead of showing it."""
    return [char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\x1b]8;;http://x\x1b\\\u202e\u2028\x00\r\ud800[bold]x[/bold][link=x]"
reply_text = st.text() | st.just(HOSTILE)


def hostile_reply(text: str) -> Reply:
    return Reply(text, text, (Field(text, text),), (Link(text, text),), (Field(text, text),), text)


@given(reply_text)
def test_plain_text_holds_nothing_that_steers_a_terminal(text: str) -> None:
    assert not steers(plain(hostile_reply(text.replace("\t", ""))))


@given(reply_text)
def test_a_card_holds_no_escape_sequence_but_the_renderers_own(text: str) -> None:
    stream = StringIO()
    card_printer(stream)(hostile_reply(text.replace("\t", "")))
    assert not steers(stream.getvalue())


def test_markup_in_stored_text_is_shown_not_obeyed() -> None:
    stream = StringIO()
    card_printer(stream)(claim_reply(replace(KIRBY, text="[bold red]x[/] :smile: [link=http://x]y[/link]")))
    assert "[bold red]x[/] :smile: [link=http://x]y[/link]" in stream.getvalue()


def test_visible_keeps_ordinary_text_in_any_script() -> None:
    text = "Болвінов said “nine” – 北朝鮮 🚀 é\n"
    assert visible(text) == text


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
