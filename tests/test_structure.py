"""Who may import whom, and what may stand where: the house stays as it was laid out."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES = 300
ENTRY = {"bot/cli.py", "bot/command/starting.py"}
"""The command line puts everything together: it alone may know the faces."""

STORE = "bot/store.py"
"""The face of what lies in `bot/storage/`: the file as such, its schema, and the claims in it."""

FORBIDDEN_IN_CORE = {
    "adapters",
    "discord",
    "slack_bolt",
    "slack_sdk",
    "aiohttp",
    "asyncio",
    "rich",
    "readline",
}
_SQL_TEXT = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\b", re.S
)
_OUTSIDE = {
    "environ",
    "getenv",
    "open",
    "connect",
    "read_text",
    "read_bytes",
    "write_text",
    "mkdir",
    "basicConfig",
}


def files(*folders: str) -> list[str]:
    found = {folder: sorted((ROOT / folder).rglob("*.py")) for folder in folders}
    assert all(found.values()), "a folder without files: was it renamed?"
    return sorted(path.relative_to(ROOT).as_posix() for paths in found.values() for path in paths)


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def imports(file: str) -> set[str]:
    """All modules that a file imports anywhere in it, as full names."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def packages(file: str) -> set[str]:
    return {name.split(".")[0] for name in imports(file)}


def breaking(found: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return the files of which something was found that should not be there, and what."""
    return {file: what for file, what in found if what}


def test_the_core_imports_no_face_no_chat_library_and_no_event_loop() -> None:
    core = (file for file in files("bot") if file not in ENTRY)
    assert breaking((file, packages(file) & FORBIDDEN_IN_CORE) for file in core) == {}


def in_store(file: str) -> bool:
    return file == STORE or file.startswith("bot/storage/")


def sql_in(file: str) -> list[str]:
    strings = (node.value for node in ast.walk(tree(file)) if isinstance(node, ast.Constant))
    return [text for text in strings if isinstance(text, str) and _SQL_TEXT.search(text)]


def test_only_the_store_knows_sql_and_everything_else_comes_in_through_its_face() -> None:
    outside = [file for file in files("bot", "adapters") if not in_store(file)]
    assert breaking((file, packages(file) & {"sqlite3", "sqlite_utils"}) for file in outside) == {}
    assert breaking((file, imported(file, "bot.storage")) for file in outside) == {}
    assert breaking((file, sql_in(file)) for file in outside) == {}


def imported(file: str, *modules: str) -> list[str]:
    return [name for name in imports(file) if name.startswith(modules)]


def test_rapidfuzz_and_numpy_are_used_in_the_matcher_only() -> None:
    outside = (file for file in files("bot", "adapters") if "bot/matching/" not in file)
    libraries = {"rapidfuzz", "numpy", "Stemmer", "text_to_num"}
    assert breaking((file, packages(file) & libraries) for file in outside) == {}


def test_only_the_command_line_uses_what_is_made_for_it() -> None:
    outside = {file for file in files("bot", "adapters") if not file.startswith("bot/command/")} - ENTRY
    assert breaking((file, imported(file, "bot.command")) for file in outside) == {}


TOGETHER = "adapters/running.py"
"""Starts all faces in one process: the one adapter that knows the others."""


def family(module: str) -> str:
    """Which face a module of the adapters belongs to: `console_render` is part of the console."""
    return module.split(".")[1].removeprefix("on_").split("_")[0]


def other_faces(file: str) -> set[str]:
    own = {family(file.removesuffix(".py").replace("/", "."))} if "/" in file.removeprefix("adapters/") else set()
    shared = {"chat"} if file.startswith("adapters/on_") else set()
    return {family(name) for name in imported(file, "adapters.")} - own - shared - {Path(file).stem.split("_")[0]}


def test_faces_know_neither_each_other_nor_the_store() -> None:
    """What the chat faces share is in `adapters/chat/`, which knows none of them."""
    faces = [file for file in files("adapters") if file != TOGETHER]
    assert breaking((file, other_faces(file)) for file in faces) == {}
    assert breaking((file, imported(file, "bot.store", "bot.storage", "bot.curate")) for file in faces) == {}


CURATING = {"bot/doers.py"}
"""What each verb does is joined to its name here, and nowhere else."""


def test_only_the_list_of_doers_knows_how_claims_are_curated() -> None:
    outside = {file for file in files("bot") if not file.startswith("bot/curate/")} - CURATING
    assert breaking((file, imported(file, "bot.curate")) for file in outside) == {}


def test_curating_knows_the_matcher_only_by_asking() -> None:
    closed = "bot.matching", "bot.handle", "bot.command"
    assert breaking((file, imported(file, *closed)) for file in files("bot/curate")) == {}


def test_no_file_of_the_core_knows_what_is_above_it() -> None:
    """Imports make no circle, those inside functions included."""
    modules = {file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): file for file in files("bot")}
    graph = {name: (imports(file) & set(modules)) - {name, "bot"} for name, file in modules.items()}
    for start in graph:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            name = todo.pop()
            assert name != start, f"{start} imports itself by way of {sorted(seen)}"
            if name not in seen:
                seen.add(name)
                todo += graph[name]


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {
        file: len((ROOT / file).read_text(encoding="utf-8").splitlines())
        for file in files("bot", "adapters", "tests", "docs")
    }
    assert {file: length for file, length in lengths.items() if length > LINES} == {}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "__main__" in ast.unparse(child.test):
            continue
        yield child
        yield from at_import(child)


def used_at_import(file: str) -> list[str]:
    nodes = list(at_import(tree(file)))
    called = [(node.attr, node) for node in nodes if isinstance(node, ast.Attribute)]
    called += [(node.id, node) for node in nodes if isinstance(node, ast.Name)]
    return [f"line {node.lineno}: {name}" for name, node in called if name in _OUTSIDE]


def test_importing_a_module_reads_and_changes_nothing() -> None:
    assert breaking((file, used_at_import(file)) for file in files("bot", "adapters")) == {}


def test_no_module_keeps_state() -> None:
    changed = {
        file: [node.names for node in ast.walk(tree(file)) if isinstance(node, ast.Global)]
        for file in files("bot", "adapters")
    }
    assert breaking(changed.items()) == {}
