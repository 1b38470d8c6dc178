"""Contrast pairs: `python tests/benchmarks/contrast.py [FILE]` (without FILE: tests/data/contrast_pairs.jsonl).

Each line is a claim with a question that either conflicts with it or is an honest rewording. All claims of the file
are on record. Counts by kind what the bot answers, and how many pairs a bare threshold (WRatio >= 90) would match.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from bench import asker_over, table, wilson
from rapidfuzz import fuzz

from bot.model import Claim, Outcome

DATA = Path(__file__).parents[1] / "data"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=DATA / "contrast_pairs.jsonl")
    parser.add_argument("--wrong", action="store_true", help="list the pairs that came out wrong")
    arguments = parser.parse_args()
    pairs = [json.loads(line) for line in arguments.file.read_text("utf-8").splitlines()]
    ids = {text: f"c{place}" for place, text in enumerate(dict.fromkeys(pair["claim"] for pair in pairs))}
    claimants = {pair["claim"]: pair["claimant"] for pair in pairs}
    asker = asker_over(_claim(text, ids[text], claimants[text]) for text in ids)
    tally: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        answer = asker.ask(pair["question"])
        outcome = str(answer.outcome)
        if answer.outcome is Outcome.MATCH and answer.hits[0].claim.external_id != ids[pair["claim"]]:
            outcome = "other claim"
        count = tally[pair["conflict"], pair["kind"]]
        count[outcome] += 1
        count["all"] += 1
        count["baseline"] += fuzz.WRatio(pair["question"].lower(), pair["claim"].lower()) >= 90
        if arguments.wrong and (outcome == "match") == pair["conflict"]:
            print(pair["kind"], "|", pair["question"], "|", pair["claim"], "|", pair["claimant"], "|", outcome, end=" ")
            print([(h.claim.text[:50], h.score, h.difference) for h in (answer.hits or answer.candidates)[:2]])
    head = ["", "kind", "pairs", "match", "different", "ambiguous", "none", "other claim", "WRatio ≥ 90"]
    rows: list[list[object]] = [head]
    for (conflict, kind), count in sorted(tally.items(), key=lambda item: (not item[0][0], item[0][1])):
        rows.append(
            [
                "conflict" if conflict else "rewording",
                kind,
                count["all"],
                *(count[name] for name in head[3:8]),
                count["baseline"],
            ]
        )
    table(rows)
    for conflict, goal in (
        (True, "conflicts answered match (goal 0)"),
        (False, "rewordings answered match (goal 0.95)"),
    ):
        counts = [count for (kind, _), count in tally.items() if kind is conflict]
        total, matched = sum(c["all"] for c in counts), sum(c["match"] for c in counts)
        low, high = wilson(matched, total)
        other = sum(c["other claim"] for c in counts)
        baseline = sum(c["baseline"] for c in counts)
        print(f"{goal}: {matched} of {total} ({matched / total:.3f}, Wilson {low:.3f} to {high:.3f})")
        print(f"  answered with another claim: {other}; WRatio >= 90 would match {baseline}")


def _claim(text: str, number: str, claimant: str) -> Claim:
    name, _, role = claimant.partition(", ")
    return Claim(text=text, external_id=number, claimant=name, claimant_role=role)


if __name__ == "__main__":
    main()
