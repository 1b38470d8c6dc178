"""Makes the matcher's table of word meanings: `python tests/benchmarks/make_meanings.py WORDNET_FOLDER`.

From the database files of Princeton's WordNet 3.0 (data.*): words stand near one another that name or explain the same
things, or things one step apart (kind, part, derived word; not opposites). Counts of such meetings become positive
pointwise mutual information, and its leading singular vectors the words' places (Levy & Goldberg 2014). Beside them
stand the vectors of a language model (embeddings.py; `pip install wordllama`), so that half of a word's nearness to
another comes from either.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from embeddings import model_vectors
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from bot.matching.words import background, keys, light_words

TABLES = Path(__file__).parents[2] / "bot" / "matching" / "tables"
PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
SIZE = 96
"""Numbers that say where a word stands."""
NAMED = 3.0
"""How much more a word says of what it names than one of the words that explain it."""
ONE_STEP = 0.5
"""What a meeting counts when the two things are one step apart."""
COMMON = 0.75
"""Power that keeps rare words from meeting everybody."""
OPPOSITE = "!"


def meetings(folder: Path, words: Sequence[str]) -> sparse.csr_matrix:
    """Return how often each word meets each other, over all synsets."""
    number = {word: at for at, word in enumerate(words)}
    places: dict[tuple[str, str], int] = {}
    held: list[tuple[int, int, float]] = []
    pointers: list[tuple[int, tuple[str, str]]] = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text("ascii").splitlines():
            if line.startswith("  "):
                continue
            at = places[part, line.split(" ", 1)[0]] = len(places)
            names, others, explained = _synset(line)
            pointers += [(at, other) for other in others]
            for name in names:
                found = [number[key] for key in keys(name) if key in number]
                held += [(at, word, NAMED / len(found)) for word in found]
            held += [(at, number[key], 1.0) for key in keys(explained) if key in number]
    said = _matrix(held, (len(places), len(words)))
    steps = _matrix([(at, places[other], 1.0) for at, other in pointers], (len(places), len(places)))
    steps.data[:] = 1.0
    near = said + ONE_STEP * (_shares(steps) @ said)
    found = said.T @ _shares(near)
    return (found + found.T).tocsr()


def _synset(line: str) -> tuple[list[str], list[tuple[str, str]], str]:
    """Return a synset's names, the synsets it points to, and the words that explain it."""
    head, explained = line.split("|", 1)
    fields = head.split()
    count = int(fields[3], 16)
    names = [fields[4 + 2 * at].split("(")[0].replace("_", " ") for at in range(count)]
    rest = fields[4 + 2 * count :]
    kinds = [rest[at : at + 3] for at in range(1, 4 * int(rest[0]) + 1, 4)]
    return names, [(PARTS[part], offset) for kind, offset, part in kinds if kind != OPPOSITE], explained


def _matrix(cells: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix((values, (rows, columns)), shape)


def _shares(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Divide each row by its sum."""
    return sparse.diags(1 / np.maximum(1e-9, np.asarray(matrix.sum(1)).ravel())) @ matrix


def vectors(met: sparse.csr_matrix) -> np.ndarray:
    """Return one vector of length 1 a word: the leading singular vectors of the positive mutual information."""
    cells = met.tocoo()
    total = np.asarray(met.sum(1)).ravel()
    expected = total[cells.row] * (total**COMMON / (total**COMMON).sum())[cells.col]
    information = np.log(cells.data / expected)
    kept = information > 0
    positive = sparse.csr_matrix((information[kept], (cells.row[kept], cells.col[kept])), met.shape)
    left, strength, _ = randomized_svd(positive, SIZE, n_iter=2, random_state=0)
    places = left * np.sqrt(strength)
    return places / np.maximum(1e-9, np.linalg.norm(places, axis=1, keepdims=True))


def joined(first: Mapping[str, np.ndarray], second: Mapping[str, np.ndarray]) -> tuple[list[str], np.ndarray]:
    """Return the words that either knows, and both vectors of each in a row, in whole numbers."""
    words = list(dict.fromkeys((*first, *second)))
    sizes = [len(next(iter(each.values()))) for each in (first, second)]
    rows = [np.concatenate([first.get(w, np.zeros(sizes[0])), second.get(w, np.zeros(sizes[1]))]) for w in words]
    table = np.array(rows)
    return words, np.round(127 * table / np.abs(table).max(1, keepdims=True)).astype(np.int8)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path, help="folder with WordNet's data.noun and so on")
    folder = parser.parse_args().wordnet
    words = [key for key in background() if key.isalpha() and key not in light_words()]
    met = meetings(folder, words)
    known = np.flatnonzero(np.asarray(met.sum(1)).ravel())
    places = dict(zip((words[at] for at in known), vectors(met[known][:, known]), strict=True))
    found, table = joined(places, model_vectors(words, folder))
    np.save(TABLES / "meanings.npy", table)
    head = "# Made by tests/benchmarks/make_meanings.py from WordNet 3.0, (c) 2006 Princeton, and WordLlama.\n"
    (TABLES / "meanings.txt").write_text(head + "\n".join(found) + "\n", "ascii")


if __name__ == "__main__":
    main()
