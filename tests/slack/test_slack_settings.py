"""What makes the Slack face: the settings of one or several workspaces, and the manifest of the Slack app."""

import inspect
import json
import re
from pathlib import Path

import pytest
import yaml
from slack_scopes import OF_EVENT, OF_METHOD

from adapters.on_slack import listening
from adapters.on_slack.credentials import Credentials, credentials
from adapters.on_slack.interactions import CHECK_MESSAGE, COMMANDS
from adapters.on_slack.manifest import EVENTS, SCOPES, manifest
from bot.errors import SettingsProblem
from bot.settings import read_settings
from bot.verbs import typed_verbs

MANIFEST = yaml.safe_load(manifest())
ROWS = [{"bot_token": "xoxb-1", "app_token": "xapp-1"}, {"bot_token": "xoxb-2", "signing_secret": "s"}]
OWN = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
TOML = """
[[workspaces]]
bot_token = "xoxb-1"
app_token = "xapp-1"

[[workspaces]]
bot_token = "xoxb-2"
signing_secret = "s"
"""


def read(**environ: str) -> list[Credentials]:
    return credentials(read_settings(environ))


def test_one_workspace_is_named_by_its_tokens() -> None:
    [one] = read(**OWN)
    assert (one.bot_token, one.app_token, one.signing_secret) == ("xoxb-1", "xapp-1", "")
    assert "xoxb" not in repr(one)


@pytest.mark.parametrize("text", [json.dumps(ROWS), json.dumps({"workspaces": ROWS}), TOML])
@pytest.mark.parametrize("name", ["SLACK_WORKSPACES", "SLACK_WORKSPACES_FILE"])
def test_several_workspaces_stand_in_a_file(tmp_path: Path, text: str, name: str) -> None:
    listed = tmp_path / "workspaces"
    listed.write_text(text)
    found = read(**{name: str(listed)}, PORT="3000")
    assert [each.bot_token for each in found] == ["xoxb-1", "xoxb-2"]


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "no way in"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, "PORT"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}, "swap them"),
        ({"SLACK_WORKSPACES": "/nowhere/at/all"}, "cannot be read"),
        ({"SLACK_WORKSPACES": "[]"}, "JSON list"),
        ({"SLACK_WORKSPACES": "{not json"}, "JSON list"),
        ({"SLACK_WORKSPACES": '[{"token": "x"}]'}, "workspace 1: only bot_token"),
        ({"SLACK_WORKSPACES": '[{"app_token": "x"}]'}, "workspace 1: bot_token is missing"),
        ({"SLACK_WORKSPACES": '[{"bot_token": 1}]'}, "workspace 1: bot_token is missing"),
        ({"SLACK_WORKSPACES": json.dumps([ROWS[0], ROWS[0]])}, "twice"),
    ],
)
def test_what_cannot_work_is_said_without_a_secret(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsProblem, match=re.escape(said)) as problem:
        read(**environ)
    assert "xoxb-1" not in problem.value.message


def test_a_port_that_is_none_is_said() -> None:
    with pytest.raises(SettingsProblem, match="PORT"):
        read_settings({"PORT": "65536"})


def test_the_manifest_names_the_commands_that_the_code_hears() -> None:
    assert [each["command"] for each in MANIFEST["features"]["slash_commands"]] == list(COMMANDS)
    assert {f"/{verb.name.split()[0]}" for verb in typed_verbs()} == set(COMMANDS)
    assert all(each["should_escape"] for each in MANIFEST["features"]["slash_commands"])


def test_the_manifest_names_the_shortcut_that_the_code_hears() -> None:
    [shortcut] = MANIFEST["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", CHECK_MESSAGE)
    assert shortcut["name"] == "Check this message"


def test_the_manifest_names_the_events_that_the_code_hears() -> None:
    named = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert set(named) == EVENTS
    heard = set(re.findall(r'app\.event\("(\w+)"\)', inspect.getsource(listening)))
    assert heard == {name.split(".")[0] for name in named}


def test_the_manifest_asks_for_the_scopes_that_the_code_needs_and_for_nothing_more() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert set(OF_EVENT) == EVENTS
    used = {OF_METHOD[method] for method in methods()} | set(OF_EVENT.values()) | {"commands"}
    assert used - {"", "*:history"} == SCOPES


def methods() -> set[str]:
    """Return the methods of the Web API that the code calls. Each must stand in the table of their scopes."""
    code = "\n".join(path.read_text() for path in Path(listening.__file__).parent.glob("*.py"))
    names = set(re.findall(r"client\.([a-z]+_[a-zA-Z_0-9]+)\(", code))
    uploads = {"files.getUploadURLExternal", "files.completeUploadExternal"} if "files_upload_v2" in names else set()
    return {name.replace("_", ".") for name in names - {"files_upload_v2"}} | uploads


def test_the_table_of_scopes_holds_what_the_code_calls_and_nothing_else() -> None:
    assert methods() == set(OF_METHOD)


def test_the_manifest_lets_people_write_and_see_the_home_tab() -> None:
    home = MANIFEST["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
