"""What training shares: fits a line or trees to signals, and writes them to weights.json."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.matching.judge import LEAD_SIGNALS, Line
from bot.matching.signals import SIGNALS
from bot.matching.trees import Fork, Trees, read_tree

TABLES = Path(__file__).parents[2] / "bot" / "matching" / "tables"
Values = tuple[float, ...]


def fit_line(
    names: Sequence[str], rows: Sequence[Values], right: Sequence[bool], counts: Sequence[float] | None = None
) -> Line:
    """Fit a logistic regression and fold the scaling into its weights; `counts`: how much each row counts."""
    scaler = StandardScaler().fit(np.array(rows))
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit(scaler.transform(np.array(rows)), np.array(right), sample_weight=counts)
    weights = model.coef_[0] / scaler.scale_
    return Line(tuple(names), tuple(weights.tolist()), float(model.intercept_[0] - (weights * scaler.mean_).sum()))


def fit_trees(
    names: Sequence[str], rows: Sequence[Values], right: Sequence[bool], count: int = 100, depth: int = 2
) -> Trees:
    """Fit small trees (two questions to a leaf, if not said otherwise), each to what those before it got wrong."""
    model = GradientBoostingClassifier(
        n_estimators=count, learning_rate=0.15, max_depth=depth, min_samples_leaf=100, init="zero", random_state=0
    ).fit(np.array(rows), np.array(right))
    tables = [_fork(one.tree_, 0, names, model.learning_rate) for one in model.estimators_.ravel()]
    return Trees(tuple(read_tree(table, names) for table in tables))


def _fork(tree: Any, node: int, names: Sequence[str], rate: float) -> Any:
    """Return a node as `read_tree` reads it."""
    if tree.children_left[node] < 0:
        return round(float(rate * tree.value[node].item()), 4)
    ways = [_fork(tree, int(side[node]), names, rate) for side in (tree.children_left, tree.children_right)]
    return [names[tree.feature[node]], round(float(tree.threshold[node]), 5), *ways]


def write_weights(**parts: object) -> None:
    """Write parts of weights.json; the others stay."""
    path = TABLES / "weights.json"
    table = json.loads(path.read_text("utf-8")) | parts
    entries = (f" {json.dumps(name)}: {_lines(part)}" for name, part in table.items())
    path.write_text("{\n" + ",\n".join(entries) + "\n}\n", "utf-8")


def _lines(part: object) -> str:
    """Write a part with one tree or one weight a line."""
    if isinstance(part, list):
        return "[\n  " + ",\n  ".join(map(json.dumps, part)) + "\n ]"
    return json.dumps(part, indent=2).replace("\n}", "\n }") if isinstance(part, dict) else json.dumps(part)


def fork_table(way: Any, names: Sequence[str] = (*LEAD_SIGNALS, *SIGNALS)) -> Any:
    """Write a fork as `read_tree` reads it."""
    if not isinstance(way, Fork):
        return way
    return [names[way.at], way.bar, fork_table(way.low, names), fork_table(way.high, names)]


def named(line: Line) -> dict[str, float]:
    return {"bias": round(line.bias, 4), **{n: round(w, 4) for n, w in zip(line.names, line.weights, strict=True)}}
