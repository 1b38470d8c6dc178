"""Canaries in every secret setting: whatever goes wrong, none of them is in a log, an error, an answer or a file."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import slack_events as events
from slack_loopback import TEAM, SlackLoopback, running
from test_slack_process import started

from bot.cli import run
from bot.command.logs import log_to_standard_error, set_up_logging
from bot.command.redacting import HIDDEN, redacted
from bot.incident import LOGGER, record_incident
from bot.settings import TOKENS, read_settings
from tests.on_discord.loopback import running as running_discord
from tests.process import ended

CANARIES = {
    "DISCORD_TOKEN": "Canary0DiscordCanary0Dis.CanDis.Canary0DiscordCanary0DiscordCanary",
    "SLACK_BOT_TOKEN": "xoxb-000000000000-canary-bot-of-slack",
    "SLACK_APP_TOKEN": "xapp-1-CANARY-000000000000-canary-app",
    "SLACK_SIGNING_SECRET": "ca0a1ca0a1ca0a1ca0a1ca0a1ca0a1ca",
}
LISTED = ("xoxb-111111111111-canary-listed", "xapp-1-CANARY-111111111111-listed", "0ca0a1ca0a1ca0a1ca0a1ca0a1ca0a1c")
SECRETS = (*CANARIES.values(), *LISTED)
WORKSPACES = json.dumps([dict(zip(("bot_token", "app_token", "signing_secret"), LISTED, strict=True))])
ALL = {**CANARIES, "SLACK_WORKSPACES": WORKSPACES}
LIBRARIES = ("discord.http", "discord.gateway", "slack_bolt.App", "slack_sdk.web", "aiohttp.client", "asyncio", LOGGER)


def sung(*texts: str) -> list[str]:
    """The canaries that are in one of these texts, whole or in a good part."""
    return [secret for secret in SECRETS if any(secret in text or secret[8:30] in text for text in texts)]


def written(folder: Path) -> list[str]:
    """All files below a folder, the database and the log among them."""
    return [each.read_bytes().decode("latin-1") for each in folder.rglob("*") if each.is_file()]


@pytest.fixture
def canaries(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, value in ALL.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PORT", "8080")
    monkeypatch.setenv("FACTBOT_LOG_LEVEL", "debug")
    for base in ("DISCORD_API_BASE", "SLACK_API_BASE"):
        monkeypatch.setenv(base, "http://127.0.0.1:1/api/")
    yield made.parent
    for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp", "asyncio"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_every_secret_setting_has_a_canary() -> None:
    assert ALL.keys() == {setting.name for setting in TOKENS}


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_log_holds_one_whatever_a_library_or_a_fault_says(
    canaries: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    settings = read_settings({**ALL, "PORT": "8080"})
    set_up_logging("debug", form, settings.tokens.values())
    log_to_standard_error(form, settings.tokens.values())
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
        for secret in SECRETS:
            logging.getLogger(name).debug("headers: {'Authorization': 'Bearer %s'} %r", secret, settings)
            logging.getLogger(name).error("wss://example.org/?ticket=%s&x=1", secret)
    try:
        raise KeyError(*SECRETS) from ValueError(repr(ALL))
    except KeyError as fault:
        record_incident(fault)
    shown = capsys.readouterr().err
    assert HIDDEN in shown
    assert "incident" in shown
    assert not sung(shown, *written(canaries))
    assert not sung(repr(settings), str(settings))


def test_no_command_tells_one(canaries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = (
        ["check"], ["check", "--json"], ["check", "--online", "--json"], ["ask", "is it so?"], ["nonsense"],
        ["export", str(canaries / "out.csv")], ["export", str(canaries / "out.jsonl"), "--history"],
        ["backup", str(canaries / "copy.db")], ["about", "discord:1"], ["health"], ["slack-manifest"],
    )  # fmt: skip
    for command in commands:
        run(command)
    told = capsys.readouterr()
    assert not sung(told.out, told.err, *written(canaries))


def test_a_fault_in_a_command_does_not_tell_one(
    canaries: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.app.Asker", lambda _store: {}[json.dumps(ALL)])
    assert run(["ask", "is it so?"]) == 1
    told = capsys.readouterr()
    assert "A fault in Factbot, incident" in told.err
    assert not sung(told.out, told.err, *written(canaries))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("file", [False, True])
def test_one_in_the_wrong_place_is_not_repeated(
    canaries: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, file: bool
) -> None:
    """Somebody gives the token where a file is to be named, or one token in the place of another."""
    monkeypatch.delenv("DISCORD_API_BASE")
    monkeypatch.delenv("SLACK_API_BASE")
    for secret in SECRETS:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE" if file else name, secret)
        assert run(["check"]) in (0, 1, 78)
    told = capsys.readouterr()
    assert name in told.out + told.err
    assert not sung(told.out, told.err)


@pytest.mark.parametrize("bad", ["\n", "\x00", "…", "\x1b[31m"])
@pytest.mark.parametrize("online", [[], ["--online"]])
def test_one_that_no_header_can_hold_is_not_repeated(
    canaries: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bad: str, online: list[str]
) -> None:
    for name, secret in CANARIES.items():
        if bad != "\x00":
            monkeypatch.setenv(name, f"{secret}{bad}{secret}")
    monkeypatch.setenv("SLACK_WORKSPACES", json.dumps([{"bot_token": f"{LISTED[0]}{bad}x", "app_token": LISTED[1]}]))
    assert run(["check", *online]) == bool(online)
    told = capsys.readouterr()
    assert not sung(told.out, told.err)


def test_what_is_no_secret_stays_in_the_log() -> None:
    text = "incident 0a1b2c3d: sha256 " + "ab" * 32 + " at 2026-01-02T03:04:05Z in bot.cli._invoke, discord:123456789"
    assert redacted(text, ["", "x", "bot"]) == text


@pytest.mark.asyncio
async def test_a_bot_whose_tokens_are_refused_ends_without_telling_one(tmp_path: Path) -> None:
    async with running_discord() as discord, running() as slack:
        for names in (["DISCORD_TOKEN"], ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"], ["SLACK_WORKSPACES"]):
            given = {name: ALL[name] for name in names} | {"FACTBOT_LOG_LEVEL": "debug", "PYTHONASYNCIODEBUG": "1"}
            async with started(slack, tmp_path, {**given, "DISCORD_API_BASE": discord.base}) as process:
                status, err = await ended(process)
            assert status == 78
            assert not sung(err, *written(tmp_path))


@pytest.mark.asyncio
async def test_a_bot_that_serves_stumbles_and_stops_tells_none(tmp_path: Path) -> None:
    bot_token, app_token = CANARIES["SLACK_BOT_TOKEN"], CANARIES["SLACK_APP_TOKEN"]
    slack = SlackLoopback(teams={bot_token: TEAM}, app_tokens={app_token})
    settings = {"SLACK_BOT_TOKEN": bot_token, "SLACK_APP_TOKEN": app_token, "FACTBOT_LOG_LEVEL": "debug"}
    async with running(slack) as server, started(server, tmp_path, settings) as process:
        await server.wait(lambda: server.sockets)
        server.refusals["chat.postMessage"] = "canary_error"
        await server.send(events.event(events.mention("is it so?", ts="1700000001.000001")))
        await asyncio.sleep(0.5)
        server.refusals.clear()
        await server.send(events.event(events.mention("is it so now?", ts="1700000002.000001")))
        await server.wait(lambda: server.posted)
        await server.sockets[-1].close()
        await server.wait(lambda: len(server.sockets) > 1)
        process.terminate()
        status, err = await ended(process)
    assert status == 0
    assert err
    assert not sung(err, *written(tmp_path), json.dumps(server.posted, default=str))
