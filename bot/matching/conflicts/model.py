"""The values that the conflict checks pass to each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.matching.conflicts.tokens import Token


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing in which a text contradicts a claim on record."""

    kind: str
    difference: str
    """In words for a person: `on record: at least nine; you wrote fifty`."""
    strength: float
    """From 0 to 1: how sure it is that this is a contradiction."""
    about: frozenset[str] = frozenset()
    """Keys of the question's words that are denied or opposed: a phrasing that has one may clear the conflict up."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its first and last token, its keys without titles, how it is written, what it is."""

    start: int
    last: int
    keys: frozenset[str]
    surface: str
    kind: str
    """The heading of the table of other names under which it stands, else empty."""
    after_place_word: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something. `low` to `high` is what it allows; `value` is the number that is written."""

    start: int
    last: int
    value: float
    low: float
    high: float
    unit: str
    """`%`, a currency, a measure's base unit, `times`, `score`, `order`; empty for a count of things."""
    kind: str
    """What can be compared: share, money, length, …, count."""
    things: frozenset[str]
    """Keys of what is counted."""
    near: frozenset[str]
    """Keys of the words just before."""
    text: str
    vague: bool = False
    exact: bool = False
    """Said to be neither more nor less: `exactly nine`, `only nine`."""
    strict: bool = False
    """Its bound leaves out the number itself, or says that it is at most that: `over nine`, `up to nine`."""
    rate: str = ""
    """Key of the time in which it is so many: `day` in `three times a day`."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or as much of it as is written; 0 stands for what is not."""

    start: int
    last: int
    year: int
    month: int
    day: int
    year_to: int = 0
    """Last year of a decade (`1990s`)."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that denies (`not`, `never`, `failed to`), and the keys of the words that it denies."""

    start: int
    targets: frozenset[str]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """How much or which of something: all, most, some, none, only, first, last; and the key of that something."""

    start: int
    which: str
    thing: str
    text: str


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that says that something is not simply so (`may`, `plans to`, `nearly`), and the verb it is about."""

    which: str
    key: str
    target: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One text, parsed once. `content` holds the places in `tokens` of the words that say something."""

    text: str
    tokens: tuple[Token, ...] = field(repr=False)
    content: tuple[int, ...] = field(repr=False)
    ranks: dict[str, tuple[int, ...]] = field(repr=False)
    """Each content key → its places within `content`."""
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    denials: tuple[Denial, ...]
    scopes: tuple[Scope, ...]
    sides: dict[int, dict[int, int]]
    """Each opposition of the table of antonyms in the text → its side (0, 1) → the token's place."""
    hedges: tuple[Hedge, ...]
    speaker: tuple[Token, ...]
    """Who is said to have said it, titles included."""
    asks: bool
    """It asks whether something is so."""

    @property
    def words(self) -> frozenset[str]:
        """The keys of all words, small ones too."""
        return frozenset(token.key for token in self.tokens)

    def key_at(self, rank: int) -> str:
        """Return the key of the content word at a place within `content`; the empty string outside."""
        return self.tokens[self.content[rank]].key if 0 <= rank < len(self.content) else ""

    def written(self, places: Iterable[int]) -> str:
        """Return the tokens at these places as words in small letters."""
        return " ".join(self.tokens[at].lower for at in places)

    def only_place(self, key: str) -> int:
        """Return where in `tokens` a content key stands when it stands once; else -1."""
        ranks = self.ranks.get(key, ())
        return self.content[ranks[0]] if len(ranks) == 1 else -1

    def next_content(self, at: int) -> str:
        """Return the key of the content word soon behind a token; the empty string where there is none."""
        return next((token.key for token in self.tokens[at + 1 : at + 5] if token.content), "")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside a claim on record, their words matched."""

    question: Statement
    record: Statement
    matched: dict[str, str]
    """Each content key of the question that the record has → the record's key (another one for a typo)."""
    found: frozenset[str]
    """The record's keys that are matched."""
    cover_question: float
    """Share of the question's content words that the record has."""
    cover_record: float
    beside: frozenset[str] = frozenset()
    """Keys that are on record beside this text: who said it, what the claim's own text has when this is a phrasing."""
