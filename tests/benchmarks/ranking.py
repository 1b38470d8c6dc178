"""Ranking of a CLEF folder's tweets: `python tests/benchmarks/ranking.py FOLDER [--part dev]`: MAP@5, with baselines.

Claims are indexed with their headlines (as phrasings; for the baselines as one text), as the release means it, or
with --claims-only alone. The matcher's words were learned from these headlines (train_matcher.py), never from tweets.
"""

import argparse
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from baselines import all_rankers
from bench import asker_over, table
from claim_pairs import read_clef_claims, read_clef_tweets

from bot.ask import Asker
from bot.model import Claim


def average_precision(ranked: Sequence[str], gold: Collection[str]) -> float:
    """Return the average precision of the first five."""
    found, hits = 0.0, 0
    for place, number in enumerate(ranked[:5], 1):
        if number in gold:
            hits += 1
            found += hits / place
    return found / min(5, len(gold))


def mean_average_precision(rank: Callable[[str], Sequence[str]], tweets: Sequence[tuple[str, list[str]]]) -> float:
    """Return MAP@5: the mean over tweets of the average precision of the first five claims."""
    return sum(average_precision(rank(tweet), gold) for tweet, gold in tweets) / len(tweets)


def found_by(asker: Asker, text: str, *, closely: bool) -> list[str]:
    """Return the ids of the claims that search finds for a text, best first."""
    return [hit.claim.external_id for hit in asker.search(text, closely=closely)]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--claims-only", action="store_true", help="leave the headlines out")
    arguments = parser.parse_args()
    both = read_clef_claims(arguments.folder)
    if arguments.claims_only:
        both = {number: (claim, "") for number, (claim, _) in both.items()}
    claims = {number: f"{claim} {headline}".strip() for number, (claim, headline) in both.items()}
    tweets = read_clef_tweets(arguments.folder, arguments.part)
    numbers, texts = list(claims), list(claims.values())
    asker = asker_over(
        Claim(text=claim, external_id=number, phrasings=tuple(filter(None, [headline])))
        for number, (claim, headline) in both.items()
    )
    rows: list[list[object]] = [["ranker", "MAP@5"]]
    for name, closely in (("factbot", True), ("factbot, words alone", False)):
        rows.append([name, mean_average_precision(partial(found_by, asker, closely=closely), tweets)])
    for name, rank in all_rankers(texts).items():
        rows.append([name, mean_average_precision(lambda t, r=rank: [numbers[at] for at, _ in r(t, 5)], tweets)])  # type: ignore[misc]
    print(f"{len(claims)} claims, {len(tweets)} tweets of {arguments.part}")
    table(rows)


if __name__ == "__main__":
    main()
