"""Faults of ours: logged whole under a number; people see the number.

A log must not hold what people wrote, and an exception's message may quote it (`KeyError: 'word'`). So a
record has the kind of the fault and every place that it came through; its message is added at level debug.
"""

import logging
import secrets
import traceback

LOGGER = "factbot"


def record_incident(fault: BaseException) -> str:
    """Log `fault` with the way it took and return its incident number."""
    number = secrets.token_hex(4)
    log = logging.getLogger(LOGGER)
    log.error("incident %s: %s", number, _way(fault))
    log.debug("incident %s in full", number, exc_info=fault)
    return number


def _way(fault: BaseException) -> str:
    """Return the kinds and places of a fault and of those that led to it, without their messages."""
    chain: list[str] = []
    link: BaseException | None = fault
    while link is not None and len(chain) < 5:
        frames = "".join(traceback.format_tb(link.__traceback__))
        chain.append(f"{type(link).__module__}.{type(link).__qualname__}\n{frames}".rstrip())
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\nafter ".join(chain)
