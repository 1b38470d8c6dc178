"""Questions on the starter: `python tests/benchmarks/starter.py [FILE]` (unset: tests/data/starter_questions.jsonl).

Counts by kind what is right, and what is worst: a `match` that is wrong.
"""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from bench import table

from bot.ask import Asker
from bot.model import Answer, Outcome
from bot.store import Store

DATA = Path(__file__).parents[1] / "data"


def right(row: dict[str, list[str]], answer: Answer) -> bool:
    """Tell whether an answer has an accepted outcome and shows accepted claims."""
    shown = [hit.claim.external_id for hit in answer.hits]
    if str(answer.outcome) not in row["outcome"]:
        return False
    if answer.outcome is Outcome.AMBIGUOUS:
        return all(claim in row["claims"] for claim in shown)
    return not shown or shown[0] in row["claims"]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=DATA / "starter_questions.jsonl")
    parser.add_argument("--wrong", action="store_true", help="list what came out wrong")
    arguments = parser.parse_args()
    asked: Counter[str] = Counter()
    good: Counter[str] = Counter()
    wrong_match: Counter[str] = Counter()
    with Store.open(Path(tempfile.mkdtemp()) / "facts.db", missing="starter") as store:
        asker = Asker(store)
        for row in map(json.loads, arguments.file.read_text("utf-8").splitlines()):
            answer = asker.ask(row["question"])
            kind, fine = row["kind"], right(row, answer)
            asked[kind] += 1
            good[kind] += fine
            wrong_match[kind] += answer.outcome is Outcome.MATCH and not fine
            if arguments.wrong and not fine:
                shown = [(hit.claim.external_id, hit.score, hit.difference) for hit in answer.hits]
                print(kind, row["question"][:200], f"want {row['outcome']} {row['claims']}", sep=" | ", end=" | ")
                print(answer.outcome, shown)
    rows: list[list[object]] = [["kind", "questions", "right", "wrong match"]]
    rows += [[kind, asked[kind], good[kind], wrong_match[kind]] for kind in asked]
    table([*rows, ["all", asked.total(), good.total(), wrong_match.total()]])


if __name__ == "__main__":
    main()
