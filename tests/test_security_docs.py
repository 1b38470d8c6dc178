"""The threat table names tests that there are, and a test for each threat."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOC = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def shown_by() -> list[str]:
    """The last cell of each row."""
    rows = [line for line in DOC.splitlines() if line.startswith("|")][2:]
    return [row.strip("| ").split("|")[-1] for row in rows]


def functions() -> set[str]:
    """Every test that pytest would find by its name."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("test_*.py")]
    return {
        node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_each_threat_has_a_test_and_each_test_is_there() -> None:
    known = functions()
    cells = shown_by()
    assert len(cells) > 20
    for cell in cells:
        named = re.findall(r"`([^`]+)`", cell)
        assert named, cell
        assert set(named) <= known, set(named) - known
