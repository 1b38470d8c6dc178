"""What goes wrong where nobody waits for an answer."""

import pytest

from adapters.chat.faults import note_fault
from bot.errors import Refused


def test_what_the_core_refuses_is_one_line_of_warning(caplog: pytest.LogCaptureFixture) -> None:
    assert note_fault(Refused("The database is read-only.")) == "The database is read-only."
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("WARNING", "The database is read-only.")
    ]
    assert caplog.records[0].exc_info is None


def test_a_fault_of_ours_is_kept_under_a_number_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    told = note_fault(KeyError("what somebody wrote"))
    [record] = caplog.records
    assert record.levelname == "ERROR"
    assert "what somebody wrote" not in record.getMessage() + told
    number = record.getMessage().split()[1].rstrip(":")
    assert number in told
