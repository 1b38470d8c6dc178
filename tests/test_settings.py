"""Settings come from a mapping, a file each if one likes, and a wrong one is named."""

from pathlib import Path

import pytest

from bot.errors import EXIT_SETTINGS, SettingsProblem
from bot.settings import SETTINGS, TOKENS, Setting, database_path, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = read_settings({})
    assert settings.facts_db is None
    assert settings.log_level == "info"
    assert not settings.tokens


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"FACTS_DB": "", "DISCORD_TOKEN": "", "FACTBOT_LOG_LEVEL": ""}) == read_settings({})


def test_the_database_is_where_facts_db_says() -> None:
    settings = read_settings({"FACTS_DB": "/data/facts.db"})
    assert database_path(settings) == Path("/data/facts.db")


def test_without_facts_db_the_database_is_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert database_path(read_settings({})).parts[-2:] == ("factbot", "facts.db")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_can_be_read_from_a_file(setting: Setting, tmp_path: Path) -> None:
    name = setting.name
    numbers = {
        "PORT": "80",
        "FACTBOT_METRICS_PORT": "9100",
        "FACTBOT_BACKUP_EVERY": "6.5",
        "FACTBOT_BACKUP_KEEP": "3",
    } | {"FACTBOT_LEFT_DAYS": "7"}
    words = {"FACTBOT_LOG_LEVEL": "debug", "FACTBOT_LOG_FORMAT": "json", "FACTBOT_OPERATORS": "discord:1"}
    value = (numbers | words).get(name, "a-value")
    file = tmp_path / "value"
    file.write_text(f"{value}\n", encoding="utf-8")
    assert read_settings({f"{name}_FILE": str(file)}) == read_settings({name: value})


@pytest.mark.parametrize("setting", TOKENS, ids=lambda setting: setting.name)
def test_a_secret_is_kept_but_never_in_the_repr(setting: Setting) -> None:
    name = setting.name
    settings = read_settings({name: "hunter2"})
    assert settings.tokens == {name: "hunter2"}
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in str(settings)


def test_setting_both_the_variable_and_its_file_is_refused() -> None:
    with pytest.raises(SettingsProblem, match=r"DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set"):
        read_settings({"DISCORD_TOKEN": "x", "DISCORD_TOKEN_FILE": "/y"})


def test_a_missing_file_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match=r"DISCORD_TOKEN_FILE: cannot read .*none"):
        read_settings({"DISCORD_TOKEN_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_an_empty_or_ill_encoded_file_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(SettingsProblem, match="SLACK_BOT_TOKEN_FILE"):
        read_settings({"SLACK_BOT_TOKEN_FILE": str(file)})


def test_a_wrong_log_level_is_named_with_what_is_allowed() -> None:
    with pytest.raises(SettingsProblem, match=r"FACTBOT_LOG_LEVEL: 'loud'.*debug, info") as caught:
        read_settings({"FACTBOT_LOG_LEVEL": "loud"})
    assert caught.value.exit_status == EXIT_SETTINGS


def test_the_error_about_a_secret_does_not_show_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem) as caught:
        read_settings({"DISCORD_TOKEN": "hunter2", "DISCORD_TOKEN_FILE": str(tmp_path)})
    assert "hunter2" not in caught.value.message


def test_operators_are_accounts_parted_by_commas() -> None:
    settings = read_settings({"FACTBOT_OPERATORS": "discord:123, slack:T1:U2,"})
    assert settings.operators == {"discord:123", "slack:T1:U2"}


@pytest.mark.parametrize("value", ["123", "discord:ann", "slack:U2", "terminal:ann", "discord:1;discord:2"])
def test_an_operator_that_is_no_account_is_named(value: str) -> None:
    with pytest.raises(SettingsProblem, match=r"FACTBOT_OPERATORS: .* is no account\. Write discord:ID"):
        read_settings({"FACTBOT_OPERATORS": value})
