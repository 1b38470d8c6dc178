"""Every setting, in one table: an environment variable `NAME`, or `NAME_FILE` naming a file with its value.

The environment is handed in, never read at import, so that tests and two bots in one process need no tricks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsProblem

LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("debug", "info", "warning", "error")
_ACCOUNT = re.compile(r"discord:\d{1,20}|slack:[A-Za-z0-9]{1,40}:[A-Za-z0-9]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: what the variable is called, what it means and what holds when it is not set."""

    name: str
    meaning: str
    default: str = ""
    secret: bool = False


FACTS_DB = Setting("FACTS_DB", "the database file", "facts.db in the user's data folder")
OPERATORS = Setting(
    "FACTBOT_OPERATORS", "who changes the global claims and everything else: discord:ID, slack:TEAM:USER, with commas"
)
LOG_LEVEL = Setting("FACTBOT_LOG_LEVEL", f"how much is logged: {', '.join(LOG_LEVELS)}", "info")
LOG_FORMAT = Setting("FACTBOT_LOG_FORMAT", f"how log records are written: {', '.join(LOG_FORMATS)}", "text")
METRICS_PORT = Setting(
    "FACTBOT_METRICS_PORT", "a port for `/metrics`, `/healthz` and `/readyz`, on this machine only; or ADDRESS:PORT"
)
BACKUP_DIR = Setting("FACTBOT_BACKUP_DIR", "a folder for scheduled backups, made by the bot while it runs")
BACKUP_EVERY = Setting("FACTBOT_BACKUP_EVERY", "hours from one scheduled backup to the next", "24")
BACKUP_KEEP = Setting("FACTBOT_BACKUP_KEEP", "how many scheduled backups are kept", "7")
LEFT_DAYS = Setting(
    "FACTBOT_LEFT_DAYS", "days after which a community that removed the bot is erased; 0: only on demand", "30"
)
DISCORD_TOKEN = Setting("DISCORD_TOKEN", "the Discord bot's token", secret=True)
DISCORD_API_BASE = Setting(
    "DISCORD_API_BASE", "another server that speaks Discord's API, with its path", "https://discord.com/api/v10"
)
SLACK_BOT_TOKEN = Setting("SLACK_BOT_TOKEN", "the Slack bot's token (xoxb-…)", secret=True)
SLACK_APP_TOKEN = Setting("SLACK_APP_TOKEN", "the Slack app's token for Socket Mode (xapp-…)", secret=True)
SLACK_SIGNING_SECRET = Setting("SLACK_SIGNING_SECRET", "the Slack app's signing secret, for HTTP", secret=True)
SLACK_WORKSPACES = Setting(
    "SLACK_WORKSPACES",
    "a JSON or TOML file: bot_token, app_token, signing_secret of several workspaces",
    secret=True,
)
SLACK_API_BASE = Setting(
    "SLACK_API_BASE", "another server that speaks Slack's API, with its path", "https://slack.com/api/"
)
PORT = Setting("PORT", "the port for Slack over HTTP (`/slack/events`) and for `/healthz`")

SLACK_TOKENS = (SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_WORKSPACES)
TOKENS = (DISCORD_TOKEN, *SLACK_TOKENS)
BACKUPS = (BACKUP_DIR, BACKUP_EVERY, BACKUP_KEEP)
SETTINGS = (
    FACTS_DB,
    OPERATORS,
    LOG_LEVEL,
    LOG_FORMAT,
    METRICS_PORT,
    *BACKUPS,
    LEFT_DAYS,
    DISCORD_API_BASE,
    SLACK_API_BASE,
    PORT,
    *TOKENS,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment said. Secrets stay out of `repr`, and so out of logs and tracebacks."""

    facts_db: Path | None = None
    operators: frozenset[str] = frozenset()
    log_level: str = LOG_LEVEL.default
    log_format: str = LOG_FORMAT.default
    metrics: tuple[str, int] | None = None
    """Address and port of the operator's window."""
    backup_dir: Path | None = None
    backup_hours: float = float(BACKUP_EVERY.default)
    backups_kept: int = int(BACKUP_KEEP.default)
    left_days: float = float(LEFT_DAYS.default)
    discord_api_base: str = DISCORD_API_BASE.default
    slack_api_base: str = SLACK_API_BASE.default
    port: int | None = None
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; an empty variable counts as not set."""
    values = {setting.name: _value(setting, environ) for setting in SETTINGS}
    facts_db = values[FACTS_DB.name]
    return Settings(
        facts_db=_path(FACTS_DB, facts_db) if facts_db else None,
        operators=_operators(values[OPERATORS.name]),
        log_level=_one_of(LOG_LEVEL, values[LOG_LEVEL.name], LOG_LEVELS, "a level"),
        log_format=_one_of(LOG_FORMAT, values[LOG_FORMAT.name], LOG_FORMATS, "a format"),
        metrics=_address(values[METRICS_PORT.name]) if values[METRICS_PORT.name] else None,
        backup_dir=_path(BACKUP_DIR, values[BACKUP_DIR.name]) if values[BACKUP_DIR.name] else None,
        backup_hours=_number(BACKUP_EVERY, values[BACKUP_EVERY.name], 0.1, 24 * 366),
        backups_kept=int(_number(BACKUP_KEEP, values[BACKUP_KEEP.name], 1, 10_000)),
        left_days=_number(LEFT_DAYS, values[LEFT_DAYS.name], 0, 100_000),
        discord_api_base=values[DISCORD_API_BASE.name] or DISCORD_API_BASE.default,
        slack_api_base=values[SLACK_API_BASE.name] or SLACK_API_BASE.default,
        port=_port(PORT, values[PORT.name]) if values[PORT.name] else None,
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
        shown = _file_shown(setting, file_name)
        raise SettingsProblem(
            f"{key}: cannot read {shown} ({why}). Name a readable text file, or set {setting.name}."
        ) from problem
    if not value:
        raise SettingsProblem(f"{key}: {file_name!r} is empty. Write the value into it, or unset {key}.")
    return value


def _file_shown(setting: Setting, name: str) -> str:
    """Return the name of a file; what has no folder in it may be the secret itself, written in the wrong place."""
    return repr(name) if Path(name).name != name or not setting.secret else f"what it names ({len(name)} characters)"


def _path(setting: Setting, value: str) -> Path:
    if "\0" in value:
        raise SettingsProblem(f"{setting.name}: a path cannot hold a NUL character. Name another file.")
    try:
        return Path(value).expanduser()
    except RuntimeError as problem:
        raise SettingsProblem(f"{setting.name}: no home folder known for {value!r}. Give a full path.") from problem


def _operators(value: str) -> frozenset[str]:
    accounts = [part for part in re.split(r"[\s,]+", value) if part]
    for account in accounts:
        if not _ACCOUNT.fullmatch(account):
            raise SettingsProblem(
                f"{OPERATORS.name}: {account[:80]!r} is no account. Write discord:ID or slack:TEAM:USER, with commas."
            )
    return frozenset(accounts)


def _number(setting: Setting, value: str, least: float, most: float) -> float:
    """Return a number in this range; a whole one where `least` is whole."""
    form = r"[0-9]{1,6}" if isinstance(least, int) else r"[0-9]{1,6}(\.[0-9]{1,6})?"
    text = value or setting.default
    if not re.fullmatch(form, text) or not least <= float(text) <= most:
        raise SettingsProblem(f"{setting.name}: {text[:40]!r} does not do. Give a number from {least:,} to {most:,}.")
    return float(text)


def _port(setting: Setting, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) > 65_535:
        raise SettingsProblem(f"{setting.name}: {value[:40]!r} is no port. Give a number from 1 to 65535.")
    return int(value)


def _address(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    return host.strip("[]") or "127.0.0.1", _port(METRICS_PORT, port)


def _one_of(setting: Setting, value: str, known: tuple[str, ...], what: str) -> str:
    chosen = value.lower() or setting.default
    if chosen not in known:
        raise SettingsProblem(f"{setting.name}: {value!r} is not {what}. Use one of: {', '.join(known)}.")
    return chosen
