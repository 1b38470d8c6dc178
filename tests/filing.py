"""What the tests of import and export share: a database with claims in it, a file, and what an import did."""

import pytest

from bot.errors import Refused
from bot.interchange.importing import import_file
from bot.model import Claim
from bot.store import ALL_STATES, Change, Trace

ONE = (Claim("It is so", "a"),)


def fill(store, claims=ONE):
    """Put claims into a database."""
    store.save_many([Change(None, claim) for claim in claims], Trace("me", "test"))


def write(folder, content, name="claims.csv"):
    """Write a file as it is, and return its path."""
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return path


def counts(report):
    """Return how many rows were new, changed, unchanged, and left out."""
    return report.new, report.changed, report.unchanged, report.skipped


def refusal(store, path, **options):
    """Import, expect a refusal in one line, see that nothing was changed, and return the line."""
    before = store.claims(states=ALL_STATES)
    with pytest.raises(Refused) as caught:
        import_file(store, path, **options)
    assert store.claims(states=ALL_STATES) == before
    assert "\n" not in caught.value.message
    return caught.value.message
