"""The words of Factbot as types: claims, their claimants, statuses and sources, and the outcome of a question.

Values only. Unknown text is the empty string, never None, so that a value, a column, a CSV cell and a JSON field
all say "unknown" in the same way. Dates are ISO 8601 and may be partial (`2023`, `2023-10`, `2023-10-14`).
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from enum import Enum, StrEnum

GLOBAL = "global"
"""The space whose claims every community sees."""


class Attribution(StrEnum):
    """Axis 1: was it said?"""

    QUOTED = "quoted"
    REPORTED = "reported"
    MISATTRIBUTED = "misattributed"


class Status(StrEnum):
    """Axis 2: is it so?"""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"
    MISLEADING = "misleading"
    REFUTED = "refuted"
    RETRACTED = "retracted"
    OPINION = "opinion"


class State(StrEnum):
    """Whether a claim is shown. Nothing is deleted.

    Removing hides; in a community's space it hides the global claim with the same external id there too. A withdrawn
    one hides only itself: the global claim is shown again.
    """

    ACTIVE = "active"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a question came to."""

    MATCH = "match"
    DIFFERENT = "different"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Source:
    """Evidence for a status. A publisher alone is enough."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that can be true or false, made by a claimant, as it is on record in one space."""

    text: str
    external_id: str = field(default_factory=lambda: new_external_id())
    space: str = GLOBAL
    state: State = State.ACTIVE
    claimant: str = ""
    claimant_role: str = ""
    said_on: str = ""
    occasion: str = ""
    via: str = ""
    attribution: Attribution = Attribution.REPORTED
    status: Status = Status.UNVERIFIED
    status_note: str = ""
    status_on: str = ""
    original_rating: str = ""
    sources: tuple[Source, ...] = ()
    phrasings: tuple[str, ...] = ()
    never_phrasings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lang: str = "en"

    @property
    def id(self) -> str:
        """Stable text that names this claim in this database; see `claim_id`."""
        return claim_id(self.space, self.external_id)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Its text and its phrasings."""
        return (self.text, *self.phrasings)

    @property
    def independent_sources(self) -> int:
        """How many publishers stand behind it: sources are counted, not links."""
        return len({(source.publisher or source.url or source.title).casefold() for source in self.sources})


_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def claim_id(space: str, external_id: str) -> str:
    """The id that follows from a claim's space and external id.

    It is derived, not counted, so that a file exported here and imported elsewhere gives the same ids and the same
    order. A global claim keeps a plain external id as its id; any other gets 16 hex digits of SHA-256.
    """
    if space == GLOBAL and _PLAIN_ID.fullmatch(external_id):
        return external_id
    return "x" + hashlib.sha256(f"{space}\0{external_id}".encode()).hexdigest()[:16]


def new_external_id() -> str:
    """A fresh external id: 12 characters, about 60 bits, lower case."""
    return "f" + secrets.token_hex(6)


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """One word of the question in an explanation: `how` is exact, stem, typo, synonym, other name or missing."""

    word: str
    matched: str
    how: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a claim got its score: the words, the signals (name, value, pull on the score in log-odds), conflicts."""

    words: tuple[WordEvidence, ...] = ()
    signals: tuple[tuple[str, float, float], ...] = ()
    conflicts: tuple[str, ...] = ()
    matched_phrasing: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One claim in an answer. `score` is the estimated probability, 0 to 1, that it is the claim asked about."""

    claim: Claim
    outcome: Outcome
    score: float
    difference: str | None = None
    explanation: Explanation | None = None


class Wish(Enum):
    """What is wanted beside the outcome: nothing, the nearest claims whatever the outcome, or their explanation too."""

    OUTCOME, NEAREST, WHY = range(3)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to.

    `hits`: what a person is shown, best first (1 to 3 for match, 1 for different, 2 to 5 for ambiguous, none for
    none). `candidates`: up to five nearest, whatever the outcome. `others`: claims by other people on the same topic.
    """

    question: str
    outcome: Outcome
    reason: str
    hits: tuple[Hit, ...] = ()
    candidates: tuple[Hit, ...] = ()
    others: tuple[Claim, ...] = ()
