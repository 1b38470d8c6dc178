"""The pairs that the cross-encoder learns from: written ones (tests/data/), and headlines and tweets with their claims.

A fifth of each, by claim, is held back (`held`): what joins the cross-encoder with the rest of the matcher is learned
there. No question of an ASKCLAIMS folder, nothing with one's claim and no claim of a development tweet is among them.
"""

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claim_pairs import read_clef_claims, read_clef_tweets, read_material
from counterfactuals import exchange, exchanged
from encoder_net import CONFLICT, OTHER, SAME, Example
from near_copies import NearCopies
from rapidfuzz import fuzz

from bot.matching.cross_encoder import claim_side
from bot.matching.index import Index, content_keys
from bot.matching.spelling import mended
from bot.model import Claim
from bot.starter.build import read_claims

DATA = Path(__file__).parents[1] / "data"
NEAREST_OTHERS = 6
"""Claims nearest to a question of which two, if they are others, are pairs with it."""
EXCHANGED_COUNT = 0.7
"""How much a pair counts that was made by exchanging words: now and then one is clumsy."""
LEARNED = 11_497
"""Groups from which the cross-encoder that ships was trained, in the order of the file; it has not seen later ones."""
OTHERS_COUNT = 0.7
"""How much such a pair counts: now and then one is a twin of the right claim."""


class Written(NamedTuple):
    """A pair with the claim that decides whether it is held back."""

    example: Example
    claim: str
    exchanged: bool = False


def held(claim: str) -> bool:
    """Tell whether what is about this claim is held back from training."""
    return zlib.crc32(claim.encode()) % 5 == 0


def written() -> list[Written]:
    """Return the pairs written for this project: with their claims, and starting questions with the starter's."""
    return [*_groups(), *_contrast(), *_starter()]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}_pairs.jsonl").read_text("utf-8").splitlines()]


def groups() -> list[dict[str, Any]]:
    """Return training_pairs.jsonl: claims, each with texts that say the same, contradict it, or do neither."""
    return _lines("training")


@cache
def unseen() -> frozenset[str]:
    """Return the claims of the groups that the cross-encoder which ships has not learned from."""
    return frozenset(group["claim"] for at, group in enumerate(groups()) if at >= LEARNED or held(group["claim"]))


def _groups() -> Iterator[Written]:
    """Yield the pairs of all groups; a wording of each claim is also a pair with the claim nearest to it."""
    told = groups()
    index = Index.build(Claim(text=group["claim"], external_id=str(at)) for at, group in enumerate(told))
    for at, group in enumerate(told):
        said = claim_side(group["claim"], group["claimant"])
        labelled = [(text, SAME) for text in group["same"]]
        labelled += [(text, CONFLICT) for _, text in group["conflict"]]
        labelled += [(text, OTHER) for text in group["other"]]
        labelled += [(text, SAME if answered == "yes" else OTHER) for answered, text in group.get("open", [])]
        for text, label in labelled:
            yield Written(Example(text, said, label), group["claim"])
        conflict = [text for _, text in group["conflict"]]
        answered = [text for answered, text in group.get("open", []) if answered == "yes"]
        for asked, text, alike in exchanged(group["claim"], group["same"], conflict, answered):
            label = SAME if alike else CONFLICT
            pair = Example(asked, claim_side(text, group["claimant"]), label, EXCHANGED_COUNT)
            yield Written(pair, group["claim"], exchanged=True)
        asked = group["same"][at % len(group["same"])]
        near = (index.entries[doc].id for doc in index.nearest(list(content_keys(asked)), ["global"], 2))
        for number in near:
            if number != str(at):
                other = told[int(number)]
                side = claim_side(other["claim"], other["claimant"])
                yield Written(Example(asked, side, OTHER, OTHERS_COUNT), group["claim"])


def nearly_copied() -> Iterator[Written]:
    """Yield pairs that are nearly word for word the same: of each group two that say so, and up to two that do not."""
    told = groups()
    copies = NearCopies([text for group in told for text in (group["claim"], *group["same"])])
    for at, group in enumerate(told):
        claim, who = group["claim"], group["claimant"]
        side, name = claim_side(claim, who), who.partition(", ")[0]
        wording = group["same"][at % len(group["same"])]
        conflicts = sorted((text for _, text in group["conflict"]), key=lambda text: -fuzz.ratio(claim, text))
        pairs = [
            (copies.of(claim, name), side, SAME), (copies.of(wording, name), claim_side(wording, who), SAME),
            *((copies.of(text, name, less=False), side, CONFLICT) for text in conflicts[:1]),
            *((copies.of(claim, name, less=False), claim_side(text, who), CONFLICT) for text in conflicts[1:2]
              if exchange(claim, text)),
        ]  # fmt: skip
        for asked, said, label in pairs:
            yield Written(Example(mended(asked, said), said, label), claim)


def _contrast() -> Iterator[Written]:
    for pair in _lines("contrast"):
        side = claim_side(pair["claim"], pair["claimant"])
        yield Written(Example(pair["question"], side, CONFLICT if pair["conflict"] else SAME), pair["claim"])


def _starter() -> Iterator[Written]:
    claims = {claim.external_id: claim for claim in read_claims()}
    for line in (DATA / "starter_questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if len(row["claims"]) != 1 or "ambiguous" in row["outcome"]:
            continue
        claim = claims[row["claims"][0]]
        side = claim_side(claim.text, claim.claimant, claim.claimant_role)
        yield Written(Example(row["question"], side, SAME if "match" in row["outcome"] else CONFLICT), row["question"])


def headlines(askclaims: Path, clef: Path) -> list[Written]:
    """Return headlines and training tweets, each with its claim and two of those nearest to it."""
    material = read_material(askclaims, clef)
    listed = read_clef_claims(clef)
    numbers = {text: number for number, text in material.claims.items()}

    def golds(part: str) -> list[tuple[str, set[str]]]:
        tweets = read_clef_tweets(clef, part)
        return [(text, {numbers[listed[claim][0]] for claim in claims}) for text, claims in tweets]

    closed = set().union(*(gold for _, gold in golds("dev")))
    asked = {question.group for question in material.questions if question.answerable is not None}
    open_questions = [(q.text, set(q.gold)) for q in material.questions if q.group not in asked]
    index = Index.build(Claim(text=text, external_id=number) for number, text in material.claims.items())
    rng = random.Random(0)
    found: list[Written] = []
    for text, gold in [*open_questions, *golds("train")]:
        if not gold & closed:
            found += _with_others(text, gold, index, material.claims, rng)
    return found


def _with_others(
    text: str, gold: set[str], index: Index, claims: dict[str, str], rng: random.Random
) -> Iterator[Written]:
    right = claims[rng.choice(sorted(gold))]
    yield Written(Example(text, right, SAME), text)
    docs = index.nearest(list(dict.fromkeys(content_keys(text))), ["global"], 2 * NEAREST_OTHERS)
    others = [number for doc in docs if (number := index.entries[doc].id) not in gold][:NEAREST_OTHERS]
    for number in [*others[:1], *_one_of(others[1:], rng)]:
        yield Written(Example(text, claims[number], OTHER, OTHERS_COUNT), text)


def _one_of(numbers: Sequence[str], rng: random.Random) -> list[str]:
    return [rng.choice(numbers)] if numbers else []
