"""Hostile input, the same for the same seed: texts, mutations of real ones, JSON values, and files that are well-formed
but evil. Most are short, so that many can be tried; some are as long as anything that the bot takes.
"""

import json
import random
from collections.abc import Sequence
from typing import Any

LONGEST = 40_000
_SCRIPTS = ((0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE00), (0x1100, 0x1200),
            (0x3040, 0x3100), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1F300, 0x1FAFF), (0x2000, 0x2070),
            (0xFB50, 0xFDFF), (0xD800, 0xE000), (0, 0x20))  # fmt: skip
NASTY = (
    "\0", "\ud800", "\udfff\ud800", "\u202e", "\u2066\u2069", "\ufdfa", "\u0300" * 40, "\u200d", "\ufeff", "\u2028",
    "👩‍👩‍👧‍👦", "🏴\U000e0067\U000e007f", "🇺🇦🇺", "ก็็็็็", "\u0958", "ß", "İ", "ﬃ", "①", "½", "٣", "Ⅻ", "²",
    "\x1b[31m", "\x85",
    "@everyone", "<@1>", "<!channel>", "<@&2>", "<#3>", "<t:0:R>", "</x:4>", "&lt;", "&#0;", "&#x110000;", "&bogus;",
    "<![CDATA[x]]>", "<!--", "<script>", "<!doctype", "<?", "=1+1", "@SUM(A1)", "'=cmd", "a | b", "\\|", "\\", "%00",
    '"', "'", "“", "``", "**", "||", "{}", "%s", "{0.__class__}", "; DROP TABLE claims; --", "null", "NaN", "Infinity",
    "1e400", "9" * 400, "-1", "0", "0x1F", "1_000", "१२", "0000", "99999999999", "2024-02-30", "0000-00-00",
    "1000-13-01", "2024-2-6", "February 31st, 2024", "Tue, 6 Feb 2024 10:00:00 GMT", "-0001-01-01", "20240206",
    "https://", "https://@", "https://[::1", "https://[v1.x]:99999/", "javascript:alert(1)", "https://a:b@c", "//x",
    "discord:1", "slack:T1", "global", "d0123456789ab", "~", "!", "?", "=", "--", "--why", "why=", 'note="', "sure",
    "\n", "\r", "\t", ",", ";", " ", "\u3000", "../../etc/passwd", "CON", "a" * 300, "1/0", "one in zero", "0%",
    "hundred " * 20, "zero hundred thousandth", "1 in 0", "a dozen dozen", "9" * 5_000, "half a third of", "$€£5bn",
)  # fmt: skip
"""Pieces that have broken programs."""
_SIGNS = "?!.,;:'\"()[]{}<>|\\/`~@#$%^&*-_=+…“”‘’«» \n\t"
_EVIL_JSON = ("NaN", "-Infinity", "1e999", "9" * 5_000, "-" + "8" * 4_400, "1.5e-400", '"\\ud800"', '"\\u0000"', "true",
              "null", "[]", "{}", '{"a":1,"a":2}', '{"@id":{}}', '{"@list":[[]]}', '"\\uDFFF\\uD800"')  # fmt: skip


class Hostile:
    """Draws hostile input; `seeds` are real texts that are mutated."""

    def __init__(self, seed: str, seeds: Sequence[str]) -> None:
        self.chance = random.Random(seed)
        self.seeds = seeds

    def length(self, most: int) -> int:
        """Return a length of at most so many: short ones far more often."""
        return int(most ** self.chance.random() ** 2)

    def text(self, most: int = LONGEST) -> str:
        """Return any text of up to about `most` characters."""
        kinds = (self.drawn, self.nasty, self.nasty, self.mutated, self.mutated, self.mutated, self.repeated, self.heap)
        return self.chance.choice(kinds)(most)

    def drawn(self, most: int) -> str:
        """Return characters of one to three scripts, lone halves and controls among them."""
        spans = self.chance.choices(_SCRIPTS, k=self.chance.randint(1, 3))
        return "".join(chr(self.chance.randrange(*self.chance.choice(spans))) for _ in range(self.length(most // 8)))

    def nasty(self, _most: int) -> str:
        """Return pieces that have broken programs, with words between."""
        pieces = self.chance.choices(NASTY, k=self.chance.randint(1, 6))
        return self.chance.choice(["", " ", "|", "\n", "a"]).join(pieces)

    def mutated(self, most: int) -> str:
        """Return a real text after some mutations."""
        return self.mutate(self.chance.choice(self.seeds))[: 4 * most]

    def repeated(self, most: int) -> str:
        """Return one piece over and over."""
        piece = self.chance.choice([self.chance.choice(NASTY), self.chance.choice(_SIGNS), self.drawn(80)]) or "x"
        return (piece * (self.length(most) // len(piece) + 1))[:most]

    def heap(self, most: int) -> str:
        """Return marks upon a letter, one ligature that unfolds, or signs."""
        alphabet = self.chance.choice(["\u0300\u0301\u0316", "\ufdfa", _SIGNS, "👩\u200d", "\u05d0\u202e", "١٢", "9,."])
        return "a" + "".join(self.chance.choices(alphabet, k=self.length(most)))

    def mutate(self, text: str) -> str:
        """Cut, double, splice, swap, flip, or put something nasty in; a few times."""
        for _ in range(self.chance.randint(0, 4)):
            at, end = sorted((self.chance.randint(0, len(text)), self.chance.randint(0, len(text))))
            kind = self.chance.randrange(7)
            if kind == 0:
                text = text[:at] + text[end:]
            elif kind == 1:
                text = text[:end] + text[at:]
            elif kind == 2:
                other = self.chance.choice(self.seeds)
                text = text[:at] + other[self.chance.randint(0, len(other)) :]
            elif kind in (3, 4):
                text = text[:at] + self.chance.choice(NASTY) + text[at if kind == 3 else end :]
            elif kind == 5:
                text = text[:at] + chr(self.chance.randrange(0x110000)) + text[at + 1 :]
            else:
                text = text[:at] + text[at:end] * self.chance.randint(2, 20) + text[end:]
        return text

    def flipped(self, content: bytes, most: int = 8) -> bytes:
        """Flip, cut, double, overwrite or drop bytes."""
        made = bytearray(content)
        for _ in range(self.chance.randint(1, most)):
            at = self.chance.randint(0, max(0, len(made) - 1))
            span = self.length(4_096)
            kind = self.chance.randrange(6)
            if kind <= 1 and made:
                made[at] ^= 1 << self.chance.randrange(8)
            elif kind == 2:
                made[at : at + span] = self.chance.randbytes(span)
            elif kind == 3:
                made[at : at + span] = bytes(span)
            elif kind == 4:
                del made[at : len(made) if self.chance.random() < 0.3 else at + span]
            else:
                made[at:at] = made[at : at + span]
        return bytes(made)

    def value(self, depth: int = 3) -> Any:
        """Return any value that JSON can hold."""
        kind = self.chance.randrange(9 if depth else 6)
        if kind <= 2:
            return self.text(200)
        if kind == 3:
            return self.chance.choice([None, True, False, [], {}, ""])
        if kind == 4:
            return self.chance.choice([0, -1, 10**400, 1 << 63, 2024, 1.5, float("nan"), float("inf"), -0.0, 1e300])
        if kind == 5:
            return self.chance.choice(NASTY)
        if kind == 6:
            return [self.value(depth - 1) for _ in range(self.chance.randint(0, 4))]
        return {self.text(30): self.value(depth - 1) for _ in range(self.chance.randint(0, 4))}

    def twisted(self, value: Any, share: float = 0.05) -> Any:
        """Return a value of the same shape, some of its parts replaced by any value."""
        if self.chance.random() < share:
            return self.value(2)
        if isinstance(value, dict):
            made = {key: self.twisted(each, share) for key, each in value.items() if self.chance.random() > share / 2}
            return made if self.chance.random() > share else {**made, self.text(20): self.value(1)}
        if isinstance(value, list):
            made_of = [self.twisted(each, share) for each in value if self.chance.random() > share]
            return made_of * self.chance.choice([1, 1, 1, 2])
        return self.mutate(value) if isinstance(value, str) and self.chance.random() < 0.3 else value

    def worded(self, value: Any) -> Any:
        """Return a value of just the same shape with hostile texts in some places: what people type, as sent on."""
        if isinstance(value, dict):
            return {key: self.worded(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.worded(each) for each in value]
        return self.text(2_000) if isinstance(value, str) and self.chance.random() < 0.4 else value

    def json(self, value: Any) -> str:
        """Return a value as JSON, sometimes broken, sometimes with what JSON should not hold."""
        text = json.dumps(value, ensure_ascii=self.chance.random() < 0.5)
        kind = self.chance.randrange(8)
        if kind == 0:
            return self.mutate(text)
        if kind == 1:
            return text.replace('"', self.chance.choice(_EVIL_JSON), self.chance.randint(1, 2))
        if kind == 2:
            at = text.find(":") + 1
            return text[:at] + self.chance.choice(_EVIL_JSON) + self.chance.choice([",", "}", ""]) + text[at:]
        if kind == 3 and self.chance.random() < 0.05:
            deep = self.chance.choice([500, 5_000, 100_000])
            return (
                self.chance.choice(["[", '{"a":', '{"@graph":[']) * deep + text + self.chance.choice(["", "]" * deep])
            )
        return text
