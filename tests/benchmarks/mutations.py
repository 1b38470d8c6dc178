"""Makes mutants: small faults in a module, each of which the tests should notice. `mutants.py` tries them."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_ABOUT = re.compile(r"space|person|account")
_CONDITION = re.compile(r"\b(?:\w+\.)?(?:space|person|who|name|home) = \?")
_SQL = re.compile(r"\?|\bIN\b")
_IN = "space IN "
_TRUE_IN = "space >= '' AND '!' < "
"""Takes the value that is bound for `space IN …`, and is true."""
_SWAPPED: dict[type[ast.AST], tuple[type[Any], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Sub: (ast.Add,),
    ast.Add: (ast.Sub,),
}


New = ast.AST | list[ast.stmt]
Way = tuple[tuple[str, int], ...]
"""From the whole tree to a node: the names of fields, each with a place in its list."""
_LEFT_ALONE = {"annotation", "returns", "decorator_list", "bases"}


class Mutant(NamedTuple):
    """One fault: the file, where in it and what it does in a line that stays the same as lines move, the new text."""

    file: str
    told: str
    source: str


def _compare(node: ast.Compare) -> Iterator[New]:
    for swapped in _SWAPPED.get(type(node.ops[0]), ()):
        yield ast.Compare(node.left, [swapped(), *node.ops[1:]], node.comparators)


def _bool_op(node: ast.BoolOp) -> Iterator[New]:
    yield from (ast.BoolOp(swapped(), node.values) for swapped in _SWAPPED[type(node.op)])
    for left_out in range(len(node.values)):
        rest = node.values[:left_out] + node.values[left_out + 1 :]
        yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _bin_op(node: ast.BinOp) -> Iterator[New]:
    yield from (ast.BinOp(node.left, swapped(), node.right) for swapped in _SWAPPED.get(type(node.op), ()))
    yield node.left


def _not(node: ast.UnaryOp) -> Iterator[New]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _if(node: ast.If | ast.IfExp) -> Iterator[New]:
    """Turn the condition round, unless a change to the condition itself does."""
    if not isinstance(node.test, ast.Compare | ast.UnaryOp):
        yield type(node)(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def _several(node: ast.Set | ast.Tuple) -> Iterator[New]:
    for left_out in range(len(node.elts) if len(node.elts) > 1 else 0):
        yield type(node)(node.elts[:left_out] + node.elts[left_out + 1 :])


def _constant(node: ast.Constant) -> Iterator[New]:
    yield from map(ast.Constant, _other_constants(node.value))


def _return(node: ast.Return) -> Iterator[New]:
    if node.value is not None:
        yield ast.Return(ast.Constant(None))


def _raise(node: ast.Raise) -> Iterator[New]:
    yield ast.Pass()


def _call(node: ast.Expr) -> Iterator[New]:
    yield ast.Pass()


def _with(node: ast.With) -> Iterator[New]:
    yield node.body


def _decorated(node: ast.FunctionDef) -> Iterator[New]:
    if node.decorator_list:
        bare = copy.copy(node)
        bare.decorator_list = []
        yield bare


_VARIANTS: dict[type[ast.AST], Callable[[Any], Iterator[New]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _bool_op,
    ast.BinOp: _bin_op,
    ast.UnaryOp: _not,
    ast.If: _if,
    ast.IfExp: _if,
    ast.Set: _several,
    ast.Tuple: _several,
    ast.Constant: _constant,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Expr: _call,
    ast.With: _with,
    ast.FunctionDef: _decorated,
}
"""What one node can be replaced by: another node, or several statements."""


def _nothing(_node: ast.AST) -> Iterator[New]:
    return iter(())


def _other_constants(value: object) -> list[object]:
    """Return what a constant could be instead: of prose nothing, of SQL what it says without one of its conditions."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if not isinstance(value, str):
        return []
    if " " not in value:
        return ["", f"{value}X"] if value else ["X"]
    found: list[object] = [
        f"{value[: at.start()]}(1 OR {at[0]}){value[at.end() :]}" for at in _CONDITION.finditer(value)
    ]
    return found + ([value.replace(_IN, _TRUE_IN)] if _IN in value else [])


def mutants(file: str, source: str, *, only_spaces: bool) -> Iterator[Mutant]:
    """Yield all mutants of a file, or only those that have to do with spaces and people."""
    tree = ast.parse(source)
    for path, node, where in _places(tree, (), ""):
        if only_spaces and not _ABOUT.search(ast.unparse(node)):
            continue
        for new in _VARIANTS.get(type(node), _nothing)(node):
            changed = copy.deepcopy(tree)
            _put(changed, path, new)
            told = f"{file} {where}: {_line(node)} → {_line(new)}"
            yield Mutant(file, told, ast.unparse(ast.fix_missing_locations(changed)))


def _places(node: ast.AST, path: Way, where: str) -> Iterator[tuple[Way, ast.AST, str]]:
    """Yield every node that may be changed, the way to it, and the function that it is in.

    Annotations, decorators' arguments, imports, docstrings and what people read are not changed.
    """
    for name, value in ast.iter_fields(node):
        for at, child in enumerate(value if isinstance(value, list) else [value]):
            if name in _LEFT_ALONE or not isinstance(child, ast.AST) or _is_prose(child):
                continue
            inner = f"{where}.{child.name}".lstrip(".") if isinstance(child, ast.FunctionDef | ast.ClassDef) else where
            yield (*path, (name, at)), child, inner
            yield from _places(child, (*path, (name, at)), inner)


def _is_prose(node: ast.AST) -> bool:
    """Whether this is an import, a docstring, or a text with values in it that is no SQL."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.JoinedStr(values=values):
            return not any(isinstance(part, ast.Constant) and _SQL.search(part.value) for part in values)
    return False


def _put(tree: ast.AST, path: Way, new: New) -> None:
    node = tree
    for name, at in path[:-1]:
        value = getattr(node, name)
        node = value[at] if isinstance(value, list) else value
    name, at = path[-1]
    value = getattr(node, name)
    if isinstance(value, list):
        value[at : at + 1] = new if isinstance(new, list) else [new]
    else:
        setattr(node, name, new)


def _line(node: New) -> str:
    text = "\n".join(map(ast.unparse, node)) if isinstance(node, list) else ast.unparse(node)
    first = text.split("\n")[0]
    return first if len(first) <= 110 else f"{first[:109]}…"
