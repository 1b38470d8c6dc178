"""Learns in which order search shows claims: `python tests/benchmarks/train_order.py ASKCLAIMS CLEF [--write]`.

Learned from lists, not from single pairs: the weights by which, of the claims near to a post or a headline, the right
one comes first (a softmax over each list; Cao et al. 2007). Posts are CLEF-2020's training tweets, with the headlines
on record and without; a sample of headlines keeps short questions in sight. Without --write: MAP@5 on tweets, in five
folds, by the weights of the other four.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from claim_pairs import fold_of, read_clef_claims, read_clef_tweets, read_material
from fitting import named, write_weights
from ranking import average_precision
from scipy.optimize import minimize

from bot.matching.index import Index
from bot.matching.judge import Line
from bot.matching.matcher import Matcher
from bot.matching.signals import SIGNALS
from bot.model import Claim, claim_id
from bot.text import clean

HEADLINES = 3_000
CAUTION = 5.0
"""How strongly weights are held near nought."""

Found = tuple[list[str], np.ndarray, set[str]]
"""The ids of the claims near to a text, their signals (one row each), and the ids of the right ones."""


def found_for(matcher: Matcher, text: str, gold: Iterable[str]) -> Found:
    """Return what search compares for a text."""
    found = matcher.search(clean(text, 1_000), ["global"])
    rows = np.array([one.comparison.values for one in found]).reshape(len(found), len(SIGNALS))
    return [matcher.index.entries[one.doc].id for one in found], rows, {claim_id("global", number) for number in gold}


def fit_order(lists: Sequence[Found]) -> Line:
    """Return the line under which the right claims have the greatest share of each list's softmax."""
    every = np.vstack([rows for _, rows, _ in lists])
    middle, spread = every.mean(0), every.std(0) + 1e-9
    scaled = [((rows - middle) / spread, _shares(ids, gold)) for ids, rows, gold in lists]
    useful = [(rows, shares) for rows, shares in scaled if shares.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = CAUTION / 2 * float(weights @ weights), CAUTION * weights
        for rows, shares in useful:
            scores = rows @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            total -= float(shares @ np.log(chances + 1e-12))
            slope = slope + (chances - shares) @ rows
        return total, slope

    weights = minimize(loss, np.zeros(len(SIGNALS)), jac=True, method="L-BFGS-B").x / spread
    return Line(SIGNALS, tuple(weights.tolist()), 0.0)


def _shares(ids: Sequence[str], gold: set[str]) -> np.ndarray:
    right = np.array([number in gold for number in ids], float)
    return right / max(1.0, right.sum())


def held_out(posts: Sequence[tuple[str, Found]], headlines: Sequence[Found]) -> float:
    """Return MAP@5 on posts, each ordered by weights learned from the other folds."""
    precisions = []
    for fold in range(5):
        order = fit_order([found for text, found in posts if fold_of(text) != fold] + list(headlines))
        for ids, rows, gold in (found for text, found in posts if fold_of(text) == fold):
            places = np.argsort([-order.log_odds(row) for row in rows], kind="stable")
            precisions.append(average_precision([ids[place] for place in places], gold))
    return float(np.mean(precisions))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("askclaims", type=Path, help="folder with claims.csv and questions.jsonl")
    parser.add_argument("clef", type=Path, help="folder of CLEF-2020 CheckThat! task 2, English")
    parser.add_argument("--write", action="store_true", help="learn from everything and write `order`")
    arguments = parser.parse_args()
    listed = read_clef_claims(arguments.clef)
    posts: list[tuple[str, Found]] = []
    for with_headline in (True, False):
        matcher = _matcher((n, c, h if with_headline else "") for n, (c, h) in listed.items())
        tweets = read_clef_tweets(arguments.clef, "train")
        posts += [(text, found_for(matcher, text, gold)) for text, gold in tweets]
    material = read_material(arguments.askclaims, arguments.clef)
    asked = {q.group for q in material.questions if q.answerable is not None}
    questions = [q for q in material.questions if q.group not in asked]
    matcher = _matcher((number, text, "") for number, text in material.claims.items())
    sample = random.Random(0).sample(questions, HEADLINES)
    headlines = [found for q in sample if (found := found_for(matcher, q.text, q.gold))[0]]
    if arguments.write:
        write_weights(order=named(fit_order([found for _, found in posts if found[0]] + headlines)))
    else:
        print(f"MAP@5 on {len(posts)} posts, held out: {held_out(posts, headlines):.4f}")


def _matcher(claims: Iterable[tuple[str, str, str]]) -> Matcher:
    """Return a matcher over claims given as number, text and headline ("": none)."""
    return Matcher.over(Index.build(Claim(text=t, external_id=n, phrasings=(h,) if h else ()) for n, t, h in claims))


if __name__ == "__main__":
    main()
