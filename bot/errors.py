"""Errors that a person may see.

Every one derives from `FactbotError` and carries a message written for that person: what was wrong and what
to do. Anything else is a fault of ours: faces log it under an incident number and show only the number.
"""

from collections.abc import Sequence

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_SETTINGS = 78


class FactbotError(Exception):
    """Base of all errors whose message may be shown. `exit_status` is what a command ends with."""

    exit_status = EXIT_REFUSED

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadValue(FactbotError):
    """A field holds something that it must not hold. `field` names it, in the words of the columns."""

    def __init__(self, field: str, value: str, problem: str) -> None:
        shown = value if len(value) <= 80 else value[:79] + "…"
        super().__init__(f"{field}: {problem} (got {shown!r}).")
        self.field = field
        self.value = value
        self.problem = problem


class BadValues(FactbotError):
    """Several fields are wrong at once; `problems` holds one `BadValue` each."""

    def __init__(self, problems: Sequence[BadValue]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class NotFound(FactbotError):
    """What was asked for by name or id is not there (or not in a space that the asker may see)."""


class Refused(FactbotError):
    """A file, a database or a request that cannot be taken as it is."""


class Stale(Refused):
    """What was to be changed has been changed by somebody else since it was read: read it again."""


class TooMany(Refused):
    """Somebody has as many of these as one can have at once: some must go before there can be more."""


class UsageProblem(FactbotError):
    """A command was given in a way that it does not understand."""

    exit_status = EXIT_USAGE


class SettingsProblem(FactbotError):
    """A setting is missing or wrong; the message names it."""

    exit_status = EXIT_SETTINGS
