"""The parameters that several verbs have in common."""

from bot.model import Attribution, Status
from bot.verb import YES, Kind, Parameter, Role


def flag(name: str, help: str) -> Parameter:
    """Return a parameter that is given or not."""
    return Parameter(name, help, Kind.YES, limit=len(YES), options=(YES,))


STATUSES = tuple(Status)
CLAIM = Parameter("claim", "the claim's id, as search shows it", Kind.CLAIM, required=True)
REASON = Parameter("why", "the reason, for the history", Kind.LONG, limit=300)
PAGE = Parameter("page", "which page, from 1", limit=6)
SPACE = Parameter("space", "the space to act in, when it is not your own", Kind.SPACE, limit=100, least=Role.OPERATOR)
SURE = flag("sure", "do it without being asked again")
DRAFT = Parameter("draft", "what was typed before", Kind.HIDDEN, limit=40)
ANSWERS = Parameter("suggestion", "the suggestion that this answers", Kind.HIDDEN, limit=20)
SEEN = Parameter("seen", "the version of the claim that was looked at", Kind.HIDDEN, limit=20)

TEXT = Parameter("text", "the claim itself", Kind.LONG, limit=2_000, column="text")
SAID_ON = Parameter("said_on", "when it was said: 2024, 2024-02 or 2024-02-06", limit=20, column="said_on")
STATUS_WORD = Parameter("status", "is it so?", limit=20, column="status", options=STATUSES)
NOTE = Parameter("note", "one sentence: why this status", Kind.LONG, limit=1_000, column="status_note")
SOURCE = Parameter("source", "a link to the evidence, https://…", limit=2_000, column="source_url")

ABOUT = (
    Parameter("claimant", "who made it", Kind.CLAIMANT, limit=300, column="claimant"),
    Parameter("role", "the claimant's office or part", limit=300, column="claimant_role"),
    SAID_ON,
    Parameter("occasion", "where it was said", limit=300, column="occasion"),
    Parameter("via", "who carried it: the outlet", limit=300, column="via"),
    Parameter("attribution", "was it said by them?", limit=20, column="attribution", options=tuple(Attribution)),
    STATUS_WORD,
    NOTE,
    Parameter("checked_on", "when the status was last checked", limit=20, column="status_on"),
    SOURCE,
    Parameter("source_title", "what the source is called", limit=300, column="source_title"),
    Parameter("publisher", "who published the source", limit=300, column="source_publisher"),
    Parameter("source_date", "when the source was published", limit=20, column="source_date"),
    Parameter("tags", "what it is about, parted by |", limit=1_000, column="tags"),
)
"""What can be said about a claim besides its text."""
