"""Quality on an askclaims folder: `python tests/benchmarks/quality.py FOLDER [--plain]`.

The bot's own decisions (counts, Wilson interval) and, beside the baselines in the same run, what share of the
answerable questions each answers rightly when its best threshold makes 95 or 99 % of all answers right.
"""

import argparse
from collections import Counter
from pathlib import Path

from baselines import all_rankers
from bench import asker_over, coverage_at, plain_claims, table, wilson
from claim_pairs import read_askclaims

from bot.model import Outcome


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="only the bot, without the baselines")
    parser.add_argument("--wrong", action="store_true", help="list the wrong matches")
    arguments = parser.parse_args()
    claims, questions = read_askclaims(arguments.folder)
    answerable = sum(bool(question["answerable"]) for question in questions)
    asker = asker_over(plain_claims(claims))
    outcomes: Counter[str] = Counter()
    right = 0
    ranked = []
    for question in questions:
        answer = asker.ask(str(question["q"]))
        outcomes[answer.outcome] += 1
        good = bool(answer.hits) and answer.hits[0].claim.external_id in question["gold"]
        right += good and answer.outcome is Outcome.MATCH
        if answer.outcome is Outcome.MATCH and not good and arguments.wrong:
            print(
                "WRONG", question["q"], "->", answer.hits[0].claim.text, "| gold", [claims[g] for g in question["gold"]]
            )
        if answer.outcome is Outcome.DIFFERENT and question["gold"] and arguments.wrong:
            print("DIFF", question["q"], "->", answer.hits[0].claim.text, "|", answer.hits[0].difference)
        if answer.candidates:
            best = answer.candidates[0]
            ranked.append((best.score, best.claim.external_id in question["gold"]))
    matches = outcomes[Outcome.MATCH]
    low, high = wilson(right, matches)
    print(f"{len(claims)} claims, {len(questions)} questions, {answerable} answerable")
    print(f"outcomes: {dict(outcomes)}")
    print(f"match: {right} right of {matches} ({right / max(1, matches):.4f}, Wilson 95 %: {low:.4f} to {high:.4f})")
    print(f"answered rightly: {right / answerable:.3f} of the answerable questions\n")
    rows: list[list[object]] = [["ranker", "best claim first", "coverage at 95 %", "at 99 %"]]
    runs = {"factbot": ranked}
    if not arguments.plain:
        texts = list(claims.values())
        numbers = list(claims)
        for name, rank in all_rankers(texts).items():
            found = [(question, rank(str(question["q"]), 1)) for question in questions]
            runs[name] = [(top[0][1], numbers[top[0][0]] in q["gold"]) for q, top in found if top]
    for name, run in runs.items():
        first = sum(good for _, good in run) / answerable
        rows.append([name, first, coverage_at(run, answerable, 0.95), coverage_at(run, answerable, 0.99)])
    table(rows)


if __name__ == "__main__":
    main()
