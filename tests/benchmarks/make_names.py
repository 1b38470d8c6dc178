"""Makes the matcher's tables of names: `python tests/benchmarks/make_names.py WORDNET_FOLDER`.

places.txt: places of Princeton's WordNet 3.0 with what they lie in (data.noun). people.txt: first and last names of the
United States census of 1990, as the package `names` carries them (public domain). Neither has a word that people use in
small letters: in chat, `mobile` is a telephone. Beside the census stand the words of wordfreq that WordNet does not
know (`obama`, `netflix`), without those of no_names.txt.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from wordfreq import top_n_list, word_frequency

from bot.matching.conflicts.names import table_of_names
from bot.matching.irregular import BASE_FORMS
from bot.matching.words import asking_words, background, chatter_words, light_words, stem

TABLES = Path(__file__).parents[2] / "bot" / "matching" / "tables"
LANDS, OBJECTS = "15", "17"
"""WordNet's files of places, and of mountains, islands and rivers."""
COMMON, PLACE_COMMON = 1e-7, 2e-7
"""Least share of all words that a name must have, to be kept."""
LAST_NAMES, FIRST_NAMES, BOTH = 8_000, 2_500, 1_000
"""So many of the commonest names are kept; a place that is one of the first thousand is no place by itself."""
NO_NAME = frozenset("capital republic state states kingdom empire city".split())
"""A name with one of these is a description, or a name that general English shortens."""
NEW_COMMON = 9e-7
"""Least share of all words of a newer name: the matcher takes any rarer word that no table has for a name anyway."""
NO_NAMES = Path(__file__).with_name("no_names.txt")
CITIES = frozenset(("national_capital", "city", "state_capital", "provincial_capital", "town", "port", "capital"))
"""Kinds of places that names.txt lists with their countries and that are places of their own."""
TOO_WIDE = frozenset("northern southern eastern western hemisphere eurasia america".split())


class Entry(NamedTuple):
    """A WordNet synset: its file, its names, the kind and target of its pointers."""

    file: str
    names: list[str]
    pointers: list[tuple[str, str]]


def read_nouns(folder: Path) -> dict[str, Entry]:
    """Return WordNet's nouns by their place in the file."""
    return {fields[0]: _entry(fields) for fields in _fields(folder / "data.noun")}


def _fields(path: Path) -> Iterator[list[str]]:
    lines = path.read_text("ascii").splitlines()
    return (line.split("|")[0].split() for line in lines if not line.startswith("  "))


def _entry(fields: list[str]) -> Entry:
    count = int(fields[3], 16)
    rest = fields[4 + 2 * count :]
    pointers = [(rest[at], rest[at + 1]) for at in range(1, 4 * int(rest[0]) + 1, 4)]
    return Entry(fields[1], [fields[4 + 2 * at].split("(")[0] for at in range(count)], pointers)


def small_words(folder: Path, *, met: bool) -> set[str]:
    """Return what WordNet writes in small letters; `met` leaves out what it has not met in texts (an `ana`)."""
    found = set()
    for part in ("noun", "verb", "adj", "adv"):
        written = {n for fields in _fields(folder / f"data.{part}") for n in _entry(fields).names if n == n.lower()}
        for fields in _fields(folder / f"index.{part}"):
            if fields[0] in written and (_met(fields) or not met):
                found.add(_plain(fields[0]))
    return found


def _met(fields: list[str]) -> bool:
    """Whether WordNet counted a word in texts (`tagsense_cnt` of its index)."""
    return int(fields[5 + int(fields[3])]) > 0


def _plain(name: str) -> str:
    return name.replace("_", " ").replace(".", "").lower()


def _usable(name: str, small: set[str]) -> bool:
    empty = chatter_words() | light_words() | asking_words()
    return (
        bool(re.fullmatch("[a-z]{3,}", name))
        and small.isdisjoint((name, name.removesuffix("s")))
        and stem(name) not in empty
    )


CAPITALS = ("berlin : germany | europe", "kyiv : ukraine | europe", "chisinau : moldova | europe")
"""Those that WordNet has under another name, or with nothing around them."""


def places(nouns: dict[str, Entry], small: set[str], people: Iterable[str]) -> list[str]:
    """Return the lines of places.txt: `a name | another name : what it lies in | what that lies in`."""
    known, taken = table_of_names(), set(people)
    lines = {}
    for entry in nouns.values():
        if entry.file not in (LANDS, OBJECTS) or not any(kind == "@i" for kind, _ in entry.pointers):
            continue
        city = any(kind == "@i" and not CITIES.isdisjoint(nouns[at].names) for kind, at in entry.pointers)
        ways = [
            name for name in map(_plain, entry.names) if _is_place(name, small, taken) and (city or name not in known)
        ]
        ways = sorted(dict.fromkeys(ways), key=lambda name: -word_frequency(name, "en"))
        if ways and ways[0] not in lines and word_frequency(ways[0], "en") >= PLACE_COMMON:
            lines[ways[0]] = " | ".join(ways), [_plain(nouns[at].names[0]) for at in _around(entry, nouns)]
    kept = lines.keys() | known.keys()
    found = [
        f"{ways} : {' | '.join(dict.fromkeys(each for each in around if each in kept))}".removesuffix(" : ")
        for ways, around in lines.values()
    ]
    return sorted([*found, *CAPITALS])


def _is_place(name: str, small: set[str], people: set[str]) -> bool:
    if " " in name:
        words = name.split()
        return NO_NAME.isdisjoint(words) and not set(words) <= light_words() and bool(re.fullmatch("[a-z ]{6,}", name))
    return len(name) > 3 and name not in people and _usable(name, small)


def _around(entry: Entry, nouns: dict[str, Entry]) -> list[str]:
    """Return what a place is a part of, the nearest first."""
    found: dict[str, None] = {}
    row = [target for kind, target in entry.pointers if kind == "#p"]
    while row:
        found.update(dict.fromkeys(row))
        row = [target for at in row for kind, target in nouns[at].pointers if kind == "#p" and target not in found]
    return [at for at in found if TOO_WIDE.isdisjoint(_plain(nouns[at].names[0]).split())]


def people(small: set[str], last: int, first: int) -> list[str]:
    """Return the commonest last and first names of the census that general English has too."""
    folder = files("names")
    ranked = ((file, most) for file, most in (("last", last), ("female.first", first), ("male.first", first)))
    names: dict[str, None] = {}
    for file, most in ranked:
        name = f"dist.all.{file}" if file == "last" else f"dist.{file}"
        lines = (folder / name).read_text("ascii").splitlines()[:most]
        names.update(dict.fromkeys(line.split()[0].lower() for line in lines))
    return sorted(
        n for n in names if _usable(n, small) and word_frequency(n, "en") >= COMMON and stem(n) in background()
    )


def newer_names(folder: Path) -> list[str]:
    """Return the common words that are no word of WordNet in any form, and were found to be names."""
    words = {word for name in small_words(folder, met=False) for word in name.replace("-", " ").split()}
    stems = {stem(word) for word in words}
    no_names = {word for line in NO_NAMES.read_text("ascii").splitlines() if line[:1] != "#" for word in line.split()}
    return [
        word
        for word in top_n_list("en", 60_000)
        if word_frequency(word, "en") >= NEW_COMMON
        and len(word) > 3
        and _usable(word, words | no_names)
        and stem(word) not in stems
        and not _is_form(word, words)
    ]


def _is_form(word: str, words: set[str]) -> bool:
    """Whether a word is a form of one in WordNet that the stemmer leaves alone, or no word: `richest`, `goin`."""
    if not re.search("[aeiouy]", word) or re.search(r"(.)\1\1|fuck|shit|bitch|porn", word) or word in BASE_FORMS:
        return True
    parts = ((word[:at], word[at:]) for at in range(3, len(word) - 1))
    joined = any(head in words and tail in words and len(tail) > 2 for head, tail in parts)
    bases = (word.removesuffix(end) for end in ("est", "ier", "er", "iest", "men", "women", "s", "es"))
    forms = {base + end for base in bases if base != word for end in ("", "e", "y", "man")}
    forms |= {form[:-1] for form in forms if len(form) > 3} | {word + "g"}
    return joined or not words.isdisjoint(form for form in forms if len(form) > 2)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path, help="folder with WordNet's data.noun and so on")
    folder = parser.parse_args().wordnet
    small, common = small_words(folder, met=False), small_words(folder, met=True)
    best = people(common, BOTH, BOTH)
    made = "# Made by tests/benchmarks/make_names.py from"
    found = places(read_nouns(folder), common, best)
    head = f"{made} WordNet 3.0, (c) 2006 Princeton University.\n"
    (TABLES / "places.txt").write_text(head + "\n".join(found) + "\n", "ascii")
    where = {name for line in found for name in line.split(" : ")[0].split(" | ")} | table_of_names().keys()
    named = sorted({*best, *people(small, LAST_NAMES, FIRST_NAMES), *newer_names(folder)} - where)
    head = f"{made} the census of the United States of 1990 and wordfreq (Robyn Speer; data CC BY-SA 4.0).\n"
    (TABLES / "people.txt").write_text(head + "\n".join(named) + "\n", "ascii")


if __name__ == "__main__":
    main()
