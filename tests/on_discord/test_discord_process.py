"""The bot's process as a user starts it, against a Discord on this machine that also misbehaves."""

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from loopback import TOKEN, Loopback, running

from tests.process import bot_process, ended

pytestmark = pytest.mark.asyncio
ASKED = "did russia fire north korean missiles on at least nine occasions?"


PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Members, presences and the content of messages: intents that Discord must allow, and that no server is asked for."""


def started(
    server: Loopback, home: Path, token: str = TOKEN
) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """Start the bot with a token, pointed at `server`."""
    return bot_process(home, {"DISCORD_TOKEN": token, "DISCORD_API_BASE": server.base})


async def test_it_logs_in_tells_its_commands_answers_once_and_stops_on_sigterm(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path) as process:
        await server.wait_ready()
        assert {command["name"] for command in server.commands} == {"factcheck", "fact", "Check this message"}
        assert server.login["presence"]["game"]["state"] == "Mention me: is it true?"
        assert not server.login["intents"] & PRIVILEGED
        asked = await server.ask(ASKED)
        await server.ask(ASKED, message_id=asked)
        await server.wait_sent(1)
        await asyncio.sleep(0.3)
        assert len(server.sent) == 1
        assert "Robert Wood" in server.sent[0]["embeds"][0]["title"]
        process.terminate()
        status, err = await ended(process)
        assert status == 0
        assert ASKED not in err
        assert TOKEN not in err
        assert "outcome=match" in err
        assert "invite link: https://discord.com/oauth2/authorize?client_id=1000" in err


async def test_a_bad_token_ends_with_78_and_one_line(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path, "wrong") as process:
        status, err = await ended(process)
    assert status == 78
    lines = [line for line in err.splitlines() if "made one" not in line]
    assert len(lines) == 1
    assert "DISCORD_TOKEN" in lines[0]
    assert "wrong" not in err


@pytest.mark.parametrize(("code", "said"), [(4014, "intents"), (4004, "DISCORD_TOKEN")])
async def test_a_refused_session_ends_with_78_and_one_line(tmp_path: Path, code: int, said: str) -> None:
    server = Loopback(close_with=code)
    async with running(server), started(server, tmp_path) as process:
        status, err = await ended(process)
    assert status == 78
    assert said in err.splitlines()[-1]
    assert server.identified == 1


async def test_a_missing_scope_ends_with_78_and_one_line_that_names_it(tmp_path: Path) -> None:
    server = Loopback(refuses_commands=True)
    async with running(server), started(server, tmp_path) as process:
        status, err = await ended(process)
    assert status == 78
    assert "applications.commands" in err.splitlines()[-1]
    assert "Traceback" not in err


async def test_after_a_dropped_connection_it_resumes_and_answers_no_replayed_message_twice(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path):
        await server.wait_ready()
        asked = await server.ask(ASKED)
        await server.wait_sent(1)
        await server.drop()
        await server.wait_ready()
        assert server.resumed == 1
        await server.ask(ASKED, message_id=asked)
        await server.ask("what did kirby say?")
        await server.wait_sent(2)
        await asyncio.sleep(0.3)
        assert len(server.sent) == 2


async def test_after_an_invalid_session_it_comes_back_to_the_server_that_was_named(tmp_path: Path) -> None:
    async with running() as server, started(server, tmp_path):
        await server.wait_ready()
        await server.invalidate()
        await server.wait_ready()
        assert server.identified == 2
        await server.ask(ASKED)
        await server.wait_sent(1)


@pytest.mark.parametrize("fault", [(429, False), (500, True), (502, False)])
async def test_a_server_that_stumbles_gets_the_answer_once(tmp_path: Path, fault: tuple[int, bool]) -> None:
    async with running() as server, started(server, tmp_path):
        await server.wait_ready()
        server.faults.append(fault)
        await server.ask(ASKED)
        await server.wait_sent(1)
        await asyncio.sleep(1.5)
        assert len(server.sent) == 1


async def test_another_bot_process_on_the_same_database_answers_what_the_first_has_not(tmp_path: Path) -> None:
    async with running() as server:
        async with started(server, tmp_path) as process:
            await server.wait_ready()
            asked = await server.ask(ASKED)
            await server.wait_sent(1)
            process.kill()
            await process.wait()
        server._ready.clear()
        async with started(server, tmp_path):
            await server.wait_ready()
            await server.ask(ASKED, message_id=asked)
            await server.ask("what did kirby say?")
            await server.wait_sent(2)
            await asyncio.sleep(0.3)
        assert len(server.sent) == 2
