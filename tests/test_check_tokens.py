"""`factbot check` on tokens: by their shape without a word to anybody, and by asking the platforms when told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run
from bot.command import online
from bot.settings import read_settings
from bot.tokens import Workspace, odd_tokens
from tests.local_server import Quiet, serving

GOOD = {
    "DISCORD_TOKEN": f"{'M' * 26}.{'G' * 6}.{'x' * 38}",
    "SLACK_BOT_TOKEN": f"xoxb-{'1' * 12}-abc-{'z' * 10}",
    "SLACK_APP_TOKEN": f"xapp-1-{'A' * 11}-{'1' * 12}",
    "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
}
CANARY = "Hunter2Canary"


@contextmanager
def platform(status: int, said: dict[str, Any], location: str = "") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A server that gives one answer to everything; yields its address and what it was asked."""
    asked: list[tuple[str, str]] = []

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def do_POST(self) -> None:
            self.do_GET()

    with serving(Handler) as address:
        yield address, asked


def test_good_tokens_look_good() -> None:
    assert not list(odd_tokens(read_settings(GOOD)))
    assert not list(odd_tokens(read_settings({})))


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("value", [CANARY, "xoxp-{CANARY}-1234567890123", GOOD["DISCORD_TOKEN"][:40]])
def test_another_or_a_cut_one_is_named_without_a_character_of_it(name: str, value: str) -> None:
    said = list(odd_tokens(read_settings({name: value})))
    assert len(said) == 1
    assert said[0].startswith(name)
    assert value[:8] not in said[0].removeprefix(name)


def test_a_stand_in_may_have_tokens_of_any_shape() -> None:
    assert not list(odd_tokens(read_settings({"DISCORD_TOKEN": "x", "DISCORD_API_BASE": "http://127.0.0.1:1"})))


def test_each_token_of_several_workspaces_is_looked_at() -> None:
    spaces = [Workspace("SLACK_WORKSPACES, workspace 1", CANARY, GOOD["SLACK_APP_TOKEN"], "cut")]
    first, second = odd_tokens(read_settings({}), spaces)
    assert first.startswith("SLACK_WORKSPACES, workspace 1, bot_token does not look like one (13 characters)")
    assert second.startswith("SLACK_WORKSPACES, workspace 1, signing_secret does not look like one (3 characters)")
    assert CANARY not in first + repr(spaces)


@pytest.mark.parametrize("listed", ["[", "[{}]", '[{"bot_token": "xapp-1"}]', '[{"bot_token": "Hunter2Canary"}]'])
def test_workspaces_that_cannot_work_are_found_without_a_start(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], listed: str
) -> None:
    monkeypatch.setenv("SLACK_WORKSPACES", listed)
    assert run(["check"]) == 1
    told = capsys.readouterr()
    assert "wrong: SLACK_WORKSPACES" in told.out
    assert CANARY not in told.out + told.err


def test_an_address_that_is_no_server_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "auth.test").write_text('{"ok": true}')
    (found,) = online.services(
        read_settings({"SLACK_API_BASE": tmp_path.as_uri()}), [Workspace("SLACK_BOT_TOKEN", CANARY)]
    )
    assert found.problem == "SLACK_API_BASE: no good answer from there (ValueError)."


def test_what_a_platform_says_of_itself_steers_no_terminal(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "\x1b]0;owned\x07\x9b31m\nDiscord: " + "x" * 100
    with platform(200, {"username": name, "id": "1"}) as (address, _):
        monkeypatch.setenv("DISCORD_API_BASE", address)
        monkeypatch.setenv("DISCORD_TOKEN", CANARY)
        assert run(["check", "--online"]) == 0
    told = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\x9b"} & set(told)
    assert told.count("\nDiscord: ") == 1


def test_the_command_names_an_odd_token_and_asks_nobody(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", CANARY)
    assert run(["check"]) == 1
    told = capsys.readouterr()
    assert "wrong: SLACK_BOT_TOKEN does not look like one" in told.out
    assert "are sound" in told.out
    assert CANARY not in told.out + told.err


@pytest.mark.parametrize(
    ("status", "said", "words", "exits"),
    [
        (
            200,
            {"username": "factbot", "id": "1", "ok": True, "user_id": "U1", "team_id": "T1"},
            "takes the token of",
            0,
        ),
        (401, {}, "", 1),
        (500, {}, "no good answer from there (status 500)", 1),
        (200, {"ok": False, "error": "invalid_auth"}, "Slack does not take it (invalid_auth)", 1),
    ],
)
def test_the_platforms_are_asked_when_told_to(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: int,
    said: dict[str, Any],
    words: str,
    exits: int,
) -> None:
    with platform(status, said) as (address, asked):
        monkeypatch.setenv("DISCORD_API_BASE", f"{address}/api/v10")
        monkeypatch.setenv("SLACK_API_BASE", f"{address}/api/")
        monkeypatch.setenv("DISCORD_TOKEN", CANARY)
        monkeypatch.setenv("SLACK_BOT_TOKEN", CANARY)
        monkeypatch.setenv("SLACK_APP_TOKEN", f"{CANARY}2")
        assert run(["check", "--online"]) == exits
    told = capsys.readouterr()
    assert words in told.out
    assert asked == [
        ("/api/v10/users/@me", f"Bot {CANARY}"),
        ("/api/auth.test", f"Bearer {CANARY}"),
        ("/api/apps.connections.open", f"Bearer {CANARY}2"),
    ]
    assert CANARY not in told.out + told.err


def test_a_token_does_not_follow_a_redirect(database: Path) -> None:
    with platform(200, {}) as (elsewhere, asked), platform(302, {}, elsewhere) as (address, _):
        found = list(online.services(read_settings({"DISCORD_TOKEN": CANARY, "DISCORD_API_BASE": address})))
    assert "status 302" in found[0].problem
    assert not asked


def test_a_platform_that_does_not_answer_is_said_to(unused_tcp_port: int) -> None:
    base = f"http://127.0.0.1:{unused_tcp_port}"
    found = list(online.services(read_settings({"SLACK_API_BASE": base}), [Workspace("SLACK_BOT_TOKEN", CANARY)]))
    assert found[0].problem == "SLACK_API_BASE: no good answer from there (Connection refused)."
