"""How a command ends: an exit status, and at most one plain line on standard error. Never a traceback."""

import sys
from collections.abc import Callable

import click

from bot.command.logs import log_file
from bot.command.printing import drop_output, note, speak_utf8
from bot.errors import EXIT_REFUSED, FactbotError
from bot.incident import record_incident

DONE = 0
INTERRUPTED = 130


def exit_status(command: Callable[[], None]) -> int:
    """Run `command` and return the exit status that says how it went."""
    speak_utf8()
    try:
        command()
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # `| head -1` has read all that it wanted
        drop_output()
    except Exception as problem:
        return _told(problem)
    return DONE


def _told(problem: Exception) -> int:
    """Write one line about `problem` to standard error and return its exit status."""
    if isinstance(problem, FactbotError):
        note(problem.message)
        return problem.exit_status
    if isinstance(problem, click.ClickException):
        note(_usage_words(problem))
        return problem.exit_code
    number = record_incident(problem)
    note(
        f"A fault in Factbot, incident {number}. Its record is in {log_file()}; "
        "with FACTBOT_LOG_LEVEL=debug it is shown here."
    )
    return EXIT_REFUSED


def _usage_words(problem: click.ClickException) -> str:
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    return f"{problem.format_message()} See `{context.command_path if context else 'factbot'} --help`."
