"""Mutation testing of what decides who may do what, and in whose space: `python tests/benchmarks/mutants.py [WORD …]`.

Each mutant is one small fault put into a copy of the tree: a comparison turned round, a condition, an operand, a
statement or a `with` left out, a constant changed, a condition on a space taken out of SQL. A mutant that the tests of
its file do not notice has survived; docs/mutants.md lists those that change nothing that could be noticed, and why.
Prose is left alone. Words choose the mutants whose line holds them all. Two at a time, half an hour for all of them.
Exit status 1 when a mutant survives that is not listed.
"""

import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest
from mutations import Mutant, mutants

ROOT = Path(__file__).parents[2]
LISTED = ROOT / "docs" / "mutants.md"
PROCESSES = 2
SECONDS = 180

_MATRIX = ("permissions",)
_VERBS = ("editing", "adding", "curating", "moderating", "history", "undo", "queue", "suggesting", "status")
TARGETS: dict[str, tuple[str, ...]] = {
    "bot/authority.py": ("authority", *_MATRIX),
    "bot/desk.py": ("desk", "handle", *_VERBS, *_MATRIX),
    "bot/handle.py": ("desk", "handle", *_MATRIX),
    "bot/curate/moderating.py": ("communities_verbs", "moderating", *_MATRIX),
    "bot/storage/communities.py": ("communities", "community_limits", "communities_verbs", *_MATRIX),
    "bot/storage/claims.py": ("spaces", "store", *_MATRIX),
    "bot/storage/revisions.py": ("spaces", "revisions", "people", *_MATRIX),
    "bot/storage/suggestions.py": ("spaces", "suggestions", *_MATRIX),
    "bot/storage/drafts.py": ("spaces", "people", *_MATRIX),
}
"""The tests that each file has to answer to, the quick ones first."""
ONLY_SPACES = {f"bot/storage/{name}.py" for name in ("claims", "revisions", "suggestions", "drafts")}
"""Of these files, only what has to do with spaces and people is changed."""


class Bench:
    """One process that tries mutants in a copy of the tree of its own. Each run of the tests is a fork of it.

    What the tests need of other libraries is imported once, before: that is most of what a run of a few tests takes.
    """

    tree: Path

    def __init__(self, folder: str) -> None:
        self.tree = Path(folder) / str(os.getpid())
        shutil.copytree(ROOT, self.tree, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        for name in _IMPORTED:
            importlib.import_module(name)

    def survives(self, number: int, mutant: Mutant) -> bool:
        """Whether the tests of the file pass with the mutant in it."""
        target = self.tree / mutant.file
        kept = target.read_text(encoding="utf-8")
        _write(target, mutant.source, number)
        try:
            return self._tests_pass(mutant.file)
        finally:
            _write(target, kept, 1_000_000 + number)

    def _tests_pass(self, file: str) -> bool:
        names = [f"tests/test_{name}.py" for name in TARGETS[file]]
        child = os.fork()
        if not child:
            self._run([name for name in names if (self.tree / name).exists()])
        for _ in range(SECONDS * 20):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status == 0
            time.sleep(0.05)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return False

    def _run(self, names: list[str]) -> NoReturn:
        status = 1
        try:
            os.chdir(self.tree)
            sys.path[:] = [
                str(self.tree),
                *(each for each in sys.path if each not in {"", str(ROOT), str(Path(__file__).parent)}),
            ]
            for name in [name for name in sys.modules if name.split(".")[0] in {"bot", "tests", "adapters"}]:
                del sys.modules[name]
            for descriptor in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
            quiet = "ignore::pytest.PytestAssertRewriteWarning"
            status = int(pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-W", quiet, *names]))
        finally:
            os._exit(status)


_IMPORTED = (
    *("aiohttp", "anyascii", "click", "confusable_homoglyphs.confusables", "discord", "numpy", "platformdirs"),
    *("rapidfuzz.process", "rich.console", "slack_bolt.async_app", "sqlite_utils", "Stemmer", "text_to_num"),
    *("hypothesis.strategies", "hypothesis.stateful", "_pytest.pytester", "xdist.plugin", "pytest_asyncio"),
)
_bench: list[Bench] = []


def _set_up(folder: str) -> None:
    _bench.append(Bench(folder))


def _tried(number: int, mutant: Mutant) -> bool:
    return _bench[0].survives(number, mutant)


def _write(target: Path, source: str, number: int) -> None:
    """Write a module so that Python sees that it is another one: by its time, to the second."""
    target.write_text(source, encoding="utf-8")
    os.utime(target, (1_700_000_000 + number, 1_700_000_000 + number))


def _all_mutants() -> Iterator[Mutant]:
    for file in TARGETS:
        source = (ROOT / file).read_text(encoding="utf-8")
        yield from mutants(file, source, only_spaces=file in ONLY_SPACES)


def main(words: list[str]) -> int:
    """Try all mutants whose line holds all words; print those that survive, and the score."""
    chosen = [each for each in _all_mutants() if all(word in each.told for word in words)]
    files = sorted({each.file for each in chosen})
    listed = LISTED.read_text(encoding="utf-8") if LISTED.exists() else ""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(PROCESSES, initializer=_set_up, initargs=(folder,)) as pool,
    ):
        unharmed = [Mutant(file, "", (ROOT / file).read_text(encoding="utf-8")) for file in files]
        if not all(pool.map(_tried, range(-len(files), 0), unharmed)):
            raise SystemExit("Some tests fail without any mutant: repair them first.")
        left = unlisted = 0
        for mutant, alive in zip(chosen, pool.map(_tried, range(1, len(chosen) + 1), chosen), strict=True):
            known = f"`{mutant.told}`" in listed
            left, unlisted = left + alive, unlisted + (alive and not known)
            if alive:
                print(f"{'equivalent' if known else 'SURVIVED'}  {mutant.told}", flush=True)
    equivalent, total = left - unlisted, len(chosen)
    print(f"{total} mutants, {total - left} killed, {equivalent} equivalent, {unlisted} survived")
    return 1 if unlisted else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
