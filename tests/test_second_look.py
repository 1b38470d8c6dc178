"""Where words cannot tell, the question is read closely: on small records, asked through the whole bot."""

from collections.abc import Iterator

import pytest

from bot.ask import Asker
from bot.matching import second_look as looking
from bot.matching.cross_encoder import Opinion, Reader
from bot.matching.weighing import Read, learned_joined
from bot.model import Answer, Claim, Outcome, Wish
from bot.store import Change, Store, Trace

CLAIMS = (
    Claim(text="The ferry Aurora sank off Lindholm after it struck a reef in the fog", claimant="Coast guard"),
    Claim(text="Bexford council rejected the plan to close the swimming pool on Mill Street", claimant="Ann Lee"),
    Claim(text="The drug Solvanix was approved for children under five in Norway", claimant="Medicines agency"),
)


@pytest.fixture(scope="module")
def asker() -> Iterator[Asker]:
    with Store.in_memory() as store:
        store.save_many([Change(None, claim, "add") for claim in CLAIMS], Trace("test", "test"))
        yield Asker(store)


def outcome(asker: Asker, question: str) -> Outcome:
    return asker.ask(question).outcome


@pytest.mark.parametrize(
    "question",
    [
        "did the Aurora ferry go down near Lindholm because it hit a reef?",
        "was the plan to shut the Mill Street pool turned down by Bexford council",
        "so solvanix got approval in norway for kids under 5?",
    ],
)
def test_a_claim_told_in_other_words_is_known_again(asker: Asker, question: str) -> None:
    assert outcome(asker, question) is Outcome.MATCH


@pytest.mark.parametrize(
    "question",
    [
        "did the Aurora ferry strike a reef off Lindholm and stay afloat in the fog?",
        "Bexford council backed the plan to close the swimming pool on Mill Street",
        "solvanix was taken off the market for children under five in norway",
    ],
)
def test_another_deed_is_no_match_however_near_the_words(asker: Asker, question: str) -> None:
    assert outcome(asker, question) is not Outcome.MATCH


def test_each_of_three_questions_in_a_short_message_is_read_closely(asker: Asker) -> None:
    answer = asker.ask(
        "was the plan to shut the Mill Street pool turned down by Bexford council? and did solvanix get approval in"
        " norway for kids under 5? did the Aurora ferry go down near Lindholm because it hit a reef?"
    )
    assert {hit.claim.claimant for hit in answer.hits} == {claim.claimant for claim in CLAIMS}


def test_a_contradiction_that_no_check_names_is_told_by_the_words_that_differ(asker: Asker) -> None:
    answer = asker.ask("solvanix was taken off the market for children under five in norway")
    assert answer.outcome is Outcome.DIFFERENT
    assert answer.hits[0].difference


def test_the_explanation_says_what_the_close_reading_weighed(asker: Asker) -> None:
    answer: Answer = asker.ask("did the ferry aurora go down off lindholm after hitting a reef?", wish=Wish.WHY)
    explanation = answer.hits[0].explanation
    assert explanation
    assert "log odds that the texts say the same" in {name for name, _, _ in explanation.signals}


def test_the_outcome_is_the_same_whatever_else_is_wished_for(asker: Asker) -> None:
    for claim in CLAIMS:
        for question in (claim.text, claim.text.lower() + " right?", f"is it false that {claim.text}?"):
            assert len({asker.ask(question, wish=wish).outcome for wish in Wish}) == 1


def test_a_claim_repeated_word_for_word_is_a_match_and_needs_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(Reader, "opinion", unread)
    with Store.in_memory() as store:
        claim = Claim(text="The harbour is open", phrasings=("Ships may put in",))
        store.save_many([Change(None, claim, "add")], Trace("test", "test"))
        for question in ("The harbour is open", "the harbour is open?", "Ships may put in!"):
            assert outcome(Asker(store), question) is Outcome.MATCH


def test_a_claim_in_another_tense_is_not_repeated_word_for_word_so_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(Reader, "opinion", lambda _self, question, _claim: read.append(question))
    with Store.in_memory() as store:
        store.save_many([Change(None, Claim(text="The harbour opens"), "add")], Trace("test", "test"))
        asker = Asker(store)
        asker.ask("the harbour opens?")
        assert not read
        asker.ask("the harbour opened?")
        assert read


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        (
            "Sea levels at Brightcove have not risen since 1950",
            "is it true that sea levels there haven't risen since 1850",
        ),
        (
            "Parliament rejected the pension bill by 212 votes to 187",
            "was the pension bill rejected by 221 votes to 178",
        ),
    ],
)
def test_a_number_or_date_that_is_plainly_another_one_is_no_match_however_near_the_texts(
    monkeypatch: pytest.MonkeyPatch, claim: str, question: str
) -> None:
    alike = Opinion(0.99, 0.005, 0.005)
    monkeypatch.setattr(looking, "read_by", lambda *_: Read(alike, alike))
    with Store.in_memory() as store:
        store.save_many([Change(None, Claim(text=claim), "add")], Trace("test", "test"))
        assert outcome(Asker(store), question) is Outcome.DIFFERENT
        assert outcome(Asker(store), f"heard that {claim.lower()}, is that so?") is Outcome.MATCH


def test_a_phrasing_may_round_what_the_claim_counts() -> None:
    with Store.in_memory() as store:
        phrasing = "Nearly 5,000 tanks were lost at Velby"
        claim = Claim(text="The army lost 4,987 tanks at Velby in 2022", phrasings=(phrasing,))
        store.save_many([Change(None, claim, "add")], Trace("test", "test"))
        assert outcome(Asker(store), phrasing) is Outcome.MATCH


def test_a_misspelt_name_is_mended_before_things_are_called_by_their_usual_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[tuple[str, str]] = []
    monkeypatch.setattr(Reader, "opinion", lambda _self, *pair: read.append(pair))
    with Store.in_memory() as store:
        claim = Claim(text="Some cooks in Dublin were told to work through the storm in the Türkiye café")
        store.save_many([Change(None, claim, "add")], Trace("test", "test"))
        Asker(store).ask("were some cooks in dubln told to stay thru the storm, in a turkiye café?")
    [(question, said)] = read
    assert "in ireland" in question
    assert "in ireland" in said
    assert "cafe" in question
    assert "cafe" in said


@pytest.mark.parametrize(
    ("question", "is_read"), [("H. B.\nC.", False), ("Lutherburger", False), ("b gave red burgers", True)]
)
def test_one_word_or_mere_letters_say_nothing_that_a_close_reading_could_confirm(
    monkeypatch: pytest.MonkeyPatch, question: str, is_read: bool
) -> None:
    read: list[str] = []
    monkeypatch.setattr(looking, "LIKELIER", 0.0)
    monkeypatch.setattr(looking, "FAINT", 0.0)
    monkeypatch.setattr(Reader, "opinion", lambda _self, question, _claim: read.append(question))
    with Store.in_memory() as store:
        claims = (Claim(text="H-B-C gave away a Lutherburger for every other burger"), Claim(text="Burgers are red"))
        store.save_many([Change(None, claim, "add") for claim in claims], Trace("test", "test"))
        Asker(store).ask(question)
    assert bool(read) is is_read


def test_a_question_in_another_script_is_left_to_the_words(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(looking, "read_by", unread)
    assert asker.ask("Паром Аврора Lindholm затонул: Паром Аврора затонул?").question


@pytest.mark.parametrize(
    ("question", "same", "shown"),
    [
        ("Off Lindholm the ferry Aurora sank", 0.11, Outcome.MATCH),
        ("Off Lindholm the ferry Aurora sank", 0.04, Outcome.DIFFERENT),
        ("The ferry Aurora sank off Lindholm before", 0.04, Outcome.DIFFERENT),
    ],
)
def test_a_claim_that_has_every_word_of_a_question_stands_unless_the_close_reading_is_sure_that_it_says_something_else(
    monkeypatch: pytest.MonkeyPatch, asker: Asker, question: str, same: float, shown: Outcome
) -> None:
    unlike = Opinion(same, 1 - same, 0.0)
    monkeypatch.setattr(looking, "read_by", lambda *_: Read(unlike, unlike))
    assert outcome(asker, question) is shown


def test_a_question_that_has_a_claims_words_in_its_order_is_not_read(
    monkeypatch: pytest.MonkeyPatch, asker: Asker
) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(looking, "read_by", unread)
    assert outcome(asker, "is it true the ferry Aurora sank off Lindholm?") is Outcome.MATCH


def test_a_question_that_leaves_something_open_is_answered_only_by_a_claim_that_is_read_to_say_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claim = Claim(text="Nine hundred riders work for the courier firm Velo in Athens", claimant="Riders' union")
    with Store.in_memory() as store:
        store.save_many([Change(None, claim, "add")], Trace("test", "test"))
        asker = Asker(store)
        question = "how many riders work for the courier firm Velo in Athens?"
        assert outcome(asker, question) is Outcome.MATCH
        unlike = Opinion(0.1, 0.2, 0.7)
        monkeypatch.setattr(looking, "read_by", lambda *_: Read(unlike, unlike))
        assert outcome(asker, question) is not Outcome.MATCH


@pytest.mark.parametrize(("certain", "times"), [(0.9999, 1), (0.4, 2)])
def test_once_a_claim_is_certain_no_other_one_is_read(
    monkeypatch: pytest.MonkeyPatch, certain: float, times: int
) -> None:
    alike = Opinion(certain, (1 - certain) / 2, (1 - certain) / 2)
    asked: list[object] = []

    def read(*given: object) -> Read:
        asked.append(given)
        return Read(alike, alike)

    monkeypatch.setattr(looking, "read_by", read)
    near = [Claim(text=f"{claim.text} last May", claimant="Bo Ray") for claim in CLAIMS]
    with Store.in_memory() as store:
        store.save_many([Change(None, claim, "add") for claim in (*CLAIMS, *near)], Trace("test", "test"))
        Asker(store).ask("did the Aurora ferry go down near Lindholm because it hit a reef?")
    assert len(asked) == times


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("The key rate of Denmark stands at 0.5% since May", "The key rate of Denmark stands at -0.5% since May"),
        ("Power in Texas was priced at £37 on Monday", "Power in Texas was priced at -£37 on Monday"),
        ("Diesel cars outsold electric cars in Ireland", "Electric cars outsold diesel cars in Ireland"),
    ],
)
def test_a_sign_or_the_order_of_two_things_is_no_small_matter_in_the_same_words(question: str, claim: str) -> None:
    with Store.in_memory() as store:
        store.save_many([Change(None, Claim(text=claim), "add")], Trace("test", "test"))
        mine = Asker(store)
        assert outcome(mine, question) is Outcome.DIFFERENT
        assert outcome(mine, claim) is Outcome.MATCH


def test_no_difference_makes_a_claim_more_probable() -> None:
    line = learned_joined()
    weights = dict(zip(line.names, line.weights, strict=True))
    assert all(weight < 0 for name, weight in weights.items() if name.startswith("difference"))
