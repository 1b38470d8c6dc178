"""The signals: numbers that say how well one wording of a claim fits a question.

`compare` aligns the words of the question with those of a wording and of the claim's context, and measures both what
they share and what each lacks. The signals mean the same in a small and in a large database, because word weights
lean on general English.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.matching.evidence import Scales
from bot.matching.kinship import typo_of
from bot.matching.meaning import learned_meanings

SIGNALS = (
    "share of the question on record", "the same with kindred words", "heaviest word missing",
    "second heaviest word missing", "third heaviest word missing", "all words missing", "words missing",
    "evidence of missing words", "evidence of shared words", "weight of shared words", "kindred words",
    "words in the question", "short question", "share of the claim asked for", "heaviest claim word not asked for",
    "second heaviest claim word not asked for", "claim words not asked for", "evidence of claim words not asked for",
    "evidence of claim words asked for", "words in the claim", "token set ratio", "token sort ratio", "ratio",
    "partial ratio", "neighbouring words shared", "numbers only in the question", "numbers shared",
    "numbers only in the claim", "shared in both directions", "heaviest word of the question", "nothing missing",
    "almost nothing missing", "share of what is no name on record", "names shared", "claim names asked for",
    "nothing but names", "alike in meaning", "share of the question met in meaning",
    "share of the claim met in meaning",
)  # fmt: skip


WHOLE = 0.95
"""Share of the question's weight from which a claim says all that the question says."""


class Aligned(NamedTuple):
    """One word of the question: what it met in the claim, how (exact, context, …, missing) and how surely (0 to 1)."""

    key: str
    met: str
    how: str
    sureness: float


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a claim is put, with the words around it that count as known without being said."""

    keys: Sequence[str]
    named: Collection[str] = ()
    context: Collection[str] = ()
    elsewhere: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The signals, in the order of SIGNALS, and the alignment that they were measured on."""

    values: tuple[float, ...]
    aligned: tuple[Aligned, ...]


def align(key: str, wording: Wording, said: Collection[str], scales: Scales) -> Aligned:
    """Find what a word of the question meets in a claim: itself, else the nearest kin."""
    if key in said:
        return Aligned(key, key, "exact", 1.0)
    if key in wording.context:
        return Aligned(key, key, "context", 1.0)
    if key in wording.elsewhere:
        return Aligned(key, key, "phrasing", 0.85)
    kin = next((one for one in scales.kin(key) if one.other in said), None)
    best = Aligned(key, kin.other, kin.how, kin.sureness) if kin else Aligned(key, "", "missing", 0.0)
    alike, met = typo_of(key, said)
    return Aligned(key, met, "typo", alike) if alike > best.sureness else best


class Alignment(NamedTuple):
    """What the words of a question met in a wording, and what that is worth."""

    wording: Wording
    aligned: tuple[Aligned, ...]
    asked: "_Asked"

    @property
    def share(self) -> float:
        """The share (0 to 1) of the question's weight that the wording holds, the second of the signals."""
        return (self.asked.exact + self.asked.kindred) / self.asked.total


def aligned_with(question: Sequence[str], wording: Wording, scales: Scales) -> Alignment:
    """Align the content words of `question` (each once) with a wording: the first, cheaper half of a comparison."""
    said = set(wording.keys)
    aligned = tuple(align(key, wording, said, scales) for key in question)
    return Alignment(wording, aligned, _asked_side(aligned, scales))


def compare(question: Sequence[str], alignment: Alignment, scales: Scales) -> Comparison:
    """Measure how well a wording fits the content words of `question` that were aligned with it."""
    wording, aligned, asked = alignment
    said = set(wording.keys)
    claim = _claim_side(question, wording, aligned, scales)
    names = _beside_names(aligned, wording, scales)
    exact, kindred, total = asked.exact, asked.kindred, asked.total
    numbers, told = _numbers(question), _numbers(said)
    on_record = told | _numbers(wording.context)
    covered = alignment.share
    values = (
        exact / total, covered, *_heaviest(asked.missing, 3), sum(asked.missing), sum(m > 1.5 for m in asked.missing),
        asked.evidence_missing, asked.evidence_shared, exact, kindred, len(question), 1 / max(1, len(question)),
        *claim, *_ratios(question, wording.keys), len(numbers - on_record), len(numbers & on_record),
        len(told - numbers), covered * claim[0], asked.heaviest, float(exact / total > 0.99), float(covered > WHOLE),
        *names, *_in_meaning(aligned, wording, scales),
    )  # fmt: skip
    return Comparison(values, aligned)


class _Asked(NamedTuple):
    total: float
    exact: float
    kindred: float
    heaviest: float
    missing: list[float]
    evidence_missing: float
    evidence_shared: float


def _asked_side(aligned: Sequence[Aligned], scales: Scales) -> _Asked:
    """Measure what the question says that is on record, and what of it is not."""
    total = exact = kindred = heaviest = evidence_missing = evidence_shared = 0.0
    missing = []
    for key, _, _, sureness in aligned:
        weight, odds, importance, _ = scales[key]
        total += weight
        heaviest = max(heaviest, weight)
        missing.append((1 - sureness) * weight * importance)
        if sureness >= 1.0:
            exact += weight
            evidence_shared += odds.shared
        else:
            kindred += weight * sureness
            evidence_missing += odds.missing * (1 - 0.8 * sureness)
    return _Asked(total or 1e-9, exact, kindred, heaviest, missing, evidence_missing, evidence_shared)


def _claim_side(
    question: Sequence[str], wording: Wording, aligned: Sequence[Aligned], scales: Scales
) -> tuple[float, ...]:
    """Measure what the claim says that the question does not."""
    met = {a.met for a in aligned}.union(question)
    once = dict.fromkeys(wording.keys)
    total = left = evidence_unasked = evidence_asked = 0.0
    unasked = []
    for key in once:
        weight, odds, _, importance = scales[key]
        total += weight
        if key in met:
            evidence_asked += odds.asked
        else:
            left += weight
            evidence_unasked += odds.unasked
            unasked.append(weight * importance)
    asked_for = 1 - left / (total or 1e-9)
    return asked_for, *_heaviest(unasked, 2), sum(unasked), evidence_unasked, evidence_asked, len(once)


def _beside_names(aligned: Sequence[Aligned], wording: Wording, scales: Scales) -> tuple[float, ...]:
    """Measure names and the rest apart: five names in common say nothing when what is said of them is missing."""
    rest = rest_met = names = 0.0
    for key, met, _, sureness in aligned:
        if met in wording.named:
            names += scales[key].weight
        else:
            rest += scales[key].weight
            rest_met += scales[key].weight * sureness
    met_words = {a.met for a in aligned}
    own = sum(scales[key].weight for key in wording.named)
    own_met = sum(scales[key].weight for key in wording.named if key in met_words)
    return (rest_met / rest if rest else 1.0, log1p(names), own_met / own if own else 1.0, float(not rest))


def _in_meaning(aligned: Sequence[Aligned], wording: Wording, scales: Scales) -> tuple[float, float, float]:
    """Measure how near the question and the claim are where they use other words."""
    asked = {a.key: scales[a.key].weight for a in aligned if a.how != "context"}
    said = {key: scales[key].weight for key in wording.keys}
    if not asked or not said:
        return 0.0, 0.0, 0.0
    near = learned_meanings().compared(asked, said)
    nearest = dict(zip(asked, near.asked, strict=True))
    asked_met = sum(scales[a.key].weight * max(a.sureness, nearest.get(a.key, 0.0)) for a in aligned)
    met = {a.met for a in aligned}
    said_met = sum(said[key] * (1.0 if key in met else n) for key, n in zip(said, near.said, strict=True))
    return near.whole, asked_met / sum(scales[a.key].weight for a in aligned), said_met / sum(said.values())


def _heaviest(amounts: Sequence[float], places: int) -> tuple[float, ...]:
    """Return the largest amounts, 0 for those that are not there."""
    return (*sorted(amounts, reverse=True)[:places], *[0.0] * (places - len(amounts)))


def _numbers(keys: Collection[str]) -> set[str]:
    return {key for key in keys if key[0].isdigit()}


def _ratios(question: Sequence[str], keys: Sequence[str]) -> tuple[float, ...]:
    """Return four rapidfuzz ratios (0 to 1) and the share of the question's word pairs that the claim has."""
    asked, said = " ".join(question)[:400], " ".join(dict.fromkeys(keys))[:400]
    pairs, there = set(pairwise(question)), set(pairwise(keys))
    return (
        fuzz.token_set_ratio(asked, said) / 100, fuzz.token_sort_ratio(asked, said) / 100,
        fuzz.ratio(asked, said) / 100, fuzz.partial_ratio(asked, said) / 100, len(pairs & there) / max(1, len(pairs)),
    )  # fmt: skip
