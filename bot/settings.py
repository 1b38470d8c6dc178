"""Every setting, in one table: an environment variable `NAME`, or `NAME_FILE` naming a file with its value.

The environment is handed in, never read at import, so that tests and two bots in one process need no tricks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsProblem

LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: what the variable is called, what it means and what holds when it is not set."""

    name: str
    meaning: str
    default: str = ""
    secret: bool = False


FACTS_DB = Setting("FACTS_DB", "the database file", "facts.db in the user's data folder")
LOG_LEVEL = Setting("FACTBOT_LOG_LEVEL", f"how much is logged: {', '.join(LOG_LEVELS)}", "info")
DISCORD_TOKEN = Setting("DISCORD_TOKEN", "the Discord bot's token", secret=True)
SLACK_BOT_TOKEN = Setting("SLACK_BOT_TOKEN", "the Slack bot's token (xoxb-…)", secret=True)
SLACK_APP_TOKEN = Setting("SLACK_APP_TOKEN", "the Slack app's token for Socket Mode (xapp-…)", secret=True)
SLACK_SIGNING_SECRET = Setting("SLACK_SIGNING_SECRET", "the Slack app's signing secret, for HTTP", secret=True)

TOKENS = (DISCORD_TOKEN, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET)
SETTINGS = (FACTS_DB, LOG_LEVEL, *TOKENS)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment said. Secrets stay out of `repr`, and so out of logs and tracebacks."""

    facts_db: Path | None = None
    log_level: str = LOG_LEVEL.default
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; an empty variable counts as not set."""
    values = {setting.name: _value(setting, environ) for setting in SETTINGS}
    facts_db = values[FACTS_DB.name]
    return Settings(
        facts_db=_path(facts_db) if facts_db else None,
        log_level=_log_level(values[LOG_LEVEL.name] or LOG_LEVEL.default),
        tokens={token.name: values[token.name] for token in TOKENS if values[token.name]},
    )


def database_path(settings: Settings) -> Path:
    """Return where the working database is: where `FACTS_DB` says, else in the user's data folder."""
    if settings.facts_db is not None:
        return settings.facts_db
    from platformdirs import user_data_path  # only when needed: most starts name the database

    return user_data_path("factbot", appauthor=False) / "facts.db"


def _value(setting: Setting, environ: Mapping[str, str]) -> str:
    direct, file_name = environ.get(setting.name, ""), environ.get(f"{setting.name}_FILE", "")
    if direct and file_name:
        raise SettingsProblem(f"{setting.name} and {setting.name}_FILE are both set: unset one of them.")
    return _file_value(setting, file_name) if file_name else direct.strip()


def _file_value(setting: Setting, file_name: str) -> str:
    key = f"{setting.name}_FILE"
    try:
        value = Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        raise SettingsProblem(
            f"{key}: cannot read {file_name!r} ({why}). Name a readable text file, or set {setting.name}."
        ) from problem
    if not value:
        raise SettingsProblem(f"{key}: {file_name!r} is empty. Write the value into it, or unset {key}.")
    return value


def _path(value: str) -> Path:
    if "\0" in value:
        raise SettingsProblem(f"{FACTS_DB.name}: a path cannot hold a NUL character. Name another file.")
    try:
        return Path(value).expanduser()
    except RuntimeError as problem:
        raise SettingsProblem(f"{FACTS_DB.name}: no home folder known for {value!r}. Give a full path.") from problem


def _log_level(value: str) -> str:
    level = value.lower()
    if level not in LOG_LEVELS:
        raise SettingsProblem(f"{LOG_LEVEL.name}: {value!r} is not a level. Use one of: {', '.join(LOG_LEVELS)}.")
    return level
