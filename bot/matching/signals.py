"""The signals: numbers that say how well one wording of a claim fits a question.

`compare` aligns the words of the question with those of a wording and of the claim's context, and measures both what
they share and what each lacks. The signals mean the same in a small and in a large database, because word weights
lean on general English.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.matching.evidence import Evidence
from bot.matching.kinship import Strengths, synonyms, typo_of
from bot.matching.words import chatter_words

SIGNALS = (
    "share of the question on record", "the same with kindred words", "heaviest word missing",
    "second heaviest word missing", "third heaviest word missing", "all words missing", "words missing",
    "evidence of missing words", "evidence of shared words", "weight of shared words", "kindred words",
    "words in the question", "short question", "share of the claim asked for", "heaviest claim word not asked for",
    "second heaviest claim word not asked for", "claim words not asked for", "evidence of claim words not asked for",
    "evidence of claim words asked for", "words in the claim", "token set ratio", "token sort ratio", "ratio",
    "partial ratio", "neighbouring words shared", "numbers only in the question", "numbers shared",
    "numbers only in the claim", "shared in both directions", "heaviest word of the question", "nothing missing",
    "almost nothing missing",
)  # fmt: skip


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
    context: Collection[str] = ()
    elsewhere: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The signals, in the order of SIGNALS, and the alignment that they were measured on."""

    values: tuple[float, ...]
    aligned: tuple[Aligned, ...]


def align(key: str, wording: Wording, said: Collection[str], counterparts: Strengths) -> Aligned:
    """Find what a word of the question meets in a claim: itself, else the nearest kin."""
    if key in said:
        return Aligned(key, key, "exact", 1.0)
    if key in wording.context:
        return Aligned(key, key, "context", 1.0)
    if key in wording.elsewhere:
        return Aligned(key, key, "phrasing", 0.85)
    best = Aligned(key, "", "missing", 0.0)
    for how, table, trust in (("synonym", synonyms(), 0.9), ("counterpart", counterparts, 1.0)):
        for other, strength in table.of(key).items():
            if trust * strength > best.sureness and other in said:
                best = Aligned(key, other, how, trust * strength)
    alike, met = typo_of(key, said)
    return Aligned(key, met, "typo", alike) if alike > best.sureness else best


def compare(
    question: Sequence[str], wording: Wording, weight: Callable[[str], float], evidence: Evidence
) -> Comparison:
    """Measure how well `wording` fits the content words of `question` (each once)."""
    said = set(wording.keys)
    aligned = tuple(align(key, wording, said, evidence.counterparts) for key in question)
    weights = [weight(key) for key in question]
    total = sum(weights) or 1e-9
    exact = sum(w for w, a in zip(weights, aligned, strict=True) if a.sureness >= 1.0)
    kindred = sum(w * a.sureness for w, a in zip(weights, aligned, strict=True) if a.sureness < 1.0)
    missing = _heaviest(
        ((1 - a.sureness) * w * _importance(a.key, w, evidence) for w, a in zip(weights, aligned, strict=True)), 3
    )
    evidence_missing = sum(
        evidence.missing(a.key, w) * (1 - 0.8 * a.sureness)
        for w, a in zip(weights, aligned, strict=True)
        if a.sureness < 1.0
    )
    evidence_shared = sum(evidence.shared(a.key, w) for w, a in zip(weights, aligned, strict=True) if a.sureness >= 1.0)
    claim = _claim_side(question, wording, aligned, weight, evidence)
    numbers, on_record = _numbers(question), _numbers(said | set(wording.context))
    covered = (exact + kindred) / total
    values = (
        exact / total, covered, *missing.top, missing.total, missing.many, evidence_missing, evidence_shared,
        exact, kindred, len(question), 1 / max(1, len(question)), *claim, *_ratios(question, wording.keys),
        len(numbers - on_record), len(numbers & on_record), len(_numbers(said) - numbers), covered * claim[0],
        max(weights, default=0.0), float(exact / total > 0.99), float(covered > 0.95),
    )  # fmt: skip
    return Comparison(values, aligned)


def _claim_side(
    question: Sequence[str],
    wording: Wording,
    aligned: Sequence[Aligned],
    weight: Callable[[str], float],
    evidence: Evidence,
) -> tuple[float, ...]:
    """Measure what the claim says that the question does not."""
    met = {a.met for a in aligned} | set(question)
    once = dict.fromkeys(wording.keys)
    weights = {key: weight(key) for key in once}
    total = sum(weights.values()) or 1e-9
    left = [key for key in once if key not in met]
    unasked = _heaviest((weights[key] * evidence.unasked_importance(key, weights[key]) for key in left), 2)
    return (
        1 - sum(weights[key] for key in left) / total, *unasked.top, unasked.total,
        sum(evidence.unasked(key, weights[key]) for key in left),
        sum(evidence.asked(key, weights[key]) for key in once if key in met), len(once),
    )  # fmt: skip


class _Heaviest(NamedTuple):
    top: tuple[float, ...]
    total: float
    many: int


def _heaviest(amounts: Iterable[float], places: int) -> _Heaviest:
    ranked = sorted(amounts, reverse=True)
    padded = (*ranked[:places], *[0.0] * (places - len(ranked)))
    return _Heaviest(padded, sum(ranked), sum(amount > 1.5 for amount in ranked))


def _importance(key: str, weight: float, evidence: Evidence) -> float:
    if key in chatter_words() and key not in evidence:
        return 0.2
    return evidence.importance(key, weight)


def _numbers(keys: Collection[str]) -> set[str]:
    return {key for key in keys if key[0].isdigit()}


def _ratios(question: Sequence[str], keys: Sequence[str]) -> tuple[float, ...]:
    """Return four rapidfuzz ratios (0 to 1) and the share of the question's word pairs that the claim has."""
    asked, said = " ".join(question)[:400], " ".join(dict.fromkeys(keys))[:400]
    pairs, there = set(zip(question, question[1:], strict=False)), set(zip(keys, keys[1:], strict=False))
    return (
        fuzz.token_set_ratio(asked, said) / 100, fuzz.token_sort_ratio(asked, said) / 100,
        fuzz.ratio(asked, said) / 100, fuzz.partial_ratio(asked, said) / 100, len(pairs & there) / max(1, len(pairs)),
    )  # fmt: skip
