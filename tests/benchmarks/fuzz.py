"""Hostile texts: `python tests/benchmarks/fuzz.py ASKCLAIMS_FOLDER [--texts 10000] [--show 5]`.

Texts of up to 40,000 characters (seed fixed), of every kind below in turn, are asked in process over the folder's
claims. Printed for each kind: the slowest and the 99.9th percentile in milliseconds, the slowest in processor time (on
a busy machine the better measure), and how many raised an exception.
A rapidfuzz token_set scan of the same texts, a few of each kind, is the baseline in the same run.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import asker_over, plain_claims, table
from claim_pairs import read_askclaims
from rapidfuzz import fuzz, process

from bot.ask import Asker
from bot.model import Wish

LONGEST = 40_000
BASELINES = 2
"""Texts of each kind that the baseline is asked."""
_SCRIPTS = ((0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE00), (0x3040, 0x3100),
            (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1F300, 0x1FAFF), (0x2000, 0x2070), (0xFB50, 0xFDFF))  # fmt: skip
_MARKS = "".join(map(chr, range(0x300, 0x370)))
_EMOJI = "".join(map(chr, [*range(0x1F600, 0x1F650), 0x200D, 0xFE0F, 0x1F3FB]))
_RTL = "".join(map(chr, [*range(0x5D0, 0x5EB), *range(0x620, 0x64B), 0x202E, 0x202C, 0x20]))
_SIGNS = "?!.,;:'\"()[]{}<>|\\/`~@#$%^&*-_=+…“”‘’«»"


class Texts:
    """Makes hostile texts out of claims, the same for the same seed."""

    def __init__(self, claims: Sequence[str], seed: int) -> None:
        self.chance = random.Random(seed)
        self.claims = claims
        self.words = sorted({word for claim in claims for word in claim.split()})

    def drawn(self, alphabet: str) -> str:
        """Return characters of an alphabet, up to the longest text."""
        return "".join(self.chance.choices(alphabet, k=self.chance.randint(1, LONGEST)))

    def any_characters(self) -> str:
        """Characters of one to three scripts."""
        spans = self.chance.choices(_SCRIPTS, k=self.chance.randint(1, 3))
        return self.drawn("".join(chr(code) for span in spans for code in range(*span)))

    def every_code(self) -> str:
        """Any code points at all, lone surrogates and controls too."""
        return "".join(chr(self.chance.randrange(0x110000)) for _ in range(self.chance.randint(1, 4_000)))

    def combining_marks(self) -> str:
        """Letters under heaps of marks."""
        heap = self.chance.randint(1, 400)
        return "".join(
            letter + "".join(self.chance.choices(_MARKS, k=heap)) for letter in self.chance.choice(self.claims)
        )

    def one_long_word(self) -> str:
        """No blank anywhere, a few letters or a few words over and over."""
        return "".join(self.chance.choices(self.chance.sample(self.words, 5), k=8_000))

    def dense_sentences(self) -> str:
        """Forty claims on record and more, one after the other."""
        return " ".join(claim.rstrip(".") + "." for claim in self.chance.sample(list(self.claims), 45))

    def mixed_sentences(self) -> str:
        """Sentences of words of all claims, as long as a sentence may be."""
        return " ".join(" ".join(self.chance.choices(self.words, k=100)) + "." for _ in range(70))

    def many_sentences(self) -> str:
        """20,000 sentences of a letter or a word."""
        return ".\n".join(self.chance.choice(self.words)[:1] for _ in range(LONGEST // 2))

    def misspelt(self) -> str:
        """Words with letters changed, none of which is on record."""
        return " ".join(self._slip(word) for word in self.chance.choices(self.words, k=4_000))

    def _slip(self, word: str) -> str:
        at = self.chance.randrange(len(word))
        return word[:at] + self.chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :] + "." * (at == 7)

    def numbers(self) -> str:
        """Digits, magnitudes, dates and number words."""
        parts = "9 1,000 3.5bn nine million 2024-02-06 hundred 1st ½ ٣ twenty 7% $5 dozen half a third of and".split()
        return " ".join(self.chance.choices(parts, k=self.chance.randint(1, 8_000)))

    def repeated(self) -> str:
        """One claim or one word again and again."""
        what = self.chance.choice([self.chance.choice(self.claims), self.chance.choice(self.words)])
        return self.chance.choice([" ", "", "? ", "\n"]).join([what] * (LONGEST // len(what) + 1))

    def right_to_left(self) -> str:
        """Hebrew and Arabic with direction marks."""
        return self.drawn(_RTL)

    def emoji(self) -> str:
        """Emoji with joiners and skin tones."""
        return self.drawn(_EMOJI)

    def signs(self) -> str:
        """Punctuation only."""
        return self.drawn(_SIGNS)

    def kinds(self) -> dict[str, Callable[[], str]]:
        """Return what makes each kind of text."""
        kinds = (
            self.any_characters, self.every_code, self.combining_marks, self.one_long_word, self.dense_sentences,
            self.mixed_sentences, self.many_sentences, self.misspelt, self.numbers, self.repeated, self.right_to_left,
            self.emoji, self.signs,
        )  # fmt: skip
        return {kind.__name__.replace("_", " "): kind for kind in kinds}


class Asked(NamedTuple):
    """What one text cost: milliseconds, those in which the processor was ours, and whether it raised an exception."""

    ms: float
    busy: float
    raised: bool


def measure(asker: Asker, text: str) -> Asked:
    """Ask a text."""
    begun, worked = time.perf_counter(), time.thread_time()
    try:
        asker.ask(text, wish=Wish.OUTCOME)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return Asked(0.0, 0.0, True)
    return Asked(1000 * (time.perf_counter() - begun), 1000 * (time.thread_time() - worked), False)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--show", type=int, default=0, help="print the beginning of the slowest texts")
    arguments = parser.parse_args()
    claims, _ = read_askclaims(arguments.folder)
    texts = Texts(list(claims.values()), arguments.seed)
    asker = asker_over(plain_claims(claims))
    asker.prepare()
    folded = [text.lower() for text in claims.values()]
    rows: list[list[object]] = [
        ["kind", "texts", "most ms", "99.9 % ms", "most CPU ms", "exceptions", "token_set scan ms"]
    ]
    every: list[tuple[Asked, str]] = []
    kinds = texts.kinds()
    for name, kind in kinds.items():
        asked = [kind()[:LONGEST] for _ in range(arguments.texts // len(kinds) + 1)]
        found = [measure(asker, text) for text in asked]
        every += zip(found, asked, strict=True)
        rows.append([name, len(asked), *_summary(found), _scan(asked[:BASELINES], folded)])
    rows.append(["all", len(every), *_summary([one for one, _ in every]), ""])
    table(rows)
    for one, text in sorted(every, reverse=True)[: arguments.show]:
        print(f"{one.ms:.0f} ms: {text[:300]!a}")


def _summary(found: Sequence[Asked]) -> list[object]:
    times = sorted(one.ms for one in found)
    late = times[min(len(times) - 1, int(0.999 * len(times)))]
    busy = max(one.busy for one in found)
    return [f"{times[-1]:.1f}", f"{late:.1f}", f"{busy:.1f}", sum(one.raised for one in found)]


def _scan(texts: Sequence[str], claims: Sequence[str]) -> str:
    begun = time.perf_counter()
    for text in texts:
        process.extractOne(text[:2_000].lower(), claims, scorer=fuzz.token_set_ratio)
    return f"{1000 * (time.perf_counter() - begun) / len(texts):.0f}"


if __name__ == "__main__":
    main()
