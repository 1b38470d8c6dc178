"""The verbs, listed once. Faces build their commands, parsers and help from this list: none can drift.

A verb stands here when it works, not before. What each of them does is in `bot.doers`, by the same names.
"""

from bot.model import State
from bot.parameters import (
    ABOUT,
    ANSWERS,
    CLAIM,
    DRAFT,
    NOTE,
    PAGE,
    REASON,
    SAID_ON,
    SEEN,
    SOURCE,
    SPACE,
    STATUS_WORD,
    STATUSES,
    SURE,
    TEXT,
    flag,
)
from bot.records import CONTACT, NOTICES, QUIET, SuggestionKind
from bot.text import MAX_MESSAGE
from bot.verb import Kind, Parameter, Role, Verb

FACTCHECK = Verb(
    "factcheck",
    "Is it on record, who said it, and is it so?",
    (
        Parameter(
            "question", "a statement, a question or a pasted message", Kind.LONG, MAX_MESSAGE, required=True, cuts=True
        ),
    ),
)
SEARCH = Verb(
    "fact search",
    "Find claims by words, claimant, place or date.",
    (Parameter("text", "what to look for", required=True),),
)
SHOW = Verb("fact show", "Show one claim with everything on record about it.", (CLAIM,))
LIST = Verb(
    "fact list",
    "List the claims here, newest change first.",
    (
        Parameter("tag", "only what is about this", limit=60),
        Parameter("status", "only with this status", limit=20, options=STATUSES),
        Parameter("claimant", "only by this claimant", Kind.CLAIMANT, limit=300),
        Parameter("state", "active, removed or withdrawn ones", limit=20, options=tuple(State)),
        PAGE,
    ),
)
ADD = Verb(
    "fact add",
    "Put a claim on record.",
    (TEXT, *ABOUT, REASON, flag("sure", "save it even if it looks like one on record"), SPACE, ANSWERS, DRAFT),
    least=Role.MODERATOR,
    changes=True,
)
EDIT = Verb(
    "fact edit",
    "Change a claim; of a global one, make your community's own version.",
    (CLAIM, TEXT, *ABOUT, REASON, SPACE, SEEN, ANSWERS, DRAFT),
    least=Role.MODERATOR,
    changes=True,
)
STATUS = Verb(
    "fact status",
    "Set the status of a claim, or of all that a tag or a search finds.",
    (
        Parameter("claim", "the claim's id; several are parted by blanks", Kind.CLAIM, limit=2_000),
        STATUS_WORD,
        NOTE,
        Parameter("checked_on", "when it was checked; today if left out", limit=20, column="status_on"),
        Parameter("tag", "all claims about this", limit=60),
        Parameter("search", "all claims that these words find"),
        REASON,
        SURE,
        SPACE,
        SEEN,
        DRAFT,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=3,
)
REMOVE = Verb(
    "fact remove",
    "Hide a claim from answers; restore brings it back.",
    (CLAIM, REASON, SURE, SPACE, DRAFT),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
RESTORE = Verb(
    "fact restore", "Bring a removed claim back.", (CLAIM, REASON, SPACE), Role.MODERATOR, changes=True, positional=2
)
HISTORY = Verb(
    "fact history",
    "Show who changed what, when and why.",
    (
        Parameter("claim", "the claim's id; without one, the latest changes here", Kind.CLAIM),
        PAGE,
        Parameter("space", "the space to look at, when it is not your own", Kind.SPACE, 100, least=Role.OPERATOR),
    ),
    least=Role.MODERATOR,
)
UNDO = Verb(
    "fact undo",
    "Take back one change, or a whole import or bulk change.",
    (
        Parameter("change", "its number, or the batch's name, as history shows them", Kind.CHANGE, 60, required=True),
        REASON,
        SURE,
        SPACE,
        DRAFT,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
ALIAS = Verb(
    "fact alias",
    "Add or drop another way in which people put a claim.",
    (
        CLAIM,
        Parameter("phrasing", "how people put it", Kind.LONG, limit=500),
        flag("never", "a wording that must not match this claim"),
        flag("drop", "take this phrasing away"),
        REASON,
        SPACE,
        ANSWERS,
        DRAFT,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
MERGE = Verb(
    "fact merge",
    "Join two claims that are one: the first becomes a phrasing of the second.",
    (
        CLAIM,
        Parameter("into", "the id of the claim that stays", Kind.CLAIM, required=True),
        REASON,
        SURE,
        SPACE,
        DRAFT,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
SUGGEST = Verb(
    "fact suggest",
    "Suggest a claim, a correction, a source or a phrasing to the moderators.",
    (
        Parameter("text", "what you suggest: the claim, or what is wrong", Kind.LONG, limit=2_000),
        Parameter("claim", "the claim it is about", Kind.CLAIM),
        Parameter("kind", "what it is", limit=20, options=tuple(SuggestionKind)),
        Parameter("claimant", "who made the claim", Kind.CLAIMANT, limit=300, column="claimant"),
        SAID_ON,
        SOURCE,
        DRAFT,
    ),
    changes=True,
)
QUEUE = Verb(
    "fact queue",
    "Go through what people have suggested.",
    (
        Parameter("suggestion", "the suggestion's id; without one, the list", Kind.SUGGESTION, limit=20),
        Parameter("do", "what to do with it", limit=10, options=("take", "accept", "edit", "decline")),
        Parameter("why", "the reason, which the person is told", Kind.LONG, limit=300),
        PAGE,
        SURE,
        SPACE,
        DRAFT,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=3,
)
IMPORT = Verb(
    "fact import",
    "Read claims from a file: .csv, .jsonl, or .json (ClaimReview).",
    (
        Parameter("file", "the file to read", Kind.FILE, limit=300),
        flag("dry_run", "check and count, change nothing"),
        flag("skip_bad", "leave bad rows out instead of refusing the file"),
        SPACE,
    ),
    least=Role.MODERATOR,
    changes=True,
)
EXPORT = Verb(
    "fact export",
    "Get your claims as a file.",
    (
        Parameter("format", "csv when left out", limit=10, options=("csv", "jsonl", "json")),
        flag("history", "the changes instead of the claims"),
        SPACE,
    ),
    least=Role.MODERATOR,
)
MODERATORS = Verb(
    "fact moderators",
    "Say who moderates here; admins name people and roles.",
    (
        Parameter("who", "the person, role or group", Kind.PERSON, limit=100),
        Parameter("do", "name or unname them", limit=10, options=("name", "unname")),
        SPACE,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
BLOCK = Verb(
    "fact block",
    "Take no suggestions from somebody who abuses them; list who is blocked.",
    (
        Parameter("who", "the person", Kind.PERSON, limit=100),
        Parameter("do", "block or unblock them", limit=10, options=("block", "unblock")),
        SPACE,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
SETTINGS = Verb(
    "fact settings",
    "See and change how the bot behaves here.",
    (
        Parameter("setting", "which one", limit=20, options=(NOTICES, QUIET, CONTACT)),
        Parameter("value", "its new value; - clears it", limit=300),
        SPACE,
    ),
    least=Role.MODERATOR,
    changes=True,
    positional=2,
)
LINK = Verb(
    "fact link",
    "Let one community share the claims of another: one newsroom on two platforms.",
    (
        Parameter("community", "the space that joins", Kind.SPACE, limit=100),
        Parameter("to", "the space whose claims it then shares; - parts them", Kind.SPACE, limit=100),
    ),
    least=Role.OPERATOR,
    changes=True,
    positional=2,
)
HELP = Verb(
    "fact help",
    "List the commands, or explain one.",
    (Parameter("command", "the command to explain", Kind.VERB),),
)
NONE_OF_THESE = Verb(
    "none of these",
    "Say that no choice is the claim that was meant.",
    (Parameter("question", "what was asked", Kind.HIDDEN, limit=MAX_MESSAGE, cuts=True),),
    typed=False,
)
OTHERS = Verb("others", "Show what others said on the same topic.", (CLAIM,), typed=False)
WHY = Verb(
    "why",
    "Explain an answer.",
    (Parameter("question", "what was asked", Kind.HIDDEN, MAX_MESSAGE, required=True, cuts=True),),
    typed=False,
)
SOURCES = Verb("sources", "Show the sources of a claim.", (CLAIM,), typed=False)

VERBS = (
    FACTCHECK, SEARCH, SHOW, LIST, ADD, EDIT, STATUS, REMOVE, RESTORE, HISTORY, UNDO, ALIAS, MERGE, SUGGEST, QUEUE,
    IMPORT, EXPORT, MODERATORS, BLOCK, SETTINGS, LINK, HELP, NONE_OF_THESE, OTHERS, WHY, SOURCES,
)  # fmt: skip


def typed_verbs() -> tuple[Verb, ...]:
    """Return the verbs that a person can type."""
    return tuple(verb for verb in VERBS if verb.typed)
