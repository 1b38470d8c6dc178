"""Reads the data folders that the matcher is trained and measured on (see the README's chapter on the matcher).

`askclaims` folder: claims.csv, questions.jsonl. `clef` folder: verified_claims.docs.tsv, train/ and dev/ with tweets
and their claims, as released for CLEF-2020 CheckThat! task 2.
"""

import csv
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.matching.index import content_keys


@dataclass(frozen=True)
class Question:
    """A question with the ids of the claims that are the same claim; `group` never spans two folds."""

    text: str
    gold: frozenset[str]
    group: str
    answerable: bool | None = None


@dataclass(frozen=True)
class Material:
    """Claims by id (each text once) and the questions about them."""

    claims: dict[str, str]
    questions: list[Question]


def read_askclaims(folder: Path) -> tuple[dict[str, str], list[dict[str, object]]]:
    """Return the claims by id and the questions as they stand in the folder."""
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        claims = {row["external_id"]: row["text"] for row in csv.DictReader(file)}
    with (folder / "questions.jsonl").open(encoding="utf-8") as file:
        return claims, [json.loads(line) for line in file]


def read_clef_claims(folder: Path) -> dict[str, tuple[str, str]]:
    """Return claim and headline by the claim's number."""
    rows = _tsv(folder / "verified_claims.docs.tsv")
    return {row[0]: (row[1], row[2]) for row in rows}


def read_clef_tweets(folder: Path, part: str) -> list[tuple[str, list[str]]]:
    """Return each tweet of a part (train, dev) with the numbers of its claims."""
    tweets = {row[0]: row[1] for row in _tsv(folder / part / "tweets.queries.tsv")}
    gold: dict[str, list[str]] = defaultdict(list)
    for line in (folder / part / "tweet-vclaim-pairs.qrels").read_text("utf-8").splitlines():
        tweet, _, claim, *_ = line.split()
        gold[tweet].append(claim)
    return [(tweets[number], claims) for number, claims in gold.items() if number in tweets]


def _tsv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


def read_material(askclaims: Path, clef: Path) -> Material:
    """Join both folders: every headline is a question about its claim; equal claims are one, and share a group."""
    listed, asked = read_askclaims(askclaims)
    headlines = read_clef_claims(clef)
    claims: dict[str, str] = {}
    by_text: dict[str, str] = {}
    for number, text in [*listed.items(), *((f"clef-{n}", claim) for n, (claim, _) in headlines.items())]:
        if text not in by_text:
            by_text[text] = number
            claims[number] = text
    gold: dict[str, set[str]] = defaultdict(set)
    for claim, headline in headlines.values():
        gold[headline].add(by_text[claim])
    answerable: dict[str, bool] = {}
    for row in asked:
        question = str(row["q"])
        answerable[question] = bool(row["answerable"])
        gold[question] |= {by_text[listed[g]] for g in row["gold"]}  # type: ignore[attr-defined]
        if row.get("was") in by_text:
            gold[question].add(by_text[str(row["was"])])
    _add_twins(gold, claims)
    groups = _groups(gold)
    questions = [Question(q, frozenset(g), groups[q], answerable.get(q)) for q, g in gold.items() if g]
    return Material(claims, questions)


def _add_twins(gold: dict[str, set[str]], claims: dict[str, str]) -> None:
    """Count claims with the very same content words as one claim."""
    signature = {number: frozenset(content_keys(text)) for number, text in claims.items()}
    twins: dict[frozenset[str], set[str]] = defaultdict(set)
    for number, words in signature.items():
        twins[words].add(number)
    for numbers in gold.values():
        for number in list(numbers):
            numbers |= twins[signature[number]]


def _groups(gold: dict[str, set[str]]) -> dict[str, str]:
    """Return for each question the name of its group: questions that share a claim, directly or by way of others."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for question, numbers in gold.items():
        for number in numbers:
            parent[root("claim " + number)] = root("question " + question)
    return {question: root("question " + question) for question in gold}


def fold_of(group: str, folds: int = 5) -> int:
    """Return the fold of a group, the same in every run."""
    return zlib.crc32(group.encode()) % folds


def chunks(items: list[Question], size: int) -> Iterable[list[Question]]:
    """Cut a list into pieces."""
    return (items[at : at + size] for at in range(0, len(items), size))
