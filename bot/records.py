"""What a database keeps beside the claims, as values: changes and revisions, suggestions, drafts, notices.

People appear here under a random id (`p` and 12 hex digits) that stands for their account; whoever is asked to
forget them cuts that tie. Times are UTC in ISO 8601 with a `Z`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Claim

NOTICES, QUIET, CONTACT = "notices", "quiet", "contact"
"""The settings of a community: the channel that is told of suggestions, those to be quiet in, whom answers name."""


@dataclass(frozen=True, slots=True)
class Change:
    """One claim as it was read (None: it is not there) and as it should be.

    Its id stays; an empty verb is add or edit.
    """

    before: Claim | None
    after: Claim
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Who changes claims (an account, or the program itself: `starter`), and through what (`terminal`, `discord`, …).

    Revisions with one `batch` can be undone together. `at` is now when empty; `undoes` is the number of the
    revision that this one undoes, 0 for none; `name` is what people call the account.
    """

    actor: str
    origin: str
    batch: str = ""
    at: str = ""
    why: str = ""
    undoes: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One change on record; `before` is None when the claim was not there.

    `person` is the random id of who did it, or a system actor (`starter`) as it is; `actor` and `name` are empty
    once they are forgotten. With `taken_down`, texts of it were removed by legal demand: `before`, `after` or `why`
    may be missing for that.
    """

    id: int
    claim_id: str
    space: str
    at: str
    person: str
    actor: str
    name: str
    origin: str
    verb: str
    batch: str
    why: str
    undoes: int
    before: Claim | None
    after: Claim | None
    taken_down: bool = False


class SuggestionKind(StrEnum):
    """What somebody suggests."""

    CLAIM = "claim"
    CORRECTION = "correction"
    SOURCE = "source"
    PHRASING = "phrasing"


class SuggestionState(StrEnum):
    """What has become of a suggestion. Open and taken ones wait in the queue."""

    OPEN = "open"
    TAKEN = "taken"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody suggests for a space: the columns as they were typed, already checked.

    `person`, `taken_by`, `decided_by`: random ids. `note` holds the notes of all who suggested the same, a line
    each; `backers` is how many they are.
    """

    id: str
    space: str
    kind: SuggestionKind
    claim_id: str
    values: Mapping[str, str]
    note: str
    person: str
    at: str
    state: SuggestionState = SuggestionState.OPEN
    taken_by: str = ""
    decided_by: str = ""
    decided_at: str = ""
    reason: str = ""
    backers: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed and not yet saved: the verb it was typed for, and the values by name."""

    id: str
    verb: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to bring: `to` is an account, or a channel's address such as `discord:channel:9`."""

    id: int
    to: str
    space: str
    title: str
    text: str
    at: str
