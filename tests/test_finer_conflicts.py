"""Finer contradictions: who stands where, which deed, how surely, how much of it; and what must not count as one."""

from pathlib import Path

import pytest

from bot.ask import Asker
from bot.matching.conflicts import Conflict, find_conflicts, read, stranger_conflicts
from bot.matching.decide import _told
from bot.model import Claim, Outcome
from bot.store import Change, Store, Trace

SURE = 0.5
"""Strength from which a conflict counts."""


def kinds(question: str, record: str) -> set[str]:
    return {c.kind for c in find_conflicts(read(question), read(record)) if c.strength >= SURE}


DAM = "The Kelmar dam collapsed after heavy rain, killing 41 people"
NURSES = "Every tenth nurse in Varland has left the profession"
JUDGES = "Two of the five judges voted to overturn the Dorsey verdict"
DRUG = "The drug Neroxin reduces the risk of stroke by a third"
LEASE = "Tavaria leased the Krol works to Benmore"
JOBS = "Kestrel Airways plans to close its office in Oslo"
COURT = "The court ruled that employers may read private emails of workers"
COWS = "Vaccinated cows give more milk than other cows"

CONTRADICTIONS = [
    (
        "antonym",
        "on Sunday rangers pulled a cow from a frozen pond by the Kelmar dam",
        "Rangers rescued a pregnant mare from a frozen pond near the Kelmar dam on Sunday",
    ),
    # denials in a question, in other words
    ("negation", "boats never began to move to the port after the storm", "Boats started to move to the port after it"),
    ("negation", "the review did bring up the leaks, true?", "The review did not mention the leaks at the Kelmar dam"),
    ("negation", "only Norway must pay for it, not Sweden, is that so?", "Norway and Sweden must pay for the leak"),
    ("modality", "olden is closing the old harbour", "Olden may close the old harbour"),
    (
        "thing",
        "on Sunday army trucks from Oslo took to the harbour of Olden ropes and nails",
        "Army trucks from Oslo took apples and pears to the harbour of Olden on Sunday",
    ),
    ("direction", "Benmore leased the Krol works to Tavaria, says Benmore", "Tavaria leased the Krol works to Benmore"),
    # who did it, from whom, to whom
    ("direction", "Norway used five Danish boats", "Sweden used five boats of Norway"),
    ("direction", "grain was shipped from Serbia to Cyprus", "Cyprus shipped grain to Serbia"),
    ("direction", "grain began flowing from Serbia", "Grain began flowing to Serbia"),
    ("direction", "Stroke reduces the risk of Neroxin by a third", DRUG),
    ("direction", "other cows give more milk than vaccinated cows", "Vaccinated cows give more milk than other cows"),
    ("direction", "it spends twice as much on schools as on roads", "It spends twice as much on roads as on schools"),
    ("direction", "workers switched from drip irrigation", "Workers switched to drip irrigation"),
    ("direction", "Norwood were beaten 3-1 by Eastham", "Norwood beat Eastham 3-1"),
    ("name", "experts say Danish boats are slow", "Experts say Swedish boats are slow"),
    ("name", "the tunnel was opened by the minister", "Queen Maud opened the tunnel"),
    ("name", "Trevix paid Senator Lowe's wife for advice", "Trevix paid Senator Lowe for advice"),
    ("direction", "eastham beat norwood in the final", "Norwood beat Eastham in the final"),
    ("name", "paris kowalski gave a bell to the school", "Serena Kowalski donated a bell to the school"),
    ("name", "did dana okafor win the race in olden", "Karen Okafor won the race in Olden"),
    # another deed, another thing
    ("antonym", "Russia bought missiles nine times", "Russia launched missiles nine times"),
    ("antonym", "Five drones were shot down over the port", "Five drones hit the port"),
    ("antonym", "the ship carried 200 boxes filled with food", "The ship carried 200 boxes filled with weapons"),
    ("antonym", "the zoo bought two pandas from China", "The zoo received two pandas from China"),
    ("antonym", "4,000 sheep froze to death last winter", "4,000 sheep starved to death last winter"),
    ("antonym", "the firm will build 5G masts in Olden", "The firm will build 4G masts in Olden"),
    ("thing", "the town will ban electric cars from the centre", "The town will ban diesel cars from the centre"),
    ("thing", "Brenwick won the semi-final against Halvard", "Brenwick won the final against Halvard"),
    ("thing", "the dam collapsed after an earthquake near Olden", "The dam collapsed after heavy rain near Olden"),
    ("antonym", "Maro postponed her concert in Olden", "Maro cancelled her concert in Olden"),
    ("antonym", "a Swiss court acquitted the banker Keller", "A Swiss court sentenced the banker Keller"),
    ("thing", "the airport of Lanz was shut", "The port of Lanz was shut"),
    ("place", "teachers in Burano earn less than drivers", "Teachers in Murano earn less than drivers"),
    ("thing", "the cable near Faro was cut by sharks", "The cable near Faro was cut by a Greek trawler"),
    ("thing", "the capetown fire was caused by a drunk driver", "The fire in Cape Town was caused by a fallen tree"),
    ("number", "did the council vote 9-2 to close the pool", "The council voted 7 to 4 to close the pool"),
    ("scope", "was Olden the very first town to ban cars", "Olden was the third town in Varland to ban cars"),
    ("negation", "the council agreed to meet the nurses", "The council refused to meet the nurses"),
    ("negation", "did Lowe say that the firms must NOT be held liable", "The firms must be held liable"),
    ("thing", "two hikers killed by a bear near Olden", "A bear attacked two hikers near Olden"),
    ("antonym", "the Krol Museum sold a Lindqvist", "The Krol Museum bought a painting by Lindqvist"),
    ("number", "the volcano erupted for the first time this year", "The volcano erupted for the third time this year"),
    ("negation", "the gun bill passed in the senate 52-48", "The senate rejected the gun bill by 52 votes to 48"),
    ("place", "scooters injured 1,500 people in munich", "Scooters injured 1,500 people in Berlin"),
    ("direction", "farmers killed more than 300 wolves near Olden", "Wolves killed more than 300 sheep near Olden"),
    ("antonym", "trains were on time on every third journey", "Trains were late on every third journey"),
    ("negation", "Maro Lind will play in the next film", "Maro Lind turned down a role in the next film"),
    ("scope", "Maro Lind won her third Olden Cup", "Maro Lind won her first Olden Cup"),
    ("thing", "lightning killed a referee at a match in Olden", "Lightning killed a player at a match in Olden"),
    ("negation", "two pupils were hurt when a crane fell in Olden", "No one was hurt when a crane fell in Olden"),
    ("name", "did velt meet li zhuming in may 2019 in olden", "Mara Velt met Ivo Lunde in May 2019 in Olden"),
    # how surely
    ("modality", "Kestrel Airways has closed its office in Oslo", JOBS),
    ("modality", "Kestrel Airways might close its office in Oslo", JOBS),
    ("modality", "the council tried to close the pool in Olden", "The council closed the pool in Olden"),
    ("modality", "the council could close the pool in Olden", "The council closed the pool in Olden"),
    ("modality", "the council will close the pool in Olden", "The council closed the pool in Olden"),
    ("modality", "the court ruled that employers must read private emails of workers", COURT),
    ("modality", "it is proven that the boxes held weapons", "The boxes seemed to hold weapons"),
    ("condition", "Kelmar wins more games than Olden", "If Kelmar wins more games than Olden, it stays in the league"),
    # denials
    ("negation", "Russia is not expected to fire missiles at Kyiv", "Russia will fire missiles at Kyiv"),
    ("negation", "nobody believes Russia fired missiles at Kyiv", "Russia fired missiles at Kyiv"),
    ("negation", "Russia will stop firing missiles at Kyiv", "Russia will fire missiles at Kyiv"),
    ("negation", "the council has yet to sign the treaty", "The council signed the treaty"),
    ("negation", "the council ruled out signing the treaty", "The council signed the treaty"),
    ("negation", "the council rejected a ban on diesel cars", "The council will ban diesel cars"),
    ("negation", "she gave no hints that they had met", "She gave hints that they had met, but no details"),
    ("negation", "the governor did not veto the bill on schools", "The governor vetoed the bill on schools"),
    # how many, how much of it
    ("amount", "ninety households in Brack heat with wood", "Nine in ten households in Brack heat with wood"),
    ("number", "the shop sold 40 cars", "The shop sold 40 bikes, fewer than cars"),
    ("number", "nobody died when the Kelmar dam collapsed", DAM),
    ("number", "more than 41 people died when the Kelmar dam collapsed", DAM),
    ("number", "the gun was fired on exactly nine occasions", "The gun was fired on at least nine occasions"),
    ("number", "the gun was fired three times a day", "The gun was fired three times"),
    ("number", "the gun was fired for the first time", "The gun was fired three times"),
    ("amount", "every second nurse in Varland has left the profession", NURSES),
    ("amount", "20% of nurses in Varland have left the profession", NURSES),
    ("amount", "Three of the five judges voted to overturn the Dorsey verdict", JUDGES),
    ("amount", "prices in Olden fell by 2 percent", "Prices in Olden fell to 2 percent"),
    ("amount", "cases rose by 75% in Olden", "Cases rose by a quarter in Olden"),
    ("scope", "the judges unanimously voted to overturn the Dorsey verdict", JUDGES),
    ("scope", "only one of the officers was charged", "Both officers were charged"),
    ("scope", "everyone voted, not only members", "Only members voted"),
    ("scope", "vaccinated cows give as much milk as other cows", COWS),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "question", "record"), CONTRADICTIONS, ids=lambda value: value[:60])
def test_a_finer_contradiction_is_found(kind: str, question: str, record: str) -> None:
    assert kind in kinds(question, record)


SAME = [
    ("Olden utd sold its goalie to Benmore", "Olden United sold its goalkeeper to Benmore"),
    ("the sea rose 20 cm in the last 100 years", "The sea has risen by 20 centimetres over the past century"),
    # words that say nothing stand for nothing
    ("How many boats sank in the storm, according to Jonas?", "Nine boats sank in the storm off Kelmar"),
    ("the boat sank 3 times in Olden, can u check", "The Kelmar boat sank 3 times in Olden"),
    ("Jonas said the town has to answer for what it did, right?", "The town must be held accountable for its actions"),
    ("it gave hints of a deal, without giving any details", "It gave hints of a deal, but no hard details"),
    ("how many jobs will Benmore cut in Olden by 2030 without closing mines?",
     "Benmore will cut 300 jobs in Olden by 2030 without closing mines"),
    ("the tanker sank on the fourteenth of June 2024", "The tanker sank on 14 June 2024"),
    ("not enough nurses joined the brigade", "Too few nurses signed up for the brigade"),
    ("was the Kelmar dam broken by heavy rain, killing 41 people?", DAM),
    ("Cyprus got grain shipped from Serbia", "Serbia shipped grain to Cyprus"),
    ("did Portugal import cod from Iceland", "Iceland exported cod to Portugal"),
    ("did China give the zoo two pandas?", "The zoo received two pandas from China"),
    ("Eastham were beaten 3-1 by Norwood", "Norwood beat Eastham 3-1"),
    ("a teacher was arrested by police in Tamworth", "Police in Tamworth arrested a teacher"),
    ("was the tunnel opened by Queen Maud?", "Queen Maud opened the tunnel"),
    ("drivers in Murano earn more than teachers", "Teachers in Murano earn less than drivers"),
    ("she promised that the report would be published", "She promised to publish the report"),
    ("the shop sold over a million bikes", "The shop sold 1.2 million bikes"),
    ("a cable near Faro was cut by a trawler from Greece", "The cable near Faro was cut by a Greek trawler"),
    ("Maro called off her concert because of a cold", "Maro cancelled her concert because of a cold"),
    ("the council wouldn't agree to meet the nurses", "The council refused to meet the nurses"),
    ("over 75% of teens swim every day", "More than three quarters of teens swim daily"),
    ("ten and a half million cars were sold", "10.5 million cars were sold"),
    ("the parents offered a reward of five grand", "The parents offered a reward of 5,000 dollars"),
    ("olden exported less oli in arpil", "Olden exported less oil in April"),
    ("my sister insists that the pool in Olden was closed?? yes?", "The pool in Olden was closed"),
    ("police chief doyle said violent crime in rockport fell 14%", "Violent crime in Rockport fell by 14%"),
    ("the gun bill failed in the senate 52-48", "The Senate rejected the gun bill by 52 votes to 48"),
    ("scooters hurt 1500 ppl in Olden", "Scooters injured 1,500 people in Olden"),
    ("a bear got two hikers attacked near Olden", "A bear attacked two hikers near Olden"),
    ("a crane fell in olden, nobody injured", "No one was hurt when a crane fell in Olden"),
    ("the briefing said nothing about the dam", "The briefing did not mention the dam"),
    ("one in ten nurses in Varland left the profession", NURSES),
    ("did two out of five judges vote to overturn the verdict?", JUDGES),
    ("Neroxin cuts the risk of stroke by 33%", DRUG),
    ("does Kestrel Airways intend to close its office in Oslo", JOBS),
    ("will Kestrel Airways close its office in Oslo?", JOBS),
    ("could it be that the council closed the pool in Olden?", "The council closed the pool in Olden"),
    ("if Kelmar wins more matches than Olden, will it stay in the league?",
     "If Kelmar wins more matches than Olden, it will stay in the league"),
    ("are employers allowed to read private emails of workers", COURT),
    ("a clip of a bear in Olden was found", "A video of a bear in Olden was found"),
    ("did NK tech improve", "North Korean technology improved"),
    ("the gun was fired nine times", "The gun was fired on at least nine occasions"),
    ("all over the web: Both officers were charged", "Both officers were charged"),
    ("an African village was flooded in May", "A South African village was flooded in May"),
    ("Kestrel Airways to Close Office in Oslo", "Kestrel Airways will close its office in Oslo"),
    ("will burning moss reduce dust in Olden?", "Burned moss reduces dust in Olden"),
    ("Kelmar Admiral Fired for Leaking Plans of Tavaria", "Tavaria fired a Kelmar admiral who leaked plans"),
    ("did pre-war cars leave Olden in spring?", "Cars of before the war left Olden in spring"),
    ("is this a photograph of swans walking through Olden", "An image shows a group of swans walking through Olden"),
    ("the bridge in NYC was closed", "The bridge in New York was closed"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "record"), SAME, ids=lambda value: value[:60])
def test_an_honest_rewording_is_no_contradiction(question: str, record: str) -> None:
    assert kinds(question, record) == set()


AROUND = "Putin met Kim Jong Un in September 2023 . Reuters . members of parliament watched"


@pytest.mark.parametrize(
    "question",
    ["Putin and Zelensky met in September", "Putin met Kim in Beijing", "Putin met Kim in 2022", "CNN: Putin met Kim"],
)
def test_a_name_or_date_that_nothing_on_record_has_is_told(question: str) -> None:
    assert stranger_conflicts(read(question), read(AROUND))


@pytest.mark.parametrize(
    "question",
    ["Vladimir Putin met Kim", "did MPs watch as Putin met Kim", "Reuters says Putin met Kim",
     "on TikTok: Putin met Kim", "The Texas businessman Putin met Kim in 2023"],
)  # fmt: skip
def test_other_names_of_what_is_on_record_are_no_strangers(question: str) -> None:
    assert stranger_conflicts(read(question), read(AROUND)) == []


COUNTED = "Kestrel fired shells at the port on at least nine occasions . harbour report"


def test_a_count_of_something_that_is_nowhere_on_record_is_told() -> None:
    assert [each.kind for each in stranger_conflicts(read("did Kestrel fire fifty shells at the port"), read(COUNTED))]


@pytest.mark.parametrize(
    "question",
    ["Kestrel fired shells at the port nine times", "Kestrel fired shells 9+ times", "did Kestrel fire one shell"],
)
def test_a_count_that_is_on_record_in_some_form_is_no_stranger(question: str) -> None:
    assert stranger_conflicts(read(question), read(COUNTED)) == []


def asker_with(tmp_path: Path, claim: Claim) -> Asker:
    store = Store.open(tmp_path / "facts.db", missing="empty")
    store.save_many([Change(None, claim, "import")], Trace("test", "import"))
    return Asker(store)


def test_a_phrasing_clears_up_only_what_it_says_itself(tmp_path: Path) -> None:
    text = "The briefing on the Kelmar dam did not mention the engineers' accusations"
    asker = asker_with(tmp_path, Claim(text, phrasings=("the Kelmar dam briefing left out the accusations",)))
    denied = asker.ask("the briefing on the Kelmar dam mentioned the accusations")
    assert denied.outcome is Outcome.DIFFERENT
    assert asker.ask("did the Kelmar dam briefing leave out the accusations?").outcome is Outcome.MATCH


def test_what_asks_how_a_claim_stands_gets_the_one_claim_about_it(tmp_path: Path) -> None:
    asker = asker_with(tmp_path, Claim("The Kelmar dam collapsed after heavy rain", claimant="Jonas Petrak"))
    answer = asker.ask("is the claim about the Kelmar dam verified?")
    assert answer.outcome is Outcome.MATCH


def test_a_difference_that_says_less_of_the_same_is_not_told_twice() -> None:
    brief = Conflict("duration", "you wrote three years", 1.0)
    more = Conflict("unknown", "you wrote three years, which is not on record", 1.0)
    other = Conflict("name", "on record it is Ann, not Bob", 1.0)
    assert _told([brief, more, other]) == f"{more.difference}; {other.difference}"


def test_a_word_that_tells_most_must_be_on_record(tmp_path: Path) -> None:
    asker = asker_with(tmp_path, Claim("Developers plan to build a super mall in the Grand Canyon"))
    assert asker.ask("Grand Canyon Skywalk").outcome is Outcome.NONE
    assert asker.ask("Grand Canyon super mall").outcome is Outcome.MATCH
