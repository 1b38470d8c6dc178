"""Makes the matcher's general tables: `python tests/benchmarks/make_tables.py WORDNET_FOLDER`.

background.txt: how common a stem is in general English, from wordfreq (Robyn Speer; its data: CC BY-SA 4.0).
synonyms.txt: synonyms and derived words from the database files of Princeton's WordNet 3.0 (data.*, index.*).
related.txt: from the same, words of which one is a kind of the other, or that are alike: no contradiction in terms.
"""

import argparse
import math
import re
from collections import defaultdict
from pathlib import Path

from wordfreq import top_n_list, word_frequency

from bot.matching.words import background, light_words, stem

TABLES = Path(__file__).parents[2] / "bot" / "matching" / "tables"
PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
COMMON = 8e-7
"""Least share of all words that a synonym must have: rarer ones mislead more than they help."""
SENSES = 4
"""Only a word's first senses count: they are the usual ones."""

Synset = tuple[list[str], list[list[str]]]


def write_background() -> None:
    """Write the stems of the 60,000 commonest words, by their frequency: log10 of occurrences in a billion words."""
    shares: dict[str, float] = defaultdict(float)
    for word in top_n_list("en", 60_000, wordlist="best"):
        if re.fullmatch("[a-z]+", word):
            shares[stem(word)] += word_frequency(word, "en")
    levels: dict[float, list[str]] = defaultdict(list)
    for word, share in shares.items():
        levels[round(math.log10(share * 1e9), 1)].append(word)
    lines = [f"{at} {' '.join(sorted(levels[at]))}" for at in sorted(levels, reverse=True)]
    head = "# Made by tests/benchmarks/make_tables.py from wordfreq (Robyn Speer; data CC BY-SA 4.0).\n"
    (TABLES / "background.txt").write_text(head + "\n".join(lines) + "\n", "ascii")


def write_synonyms(folder: Path) -> None:
    """Write the pairs of stems that share one of their usual senses, or that are derived from one another."""
    synsets, senses = read_wordnet(folder)
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    for (word, part), offsets in senses.items():
        for rank, offset in enumerate(offsets[:SENSES]):
            names, pointers = synsets[part, offset]
            for other in names:
                ranks = senses.get((other, part), [])
                other_rank = ranks.index(offset) if offset in ranks else SENSES
                if other_rank < SENSES:
                    _add(pairs, word, other, 10 if rank + other_rank <= 1 else 8 if rank + other_rank <= 3 else 6)
            _add_derived(pairs, names, pointers, synsets)
    lines = [
        f"{word} {' '.join(f'{o}:{t}' for o, t in sorted(others.items()))}" for word, others in sorted(pairs.items())
    ]
    head = "# Made by tests/benchmarks/make_tables.py from WordNet 3.0, (c) 2006 Princeton University.\n"
    (TABLES / "synonyms.txt").write_text(head + "\n".join(lines) + "\n", "ascii")


def _add_derived(
    pairs: dict[str, dict[str, int]],
    names: list[str],
    pointers: list[list[str]],
    synsets: dict[tuple[str, str], Synset],
) -> None:
    """Add words that a pointer `+` (derived form) or `\\` (pertains to) joins."""
    for kind, offset, part, places in pointers:
        if kind in "+\\" and places != "0000":
            others = synsets[PARTS[part], offset][0]
            _add(pairs, names[int(places[:2], 16) - 1], others[int(places[2:], 16) - 1], 9)


STEPS, RELATED_SENSES, RELATED_COMMON = 2, 2, 4e-6
"""How far up the tree of kinds a word is looked for among another's, in how many senses, and how common both are."""


def write_related(folder: Path) -> None:
    """Write for each stem those that are wider or alike: a boat for a ferry, crass for crude."""
    synsets, senses = read_wordnet(folder)
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    for (word, part), offsets in senses.items():
        if background().get(stem(word), 0) < RELATED_COMMON:
            continue
        reached = {(part, offset) for offset in offsets[:RELATED_SENSES]}
        for _ in range(STEPS):
            reached |= {step for at in reached for step in _wider(synsets[at][1])}
        for at in reached:
            for other in synsets[at][0]:
                usual = at[1] in senses.get((other, at[0]), [])[:RELATED_SENSES]
                if usual and background().get(stem(other), 0) >= RELATED_COMMON:
                    _add(pairs, word, other, 1)
    lines = [f"{word} {' '.join(sorted(o for o in others if o > word))}" for word, others in sorted(pairs.items())]
    head = "# Made by tests/benchmarks/make_tables.py from WordNet 3.0, (c) 2006 Princeton University.\n"
    body = "\n".join(line for line in lines if " " in line.strip())
    (TABLES / "related.txt").write_text(head + body + "\n", "ascii")


def _wider(pointers: list[list[str]]) -> list[tuple[str, str]]:
    """Return the synsets to which `@` (is a kind of), `&` (is like), `*` (entails) or `$` (verb group) points."""
    return [(PARTS[part], offset) for kind, offset, part, _ in pointers if kind in ("@", "&", "*", "$")]


def _add(pairs: dict[str, dict[str, int]], word: str, other: str, tenths: int) -> None:
    one, two = stem(word), stem(other)
    if one == two or not (_usual(word, one) and _usual(other, two)):
        return
    for a, b in ((one, two), (two, one)):
        pairs[a][b] = max(tenths, pairs[a].get(b, 0))


def _usual(word: str, key: str) -> bool:
    return word.isalpha() and word.isascii() and background().get(key, 0) >= COMMON and key not in light_words()


def read_wordnet(folder: Path) -> tuple[dict[tuple[str, str], Synset], dict[tuple[str, str], list[str]]]:
    """Return the synsets (words in lower case, pointers) and each word's senses, the usual one first."""
    synsets: dict[tuple[str, str], Synset] = {}
    senses: dict[tuple[str, str], list[str]] = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in _entries(folder / f"data.{part}"):
            fields = line.split("|")[0].split()
            count = int(fields[3], 16)
            names = [fields[4 + 2 * at].split("(")[0].lower() for at in range(count)]
            rest = fields[4 + 2 * count :]
            synsets[part, fields[0]] = names, [rest[at : at + 4] for at in range(1, 4 * int(rest[0]) + 1, 4)]
        for line in _entries(folder / f"index.{part}"):
            fields = line.split()
            senses[fields[0], part] = fields[-int(fields[2]) :]
    return synsets, senses


def _entries(path: Path) -> list[str]:
    return [line for line in path.read_text("ascii").splitlines() if not line.startswith("  ")]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path, help="folder with WordNet's data.noun, index.noun and so on")
    write_background()
    background.cache_clear()
    folder = parser.parse_args().wordnet
    write_synonyms(folder)
    write_related(folder)


if __name__ == "__main__":
    main()
