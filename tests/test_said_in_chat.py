"""What people write in chat, and who they say said it: no contradiction where none is meant, and none missed."""

import pytest

from bot.matching.conflicts import find_conflicts, read, stranger_conflicts
from bot.matching.everyday import everyday_lines, in_plain_words

SURE = 0.5
"""Strength from which a conflict counts."""
DAM = "The Kelmar dam collapsed after heavy rain, killing 41 people"
BELL = "Norway gave Sweden a bell twice: in May with at least one rope and in July with several ropes"


def kinds(question: str, record: str, claimant: str = "") -> set[str]:
    found = find_conflicts(read(question), read(record), claimant=claimant)
    return {conflict.kind for conflict in found if conflict.strength >= SURE}


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("talks w/ sweden about boats broke down in oslo", "Talks with Sweden about boats broke down in Oslo"),
        ("talks w sweden about boats broke down in oslo", "Talks with Sweden about boats broke down in Oslo"),
        ("should the firm be held to account for the leak", "The firm must be held to account for the leak"),
        ("should the firm be held to account for the leak", "The firm has to be held to account for the leak"),
        ("are the new boats less advanced than the old", "The new boats are not as advanced as the old ones"),
        ("the new boats are not as advanced as the old", "The new boats are less advanced than the old ones"),
        ("the firm lost more cows from heat than from wolves", "The firm lost more cows to heat than to wolves"),
        ("were 25 panes stolen over half term", "25 panes were stolen during the half-term break"),
        ("will norway use boats against the port of olden", "Norway will use boats to reach the port of Olden"),
        ("did the boats hit the port nine times", "The boats fired at the port nine times"),
        (
            "can u get fined 900 euros for littering in olden",
            "The law allows fines of 900 euros for littering in Olden",
        ),
        ("some 92yo from olden climbed it", "A 92-year-old man from Olden climbed it"),
        ("the jobless rate fell to 5.1% in q3 2025", "Unemployment fell to 5.1 percent in the third quarter of 2025"),
        ("did the dam break due to heavy rain", "The dam broke because of the rain"),
        ("did the dam leak because of a bad design", "The dam leaked because of a design error"),
        ("did a dog find a boy and a girl", "A dog found a boy and a girl"),
        ("did the engineers warn of cracks", "The mayor said the dam was safe, while engineers had warned of cracks"),
        ("will the port close if it snows", "The port will close if it snows"),
        ("just one juror out of 12 voted no", "Only one of the twelve jurors voted no"),
        ("lee says a boy was beaten by the army in olden", "Lee accused the army of beating a boy in Olden"),
        ("the miners were stuck 200m down", "The miners were trapped 200 metres underground"),
        ("the youngest victim was just 3", "The youngest of the four victims was three years old"),
        ("lee says olden will spend twice as much on dams", "Lee said Olden would double its spending on dams"),
        ("did he do it in 2h 3min", "He did it in 2 hours and 3 minutes"),
        ("the firm changed its name to Oldeno", "The firm was renamed Oldeno"),
        ("was 60kg of food binned per head", "They threw away 60 kilograms of food per person"),
        ("did arms start going from norway to sweden", "Norway started sending arms to Sweden"),
        ("almost every one of the 60 cows got out", "Nearly all of the 60 cows got out"),
        ("kids in olden go to school 190 days a year", "Pupils in Olden have 190 school days a year"),
        ("do farmers get 200 euros per flooded hectare", "Farmers get 200 euros for every hectare of flooded land"),
        ("it blew up 2 min after launching from olden", "It exploded two minutes after lift-off from Olden"),
        ("was it signed in olden, march 12th 98", "It was signed in Olden on 12 March 1998"),
        ("they handed over 348 planes", "The firm delivered 348 planes"),
        ("they taught a crow to count up to four", "They taught a crow to count to four"),
        ("mps approved the budget for next year - 2025", "Lawmakers approved the budget for 2025"),
        ("were two bells rung", "A bell was rung twice"),
        ("did they hang a dozen curtains soaked in lime", "They hung 12 lime-soaked curtains"),
        ("olden loses more cows than all of the farms", "Olden loses more cows than all the country's farms do"),
        ("was it 38 celsius in olden", "It was 38 degrees in Olden"),
        ("it got up to 100°F in olden in may", "Temperatures in Olden reached 38 degrees in May"),
        ("did a court give lee a 12-year prison term", "A court sentenced Lee to 12 years in prison"),
        ("500 euros for every boat, paid by norway", "Norway will pay 500 euros for every boat"),
        ("they freed kovac in olden on sunday", "Anna Kovac was freed in Olden on Sunday"),
        ("the drug lowers the risk by 33%", "The drug cut the risk by a third"),
        ("they scrapped the last stage of the rally", "They had to call off the final stage of the rally"),
        ("people in olden were advised to boil water", "People in Olden were told to boil water"),
        ("ten hostages were freed in olden", "Ten of the fifteen hostages were freed in Olden"),
        ("10 out of 15 hostages were freed in olden", "Ten of the fifteen hostages were freed in Olden"),
        ("a soldier who was off duty shot lee", "Lee was shot by an off-duty soldier"),
        ("it fell for the third year running", "It fell for the third year in a row"),
        ("did they recall more than 2200 cars in olden", "They recalled 2,222 cars in Olden"),
        ("lee says no cruise missiles for olden", "Lee ruled out sending cruise missiles to Olden"),
        ("the report said nothing about the boats of lee", "The report did not mention the boats of Lee"),
        ("did she call off the rest of the tour", "She cancelled the second half of the tour"),
        (
            "whats lee saying about the dam",
            "The dam floods Olden if it snows a lot on the way up to the northern ridge",
        ),
    ],
)
def test_what_says_the_same_in_chat_is_no_contradiction(question: str, record: str) -> None:
    assert not kinds(question, record)


@pytest.mark.parametrize(
    ("kind", "question", "record"),
    [
        ("date", "night trains to oslo stop in march", "Night trains to Oslo will stop in December"),
        ("direction", "talks w/o sweden about boats broke down", "Talks with Sweden about boats broke down"),
        ("modality", "did norway fire missiles at the port", "Denmark expects Norway to use missiles at the port"),
        ("modality", "has it been shown that rye cuts the risk of gout", "Rye may lower the risk of gout"),
        ("amount", "did a ship bring 1,000 tonnes of arms", "A ship brought 1,000 containers filled with arms"),
        ("negation", "the mayor doesn't expect olden to sell the dam", "Olden will sell the dam, the mayor expects"),
        ("name", "did vladimir putin meet xi jinping in may", "Vladimir Putin met Viktor Orban in May"),
        ("amount", "did the drone close the port for ten hours", "The drone closed the port for an hour"),
        ("antonym", "lightning killed a referee on the pitch", "Lightning struck the pitch and killed a player"),
        ("modality", "is it definitely proven that the dam leaks", "It can be assumed that the dam leaks"),
        ("antonym", "are the new boats less advanced than the old", "The new boats are more advanced than the old"),
        ("amount", "did the film earn 180 million euros", "The film cost 180 million euros and earned 9 million euros"),
        ("antonym", "did sales in olden climb to 10.6%", "Boat sales fell to 10.6 percent in Olden"),
        ("claimant", "did the engineers say the dam was safe", "The mayor said the dam was safe, engineers disagreed"),
        ("thing", "did the dam break because of terrorists", "The dam broke because of a design error"),
        ("thing", "did a dog find a boy and his uncle in olden", "A dog found a boy in Olden"),
        ("condition", "is the port closing on monday", "The port will close on Monday if it snows"),
        ("modality", "will the comet definitely come back", "The comet may come back"),
        ("place", "did niger launch a boat in august", "Nigeria launched a boat in August"),
        ("number", "did each bin 60 kg of food per household", "They binned 60 kilograms of food per person"),
        ("negation", "was the mayor in olden with his wife", "The mayor was in Olden without his wife"),
        ("antonym", "was the oak cut down on purpose", "The oak was cut down by mistake"),
        ("antonym", "will the bridge stay open for six weeks", "The bridge will be closed for at least six weeks"),
        ("antonym", "did a ferry with 9 cows sink off olden", "The ferry carried 9 cows when it caught fire off Olden"),
        ("name", "did save the children warn of hunger in olden", "UNICEF warned of hunger in Olden"),
        ("number", "do farmers get 9 euros for every flooded acre", "Farmers get 9 euros for every flooded hectare"),
        ("thing", "flights cancelled due to a miners' strike", "Flights were cancelled because of a nurses' strike"),
        ("direction", "airbus delivered 348 aircraft", "Boeing delivered 348 aircraft, fewer than Airbus"),
        ("negation", "did lee confirm a second lockdown", "Lee called the rumours of a second lockdown nonsense"),
        ("number", "did lee plan a third lockdown", "Lee planned a second lockdown"),
        ("number", "three teachers were hurt in olden", "A teacher was hurt in Olden"),
        ("antonym", "the vote was brought forward to 3 december", "The vote was postponed until 3 December"),
        ("antonym", "a man was slightly injured in olden", "A man was seriously injured in Olden"),
        ("direction", "olden bought new boats instead of bikes", "Olden bought new bikes instead of boats"),
        ("antonym", "a revenue of 9 million pounds in olden", "A profit of 9 million pounds in Olden"),
        ("scope", "did lee give away his entire pay", "Lee gave away a quarter of his pay"),
        ("scope", "lee met kim in olden only about boats, nothing else", "Lee met Kim in Olden about boats and bikes"),
        ("thing", "was a boy in olden rescued by his own dog", "A boy was rescued in Olden"),
        ("modality", "did the economy of chad shrink in 2025", "Lee expects the economy of Chad to shrink in 2025"),
        ("number", "is olden half as large as malta", "Olden is twice as large as Malta"),
        ("antonym", "did the singer leave the band in 2016", "The drummer left the band in 2016"),
        ("amount", "olden harbour reached 38 fahrenheit", "Olden harbour reached 38 degrees"),
        ("antonym", "did lee escape from prison in olden", "Lee was released from prison in Olden"),
        ("negation", "were they told not to boil water in olden", "They were told to boil water in Olden"),
        ("antonym", "will olden host the athletics finals", "Olden will host the cycling finals"),
        ("scope", "half the harbour was left in the dark", "The whole harbour was left in the dark"),
        ("antonym", "will the firm create 900 jobs in olden", "The firm will cut 900 jobs in Olden"),
        ("antonym", "was lee found guilty of all charges", "Lee was cleared of all charges"),
        ("number", "did it fall for the first time in olden", "It fell in Olden for the third year in a row"),
        ("thing", "did norway's economy shrink in 2024 and 2025", "Norway's population shrank in 2024 and 2025"),
        ("thing", "did they rule out speeding as the cause", "They ruled out sabotage as the cause"),
        ("negation", "was a link to rye found", "They watched 9 cows for ten years and found no link to rye"),
        ("antonym", "did 1,300 pilgrims fall ill in olden in june", "1,300 pilgrims died in Olden in June"),
        ("scope", "only norway must pay for the dam", "Norway and Denmark must pay for the dam"),
        ("modality", "has the harm been fully assessed", "The harm was still being assessed"),
        ("thing", "did they buy five KN-24 missiles in olden", "They bought five KN-23 missiles in Olden"),
        ("antonym", "was the oak felled on purpose", "The oak was felled by mistake"),
    ],
)
def test_what_says_something_else_in_chat_is_a_contradiction(kind: str, question: str, record: str) -> None:
    assert kind in kinds(question, record)


def test_who_said_it_is_nobody_who_did_it() -> None:
    said = "lee said there were two bells given, in may with at least one rope and in july with several ropes"
    assert not kinds(said, BELL, "Ann Lee")
    assert not kinds("lee says the bell got rung 3 times by norway", "Norway rang Sweden's bell 3 times", "Ann Lee")
    assert not kinds("that Danish woman, Ann Lee, said Norway gave Sweden a bell twice", BELL, "Ann Lee")
    assert kinds("Denmark's ambassador said that Denmark gave Sweden a bell twice", BELL, "Ann Lee")


def test_whoever_is_named_between_commas_is_known_as_the_speaker() -> None:
    tokens = read("that man from the UN, Robert Wood, said the dam broke").speaker
    assert [token.lower for token in tokens] == ["un", "robert", "wood"]
    assert not read("yes, he said the dam broke").speaker


def test_a_statesman_is_known_by_each_of_his_names() -> None:
    assert not kinds("did zelenskyy meet bibi in may", "Volodymyr Zelensky met Benjamin Netanyahu in May")
    assert kinds("erdogan said the dam leaks", "The dam leaks", "Emmanuel Macron") == {"claimant"}
    assert not kinds("tayyip erdogan said the dam leaks", "The dam leaks", "Recep Tayyip Erdogan")


def test_a_common_word_misspelt_is_no_name_and_another_word_is() -> None:
    around = read(DAM)
    assert not stranger_conflicts(read("the kelmar dam broke becuase it rained"), around)
    assert [c.kind for c in stranger_conflicts(read("did the kelmar dam in modena break"), around)] == ["name"]


def test_a_name_may_have_its_capital_inside_and_a_unit_is_none() -> None:
    assert [name.surface for name in read("No way, easyJet sold it?").names] == ["easyJet"]
    assert not read("was it 26.4 degC there?").names


def test_phrases_are_read_in_the_third_person_too() -> None:
    assert in_plain_words("she turns down the job and hands out cash") == "she rejects the job and distributes cash"
    assert in_plain_words("he passes away, it carries on") == "he dies, it continues"
    assert in_plain_words("w/ him, w/o her, George W Bush") == "with him, without her, George W Bush"
    assert all(len({len(wording) for wording in line}) == 1 for line in everyday_lines())
