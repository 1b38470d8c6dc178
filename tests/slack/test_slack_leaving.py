"""What becomes of a workspace that removes the app, and of one that takes it back."""

from pathlib import Path
from typing import Any

import pytest
import slack_events as events
from slack_loopback import TEAM
from slack_town import SlackTown

pytestmark = pytest.mark.asyncio
SPACE = f"slack:{TEAM}"
ASKED = "Has Russia launched North Korean ballistic missiles against Ukraine on at least nine occasions?"
REMOVED = [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}}]


@pytest.mark.parametrize("event", REMOVED, ids=lambda event: event["type"])
async def test_a_workspace_that_removes_the_app_is_noted_as_left(town: SlackTown, event: dict[str, Any]) -> None:
    await town.ask(ASKED)
    await town.send(events.event(event))
    assert SPACE in town.app.store.spaces.left()


async def test_a_person_who_takes_back_their_own_token_leaves_nothing(town: SlackTown) -> None:
    await town.ask(ASKED)
    await town.send(events.event({"type": "tokens_revoked", "tokens": {"oauth": ["UANN"], "bot": []}}))
    assert town.app.store.spaces.left() == {}


async def test_an_answer_belongs_to_its_workspace_so_that_it_can_be_erased_with_it(town: SlackTown) -> None:
    await town.ask(ASKED)
    rows = town.app.store.db.execute("SELECT DISTINCT space FROM replies").fetchall()
    assert rows == [(SPACE,)]


async def test_a_database_that_is_gone_is_one_line_of_warning(
    town: SlackTown, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "facts.db").rename(tmp_path / "elsewhere.db")
    await town.send(events.event(REMOVED[0]))
    await town.slack.wait(lambda: "is gone" in caplog.text, 3)
    assert [each.levelname for each in caplog.records if "is gone" in each.getMessage()] == ["WARNING"]
    assert "incident" not in caplog.text
