"""The table of questions on the starter, written before the matcher was tuned: what must hold of every kind."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.ask import Asker
from bot.model import Answer, Outcome, Wish
from bot.store import Store

TABLE = Path(__file__).parent / "data" / "starter_questions.jsonl"
QUESTIONS = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
WRONG_MATCHES = {
    "russia using dprk missiles on ukraine, who says so?",
    "putin had that rare summit in september 2023 with xi jinping, they talked about a secret satellite program",
    "putin and kim talked about nothing but the satellite program at their september 2023 summit",
    "on january 2nd just one north korean missile was fired, kirby said",
    "NK provided russia with tanks and several dozen howitzers, kirby said",
    "kirby said exactly one NK missile on dec 30 and exactly one on jan 2",
    (
        "putin and kim jong un only spoke on the phone in september 2023, about military matters and the war "
        "in ukraine and the satellite program, isnt it"
    ),
    "NYT satellite analysis: North Korea shipping over 1,000 tonnes of weapons to Russia. Please confirm",
    (
        "those 1000 containers north korea shipped to russia, the satellite analysis says theyre believed to "
        "be full of rice"
    ),
    "White House doesn't expect Russia to use any more North Korean missiles against Ukraine, Kirby said so, phew",
    "KN-23 used by Russia, true?",
    "Is North Korea supplying weapons to Russia?",
}
"""Answered with a claim that does not say so: the worst kind, known, and not hidden."""
STILL_WRONG = WRONG_MATCHES | {
    "should russia and the dprk be held accountable for what theyve done, as wood says",
    "did putin drop some hints about mil cooperation w/ north korea, no specifics tho",
    (
        "if ukraine is better at shooting down north korean missiles than russian ones, can we assume the north "
        "korean tech is less advanced"
    ),
    "Could Russia firing North Korean missiles in Ukraine help the Americans work out how good those missiles are?",
    "what happened on december 30th with a north korean missile",
    "bolvinof sez 5 kn 23 on karkhiv, ture?",
    "did russia use north korean missiles?",
    "so putin is bombing ukraine with kim's missiles, is that a fact?",
    "did north korea send soldiers to russia?",
    "<@!118273645500112233> <@&99887766> did russia use five **KN-23** missiles in `Kharkiv` ???",
    "did rusia fier nroth korean balistic misiles at ukrain at leest nine tiems",
    "was it kirby who said one hit on dec 30 and a few more missiles on jan 2",
    (
        "I read that what Russia and N. Korea are doing erodes commitments long established by UNSC "
        "resolutions. Who asserted this?"
    ),
    "reuters wrote there was hints from putin for military cooperation with north, but nothing concrete. is correct?",
    (
        "White House spokesman reckons Moscow and Pyongyang will learn from the launches and more NK "
        "missiles will be aimed at civilians?"
    ),
    "what does kirby expect russia to do next",
    "is the thing with the five KN-23 in kharkiv verified by now or still nobody knows",
    "did business insider manage to verify what the kharkiv police investigator posted?",
    "so is the dprk giving launchers to russia thing PROVEN or do you just repeat the white house",
    "what was said about UN resolutions at the security council on 6 february?",
    "Which claims come from the Security Council meeting of 6 Feb 2024?",
    "in which month was the summit of putin with kim",
    "how many times did the KN-23 get used, according to hwang?",
    "on which dates were the two attacks kirby talked about?",
    "numbers of containers from the satellite photos pls?",
    "how often did they use the kn23",
    "duz nkorea realy send 1000 contaners to rusia",
    "didrussia fire northkorean missiles at ukraine 9times",
    "kibry: decmber 30 adn janury 2 atacks w north korean misiles",
    "sorth korea's ambasador hwnag says kn-23 used thre times",
    "putni gave hinst abt military coperation w nk no detials",
    "WHTE HOUSE SAYS DPRK PROVIDD RUSSIA W LAUNCHRS",
    "wouldn't it be, per Business Insider, a very significant development if the accusations were true?",
    (
        "Dear colleagues, I am preparing a short literature note and should be grateful if the database "
        "could be consulted on one attribution before I cite it. In the section on evidence from the "
        "battlefield I rely chiefly on imagery and on debris reports; in the section on inference I need a "
        'voice from the think-tank world. My draft reads as follows. "Ramon Pacheco Pardo of the Center for '
        "Strategic and International Studies told Business Insider that if Ukraine proves more successful in "
        "shooting down North Korean missiles than Russian ones, one may assume that North Korean technology "
        'is not as advanced." I have no access to the original interview, and I would rather not quote at '
        "third hand. The remaining paragraphs deal with methodology and need no checking. If the attribution "
        "is sound, I shall keep the sentence; if it is not, it goes. With many thanks for your patience and "
        "kind regards from a rather rainy campus."
    ),
    (
        "FWD: FWD: Re: please read!!!\n\nFriends, I do not usually send this kind of thing but after the "
        "service on Sunday several of you asked me, so here is what I wrote down from the radio. The White "
        "House spokesman, Mr Kirby, said that the attacks took place on December 30th, with at least one "
        "North Korean missile, and on January 2nd, with multiple missiles, and that the impact of each "
        "strike was still being assessed. I may have missed a word because the kettle was boiling. Please do "
        "not send me angry mails if you see it otherwise, I only want us to be well informed and to pray for "
        "everybody who has to live through it. The collection for the blankets goes on until the end of the "
        "month, the box stands beside the door as always. God bless you all and stay warm.\n\nRuth"
    ),
    "are the russians shooting NK missiles at ukraine or is that propaganda",
    "Has the Russian military employed North Korean missiles in its war against Ukraine?",
    "about 300 containers went from north korea to russia acc to new york times",
    "Putin and Kim talked only about satellites at the september 2023 summit and about nothing else",
    "did china veto a resolution about north korea at the UN",
    (
        "> ||**Russia** has launched *DPRK-supplied* __ballistic missiles__ against Ukraine on at least "
        "**nine** occasions|| <:pepe:123456789012345678> <@4455667788> real or fake"
    ),
    (
        "is it true the americans can figure out how good kim's ballistic missiles are by watching them get "
        "used in ukraine"
    ),
    "White House expects Moscow to keep firing Pyongyang's missiles at civilian infrastructure",
    (
        "putin and kim sat down together in sept 2023 and talked military stuff, ukraine and that secret "
        "satellite programme"
    ),
    "putin kinda let slip that military cooperation w north korea was on the table but didn't go into specifics",
    (
        "if it turns out to be true it's a really major development, shows the kremlin using more and more "
        "north korean arms"
    ),
    "Russia and North Korea need to answer for what they've done, US diplomat tells UN",
    "the US is still working out what the two strikes at the end of december / start of january actually did",
    "bolvinow says 5 kn 23 misiles hit karkiv",
    "putin gav hints abt militry coperation with n korea no deatils",
    "what did business insider say about the UN meeting",
    "on which dates did russia hit ukraine with nk missiles according to the white house",
    "Feb 6th, Security Council: US says North Korean missiles fired at Ukraine at least nine times. Real?",
    (
        "Long thread I saw on twitter today. Apparently the whole thing with the ammo shortage ended last "
        "autumn, because trains and ships started moving again from the Rajin port. Somebody went through "
        "satellite imagery and it seems North Korea was shipping over 1,000 containers to Russia, and "
        "they're believed to be full of weapons. The guy has 40k followers but no sources in bio so idk. I'm "
        "not an expert, just curious what this channel thinks about it."
    ),
    "did russia fire north korean missiles?",
    "putin met kim?",
    "just over a hundred containers went from north korea to russia, right",
    "ukrainian air defence intercepted five KN-23 over kharkiv, bolvinov",
    "<script>alert(1)</script> **did** ~~north~~ north kor​ea ship over 1,0​00 containers to rus​sia ||@everyone||",
    "<!channel> 🚨🚨 [did putin meet kim in september 2023?](https://evil.example/x) `'; DROP TABLE claims; --` 🇷🇺🤝🇰🇵",
    (
        "sat pics appeared to show the dprk sending north of a thousand shipping containers to the russians, "
        "probly packed w/ arms"
    ),
    (
        "washington could get a read on how well kims ballistic missiles actually perform now that they're "
        "being used in ukraine"
    ),
    "both moscow and pyongyang need to answer for what theyve done",
    "The UN's press readout of the council session never brought up the missile allegations against Russia",
    "putin let slip a few hints he and kim had talked about working together militarily, nothing concrete tho",
    "RUSSIA AND DPRK MUST BE HLED ACOUNTABEL FOR THIER ACTIONS",
    "on which dates did russia hit ukraine with NK ballistic missiles according to kirby",
    (
        'FWD: "Thread time. Remember last autumn, when satellite images seemed to show North Korea shipping '
        "more than 1,000 containers to Russia, believed to be full of weapons? Nobody listened. Then in "
        "January John Kirby said the DPRK recently provided Russia with ballistic missile launchers and "
        'several dozen ballistic missiles. Connect the dots yourselves. Share if you agree!!" is any of this '
        "legit?"
    ),
    (
        "Ok so we had this argument at work in the coffee corner. Colleague A is ex-army, colleague B reads "
        "a lot. B said some think tank researcher told Business Insider that if Ukraine is more successful "
        "in shooting down North Korean missiles compared to Russian ones, we can assume the North Korean "
        "technology isn't as advanced. A rolled his eyes. I just want to know whether that was said. Thx!"
    ),
    "did putin meet kim?",
    "Правда ли, что Россия минимум девять раз запускала северокорейские баллистические ракеты по Украине?",
    "Did an American diplomat demand that Moscow and Pyongyang answer for what they've done?",
    "Rusia y Corea del Norte deben rendir cuentas por sus acciones, ¿quién lo dijo?",
    "russia + dprk undermning security concil resolutons, tru or no",
    "why was there nothing about the north korean missiles in the UN's own press briefing after the meeting??",
    "Would it be a very significant development if those accusations about the missiles turned out to be true?",
    "BI says if its true then it's huge, shows russia using more and more of pyongyangs weapons",
    (
        "The Kremlin boss and the NK leader had a rare summit in autumn, September '23, talking war, army "
        "stuff and a secret satellite programme. True?"
    ),
    "푸틴과 김정은이 2023년 9월에 정상회담을 했다는 게 사실인가요?",
    "Чи правда, що невдовзі після зустрічі Путіна з Кімом північнокорейська зброя почала надходити до Росії?",
    "did anyone ever find out what was inside the 1000 north korean containers?",
    "Stimmt es, dass Nordkorea Russland Abschussrampen und mehrere Dutzend ballistische Raketen geliefert hat?",
    "Ballistic missile launchers were provided to Russia by North Korea, together with several dozen missiles?",
    "Did Kirby say that they were still evaluating what the two strikes had caused?",
    (
        "Washington anticipates that the Russians are going to fire further North Korean missiles at "
        "civilian infrastructure in Ukraine. Is it a fact?"
    ),
    "NK and Russia are going to learn a lot from those launches, the white house guy reckons",
    (
        "Five of these KN 23 rockets from north korea was used on Kharkiv, chief of police investigators he "
        "show photos of debris. It is real?"
    ),
    (
        "Some experts reckon Washington could find out how effective Kim's ballistic missiles are by "
        "watching them in Ukraine. Yes?"
    ),
    "business insider says even if the accusations are true it would be an insignificant development, no biggie",
    "has russia been using north korean missiles in the war?",
    "what do analysts think we can learn about north korea's missiles from this war",
    "what is known about the putin-kim meeting and what came of it",
    "What does Business Insider itself say about the accusations made in the Security Council meeting?",
}
"""Not answered as they should be (silent, offering choices, a difference that is none): known, and not hidden."""


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with Store.open(tmp_path_factory.mktemp("starter") / "facts.db", missing="starter") as store:
        yield Asker(store)


def rightly_answered(row: Mapping[str, Any], answer: Answer) -> bool:
    """Tell whether an answer has an accepted outcome and shows accepted claims."""
    if str(answer.outcome) not in row["outcome"]:
        return False
    shown = [hit.claim.external_id for hit in answer.hits]
    if answer.outcome is Outcome.AMBIGUOUS:
        return all(claim in row["claims"] for claim in shown)
    return not shown or shown[0] in row["claims"]


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row['kind']}: {row['question'][:60]!a}")
def test_no_question_gets_a_wrong_match_but_for_the_known_ones(asker: Asker, row: Mapping[str, Any]) -> None:
    answer = asker.ask(row["question"])
    wrong_match = answer.outcome is Outcome.MATCH and not rightly_answered(row, answer)
    assert wrong_match is (row["question"] in WRONG_MATCHES)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row['kind']}: {row['question'][:60]!a}")
def test_every_question_is_answered_rightly_but_for_the_known_ones(asker: Asker, row: Mapping[str, Any]) -> None:
    known_wrong = row["question"] in STILL_WRONG
    assert rightly_answered(row, asker.ask(row["question"])) is not known_wrong


def test_whoever_wants_only_the_outcome_is_shown_the_same_and_computes_less(asker: Asker) -> None:
    cut_short = 0
    for question in QUESTIONS:
        full, brief = (asker.ask(question["question"], wish=wish) for wish in (Wish.NEAREST, Wish.OUTCOME))
        assert (brief.outcome, brief.reason) == (full.outcome, full.reason)
        for one, other in zip(brief.hits, full.hits, strict=True):
            assert (one.claim.id, one.outcome, one.difference) == (other.claim.id, other.outcome, other.difference)
            assert one.score == pytest.approx(other.score, abs=0.01)
        cut_short += brief.candidates != full.candidates
    assert cut_short > len(QUESTIONS) / 10
