"""Word vectors of a language model, for make_meanings.py: those that the package `wordllama` carries (MIT licence).

They are the token embeddings of a large model, trained further for the likeness of texts. A word that is one token has
a vector of its own; another gets that of the words with which WordNet explains it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from safetensors import safe_open
from tokenizers import Tokenizer
from wordfreq import top_n_list, word_frequency

from bot.matching.words import keys

SIZE = 128
"""Leading dimensions that are kept."""
SENSES = 3
"""So many of a word's explanations are read."""
BEFORE_WORD = "▁"
"""What a token begins with that begins a word."""


class Embeddings:
    """The vectors of tokens."""

    def __init__(self) -> None:
        """Read them from the installed package."""
        folder = files("wordllama")
        with safe_open(str(folder / "weights" / "l2_supercat_256.safetensors"), framework="np") as stored:
            self._table = stored.get_tensor("embedding.weight").astype(np.float32)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        self._tokenizer.no_padding()
        self._tokens = self._tokenizer.get_vocab()

    def word(self, word: str) -> np.ndarray | None:
        """Return the vector of a word that is one token."""
        at = self._tokens.get(BEFORE_WORD + word, self._tokens.get(BEFORE_WORD + word.title()))
        return None if at is None else self._table[at]

    def text(self, text: str) -> np.ndarray:
        """Return the mean of a text's tokens."""
        return self._table[self._tokenizer.encode(text, add_special_tokens=False).ids].mean(0)


def model_vectors(words: Sequence[str], wordnet: Path) -> dict[str, np.ndarray]:
    """Return a vector of length 1 for each of `words` (stems) that the model or WordNet knows."""
    embeddings = Embeddings()
    known = set(words)
    own = dict(_own(known, embeddings))
    explained = {key: embeddings.text(text) for key, text in _explained(known - own.keys(), wordnet).items()}
    centre = np.mean(list(own.values()), 0)
    first = _lengthened({key: vector - centre for key, vector in own.items()})
    middle = np.mean(list(explained.values()), 0)
    other = _lengthened({key: vector - middle for key, vector in explained.items()})
    _, _, axes = np.linalg.svd(np.array(list(first.values())), full_matrices=False)
    return _lengthened({key: vector @ axes[:SIZE].T for key, vector in {**first, **other}.items()})


def _own(known: set[str], embeddings: Embeddings) -> Iterator[tuple[str, np.ndarray]]:
    """Yield for each stem the mean of its words' vectors, the commoner ones counting more."""
    found: dict[str, list[tuple[float, np.ndarray]]] = defaultdict(list)
    for word in top_n_list("en", 200_000):
        stems = keys(word)
        vector = embeddings.word(word) if len(stems) == 1 and stems[0] in known else None
        if vector is not None:
            found[stems[0]].append((word_frequency(word, "en"), vector))
    for key, rows in found.items():
        yield key, sum(share * vector for share, vector in rows) / sum(share for share, _ in rows)


def _explained(known: set[str], wordnet: Path) -> dict[str, str]:
    """Return for each stem how WordNet explains it, synonyms included."""
    found: dict[str, list[str]] = defaultdict(list)
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{part}").read_text("ascii").splitlines():
            if line.startswith("  "):
                continue
            head, meaning = line.split("|", 1)
            fields = head.split()
            names = [fields[4 + 2 * at].split("(")[0].replace("_", " ") for at in range(int(fields[3], 16))]
            for name in names:
                stems = keys(name)
                if len(stems) == 1 and stems[0] in known:
                    others = " ".join(other for other in names if other != name)
                    found[stems[0]].append(f"{meaning.split(';')[0].strip()} {others}")
    return {key: " ; ".join(texts[:SENSES]) for key, texts in found.items()}


def _lengthened(vectors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Bring vectors to length 1."""
    return {key: vector / (np.linalg.norm(vector) + 1e-9) for key, vector in vectors.items()}
