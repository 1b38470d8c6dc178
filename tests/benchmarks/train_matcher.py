"""Learns the matcher's numbers and cross-validates them by claim: `python tests/benchmarks/train_matcher.py --help`.

What is learned (evidence.txt, counterparts.txt, weights.json under bot/matching/tables) are counts and weights of
single words; no text of the data stays in the project. Data: CLEF-2020 CheckThat! task 2 (Shaar et al. 2020).
Every headline of a claim is a question about it, asked twice: with its claim on record and with it taken out.
"""

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from claim_pairs import Material, Question, fold_of, read_material
from fitting import TABLES, fit_line, fit_trees, fork_table, named, write_weights

from bot.matching.evidence import Evidence, Odds, Scales, level
from bot.matching.index import Index, content_keys
from bot.matching.judge import FAR_BEHIND, LEAD_SIGNALS, Judge, Line, lead
from bot.matching.kinship import Strengths
from bot.matching.signals import SIGNALS, Wording, aligned_with, compare
from bot.matching.trees import squash
from bot.model import Claim

NEAREST = 14
Values = tuple[float, ...]
Compared = list[tuple[str, Values]]
"""The nearest claims of a question: id and signals."""


class Trainer:
    """Holds the index over all claims and the nearest claims of each question."""

    def __init__(self, material: Material) -> None:
        self.index = Index.build(Claim(text=text, external_id=number) for number, text in material.claims.items())
        self.questions = [q for q in material.questions if len(set(content_keys(q.text))) > 1]
        self.keys = {q.text: list(dict.fromkeys(content_keys(q.text))) for q in self.questions}
        self.nearest = {q.text: self.index.nearest(self.keys[q.text], ["global"], NEAREST) for q in self.questions}

    def learn_words(self, questions: Sequence[Question]) -> Evidence:
        """Learn what single words say."""
        odds, counterparts = self.word_tables(questions)
        return Evidence(odds, Strengths(counterparts))

    def word_tables(self, questions: Sequence[Question]) -> tuple[list[str], list[str]]:
        """Return the lines of evidence.txt and counterparts.txt: from true pairs and the two nearest false."""
        tallies: dict[str, dict[str, list[float]]] = {"question": defaultdict(_four), "claim": defaultdict(_four)}
        pairs: Counter[tuple[str, str]] = Counter()
        left: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        true_pairs = 0
        for question in questions:
            asked = self.keys[question.text]
            false_pairs = 0
            for doc in self.nearest[question.text][:6]:
                said = list(dict.fromkeys(self.index.views(doc)[0].keys))
                right = self.index.entries[doc].id in question.gold
                false_pairs += not right
                if not right and false_pairs > 2:
                    continue
                self._tally(tallies["question"], asked, set(said), right)
                self._tally(tallies["claim"], said, set(asked), right)
                if right:
                    true_pairs += 1
                    alone = set(asked) - set(said), set(said) - set(asked)
                    left[0].update(alone[0])
                    left[1].update(alone[1])
                    pairs.update((a, b) for a in alone[0] for b in alone[1])
        return _odds_lines(_odds(tallies)), _counterpart_lines(pairs, left, true_pairs)

    def _tally(self, tally: dict[str, list[float]], words: Sequence[str], others: set[str], right: bool) -> None:
        for word in words:
            for name in (word, level(self.index.weight(word))):
                tally[name][0 if right else 2] += word not in others
                tally[name][1 if right else 3] += 1

    def compared(self, question: Question, evidence: Evidence) -> Compared:
        """Return the signals of the question's nearest claims."""
        asked, scales = self.keys[question.text], Scales(self.index.weight, evidence)
        return [
            (
                self.index.entries[doc].id,
                compare(asked, aligned_with(asked, Wording(*self.index.views(doc)[0]), scales), scales).values,
            )
            for doc in self.nearest[question.text]
        ]

    def honest(self, questions: Sequence[Question], folds: Sequence[int]) -> list[tuple[Question, Compared]]:
        """Compare each question with words learned from the other folds only."""
        done = []
        for fold in folds:
            evidence = self.learn_words([q for q in questions if fold_of(q.group) != fold])
            done += [(q, self.compared(q, evidence)) for q in questions if fold_of(q.group) == fold]
        return done


def _four() -> list[float]:
    return [0.0, 0.0, 0.0, 0.0]


def _odds(tallies: dict[str, dict[str, list[float]]], keep: int = 2) -> dict[str, Odds]:
    """Turn counts into log odds, each word leaning on the words of its level as if it had been seen 8 times more."""
    sides = {}
    for side, tally in tallies.items():
        levels = {name: _rates(counts, (0.5, 0.5), 2) for name, counts in tally.items() if name[0] == "*"}
        everything = dict(levels)
        for name, counts in tally.items():
            if name[0] != "*" and counts[1] + counts[3] >= keep:
                everything[name] = _rates(counts, levels[_level_name(name, INDEX_WEIGHTS)], 8)
        sides[side] = {
            name: (math.log(t / f), math.log((1 - t + 0.02) / (1 - f + 0.02))) for name, (t, f) in everything.items()
        }
    names = set(sides["question"]) | set(sides["claim"])
    found = {}
    for name in names:
        own = name if name[0] == "*" else _level_name(name, INDEX_WEIGHTS)
        pairs = [sides[side].get(name) or sides[side].get(own) or (-1.0, 1.0) for side in ("question", "claim")]
        found[name] = Odds(*pairs[0], *pairs[1])
    for number in range(7):
        found.setdefault(f"*{number}", Odds(-1.0, 1.0, -0.5, 0.5))
    return found


INDEX_WEIGHTS: dict[str, float] = {}


def _level_name(word: str, weights: dict[str, float]) -> str:
    return level(weights[word])


def _rates(counts: list[float], prior: tuple[float, float], strength: float) -> tuple[float, float]:
    return (
        (counts[0] + strength * prior[0]) / (counts[1] + strength),
        (counts[2] + strength * prior[1]) / (counts[3] + strength),
    )


def _odds_lines(odds: dict[str, Odds]) -> list[str]:
    return [f"{key} " + " ".join(str(round(100 * odd)) for odd in found) for key, found in sorted(odds.items())]


def _counterpart_lines(
    pairs: Counter[tuple[str, str]], left: tuple[Counter[str], Counter[str]], total: int
) -> list[str]:
    table: dict[str, dict[str, float]] = {}
    for (asked, said), count in pairs.items():
        if count < 3 or asked[0].isdigit() or said[0].isdigit():
            continue
        share = count / left[0][asked]
        if count * total >= 4 * left[0][asked] * left[1][said] and share >= 0.08:
            strength = min(1.0, 3 * (count - 1) / left[0][asked])
            if strength >= 0.1:
                table.setdefault(asked, {})[said] = strength
    return [
        f"{asked} " + " ".join(f"{said}:{max(1, round(10 * strength))}" for said, strength in sorted(others.items()))
        for asked, others in sorted(table.items())
    ]


Top = tuple[Values, str]


def tops(compared: Compared, fit: Line, without: frozenset[str] = frozenset()) -> list[Top]:
    """Return the values that the trees see for the two best claims, each against the other, and the claims' ids."""
    kept = [(number, values) for number, values in compared if number not in without]
    scored = sorted(((fit.log_odds(values), number, values) for number, values in kept), reverse=True)[:2]
    return [
        ((*lead(score, max((s for s, other, _ in scored if other != number), default=FAR_BEHIND)), *values), number)
        for score, number, values in scored
    ]


def fit_judge(done: Sequence[tuple[Question, Compared]]) -> Judge:
    """Fit both regressions."""
    rows = [(values, number in q.gold) for q, compared in done for number, values in compared[:6]]
    fit = fit_line(SIGNALS, [values for values, _ in rows], [right for _, right in rows])
    seen = [
        (values, number in q.gold)
        for q, compared in done
        for without in (frozenset[str](), q.gold)
        for values, number in tops(compared, fit, without)
    ]
    sure = fit_trees((*LEAD_SIGNALS, *SIGNALS), [values for values, _ in seen], [right for _, right in seen])
    return Judge(fit, sure, fit)


Judged = tuple[str, bool, float, bool, bool | None]
"""A held-out answer: question, claim on record?, probability, right?, as in askclaims?"""


def judge_fold(fold: int) -> list[Judged]:
    """Learn from the other folds, answer the questions of this one."""
    trainer = TRAINER
    train = [q for q in trainer.questions if fold_of(q.group) != fold]
    judge = fit_judge(trainer.honest(train, [f for f in range(5) if f != fold]))
    evidence = trainer.learn_words(train)
    answers: list[Judged] = []
    for question in (q for q in trainer.questions if fold_of(q.group) == fold):
        compared = trainer.compared(question, evidence)
        for on_record in (True, False):
            near = tops(compared, judge.fit, frozenset() if on_record else question.gold)
            judged = [(judge.sure.log_odds(values), number in question.gold) for values, number in near]
            chance, right = max(judged, default=(-40.0, False))
            asked = None if question.answerable is None else question.answerable == on_record
            answers.append((question.text, on_record, squash(chance), right, asked))
    return answers


TRAINER: Trainer


def coverage(answers: Sequence[Judged], share_right: float) -> tuple[float, float]:
    """Return the largest share of questions answered while `share_right` of the answers are right, and its bar."""
    ranked = sorted(answers, key=lambda answer: -answer[2])
    right, found = 0, (0, 1.0)
    for place, answer in enumerate(ranked, 1):
        right += answer[3]
        if right >= share_right * place:
            found = right, answer[2]
    return found[0] / max(1, sum(answer[1] for answer in answers)), found[1]


def report(answers: Sequence[Judged]) -> None:
    """Print coverage at 95 and 99 % right, for all headlines, for those that ask, and for askclaims."""
    parts = {
        "all headlines": list(answers),
        "headlines that ask": [a for a in answers if a[0].endswith("?")],
        "askclaims": [a for a in answers if a[4]],
    }
    for name, part in parts.items():
        at = {share: coverage(part, share) for share in (0.95, 0.99)}
        print(f"{name:20} {len(part):6} questions   " + "   ".join(
            f"{share:.0%} right: {covered:.3f} answered (bar {bar:.3f})" for share, (covered, bar) in at.items()
        ))  # fmt: skip


def write(trainer: Trainer, questions: Sequence[Question], judge: Judge) -> None:
    """Write the three tables."""
    origin = "# Learned by tests/benchmarks/train_matcher.py from CLEF-2020 CheckThat! task 2 (Shaar et al. 2020).\n"
    odds, counterparts = trainer.word_tables(questions)
    head = origin + "# stem, log odds in hundredths: missing, shared, unasked, asked\n"
    (TABLES / "evidence.txt").write_text(head + "\n".join(odds) + "\n", "ascii")
    head = origin + "# stem counterpart:tenths …\n"
    (TABLES / "counterparts.txt").write_text(head + "\n".join(counterparts) + "\n", "utf-8")
    write_weights(fit=named(judge.fit), sure=[fork_table(fork) for fork in judge.sure.forks])


def main() -> None:
    """Run from the command line."""
    global TRAINER
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("askclaims", type=Path, help="folder with claims.csv and questions.jsonl")
    parser.add_argument("clef", type=Path, help="folder of CLEF-2020 CheckThat! task 2, English")
    parser.add_argument("--write", action="store_true", help="learn from everything and write the tables")
    parser.add_argument("--but-askclaims", action="store_true", help="with --write: leave out what askclaims asks for")
    arguments = parser.parse_args()
    TRAINER = Trainer(read_material(arguments.askclaims, arguments.clef))
    INDEX_WEIGHTS.update({word: TRAINER.index.weight(word) for word in TRAINER.index.words})
    INDEX_WEIGHTS.update({word: TRAINER.index.weight(word) for keys in TRAINER.keys.values() for word in keys})
    if not arguments.write:
        with ProcessPoolExecutor(3) as pool:
            report([answer for part in pool.map(judge_fold, range(5)) for answer in part])
        return
    asked = {q.group for q in TRAINER.questions if q.answerable is not None} if arguments.but_askclaims else set()
    questions = [q for q in TRAINER.questions if q.group not in asked]
    write(TRAINER, questions, fit_judge(TRAINER.honest(questions, range(5))))
    print(f"learned from {len(questions)} headlines", file=sys.stderr)


if __name__ == "__main__":
    main()
