"""Chat that asks nothing on record: `python tests/benchmarks/chat.py ASKCLAIMS_FOLDER CLEF_FOLDER [--show]`.

10,000 lines (seed fixed) are asked over a database that answers none of them; every `match` is wrong. Half are hard:
claims, headlines and tweets whose claim, with all that count as the same claim, was taken out of the database. Half are
ordinary chat, made of the parts below. Baseline in the same run: rapidfuzz WRatio that answers from a score of 90 on.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench import asker_over, plain_claims, table, wilson
from claim_pairs import fold_of, read_clef_claims, read_clef_tweets, read_material
from rapidfuzz import fuzz, process

from bot.ask import Asker
from bot.model import Outcome

LINES = 10_000
THIRDS = 3
"""One third of the claims is taken out."""
FUZZY = 90
BASELINE = 300
"""Lines of each kind that the baseline is asked."""

PARTS = {
    "hey": "hey|hi all|morning folks|yo|ok so|lol|honestly|wait|btw|sorry but|not gonna lie|ngl|guys|"
    "anyone here|hmm|oh no|wow|quick question|random thought|update|fyi|same|no way|well|haha|"
    "good evening|dear team|@everyone|ugh",
    "person": "my sister|my boss|the new guy|grandma|our landlord|my roommate|Anna|Tom|Priya|coach|"
    "the dentist|my kid|the neighbour|Marco|our teacher|my ex|the waiter|Uncle Joe|Mei|the plumber|"
    "my doctor|Sam|the intern|President Lee",
    "thing": "the printer|my bike|the dishwasher|that new phone|the router|our van|my laptop|"
    "the coffee machine|the heater|the old tent|her guitar|the fridge|my headphones|the drone|"
    "this keyboard|the lawn mower|his camera|the tv",
    "place": "the gym|Lisbon|the office|Chicago|the lake|the airport|grandma's place|Berlin|the mall|school|"
    "the station|Tokyo|the park|Texas|the harbour|the library|Florida|the White House tour|Walmart|"
    "Paris|the post office|Kyiv",
    "food": "pizza|ramen|banana bread|tacos|burnt toast|oat milk|sushi|pancakes|lentil soup|cold brew|"
    "mac and cheese|vegan burgers|garlic naan|leftover curry|iced tea|cheesecake|popcorn|kimchi",
    "game": "the match|chess|that raid|Mario Kart|the finals|poker night|the derby|trivia|the playoffs|"
    "table tennis|the marathon|fantasy football|the Super Bowl|the world cup game|bingo|"
    "our scrimmage|the speedrun",
    "show": "that documentary|the new season|the finale|the trailer|that podcast|the remake|the anime|"
    "her new album|the concert|the musical|the late show|that old movie|the live stream|the premiere",
    "when": "tonight|tomorrow|on friday|last week|this morning|in march|next year|at 7|in 20 minutes|"
    "after lunch|over the weekend|on the 4th of july|since 2019|by noon|every single day|"
    "during the storm|before christmas",
    "work": "the release|the invoice|my thesis|the quarterly report|the build|the migration|the slides|"
    "the budget|homework 3|the audit|the grant|my tax return|the pull request|the training|"
    "the survey|the contract",
    "feel": "so tired|kinda hungry|really proud|a bit nervous|super happy|over it|confused|freezing|excited|"
    "broke|totally lost|bored|grateful|annoyed|sick again|relieved|in shock|late",
    "number": "2|3|five|seven|12|20|50|a hundred|200|1,500|half|a million|30%|10k|three dozen",
    "talk": "climate stuff|politics|the election|vaccines|taxes|immigration|crypto|the war|gas prices|"
    "football|religion|the news|celebrities|5G|the moon landing|free speech|health insurance|"
    "the royal family|gun laws|the weather",
    "tail": "|lol|!!|...|?|tbh|haha|:)|smh|right?|thoughts?|no joke|thanks|😂|🙏|i guess|for real|again|"
    "as usual|you know",
}  # fmt: skip
FRAMES = (
    "{hey} {person} broke {thing} {when}", "{hey} i am {feel}, who wants {food} {when}",
    "{person} is at {place} {when}", "can someone help me with {work} {when}", "did you see {show} {when}",
    "{hey} {game} starts {when}", "we lost {game} by {number} points", "{person} said {work} is due {when}",
    "is {place} open {when}", "how do i fix {thing} without calling {person}", "{thing} costs {number} dollars now",
    "{person} ate {number} {food}", "please do not talk about {talk} here",
    "{hey} can we stop arguing about {talk} {when}", "{talk} again, i am {feel}",
    "{person} keeps posting about {talk}", "who won {game} {when}",
    "i read something about {talk} {when}, {feel} now", "{person} and {person} are moving to {place} {when}",
    "there were {number} people at {place} {when}", "i have been to {place} {number} times",
    "{show} was better than {game}", "{person} says {show} is bad", "what time is {game} {when}",
    "was {person} at {place} {when}", "{hey} {work} is done, {feel}", "who is bringing {food} to {game}",
    "is it true that {person} left {place} {when}", "did {person} really say that about {talk}",
    "{person} thinks {talk} will be over {when}", "where did {person} hear that about {talk}",
    "{number} of us went to {place}", "fact check please: {person} never paid for {food}",
    "{person} claims {thing} was stolen at {place} {when}", "video of {person} dancing at {place} {when}",
    "photo of {thing} at {place}", "{hey} new rules for {place} {when}", "breaking: {person} burned {food} {when}",
    "they say {food} is bad for you, {feel}", "does {food} cause weight gain", "i heard {place} is closing {when}",
    "{person} was arrested for {talk}, just kidding", "{person} died in {game} {when}",
    "{number} new messages about {talk}", "the government should fix {talk} {when}",
    "why is everybody {feel} about {talk}", "brb getting {food}", "gg {person}",
    "{hey} what is the wifi password at {place}", "happy birthday {person}",
    "is {person} still selling {thing} for {number}", "meeting moved to {when}, same room", "{hey} thanks for {food}",
)  # fmt: skip


def ordinary(chance: random.Random) -> Iterator[str]:
    """Yield lines of chat, without end."""
    choices = {name: parts.split("|") for name, parts in PARTS.items()}
    while True:
        line = chance.choice(FRAMES)
        while "{" in line:
            name = line[line.index("{") + 1 : line.index("}")]
            line = line.replace(f"{{{name}}}", chance.choice(choices[name]), 1)
        line = f"{line} {chance.choice(choices['tail'])}".strip()
        yield line if chance.random() < 0.6 else line[0].upper() + line[1:]


def hard(askclaims: Path, clef: Path) -> tuple[dict[str, str], list[str]]:
    """Return the claims that stay in the database, and the lines about those that were taken out."""
    material = read_material(askclaims, clef)
    out = {q.text: q.gold for q in material.questions if fold_of(q.group, THIRDS) == 0}
    gone = {number for gold in out.values() for number in gold}
    kept = {number: text for number, text in material.claims.items() if number not in gone}
    texts = {number: claim for number, (claim, _) in read_clef_claims(clef).items()}
    left = {material.claims[number] for number in gone}
    tweets = [
        tweet
        for part in ("train", "dev")
        for tweet, numbers in read_clef_tweets(clef, part)
        if all(texts.get(number) in left for number in numbers)
    ]
    return kept, list(dict.fromkeys([*left, *out, *tweets]))


def wrong(asker: Asker, lines: list[str], *, show: bool) -> Counter[Outcome]:
    """Ask the lines; return how many had which outcome."""
    outcomes: Counter[Outcome] = Counter()
    for line in lines:
        answer = asker.ask(line)
        outcomes[answer.outcome] += 1
        if show and answer.outcome is Outcome.MATCH:
            print(f"MATCH {line!r}\n   -> {answer.hits[0].claim.text!r}")
    return outcomes


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("askclaims", type=Path)
    parser.add_argument("clef", type=Path)
    parser.add_argument("--show", action="store_true", help="print the lines that got a match")
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    claims, about = hard(arguments.askclaims, arguments.clef)
    chatting = ordinary(chance)
    lines = {
        "hard": chance.sample(sorted(about), LINES // 2),
        "ordinary": list(dict.fromkeys(next(chatting) for _ in range(4 * LINES)))[: LINES // 2],
    }
    asker = asker_over(plain_claims(claims))
    folded = [text.lower() for text in claims.values()]
    rows: list[list[object]] = [
        ["lines", "asked", "match", "Wilson 95 %", "different", "ambiguous", "none", "WRatio ≥ 90"]
    ]
    for name, asked in lines.items():
        found = wrong(asker, asked, show=arguments.show)
        _, most = wilson(found[Outcome.MATCH], len(asked))
        fuzzy = sum(bool(_fuzzy(line, folded)) for line in asked[:BASELINE])
        counts = [found[outcome] for outcome in (Outcome.DIFFERENT, Outcome.AMBIGUOUS, Outcome.NONE)]
        rows.append([name, len(asked), found[Outcome.MATCH], f"≤ {most:.4f}", *counts, f"{fuzzy} of {BASELINE}"])
    print(f"{len(claims)} claims on record")
    table(rows)


def _fuzzy(line: str, claims: list[str]) -> object:
    return process.extractOne(line.lower(), claims, scorer=fuzz.WRatio, score_cutoff=FUZZY)


if __name__ == "__main__":
    main()
