"""More pairs out of written ones: a text told again nearly word for word, as people do who ask whether it is so.

Of written pairs that are nearly word for word the same, three in four contradict (one word is another one), so the
cross-encoder took a claim's own words for a contradiction of it. Here each stands with nearly as many that say the
same: asked, typed in haste, with one word for another, a number in digits, a detail less. Now and then one is clumsy.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence

from bot.matching.conflicts.names import table_of_names
from bot.matching.everyday import same_words
from bot.matching.irregular import base_form, is_past

_FRAMES = (
    "{}", "{}", "{}", "{}?", "{}?", "{}, right?", "{}, correct?", "{} true or false", "{} is this true", "{}, true?",
    "is it true that {}", "is it true that {}?", "Is it correct that {}?", "isn't it true that {}?", "is it right {}",
    "hey is it true {}", "lol {}", "so {}?", "{} legit??", "did anyone else hear that {}", "heard {}, legit?",
    "pls check: {}", "can someone check {}", "so apparently {}", "they say {}, is that so?", "my aunt says {}",
)  # fmt: skip
"""How people begin and end when they ask about a statement."""
_SAID = ("did {} say {}?", "according to {}, {}", "{} said {}", "does {} say that {}?", "{} says {}, true?")
_AUXILIARIES = frozenset("has have had is are was were will would may might can could must should did does".split())
_JOINED = frozenset(("a", "the", "of", "and", "who", "that", "which", "whose"))
"""Words behind which no verb of the whole stands."""
_FURTHEST = 9
"""Words before which the verb stands that is put first in a question."""
_DETAIL = re.compile(
    r",? (?:in|on|at|during|near|since|last|this) (?:(?!\b(?:and|or|who|that|to|not)\b)[\w'-]+ ?){1,4}$"
)
_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_OTHERWISE = [(word, str(at)) for at, word in enumerate(_NUMBERS, 2)] + [
    ("percent", "%"), ("per cent", "%"), ("first", "1st"), ("second", "2nd"), ("third", "3rd"),
    ("half of", "50% of"), ("and", "&"), ("million", "m"), ("through", "thru"), ("people", "ppl"), ("without", "w/o"),
    ("did not", "didn't"), ("was not", "wasn't"), ("has not", "hasn't"), ("is not", "isn't"), ("do not", "don't"),
]  # fmt: skip
"""What is typed shorter, or the other way round."""
_BARS = re.compile(r"\b(?:never|no|not|only|first|most|least|\w+est)\b", re.IGNORECASE)
"""Words with which a text says more when a detail is gone: `the largest dam in Africa`."""
_TWO = re.compile(r"(?:^|(?<=[a-z] ))([A-Z][\w-]+) and (?:the )?([A-Z][\w-]+)(?! and\b|,)")
"""Two names, no third one beside them."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class NearCopies:
    """Tells texts again; `texts` are those whose words it may take a verb's base form from."""

    def __init__(self, texts: Sequence[str], seed: int = 0) -> None:
        self._rng = random.Random(seed)
        self._known = Counter(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))
        lines = [*same_words()]
        once = Counter(word for alike in lines for word in alike)
        self._others = {
            word: [other for other in alike if other != word]
            for alike in lines
            for word in alike
            if len(alike) > 1 and once[word] == 1
        }

    def of(self, text: str, who: str = "", *, less: bool = True) -> str:
        """Return `text` told again: what it says is the same, though with `less` a detail may be gone."""
        told = text.rstrip(".!? ")
        steps: list[tuple[float, Callable[[str], str]]] = [
            (0.25 if less else 0.0, self._less), (0.35, self._asked), (0.25, self._other_word), (0.3, self._shorter),
            (0.15, self._without_articles), (0.2, self._both), (0.1, self._really), (0.55, str.lower),
            (0.3, self._mistyped),
        ]  # fmt: skip
        for chance, step in steps:
            if self._rng.random() < chance:
                told = step(told)
        if told.endswith("?"):
            return told
        if who and self._rng.random() < 0.15:
            return self._rng.choice(_SAID).format(who, told)
        return self._rng.choice(_FRAMES).format(told)

    def _less(self, text: str) -> str:
        shorter = _DETAIL.sub("", text)
        return shorter if len(shorter) > len(text) / 2 and not _BARS.search(text) else text

    def _asked(self, text: str) -> str:
        """Put the verb first: `Has X never paid?`, `Did X pay?`."""
        words = text.split()
        for at, word in enumerate(words[1:_FURTHEST], 1):
            before = [
                words[0][0].lower() + words[0][1:] if words[0] in ("The", "A", "An", "Some", "Most") else words[0]
            ]
            before += words[1:at]
            if words[at - 1] in _JOINED:
                continue
            if word in _AUXILIARIES:
                return " ".join([word.capitalize(), *before, *words[at + 1 :]]) + "?"
            if is_past(word):
                return " ".join(["Did", *before, self._base(word), *words[at + 1 :]]) + "?"
        return text

    def _base(self, word: str) -> str:
        base = base_form(word)
        if base != word or not word.endswith("ed"):
            return base
        forms = [word[:-1], word[:-2], word[:-3]] if word[-3] == word[-4:-3] else [word[:-1], word[:-2]]
        forms += [f"{word[:-3]}y"] if word.endswith("ied") else []
        return max(forms, key=lambda form: self._known[form])

    def _other_word(self, text: str) -> str:
        words = text.split()
        places = [at for at, word in enumerate(words) if word in self._others]
        if places:
            at = self._rng.choice(places)
            words[at] = self._rng.choice(self._others[words[at]])
        return " ".join(words)

    def _shorter(self, text: str) -> str:
        for said, typed in self._rng.sample(_OTHERWISE, len(_OTHERWISE)):
            for was, now in ((said, typed), (typed, said)):
                told = re.sub(rf"(?<![\w.,]){re.escape(was)}(?![\w.,]| ?%)", now, text, count=1)
                if told != text and was != "m":
                    return told
        return text

    def _without_articles(self, text: str) -> str:
        return re.sub(r"(?<=\w) (?:the|a|an) ", " ", text)

    def _both(self, text: str) -> str:
        found = _TWO.search(text)
        names = table_of_names()
        if not found or found[0].lower() in names or not {found[1].lower(), found[2].lower()} <= names.keys():
            return text
        return f"{text[: found.start()]}both {text[found.start() :]}"

    def _really(self, text: str) -> str:
        words = text.split()
        places = [at for at, word in enumerate(words[1:_FURTHEST], 1) if is_past(word)]
        if places:
            words.insert(places[0], self._rng.choice(("really", "actually", "indeed")))
        return " ".join(words)

    def _mistyped(self, text: str) -> str:
        words = text.split()
        places = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
        for at in self._rng.sample(places, min(len(places), self._rng.choice((1, 1, 2, 3)))):
            words[at] = self._slip(words[at])
        return " ".join(words)

    def _slip(self, word: str) -> str:
        at = self._rng.randrange(1, len(word) - 1)
        kind = self._rng.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        return word[:at] + (word[at] if kind == 2 else self._rng.choice(_LETTERS)) + word[at:]
