"""Faults where nobody waits for an answer: a line for what the core refuses, a number for what is ours."""

import logging

from bot.errors import Refused
from bot.handle import incident_words
from bot.incident import LOGGER, record_incident

LOG = logging.getLogger(LOGGER)


def note_fault(fault: BaseException) -> str:
    """Put a fault into the log, and return what a person may be told of it.

    A database that cannot be read or written says itself what is wrong: that is no fault of the code.
    """
    if isinstance(fault, Refused):
        LOG.warning("%s", fault.message)
        return fault.message
    return incident_words(record_incident(fault))
