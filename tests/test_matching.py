"""The matcher's parts, on small hand-made records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask import Asker
from bot.matching.about import asks_about
from bot.matching.index import Index, context_keys, initials
from bot.matching.judge import LEAD_SIGNALS, learned_judge
from bot.matching.kinship import synonyms, typo_of
from bot.matching.meaning import learned_meanings
from bot.matching.reading import read_words
from bot.matching.sentences import MOST_SENTENCES, sentences
from bot.matching.signals import SIGNALS
from bot.matching.spelling import mended
from bot.matching.trees import read_tree, squash
from bot.matching.weighing import JOINED
from bot.matching.words import background, keys, light_words, spell_out_numbers, words
from bot.model import GLOBAL, Claim, Outcome, Wish
from bot.store import Change, Store, Trace


def asker_with(store: Store, *claims: Claim) -> Asker:
    store.save_many([Change(None, claim, "add") for claim in claims], Trace("test", "test"))
    return Asker(store)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.5bn", "1500000000"),
        ("nine", "9"),
        ("1,000", "1000"),
        ("3rd", "3"),
        ("20 thousand", "20000"),
        ("5m", "5000000"),
    ],
)
def test_numbers_written_otherwise_are_the_same_word(written: str, meant: str) -> None:
    assert spell_out_numbers(written) == meant


def test_other_names_of_one_country_are_one_word() -> None:
    assert keys("North Korean") == keys("DPRK") == keys("north korea") == keys("NK")


def test_us_is_a_country_only_in_capitals_or_after_the() -> None:
    assert keys("US") == keys("the us")[1:] != keys("tell us")[1:]


def test_a_name_in_another_script_and_with_lookalike_letters_is_the_same_word() -> None:
    assert keys("Болвінов") == keys("Bolvinov") == keys("Bоlvіnоv")


@given(st.text(max_size=300))
def test_no_text_breaks_the_words(text: str) -> None:
    assert all(word.key for word in words(text))


@given(st.text(max_size=2000))
def test_sentences_lose_no_letter_of_a_short_text(text: str) -> None:
    parts = sentences(text)
    assert len(parts) <= MOST_SENTENCES
    if len(parts) < MOST_SENTENCES and all(len(part) < 600 for part in parts):
        assert [c for c in "".join(parts) if c.isalnum()] == [c for c in text if c.isalnum()]


def test_a_title_does_not_end_a_sentence() -> None:
    assert sentences("Mr. Wood said so. Dr. Kim did not.") == ["Mr. Wood said so.", "Dr. Kim did not."]


def test_weights_come_from_general_english_in_a_small_database() -> None:
    claims = [Claim(text=f"Russia fired missile number {n}", claimant="John Kirby") for n in range(12)]
    index = Index.build([*claims, Claim(text="Three times this happened, many times")])
    assert index.weight("kirbi") > index.weight("time")


def test_the_initials_of_an_institution_find_its_people() -> None:
    role = "Center for Strategic and International Studies"
    assert initials(role) == "csis"
    assert "csis" in context_keys(Claim(text="x", claimant_role=role))


def test_a_typo_a_missing_blank_and_a_split_name_are_read_as_meant() -> None:
    index = Index.build([Claim(text="Bolvinov saw KN-23 missiles in Kharkiv")])
    assert read_words("bolvinof saw kn 23", index) == read_words("Bolvinov saw KN-23", index)
    assert read_words("kharkivmissiles", index) == read_words("Kharkiv missiles", index)


def test_a_typo_is_never_read_into_a_short_word() -> None:
    assert typo_of("iran", ["iraq"])[0] < 0.8 or typo_of("irn", ["iraq"]) == (0.0, "")


def test_synonyms_hold_in_both_directions() -> None:
    assert synonyms().of("kill").get("murder", synonyms().of("murder").get("kill", 0.5)) > 0
    for word in ("buy", "purchas", "photo", "photograph"):
        for other in synonyms().of(word):
            assert word in synonyms().of(other)


def test_the_learned_weights_name_every_signal() -> None:
    judge = learned_judge()
    assert judge.fit.names == SIGNALS
    assert judge.order.names == SIGNALS
    assert {fork.at for fork in judge.sure.forks} <= set(range(len(LEAD_SIGNALS) + len(SIGNALS)))
    assert judge.sure.forks


def test_other_words_for_one_thing_are_near_and_a_name_is_near_to_itself_alone() -> None:
    near = learned_meanings().compared({"jail": 1.0, "trump": 1.0}, {"prison": 1.0, "photo": 1.0})
    assert near.asked[0] > 0.5 > near.said[1]
    names = learned_meanings().compared({"bolvinov": 1.0}, {"bolvinov": 1.0, "kharkiv": 1.0})
    assert names.asked == [0.0]
    assert names.whole == pytest.approx(0.5**0.5)


def test_a_tree_asks_one_thing_after_the_other() -> None:
    fork = read_tree(["a", 0.5, -1, ["b", 2.0, 1, 3]], ("a", "b"))
    assert [fork.log_odds(values) for values in ((0.5, 9.0), (0.6, 2.0), (0.6, 2.1))] == [-1, 1, 3]


def test_links_and_the_date_of_a_post_say_nothing() -> None:
    index = Index.build([Claim(text="Russia fired missiles")])
    post = "Russia fired missiles https://t.co/AbC123 pic.twitter.com/xYz — Ann (@ann) May 3, 2019"
    assert read_words(post, index) == read_words("Russia fired missiles — Ann (@ann)", index)


def test_search_puts_the_claim_told_in_other_words_first() -> None:
    with Store.in_memory() as store:
        asker = asker_with(
            store,
            Claim(text="Dozens of prison inmates set a kitchen on fire", external_id="fire"),
            Claim(text="Dozens of choir singers praised a kitchen", external_id="song"),
        )
        assert asker.search("dozens in jail burnt a kitchen")[0].claim.external_id == "fire"


def test_probabilities_stay_between_nought_and_one() -> None:
    assert squash(1e9) <= 1
    assert squash(-1e9) >= 0
    assert squash(0) == 0.5


def test_a_claimant_with_one_claim_is_answered_and_one_with_several_offers_them(starter: Asker) -> None:
    assert starter.ask("what did hwang say?").outcome is Outcome.MATCH
    kirby = starter.ask("what did kirby say?")
    assert kirby.outcome is Outcome.AMBIGUOUS
    assert {hit.claim.claimant for hit in kirby.hits} == {"John Kirby"}
    assert 2 <= len(kirby.hits) <= 5


@pytest.mark.parametrize("word", ["unvaccinated", "deregistered", "Marinez", "butlar"])
def test_what_is_mended_is_neither_a_negation_nor_a_name(word: str) -> None:
    claim = "The vaccinated marines were registered, says Butler"
    assert mended(word, claim, names=False) == word
    assert mended("vacinated", claim, names=False) == "vaccinated"


def test_a_denial_is_not_cleared_up_by_a_phrasing_that_says_less(starter: Asker) -> None:
    answer = starter.ask("Russia has never launched DPRK-supplied ballistic missiles against Ukraine")
    assert answer.outcome is Outcome.DIFFERENT


def test_a_claimant_nobody_recorded_finds_nothing(starter: Asker) -> None:
    index = Index.build([Claim(text="Taxes will rise", claimant="Ann Lee")])
    assert asks_about("what did bob say?", ["bob"], index, [GLOBAL]) == []
    assert asks_about("what did lee say?", ["lee"], index, [GLOBAL]) == [0]


def test_claims_in_a_long_message_are_each_found_and_a_conflict_is_not_hidden(starter: Asker) -> None:
    filler = "We had rain all week and the football was as bad as ever. " * 8
    wood = "Russia has launched DPRK-supplied ballistic missiles against Ukraine on at least nine occasions. "
    pardo = (
        "If Ukraine is more successful in shooting down North Korean missiles compared to Russian ones, then we can "
        "assume that North Korean technology is not as advanced. "
    )
    found = starter.ask(filler + wood + filler + pardo)
    assert found.outcome is Outcome.MATCH
    assert {hit.claim.external_id for hit in found.hits} == {"wood-nine-occasions", "pardo-interception"}
    changed = starter.ask(filler + wood.replace("nine", "fifty") + filler + pardo)
    assert changed.outcome is Outcome.DIFFERENT
    assert {str(hit.outcome) for hit in changed.hits} == {"match", "different"}


def test_what_several_claimants_say_is_answered_by_one_with_the_others_beside_it(starter: Asker) -> None:
    answer = starter.ask("are north korean missiles being fired at ukraine by russia?")
    assert answer.outcome is Outcome.MATCH
    assert answer.others
    assert answer.hits[0].claim.claimant not in {other.claimant for other in answer.others}


def test_a_community_sees_its_own_version_and_never_that_of_another() -> None:
    moon = Claim(text="The moon is made of green cheese", external_id="moon", claimant="Wallace")
    own = Claim(text="The moon is made of green cheese", external_id="moon", claimant="Wallace", space="discord:1")
    with Store.in_memory() as store:
        asker = asker_with(store, moon, own)
        question = "is the moon made of green cheese?"
        assert [h.claim.space for h in asker.ask(question, spaces=(GLOBAL, "discord:1")).candidates] == ["discord:1"]
        assert [h.claim.space for h in asker.ask(question, spaces=(GLOBAL, "discord:2")).candidates] == [GLOBAL]
        assert asker.ask(question, spaces=("discord:2",)).candidates == ()


BRIDGE = Claim(
    text="The bridge over the Mirrow collapsed in March",
    phrasings=("the Mirrow bridge fell down",),
    never_phrasings=("the model of the Mirrow bridge fell down",),
)


def test_a_never_phrasing_is_known_to_be_something_else() -> None:
    with Store.in_memory() as store:
        asker = asker_with(store, BRIDGE)
        assert asker.ask("so the Mirrow bridge fell down?").outcome is Outcome.MATCH
        barred = asker.ask("did the model of the Mirrow bridge fall down?")
        assert barred.outcome is Outcome.NONE
        assert [hit.claim.text for hit in barred.candidates] == [BRIDGE.text]


def test_a_phrasing_asked_in_another_tense_is_known_again() -> None:
    with Store.in_memory() as store:
        assert asker_with(store, BRIDGE).ask("did the Mirrow bridge fall down?").outcome is Outcome.MATCH


def test_a_removed_claim_is_no_longer_found_and_a_new_one_is_at_once() -> None:
    with Store.in_memory() as store:
        asker = asker_with(store)
        question = "did the mayor of springfield steal the lemon tree?"
        assert asker.ask(question).outcome is Outcome.NONE
        asker_with(store, Claim(text="The mayor of Springfield stole the lemon tree"))
        assert asker.ask(question).outcome is Outcome.MATCH


def test_an_explanation_names_words_signals_and_conflicts(starter: Asker) -> None:
    answer = starter.ask("did NK ship over 5,000 containers to russia?", wish=Wish.WHY)
    explanation = answer.hits[0].explanation
    assert explanation is not None
    assert {word.how for word in explanation.words} >= {"exact"}
    assert len(explanation.signals) == len(JOINED) + len(SIGNALS)
    assert explanation.conflicts


def test_every_stem_of_the_tables_is_one_that_words_make() -> None:
    assert all(key == key.lower() for key in light_words())
    assert len(background()) > 30_000


def test_a_message_of_several_sentences_that_shares_a_word_is_not_told_that_it_shares_none() -> None:
    message = "We had rain. The library has many nice tall windows. It was cold in May. My dog sleeps. He eats a lot."
    with Store.in_memory() as store:
        asker = asker_with(store, Claim(text="The council shut the library in Mill Lane"))
        assert asker.ask(message).reason == "Nothing on record says this."
        assert asker.ask("quantum zebra").reason == "Nothing on record shares a word with this."
