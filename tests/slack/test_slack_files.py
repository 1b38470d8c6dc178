"""Files: into the bot through a modal, out of it into direct messages; the token goes to Slack alone."""

from typing import Any

import pytest
import slack_events as events
from aiohttp import web
from block_kit import faults, inputs, words
from slack_loopback import ADMIN, ANN, DIRECT, TEAM, TOKEN
from slack_town import SlackTown

from bot.reply import MOST_BYTES

pytestmark = pytest.mark.asyncio
CSV = b"text,claimant\nThe pond in the park is 4 m deep,Ann Lee\n"
SPACE = f"slack:{TEAM}"


def upload(town: SlackTown, content: bytes = CSV, name: str = "claims.csv") -> list[dict[str, Any]]:
    """Return what Slack says of a file that somebody has put into a modal."""
    town.slack.downloads[name] = content
    return [{"id": "F1", "name": name, "size": len(content), "url_private_download": address(town, name)}]


def address(town: SlackTown, name: str) -> str:
    return f"http://127.0.0.1:{town.slack.port}/files/{name}"


def claimants(town: SlackTown) -> list[str]:
    return [claim.claimant for claim in town.app.store.claims([SPACE])]


async def import_(town: SlackTown, files: list[dict[str, Any]], user: str = ADMIN) -> dict[str, Any]:
    """Fill in the modal that a moderator has opened; return what Slack is told."""
    return await town.fill(await town.opened("/fact", "import"), {"file": files}, user)


async def test_import_asks_for_a_file_in_a_modal_tries_it_reads_it_and_can_be_undone(town: SlackTown) -> None:
    view = await town.opened("/fact", "import")
    assert inputs(view)["file"]["type"] == "file_input"
    assert not faults(view)
    tried = await town.fill(view, {"file": upload(town), "dry_run": "yes"})
    assert "dry run" in words(tried["view"])
    assert not claimants(town)
    done = await import_(town, upload(town))
    assert "1 new" in words(done["view"])
    assert claimants(town) == ["Ann Lee"]
    assert town.slack.tokens_seen[-1] == f"Bearer {TOKEN}"
    history = words(await town.command("/fact", "history", ADMIN))
    assert "import" in history


async def test_a_file_of_which_slack_says_only_its_id_is_asked_for(town: SlackTown) -> None:
    [file] = upload(town)
    town.slack.files["F1"] = file
    await import_(town, [{"id": "F1", "file_access": "check_file_info"}])
    assert claimants(town) == ["Ann Lee"]


async def test_an_unknown_file_is_said(town: SlackTown) -> None:
    town.slack.refusals["files.info"] = "file_not_found"
    assert "files:read" in str((await import_(town, [{"id": "F1"}]))["errors"])


async def test_who_may_not_import_is_told_so_at_once(town: SlackTown) -> None:
    assert "for moderators" in words(await town.command("/fact", "import", ANN))
    assert not town.slack.views


async def test_who_sends_the_modal_without_being_allowed_changes_nothing(town: SlackTown) -> None:
    refused = await import_(town, upload(town), ANN)
    assert "for moderators" in str(refused["errors"])
    assert not claimants(town)
    assert not town.slack.tokens_seen


@pytest.mark.parametrize("said", [MOST_BYTES + 1, 10])
async def test_a_file_that_is_too_large_is_refused_whatever_its_size_is_said_to_be(town: SlackTown, said: int) -> None:
    [file] = upload(town, b"text,claimant\n" + b"x" * MOST_BYTES)
    refused = await import_(town, [{**file, "size": said}])
    assert "larger than 8 MB" in str(refused["errors"])


@pytest.mark.parametrize(
    ("name", "content"),
    [("claims.exe", CSV), ("claims", CSV), ("claims.json", b"\xff\xfe"), ("c.csv", b"\x00"), ("c.jsonl", b"[" * 9_999)],
)
async def test_a_file_of_the_wrong_kind_is_refused_at_its_field(town: SlackTown, name: str, content: bytes) -> None:
    refused = await import_(town, upload(town, content, name))
    assert set(refused["errors"]) == {"file"}
    assert not claimants(town)


async def test_the_token_goes_to_no_other_server(town: SlackTown) -> None:
    asked: list[str] = []

    async def take(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization", ""))
        return web.Response(body=CSV)

    elsewhere = web.Application()
    elsewhere.router.add_get("/{name}", take)
    runner = web.AppRunner(elsewhere, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    other = f"http://127.0.0.1:{runner.addresses[0][1]}/claims.csv"
    try:
        [file] = upload(town)
        town.slack.redirects["away.csv"] = other
        for url in (other, address(town, "away.csv"), "file:///etc/passwd", "//", "http://[", "x" * 5_000):
            refused = await import_(town, [{**file, "url_private_download": url}])
            assert "files:read" in str(refused["errors"])
    finally:
        await runner.cleanup()
    assert not asked
    assert not claimants(town)


async def test_a_redirect_is_not_followed_to_slack_itself_either(town: SlackTown) -> None:
    [file] = upload(town)
    town.slack.redirects["moved.csv"] = address(town, "claims.csv")
    refused = await import_(town, [{**file, "url_private_download": address(town, "moved.csv")}])
    assert "files:read" in str(refused["errors"])
    assert len(town.slack.tokens_seen) == 1


async def exported_by_command(town: SlackTown) -> str:
    return words(await town.command("/fact", "export", ADMIN))


async def exported_in_a_thread(town: SlackTown) -> str:
    await town.send(events.event(events.mention("/fact export", ts="1.0", user=ADMIN, thread_ts="0.5")))
    assert not town.slack.posted
    return words(town.slack.called("chat.postEphemeral")[-1])


async def exported_in_direct_messages(town: SlackTown) -> str:
    await town.send(events.event(events.direct("/fact export", ts="1.0", user=ADMIN)))
    return words(town.slack.posted[-1])


WAYS = [exported_by_command, exported_in_a_thread, exported_in_direct_messages]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_an_export_goes_into_the_persons_direct_messages(town: SlackTown, way: Any) -> None:
    await import_(town, upload(town))
    assert "direct messages" in await way(town)
    [content] = town.slack.uploads.values()
    assert b"The pond in the park" in content
    [done] = town.slack.called("files.completeUploadExternal")
    assert done["channel_id"] == DIRECT


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("method", ["conversations.open", "files.getUploadURLExternal"])
async def test_an_export_that_slack_does_not_take_is_said(town: SlackTown, way: Any, method: str) -> None:
    town.slack.refusals[method] = "missing_scope"
    assert "Slack did not take the file" in await way(town)
    assert not town.slack.uploads
