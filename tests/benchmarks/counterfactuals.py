"""More pairs out of written ones: the same texts, with one thing exchanged in one or both of them.

Written pairs give away by their form what they are: of a question that says the same as its claim and one that does
not, the questions alone tell which is which 78 times in 100 (word counts, the first 2,149 groups). Here a question
stands with a claim that says the same and with one that does not, in the same words: only the comparison tells.
"""

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\w+(?:[.,'’]\w+)*%?|[^\w\s]")
MOST_EXCHANGED = 4
"""Words of a run that is exchanged."""
ASKED = (
    "is it true that {}", "did anyone else hear that {}", "somebody says {}", "so {}", "can someone check: {}",
    "is it right that {}", "they say {} - true?", "fact check: {}", "i read that {}", "heard {}, legit?",
)  # fmt: skip
"""How people begin when they ask about a statement."""


class Exchange(NamedTuple):
    """What a claim says, and what stands there instead in a text that is otherwise the same, word for word."""

    said: str
    instead: str

    def on(self, text: str) -> str | None:
        """Return the text with the exchange made; None unless it says just once what the claim says."""
        places = [*re.finditer(rf"(?<!\w){re.escape(self.said)}(?!\w)", text, re.IGNORECASE)]
        if len(places) != 1:
            return None
        return text[: places[0].start()] + self.instead + text[places[0].end() :]


def exchange(claim: str, text: str) -> Exchange | None:
    """Return the one run of words in which two texts differ; None if they differ in more, or only by adding."""
    was, now = [*_TOKEN.finditer(claim)], [*_TOKEN.finditer(text)]
    before = _alike(was, now)
    after = _alike(was[before:][::-1], now[before:][::-1])
    said, instead = was[before : len(was) - after], now[before : len(now) - after]
    if not (0 < len(said) <= MOST_EXCHANGED and 0 < len(instead) <= MOST_EXCHANGED):
        return None
    return Exchange(claim[said[0].start() : said[-1].end()], text[instead[0].start() : instead[-1].end()])


def _alike(some: Sequence[re.Match[str]], others: Sequence[re.Match[str]]) -> int:
    count = 0
    for one, other in zip(some, others, strict=False):
        if one.group().lower() != other.group().lower():
            break
        count += 1
    return count


def exchanged(
    claim: str, same: Sequence[str], conflict: Sequence[str], answered: Sequence[str] = ()
) -> Iterator[tuple[str, str, bool]]:
    """Yield what one group gives by exchanging what makes a conflict: question, claim, whether it says the same.

    `answered`: questions that leave something open which the claim says; it still does with something else there.
    """
    yield claim, claim, True
    for text in conflict:
        swap = exchange(claim, text)
        if swap is None:
            continue
        yield claim, text, False
        yield text, text, True
        for asked in same:
            if (now := swap.on(asked)) is not None:
                yield asked, text, False
                yield now, text, True
                yield now, claim, False
        told = {word.lower() for word in re.findall(r"\w+", swap.said)}
        for asked in answered:
            if told.isdisjoint(re.findall(r"\w+", asked.lower())):
                yield asked, text, True


def varied(text: str, rng: random.Random) -> str:
    """Return a text as somebody else might have typed it: asked or stated, with a question mark or without."""
    chance = rng.random()
    if text.endswith("?"):
        return text.rstrip("? ") if chance < 0.25 else text
    bare = text.rstrip(".! ")
    if chance < 0.3:
        return bare + "?"
    if chance < 0.5:
        return rng.choice(ASKED).format(bare)
    return bare if chance < 0.65 else text
