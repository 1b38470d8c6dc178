"""Several workspaces in one process: they keep to themselves, and one that cannot be served ends none of the others."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
import slack_events as events
from slack_door import free_port, healthy
from slack_loopback import APP_TOKEN, SECRET, TOKEN, SlackLoopback, running
from slack_served import served
from test_slack_process import ASKED, lines, started

from adapters.on_slack import run
from adapters.on_slack.credentials import Credentials
from bot.app import App
from bot.errors import SettingsProblem
from tests.process import ended

pytestmark = pytest.mark.asyncio
SECOND = "SLACK_WORKSPACES, workspace 2"


def listed(home: Path, *rows: dict[str, str]) -> dict[str, str]:
    """Write the file of the workspaces; return the setting that names it."""
    path = home / "workspaces.json"
    path.write_text(json.dumps(rows))
    return {"SLACK_WORKSPACES": str(path)}


def named(token: str, app_token: str = APP_TOKEN) -> dict[str, str]:
    return {"bot_token": token, "app_token": app_token}


def errors(err: str) -> list[str]:
    return [line for line in err.splitlines() if " ERROR " in line]


async def test_several_workspaces_over_http_keep_to_themselves(tmp_path: Path) -> None:
    port, listed = free_port(), tmp_path / "workspaces.json"
    rows = [{"bot_token": TOKEN, "signing_secret": SECRET}, {"bot_token": "xoxb-two", "signing_secret": "two"}]
    listed.write_text(json.dumps(rows))
    server = SlackLoopback(teams={TOKEN: "T1", "xoxb-two": "T2"})
    settings = {"SLACK_WORKSPACES": str(listed), "PORT": str(port)}
    async with running(server), started(server, tmp_path, settings), aiohttp.ClientSession() as http:
        await healthy(http, port)
        for number, (team, secret) in enumerate((("T1", SECRET), ("T2", "two"), ("T1", "two"), ("T2", "three"))):
            said = events.mention(ASKED, ts=f"170000000{number}.000001", channel=f"C{number}")
            body, kind = events.encoded(events.event(said, team=team))
            headers = {**events.signed(body, secret=secret), "Content-Type": kind}
            url = f"http://127.0.0.1:{port}/slack/events"
            async with http.post(url, data=body, headers=headers) as answer:
                assert answer.status == (401 if secret == "three" else 200)  # noqa: S105
        await server.wait(lambda: len(server.posted) == 3)
        assert {each["channel"] for each in server.posted} == {"C0", "C1", "C2"}


async def health(http: aiohttp.ClientSession, port: int) -> tuple[int, str]:
    async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status, await answer.text()


async def test_a_bad_token_ends_its_own_workspace_and_no_other(tmp_path: Path) -> None:
    server, port = SlackLoopback(), free_port()
    settings = {**listed(tmp_path, named(TOKEN), named("xoxb-bad")), "PORT": str(port)}
    async with (
        running(server),
        started(server, tmp_path, settings) as process,
        aiohttp.ClientSession() as http,
    ):
        await server.wait(lambda: server.sockets)
        lost = await server.send(events.event(events.mention(ASKED, ts="1700000001.000001"), team="T2"))
        await server.send(events.event(events.mention(ASKED, ts="1700000002.000001")))
        await server.wait(lambda: server.posted and lost in server.acked)
        assert await health(http, port) == (200, f"ok; not connected: {SECOND}\n")
        process.terminate()
        status, err = await ended(process)
    assert status == 0
    [line] = errors(err)
    assert f"{SECOND}: Slack does not take it (invalid_auth)" in line
    assert not [word for word in ("xoxb", "xapp") if word in err]
    assert [each["thread_ts"] for each in server.posted] == ["1700000002.000001"]


async def test_when_no_workspace_is_left_it_ends_with_78_and_names_each(tmp_path: Path) -> None:
    settings = listed(tmp_path, named("xoxb-bad"), named("xoxb-worse"))
    async with running() as server, started(server, tmp_path, settings) as process:
        status, err = await ended(process)
    assert status == 78
    assert len(errors(err)) == 1
    said = "\n".join(lines(err))
    assert "workspace 1: Slack does not take it" in said
    assert f"{SECOND}: Slack does not take it" in said


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (Credentials("one", TOKEN, APP_TOKEN), Credentials("two", "xoxb-two", "xapp-bad")),
        (Credentials("one", TOKEN, APP_TOKEN), Credentials("two", "xoxb-bad", "xapp-bad")),
        (Credentials("one", TOKEN, signing_secret=SECRET), Credentials("two", "xoxb-bad", signing_secret=SECRET[::-1])),
        (Credentials("one", TOKEN, signing_secret=SECRET), Credentials("two", "xoxb-bad", APP_TOKEN)),
    ],
)
async def test_a_bad_token_of_whatever_kind_ends_no_other_workspace(
    app: App, good: Credentials, bad: Credentials
) -> None:
    server = SlackLoopback(teams={TOKEN: "T1", "xoxb-two": "T2"})
    async with running(server), served(app, server, good, bad) as (face, task):
        await server.wait(lambda: face.state() == (True, ["two"]), 5)
        await asyncio.sleep(0.05)
        assert not task.done()
        assert face.state() == (True, ["two"])


async def test_a_token_that_is_revoked_while_the_bot_runs_is_found(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_TOKEN_EVERY", 0.05)
    server = SlackLoopback(teams={TOKEN: "T1", "xoxb-two": "T2"})
    rows = [Credentials("one", TOKEN, APP_TOKEN), Credentials("two", "xoxb-two", APP_TOKEN)]
    async with running(server), served(app, server, *rows) as (face, task):
        await server.wait(face.healthy)
        del server.teams["xoxb-two"]
        await server.wait(lambda: face.state() == (True, ["two"]))
        del server.teams[TOKEN]
        with pytest.raises(SettingsProblem, match="one: Slack does not take it"):
            await asyncio.wait_for(task, 10)
